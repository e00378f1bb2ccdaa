"""knn_predict: the vote of the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.neighbours import all_classes

exercise = ExerciseDefinition(points=2)


@exercise.reference
def knn_predict(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    """Label of every test row, by a majority vote of its k nearest training rows.

    The inputs are not changed.

    Args:
        distances: (num_test, num_train) float64, as `l2_distances` gives them.
        y_train: (num_train,) integer labels 0..C-1.
        k: how many neighbours vote, 1 <= k <= num_train.

    Returns:
        (num_test,) integer labels; of labels with equally many votes, the smallest wins.
    """
    nearest = np.argsort(distances, axis=1)[:, :k]
    votes = y_train[nearest]
    # argmax gives the first of equal counts, which is the smallest label.
    return np.array([np.argmax(np.bincount(row)) for row in votes])


def ballot_rows(
    rng: np.random.Generator, y_train: np.ndarray, k: int, rows: int, *, tied: bool
) -> np.ndarray:
    """Rows of distinct distances whose k nearest are tied, or are not: (rows, num_train).

    In every other tied row the nearest of all has the smallest of the winning labels, in the
    others it has another of them.
    """
    found: list[np.ndarray] = []
    while len(found) < rows:
        row = rng.uniform(1, 9, len(y_train))
        labels = y_train[np.argsort(row)[:k]]
        counts = np.bincount(labels)
        winners = np.flatnonzero(counts == counts.max())
        wanted = winners[:1] if len(found) % 2 else winners[1:]
        if (labels[0] in wanted and len(winners) > 1) if tied else len(winners) == 1:
            found.append(row)
    return np.array(found).reshape(rows, len(y_train))


def vote_case(
    rng: np.random.Generator, label: str, num_classes: int, k: int, *, tied: bool, edge: bool
) -> Case:
    """A case of 12 votes, half of them tied if ``tied``, whose answer has at least 3 labels.

    Distances are drawn again until asking the farthest, or one neighbour more, or the nearest
    alone would change the answer.
    """
    while True:
        y_train = all_classes(rng, 20, num_classes)
        ties = ballot_rows(rng, y_train, k, 6 if tied else 0, tied=True)
        clear = ballot_rows(rng, y_train, k, 6 if tied else 12, tied=False)
        distances = np.concatenate([ties, clear])
        answer = knn_predict(distances, y_train, k)
        others = [knn_predict(-distances, y_train, k), knn_predict(distances, y_train, k + 1)]
        if k > 1:
            others += [knn_predict(distances, y_train, k - 1), knn_predict(distances, y_train, 1)]
        if len(set(answer)) >= 3 and all((other != answer).any() for other in others):
            return Case(label, {"distances": distances, "y_train": y_train, "k": k}, edge)


exercise.scenario()(in_other_layouts)


@exercise.cases
def vote_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Votes without a tie, then with one."""
    yield vote_case(rng, "k = 3, no tied vote", 4, 3, tied=False, edge=False)
    yield vote_case(rng, "k = 1: the nearest decides", 4, 1, tied=False, edge=False)
    yield vote_case(rng, "k = 7, no tied vote", 3, 7, tied=False, edge=False)
    yield vote_case(rng, "k = 4, some votes tied", 3, 4, tied=True, edge=True)
    y_train = all_classes(rng, 9, 3)
    distances = rng.permuted(np.tile(np.arange(1.0, 10.0), (5, 1)), axis=1)
    yield Case(
        "the distances 1 to 9 in each row",
        {"distances": distances, "y_train": y_train, "k": 3},
        True,
    )
    # A set of Python's has 8 before 1, and 16 before 9.
    distances = rng.uniform(5, 9, (8, 6))
    for n, two in enumerate(np.sort(rng.uniform(1, 4, (8, 2)))):
        distances[n, 2 * (n % 2) + np.arange(2)] = two if n < 4 else two[::-1]
    pairs = {"distances": distances, "y_train": np.array([1, 8, 9, 16, 3, 3]), "k": 2}
    yield Case("1 and 8 tied, or 9 and 16", pairs, edge=True)
    y_train = np.concatenate([rng.permutation([2, 2, 2, 1, 1, 1]), [0]])
    everyone = {"distances": rng.uniform(1, 9, (4, 7)), "y_train": y_train, "k": 7}
    yield Case("everyone votes, two labels tied", everyone, edge=True)


@exercise.hidden_cases
def vote_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    yield vote_case(rng, "k = 2, two labels with a vote each", 5, 2, tied=True, edge=True)
    single = {"distances": rng.uniform(1, 9, (1, 8)), "y_train": all_classes(rng, 8, 3), "k": 5}
    yield Case("a single test row", single, edge=True)
    for kind in ("uint8", "int32"):
        case = vote_case(rng, f"labels as {kind}", 3, 3, tied=False, edge=True)
        yield replace(case, inputs={**case.inputs, "y_train": case.inputs["y_train"].astype(kind)})
    case = vote_case(rng, "distances that are tiny, one of them 0", 4, 3, tied=False, edge=True)
    near = 1e-12 * (case.inputs["distances"] - case.inputs["distances"].min())
    yield replace(case, inputs={**case.inputs, "distances": near})
    case = vote_case(rng, "distances that are huge", 4, 3, tied=False, edge=True)
    yield replace(case, inputs={**case.inputs, "distances": 1e9 * case.inputs["distances"]})
    crowd = {"distances": rng.uniform(1, 9, (3, 555)), "y_train": np.repeat([2, 0], [300, 255])}
    yield Case("all of 555 vote", {**crowd, "k": 555}, edge=True)
    lone = {"distances": rng.uniform(1, 9, (4, 1)), "y_train": np.array([3]), "k": 1}
    yield Case("a single training row", lone, edge=True)
    yield laid_out(**vote_case(rng, "", 4, 3, tied=False, edge=True).inputs)


exercise.wrong_ways("""
nearest-breaks-tie: A tied vote goes to the label of the nearest neighbour here
(`Counter.most_common` does that too); it must go to the smallest of the tied labels.
    - np.argmax(np.bincount(row))
    + max(row, key=list(row).count)

largest-label: A tied vote goes to the largest of the tied labels here; the smallest must win.
    - np.argmax(np.bincount(row))
    + max(row, key=lambda c: (np.sum(row == c), c))

farthest: These are the votes of the k farthest training rows: `argsort` puts the smallest first.
    - [:, :k]
    + [:, -k:]

nearest-alone: You give the label of the nearest row whatever k is: let all k nearest vote.
    return reference(distances, y_train, 1)

skips-the-nearest: You leave the nearest row out. That is right only where every row would find
itself first; here the test rows are not among the training rows.
    - [:, :k]
    + [:, 1 : k + 1]

one-too-many: One neighbour too many votes: a slice `[:, :n]` holds n columns.
    - [:, :k]
    + [:, : k + 1]

positions-not-labels: You give positions of training rows; look up the labels in y_train at those
positions.
    - y_train[nearest]
    + nearest

sorted-down-the-columns: You sorted down the columns, where the test rows stand; a test row's
distances are a row of `distances`, so the order is needed along that (`axis=`).
    - axis=1
    + axis=0

average-label: You average the labels of the neighbours, but labels are names: between cat (3) and
dog (5) there is no deer (4). Count the votes.
    - np.argmax(np.bincount(row))
    + round(row.mean())

spoils-distances: The labels are right, but the distances of the caller were overwritten on the way:
mark the neighbours you have used on a copy.
    - votes = y_train[nearest]
    + np.put_along_axis(distances, nearest, np.inf, axis=1)
    + votes = y_train[nearest]

votes-for-labels: You give how many votes the winner has; what is asked for is which label got them.
    - np.argmax(
    + np.max(

position-of-the-nearest: You give the position of the nearest training row; let the labels at the
positions of the k nearest vote.
    return np.argmin(distances, axis=1)

median-label: You take the middle one of the neighbours' labels, but labels are names and have no
order: count the votes.
    - np.argmax(np.bincount(row))
    + int(np.median(row))

fewest-votes: You took the label with the fewest votes, often one that no neighbour has; the one
with the most wins.
    - np.argmax(
    + np.argmin(

largest-label-of-all: You took the largest label among the neighbours; labels are names, so count
how often each occurs.
    - np.argmax(np.bincount(row))
    + max(row)

kth-neighbour-alone: You give the label of the k-th nearest row alone; all of the k nearest vote.
    - [:, :k]
    + [:, k - 1 : k]

last-row-left-out: The last test row has no label: does your loop end one row early?
    labels = reference(distances, y_train, k)
    labels[-1] = 0
    return labels

order-of-a-set: A tied vote goes to whichever label your set has first: that is the smallest as long
as labels are below 8, and need not be beyond. Look for the smallest of the tied labels.
    - np.argmax(np.bincount(row))
    + max(set(row.tolist()), key=row.tolist().count)

votes-go-on: The votes of the test rows before are counted as well: begin to count anew for every
test row.
    - return np.array([np.argmax(np.bincount(row)) for row in votes])
    + counts = [np.bincount(row, minlength=y_train.max() + 1) for row in votes]
    + return np.argmax(np.cumsum(counts, axis=0), axis=1)

zeros: All of your labels are 0: look for the winner of each test row's votes, and put it there.
    return np.zeros(len(distances), dtype=int)
""")
