"""Chapter 13: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import zscore

from grader.weave import layout
from solutions.ch13_normalization.batchnorm_backward import batchnorm_backward
from solutions.ch13_normalization.batchnorm_forward import batchnorm_forward
from solutions.ch13_normalization.chapter import chapter
from solutions.ch13_normalization.layernorm_backward import layernorm_backward
from solutions.ch13_normalization.layernorm_forward import layernorm_forward

pytestmark = pytest.mark.some_chapters

TEXT = layout.text_path("13_normalization").read_text()

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
several = st.integers(3, 7)
epsilons = st.floats(1e-5, 2)


def start(d):
    return {"mean": np.zeros(d), "var": np.ones(d)}


def draw(seed, n, d):
    """x, gamma, beta and a gradient."""
    rng = np.random.default_rng(seed)
    return rng.normal(1, 2, (n, d)), rng.normal(size=d), rng.normal(size=d), rng.normal(size=(n, d))


def differences(f, x, step=1e-5):
    slopes = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        keep = x[index]
        x[index] = keep + step
        high = f()
        x[index] = keep - step
        slopes[index] = (high - f()) / (2 * step)
        x[index] = keep
    return slopes


# --- forward --------------------------------------------------------------------------------------


@given(seeds, several, sizes)
def test_a_batch_is_what_scipy_standardises(seed, n, d):
    x, gamma, beta, _ = draw(seed, n, d)
    out, _, _ = batchnorm_forward(x, gamma, beta, start(d), True, epsilon=0.0)
    np.testing.assert_allclose(out, gamma * zscore(x, axis=0) + beta, rtol=1e-9, atol=1e-9)


@given(seeds, sizes, several)
def test_an_example_is_what_scipy_standardises(seed, n, d):
    x, gamma, beta, _ = draw(seed, n, d)
    out, _ = layernorm_forward(x, gamma, beta, epsilon=0.0)
    np.testing.assert_allclose(out, gamma * zscore(x, axis=1) + beta, rtol=1e-9, atol=1e-9)


@given(seeds, sizes, sizes, epsilons)
def test_one_is_the_other_on_the_transposed_table(seed, n, d, epsilon):
    x, *_ = draw(seed, n, d)
    by_batch = batchnorm_forward(x, np.ones(d), np.zeros(d), start(d), True, epsilon=epsilon)[0]
    by_layer = layernorm_forward(x.T, np.ones(n), np.zeros(n), epsilon)[0]
    np.testing.assert_allclose(by_batch, by_layer.T, rtol=1e-9, atol=1e-12)


@given(seeds, several, sizes, st.floats(0.1, 100), st.floats(-50, 50))
def test_the_scale_and_the_shift_of_a_layer_cancel_out(seed, n, d, factor, shift):
    x, gamma, beta, _ = draw(seed, n, d)
    one, other = (
        batchnorm_forward(z, gamma, beta, start(d), True, epsilon=0.0)[0]
        for z in (x, factor * x + shift)
    )
    np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)


@given(seeds, sizes, sizes)
def test_in_use_an_answer_does_not_depend_on_the_neighbours(seed, n, d):
    x, gamma, beta, other = draw(seed, n, d)
    running = {"mean": other[0], "var": abs(other[-1]) + 0.1}
    together = batchnorm_forward(x, gamma, beta, running, False)[0]
    alone = [batchnorm_forward(row[None], gamma, beta, running, False)[0][0] for row in x]
    np.testing.assert_allclose(together, alone, rtol=1e-12)
    layered = [layernorm_forward(row[None], gamma, beta)[0][0] for row in x]
    np.testing.assert_allclose(layernorm_forward(x, gamma, beta)[0], layered, rtol=1e-12)


@given(seeds, several, sizes, st.floats(0, 0.99))
def test_running_statistics_come_to_rest_at_those_of_a_batch_that_repeats(seed, n, d, momentum):
    x, gamma, beta, _ = draw(seed, n, d)
    running = start(d)
    steps = 40
    for _ in range(steps):
        running = batchnorm_forward(x, gamma, beta, running, True, momentum)[2]
    rest = momentum**steps
    np.testing.assert_allclose(running["mean"], (1 - rest) * x.mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(running["var"], rest + (1 - rest) * np.var(x, axis=0), atol=1e-9)


# --- backward: finite differences -----------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seeds, sizes, sizes, st.floats(0.05, 2))
def test_gradients_of_batch_normalisation_are_differences(seed, n, d, epsilon):
    x, gamma, beta, dout = draw(seed, n, d)

    def loss():
        return np.sum(dout * batchnorm_forward(x, gamma, beta, start(d), True, 0.9, epsilon)[0])

    cache = batchnorm_forward(x, gamma, beta, start(d), True, 0.9, epsilon)[1]
    for gradient, value in zip(batchnorm_backward(dout, cache), (x, gamma, beta), strict=True):
        assert gradient.shape == value.shape
        np.testing.assert_allclose(gradient, differences(loss, value), atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seeds, sizes, sizes, st.floats(0.05, 2))
def test_gradients_of_layer_normalisation_are_differences(seed, n, d, epsilon):
    x, gamma, beta, dout = draw(seed, n, d)

    def loss():
        return np.sum(dout * layernorm_forward(x, gamma, beta, epsilon)[0])

    cache = layernorm_forward(x, gamma, beta, epsilon)[1]
    for gradient, value in zip(layernorm_backward(dout, cache), (x, gamma, beta), strict=True):
        assert gradient.shape == value.shape
        np.testing.assert_allclose(gradient, differences(loss, value), atol=1e-6)


@given(seeds, several, sizes)
def test_gradients_add_up_to_zero_as_the_text_says(seed, n, d):
    x, gamma, beta, dout = draw(seed, n, d)
    _, cache, _ = batchnorm_forward(x, gamma, beta, start(d), True, epsilon=0.0)
    dx = batchnorm_backward(dout, cache)[0]
    size = abs(dx).max() + 1
    np.testing.assert_allclose(dx.sum(axis=0) / size, 0, atol=1e-9)
    np.testing.assert_allclose((dx * zscore(x, axis=0)).sum(axis=0) / size, 0, atol=1e-8)


# --- the numbers of the prose ---------------------------------------------------------------------


def told(*numbers):
    """Whether numbers stand in the text, written as it writes them."""
    return all(re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", TEXT) for n in numbers)


FOUR = np.array([[1.0], [3.0], [5.0], [7.0]])


def test_the_four_numbers_forward():
    one, zero = np.ones(1), np.zeros(1)
    hat = batchnorm_forward(FOUR, one, zero, start(1), True, epsilon=0.0)[0].ravel()
    np.testing.assert_allclose(hat, [-1.342, -0.447, 0.447, 1.342], atol=5e-4)
    out = batchnorm_forward(FOUR, 2 * one, one, start(1), True, epsilon=0.0)[0].ravel()
    np.testing.assert_allclose(out, [-1.683, 0.106, 1.894, 3.683], atol=5e-4)
    assert told("1.342", "0.447", "1.683", "0.106", "1.894", "3.683", "2.236")


def test_the_running_statistics_of_two_batches():
    second = np.array([[6.0 - 3**0.5], [6.0 + 3**0.5]])  # mean 6, variance 3
    running, found = start(1), []
    for batch in (FOUR, second):
        running = batchnorm_forward(batch, np.ones(1), np.zeros(1), running, True)[2]
        found.append((running["mean"][0], running["var"][0]))
    np.testing.assert_allclose(found, [(0.4, 1.4), (0.96, 1.56)], atol=1e-12)
    assert told("0.96", "1.56")


def test_the_page_of_the_way_back():
    x, dout, gamma = FOUR, np.array([[1.0], [0.0], [0.0], [0.0]]), 2.0
    mean, n = x.mean(), 4
    c = x - mean
    std = np.sqrt((c**2).mean())
    dx_hat = gamma * dout
    first, dstd = dx_hat / std, -(dx_hat * c).sum() / std**2
    dvar = dstd / (2 * std)
    second = 2 * c / n * dvar
    dc = first + second
    dm = -dc.sum()
    found = [first[0, 0], dstd, dvar, *second.ravel(), dc[0, 0], dm, dm / n]
    wanted = [0.894, 1.2, 0.268, -0.402, -0.134, 0.134, 0.402, 0.492, -0.894, -0.224]
    np.testing.assert_allclose(found, wanted, atol=6e-4)
    dx = (dc + dm / n).ravel()
    np.testing.assert_allclose(dx, [0.268, -0.358, -0.089, 0.179], atol=6e-4)
    _, cache, _ = batchnorm_forward(x, np.full(1, 2.0), np.ones(1), start(1), True, epsilon=0.0)
    by_reference = batchnorm_backward(dout, cache)
    np.testing.assert_allclose(by_reference[0].ravel(), dx, atol=1e-12)
    np.testing.assert_allclose([g[0] for g in by_reference[1:]], [-1.342, 1], atol=5e-4)
    assert told("0.268", "0.358", "0.089", "0.179", "0.492", "0.402", "0.134", "0.224", "0.894")


def test_the_rows_of_layer_normalisation():
    x = np.array([[1.0, 3.0, 5.0, 7.0], [10.0, 10.0, 30.0, 30.0]])
    out = layernorm_forward(x, np.array([2.0, 1.0, 1.0, 1.0]), np.zeros(4), epsilon=0.0)[0]
    np.testing.assert_allclose(out[0], [-2.683, -0.447, 0.447, 1.342], atol=6e-4)
    np.testing.assert_allclose(out[1], [-2, -1, 1, 1], atol=1e-12)
    assert told("2.683")


def test_the_question_with_a_number():
    running = {"mean": np.array([2.0]), "var": np.ones(1)}
    new = batchnorm_forward(np.array([[7.0]]), np.ones(1), np.zeros(1), running, True)[2]
    question = chapter.build().questions["q_running_mean"]
    assert new["mean"][0] == pytest.approx(question.answer)


def test_a_single_image_in_training_mode_gives_beta():
    x, gamma, beta, _ = draw(0, 1, 5)
    np.testing.assert_allclose(batchnorm_forward(x, gamma, beta, start(5), True)[0][0], beta)
