"""Chapter 09: references against SciPy, the numbers of the prose, the effects it claims."""

import re
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.special import expit

from benchmarks.second_arc import shoes_counted
from grader.weave import layout
from pix2net.data import load
from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.MLP import MLP
from solutions.ch07_mlp.sigmoid_backward import sigmoid_backward
from solutions.ch07_mlp.sigmoid_forward import sigmoid_forward
from solutions.ch07_mlp.train import train
from solutions.ch09_initialization.activation_statistics import activation_statistics
from solutions.ch09_initialization.chapter import chapter
from solutions.ch09_initialization.count_distinct_units import count_distinct_units
from solutions.ch09_initialization.init_weights import init_weights

pytestmark = pytest.mark.some_chapters

seeds = st.integers(0, 2**32 - 1)
schemes = pytest.mark.parametrize(
    ("scheme", "std"),
    [("small", lambda n: 0.01), ("xavier", lambda n: n**-0.5), ("he", lambda n: (2 / n) ** 0.5)],
)


@schemes
@pytest.mark.parametrize(("fan_in", "fan_out"), [(300, 7), (7, 300), (2000, 1), (1, 2000)])
def test_weights_are_normal_with_the_spread_of_their_scheme(scheme, std, fan_in, fan_out):
    W = init_weights(fan_in, fan_out, scheme, np.random.default_rng(5))
    assert W.shape == (fan_out, fan_in)
    assert W.dtype == np.float64
    assert stats.kstest(W.ravel(), "norm", (0, std(fan_in))).pvalue > 1e-4


def test_zeros_are_zeros_and_other_schemes_are_refused():
    rng = np.random.default_rng(0)
    assert not init_weights(3, 4, "zeros", rng).any()
    for scheme in ("", "He", "ones", "orthogonal"):
        with pytest.raises(ValueError, match="scheme must be one of"):
            init_weights(3, 4, scheme, rng)


APPLIED = {"tanh": np.tanh, "sigmoid": expit, "relu": lambda z: z.clip(min=0)}


@settings(deadline=None, max_examples=40)
@given(seeds, st.sampled_from(sorted(APPLIED)), st.lists(st.integers(1, 6), min_size=2, max_size=5))
def test_statistics_are_those_of_one_example_after_the_other(seed, activation, sizes):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(4, sizes[0]))
    weights = [rng.normal(size=(b, a)) for a, b in pairwise(sizes)]
    given_out = [[] for _ in weights]
    for x in X:
        for layer, W in enumerate(weights):
            x = APPLIED[activation](W.dot(x))
            given_out[layer].extend(x)
    found = activation_statistics(X, weights, activation)
    assert all(type(number) is float for pair in found for number in pair)
    np.testing.assert_allclose(
        found, [(np.mean(o), np.std(o)) for o in given_out], rtol=1e-9, atol=1e-12
    )


@settings(deadline=None, max_examples=40)
@given(seeds, st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(1, 6))
def test_units_are_counted_as_scipy_clusters_them(seed, copies, inputs):
    rng = np.random.default_rng(seed)
    W = np.repeat(rng.normal(size=(len(copies), inputs)), copies, axis=0)
    W = rng.permutation(W + rng.uniform(-1e-7, 1e-7, size=W.shape))
    for tolerance in (1e-5, 1e-12):
        clusters = 1
        if len(W) > 1:
            tree = linkage(W, "complete", "chebyshev")
            clusters = fcluster(tree, tolerance, "distance").max()
        assert count_distinct_units(W, tolerance) == clusters


# --- the numbers of the prose ---------------------------------------------------------------------


def test_twins_stay_twins_by_hand():
    x, unit, output, ds, rate = np.array([1.0, 2.0]), np.array([0.1, 0.3]), 0.5, 2.0, 0.1
    h = max(0.0, unit @ x)
    assert h == pytest.approx(0.7)
    assert ds * h == pytest.approx(1.4)
    assert ds * output == 1
    np.testing.assert_allclose(unit - rate * ds * output * x, [0, 0.1], atol=1e-15)
    assert output - rate * ds * h == pytest.approx(0.36)


def test_three_of_the_five_units_differ():
    assert count_distinct_units(np.array([[1, 2], [3, 0], [1, 2], [2, 1], [3, 0]], float)) == 3
    assert 0.1 + 0.2 == 0.2 + 0.1
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)


def test_mean_squares_of_random_sums_add_up():
    sums = [signs @ np.array([3, 4]) for signs in np.array(list(product([1, -1], repeat=2)))]
    assert sums == [7, -1, 1, -7]
    assert np.mean(np.square(sums)) == 25


def test_factors_of_a_layer_of_100_units():
    factors = {std: 100**0.5 * std for std in (0.01, 0.1, 0.5)}
    assert list(factors.values()) == pytest.approx([0.1, 1, 5])
    assert 5**10 == 9_765_625
    question = chapter.build().questions["q_five_layers"]
    assert 0.8 * factors[0.01] ** 5 == pytest.approx(question.answer)
    rng = np.random.default_rng(0)
    X = 0.8 * rng.normal(size=(300, 100))
    for _ in range(5):
        X = X @ init_weights(100, 100, "small", rng).T
    assert abs(X.std() - question.answer) <= question.tolerance


def test_relu_halves_the_mean_square():
    z = np.array([-2, -1, 1, 2])
    assert np.mean(z**2) == 2.5
    assert np.mean(z.clip(0) ** 2) == 1.25
    assert 0.5**10 == 1 / 1024
    assert np.tanh(0.1) == pytest.approx(0.0997, abs=5e-5)


def test_the_std_of_he_in_the_question():
    question = chapter.build().questions["q_he_std"]
    W = init_weights(800, 200, "he", np.random.default_rng(0))
    assert abs(W.std() - question.answer) <= question.tolerance
    assert question.answer == (2 / 800) ** 0.5


def test_the_two_layers_by_hand():
    X = np.array([[1.0, 2.0], [3.0, 1.0]])
    weights = [np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[1.0, 1.0]])]
    assert (X @ weights[0].T).tolist() == [[-1, 2], [2, 6]]
    (mean, std), second = activation_statistics(X, weights, "relu")
    assert mean == 2.5
    assert std == pytest.approx(2.18, abs=0.005)
    assert second == (5, 3)


def test_a_saturated_unit_is_flat():
    assert pytest.approx(0.002, abs=1e-5) == 1 - 0.999**2


# --- the effects that the text claims -------------------------------------------------------------

SIZES = [300] + [100] * 10


@pytest.fixture(scope="module")
def d():
    return load("picto10")


@pytest.fixture(scope="module")
def images(d):
    X = d.X_train[:300, ::2, ::2].reshape(300, -1).astype(float)
    return (X - X.mean()) / X.std(), d.y_train[:300]


def spreads(X, scheme, activation, factor=1.0):
    rng = np.random.default_rng(0)
    weights = [factor * init_weights(a, b, scheme, rng) for a, b in pairwise([X.shape[1], *SIZES])]
    return np.array([std for _, std in activation_statistics(X, weights, activation)])[1:]


def test_what_ten_layers_do_to_the_size_of_outputs(images):
    X, _ = images
    fall = spreads(X, "small", "tanh")
    np.testing.assert_allclose(fall[2:] / fall[1:-1], 0.1, rtol=0.15)
    he, xavier = spreads(X, "he", "relu"), spreads(X, "xavier", "relu")
    assert 0.5 < he[-1] / he[0] < 2
    assert xavier[-1] / xavier[0] == pytest.approx(2**-4.5, rel=0.5)
    assert spreads(X, "he", "relu", 4)[-1] > 1e4
    assert spreads(X, "xavier", "tanh")[-1] > 0.2
    assert spreads(X, "he", "tanh", 4)[-1] > 0.9


@pytest.mark.parametrize(("activation", "moves"), [("relu", False), ("sigmoid", True)])
def test_zeros_never_break_the_symmetry(images, activation, moves):
    X, y = images
    rng = np.random.default_rng(0)
    model = MLP([X.shape[1], 8, 10], rng, activation=activation, weight_scale=0.0)
    train(model, X, y, X, y, learning_rate=0.3, num_epochs=3, batch_size=50, rng=rng)
    assert count_distinct_units(model.parameters["W1"]) == 1
    assert bool(np.any(model.parameters["W1"])) == moves
    assert bool(np.any(model.parameters["W2"])) == moves
    assert np.any(model.parameters["b2"])  # the answer to q_zeros: this moves, and alone with ReLU
    assert bool(np.any(model.parameters["b1"])) == moves


def test_random_units_stay_different(images):
    X, y = images
    rng = np.random.default_rng(0)
    model = MLP([X.shape[1], 8, 10], rng, activation="sigmoid", weight_scale=0.005)
    train(model, X, y, X, y, learning_rate=0.3, num_epochs=3, batch_size=50, rng=rng)
    assert count_distinct_units(model.parameters["W1"]) == 8


def test_through_eight_layers_he_learns_and_small_and_zeros_stay_at_guessing(images):
    X, y = images
    layers = [X.shape[1]] + [50] * 8 + [10]
    last = {}
    for scheme in ("zeros", "small", "he"):
        rng = np.random.default_rng(0)
        model = MLP(layers, rng)
        for i, (a, b) in enumerate(pairwise(layers), start=1):
            model.parameters[f"W{i}"] = init_weights(a, b, scheme, rng)
        train(model, X, y, X, y, learning_rate=0.05, num_epochs=12, batch_size=50, rng=rng)
        last[scheme] = model.loss(X, y)[0]
    assert abs(last["zeros"] - np.log(10)) < 0.02
    assert abs(last["small"] - np.log(10)) < 0.02
    assert last["he"] < 2


def test_a_sigmoid_in_disguise_is_tanh_and_its_slope_is_that_of_tanh():
    z = np.linspace(-4, 4, 41)
    s, cache = sigmoid_forward(2 * z)
    np.testing.assert_allclose(2 * s - 1, np.tanh(z), atol=1e-12)
    back = 2 * sigmoid_backward(2 * np.ones_like(z), cache)
    np.testing.assert_allclose(back, 1 - np.tanh(z) ** 2, atol=1e-12)


def typical_gradients(X, factor):
    """Median size of the gradients of the first and of the last layer's weights, with tanh."""
    rng = np.random.default_rng(0)
    weights = [
        factor * init_weights(a, b, "xavier", rng) for a, b in pairwise([X.shape[1], *SIZES])
    ]
    h, caches = X, []
    for W in weights:
        z, before = affine_forward(h, W, np.zeros(len(W)))
        h = np.tanh(z)
        caches.append((before, h))
    dh, sizes = np.full(h.shape, 1 / h.size), []
    for before, out in reversed(caches):
        dh, dW, _ = affine_backward(dh * (1 - out**2), before)
        sizes.append(np.median(np.abs(dW)))
    return sizes[-2], sizes[0]  # the first layer of equal width


def test_gradients_of_weights_that_are_too_large_grow_on_the_way_back(images):
    X = images[0][:20]
    first, last = typical_gradients(X, 1)
    assert 0.2 < first / last < 5
    first, last = typical_gradients(X, 4 * 2**0.5)
    assert first / last > 20


def test_two_layers_count_shoes_that_one_layer_of_as_many_weights_does_not():
    heights = {}
    for hidden in ((40,), (34, 40)):
        size, heights[hidden] = shoes_counted(hidden, seed=0)
        assert 7_900 < size < 8_200
    assert heights[34, 40] > heights[(40,)] + 0.05


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}
