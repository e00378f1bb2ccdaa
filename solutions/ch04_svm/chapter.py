"""Chapter 04: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch04_svm import (
    hinge_loss,
    l2_penalty,
    numerical_gradient,
    relative_error,
    sgd_step,
    svm_loss,
    svm_loss_naive,
)

chapter = ChapterDefinition(
    "04_svm",
    "Measuring how wrong the scores are",
    [
        hinge_loss,
        l2_penalty,
        numerical_gradient,
        svm_loss_naive,
        relative_error,
        svm_loss,
        sgd_step,
    ],
)

chapter.number(
    "q_untrained",
    "Before any training all weights are 0. What is the hinge loss of one image when there are "
    "ten classes?",
    answer=9,
    tolerance=0,
    why="All ten scores are 0, so each of the nine rivals costs max(0, 0 - 0 + 1) = 1. A first "
    "loss that is far from the number of classes minus 1 is a mistake in your code.",
)

chapter.choice(
    "q_car_lead",
    "The car's picture has the scores cat 1.3, car 4.9, frog 2.0, and its hinge loss is 0. A "
    "change of the weights lowers its score for *car* by 1.5 and leaves the other two. What "
    "happens to its hinge loss?",
    options={
        "a": "It becomes 1.5: the right class has lost 1.5.",
        "b": "It becomes 3: both rivals have come 1.5 closer.",
        "c": "It stays 0.",
        "d": "It falls below 0.",
    },
    answer="c",
    why={
        "a": "What counts is how far a rival is over the line; losing part of a large lead puts "
        "no rival over it.",
        "b": "Both have come closer, but neither is over the line: 2.0 is still 1.4 below 3.4.",
        "c": "The car now has 3.4, and the best rival 2.0: a lead of 1.4 is more than the margin.",
        "d": "No term of a hinge loss is below 0, so neither is their sum.",
    },
)

chapter.choices(
    "q_doubled",
    "With some weights W (not all 0, and no bias) the mean hinge loss of the training images is "
    "exactly 0. Somebody doubles all the weights. Which statements hold, whatever the images?",
    options={
        "a": "Every prediction stays as it was.",
        "b": "The mean hinge loss is still 0.",
        "c": "The penalty doubles.",
        "d": "With a positive reg, hinge loss plus penalty is larger than before.",
        "e": "Halving the weights instead would leave the mean hinge loss at 0, too.",
    },
    answer={"a", "b", "d"},
    why={
        "a": "Doubled weights double every score, and the largest stays the largest (a).",
        "b": "Every lead was at least 1 and is now at least 2, so no rival is too close (b).",
        "c": "The penalty adds up squares: it becomes four times as large (c).",
        "d": "The hinge loss stays 0 and the penalty grows, so the sum grows (d).",
        "e": "Halving halves the leads as well, and one that was 1.5 is then too small (e).",
    },
)

chapter.written(
    "q_same_loss",
    "Two friends have trained a classifier each on the same 300 images, without a penalty. Both "
    "report: *training loss 0.0, nearly all training images right.* *Then it does not matter which "
    "one we take,* says one. Answer in five to eight sentences. Use numbers that **you** measured "
    "in this notebook, explain with the formula of the hinge loss why it cannot tell the two "
    "apart, say what a penalty changes and what it costs, and say by which images you would "
    "choose `reg`.",
    rubric={
        "quotes training loss and accuracy on held-back images of both runs as measured, and "
        "compares them": 1,
        "explains that the hinge loss is 0 as soon as all margins are kept, so that directions the "
        "training images do not use, or larger weights, change nothing": 1,
        "says that the penalty prefers small weights and leaves one lowest place, and that hinge "
        "loss and training accuracy get worse for it": 1,
        "chooses reg on validation images, neither on training nor on test images": 1,
    },
)
