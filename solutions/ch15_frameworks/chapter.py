"""Chapter 15: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch15_frameworks import Tensor, tensor_mlp_loss, unbroadcast

chapter = ChapterDefinition(
    "15_frameworks",
    "From your Value to a library",
    [unbroadcast, Tensor, tensor_mlp_loss],
)

chapter.choice(
    "q_summed_axes",
    "An array of shape (4, 1) met one of shape (50, 4, 10) in a sum, so a gradient of shape "
    "(50, 4, 10) comes back. Which of its axes have to be summed over for the (4, 1)?",
    options={
        "a": "The first alone: it is the one that was added",
        "b": "The last alone: it is the one that was stretched",
        "c": "The first and the last",
        "d": "All three",
    },
    answer="c",
    why={
        "a": "That leaves (4, 10): ten copies of each number are still side by side.",
        "b": "That leaves (50, 4, 1): there are still fifty copies of the array.",
        "c": "Lined up at their ends, (4, 1) lacks the 50 and was stretched from 1 to 10. The sum "
        "over the first axis goes, that over the last stays as an axis of length 1.",
        "d": "The 4 numbers are no copies of each other: each has a gradient of its own.",
    },
)

chapter.number(
    "q_picked",
    "a has the shape (3, 4), and f is the sum of a[[2, 0, 2, 2], [1, 3, 1, 0]] * [10, 20, 30, 40]. "
    "What is the gradient of the entry of a in row 2, column 1?",
    answer=40,
    tolerance=0.001,
    why="It is taken twice, as the first and as the third: 10 + 30 = 40.",
)

chapter.choice(
    "q_rounding",
    "Your Tensor and PyTorch compute the same loss from the same float64 numbers, and the results "
    "differ by 0.0000000000000002. Why?",
    options={
        "a": "One of the two has a small mistake in a backward pass",
        "b": "Both round after every operation, and they add up in different orders",
        "c": "PyTorch computes in float32, whatever it is given",
        "d": "PyTorch starts from other random weights",
    },
    answer="b",
    why={
        "a": "The loss is found on the way forward; no backward pass takes part. And mistakes are "
        "hardly ever as small as the last digit.",
        "b": "A float64 has about 16 digits. Sums that are rounded on the way depend on their "
        "order in the last of them.",
        "c": "Then they would differ in the eighth digit. Double precision was asked for.",
        "d": "The weights were copied. With others, not a digit would agree.",
    },
)

chapter.choices(
    "q_by_itself",
    "You put a new function into a network that is written in Tensors, made of +, *, @ and exp. "
    "What does the graph take off your hands?",
    options={
        "a": "Working out the gradient of the new function",
        "b": "Keeping what the way back needs from the way forward",
        "c": "Adding up gradients where something is used twice",
        "d": "Choosing a learning rate",
        "e": "Making sure that exp does not overflow",
    },
    answer={"a", "b", "c"},
    why={
        "a": "Each of the four has its way back, and the chain rule joins them (a).",
        "b": "Each result remembers its operands: that is the cache of notebook 07 (b).",
        "c": "Gradients that arrive at a Tensor are added up, however many there are (c).",
        "d": "A gradient says which way is down, not how far to go (d).",
        "e": "The graph repeats what you wrote: an infinity on the way forward stays one (e).",
    },
)
