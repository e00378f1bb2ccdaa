"""Chapter 05: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch05_softmax import (
    cross_entropy,
    sample_batch,
    softmax,
    softmax_loss,
    softmax_loss_naive,
    train_linear_classifier,
)

chapter = ChapterDefinition(
    "05_softmax",
    "From scores to probabilities",
    [
        softmax,
        cross_entropy,
        softmax_loss_naive,
        softmax_loss,
        sample_batch,
        train_linear_classifier,
    ],
)

chapter.choice(
    "q_doubled_scores",
    "All scores of an image are doubled: 3.2, 5.1 and −1.7 become 6.4, 10.2 and −3.4. What becomes "
    "of the probabilities?",
    options={
        "a": "They stay what they were: all scores grew by the same factor",
        "b": "Their order stays, and the largest one grows",
        "c": "Their order stays, and they come closer together",
        "d": "Their order may change",
    },
    answer="b",
    why={
        "a": "Adding a number to all scores changes nothing; doubling them doubles their "
        "differences, and those are what counts.",
        "b": "The lead of 1.9 becomes 3.8: instead of 6.7 times as probable as the cat, the car is "
        "now 45 times as probable.",
        "c": "Differences of scores became larger, so ratios of probabilities did, too.",
        "d": "A higher score gives a higher probability, and doubling leaves the order of the "
        "scores alone.",
    },
)

chapter.choice(
    "q_satisfied",
    "An image of a cat has the scores 9 for *cat*, 3 for *car* and 2 for *frog*. A step of "
    "learning raises the score of *cat* to 12 and leaves the others alone. What do the losses of "
    "this image do?",
    options={
        "a": "Hinge loss and softmax loss both fall",
        "b": "The hinge loss stays at 0, the softmax loss falls a little",
        "c": "Both stay what they are: the answer was right before",
        "d": "The hinge loss falls, the softmax loss stays at 0",
    },
    answer="b",
    why={
        "a": "Both rivals were more than 1 behind before, so the hinge loss was 0 already.",
        "b": "No rival was within the margin, so the hinge loss has nothing to gain; the cat's "
        "probability rises from 0.9966 to 0.9998.",
        "c": "The softmax loss is 0 only at a probability of 1, which no finite score reaches.",
        "d": "It is the other way round: the hinge loss was 0 already, the softmax loss never is.",
    },
)

chapter.number(
    "q_slope",
    "The score of *car* for the cat's image rises by 0.1, from 5.1 to 5.2. By about how much does "
    "the loss rise? (Use the slope, 0.87, and give three decimals.)",
    answer=0.087,
    tolerance=0.0035,
    why="The slope along the car's score is its probability, 0.87, and 0.87 x 0.1 = 0.087.",
)

chapter.number(
    "q_first_loss",
    "There are four classes, `W` is all zeros, and reg is 0. What is the first loss that "
    "`softmax_loss` gives, whatever the images are? (Two decimals will do.)",
    answer=1.386,
    tolerance=0.0065,
    why="All scores are 0, so each class gets 1/4, and -ln(1/4) = ln 4 = 1.386. Where a first loss "
    "is far from ln C, something is wrong.",
)
