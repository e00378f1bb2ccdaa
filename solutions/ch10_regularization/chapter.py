"""Chapter 10: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch10_regularization import (
    DropoutMLP,
    cosine_decay,
    dropout_backward,
    dropout_forward,
    early_stopping_epoch,
    step_decay,
)

chapter = ChapterDefinition(
    "10_regularization",
    "What to do about overfitting",
    [
        step_decay,
        cosine_decay,
        early_stopping_epoch,
        dropout_forward,
        dropout_backward,
        DropoutMLP,
    ],
)

chapter.number(
    "q_resting_weight",
    "The rate is 0.1, reg is 0.25, and the data pull steadily with g = −3. At which value does the "
    "weight come to rest?",
    answer=6,
    tolerance=0.001,
    why="It rests where the two pulls cancel: -3 + 2 * 0.25 * w = 0, so w = 6. The rate does not "
    "matter.",
)

chapter.number(
    "q_kept_value",
    "An activation is 2 and drop_prob is 0.8. If it is kept in a training step, what does the next "
    "layer get?",
    answer=10,
    tolerance=0.001,
    why="2 / (1 - 0.8) = 10. It is kept in one step of five, so on average 2 arrive.",
)

chapter.choice(
    "q_no_gap",
    "A network of yours reaches a training accuracy of 0.41 and a validation accuracy of 0.40 on "
    "ten classes, and both hardly change any more. A friend advises dropout with a drop_prob "
    "of 0.5. What do you expect?",
    options={
        "a": "Validation accuracy rises, since dropout makes networks generalise better",
        "b": "Training accuracy falls and validation accuracy rises, so that the gap turns round",
        "c": "Both fall: this network does not even fit its training images well, and dropout "
        "makes that harder",
        "d": "Nothing changes, since dropout does nothing outside training",
    },
    answer="c",
    why={
        "a": "It helps against learning by heart; a gap of 0.01 shows that there is none to fight.",
        "b": "There is nothing for validation to win: what holds on the training images holds on "
        "the others as well.",
        "c": "Without a gap the network underfits: it needs more units, more epochs or better "
        "features, not a remedy.",
        "d": "Nothing is dropped while predicting, but the weights were trained under it.",
    },
)

chapter.choices(
    "q_dropout_facts",
    "A network with two hidden layers of 100 units each is trained with a drop_prob of 0.5. What "
    "is true?",
    options={
        "a": "Two examples of one batch usually lose different units",
        "b": "In every step exactly 50 units of each layer are dropped for each example",
        "c": "For an example for which a unit is dropped, the weights that lead into this unit get "
        "no gradient from the data",
        "d": "When predicting, all 200 hidden units take part",
        "e": "After training, half of the weights can be deleted without any change",
    },
    answer={"a", "c", "d"},
    why={
        "a": "Every unit of every example has a coin of its own (a).",
        "b": "About 50: coins are tossed, so the number varies (b).",
        "c": "Whatever these weights are, the next layer gets 0, so the loss does not depend on "
        "them (c).",
        "d": "Dropout does nothing outside training (d).",
        "e": "Other units are dropped at every step; in the end all are trained and used (e).",
    },
)

chapter.written(
    "q_remedies",
    "Your trial compared four remedies and all of them together. Answer in six to nine sentences. "
    "Which remedy would you keep if you could have only one, by which of **your** numbers, and "
    "why? Explain for this remedy how it keeps the network from learning wrong labels by heart. "
    "Then name one reason why your comparison could be unfair or due to chance, and what you would "
    "measure to find out.",
    rubric={
        "chooses a remedy and supports the choice by at least two numbers from the trial, one of "
        "them on validation images": 1,
        "explains by the mechanism (decay without a steady pull, pulls that average out, the "
        "turning point of the loss, units that cannot rely on each other) why single images are "
        "harder to learn by heart": 2,
        "names a real weakness of the comparison, such as a single seed, strengths that were not "
        "tuned alike, differences that few validation drawings may make, or choosing and judging "
        "on the same validation images": 1,
        "proposes a measurement that could show that the choice was wrong": 1,
    },
)
