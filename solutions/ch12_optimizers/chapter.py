"""Chapter 12: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch12_optimizers import Adam, adam_step, momentum_step, rmsprop_step

chapter = ChapterDefinition(
    "12_optimizers",
    "The same slope, better steps",
    [momentum_step, rmsprop_step, adam_step, Adam],
)

chapter.number(
    "q_final_velocity",
    "The momentum is 0.95, and the slope is 2 in every step. Which velocity does the ball come "
    "close to?",
    answer=40,
    tolerance=0.001,
    why="It no longer changes once 0.95 v + 2 = v, so v = 2 / 0.05 = 40.",
)

chapter.choice(
    "q_scaled_loss",
    "You multiply your loss by 1,000 and change nothing else. What happens to the steps of plain "
    "gradient descent and of RMSProp (leave epsilon aside)?",
    options={
        "a": "Both take steps 1,000 times as long",
        "b": "Plain gradient descent takes steps 1,000 times as long, RMSProp the same steps as "
        "before",
        "c": "Plain gradient descent takes the same steps, RMSProp steps 1,000 times shorter",
        "d": "Neither changes: the lowest place is where it was",
    },
    answer="b",
    why={
        "a": "RMSProp divides each slope by the root mean square of such slopes, which has grown "
        "as much.",
        "b": "All slopes are 1,000 times as large. A plain step grows with them; in RMSProp the "
        "factor cancels out.",
        "c": "A plain step is the rate times the slope, so it grows.",
        "d": "The place is the same, but the way there depends on the length of the steps.",
    },
)

chapter.number(
    "q_first_step",
    "Adam has just been made, with a learning rate of 0.01. A weight has the slope 0.0003 in the "
    "first step. By how much does this weight move?",
    answer=0.01,
    tolerance=0.00001,
    why="After the correction, m is the slope and v its square, so the step is "
    "0.01 * 0.0003 / (0.0003 + 0.00000001): 0.01, whatever the slope was.",
)

chapter.choices(
    "q_fair_race",
    "Two optimizers are compared: A was tried with 30 learning rates, B ran once with its default "
    "rate, and A came out one point ahead on the validation images. What would make the comparison "
    "fairer or its result more certain?",
    options={
        "a": "Giving B as many tries as A",
        "b": "Training each several times, with the same seeds for both, and comparing the pairs",
        "c": "Measuring on images whose drawings had no part in choosing the rates",
        "d": "Giving both the same learning rate",
        "e": "Taking the best of all the runs of each",
    },
    answer={"a", "b", "c"},
    why={
        "a": "The best of 30 tries is better than one try even if the two are alike (a).",
        "b": "Seeds alone move an accuracy by a point or more; in pairs much of that cancels (b).",
        "c": "The best of many tries owes something to luck on those images (c).",
        "d": "A rate of 0.1 is little for plain steps and far too much for Adam (d).",
        "e": "A best run measures luck as well, and more luck the more runs there are (e).",
    },
)
