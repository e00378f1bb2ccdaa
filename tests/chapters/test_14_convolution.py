"""Chapter 14: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from autograd import elementwise_grad
from autograd import numpy as anp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import maximum_filter
from scipy.signal import correlate

from grader.weave import layout
from pix2net.data import load
from solutions.ch07_mlp.train import train
from solutions.ch11_capstone.build_classifier import SECONDS, THRESHOLDS
from solutions.ch11_capstone.hidden import hidden_images
from solutions.ch14_convolution.build_conv_classifier import THRESHOLD, build_conv_classifier
from solutions.ch14_convolution.chapter import chapter
from solutions.ch14_convolution.conv_backward import EXAMPLE, conv_backward
from solutions.ch14_convolution.conv_forward import conv_forward
from solutions.ch14_convolution.conv_forward_naive import conv_forward_naive
from solutions.ch14_convolution.conv_output_size import conv_output_size
from solutions.ch14_convolution.ConvNet import ConvNet
from solutions.ch14_convolution.convs import CORNER, DOWN
from solutions.ch14_convolution.max_pool_backward import max_pool_backward
from solutions.ch14_convolution.max_pool_forward import EXAMPLE as POOLED
from solutions.ch14_convolution.max_pool_forward import max_pool_forward
from solutions.ch14_convolution.summit import Network, corners, windows

pytestmark = pytest.mark.some_chapters

TEXT = layout.text_path("14_convolution").read_text()
few = settings(max_examples=25, deadline=None)


@st.composite
def convolutions(draw):
    """x, W, b, stride and padding, of which the filter fits at least once."""
    n, c, f, kh, kw = (draw(st.integers(1, 3)) for _ in range(5))
    stride, padding = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    sides = (draw(st.integers(max(1, k - 2 * padding), k + 5)) for k in (kh, kw))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x, W = rng.normal(size=(n, c, *sides)), rng.normal(size=(f, c, kh, kw))
    return x, W, rng.normal(size=f), stride, padding


@st.composite
def poolings(draw):
    """x, of which some numbers are equal, and the size of a window that fits."""
    size = draw(st.integers(1, 3))
    shape = [draw(st.integers(1, 3)) for _ in range(2)]
    shape += [draw(st.integers(size, size + 5)) for _ in range(2)]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(-3, 4, size=shape).astype(np.float64), size, rng


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


def by_scipy(x, W, b, stride, padding):
    """The maps by SciPy's correlation of images with filters, channels and all."""
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    maps = [[correlate(image, w, mode="valid")[0] for w in W] for image in wide]
    return np.array(maps)[:, :, ::stride, ::stride] + b[:, None, None]


# --- convolution ----------------------------------------------------------------------------------


@given(st.integers(1, 30), st.integers(1, 12), st.integers(1, 5), st.integers(0, 4))
def test_places_are_those_at_which_the_filter_fits(size, kernel, stride, padding):
    starts = range(0, size + 2 * padding - kernel + 1, stride)
    if len(starts) == 0:
        with pytest.raises(ValueError, match="does not fit"):
            conv_output_size(size, kernel, stride, padding)
    else:
        assert conv_output_size(size, kernel, stride, padding) == len(starts)


@few
@given(convolutions())
def test_maps_are_those_of_scipy(inputs):
    wanted = by_scipy(*inputs)
    for forward in (conv_forward_naive, conv_forward):
        out, _ = forward(*inputs)
        assert out.dtype == np.float64
        np.testing.assert_allclose(out, wanted, rtol=1e-9, atol=1e-12)


@few
@given(convolutions(), st.integers(0, 2**32 - 1))
def test_gradients_of_a_convolution_are_differences(inputs, seed):
    x, W, b, stride, padding = inputs
    out, cache = conv_forward(*inputs)
    dout = np.random.default_rng(seed).normal(size=out.shape)

    def loss():
        return np.sum(dout * conv_forward(x, W, b, stride, padding)[0])

    for gradient, value in zip(conv_backward(dout, cache), (x, W, b), strict=True):
        assert gradient.shape == value.shape
        np.testing.assert_allclose(gradient, differences(loss, value), rtol=1e-6, atol=1e-7)


@few
@given(convolutions(), st.integers(0, 2**32 - 1))
def test_maps_and_gradients_are_those_of_torch(inputs, seed):
    torch = pytest.importorskip("torch")
    x, W, b, stride, padding = inputs
    out, cache = conv_forward(*inputs)
    dout = np.random.default_rng(seed).normal(size=out.shape)
    given_ones = [torch.from_numpy(a.copy()).requires_grad_() for a in (x, W, b)]
    theirs = torch.nn.functional.conv2d(*given_ones, stride=stride, padding=padding)
    np.testing.assert_allclose(out, theirs.detach().numpy(), rtol=1e-9, atol=1e-12)
    theirs.backward(torch.from_numpy(dout))
    for ours, leaf in zip(conv_backward(dout, cache), given_ones, strict=True):
        np.testing.assert_allclose(ours, leaf.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_a_map_moves_along_with_what_the_image_shows():
    rng = np.random.default_rng(0)
    x, W = np.zeros((1, 2, 12, 12)), rng.normal(size=(3, 2, 3, 3))
    x[:, :, 4:7, 3:6] = rng.normal(size=(1, 2, 3, 3))
    maps = conv_forward(x, W, np.zeros(3), 1, 1)[0]
    moved = conv_forward(np.roll(x, 2, axis=3), W, np.zeros(3), 1, 1)[0]
    np.testing.assert_allclose(moved, np.roll(maps, 2, axis=3), atol=1e-12)
    pooled, further = (max_pool_forward(m, 2)[0] for m in (maps, moved))
    np.testing.assert_allclose(further, np.roll(pooled, 1, axis=3), atol=1e-12)


# --- pooling --------------------------------------------------------------------------------------


@few
@given(poolings())
def test_pooling_is_scipys_maximum_at_the_corners_of_windows(inputs):
    x, size, _ = inputs
    down, across = x.shape[2] // size, x.shape[3] // size
    begins = (0, 0, -(size // 2), -(size // 2))  # so that a window begins where its number stands
    everywhere = maximum_filter(x, size=(1, 1, size, size), origin=begins)
    wanted = everywhere[:, :, ::size, ::size][:, :, :down, :across]
    np.testing.assert_array_equal(max_pool_forward(x, size)[0], wanted)


@few
@given(poolings())
def test_pooling_and_its_gradient_are_those_of_torch(inputs):
    torch = pytest.importorskip("torch")
    x, size, rng = inputs
    out, cache = max_pool_forward(x, size)
    dout = rng.normal(size=out.shape)
    leaf = torch.from_numpy(x.copy()).requires_grad_()
    theirs = torch.nn.functional.max_pool2d(leaf, size)
    np.testing.assert_array_equal(out, theirs.detach().numpy())
    theirs.backward(torch.from_numpy(dout))
    np.testing.assert_array_equal(max_pool_backward(dout, cache), leaf.grad.numpy())


@few
@given(poolings())
def test_the_gradient_of_pooling_is_a_difference_where_there_is_no_tie(inputs):
    x, size, rng = inputs
    x += 0.1 * rng.permutation(x.size).reshape(x.shape) / x.size  # no two are equal any more
    out, cache = max_pool_forward(x, size)
    dout = rng.normal(size=out.shape)
    slopes = differences(lambda: np.sum(dout * max_pool_forward(x, size)[0]), x)
    np.testing.assert_allclose(max_pool_backward(dout, cache), slopes, atol=1e-8)


# --- the network ----------------------------------------------------------------------------------


def autograd_loss(parameters, X, y, reg, kernel):
    """The network's loss, written with loops over the filter in autograd's NumPy."""
    p, pad = parameters, kernel // 2
    height, width = X.shape[2:]
    wide = np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    maps = anp.reshape(p["b1"], (1, -1, 1, 1))
    for i in range(kernel):
        for j in range(kernel):
            part = wide[:, :, i : i + height, j : j + width]
            maps = maps + anp.einsum("nchw,fc->nfhw", part, p["W1"][:, :, i, j])
    maps = anp.maximum(maps, 0.0)
    h, w = height // 2 * 2, width // 2 * 2
    corners = [maps[:, :, i:h:2, j:w:2] for i in (0, 1) for j in (0, 1)]
    pooled = anp.maximum(anp.maximum(corners[0], corners[1]), anp.maximum(corners[2], corners[3]))
    scores = anp.dot(anp.reshape(pooled, (len(X), -1)), p["W2"].T) + p["b2"]
    logs = anp.log(anp.sum(anp.exp(scores), axis=1))
    data = anp.mean(logs - scores[np.arange(len(y)), y])
    return data + reg * (anp.sum(p["W1"] ** 2) + anp.sum(p["W2"] ** 2))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 3, 5]), st.integers(2, 7), st.integers(2, 7))
def test_the_network_is_that_of_autograd(seed, kernel, height, width):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(4, 2, height, width)), rng.integers(0, 3, size=4)
    model = ConvNet((2, height, width), 3, kernel, 3, rng, reg=0.1)
    model.parameters["b1"][:] = 0.3 * rng.normal(size=3)
    loss, gradients = model.loss(X, y)
    assert loss == pytest.approx(autograd_loss(model.parameters, X, y, 0.1, kernel))
    for name, gradient in gradients.items():

        def of_one(value, name=name):
            return autograd_loss({**model.parameters, name: value}, X, y, 0.1, kernel)

        wanted = elementwise_grad(of_one)(model.parameters[name])
        np.testing.assert_allclose(gradient, wanted, rtol=1e-7, atol=1e-10)


def test_train_of_chapter_07_trains_it():
    """Bars that run down, and bars that run across: a filter tells them apart wherever they are."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, size=120)
    X = np.zeros((120, 1, 8, 8))
    for image, label, place in zip(X[:, 0], y, rng.integers(0, 8, size=120), strict=True):
        if label:
            image[place] = 1.0
        else:
            image[:, place] = 1.0
    model = ConvNet((1, 8, 8), 4, 3, 2, rng)
    history = train(
        model, X[:80], y[:80], X[80:], y[80:], learning_rate=0.1, num_epochs=8, batch_size=10,
        rng=rng,
    )  # fmt: skip
    assert history["val_accuracy"][-1] > 0.9
    assert history["loss"][-1] < 0.5 * history["loss"][0]


# --- the second summit ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_reference_is_above_the_second_summit_with_room():
    d = load("picto10")
    predict = build_conv_classifier(d.X_train, d.y_train, np.random.default_rng(3))
    images, labels = hidden_images(np.random.default_rng(5))
    found = predict(images)
    assert np.mean(found == labels) > THRESHOLD + 0.015
    np.testing.assert_array_equal(predict(images[7:8]), found[7:8])


@pytest.mark.parametrize("k", [0, 1])
def test_the_network_of_the_summit_has_the_gradients_of_its_loss(k):
    rng = np.random.default_rng(k)
    model = Network((3, 4), 8, 3, rng)
    x, targets = rng.normal(size=(5, 8, 8, 3)), np.eye(3)[rng.integers(0, 3, size=5)]
    x, model.parameters = (
        x.astype(np.float64), {n: v.astype(np.float64) for n, v in model.parameters.items()}
    )  # fmt: skip
    slopes = model.gradients(x, targets, 0.0, rng)

    def loss():
        h = x
        for j in range(2):
            s = windows(h).astype(np.float64) @ model.parameters[f"W{j}"]
            s = (s - s.mean(axis=0)) / np.sqrt(s.var(axis=0) + 1e-5)
            s = s * model.parameters[f"gamma{j}"] + model.parameters[f"beta{j}"]
            h = np.maximum(np.maximum.reduce(corners(s.reshape(*h.shape[:3], -1))), 0)
        scores = h.reshape(len(h), -1) @ model.parameters["W"] + model.parameters["b"]
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return -np.mean((targets * logs).sum(axis=1))

    for name in ("W1", "gamma1", "beta0", "W", "b"):
        wanted = differences(loss, model.parameters[name], step=1e-3)
        np.testing.assert_allclose(slopes[name], wanted, atol=2e-3)


def test_the_text_publishes_the_second_summit():
    assert f"**{100 * THRESHOLD:g} %**" in TEXT
    assert f"the same {SECONDS:g} seconds" in TEXT
    assert "2 GiB" in TEXT
    assert THRESHOLDS[-1] < THRESHOLD


# --- the numbers of the prose ---------------------------------------------------------------------


def test_the_corner_and_its_edge():
    image, filters = CORNER[None, None], DOWN[None, None]
    for bias, wanted in ((0.0, [[18, 0], [27, 0]]), (1.0, [[19, 1], [28, 1]])):
        out = conv_forward_naive(image, filters, np.array([bias]))[0][0, 0]
        np.testing.assert_array_equal(out, wanted)
    assert "19, 1, 28, 1" in TEXT
    assert "18, 0, 27, 0" in TEXT


def test_the_table_of_windows():
    rows = re.findall(r"^\| \((\d), (\d)\) \| ([\d ]+) \|$", TEXT, re.M)
    assert len(rows) == 4
    for i, j, numbers in rows:
        window = CORNER[int(i) : int(i) + 3, int(j) : int(j) + 3]
        np.testing.assert_array_equal(window.ravel(), [float(k) for k in numbers.split()])
    assert " ".join(f"{k:g}".replace("-", "−") for k in DOWN.ravel()) in TEXT


def test_the_table_of_places():
    rows = re.findall(
        r"^\| (\d+) \| (\d) \| (\d) \| (\d) \| .* \| \d+ \+ 1 = (\d+) \|$", TEXT, re.M
    )
    assert len(rows) == 4
    for *given_ones, wanted in rows:
        assert conv_output_size(*map(int, given_ones)) == int(wanted)


def test_the_way_back_by_hand():
    x, W, b, dout = (EXAMPLE[name] for name in ("x", "W", "b", "dout"))
    out, cache = conv_forward(x, W, b)
    np.testing.assert_array_equal(out[0, 0], [[2, 13], [3, 1]])
    dx, dW, db = conv_backward(dout, cache)
    np.testing.assert_array_equal(dx[0, 0], [[1, -1, 0], [2, 5, -2], [0, 4, 6]])
    np.testing.assert_array_equal(dW[0, 0], [[3, 8], [0, 3]])
    np.testing.assert_array_equal(db, [3])
    assert r"\begin{pmatrix} 3 & 8 \\ 0 & 3 \end{pmatrix}" in TEXT


def test_the_windows_of_the_pooling_example():
    out, cache = max_pool_forward(POOLED[None, None], 2)
    np.testing.assert_array_equal(out[0, 0], [[3, 2], [4, -1]])
    dx = max_pool_backward(np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), cache)
    np.testing.assert_array_equal(
        dx[0, 0], [[0, 1, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    )


def test_the_questions_with_numbers():
    questions = chapter.build().questions
    assert questions["q_filter_parameters"].answer == 16 * 3 * 5 * 5 + 16
    assert questions["q_places"].answer == conv_output_size(28, 5, 2, 1)
    affine = 16 * 32 * 32 * (3 * 32 * 32 + 1)
    assert affine > 50e6
