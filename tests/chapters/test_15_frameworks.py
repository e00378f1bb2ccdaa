"""Chapter 15: references against independent implementations, and the numbers of the prose."""

import itertools
import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.weave import layout
from solutions.ch06_gates.Value import Value
from solutions.ch07_mlp.MLP import MLP
from solutions.ch15_frameworks.chapter import chapter
from solutions.ch15_frameworks.pytorch_run import recorded
from solutions.ch15_frameworks.Tensor import Tensor
from solutions.ch15_frameworks.tensor_mlp_loss import tensor_mlp_loss
from solutions.ch15_frameworks.unbroadcast import unbroadcast

pytestmark = pytest.mark.some_chapters

TEXT = layout.text_path("15_frameworks").read_text()
DOUT = np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]])
X_TWO = np.array([[1.0, 2.0], [3.0, -1.0]])
W_TWO = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]])
B_TWO = np.array([0.0, 1.0, -1.0])

seeds = st.integers(0, 2**32 - 1)
shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, min_side=1, max_side=4, max_dims=4)
few = settings(max_examples=40, deadline=None)


# --- unbroadcast -----------------------------------------------------------------------------


@few
@given(seeds, shapes)
def test_the_gradients_of_all_copies_are_added_up(seed, both):
    (shape, _), new = both.input_shapes, both.result_shape
    gradient = np.random.default_rng(seed).normal(size=new)
    found = np.asarray(unbroadcast(gradient, shape))
    places = np.broadcast_to(np.arange(int(np.prod(shape))).reshape(shape), new)
    wanted = [gradient[places == place].sum() for place in range(int(np.prod(shape)))]
    assert found.shape == shape
    np.testing.assert_allclose(found.ravel(), wanted, atol=1e-12)


# --- Tensor: HIPS autograd and differences ----------------------------------------------------


def by_tensors(f, *arrays):
    """The number that a function of Tensors gives, and its gradients."""
    tensors = [Tensor(array) for array in arrays]
    out = f(*tensors)
    out.backward()
    return float(out.data), [tensor.grad for tensor in tensors]


@few
@given(seeds, shapes, st.sampled_from(["+", "-", "*", "/"]))
def test_operations_that_broadcast_are_those_of_autograd(seed, both, sign):
    rng = np.random.default_rng(seed)
    a, b = (rng.uniform(1, 2, size=shape) for shape in both.input_shapes)
    weights = rng.normal(size=both.result_shape)
    known = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b,
        "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    }  # fmt: skip
    number, gradients = by_tensors(lambda a, b: (known[sign](a, b) * weights).sum(), a, b)

    def theirs(a, b):
        return anp.sum(known[sign](a, b) * weights)

    assert number == pytest.approx(theirs(a, b), abs=1e-9)
    for k, gradient in enumerate(gradients):
        np.testing.assert_allclose(gradient, autograd.grad(theirs, k)(a, b), atol=1e-9)


@few
@given(seeds, st.sampled_from(["sum", "mean", "max"]), st.sampled_from([None, 0, 1, -1]),
       st.booleans())  # fmt: skip
def test_reductions_are_those_of_autograd(seed, name, axis, keepdims):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(3, 4))
    weights = rng.normal(size=getattr(x, name)(axis=axis, keepdims=keepdims).shape)
    _, (gradient,) = by_tensors(lambda x: (getattr(x, name)(axis, keepdims) * weights).sum(), x)

    def theirs(x):
        return anp.sum(getattr(anp, name)(x, axis=axis, keepdims=keepdims) * weights)

    np.testing.assert_allclose(gradient, autograd.grad(theirs)(x), atol=1e-12)


@few
@given(seeds)
def test_a_graph_of_all_operations_is_that_of_autograd(seed):
    rng = np.random.default_rng(seed)
    x, w, rows = rng.normal(size=(5, 3)), rng.normal(size=(4, 3)), np.array([0, 1, 1, 4])
    columns = np.array([2, 0, 0, 3])

    def ours(x, w):
        h = (x @ w.T).relu() - 0.5
        z = (h - h.max(axis=1, keepdims=True)).exp()
        p = z / z.sum(axis=1, keepdims=True)
        return -p[rows, columns].log().mean() + (w.reshape(12) ** 2).sum() / (1 + (x * x).mean())

    def theirs(x, w):
        h = anp.maximum(x @ w.T, 0) - 0.5
        z = anp.exp(h)
        p = z / anp.sum(z, axis=1, keepdims=True)
        penalty = anp.sum(w**2) / (1 + anp.mean(x * x))
        return -anp.mean(anp.log(p[rows, columns])) + penalty

    number, gradients = by_tensors(ours, x, w)
    assert number == pytest.approx(theirs(x, w), abs=1e-9)
    for k, gradient in enumerate(gradients):
        np.testing.assert_allclose(gradient, autograd.grad(theirs, k)(x, w), atol=1e-9)


@few
@given(seeds)
def test_a_tensor_finds_what_values_find(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(1, 2, size=(2, 4))
    values = [[Value(float(n)) for n in numbers] for numbers in (a, b)]
    sum((p * q + p / q).relu() ** 2 for p, q in zip(*values, strict=True)).backward()
    _, gradients = by_tensors(lambda a, b: ((a * b + a / b).relu() ** 2).sum(), a, b)
    for numbers, gradient in zip(values, gradients, strict=True):
        np.testing.assert_allclose([n.grad for n in numbers], gradient, rtol=1e-12)


@few
@given(seeds, st.integers(2, 5))
def test_entries_that_are_equally_large_share_the_gradient(seed, ties):
    x = np.random.default_rng(seed).permutation([7.0] * ties + [1.0, 2.0, 3.0])
    _, (gradient,) = by_tensors(lambda x: x.max() * 6, x)
    np.testing.assert_allclose(gradient, np.where(x == 7, 6 / ties, 0))


def test_an_array_on_the_left_leaves_the_operation_to_the_tensor():
    t = Tensor(np.ones((2, 2)))
    for out in (np.ones(2) + t, np.ones(2) - t, np.ones(2) * t, np.ones(2) / t, np.ones((2, 2)) @ t,
                np.float64(2) * t, np.int64(2) - t):  # fmt: skip
        assert isinstance(out, Tensor)


# --- tensor_mlp_loss --------------------------------------------------------------------------


def draw(seed, sizes, n):
    """Parameters and a batch."""
    rng, parameters = np.random.default_rng(seed), {}
    for i, (fan_in, fan_out) in enumerate(itertools.pairwise(sizes), start=1):
        parameters[f"W{i}"] = rng.normal(size=(fan_out, fan_in))
        parameters[f"b{i}"] = rng.normal(size=fan_out)
    return parameters, rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], size=n)


def loss_and_gradients(parameters, X, y, reg):
    tensors = {name: Tensor(array) for name, array in parameters.items()}
    loss = tensor_mlp_loss(tensors, X, y, reg)
    loss.backward()
    return float(loss.data), {name: tensor.grad for name, tensor in tensors.items()}


@few
@given(seeds, st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(1, 6),
       st.floats(0, 1))  # fmt: skip
def test_the_network_in_tensors_is_that_of_chapter_07(seed, sizes, n, reg):
    parameters, X, y = draw(seed, sizes, n)
    model = MLP(sizes, np.random.default_rng(0), reg=reg)
    model.parameters.update(parameters)
    loss, gradients = loss_and_gradients(parameters, X, y, reg)
    by_hand, wanted = model.loss(X, y)
    assert loss == pytest.approx(by_hand, rel=1e-9, abs=1e-12)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, wanted[name], rtol=1e-8, atol=1e-10)


@few
@given(seeds, st.floats(-1000, 1000))
def test_the_loss_does_not_change_when_all_scores_rise(seed, lift):
    parameters, X, y = draw(seed, [3, 4, 5], 6)
    before = loss_and_gradients(parameters, X, y, 0.0)[0]
    lifted = {**parameters, "b2": parameters["b2"] + lift}
    assert loss_and_gradients(lifted, X, y, 0.0)[0] == pytest.approx(before, rel=1e-9)


# --- PyTorch: recorded, and where it is there -------------------------------------------------


@pytest.fixture(scope="module")
def cells():
    """What the chapter's cells define that load data, start and compare."""
    from grader.weave.weave import filled, weave_committed

    found = {"np": np, "tensor_mlp_loss": tensor_mlp_loss, "Tensor": Tensor}
    wanted = ("from time import", "MLP, train = mine", "def by_pytorch", "def by_tensors_of_yours")
    for cell in filled(weave_committed(chapter.build())).cells:
        if cell.cell_type == "code" and any(words in cell.source for words in wanted):
            head = cell.source.split("\nif ready(")[0]
            exec(compile(head, "<cell>", "exec"), found)
    return found


def the_task(cells):
    """What both programs are asked."""
    start = cells["he_start"](cells["sizes"], 0)
    return start, cells["X_small"], cells["y_small"], 0.01, 201, 0.1


def test_what_was_recorded_of_pytorch_is_what_the_references_find(cells):
    losses, gradients = cells["by_tensors_of_yours"](*the_task(cells))
    theirs, their_gradients = recorded()
    assert gradients.keys() == their_gradients.keys()
    differences = [np.abs(np.subtract(losses, theirs)).max()]
    differences += [np.abs(gradients[k] - their_gradients[k]).max() for k in gradients]
    assert max(differences) < 5e-15  # the text says so
    assert "less than 5e-15" in TEXT


def test_pytorch_finds_what_was_recorded_of_it(cells):
    pytest.importorskip("torch")
    losses, gradients = cells["by_pytorch"](*the_task(cells))
    theirs, their_gradients = recorded()
    np.testing.assert_allclose(losses, theirs, rtol=1e-12)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, their_gradients[name], atol=1e-14)


def test_every_operation_is_pytorchs():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x0, w0 = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    x0[1, 1] = x0[1, 2] = 3.0  # a tie
    rows, columns = np.array([0, 1, 1, 4]), np.array([2, 0, 0, 3])

    def graph(x, w, axis, top):
        h = (x @ w.T).relu() - top(x)
        p = h.exp() / h.exp().sum(**{axis: 1}).reshape(5, 1)
        return -p[rows, columns].log().mean() + (w.reshape(12) ** 3).sum() / (1 + (x * x).mean())

    _, gradients = by_tensors(
        lambda x, w: graph(x, w, "axis", lambda x: x.max(axis=1, keepdims=True)), x0, w0
    )
    x, w = (torch.tensor(array, requires_grad=True) for array in (x0, w0))
    graph(x, w, "dim", lambda x: x.amax(dim=1, keepdim=True)).backward()
    for gradient, theirs in zip(gradients, (x.grad, w.grad), strict=True):
        np.testing.assert_allclose(gradient, theirs.numpy(), rtol=1e-10, atol=1e-12)


# --- the numbers of the prose ----------------------------------------------------------------


def told(*numbers):
    """Whether numbers stand in the text, written as it writes them."""
    return all(re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", TEXT) for n in numbers)


def test_the_layer_of_the_text():
    np.testing.assert_allclose(X_TWO @ W_TWO, [[1, 3, 2.5], [3, -5, 0.5]])
    np.testing.assert_allclose(X_TWO @ W_TWO + B_TWO, [[1, 4, 1.5], [3, -4, -0.5]])


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [((3,), [1, -1, 3]), ((1, 3), [[1, -1, 3]]), ((2, 1), [[3], [0]]), ((), 3), ((2, 3), DOUT)],
)
def test_the_table_of_shapes(shape, wanted):
    np.testing.assert_allclose(unbroadcast(DOUT, shape), wanted)


def test_the_picked_entries_of_the_text():
    a = Tensor(np.zeros((2, 3)))
    (a[np.array([0, 1, 1]), np.array([2, 0, 0])] * np.array([5.0, 1.0, 2.0])).sum().backward()
    np.testing.assert_allclose(a.grad, [[0, 0, 5], [3, 0, 0]])


def test_the_question_about_picked_entries():
    a = Tensor(np.zeros((3, 4)))
    picked = a[np.array([2, 0, 2, 2]), np.array([1, 3, 1, 0])]
    (picked * np.array([10.0, 20.0, 30.0, 40.0])).sum().backward()
    assert a.grad[2, 1] == chapter.build().questions["q_picked"].answer


def test_the_logarithms_of_the_text():
    np.testing.assert_allclose(np.log([2, 2.01]), [0.6931, 0.6981], atol=5e-5)
    scores = np.array([3.2, 5.1, -1.7])
    powers = np.exp(scores - scores.max())
    np.testing.assert_allclose(powers, [0.1496, 1, 0.0011], atol=5e-5)
    assert np.log(powers.sum()) == pytest.approx(0.140, abs=5e-4)
    assert np.log(powers.sum()) + 1.9 == pytest.approx(2.04, abs=5e-3)
    assert told("0.6931", "0.6981", "0.1496", "0.0011", "0.140", "2.04")


def test_attention_by_hand():
    powers = np.exp([2.0, 0.0])
    weights = powers / powers.sum()
    np.testing.assert_allclose(weights, [0.881, 0.119], atol=5e-4)
    np.testing.assert_allclose(weights * [10, 20], [8.81, 2.38], atol=6e-3)
    assert weights @ [10, 20] == pytest.approx(11.19, abs=5e-3)
    assert told("7.389", "8.389", "0.881", "0.119", "8.81", "2.38", "11.19")
