"""init_weights: random weights to start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

Init = Callable[[int, int, str, np.random.Generator], np.ndarray]

exercise = ExerciseDefinition(points=2)


@exercise.reference
def init_weights(fan_in: int, fan_out: int, scheme: str, rng: np.random.Generator) -> np.ndarray:
    """Draw the weights that a layer starts with.

    Args:
        fan_in: how many inputs each unit of the layer has.
        fan_out: how many units the layer has.
        scheme: "zeros", or one of three normal distributions with mean 0:
            "small" with standard deviation 0.01, "xavier" with variance 1 / fan_in,
            "he" with variance 2 / fan_in.
        rng: the generator that every random number is drawn from.

    Returns:
        (fan_out, fan_in) float64: one row of weights per unit.

    Raises:
        ValueError: if scheme is none of the four.

    Sources: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", 2010; K. He et al., "Delving Deep into Rectifiers", 2015.
    """
    stds = {"zeros": 0.0, "small": 0.01, "xavier": fan_in**-0.5, "he": (2 / fan_in) ** 0.5}
    if scheme not in stds:
        raise ValueError(f"scheme must be one of {', '.join(stds)}, not {scheme!r}")
    return stds[scheme] * rng.normal(size=(fan_out, fan_in))


@exercise.scenario()
def one_layer(init_weights: Init, fan_in: int, fan_out: int, scheme: str, seed: int) -> np.ndarray:
    return init_weights(fan_in, fan_out, scheme, np.random.default_rng(seed))


@exercise.scenario()
def four_layers(
    init_weights: Init, fan_in: int, fan_out: int, scheme: str, seed: int
) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    first, second = (init_weights(fan_in, fan_out, scheme, rng) for _ in range(2))
    again = init_weights(fan_in, fan_out, scheme, np.random.default_rng(seed))
    other = init_weights(fan_in, fan_out, scheme, np.random.default_rng(seed + 1))
    return first, second, again, other


@exercise.scenario()
def complaint(init_weights: Init, fan_in: int, fan_out: int, scheme: str, seed: int) -> str:
    try:
        init_weights(fan_in, fan_out, scheme, np.random.default_rng(seed))
    except ValueError:
        return "a ValueError"
    return "no error"


# The bounds below are more than six standard errors wide: honest random numbers keep to them.
# To name a mistake, four are enough: should it miss its name, the spread does not fit anyway.
@exercise.property("The mean of the weights is not 0: they have to lie evenly on both sides of it.")
def mean_is_zero(inputs: Mapping[str, Any], output: Any) -> bool:
    return bool(abs(output.mean()) < 6.5 * output.std() / np.sqrt(output.size))


@exercise.property(
    "The spread of the weights is not the one of this scheme: compare it with the docstring, "
    "which gives a standard deviation or a variance (and mind which of the two fans it names)."
)
def spread_fits(inputs: Mapping[str, Any], output: Any) -> bool:
    squares = {"small": 1e-4, "xavier": 1.0 / inputs["fan_in"], "he": 2.0 / inputs["fan_in"]}
    ratio = output.std() / np.sqrt(squares[inputs["scheme"]])
    return bool(abs(ratio - 1) < 6.5 / np.sqrt(2 * output.size))


@exercise.property("The spread of the weights is what their variance should be: take the root.")
def spread_is_no_variance(inputs: Mapping[str, Any], output: Any) -> bool:
    squares = {"small": 1e-4, "xavier": 1.0 / inputs["fan_in"], "he": 2.0 / inputs["fan_in"]}
    ratio = output.std() / squares[inputs["scheme"]]
    return bool(abs(ratio - 1) > 4 / np.sqrt(2 * output.size))


@exercise.property(
    "The spread of the weights depends on fan_out; in this course it is fan_in alone that counts."
)
def spread_is_of_the_inputs(inputs: Mapping[str, Any], output: Any) -> bool:
    gain = {"small": 0.0, "xavier": 1.0, "he": 2.0}[inputs["scheme"]]
    ratio = output.std() / np.sqrt(gain / inputs["fan_out"]) if gain else 0.0
    return bool(abs(ratio - 1) > 4 / np.sqrt(2 * output.size))


@exercise.property(
    "The spread of the weights depends on both fans; in this course it is fan_in alone that counts."
)
def spread_is_of_one_fan(inputs: Mapping[str, Any], output: Any) -> bool:
    gain = {"small": 0.0, "xavier": 1.0, "he": 2.0}[inputs["scheme"]]
    mean = (inputs["fan_in"] + inputs["fan_out"]) / 2
    ratio = output.std() / np.sqrt(gain / mean) if gain else 0.0
    return bool(abs(ratio - 1) > 4 / np.sqrt(2 * output.size))


@exercise.property(
    "The mean and the spread of the weights are right, but they are not normally distributed."
)
def bell_shaped(inputs: Mapping[str, Any], output: Any) -> bool:
    sizes = np.abs(output) / output.std()
    near, far = 0.6827, 0.01242  # shares of a normal distribution within 1 and beyond 2.5 std
    slack = 6.5 * np.sqrt(near * (1 - near) / output.size)
    tail = (sizes > 2.5).sum() - far * output.size
    return bool(
        abs((sizes < 1).mean() - near) < slack and abs(tail) < 6 * np.sqrt(far * sizes.size)
    )


@exercise.property("Many weights are the same: each one has to be drawn by itself.")
def all_different(inputs: Mapping[str, Any], output: Any) -> bool:
    return len(np.unique(output)) > 0.99 * output.size


@exercise.property(
    "A weight says something about the ones beside it: each one has to be drawn by itself, and to"
    " stay where it was drawn."
)
def one_by_one(inputs: Mapping[str, Any], output: Any) -> bool:
    sizes = output / output.std()
    pairs = [(sizes[:, :-1], sizes[:, 1:]), (sizes[:-1], sizes[1:])]
    return all(abs((a * b).sum()) <= 6.5 * np.sqrt(a.size) for a, b in pairs)


@exercise.property(
    "The same generator gave other weights the second time: every random number has to come from "
    "rng."
)
def same_seed_same_weights(inputs: Mapping[str, Any], output: Any) -> bool:
    return bool(np.array_equal(output[0], output[2]))


@exercise.property(
    "Two draws gave the same weights: another seed, or a second call, has to give others."
)
def every_draw_differs(inputs: Mapping[str, Any], output: Any) -> bool:
    first, second, _, other = output
    return not any(np.isclose(first, drawn).all(axis=1).any() for drawn in (second, other))


RANDOM = (
    "all_different",
    "mean_is_zero",
    "spread_is_no_variance",
    "spread_is_of_the_inputs",
    "spread_is_of_one_fan",
    "spread_fits",
    "bell_shaped",
    "one_by_one",
)


def draw_layer(rng: np.random.Generator, scheme: str, *, wide: bool) -> dict[str, Any]:
    """Inputs for a layer with far more inputs than units (wide), or the other way round.

    2.4 times as many: then no spread of another scheme looks as if fan_out had a part in it.
    """
    few = int(rng.integers(40, 45))
    many = 12 * few // 5 + int(rng.integers(2))
    fans = {"fan_in": many, "fan_out": few} if wide else {"fan_in": few, "fan_out": many}
    return {**fans, "scheme": scheme, "seed": int(rng.integers(2**40))}


def _drawn(label: str, inputs: dict[str, Any]) -> Case:
    return Case(label, inputs, scenario="one_layer", compare=False, properties=RANDOM)


def draw_small(rng: np.random.Generator, scheme: str) -> dict[str, Any]:
    """Inputs for a layer of few weights."""
    fan_in, fan_out = (int(n) for n in rng.permutation([7, 8, 9, 10])[:2])
    return {
        "fan_in": fan_in,
        "fan_out": fan_out,
        "scheme": scheme,
        "seed": int(rng.integers(2**40)),
    }


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield _drawn("small", draw_layer(rng, "small", wide=True))
    yield _drawn("xavier, more inputs than units", draw_layer(rng, "xavier", wide=True))
    yield _drawn("xavier, more units than inputs", draw_layer(rng, "xavier", wide=False))
    yield _drawn("he, more inputs than units", draw_layer(rng, "he", wide=True))
    yield _drawn("he, more units than inputs", draw_layer(rng, "he", wide=False))
    zeros = {"fan_in": int(rng.integers(5, 8)), "fan_out": 3, "scheme": "zeros", "seed": 1}
    yield Case("zeros", zeros, scenario="one_layer")
    scheme = ("small", "xavier", "he")[int(rng.integers(3))]
    yield Case(
        "the same seed, the same weights; another seed, others",
        draw_small(rng, scheme),
        scenario="four_layers",
        compare=False,
        properties=("same_seed_same_weights", "every_draw_differs"),
    )
    unknown = {**draw_small(rng, "ones")}
    yield Case("a scheme that does not exist", unknown, edge=True, scenario="complaint")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    single = {**draw_layer(rng, "he", wide=True), "fan_in": 3000, "fan_out": 1}
    yield Case(
        "a layer of a single unit",
        single,
        edge=True,
        scenario="one_layer",
        compare=False,
        properties=RANDOM,
    )
    thin = {"fan_in": np.int64(1), "fan_out": np.int64(3000), "scheme": "he"}
    single = {**thin, "seed": int(rng.integers(2**40))}
    yield Case(
        "units of a single input, and NumPy's integers",
        single,
        edge=True,
        scenario="one_layer",
        compare=False,
        properties=RANDOM,
    )
    zeros = {"fan_in": 1, "fan_out": 1, "scheme": "zeros", "seed": 2}
    yield Case("zeros, a single weight", zeros, edge=True, scenario="one_layer")
    unknown = draw_small(rng, "orthogonal")
    yield Case("another scheme that does not exist", unknown, edge=True, scenario="complaint")


exercise.wrong_ways("""
fan-in-by-fan-out: Your weights have a row for each input; a layer has a row for each of its units,
so the shape is (fan_out, fan_in).
    - size=(fan_out, fan_in)
    + size=(fan_in, fan_out)

variance-as-std: You scaled by the variance; a standard deviation is the square root of a variance.
    - fan_in**-0.5
    + 1 / fan_in
    - (2 / fan_in) ** 0.5
    + 2 / fan_in

fan-out: Your spread depends on the number of units, fan_out; what adds up in a unit are its inputs,
so it is fan_in alone that counts.
    - fan_in**-0.5
    + fan_out**-0.5
    - (2 / fan_in) ** 0.5
    + (2 / fan_out) ** 0.5

uniform: Your weights have the right spread but are not normally distributed: draw them with
rng.normal, and neither cut large ones off nor draw uniform numbers.
    - rng.normal(size=(fan_out, fan_in))
    + rng.uniform(-(3**0.5), 3**0.5, size=(fan_out, fan_in))

only-positive: Your weights are positive, like the numbers from 0 to 1 that rng.random gives, while
normal ones lie on both sides of 0.
    - rng.normal(
    + rng.random(

one-row-for-all-units: You drew one row and gave it to every unit; then all units of the layer are
the same.
    return np.tile(reference(fan_in, 1, scheme, rng), (fan_out, 1))

own-generator: Your weights are the same whatever rng is, as from a generator with a seed of its
own: every layer then starts with the same numbers. Draw from rng.
    - rng.normal(
    + np.random.default_rng(0).normal(

global-randomness: The same seed does not give the same weights: your numbers come from np.random
itself, or from a generator without a seed. Draw from rng.
    - rng.normal(
    + np.random.default_rng().normal(

unknown-scheme-ignored: A scheme that does not exist has to raise a ValueError; your function raised
nothing.
    known = scheme if scheme in ("zeros", "small", "xavier") else "he"
    return reference(fan_in, fan_out, known, rng)

unknown-scheme-key-error: A scheme that does not exist has to raise a ValueError; looked up in a
dict, it raises a KeyError.
    - if scheme not in stds:
    -     raise ValueError(f"scheme must be one of {', '.join(stds)}, not {scheme!r}")

he-as-xavier: The spread of your "he" is not the root of 2 / fan_in: it is the variance that is
twice that of "xavier", so the spread is larger by the root of 2.
    - (2 / fan_in) ** 0.5
    + fan_in**-0.5

xavier-as-he: Your "xavier" has the spread of "he": its variance is 1 / fan_in, half of that.
    - fan_in**-0.5
    + (2 / fan_in) ** 0.5

xavier-and-he-swapped: Your "xavier" and your "he" have changed places.
    - fan_in**-0.5
    + (2 / fan_in) ** 0.5
    - "he": (2 / fan_in) ** 0.5}
    + "he": fan_in**-0.5}

both-fans: Your "xavier" takes both fans, 2 / (fan_in + fan_out), as some libraries do; in this
course its variance is 1 / fan_in.
    - fan_in**-0.5
    + (2 / (fan_in + fan_out)) ** 0.5

small-variance: Your "small" has a variance of 0.01; 0.01 is its standard deviation.
    - "small": 0.01
    + "small": 0.1

small-uniform: Your "small" is not normally distributed; multiply normal numbers by 0.01.
    if scheme == "small":
        return rng.uniform(-0.01, 0.01, size=(fan_out, fan_in))
    return reference(fan_in, fan_out, scheme, rng)

around-1: Your weights lie around 1; their mean is 0.
    - * rng.normal(size=(fan_out, fan_in))
    + * rng.normal(1.0, 1.0, size=(fan_out, fan_in))

with-biases: You give weights and biases; the weights alone are asked for.
    return reference(fan_in, fan_out, scheme, rng), np.zeros(fan_out)

shape-and-fans-swapped: You took fan_in for the number of units: the shape is (fan_out, fan_in), and
the spread goes by fan_in.
    - fan_in**-0.5
    + fan_out**-0.5
    - (2 / fan_in) ** 0.5
    + (2 / fan_out) ** 0.5
    - size=(fan_out, fan_in)
    + size=(fan_in, fan_out)

xavier-by-fan-out: The spread of your "xavier" goes by the number of units, fan_out; what adds up in
a unit are its inputs, so it is fan_in that counts.
    - fan_in**-0.5
    + fan_out**-0.5

he-by-fan-out: The spread of your "he" goes by the number of units, fan_out; what adds up in a unit
are its inputs, so it is fan_in that counts.
    - (2 / fan_in) ** 0.5
    + (2 / fan_out) ** 0.5

uniform-up-to-the-spread: Your weights are uniformly distributed, all sizes up to a limit equally
often; draw them from a normal distribution.
    - rng.normal(size=(fan_out, fan_in))
    + rng.uniform(-1, 1, size=(fan_out, fan_in))

variance-as-std-for-he: In your "he" the variance stands in place of the standard deviation: one is
the square root of the other.
    - (2 / fan_in) ** 0.5
    + 2 / fan_in

variance-as-std-for-xavier: In your "xavier" the variance stands in place of the standard deviation:
one is the square root of the other.
    - fan_in**-0.5
    + 1 / fan_in
""")
