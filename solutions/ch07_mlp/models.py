"""Models that are made and asked: how the checks of MLP do so, and the cases for it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from grader.exercises import Case

ALL_ON = 10.0  # added to the biases of a first layer, lets through all that arrives there


def fresh(MLP, layer_sizes, options, seed):
    """The parameters of a new model, and the first rows of two more: of its seed, of another."""
    made = []
    for s in (seed, seed, seed + 1):
        model = MLP(layer_sizes, np.random.default_rng(s), **options)
        made.append({name: np.array(value) for name, value in model.parameters.items()})
    return [made[0], *({name: value[:1] for name, value in m.items()} for m in made[1:])]


def asked(MLP, layer_sizes, options, parameters, X, y, how):
    """Scores, labels, loss and gradients of a model that was given certain parameters, which are
    put into its arrays ("in place") or take their places under the keys ("by key")."""
    model = MLP(layer_sizes, np.random.default_rng(0), **options)
    forms = {k: np.zeros(np.shape(value), np.uint8) for k, value in model.parameters.items()}
    if {k: v.shape for k, v in forms.items()} != {k: v.shape for k, v in parameters.items()}:
        # Nothing fits: rather say what should than let an assignment fail.
        return {
            "parameters": forms, "scores": np.zeros((1, 1)), "predict": np.zeros(1, dtype=int),
            "loss": 0.0, "gradients": {k: v * 0.0 for k, v in forms.items()},
        }  # fmt: skip
    for name in model.parameters:
        if how == "in place":
            model.parameters[name][...] = parameters[name]
        else:
            model.parameters[name] = parameters[name].copy()
    loss, gradients = model.loss(X, y)
    return {
        "parameters": forms, "scores": model.scores(X), "predict": model.predict(X),
        "loss": loss, "gradients": dict(gradients),
    }  # fmt: skip


def one_after_the_other(MLP, layer_sizes, options, parameters, X, y, how):
    """Two models alive at once, the second of sigmoids, asked in turn, the first with rows in
    two orders; and what their parameters are afterwards."""
    first = MLP(layer_sizes, np.random.default_rng(0), **options)
    second = MLP(layer_sizes, np.random.default_rng(1), activation="sigmoid")
    for model, factor in ((first, 1.0), (second, -0.7)):
        for name in model.parameters:
            model.parameters[name][...] = factor * parameters[name]
    losses = [first.loss(X, y)[0], second.loss(X[:2], y[:2])[0], first.loss(X[::-1].copy(), y)]
    losses[2] = losses[2][0], dict(losses[2][1])
    scores = [first.scores(X), second.scores(X), first.scores(X[:1])]
    after = [
        {name: np.array(value) for name, value in model.parameters.items()}
        for model in (first, second)
    ]
    return {"loss": losses, "scores": scores, "parameters afterwards": after}


def in_other_layouts(MLP, layer_sizes, options, parameters, X, y, how):
    """Scores, labels, loss and gradients for rows and parameters that lie column by column, and
    for read-only windows of the same rows; asked twice."""
    model = MLP(layer_sizes, np.random.default_rng(0), **options)
    for name in model.parameters:
        model.parameters[name] = np.array(parameters[name], order="F")
    rows, labels = np.repeat(X, 2, axis=1)[:, ::2], np.repeat(y, 2)[::2]
    rows.flags.writeable = labels.flags.writeable = False
    found = []
    for given, wanted in ((np.array(X, order="F"), y), (rows, labels)):
        loss, gradients = model.loss(given, wanted)
        asked = {"scores": model.scores(given), "predict": model.predict(given)}
        found.append({**asked, "loss": loss, "gradients": dict(gradients)})
    return found


def by_position(MLP, layer_sizes, options, parameters, X, y, how):
    """The loss of a model that was made with positional arguments, all of them."""
    made = MLP(
        layer_sizes, np.random.default_rng(0), options["activation"], options["reg"],
        options["weight_scale"],
    )  # fmt: skip
    for name in made.parameters:
        made.parameters[name][...] = parameters[name]
    return made.loss(X, y)[0]


def unknown_activation(MLP, layer_sizes, activation, X, y):
    """What making and asking a model of an unknown activation raises."""
    try:
        model = MLP(layer_sizes, np.random.default_rng(0), activation=activation)
        model.loss(X, y)
    except Exception as error:
        kind = "ValueError" if isinstance(error, ValueError) else type(error).__name__
        return {f"activation={activation!r}": f"raises {kind}"}
    return {f"activation={activation!r}": "raises nothing"}


SCENARIOS = (
    fresh, asked, one_after_the_other, in_other_layouts, by_position, unknown_activation,
)  # fmt: skip


def fresh_case(
    rng: np.random.Generator,
    label: str,
    sizes: list[int],
    properties: tuple[str, ...],
    *,
    edge: bool = False,
    **options: Any,
) -> Case:
    """A case of `fresh`."""
    inputs = {"layer_sizes": sizes, "options": options, "seed": int(rng.integers(2**31))}
    return Case(label, inputs, edge, "fresh", compare=False, properties=properties)


def draw_model(
    rng: np.random.Generator, sizes: list[int], n: int, **options: Any
) -> dict[str, Any]:
    """Parameters of ordinary size for a model, N rows and labels for it.

    No unit is silent for all rows, and no row has two scores that are nearly the same.
    """
    parameters = {}
    for i, (a, b) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{i}"] = 1.5 * rng.normal(size=(b, a)) / np.sqrt(a)
        parameters[f"b{i}"] = rng.normal(scale=0.5, size=b)
    X = rng.normal(size=(n, sizes[0]))
    y = rng.permutation(np.arange(n) % sizes[-1])
    made = {"layer_sizes": sizes, "options": options, "parameters": parameters}
    return {**made, "X": X, "y": y, "how": "in place"}


def asked_case(
    rng: np.random.Generator,
    label: str,
    sizes: list[int],
    n: int,
    *,
    edge: bool = False,
    scenario: str = "asked",
    how: str = "in place",
    **options: Any,
) -> Case:
    """A case on a model that is given its parameters."""
    return Case(label, {**draw_model(rng, sizes, n, **options), "how": how}, edge, scenario)


def at_the_kink(rng: np.random.Generator, sizes: list[int]) -> Case:
    """A case in which units of the first layer are at exactly 0: rows of zeros, and biases of 0.

    Their gradients stop there, as those of `relu_backward` do.
    """
    inputs = draw_model(rng, sizes, 5, reg=0.1)
    inputs["X"][1:3] = 0.0
    inputs["parameters"]["b1"][::2] = 0.0
    return Case("units at exactly 0", inputs, True, "asked")


def draw_apart(
    rng: np.random.Generator,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
    X: np.ndarray,
) -> None:
    """Change five rows and a network of two layers so that all scores of a row are near 600, near
    0 or near -600: each row's exponentials can be computed, but not beside another row's.

    All units are on, so that it makes no difference whether a ReLU's 0 beside NaN is 0 or NaN."""
    X[:, 0] = rng.permutation([0.5, 10.0, 20.0, 0.5, 10.0])
    W1[0], W1[1:, 0], b1[0] = 0.0, 0.0, 0.0
    W1[0, 0] = 1.0
    b1[1:] += ALL_ON
    W2[:, 0] += 60.0
    b2 -= 600.0


def at_a_height(rng: np.random.Generator, height: float, sizes: list[int]) -> Case:
    """A case in which all scores are near a number."""
    inputs = draw_model(rng, sizes, 5)
    inputs["parameters"]["b1"] += ALL_ON  # as in draw_apart
    inputs["parameters"][f"b{len(sizes) - 1}"] += height
    return Case(f"scores near {height:g}", inputs, True, "asked")


def far_apart(rng: np.random.Generator, sizes: list[int]) -> Case:
    """A case in which a whole row of scores is far above another one."""
    inputs = draw_model(rng, sizes, 5)
    draw_apart(rng, **inputs["parameters"], X=inputs["X"])
    return Case("rows with scores near 600, near 0 and near -600", inputs, True, "asked")


def of_all_sizes(rng: np.random.Generator, sizes: list[int]) -> Case:
    """A case with features and a row that are 0, tiny or huge, and some that are equal."""
    inputs = draw_model(rng, sizes, 6, activation="sigmoid")
    scales = np.array([0.0, 2e-12, 1.0, 3e4])
    inputs["X"][:, :4] *= scales
    inputs["X"][:, 4] = inputs["X"][:, 2]
    inputs["X"][0] = 0.0
    inputs["parameters"]["W1"][:, 3] /= 2e4
    return Case("features of all sizes", inputs, True, "asked")


def equal_scores(rng: np.random.Generator, sizes: list[int]) -> Case:
    """A case in which two classes share the highest score of every row, and one has no rows."""
    inputs = {**draw_model(rng, sizes, 6), "y": np.resize([1, 0, 2], 6)}
    W, b = f"W{len(sizes) - 1}", f"b{len(sizes) - 1}"
    inputs["parameters"][W][:] = 0.0  # no rounding, so the scores are the b
    inputs["parameters"][b][:] = [-1.0, 2.0, 0.5, 2.0]
    return Case("two classes with the highest score", inputs, True, "asked")
