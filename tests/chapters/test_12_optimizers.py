"""Chapter 12: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from scipy.optimize import minimize

from grader.weave import layout
from solutions.ch12_optimizers.Adam import Adam
from solutions.ch12_optimizers.adam_step import adam_step
from solutions.ch12_optimizers.chapter import chapter
from solutions.ch12_optimizers.momentum_step import momentum_step
from solutions.ch12_optimizers.rmsprop_step import rmsprop_step

pytestmark = pytest.mark.some_chapters

TEXT = layout.text_path("12_optimizers").read_text()

seeds = st.integers(0, 2**32 - 1)
shapes = array_shapes(max_dims=4, max_side=4)
shares = st.floats(0, 0.999)
rates = st.floats(0, 1)


def draw(seed, shape, count):
    return np.random.default_rng(seed).normal(size=(count, *shape))


def weighted_sum(values, keep):
    """values[0] * keep^(n-1) + ... + values[n-1]: what a memory that keeps a share comes to."""
    powers = keep ** np.arange(len(values))[::-1]
    return np.tensordot(powers, values, axes=1)


# --- closed forms: what the memories hold after any number of steps -------------------------------


@given(seeds, shapes, shares, st.integers(1, 6))
def test_velocity_is_the_sum_of_all_slopes_each_faded_by_its_age(seed, shape, momentum, count):
    w, *slopes = draw(seed, shape, count + 1)
    velocity = np.zeros(shape)
    for slope in slopes:
        before = w.copy()
        w, velocity = momentum_step(w, slope, velocity, 0.1, momentum)
        np.testing.assert_allclose(before - w, 0.1 * velocity, atol=1e-12)
    np.testing.assert_allclose(velocity, weighted_sum(slopes, momentum), atol=1e-12)


@given(seeds, shapes, st.floats(0.01, 0.999), st.integers(1, 6))
def test_square_is_a_weighted_sum_and_scales_every_weight_by_itself(seed, shape, decay, count):
    w, *slopes = draw(seed, shape, count + 1)
    square = np.zeros(shape)
    for slope in slopes:
        before = w
        w, square = rmsprop_step(w, slope, square, 0.1, decay)
    wanted = (1 - decay) * weighted_sum(np.square(slopes), decay)
    np.testing.assert_allclose(square, wanted, rtol=1e-9)
    np.testing.assert_allclose((before - w) * (wanted**0.5 + 1e-8), 0.1 * slopes[-1], atol=1e-12)


@given(seeds, shapes, st.floats(0, 0.99), st.floats(0.01, 0.9999), st.integers(1, 6))
def test_adam_moves_by_means_whose_weights_add_up_to_one(seed, shape, beta1, beta2, count):
    w, *slopes = draw(seed, shape, count + 1)
    state = {"m": np.zeros(shape), "v": np.zeros(shape), "t": 0}
    for slope in slopes:
        before = w
        w, state = adam_step(w, slope, state, 0.1, beta1, beta2)

    def mean(values, beta):
        return np.average(values, axis=0, weights=beta ** np.arange(count)[::-1])

    step = 0.1 * mean(slopes, beta1) / (mean(np.square(slopes), beta2) ** 0.5 + 1e-8)
    np.testing.assert_allclose(before - w, step, rtol=1e-6, atol=1e-9)
    assert state["t"] == count


# --- laws of the steps ----------------------------------------------------------------------------


@given(seeds, shapes, rates)
def test_without_momentum_it_is_the_plain_step(seed, shape, rate):
    w, dw, velocity = draw(seed, shape, 3)
    np.testing.assert_array_equal(momentum_step(w, dw, velocity, rate, 0.0)[0], w - rate * dw)


@given(seeds, shapes, st.floats(1e-3, 1e3))
def test_steps_with_rates_for_each_weight_forget_the_unit_of_the_loss(seed, shape, factor):
    w, dw = draw(seed, shape, 2)
    zero = np.zeros(shape)
    state = {"m": zero, "v": zero, "t": 0}
    for step, start in ((rmsprop_step, zero), (adam_step, state)):
        one, other = (step(w, k * dw, start, 0.1, epsilon=1e-30)[0] for k in (1.0, factor))
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@given(seeds, shapes)
def test_adams_first_step_is_as_long_as_the_rate(seed, shape):
    w, dw = draw(seed, shape, 2)
    state = {"m": np.zeros(shape), "v": np.zeros(shape), "t": 0}
    moved = adam_step(w, dw, state, 0.01, epsilon=1e-30)[0] - w
    np.testing.assert_allclose(moved, -0.01 * np.sign(dw), rtol=1e-9)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_each_ends_where_scipy_finds_the_minimum(seed):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(3, 3))
    curvature, target = root @ root.T + 0.5 * np.eye(3), rng.normal(size=3)

    def loss(w):
        return 0.5 * (w - target) @ curvature @ (w - target)

    lowest = minimize(loss, np.zeros(3), tol=1e-12).x
    zero = np.zeros(3)
    for step, state in (
        (momentum_step, zero),
        (rmsprop_step, zero),
        (adam_step, {"m": zero, "v": zero, "t": 0}),
    ):
        w = np.zeros(3)
        for k in range(4000):
            rate = 0.02 * 0.9985**k
            w, state = step(w, curvature @ (w - target), state, rate)
        np.testing.assert_allclose(w, lowest, atol=0.1)


# --- Adam, the class ------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seeds, st.dictionaries(st.sampled_from("abcd"), shapes, min_size=1))
def test_each_parameter_moves_as_if_it_were_alone(seed, sizes):
    rng = np.random.default_rng(seed)
    together = {key: rng.normal(size=shape) for key, shape in sizes.items()}
    alone = {key: {key: value.copy()} for key, value in together.items()}
    both = Adam(0.1, 0.8, 0.9, 0.01)
    each = {key: Adam(0.1, 0.8, 0.9, 0.01) for key in sizes}
    for _ in range(4):
        present = [key for key in sizes if rng.random() < 0.7]
        gradients = {key: rng.normal(size=sizes[key]) for key in present}
        both.step(together, gradients)
        for key in present:
            each[key].step(alone[key], {key: gradients[key]})
    for key in sizes:
        np.testing.assert_array_equal(together[key], alone[key][key])


def test_an_unknown_key_moves_nothing():
    parameters = {"a": np.ones(2)}
    with pytest.raises(KeyError):
        Adam().step(parameters, {"a": np.ones(2), "b": np.ones(2)})
    np.testing.assert_array_equal(parameters["a"], np.ones(2))


# --- the numbers of the prose ---------------------------------------------------------------------


def told(*numbers):
    """Whether numbers stand in the text, written as it writes them."""
    return all(re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", TEXT) for n in numbers)


def test_the_table_of_the_valley():
    w, rows = np.array([2.0, 1.0]), []
    for _ in range(4):
        slope = np.array([2.0, 200.0]) * w
        rows.append([*w, *slope])
        w = w - 0.009 * slope
    np.testing.assert_allclose(
        rows,
        [[2, 1, 4, 200], [1.964, -0.8, 3.93, -160], [1.929, 0.64, 3.86, 128],
         [1.894, -0.512, 3.79, -102.4]],
        atol=0.005,
    )  # fmt: skip
    assert told("1.964", "3.93", "1.929", "3.86", "1.894", "3.79", "0.512", "102.4")


def test_the_table_of_velocities():
    for slopes, wanted in (([1, 1, 1, 1], [1, 1.9, 2.71, 3.439]),
                           ([1, -1, 1, -1], [1, -0.1, 0.91, -0.181])):  # fmt: skip
        velocity, found = np.zeros(1), []
        for slope in slopes:
            _, velocity = momentum_step(np.zeros(1), np.array([1.0 * slope]), velocity, 0.1)
            found.append(velocity[0])
        np.testing.assert_allclose(found, wanted, atol=1e-12)
    np.testing.assert_allclose([1 / (1 - 0.9), 1 / (1 + 0.9)], [10, 0.53], atol=0.005)
    assert told("3.439", "0.181", "0.53")


def test_the_first_step_of_rmsprop():
    w, square = rmsprop_step(
        np.array([2.0, 1.0]), np.array([4.0, 200.0]), np.zeros(2), 0.1, decay=0.9
    )
    np.testing.assert_allclose(square, [1.6, 4000])
    np.testing.assert_allclose(np.sqrt(square), [1.265, 63.25], atol=0.005)
    np.testing.assert_allclose(w, [1.684, 0.684], atol=0.0005)
    assert told("1.265", "63.25", "3.162", "0.316", "1.684", "0.684")


def test_the_two_steps_of_adam():
    state = {"m": np.zeros(1), "v": np.zeros(1), "t": 0}
    w, state = adam_step(np.array([1.0]), np.array([4.0]), state, 0.1)
    assert (w[0], state["m"][0], state["v"][0]) == pytest.approx((0.9, 0.4, 0.016))
    w, state = adam_step(w, np.array([2.0]), state, 0.1)
    assert (state["m"][0], state["v"][0]) == pytest.approx((0.56, 0.019984))
    assert w[0] == pytest.approx(0.8068, abs=5e-5)
    np.testing.assert_allclose([0.56 / 0.19, 0.019984 / 0.001999], [2.947, 9.997], atol=5e-4)
    assert told("0.56", "0.019984", "0.001999", "2.947", "9.997", "0.0932", "0.8068")


def test_the_questions_with_numbers():
    velocity = np.zeros(1)
    for _ in range(500):
        _, velocity = momentum_step(np.zeros(1), np.array([2.0]), velocity, 0.1, 0.95)
    assert chapter.build().questions["q_final_velocity"].answer == pytest.approx(velocity[0])
    state = {"m": np.zeros(1), "v": np.zeros(1), "t": 0}
    moved = adam_step(np.zeros(1), np.array([0.0003]), state, 0.01)[0][0]
    question = chapter.build().questions["q_first_step"]
    assert abs(-moved - question.answer) < question.tolerance
