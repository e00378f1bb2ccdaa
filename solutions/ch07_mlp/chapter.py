"""Chapter 07: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch07_mlp import (
    MLP,
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    softmax_cross_entropy,
    train,
    two_layer_loss,
)

chapter = ChapterDefinition(
    "07_mlp",
    "Layers: the whole network",
    [
        affine_forward,
        sigmoid_forward,
        relu_forward,
        sigmoid_backward,
        relu_backward,
        affine_backward,
        softmax_cross_entropy,
        two_layer_loss,
        MLP,
        train,
    ],
)

chapter.number(
    "q_parameters",
    "How many numbers does training adjust in the network 3072 – 100 – 10, biases included?",
    answer=308_310,
    tolerance=0,
    why="3072 * 100 + 100 in the hidden layer and 100 * 10 + 10 in the last one: 308,310.",
)

chapter.choices(
    "q_bend",
    "Which of these functions, applied to every entry between the two affine layers, let the whole "
    "do something that one affine layer cannot do?",
    options={
        "a": "f(x) = 3x",
        "b": "f(x) = x + 2",
        "c": "f(x) = |x|",
        "d": "f(x) = max(0, x)",
        "e": "f(x) = 1 / (1 + e^-x)",
    },
    answer={"c", "d", "e"},
    why={
        "a": "Three times everything: multiply the first W and b by 3, and the layer in between is "
        "gone (a).",
        "b": "2 more everywhere: add 2 to the first b, and the layer in between is gone (b).",
        "c": "|x| has a corner at 0, which no sum of multiples can imitate (c).",
        "d": "max(0, x) has a corner at 0, which no sum of multiples can imitate (d).",
        "e": "The sigmoid is a curve, which no sum of multiples can imitate (e).",
    },
)

chapter.number(
    "q_vanishing",
    "A gradient passes back through four sigmoids, one behind the other, and each affine layer in "
    "between has the single weight 2. By what factor is it multiplied at most? (Four sigmoids, "
    "three weights.)",
    answer=0.03125,
    tolerance=0.0005,
    why="Each sigmoid multiplies by at most 1/4 and each weight by 2: (1/4)^4 * 2^3 = 1/32.",
)

chapter.choice(
    "q_dead",
    "A ReLU unit of the first hidden layer has a bias so low that its input is negative for every "
    "training row. There is no penalty. What does gradient descent do with its weights and its "
    "bias?",
    options={
        "a": "They move until the unit gives something again: it makes mistakes, so it learns",
        "b": "They stay as they are for good: no gradient passes the unit, whatever the row",
        "c": "They grow, since a ReLU has no upper limit",
        "d": "Only the bias moves, since it does not depend on the row",
    },
    answer="b",
    why={
        "a": "What the unit gets is dout where its input was positive, and it never was.",
        "b": "Such a unit is dead: its slope is 0 for every row. (A penalty would still pull at "
        "its weights, and in a later layer a change of the layers before could wake it.)",
        "c": "Its output is 0, and so is the gradient of all that comes before it and acts "
        "through it alone.",
        "d": "The bias gets its gradient by the same way as the weights, through the ReLU: 0.",
    },
)

chapter.written(
    "q_how_wide",
    "You are asked how many hidden units a network for these images should have. A colleague "
    "says: *as many as fit into memory; the widest network gets every training image right.* "
    "Answer in five to eight sentences. Use numbers that **you** measured in this notebook, say "
    "what the additional units did with the training images and why that need not help on new "
    "ones, and describe the measurement by which you would choose the width.",
    rubric={
        "quotes training and validation accuracies that were measured for at least two widths": 1,
        "says that more units (parameters) fit more complex data, down to accidents of single "
        "training images": 1,
        "tells fitting from overfitting by the gap between training and validation accuracy": 1,
        "chooses the width by images that took no part in training, and keeps the test images out "
        "of the choice": 1,
    },
)
