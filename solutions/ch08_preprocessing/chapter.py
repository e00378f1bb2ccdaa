"""Chapter 08: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch08_preprocessing import (
    fit_pca,
    fit_standardizer,
    min_max_scale,
    pca_whiten,
    standardize,
)

chapter = ChapterDefinition(
    "08_preprocessing",
    "The same network, better numbers",
    [fit_standardizer, standardize, min_max_scale, fit_pca, pca_whiten],
)

chapter.number(
    "q_room",
    "A new room comes in: 45 m², 350 thousand. Standardised with the mean and std of the four "
    "training rooms, what does its area become? (Two decimals will do.)",
    answer=1.79,
    tolerance=0.011,
    why="(45 - 25) / 11.18 = 1.79, with the training mean 25 and the training std 11.18.",
)

chapter.choice(
    "q_narrow_valley",
    "On the raw features the loss is a long narrow valley. Why can gradient descent not simply "
    "use a larger learning rate to get along it faster?",
    options={
        "a": "The valley's floor rises again if it is walked along too fast",
        "b": "Across the valley the slope is steep, and a larger step overshoots to the other "
        "wall, higher each time",
        "c": "The gradient along the floor is zero",
        "d": "The loss on the raw features has several minima, and a large step may end in another",
    },
    answer="b",
    why={
        "a": "The floor falls all the way to the minimum; it is the walls that forbid large steps.",
        "b": "There is one learning rate for all directions, and the steepest one sets its limit.",
        "c": "It is small there, not zero; small is what makes the way long.",
        "d": "A least-squares loss is one bowl, however it is stretched: it has a single minimum.",
    },
)

chapter.choice(
    "q_leak",
    "Someone standardises all 2,000 images with the mean and std of all 2,000, and splits them "
    "into training and test afterwards. What is wrong with the test accuracy?",
    options={
        "a": "Nothing: mean and std do not use the labels",
        "b": "It is always too low, since the test rows were scaled wrongly",
        "c": "It was measured with knowledge of the test rows, so it is no honest estimate for new "
        "images, however small the difference may be here",
        "d": "It is always far too high, often by 20 points or more",
    },
    answer="c",
    why={
        "a": "No labels are needed to leak: the statistics carry what the test rows look like into "
        "the model.",
        "b": "They were scaled with numbers that suit them better than they should, if anything.",
        "c": "New images have no say in the statistics, so the test rows must not have one either; "
        "how much it matters cannot be known beforehand.",
        "d": "For a mean over many rows the effect is small; it grows with the number of "
        "statistics that are fitted, and as rows get fewer. It is wrong in either case.",
    },
)

chapter.choices(
    "q_whitened",
    "The training rows are whitened with their own PCA, all directions kept, epsilon almost 0. "
    "What holds for the whitened training rows?",
    options={
        "a": "Every column has mean 0",
        "b": "Every column has variance 1",
        "c": "Any two columns are uncorrelated",
        "d": "The distances between the examples are what they were",
        "e": "The first column still has the largest variance",
    },
    answer={"a", "b", "c"},
    why={
        "a": "The mean is subtracted first (a).",
        "b": "Each column was divided by its own spread (b).",
        "c": "Along principal directions the data are uncorrelated, and scaling keeps that (c).",
        "d": "Turning keeps distances, but dividing by different numbers does not (d).",
        "e": "After the division all variances are 1; the order is a matter of the past (e).",
    },
)
