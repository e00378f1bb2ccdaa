"""Chapter 10, third part: what is done with a `DropoutMLP`, and what must hold of it.

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
    """The parameters of one new network by each seed."""
    found = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        found.append(DropoutMLP(layer_sizes, rng, drop_prob, reg, weight_scale).parameters)
    return found


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
    return model.scores(X), model.predict(X), loss, gradients


@chapter.scenario(DropoutMLP)
def plain_step(DropoutMLP, layer_sizes, seed, parameters, X, y, reg):
    """Without dropout: loss and gradients, parameters changed in place, and again."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), 0.0, reg)
    for name, value in parameters.items():
        model.parameters[name][...] = value
    before = model.scores(X)
    first = model.loss(X, y, rng=np.random.default_rng(seed))
    model.parameters["W1"] *= 0.5
    model.parameters["b2"] += 0.25
    return tuple(first), tuple(model.loss(X, y)), (before, model.scores(X))


@chapter.scenario(DropoutMLP)
def in_use(DropoutMLP, layer_sizes, seed, parameters, X, y, drop_prob, reg):
    """Scores and labels, before and after training steps that drop; and the parameters then."""
    model = DropoutMLP(layer_sizes, np.random.default_rng(seed), drop_prob=drop_prob, reg=reg)
    for name, value in parameters.items():
        model.parameters[name] = value.copy()
    before = model.scores(X), model.predict(X)
    model.loss(X, y)
    model.loss(X, y, np.random.default_rng(seed))
    return before, (model.scores(X), model.predict(X)), dict(model.parameters)


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


# --- what must hold -------------------------------------------------------------------------------


@chapter.property(DropoutMLP, "Biases start at 0.")
def biases_zero(inputs, found):
    return all(not v.any() for p in found for name, v in p.items() if name[0] == "b")


@chapter.property(
    DropoutMLP, "Weights are standard normal numbers times weight_scale: their spread is another."
)
def weights_scaled(inputs, found):
    weights = [v for name, v in found[0].items() if name[0] == "W"]
    shares = [v.std() / inputs["weight_scale"] - 1 for v in weights]
    bounds = [6 / np.sqrt(2 * v.size) for v in weights]
    return all(abs(share) < bound for share, bound in zip(shares, bounds, strict=True))


@chapter.property(DropoutMLP, "Weights must be normal numbers around 0, independent of each other.")
def weights_normal(inputs, found):
    W = found[0]["W1"] / inputs["weight_scale"]
    beyond = np.mean(abs(W) > 2)  # 4.55 % of a normal distribution
    together = np.mean(W[1:] * W[:-1]) * np.sqrt(W.size)
    return bool(abs(W.mean()) * np.sqrt(W.size) < 6 and 0.02 < beyond < 0.08 and together < 6)


@chapter.property(DropoutMLP, "The weights must be drawn from rng: equal seeds, equal weights.")
def drawn_from_rng(inputs, found):
    return np.array_equal(found[0]["W1"], found[-1]["W1"]) and not np.array_equal(
        found[0]["W1"], found[1]["W1"]
    )


@chapter.property(
    DropoutMLP,
    "The scores do not fit the units that the gradient says were kept: check the scaling.",
)
def scaled_once_a_layer(inputs, output):
    losses, rows = output
    layers = len(inputs["layer_sizes"]) - 2
    margins = np.log(np.expm1(losses))  # by how much class 0 outscores the right class 1
    kept = (rows != 0) @ (inputs["unit"] * 2.0 ** np.arange(rows.shape[1]))
    some = kept > 0
    expected = kept[some] / (1 - inputs["drop_prob"]) ** layers
    return bool(some.any()) and np.allclose(margins[some], expected, rtol=1e-6)


@chapter.property(DropoutMLP, "No hidden unit is ever dropped.")
def anything_dropped(inputs, output):
    return bool(np.any(output[1] == 0))


@chapter.property(
    DropoutMLP, "As many hidden units stay as if one layer did not drop any of its own."
)
def every_layer_drops(inputs, output):
    keep = (1 - inputs["drop_prob"]) ** (len(inputs["layer_sizes"]) - 3)
    return bool(abs(np.mean(output[1] != 0) - keep) > 0.04)


@chapter.property(
    DropoutMLP, "The fraction of hidden units that are dropped in training is far from drop_prob."
)
def units_dropped(inputs, output):
    rows = output[1]
    keep = (1 - inputs["drop_prob"]) ** (len(inputs["layer_sizes"]) - 2)
    return bool(abs(np.mean(rows != 0) - keep) < 6 * np.sqrt(keep * (1 - keep) / rows.size))


@chapter.property(DropoutMLP, "Hidden units are dropped together; each is dropped by itself.")
def units_by_themselves(inputs, output):
    kept = output[1] != 0
    same = kept.mean() ** 2 + (1 - kept.mean()) ** 2  # if they do not know of each other
    agree = kept[:, 1:] == kept[:, :-1]
    return bool(abs(agree.mean() - same) <= 7 * np.sqrt(same * (1 - same) / agree.size))


@chapter.property(
    DropoutMLP,
    "The number of hidden units that are dropped hardly varies; each is dropped by itself.",
)  # fmt: skip
def unit_counts_vary(inputs, output):
    kept = output[1] != 0
    chance = kept.mean()
    return bool(kept.sum(axis=1).std() > 0.4 * np.sqrt(kept.shape[1] * chance * (1 - chance)))


@chapter.property(
    DropoutMLP, "All examples of a batch lose the same units: every example draws its own."
)
def examples_by_themselves(inputs, gradient):
    kept = gradient != 0
    same = kept.mean() ** 2 + (1 - kept.mean()) ** 2  # if they do not know of each other
    agree = kept[:, 1:] == kept[:, :-1]
    return bool(abs(agree.mean() - same) <= 7 * np.sqrt(same * (1 - same) / agree.size))


@chapter.property(DropoutMLP, "In the batch, no unit is dropped for any example.")
def batch_drops_anything(inputs, gradient):
    return bool(np.any(gradient == 0))


@chapter.property(DropoutMLP, "In the batch, as many units are kept as should be dropped.")
def batch_the_right_way_round(inputs, gradient):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(gradient == 0) - (1 - p)) > 6 * np.sqrt(p * (1 - p) / gradient.size))


@chapter.property(
    DropoutMLP,
    "In the batch, the fraction of dropped units is far from drop_prob: are whole examples "
    "dropped, or none?",
)  # fmt: skip
def batch_dropped(inputs, gradient):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(gradient == 0) - p) < 6 * np.sqrt(p * (1 - p) / gradient.size))


@chapter.property(
    DropoutMLP,
    "The gradients do not fit the loss: with the same seed, nudging a parameter changes the loss "
    "by another amount than its gradient says.",
)  # fmt: skip
def gradients_fit(inputs, output):
    gradients, losses = output
    for name, pair in losses.items():
        slope = (pair[0] - pair[1]) / (2 * inputs["step"])
        if not np.allclose(gradients[name], slope, rtol=1e-5, atol=1e-7):
            return False
    return True


@chapter.property(
    DropoutMLP,
    "A parameter has a gradient although, with the same seed, nudging it leaves the loss as it is: "
    "is its unit dropped?",
)  # fmt: skip
def stopped_where_dropped(inputs, output):
    gradients, losses = output
    return not any(
        np.any((pair[0] == pair[1]) & (abs(gradients[name]) > 1e-7))
        for name, pair in losses.items()
    )


@chapter.property(
    DropoutMLP,
    "A parameter has the gradient 0 although, with the same seed, nudging it changes the loss: "
    "which units does the gradient take for dropped?",
)  # fmt: skip
def passed_on_where_kept(inputs, output):
    gradients, losses = output
    return not any(
        np.any((abs(pair[0] - pair[1]) > 1e-9) & (gradients[name] == 0))
        for name, pair in losses.items()
    )


@chapter.property(
    DropoutMLP,
    "Already the gradients of the last layer do not fit the loss: with the same seed, nudging a "
    "bias there changes the loss by another amount.",
)  # fmt: skip
def last_layer_fits(inputs, output):
    gradients, losses = output
    name = f"b{len(inputs['layer_sizes']) - 1}"
    slope = (losses[name][0] - losses[name][1]) / (2 * inputs["step"])
    return np.allclose(gradients[name], slope, rtol=1e-5, atol=1e-7)


@chapter.property(
    DropoutMLP,
    "The gradients of the weights lack the penalty's part, or have too much of it.",
)  # fmt: skip
def penalty_fits(inputs, output):
    gradients, losses = output
    off = []
    for name, value in inputs["parameters"].items():
        slope = (losses[name][0] - losses[name][1]) / (2 * inputs["step"])
        difference = gradients[name] - slope
        # The part of the difference that is a multiple of the parameter itself.
        part = np.sum(difference * value) / np.sum(value * value) if value.any() else 0.0
        size = abs(difference).max()
        like_it = size > 1e-6 and np.allclose(difference, part * value, rtol=1e-3, atol=1e-3 * size)
        off.append(bool(like_it))
    return not any(off)


@chapter.property(
    DropoutMLP, "Given the same seed as rng, the loss must drop the same units and be the same."
)
def given_generator_decides(inputs, output):
    a, b, _, c, d, _ = output[0]
    return np.allclose([a, a, a], [b, c, d], rtol=1e-10)


@chapter.property(
    DropoutMLP, "Given generators with different seeds as rng, the loss dropped the same units."
)
def given_seed_matters(inputs, output):
    a, _, b, c, _, d = output[0]
    return not np.allclose(a, b, rtol=1e-10) and not np.allclose(c, d, rtol=1e-10)


@chapter.property(
    DropoutMLP, "Called again with the same generator, the loss must drop other units."
)
def generator_goes_on(inputs, output):
    following = output[1]
    same = np.isclose(following[0], output[0][0], rtol=1e-10)
    return bool(same and len(np.unique(following.round(10))) == len(following))


@chapter.property(
    DropoutMLP,
    "Without rng the loss must drop by the generator that the network was made with: equal seeds, "
    "equal losses.",
)  # fmt: skip
def own_losses_repeat(inputs, output):
    first, second, _ = output[2].T
    return np.allclose(first, second, rtol=1e-10)


@chapter.property(
    DropoutMLP,
    "Without rng the loss must drop other units at every call, and other ones for another seed.",
)  # fmt: skip
def own_losses_move(inputs, output):
    first, _, other = output[2].T
    return len(np.unique(first.round(10))) == len(first) and not np.allclose(first, other)


@chapter.property(
    DropoutMLP,
    "NumPy's global random numbers were used or changed; only generators that you were given may "
    "be.",
)  # fmt: skip
def no_global_numbers(inputs, output):
    first = inputs["seeds"][0]
    return bool(output[3] == np.random.RandomState(first).random_sample())
