"""Chapter 06: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch06_gates import (
    AddGate,
    MaxGate,
    MultiplyGate,
    SigmoidGate,
    Value,
    backprop_example,
    sigmoid_neuron,
)

chapter = ChapterDefinition(
    "06_gates",
    "Backpropagation on a graph",
    [backprop_example, AddGate, MultiplyGate, MaxGate, SigmoidGate, sigmoid_neuron, Value],
)

chapter.number(
    "q_max_gradient",
    "A graph computes f = max(x, y) z + x. At x = 3, y = 1 and z = -2, how fast does f grow with "
    "x? Redo it by hand; x is used twice.",
    answer=-1.0,
    tolerance=0.01,
    why="By way of max, x gets all of the -2 that the product sends; by way of the sum it gets 1; "
    "together that is -1.",
)

chapter.choices(
    "q_remember",
    "Which gates must remember something from the forward pass, because their backward pass "
    "cannot do without it?",
    options={
        "a": "the add gate",
        "b": "the multiply gate",
        "c": "the max gate",
        "d": "the sigmoid gate",
    },
    answer={"b", "c", "d"},
    why={
        "a": "A sum hands dout on as it is, whatever its inputs were (a).",
        "b": "A product multiplies dout by the other input, so it needs both (b).",
        "c": "A maximum has to know which of its inputs was the larger (c).",
        "d": "A sigmoid's slope is out * (1 - out), so it needs its output or its input (d).",
    },
)

chapter.choice(
    "q_slow_or_steep",
    "The neuron of the worked example has the sum 1. Scale its three weights so that the sum "
    "becomes 10. What happens to the gradient of w2, the bias?",
    options={
        "a": "It becomes ten times as large: larger weights, larger gradients",
        "b": "It stays as it is: the slope of the bias is always 1",
        "c": "It becomes nearly 0: the sigmoid is almost flat there",
        "d": "It changes its sign",
    },
    answer="c",
    why={
        "a": "The bias gets to the output through the sum and the sigmoid; it meets no weight.",
        "b": "The slope of the sum is 1, but the gradient passes the sigmoid as well.",
        "c": "The output is about 0.99995 there, and out * (1 - out) is about 0.00005.",
        "d": "out * (1 - out) is positive everywhere, so the sign stays.",
    },
)

chapter.choice(
    "q_two_backwards",
    "Somebody calls `loss.backward()`, changes the weights a little, computes the loss anew and "
    "calls `backward()` on it again, without touching any `.grad` in between. What stands in the "
    "`.grad` of a weight?",
    options={
        "a": "The gradient of the second loss",
        "b": "The gradient of the first loss",
        "c": "The sum of both gradients",
        "d": "The mean of both gradients",
    },
    answer="c",
    why={
        "a": "`backward` adds to what is there; nobody set it back to 0.",
        "b": "The second call did its work, too: it added its gradient.",
        "c": "`backward` adds, so the old gradient must be set to 0 before the next step.",
        "d": "Nothing divides by the number of calls.",
    },
)
