"""neighbour_agreement: what an image has in common with the nearest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.neighbours import all_classes

exercise = ExerciseDefinition(points=1)


@exercise.reference
def neighbour_agreement(
    distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray
) -> float:
    """Fraction of test rows whose nearest training row has the same attribute.

    The inputs are not changed.

    Args:
        distances: (num_test, num_train) float64, as `l2_distances` gives them.
        test_attribute: (num_test,) integers: class labels, or background labels, or any other.
        train_attribute: (num_train,) integers of the same kind.

    Returns:
        float in 0..1.
    """
    nearest = np.argmin(distances, axis=1)
    return float(np.mean(train_attribute[nearest] == test_attribute))


def agreement_case(rng: np.random.Generator, label: str, num_test: int, num_train: int) -> Case:
    """A case whose answer is none of those that a mistake would give.

    Attributes are drawn so that a known part of the nearest rows agree, and drawn again until the
    farthest rows, the rows at the same place, the nearest at another place and all pairs would
    agree differently.
    """
    while True:
        distances = rng.uniform(1, 9, (num_test, num_train))
        train_attribute = all_classes(rng, num_train, 4)
        test_attribute = train_attribute[distances.argmin(axis=1)]
        changed = rng.permutation(num_test)[: rng.integers(num_test // 3, num_test - 2)]
        test_attribute[changed] = (test_attribute[changed] + rng.integers(1, 4, len(changed))) % 4
        pairs = test_attribute[:, None] == train_attribute
        farthest = pairs[np.arange(num_test), distances.argmax(axis=1)].mean()
        in_place = np.diagonal(pairs).sum() / num_test
        elsewhere = np.where(np.eye(num_test, num_train, dtype=bool), np.inf, distances)
        elsewhere = pairs[np.arange(num_test), elsewhere.argmin(axis=1)].mean()
        answers = [1 - len(changed) / num_test, farthest, in_place, elsewhere, pairs.mean()]
        answers += [0.5, 0.0, 1.0]
        if len({round(float(answer), 6) for answer in answers}) == len(answers):
            names = ("distances", "test_attribute", "train_attribute")
            values = (distances, test_attribute, train_attribute)
            return Case(label, dict(zip(names, values, strict=True)))


exercise.scenario()(in_other_layouts)


@exercise.cases
def agreement_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Fractions between 0 and 1, then both ends."""
    yield agreement_case(rng, "fewer test rows than training rows", int(rng.integers(9, 14)), 17)
    yield agreement_case(rng, "as many test rows as training rows", 13, 13)
    train_attribute = all_classes(rng, 9, 3)
    distances = rng.permuted(np.tile(np.arange(1.0, 10.0), (6, 1)), axis=1)
    same = train_attribute[distances.argmin(axis=1)]
    attributes = {"test_attribute": same, "train_attribute": train_attribute}
    inputs = {"distances": distances, **attributes}
    yield Case("every nearest row agrees", inputs, edge=True)
    yield Case("none agrees", {**inputs, "test_attribute": (same + 1) % 3}, edge=True)


@exercise.hidden_cases
def agreement_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    distances = rng.uniform(1, 9, (1, 6))
    train_attribute = np.array([7, 3, 7, 5, 3, 5])
    one = {
        "distances": distances,
        "test_attribute": train_attribute[distances.argmin(axis=1)],
        "train_attribute": train_attribute,
    }
    yield Case("a single test row", one, edge=True)
    many = agreement_case(rng, "more test rows than training rows", 21, 8)
    yield Case(many.label, many.inputs, edge=True)
    scales = (("distances that are tiny, one of them 0", 1e-12), ("distances that are huge", 1e9))
    for label, scale in scales:
        inputs = dict(agreement_case(rng, label, 11, 9).inputs)
        lowest = inputs["distances"].min() if scale < 1 else 0.0
        yield Case(label, inputs | {"distances": scale * (inputs["distances"] - lowest)}, edge=True)
    for own, other in (("uint8", "int32"), ("int32", "uint8")):
        inputs = dict(agreement_case(rng, "", 12, 9).inputs)
        inputs["test_attribute"] = inputs["test_attribute"].astype(own)
        inputs["train_attribute"] = inputs["train_attribute"].astype(other)
        yield Case(f"attributes as {own} and as {other}", inputs, edge=True)
    crowd = {"distances": rng.uniform(1, 9, (600, 3)), "train_attribute": np.array([4, 4, 4])}
    crowd["test_attribute"] = np.repeat([4, 260], [310, 290])
    order = ("distances", "test_attribute", "train_attribute")
    inputs = {name: crowd[name] for name in order}
    yield Case("more than 255 rows that agree", inputs, edge=True)
    yield laid_out(**agreement_case(rng, "", 11, 9).inputs)


exercise.wrong_ways("""
count: You count the rows that agree; divide by how many test rows there are.
    - np.mean
    + np.sum

down-the-columns: You look for the nearest test row of every training row; it is the nearest
training row of every test row that counts, so the minimum is taken along a row of distances.
    - axis=1
    + axis=0

asked-from-the-training-rows: You look for the nearest test row of every training row; it is the
nearest training row of every test row that counts, so the minimum is taken along a row of
distances.
    return float(np.mean(test_attribute[distances.argmin(axis=0)] == train_attribute))

farthest: That is how often the farthest training row agrees, not the nearest.
    - argmin
    + argmax

position-not-attribute: You compare the position of the nearest training row with the attribute;
compare the attribute that stands at that position.
    - train_attribute[nearest]
    + nearest

all-pairs: You compare every test row with every training row, so the distances play no part: only
the nearest training row of each test row counts.
    - train_attribute[nearest] == test_attribute
    + train_attribute == test_attribute[:, np.newaxis]

disagreement: That is the fraction of rows that do not agree.
    - ==
    + !=

skips-the-nearest: You leave the nearest row out. That is right only where a row is looked for among
itself; here the test rows are not among the training rows.
    - np.argmin(distances, axis=1)
    + np.argsort(distances, axis=1, kind="stable")[:, min(1, distances.shape[1] - 1)]

percent: You give percent; a fraction from 0 to 1 is asked for.
    return 100 * reference(distances, test_attribute, train_attribute)

own-place-left-out: You leave out the training row at each test row's own place, as if it were the
same image; here the test rows are not among the training rows.
    away = distances.copy()
    np.fill_diagonal(away, np.inf)
    return reference(away, test_attribute, train_attribute)

own-place-overwritten: You leave out the training row at each test row's own place, as if it were
the same image; here the test rows are not among the training rows, and distances must not change.
    np.fill_diagonal(distances, np.inf)
    return reference(distances, test_attribute, train_attribute)

divided-by-training-rows: You divided by the number of training rows; what is asked for is a
fraction of the test rows.
    share = len(test_attribute) / len(train_attribute)
    return share * reference(distances, test_attribute, train_attribute)

all-neighbours-with-all: You compared the neighbour of every test row with the attribute of every
test row, as a column (N, 1) and a row (N,) do: compare the two place by place.
    - train_attribute[nearest] == test_attribute
    + train_attribute[nearest][:, np.newaxis] == test_attribute
""")
