"""Chapter 13: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch13_normalization import (
    batchnorm_backward,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
)

chapter = ChapterDefinition(
    "13_normalization",
    "Standardising inside the network",
    [batchnorm_forward, batchnorm_backward, layernorm_forward, layernorm_backward],
)

chapter.number(
    "q_running_mean",
    "The running mean of a unit is 2, the momentum is 0.9, and the next training batch has the "
    "mean 7. What is the running mean afterwards?",
    answer=2.5,
    tolerance=0.001,
    why="0.9 * 2 + 0.1 * 7 = 2.5.",
)

chapter.choice(
    "q_rescaled",
    "A layer's weights and biases are all multiplied by 10, and batch normalisation follows it. "
    "What happens to the output of the batch normalisation in training (leave epsilon aside)?",
    options={
        "a": "It is 10 times as large",
        "b": "It is 100 times as large, since the variance is a square",
        "c": "It stays exactly as it was",
        "d": "Its spread stays, but its mean is 10 times as large",
    },
    answer="c",
    why={
        "a": "The mean and the standard deviation of the batch are 10 times as large as well.",
        "b": "It is the root of the variance that is divided by, and that grows by 10.",
        "c": "Mean and standard deviation grow by the same factor, and it cancels out. So the "
        "scale of the start has no say in what comes out.",
        "d": "The mean is subtracted: it is 0 before gamma and beta, whatever it was.",
    },
)

chapter.choice(
    "q_alone",
    "A network with batch normalisation is used with training=True by mistake, and gets a single "
    "image. What does the first such layer give, for each of its units?",
    options={
        "a": "beta, whatever the image shows",
        "b": "What it would give with running statistics, nearly",
        "c": "gamma times the unit's value, plus beta",
        "d": "An error: there is no variance of one number",
    },
    answer="a",
    why={
        "a": "The mean of one number is the number itself, so what is left is 0, and gamma * 0 + "
        "beta = beta. It is the camera of notebook 08 again.",
        "b": "The running statistics come from thousands of images; those of one image are "
        "its own numbers.",
        "c": "The mean is subtracted first, and the mean of one number is the number itself.",
        "d": "The population variance of one number is 0, and epsilon keeps the division going.",
    },
)

chapter.choices(
    "q_whose_numbers",
    "A network scores one image of a batch. On what does the score of this image depend besides "
    "itself and the weights?",
    options={
        "a": "With batch normalisation in training: on the other images of the batch",
        "b": "With batch normalisation in use: on the other images that come in with it",
        "c": "With batch normalisation in use: on images that were trained on",
        "d": "With layer normalisation in training: on the other images of the batch",
        "e": "With layer normalisation in use: on running statistics",
    },
    answer={"a", "c"},
    why={
        "a": "Its units are standardised by the mean and variance of the whole batch (a).",
        "b": "In use the running statistics take the batch's place (b).",
        "c": "The running statistics were collected from training batches (c).",
        "d": "Each image is standardised by its own units (d).",
        "e": "It has none: it does the same in training and in use (e).",
    },
)
