"""Chapter 01: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch01_images import (
    change_brightness,
    composite,
    crop,
    describe,
    flip_horizontal,
    images_to_rows,
    occlude,
    to_grayscale,
)

chapter = ChapterDefinition(
    "01_images",
    "An image is an array",
    [
        describe,
        crop,
        flip_horizontal,
        to_grayscale,
        change_brightness,
        occlude,
        composite,
        images_to_rows,
    ],
)

chapter.choice(
    "q_channel_colour",
    "Somewhere in a photograph the red channel is about 250, the green channel about 240 and the "
    "blue channel about 30. What might be at that place?",
    options={
        "a": "A ripe tomato",
        "b": "A lemon",
        "c": "The shadow under a car",
        "d": "A cloudless sky",
    },
    answer="b",
    why={
        "a": "A tomato is bright in the red channel alone; here green is as bright.",
        "b": "Much red, much green, little blue: that is yellow.",
        "c": "A shadow is dark in all three channels.",
        "d": "A blue sky is brightest in the blue channel, which is the dark one here.",
    },
)

chapter.number(
    "q_wrap_around",
    "A uint8 array holds the number 90. It is multiplied by 3 in uint8 arithmetic, so the result "
    "is uint8 too, and nothing limits it. Which number comes out?",
    answer=14,
    tolerance=0.01,
    why="3 x 90 = 270, and a uint8 keeps what is left after taking away 256: 14.",
)

chapter.number(
    "q_row_length",
    "A camera takes pictures of 480 rows and 640 columns in colour. `images_to_rows` is given a "
    "batch of 5 of them. How many **columns** does its result have?",
    answer=921600,
    tolerance=0.5,
    why="480 x 640 x 3 = 921,600 numbers make up one picture; the 5 pictures are the rows.",
)

chapter.choices(
    "q_small_distance",
    "The L2 distance of two 32 x 32 pictures is 55, which is small: an average difference of no "
    "more than 1 per number. Which of these follow **for certain**?",
    options={
        "a": "They show things of the same class",
        "b": "No number differs by more than 55 between them",
        "c": "They are about equally bright on the whole",
        "d": "One of them is the other one, shifted by a pixel",
    },
    answer={"b", "c"},
    why={
        "a": "Two classes in front of the same plain background can be this close (a).",
        "b": "One difference of more than 55 alone would make the distance larger than 55 (b).",
        "c": "If one were much brighter, many numbers would differ: a large distance (c).",
        "d": "A shift moves every edge by a pixel, which usually makes a large distance (d).",
    },
)
