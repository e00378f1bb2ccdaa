"""Chapter 03: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch03_scores import (
    append_ones,
    class_templates,
    decision_boundary,
    fold_bias,
    linear_scores,
    predict_labels,
)

chapter = ChapterDefinition(
    "03_scores",
    "The score function f(x, W)",
    [linear_scores, predict_labels, append_ones, fold_bias, class_templates, decision_boundary],
)

chapter.number(
    "q_ship_score",
    "Copies of this example are all over the web, and many of them give the *ship* score of the "
    "cat image as 61.95. Redo it by hand. What is the right number?",
    answer=60.75,
    tolerance=0.01,
    why="0 x 56 + 0.25 x 231 + 0.2 x 24 - 0.3 x 2 = 61.95 is W x alone; with b = -1.2 it is 60.75.",
)

chapter.choice(
    "q_two_headed",
    "Half of the horses in a training set look to the left and half look to the right. A linear "
    "classifier has one row of weights for *horse*. What will that row look like as a template?",
    options={
        "a": "A horse that looks to the side that occurs a little more often",
        "b": "A blurred body with something like a head at either end",
        "c": "An even grey: the two directions cancel",
        "d": "Two templates, of which the better one is used for each image",
    },
    answer="b",
    why={
        "a": "The other half of the horses would then score badly; one row has to serve them all.",
        "b": "One row has to score both kinds well, so it keeps what helps with either.",
        "c": "Weights add up: what speaks for a head on the left does not speak against one on the "
        "right, and the body is in the same place in both.",
        "d": "There is one row per class, so one template; choosing between several takes more "
        "than a linear score.",
    },
)

chapter.choices(
    "q_same_predictions",
    "Which of these changes to a linear classifier leave **every** prediction as it was, whatever "
    "the image?",
    options={
        "a": "Double all of W and all of b",
        "b": "Add 5 to every entry of b",
        "c": "Add the same vector v to every row of W",
        "d": "Double W and leave b alone",
        "e": "Change the sign of all of W and all of b",
    },
    answer={"a", "b", "c"},
    why={
        "a": "Doubling W and b doubles every difference of two scores and keeps its sign (a).",
        "b": "Every class gains the same 5, so no difference of two scores changes (b).",
        "c": "Every class gains the same v @ x, so no difference of two scores changes (c).",
        "d": "With only W doubled, the biases count for half as much, and the lines move (d).",
        "e": "With all signs changed, the lowest score becomes the highest (e).",
    },
)

chapter.choice(
    "q_ring",
    "In the plane, the points of class 0 fill a disc, and the points of class 1 surround it on all "
    "sides like a ring. What can a linear classifier with one row of weights for each of the two "
    "classes do?",
    options={
        "a": "Separate them without a mistake, if the biases are chosen well",
        "b": "Separate them without a mistake, if there are enough training points",
        "c": "Never separate them without a mistake",
        "d": "Separate them without a mistake, if the weights are large enough",
    },
    answer="c",
    why={
        "a": "Biases shift the line between the two classes; they do not bend it.",
        "b": "More points show more clearly where a curve is needed; the boundary stays a line.",
        "c": "Two scores are equal on one straight line, and no straight line goes around a disc.",
        "d": "Larger weights make the scores differ more; the boundary stays a straight line.",
    },
)
