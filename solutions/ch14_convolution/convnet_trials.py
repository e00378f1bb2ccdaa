"""Networks that are made and asked: how the checks of ConvNet do so, and the cases for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.exercises import Case

Size = tuple[tuple[int, int, int], int, int, int]  # image shape, filters, kernel, classes


def fresh(ConvNet, size, seed):
    """The parameters of a new model, and the first rows of two more: of its seed, of another."""
    made = []
    for s in (seed, seed, seed + 1):
        model = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(s))
        made.append({name: np.array(value) for name, value in model.parameters.items()})
    return [made[0], *({name: value[:1] for name, value in m.items()} for m in made[1:])]


def asked(ConvNet, size, reg, parameters, X, y, how):
    """Scores, labels, loss and gradients of a model that was given certain parameters, which are
    put into its arrays ("in place") or take their places under the keys ("by key")."""
    model = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(0), reg=reg)
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


def one_after_the_other(ConvNet, size, reg, parameters, X, y, how):
    """Two models alive at once, the second without a penalty, asked in turn, the first with images
    in two orders; and what their parameters are afterwards."""
    first = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(0), reg)
    second = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(1))
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


def some_steps(ConvNet, size, reg, parameters, X, y, how):
    """Losses of three steps of gradient descent in place, as `train` takes them, and labels."""
    model = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(0), reg)
    for name in model.parameters:
        model.parameters[name][...] = parameters[name]
    losses = []
    for _ in range(3):
        loss, gradients = model.loss(X, y)
        losses.append(loss)
        for name, gradient in gradients.items():
            model.parameters[name] -= 0.05 * gradient
    return losses, model.predict(X), {k: np.array(v) for k, v in model.parameters.items()}


def in_other_layouts(ConvNet, size, reg, parameters, X, y, how):
    """Scores, labels, loss and gradients for images and parameters that lie column by column, and
    for read-only windows of the same images; asked twice."""
    model = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(0), reg)
    for name in model.parameters:
        model.parameters[name] = np.array(parameters[name], order="F")
    window, labels = np.repeat(X, 2, axis=-1)[..., ::2], np.repeat(y, 2)[::2]
    window.flags.writeable = labels.flags.writeable = False
    found = []
    for given, wanted in ((np.array(X, order="F"), y), (window, labels)):
        loss, gradients = model.loss(given, wanted)
        told = {"scores": model.scores(given), "predict": model.predict(given)}
        found.append({**told, "loss": loss, "gradients": dict(gradients)})
    return found


def without_reg(ConvNet, size, reg, parameters, X, y, how):
    """The loss and gradients of a model that was made without a penalty."""
    model = ConvNet(tuple(size[0]), *size[1:], np.random.default_rng(0))
    for name in model.parameters:
        model.parameters[name][...] = parameters[name]
    loss, gradients = model.loss(X, y)
    return loss, dict(gradients)


TRIALS = (fresh, asked, one_after_the_other, some_steps, in_other_layouts, without_reg)


def fresh_case(
    rng: np.random.Generator,
    label: str,
    size: Size,
    properties: tuple[str, ...],
    *,
    edge: bool = False,
) -> Case:
    """A case of `fresh`."""
    inputs = {"size": [list(size[0]), *size[1:]], "seed": int(rng.integers(2**31))}
    return Case(label, inputs, edge, "fresh", compare=False, properties=properties)


def draw_model(rng: np.random.Generator, size: Size, n: int, reg: float = 0.0) -> dict[str, Any]:
    """Parameters of ordinary size for a model, N images and labels for it."""
    (channels, height, width), filters, kernel, classes = size
    features = filters * (height // 2) * (width // 2)
    W1 = rng.normal(size=(filters, channels, kernel, kernel)) / np.sqrt(channels * kernel**2)
    parameters = {
        "W1": 1.5 * W1, "b1": rng.normal(scale=0.5, size=filters),
        "W2": 1.5 * rng.normal(size=(classes, features)) / np.sqrt(features),
        "b2": rng.normal(scale=0.5, size=classes),
    }  # fmt: skip
    return {
        "size": [list(size[0]), *size[1:]], "reg": reg, "parameters": parameters,
        "X": rng.normal(size=(n, *size[0])), "y": rng.permutation(np.arange(n) % classes),
        "how": "in place",
    }  # fmt: skip


def asked_case(
    rng: np.random.Generator,
    label: str,
    size: Size,
    n: int,
    *,
    edge: bool = False,
    trial: str = "asked",
    how: str = "in place",
    reg: float = 0.0,
) -> Case:
    """A case on a model that is given its parameters."""
    return Case(label, {**draw_model(rng, size, n, reg), "how": how}, edge, trial)


def at_the_kink(rng: np.random.Generator, size: Size) -> Case:
    """A case in which maps are at exactly 0: black images, and biases of 0.

    Their gradients stop there, as those of chapter 07's ReLU do.
    """
    inputs = draw_model(rng, size, 5, 0.1)
    inputs["X"][1:3] = 0.0
    inputs["parameters"]["b1"][::2] = 0.0
    return Case("maps at exactly 0", inputs, True, "asked")


def equal_scores(rng: np.random.Generator, size: Size) -> Case:
    """A case in which two classes share the highest score of every image."""
    inputs = {**draw_model(rng, size, 6), "y": np.resize([1, 0, 2], 6)}
    inputs["parameters"]["W2"][:] = 0.0  # no rounding, so the scores are the b
    inputs["parameters"]["b2"][:] = [-1.0, 2.0, 0.5, 2.0]
    return Case("two classes with the highest score", inputs, True, "asked")


def one_loud(rng: np.random.Generator, size: Size) -> Case:
    """A case in which the scores of the first image are near 1,000 and those of others are not.

    No two scores of an image are more than 700 apart.
    """
    inputs = draw_model(rng, size, 5)
    parameters = inputs["parameters"]
    parameters["W1"] = abs(parameters["W1"])
    inputs["X"][0] = 1.0
    features = parameters["W2"].shape[1]
    per_feature = parameters["W1"].sum(axis=(1, 2, 3)).mean()
    inputs["X"][0] *= 1500.0 / (features * per_feature)
    parameters["W2"] = 1.0 + 0.1 * parameters["W2"]  # what all classes share, and a little else
    return Case("scores of one image near 1,000", inputs, True, "asked", atol=1e-10)
