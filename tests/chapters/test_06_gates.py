"""Chapter 06: references against autograd, and the numbers and claims of the prose."""

import re

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from grader.weave import layout
from grader.weave.make_stills import run
from solutions.ch06_gates.AddGate import AddGate
from solutions.ch06_gates.backprop_example import backprop_example
from solutions.ch06_gates.chapter import chapter
from solutions.ch06_gates.MaxGate import MaxGate
from solutions.ch06_gates.MultiplyGate import MultiplyGate
from solutions.ch06_gates.sigmoid_neuron import sigmoid_neuron
from solutions.ch06_gates.SigmoidGate import SigmoidGate
from solutions.ch06_gates.Value import Value

pytestmark = pytest.mark.some_chapters

QUESTIONS = chapter.build().questions
seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(1, 4), max_size=3).map(tuple)
numbers = st.floats(-3, 3).filter(lambda v: abs(v) > 0.01)
fewer = settings(max_examples=40, deadline=None)


# --- references -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "function"),
    [(AddGate, anp.add), (MultiplyGate, anp.multiply), (MaxGate, anp.maximum)],
)
@fewer
@given(seed=seeds, shape=shapes)
def test_gates_go_back_as_autograd_does(gate, function, seed, shape):
    x, y, dout = np.random.default_rng(seed).normal(size=(3, *shape))
    here = gate()
    np.testing.assert_allclose(here.forward(x, y), function(x, y))
    dx, dy = here.backward(dout)
    np.testing.assert_allclose(dx, dout * elementwise_grad(function, 0)(x, y))
    np.testing.assert_allclose(dy, dout * elementwise_grad(function, 1)(x, y))


@fewer
@given(seed=seeds, shape=shapes, scale=st.sampled_from([1.0, 30.0, 1e3, 1e6]))
def test_the_sigmoid_gate_is_scipys_and_finite(seed, shape, scale):
    x, dout = np.random.default_rng(seed).normal(size=(2, *shape)) * np.reshape(
        [scale, 1.0], (2, *([1] * len(shape)))
    )
    gate = SigmoidGate()
    np.testing.assert_allclose(gate.forward(x), expit(x), rtol=1e-9, atol=1e-300)
    dx = gate.backward(dout)
    assert np.isfinite(dx).all()
    np.testing.assert_allclose(dx, dout * expit(x) * expit(-x), rtol=1e-6, atol=1e-12)


@fewer
@given(numbers, numbers, numbers)
def test_the_example_is_what_autograd_makes_of_it(x, y, z):
    slopes = grad(lambda v: (v[0] + v[1]) * v[2])(np.array([x, y, z]))
    np.testing.assert_allclose(backprop_example(x, y, z), [(x + y) * z, *slopes])


@fewer
@given(seeds)
def test_the_neuron_is_what_autograd_makes_of_it(seed):
    w, x = np.split(np.random.default_rng(seed).normal(scale=2.0, size=5), [3])

    def neuron(w, x):
        return 1 / (1 + anp.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))

    out, dw, dx = sigmoid_neuron(w, x)
    np.testing.assert_allclose(out, neuron(w, x))
    np.testing.assert_allclose(dw, grad(neuron, 0)(w, x), atol=1e-12)
    np.testing.assert_allclose(dx, grad(neuron, 1)(w, x), atol=1e-12)


OPERATIONS = {
    "a + b": lambda a, b, k: a + b,
    "a - b": lambda a, b, k: a - b,
    "a * b": lambda a, b, k: a * b,
    "a / c": lambda a, b, k: a / (b * b + 1),
    "a + k": lambda a, b, k: a + k,
    "k - a": lambda a, b, k: k - a,
    "k * a": lambda a, b, k: k * a,
    "k / c": lambda a, b, k: k / (a**2 + 0.5),
    "a / k": lambda a, b, k: a / k,
    "-a": lambda a, b, k: -a,
    "a ** 3": lambda a, b, k: (0.5 * a) ** 3,
}
FUNCTIONS = {
    "exp": (lambda v: (0.1 * v).exp(), lambda v: anp.exp(0.1 * v)),
    "relu": (lambda v: v.relu(), lambda v: anp.where(v > 0, v, 0.0)),
    "sigmoid": (lambda v: v.sigmoid(), lambda v: 0.5 + 0.5 * anp.tanh(0.5 * v)),
}
steps = st.tuples(
    st.sampled_from([*OPERATIONS, *FUNCTIONS]), st.integers(0, 99), st.integers(0, 99), numbers
)


def computed(inputs, program, side):
    """The sum of the last three results of a program; ``side``: 0 of Values, 1 of autograd's."""
    known = list(inputs)
    for name, i, j, k in program:
        a, b = known[i % len(known)], known[j % len(known)]
        if name in OPERATIONS:
            known.append(OPERATIONS[name](a, b, k))
        else:
            known.append(FUNCTIONS[name][side](a))
    return known[-1] * known[-2] + known[-3]


@settings(deadline=None)
@given(st.lists(numbers, min_size=2, max_size=3), st.lists(steps, min_size=2, max_size=9))
def test_values_find_the_gradients_of_any_program(inputs, program):
    data = np.array(inputs)
    values = [Value(v) for v in inputs]
    result = computed(values, program, 0)
    result.backward()

    def function(v):
        return computed([v[i] for i in range(len(inputs))], program, 1)

    right = grad(function)(data)
    if np.abs(right).max() < 1e12 and abs(function(data)) < 1e12:
        np.testing.assert_allclose(result.data, function(data), rtol=1e-9, atol=1e-9)
        size = max(1.0, np.abs(right).max())
        np.testing.assert_allclose([v.grad for v in values], right, rtol=1e-7, atol=1e-9 * size)


def test_twenty_thousand_operations_in_a_row_are_no_trouble_for_python():
    value = Value(1.0)
    f = value
    for _ in range(20_000):
        f = f + value
    f.backward()
    assert value.grad == 20_001


# --- the numbers of the prose ---------------------------------------------------------------------


def test_the_first_example_and_its_nudges():
    assert backprop_example(-2.0, 5.0, -4.0) == (-12, -4, -4, 3)
    assert backprop_example(-1.99, 5.0, -4.0)[0] == pytest.approx(-12.04)
    assert backprop_example(-2.0, 5.0, -3.99)[0] == pytest.approx(-11.97)


@pytest.mark.parametrize(
    ("gate", "out", "gradients"),
    [(AddGate, 2, (2, 2)), (MaxGate, 3, (2, 0)), (MultiplyGate, -3, (-2, 6))],
)
def test_the_picture_of_the_three_gates(gate, out, gradients):
    here = gate()
    assert here.forward(3.0, -1.0) == out
    assert here.backward(2.0) == gradients


def test_the_three_gates_in_one_graph():
    x, y, z, w = (Value(v) for v in (4.0, -3.0, 5.0, 1.0))
    f = (x * y + (w + (z - w).relu())) * 2
    f.backward()
    assert f.data == -14
    assert [v.grad for v in (x, y, z, w)] == [-6, 8, 2, 0]


def test_the_table_of_the_neuron():
    w, x = np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0])
    out, dw, dx = sigmoid_neuron(w, x)
    shown = [f"{v:.2f}" for v in (out, *dw, *dx)]
    assert shown == ["0.73", "-0.20", "-0.39", "0.20", "0.39", "-0.59"]
    power = np.exp(-1)
    back = [1.0, -1 / (1 + power) ** 2, -power / (1 + power) ** 2, power / (1 + power) ** 2]
    assert [f"{v:.4f}" for v in back] == ["1.0000", "-0.5344", "-0.1966", "0.1966"]
    assert f"{power:.4f} {1 + power:.4f} {1 / (1 + power):.4f}" == "0.3679 1.3679 0.7311"
    assert f"{np.exp(0.01):.5f}" == "1.01005"
    assert f"{0.73 * 0.27:.2f}" == "0.20"


def test_the_graph_in_which_order_matters():
    def result(b):
        e = 3 * b
        return (e + 3) * e

    a, b = Value(3.0), Value(2.0)
    e = a * b
    f = (e + a) * e
    f.backward()
    assert (f.data, a.grad, b.grad) == (54, 36, 45)
    assert f"{result(2.01):.2f}" == "54.45"
    assert result(2.01) - result(2.0) == pytest.approx(45 * 0.01, rel=0.01)
    assert 9 * 3 == 27  # what b gets if e hands on the 9 of the product alone


def test_the_square_of_2_grows_four_times_as_fast():
    assert pytest.approx(4.0401) == 2.01**2
    a = Value(2.0)
    (a**2).backward()
    assert a.grad == 4


# --- the questions --------------------------------------------------------------------------------


def test_the_gradient_of_a_maximum_that_is_used_twice():
    def f(x):
        return max(x, 1.0) * -2.0 + x

    slope = (f(3.001) - f(2.999)) / 0.002
    assert slope == pytest.approx(QUESTIONS["q_max_gradient"].answer)


def test_only_an_add_gate_goes_back_without_a_memory():
    assert AddGate().backward(2.0) == (2.0, 2.0)
    gates = {"a": AddGate, "b": MultiplyGate, "c": MaxGate, "d": SigmoidGate}
    for letter in QUESTIONS["q_remember"].answer:
        with pytest.raises(AttributeError):
            gates[letter]().backward(2.0)


def test_ten_times_the_weights_leave_next_to_no_gradient():
    w, x = np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0])
    before, after = sigmoid_neuron(w, x)[1][2], sigmoid_neuron(10 * w, x)[1][2]
    assert 0 < after < 1e-3 * before
    assert QUESTIONS["q_slow_or_steep"].answer == "c"


def test_two_backwards_add_up():
    weight = Value(2.0)
    (weight * weight).backward()
    first = weight.grad
    weight.data = 3.0
    (weight * weight).backward()
    assert weight.grad == first + 6.0
    assert QUESTIONS["q_two_backwards"].answer == "c"


# --- the experiments ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ran():
    """What the chapter's cells have computed, with the references in the learner's place."""
    return run(chapter.build()).namespace


def test_the_gradients_of_the_neuron_agree_with_nudging(ran):
    weights = [Value(v) for v in ran["start"]]
    ran["loss_of"](*weights).backward()
    for k, weight in enumerate(weights):
        nudged = (ran["loss_with"](k, 1e-4) - ran["loss_with"](k, -1e-4)) / 2e-4
        assert weight.grad == pytest.approx(nudged, rel=1e-5)


def test_the_neuron_of_two_colours_learns(ran):
    def mistakes(w0, w1, w2):
        says_ship = ran["points"] @ [w0, w1] + w2 > 0
        return np.count_nonzero(says_ship != (ran["is_ship"] == 1))

    history = ran["history"]
    first, last = (ran["loss_of"](*map(Value, history[k])).data for k in (0, -1))
    assert first == pytest.approx(0.25)
    assert last < 0.21
    assert mistakes(*history[-1]) < 0.8 * mistakes(*history[0])


def test_the_neuron_of_all_pixels_learns_its_pictures_and_little_about_new_drawings(ran):
    assert len(ran["X"]) == 832
    assert 0.5 < np.mean(ran["right"]) < 0.7
    assert np.mean(ran["losses"][-50:]) < 0.1


def test_a_change_that_nobody_sees_makes_a_dog_of_a_cat(ran):
    before, by_coins, along_slopes = ran["pictures"]
    for picture in (by_coins, along_slopes):
        changed = picture.astype(int) - before
        assert np.abs(changed).max() == 4
        assert np.mean(changed != 0) > 0.9
    assert ran["said"](before) < 0.2
    assert abs(ran["said"](by_coins) - ran["said"](before)) < 0.1
    assert ran["said"](along_slopes) > 0.8


def test_the_slopes_of_the_pixels_are_the_weights_times_one_number(ran):
    slopes, w = ran["slopes"].ravel(), ran["w"]
    said = float(ran["out"].data)
    np.testing.assert_allclose(slopes, w * said * (1 - said), rtol=1e-9, atol=1e-12)


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}
