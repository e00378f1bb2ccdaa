"""Networks and data on which a `DropoutMLP` is tried, and what is done with it.

Where nothing is random the numbers are compared. What dropout does is read off networks whose
weights tell which units were kept; gradients are held against differences of the loss, with the
generator set back each time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.ch10_regularization.dropout_forward import draw_seed


def draw_parameters(rng: np.random.Generator, sizes: list[int]) -> dict[str, np.ndarray]:
    """Weights and biases of ordinary size for layers of these sizes, none of them 0."""
    found: dict[str, np.ndarray] = {}
    for i in range(1, len(sizes)):
        found[f"W{i}"] = rng.normal(size=(sizes[i], sizes[i - 1])) / np.sqrt(sizes[i - 1])
        found[f"b{i}"] = rng.uniform(0.1, 0.5, size=sizes[i]) * rng.choice([-1, 1], size=sizes[i])
    return found


def draw_network(rng: np.random.Generator, n: int, *sizes: int) -> dict[str, Any]:
    """A network of these sizes, its parameters, and N labelled examples."""
    return {
        "layer_sizes": list(sizes), "seed": draw_seed(rng),
        "parameters": draw_parameters(rng, list(sizes)), "X": rng.normal(size=(n, sizes[0])),
        "y": rng.permutation(np.arange(n) % sizes[-1]),
    }  # fmt: skip


def draw_telling(rng: np.random.Generator, layers: int, drop_prob: float) -> dict[str, Any]:
    """One example, and weights with which a loss tells which of 8 units were kept.

    Every hidden unit gives 1. Unit j adds unit * 2**j to the score of class 0; the label is 1.
    """
    units, unit = 8, 0.01
    parameters = {"W1": np.ones((units, 1)), "b1": np.zeros(units)}
    for i in range(2, layers + 1):
        parameters |= {f"W{i}": np.eye(units), f"b{i}": np.zeros(units)}
    codes = np.stack([unit * 2.0 ** np.arange(units), np.zeros(units)])
    parameters |= {f"W{layers + 1}": codes, f"b{layers + 1}": np.zeros(2)}
    return {
        "layer_sizes": [1, *[units] * layers, 2], "parameters": parameters,
        "X": np.ones((1, 1)), "y": np.array([1]), "drop_prob": drop_prob,
        "seeds": [draw_seed(rng) for _ in range(150)], "unit": unit,
    }  # fmt: skip


def draw_batch(rng: np.random.Generator, drop_prob: float) -> dict[str, Any]:
    """25 examples, each with a feature of its own, and 30 hidden units that are never 0."""
    n, units, classes = 25, 30, 4
    parameters = draw_parameters(rng, [n, units, classes])
    parameters["W1"], parameters["b1"] = abs(parameters["W1"]), abs(parameters["b1"])
    return {
        "layer_sizes": [n, units, classes], "parameters": parameters,
        "X": np.diag(rng.uniform(0.5, 2.0, size=n)), "y": np.arange(n) % classes,
        "drop_prob": drop_prob, "seed": draw_seed(rng),
    }  # fmt: skip


def draw_nudged(rng: np.random.Generator, drop_prob: float, reg: float) -> dict[str, Any]:
    """A network whose units are all far from ReLU's kink, whichever of them are dropped."""
    sizes = [3, 5, 4, 3]
    network = draw_network(rng, 4, *sizes)
    parameters = network["parameters"]
    while abs(network["X"] @ parameters["W1"].T + parameters["b1"]).min() < 0.01:
        network["X"] = rng.normal(size=(4, sizes[0]))
    sign = np.array([1.0, 1.0, -1.0, 1.0])  # a row of one sign keeps its unit on one side of 0
    parameters["W2"] = sign[:, None] * (0.2 + abs(parameters["W2"]))
    parameters["b2"] = sign * abs(parameters["b2"])
    return {
        **{name: network[name] for name in ("layer_sizes", "parameters", "X", "y")},
        "drop_prob": drop_prob, "reg": reg, "seed": network["seed"], "step": 1e-5,
    }  # fmt: skip


def draw_one_nudged(rng: np.random.Generator, drop_prob: float) -> dict[str, Any]:
    """One example and 40 hidden units, all of them active unless they are dropped."""
    network = draw_network(rng, 1, 2, 40, 3)
    parameters = network["parameters"]
    for name in ("W1", "b1"):
        parameters[name] = 0.1 + abs(parameters[name])
    return {
        "layer_sizes": network["layer_sizes"], "parameters": parameters,
        "X": 0.1 + abs(network["X"]), "y": network["y"], "drop_prob": drop_prob, "reg": 0.0,
        "seed": network["seed"], "step": 1e-5,
    }  # fmt: skip


def draw_deciding(rng: np.random.Generator) -> dict[str, Any]:
    """A network with units enough that no two draws give the same loss."""
    network = draw_network(rng, 6, 4, 30, 3)
    names = ("layer_sizes", "parameters", "X", "y")
    seeds = [draw_seed(rng) for _ in range(4)]
    return {**{name: network[name] for name in names}, "drop_prob": 0.5, "seeds": seeds}


def draw_sizes(rng: np.random.Generator) -> dict[str, Any]:
    """A network for features that are 0, tiny, huge or equal, and a row of zeros."""
    network = draw_network(rng, 6, 5, 6, 3)
    network["X"] *= np.array([0.0, 2e-12, 3e4, 1.0, 1.0])
    network["X"][:, 4] = network["X"][:, 3]
    network["X"][0] = 0.0
    network["parameters"]["W1"][:, 2] /= 3e4
    return network


def draw_loud(rng: np.random.Generator, heights: list[float]) -> dict[str, Any]:
    """A network and an example for each of these heights: near it are its scores of all classes.

    The first feature raises or lowers the scores of all classes alike, by way of two hidden units.
    """
    network = draw_network(rng, len(heights), 4, 6, 3)
    W1, W2 = network["parameters"]["W1"], network["parameters"]["W2"]
    W1[:2], W1[:, 0] = 0.0, 0.0
    W1[:2, 0] = 1.0, -1.0
    W2[:, :2] = 1.0, -1.0
    network["X"][:, 0] = rng.permutation(heights)
    return network


# --- what is done with a network


def fresh(DropoutMLP, layer_sizes, drop_prob, reg, weight_scale, seeds):
    """The parameters of a new network by each seed; the second one's also before the third."""
    found, second = [], {}
    for seed in seeds:
        rng = np.random.default_rng(seed)
        found.append(DropoutMLP(layer_sizes, rng, drop_prob, reg, weight_scale).parameters)
        if len(found) == 2:
            second = {name: value + 0.0 for name, value in found[1].items()}
    return [*found, second]


def fresh_by_name(DropoutMLP, layer_sizes, weight_scale, seed):
    """The parameters of a new network, weight_scale by its name."""
    rng = np.random.default_rng(seed)
    return [DropoutMLP(layer_sizes, rng, weight_scale=weight_scale).parameters]


def fresh_by_default(DropoutMLP, layer_sizes, weight_scale, seed):
    """The parameters of a new network, all options left out; weight_scale is what they ask for."""
    return [DropoutMLP(layer_sizes, np.random.default_rng(seed)).parameters]


def plain_default(DropoutMLP, layer_sizes, seed, parameters, X, y):
    """All options left out: scores, labels, loss and gradients of given parameters."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed))
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    loss, gradients = model.loss(X, y)
    labels = model.predict(X)
    return {"scores": model.scores(X), "labels": labels, "loss": loss, "gradients": gradients}


def plain_step(DropoutMLP, layer_sizes, seed, parameters, X, y, reg):
    """Without dropout: loss and gradients, parameters changed in place, and again."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), 0.0, reg)
    for name, value in parameters.items():
        model.parameters[name][...] = value
    scores = model.scores(X)
    loss, gradients = model.loss(X, y, rng=np.random.default_rng(seed))
    first = {"loss": loss, "gradients": gradients, "scores": scores}
    model.parameters["W1"] *= 0.5
    model.parameters["b2"] += 0.25
    loss, gradients = model.loss(X, y)
    then = {"loss": loss, "gradients": gradients, "scores": model.scores(X)}
    return {**first, "other parameters": then}


def named(DropoutMLP, layer_sizes, seed, parameters, X, y, options):
    """Without dropout, options by their names: scores, labels, loss and gradients."""
    model = DropoutMLP(tuple(layer_sizes), np.random.default_rng(seed), **options)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    loss, gradients = model.loss(X, y)
    labels = model.predict(X)
    return {"scores": model.scores(X), "labels": labels, "loss": loss, "gradients": gradients}


def in_other_layouts(DropoutMLP, layer_sizes, seed, parameters, X, y):
    """Without dropout: rows and parameters that lie column by column, then read-only windows."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed))
    for name, value in parameters.items():
        model.parameters[name] = np.array(value, order="F")
    rows, labels = np.repeat(X, 2, axis=1)[:, ::2], np.repeat(y, 2)[::2]
    rows.flags.writeable = labels.flags.writeable = False
    found = []
    for given, wanted in ((np.array(X, order="F"), y), (rows, labels)):
        loss, gradients = model.loss(given, wanted)
        asked = {"scores": model.scores(given), "labels": model.predict(given)}
        found.append({**asked, "loss": loss, "gradients": dict(gradients)})
    return found


def scored_twice(DropoutMLP, layer_sizes, seed, parameters, X, y, drop_prob, reg):
    """Scores of a network that drops units when it is trained, and the same once more."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob, reg=reg)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    return tuple(np.array(model.scores(X)) for _ in range(2))


def in_use(DropoutMLP, layer_sizes, seed, parameters, X, y, drop_prob, reg):
    """Scores and labels, before and after training steps that drop; and the parameters then."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob, reg=reg)
    for name, value in parameters.items():
        model.parameters[name] = value.copy()
    before = {"scores": model.scores(X), "labels": model.predict(X)}
    model.loss(X, y)
    model.loss(X, y, np.random.default_rng(seed))
    after = {"scores": model.scores(X), "labels": model.predict(X)}
    return {**before, "after two losses": after, "parameters": dict(model.parameters)}


def one_example(DropoutMLP, layer_sizes, parameters, X, y, drop_prob, seeds, unit):
    """Losses (K,) of one example by K seeds, and the gradients of the last weights' first row."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(0), drop_prob=drop_prob)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    last = f"W{len(layer_sizes) - 1}"
    losses, rows = [], []
    for seed in seeds:
        loss, gradients = model.loss(X, y, rng=np.random.default_rng(seed))
        losses.append(loss)
        rows.append(gradients[last][0] + 0.0)
    return np.array(losses), np.array(rows)


def one_batch(DropoutMLP, layer_sizes, parameters, X, y, drop_prob, seed):
    """The gradient of W1 for a batch in which every example has a feature of its own."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    return model.loss(X, y)[1]["W1"]


def nudged(DropoutMLP, layer_sizes, parameters, X, y, drop_prob, reg, seed, step):
    """Gradients, and the losses with each parameter a step higher and lower, by one seed."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(0), drop_prob=drop_prob, reg=reg)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    gradients = model.loss(X, y, rng=np.random.default_rng(seed))[1]
    losses = {}
    for name, value in parameters.items():
        losses[name] = np.zeros((2, *value.shape))
        for index in np.ndindex(value.shape):
            for side in (0, 1):
                model.parameters[name][index] = value[index] + (step, -step)[side]
                loss = model.loss(X, y, rng=np.random.default_rng(seed))[0]
                losses[name][(side, *index)] = loss
            model.parameters[name][index] = value[index]
    return gradients, losses


def who_decides(DropoutMLP, layer_sizes, parameters, X, y, drop_prob, seeds):
    """Losses by given generators and by the networks' own, and NumPy's next global number."""
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(seeds[0])  # noqa: NPY002
    models = []
    for seed in (seeds[0], seeds[0], seeds[1]):  # two alike, and another one
        models.append(DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob))
        models[-1].parameters.update({name: value.copy() for name, value in parameters.items()})
    given = []
    for model in (models[0], models[2]):
        for seed in (seeds[2], seeds[2], seeds[3]):
            given.append(model.loss(X, y, rng=np.random.default_rng(seed))[0])
    rng = np.random.default_rng(seeds[2])
    following = [models[0].loss(X, y, rng=rng)[0] for _ in range(3)]
    models[1].loss(X, y, rng=np.random.default_rng(seeds[2]))
    own = [[model.loss(X, y)[0] for model in models] for _ in range(4)]
    after = np.random.random_sample()  # noqa: NPY002
    np.random.set_state(state)  # noqa: NPY002
    return np.array(given), np.array(following), np.array(own), after


TRIALS = (
    fresh,
    fresh_by_name,
    fresh_by_default,
    plain_default,
    plain_step,
    named,
    in_other_layouts,
    scored_twice,
    in_use,
    one_example,
    one_batch,
    nudged,
    who_decides,
)
