"""What must hold of a `DropoutMLP`, whatever it draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Holds = Callable[[Any, Any], bool]

HOLDS: list[tuple[str, Holds]] = []  # sentences, and the properties that they explain


def must_hold(sentence: str) -> Callable[[Holds], Holds]:
    """The decorated ``(inputs, output) -> bool`` is listed in ``HOLDS``."""

    def note(holds: Holds) -> Holds:
        HOLDS.append((sentence, holds))
        return holds

    return note


@must_hold("Biases start at 0.")
def biases_zero(inputs, found):
    return all(not v.any() for p in found for name, v in p.items() if name[0] == "b")


@must_hold("Weights are standard normal numbers times weight_scale: their spread is another.")
def weights_scaled(inputs, found):
    weights = [v for name, v in found[0].items() if name[0] == "W"]
    shares = [v.std() / inputs["weight_scale"] - 1 for v in weights]
    bounds = [6 / np.sqrt(2 * v.size) for v in weights]
    return all(abs(share) < bound for share, bound in zip(shares, bounds, strict=True))


@must_hold("Weights must be normal numbers around 0, independent of each other.")
def weights_normal(inputs, found):
    W = found[0]["W1"] / inputs["weight_scale"]
    beyond = np.mean(abs(W) > 2)  # 4.55 % of a normal distribution
    together = np.mean(W[1:] * W[:-1]) * np.sqrt(W.size)
    return bool(abs(W.mean()) * np.sqrt(W.size) < 6 and 0.02 < beyond < 0.08 and together < 6)


@must_hold(
    "A new network changed the parameters of another one: keep them in self, made anew for each."
)
def parameters_of_its_own(inputs, found):
    return all(np.array_equal(value, found[1][name]) for name, value in found[3].items())


@must_hold("The weights must be drawn from rng: equal seeds, equal weights.")
def drawn_from_rng(inputs, found):
    return np.array_equal(found[0]["W1"], found[2]["W1"]) and not np.array_equal(
        found[0]["W1"], found[1]["W1"]
    )


@must_hold("The scores do not fit the units that the gradient says were kept: check the scaling.")
def scaled_once_a_layer(inputs, output):
    losses, rows = output
    layers = len(inputs["layer_sizes"]) - 2
    margins = np.log(np.expm1(losses))  # by how much class 0 outscores the right class 1
    kept = (rows != 0) @ (inputs["unit"] * 2.0 ** np.arange(rows.shape[1]))
    some = kept > 0
    expected = kept[some] / (1 - inputs["drop_prob"]) ** layers
    return bool(some.any()) and np.allclose(margins[some], expected, rtol=1e-6)


@must_hold(
    "Scores of the same examples differ from call to call: units are dropped in training alone, "
    "never in scores or predict."
)
def scores_repeat(inputs, output):
    return np.array_equal(*output)


@must_hold(
    "The loss is that of other weights than those in parameters: where an entry is given a new "
    "array, the network has to work with that one."
)
def parameters_used(inputs, output):
    losses, rows = output
    some = (rows != 0).any(axis=1)
    # Weights as small as those of a new network give each of the two classes about 1/2.
    return bool(not some.any() or np.any(abs(losses[some] - np.log(2)) > 0.005))


@must_hold("No hidden unit is ever dropped.")
def anything_dropped(inputs, output):
    return bool(np.any(output[1] == 0))


@must_hold("As many hidden units stay as if one layer did not drop any of its own.")
def every_layer_drops(inputs, output):
    keep = (1 - inputs["drop_prob"]) ** (len(inputs["layer_sizes"]) - 3)
    return bool(abs(np.mean(output[1] != 0) - keep) > 0.04)


@must_hold(
    "Too often all hidden units of an example are without influence at once: are features of X, "
    "whole examples or scores dropped?"
)
def no_example_lost(inputs, output):
    kept = output[1] != 0
    some = kept.any(axis=1)
    lost = (1 - kept[some].mean()) ** kept.shape[1] if some.any() else 0.0
    noise = 7 * np.sqrt(lost * (1 - lost) / len(kept)) + 3 / len(kept)
    return bool(1 - some.mean() < lost + noise)


@must_hold("The fraction of hidden units that are dropped in training is far from drop_prob.")
def units_dropped(inputs, output):
    rows = output[1]
    keep = (1 - inputs["drop_prob"]) ** (len(inputs["layer_sizes"]) - 2)
    return bool(abs(np.mean(rows != 0) - keep) < 6 * np.sqrt(keep * (1 - keep) / rows.size))


@must_hold("Hidden units are dropped together; each is dropped by itself.")
def units_by_themselves(inputs, output):
    kept = output[1] != 0
    same = kept.mean() ** 2 + (1 - kept.mean()) ** 2  # if they do not know of each other
    agree = kept[:, 1:] == kept[:, :-1]
    return bool(abs(agree.mean() - same) <= 7 * np.sqrt(same * (1 - same) / agree.size))


@must_hold("The number of hidden units that are dropped hardly varies; each is dropped by itself.")
def unit_counts_vary(inputs, output):
    kept = output[1] != 0
    chance = kept.mean()
    return bool(kept.sum(axis=1).std() > 0.4 * np.sqrt(kept.shape[1] * chance * (1 - chance)))


@must_hold("All examples of a batch lose the same units: every example draws its own.")
def examples_by_themselves(inputs, gradient):
    kept = gradient != 0
    same = kept.mean() ** 2 + (1 - kept.mean()) ** 2  # if they do not know of each other
    agree = kept[:, 1:] == kept[:, :-1]
    return bool(abs(agree.mean() - same) <= 7 * np.sqrt(same * (1 - same) / agree.size))


@must_hold("In the batch, no unit is dropped for any example.")
def batch_drops_anything(inputs, gradient):
    return bool(np.any(gradient == 0))


@must_hold("In the batch, as many units are kept as should be dropped.")
def batch_the_right_way_round(inputs, gradient):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(gradient == 0) - (1 - p)) > 6 * np.sqrt(p * (1 - p) / gradient.size))


@must_hold(
    "In the batch, the fraction of dropped units is far from drop_prob: are whole examples "
    "dropped, or none?"
)
def batch_dropped(inputs, gradient):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(gradient == 0) - p) < 6 * np.sqrt(p * (1 - p) / gradient.size))


@must_hold(
    "The gradients do not fit the loss: with the same seed, nudging a parameter changes the loss "
    "by another amount than its gradient says."
)
def gradients_fit(inputs, output):
    gradients, losses = output
    for name, pair in losses.items():
        slope = (pair[0] - pair[1]) / (2 * inputs["step"])
        if not np.allclose(gradients[name], slope, rtol=1e-5, atol=1e-7):
            return False
    return True


@must_hold(
    "A parameter has a gradient although, with the same seed, nudging it leaves the loss as it "
    "is: is its unit dropped?"
)
def stopped_where_dropped(inputs, output):
    gradients, losses = output
    return not any(
        np.any((pair[0] == pair[1]) & (abs(gradients[name]) > 1e-7))
        for name, pair in losses.items()
    )


@must_hold(
    "A parameter has the gradient 0 although, with the same seed, nudging it changes the loss: "
    "which units does the gradient take for dropped?"
)
def passed_on_where_kept(inputs, output):
    gradients, losses = output
    return not any(
        np.any((abs(pair[0] - pair[1]) > 1e-9) & (gradients[name] == 0))
        for name, pair in losses.items()
    )


@must_hold(
    "Even the gradients of the last layer do not fit the loss: with the same seed, nudging a "
    "bias there changes the loss by another amount."
)
def last_layer_fits(inputs, output):
    gradients, losses = output
    name = f"b{len(inputs['layer_sizes']) - 1}"
    slope = (losses[name][0] - losses[name][1]) / (2 * inputs["step"])
    return np.allclose(gradients[name], slope, rtol=1e-5, atol=1e-7)


@must_hold(
    "Loss and gradients do not have the same penalty: one of them lacks a part of it, or has too "
    "much."
)
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


@must_hold("Given the same seed as rng, the loss must drop the same units and be the same.")
def given_generator_decides(inputs, output):
    a, b, _, c, d, _ = output[0]
    return np.allclose([a, a, a], [b, c, d], rtol=1e-10)


@must_hold("Given generators with different seeds as rng, the loss dropped the same units.")
def given_seed_matters(inputs, output):
    a, _, b, c, _, d = output[0]
    return not np.allclose(a, b, rtol=1e-10) and not np.allclose(c, d, rtol=1e-10)


@must_hold("Called again with the same generator, the loss must drop other units.")
def generator_goes_on(inputs, output):
    following = output[1]
    same = np.isclose(following[0], output[0][0], rtol=1e-10)
    return bool(same and len(np.unique(following.round(10))) == len(following))


@must_hold(
    "Without rng the loss must drop by the generator that the network was made with: equal seeds,"
    " equal losses."
)
def own_losses_repeat(inputs, output):
    first, second, _ = output[2].T
    return np.allclose(first, second, rtol=1e-10)


@must_hold("Without rng the loss must drop other units at every call.")
def own_losses_move(inputs, output):
    first = output[2].T[0]
    return len(np.unique(first.round(10))) == len(first)


@must_hold(
    "Without rng, networks made with different seeds drop the same units: drop by the generator "
    "that the network was made with."
)
def own_seed_matters(inputs, output):
    first, _, other = output[2].T
    return not np.allclose(first, other)


@must_hold(
    "NumPy's global random numbers were used or changed; only generators that you were given may "
    "be."
)
def no_global_numbers(inputs, output):
    first = inputs["seeds"][0]
    return bool(output[3] == np.random.RandomState(first).random_sample())
