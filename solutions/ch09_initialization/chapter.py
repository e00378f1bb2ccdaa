"""Chapter 09: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch09_initialization import (
    activation_statistics,
    count_distinct_units,
    init_weights,
)

chapter = ChapterDefinition(
    "09_initialization",
    "Starting in the right place",
    [count_distinct_units, init_weights, activation_statistics],
)

chapter.choice(
    "q_zeros",
    "Every weight and every bias of a network with ReLU and one hidden layer of 50 units starts at "
    "0. What does training do?",
    options={
        "a": "It starts slowly and ends where it would have ended anyway",
        "b": "It finds good weights, but all 50 hidden units have the same",
        "c": "Nothing but the biases of the last layer ever change: the network learns how common "
        "each class is, and does not look at the image",
        "d": "The loss is not a number, because 0 is divided by 0",
    },
    answer="c",
    why={
        "a": "With ReLU and zeros there is no gradient for any weight, so there is no slow start "
        "either.",
        "b": "That is so with sigmoid; with ReLU the hidden units give out 0, and no gradient "
        "reaches any weight at all.",
        "c": "The hidden outputs are 0, so the last weights get no gradient, and as these are 0, "
        "nothing comes back to the first layer; only the last biases move.",
        "d": "Equal scores are all right: each class gets the same probability.",
    },
)

chapter.number(
    "q_five_layers",
    "A network has layers of 100 units and no activation, and its weights are normal with std 0.01 "
    "(the scheme `small`). The outputs of one layer have std 0.8. What is the std of the outputs "
    "five layers further on, roughly?",
    answer=0.8e-5,
    tolerance=0.1e-5,
    why="Each layer multiplies the std by sqrt(100) x 0.01 = 0.1, so five make 0.8 x 0.1^5 = "
    "0.000008.",
)

chapter.number(
    "q_he_std",
    "A ReLU layer has 800 inputs and 200 units. Which standard deviation does the scheme `he` give "
    "its weights?",
    answer=0.05,
    tolerance=0.0005,
    why="The variance is 2 / 800 = 0.0025, its square root 0.05; the 200 units play no part.",
)

chapter.choice(
    "q_too_large",
    "A deep network with tanh starts with weights that are five times too large. Nearly every "
    "output is close to -1 or 1. Why is that bad for training?",
    options={
        "a": "Outputs of -1 and 1 are wrong labels",
        "b": "tanh of such large numbers overflows, and the loss is not a number",
        "c": "Out there tanh is flat: most units hardly answer to a small change of their weights, "
        "so they hardly learn",
        "d": "All units give out the same number, so they stay alike",
    },
    answer="c",
    why={
        "a": "Hidden outputs are not labels; any number is allowed there.",
        "b": "tanh of any number lies between -1 and 1; nothing overflows.",
        "c": "The slope of tanh is 1 - out^2, almost 0 at both ends, and the gradient of a unit's "
        "weights is multiplied by it.",
        "d": "Some give out -1 and some 1, each in its own pattern over the examples: they do "
        "differ.",
    },
)
