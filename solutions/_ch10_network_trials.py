"""Chapter 10, third part: what is done with a `DropoutMLP`.

Where nothing is random the numbers are compared. What dropout does is read off networks whose
weights tell which units were kept; gradients are held against differences of the loss, with the
generator set back each time.
"""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter
from solutions._ch10_network import DropoutMLP


@chapter.scenario(DropoutMLP)
def fresh(DropoutMLP, layer_sizes, drop_prob, reg, weight_scale, seeds):
    """The parameters of a new network by each seed; the second one's also before the third."""
    found, second = [], {}
    for seed in seeds:
        rng = np.random.default_rng(seed)
        found.append(DropoutMLP(layer_sizes, rng, drop_prob, reg, weight_scale).parameters)
        if len(found) == 2:
            second = {name: value + 0.0 for name, value in found[1].items()}
    return [*found, second]


@chapter.scenario(DropoutMLP)
def fresh_by_default(DropoutMLP, layer_sizes, weight_scale, seed):
    """The parameters of a new network, all options left out; weight_scale is what they ask for."""
    return [DropoutMLP(layer_sizes, np.random.default_rng(seed)).parameters]


@chapter.scenario(DropoutMLP)
def plain_default(DropoutMLP, layer_sizes, seed, parameters, X, y):
    """All options left out: scores, labels, loss and gradients of given parameters."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed))
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    loss, gradients = model.loss(X, y)
    labels = model.predict(X)
    return {"scores": model.scores(X), "labels": labels, "loss": loss, "gradients": gradients}


@chapter.scenario(DropoutMLP)
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


@chapter.scenario(DropoutMLP)
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


@chapter.scenario(DropoutMLP)
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


@chapter.scenario(DropoutMLP)
def one_batch(DropoutMLP, layer_sizes, parameters, X, y, drop_prob, seed):
    """The gradient of W1 for a batch in which every example has a feature of its own."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob)
    model.parameters.update({name: value.copy() for name, value in parameters.items()})
    return model.loss(X, y)[1]["W1"]


@chapter.scenario(DropoutMLP)
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


@chapter.scenario(DropoutMLP)
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
