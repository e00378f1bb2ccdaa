"""Chapter 00: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch00_workflow import (
    accuracy,
    color_histogram,
    confusion_matrix,
    nearest_centroid_fit,
    nearest_centroid_predict,
    train_test_split,
)

chapter = ChapterDefinition(
    "00_workflow",
    "Machine learning in four steps",
    [
        train_test_split,
        color_histogram,
        nearest_centroid_fit,
        nearest_centroid_predict,
        accuracy,
        confusion_matrix,
    ],
)

chapter.choice(
    "q_detector_shape",
    "A detector looks for objects in one photograph of a street and finds seven. For each it "
    "reports its class and its box: left, top, width, height. What is the shape of the array that "
    "it returns?",
    options={"a": "(7,)", "b": "(5, 7, 3)", "c": "(7, 5)", "d": "(7, 32, 32, 3)"},
    answer="c",
    why={
        "a": "One number for each object would be the class alone; four more say where it is.",
        "b": "The 3 of the channels belongs to the pixels that go in, not to what comes out.",
        "c": "One row for each of the seven objects, with five numbers in it: class and box.",
        "d": "That would be seven images; the detector says where things are, in numbers.",
    },
)

chapter.choice(
    "q_why_test",
    "Somebody keeps all images for training, tries the model on those same images, and is right on "
    "99 % of them. What does that say about new images?",
    options={
        "a": "The model will be right on about 99 % of them.",
        "b": "It will be right on 99 % of them if there are enough training images.",
        "c": "The model will fail on them, since it has learned the images by heart.",
        "d": "Hardly anything: it may have learned what matters, or just the images themselves.",
    },
    answer="d",
    why={
        "a": "It was tested on images that it had learned from; new images are another matter.",
        "b": "However many images there are, a model that knows them by heart gets them all right.",
        "c": "Perhaps, perhaps not: this number cannot tell you.",
        "d": "To tell the two apart you need images that had no part in the training.",
    },
)

chapter.number(
    "q_read_matrix",
    "A confusion matrix of three classes has the rows (8, 1, 1), (2, 5, 3) and (0, 4, 6). What is "
    "the accuracy?",
    answer=19 / 30,
    tolerance=0.005,
    why="The right predictions are on the diagonal: 8 + 5 + 6 = 19 of 30, which is 0.633.",
)

chapter.choice(
    "q_what_next",
    "With 1,000 training images a model reaches an accuracy of 0.41 on test images, with 2,000 it "
    "reaches 0.43, with 4,000 it reaches 0.435. What is most likely to help?",
    options={
        "a": "8,000 training images of the same kind.",
        "b": "Other features.",
        "c": "Training on the test images as well.",
        "d": "A different split into training and test images.",
    },
    answer="b",
    why={
        "a": "Each doubling brings less than the one before: this curve has nearly levelled off.",
        "b": "More data hardly help this model any more; other features may raise its ceiling.",
        "c": "The number would rise and mean nothing: there would be no images left for testing.",
        "d": "Another split changes the number by luck alone.",
    },
)
