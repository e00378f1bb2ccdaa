"""Drawn graphs: what stands where, and that any right Value class can be watched."""

import math

import numpy as np
import pytest

from pix2net import plots, watch
from pix2net.plots.graphs import layout, number
from solutions.ch06_gates.Value import Value
from tests.answers.ch06_gates.Value import answers
from tests.answers.corpus import chapter_of

TEXTS = {"caption": "c", "alt": "a"}
CLASSES = {
    "reference": Value,
    **{
        answer.style: answer.implementation
        for answer in answers.to(chapter_of("Value").exercises["Value"])
        if answer.right
    },
}
each_class = pytest.mark.parametrize("kind", list(CLASSES.values()), ids=list(CLASSES))


@pytest.fixture
def texts(monkeypatch):
    """The texts of the one figure that is shown, in the order in which they were drawn."""
    shown = []

    def keep(fig, **_):
        shown.extend(t.get_text() for ax in fig.axes for t in ax.texts if t.get_text())

    monkeypatch.setattr("pix2net.plots.graphs.show", keep)
    return shown


@each_class
def test_the_worked_example_is_drawn_from_any_right_class(kind):
    x, y, z = watch(kind, x=-2.0, y=5.0, z=-4.0)
    f = (x + y) * z
    f.backward()
    nodes = f.nodes()
    assert {name: (node.value, node.grad) for name, node in nodes.items()} == {
        "x": (-2, -4), "y": (5, -4), "z": (-4, 3), "node 3": (3, -4), "f": (-12, 1),
    }  # fmt: skip
    assert nodes["f"].inputs == ("node 3", "z")
    assert nodes["f"].shares == (-4, 3)
    assert (x.grad, y.data) == (-4, 5)


@each_class
def test_every_edge_of_every_operation_has_its_own_gradient(kind):
    a, b = watch(kind, a=0.7, b=-1.9)
    f = (2 * a - b / 4 + 1) * -b + (1 - a) ** 3 + (3 / b).exp() + (a - b).relu() * a.sigmoid() + a
    f.backward()
    nodes = f.nodes()
    assert nodes["a"].grad == pytest.approx(a.grad)

    def function(a, b):
        return (
            (2 * a - b / 4 + 1) * -b + (1 - a) ** 3 + math.exp(3 / b)
            + max(0, a - b) / (1 + math.exp(-a)) + a
        )  # fmt: skip

    h = 1e-6
    for name, low, high in (("a", (0.7 - h, -1.9), (0.7 + h, -1.9)),
                            ("b", (0.7, -1.9 - h), (0.7, -1.9 + h))):  # fmt: skip
        slope = (function(*high) - function(*low)) / (2 * h)
        arrived = sum(
            share
            for node in nodes.values()
            for way, share in zip(node.inputs, node.shares, strict=True)
            if way == name
        )
        assert arrived == pytest.approx(slope, rel=1e-6)
        assert nodes[name].grad == pytest.approx(slope, rel=1e-6)


def test_numbers_that_meet_a_value_become_part_of_the_sign():
    (a,) = watch(Value, a=2.0)
    results = (a + 1, 1 + a, a - 0.5, 3 - a, a * -2, 2 * a, a / 4, 1 / a, a**2, -a)
    signs = [list(value.nodes().values())[-1].sign for value in results]
    assert signs == ["+ 1", "1 +", "− 0.50", "3 −", "× −2", "2 ×", "÷ 4", "1 ÷", "^ 2", "−"]


def test_without_backward_there_are_no_gradients():
    x, y = watch(Value, x=1.0, y=2.0)
    nodes = (x * y).nodes("out")
    assert [(n.value, n.grad, n.shares) for n in nodes.values()] == [
        (1, None, ()), (2, None, ()), (2, None, ()),
    ]  # fmt: skip


def test_what_has_no_part_in_a_value_is_not_in_its_graph():
    x, y = watch(Value, x=1.0, y=2.0)
    _ = y * 5
    assert list((x + 1).nodes()) == ["x", "f"]


def test_values_that_were_watched_apart_do_not_mix():
    (a,), (b,) = watch(Value, a=1.0), watch(Value, b=2.0)
    with pytest.raises(ValueError, match="not watched together"):
        a + b


def test_a_graph_too_large_to_be_read_is_refused():
    (a,) = watch(Value, a=1.0)
    f = a
    for _ in range(70):
        f = f + 1
    with pytest.raises(ValueError, match="71 nodes is too large"):
        f.nodes()


def test_gates_stand_right_of_their_inputs_and_apart():
    x, y = watch(Value, x=1.0, y=2.0)
    product = x * y
    nodes = ((product + x) * product + y.sigmoid() * y).nodes()
    places = layout(nodes)
    for name, node in nodes.items():
        assert all(places[i][0] < places[name][0] for i in node.inputs)
    stacked = np.array(list(places.values()))
    apart = np.abs(stacked[:, None] - stacked).max(axis=2) + 9 * np.eye(len(stacked))
    assert apart.min() >= 0.89


def test_a_figure_shows_values_gradients_and_sums(texts):
    (x,) = watch(Value, x=3.0)
    f = x * x + 1
    f.backward()
    plots.graph(f.nodes("area"), **TEXTS)
    assert sorted(texts) == sorted(
        ["3", "(3)", "3", "(3)", "9", "(1)", "10", "(1)", "area", "x", "×", "+ 1", "sum (6)"]
    )


def test_panels_and_open_numbers(texts):
    panel = {"x": plots.Node("?"), "out": plots.Node(2, "dout", "gate", ("x",))}
    plots.graph_row({"one": panel, "two": panel}, **TEXTS)
    assert texts == 2 * ["?", "2", "(dout)", "out", "x", "gate"]


def test_a_graph_can_be_dragged(monkeypatch):
    def draw(ax, x):
        (value,) = watch(Value, x=x)
        plots.draw_graph(ax, (value * 2).nodes())

    pictures = []
    monkeypatch.setattr(
        "pix2net.plots.widgets.show", lambda fig, **_: pictures.append(len(fig.axes))
    )
    plots.interactive(draw, stills=[{}, {"x": 2}], x=plots.Slider(0, -1, 3), **TEXTS)
    assert pictures == [2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"), (-12, "−12"), (0.7311, "0.73"), (-0.2, "−0.20"), (4.5e-5, "5e−05"),
        (0.0, "0"), (123456.0, "1e+05"), ("?", "?"),
    ],
)  # fmt: skip
def test_numbers_are_short(value, text):
    assert number(value) == text
