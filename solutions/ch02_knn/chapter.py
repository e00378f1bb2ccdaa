"""Chapter 02: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch02_knn import (
    cross_validate_k,
    grouped_folds,
    knn_predict,
    l2_distances,
    l2_distances_one_loop,
    l2_distances_two_loops,
    neighbour_agreement,
)

chapter = ChapterDefinition(
    "02_knn",
    "A baseline that looks at pixels",
    [
        l2_distances_two_loops,
        l2_distances_one_loop,
        l2_distances,
        knn_predict,
        grouped_folds,
        cross_validate_k,
        neighbour_agreement,
    ],
)

chapter.number(
    "q_uint8_difference",
    "Two pixels are 30 and 200, both `uint8`. What does NumPy give for `30 - 200` in `uint8`?",
    answer=86,
    tolerance=0,
    why="30 - 200 = -170 does not fit into 0..255, so 256 is added: 86.",
)

chapter.choice(
    "q_choose_k",
    "Somebody tries every k from 1 to 50 on the 1,000 test images, finds that k = 7 is best with "
    "31 % and reports: *our classifier is right on 31 % of new images*. What do you expect on new "
    "images with k = 7?",
    options={
        "a": "31 %: it was measured on test images, and those had no part in training.",
        "b": "A little less than 31 %, since 7 was picked for doing well on these very images.",
        "c": "More than 31 %, since there are now test images to learn from as well.",
        "d": "10 %: a number that was chosen on the test images says nothing at all.",
    },
    answer="b",
    why={
        "a": "Training did not use the test images, but the choice of k did: of 50 values, the "
        "one that did best on these images was kept, luck included.",
        "b": "Right: part of being the best of 50 is luck on these images, and that luck does not "
        "carry over to new ones. That is why k is chosen on validation rows.",
        "c": "Nothing in the report says that the test images were added to the training images.",
        "d": "k = 7 is still a sensible classifier; only its number is a little too good, by "
        "the luck of the choice.",
    },
)

chapter.number(
    "q_subject_pixels",
    "In the ten-pixel pictures, let the subject fill n of the 10 pixels instead of 3, with the "
    "same grey values. What is the smallest n for which the cat on sand is nearer to the cat on "
    "grass than the dog on grass is?",
    answer=4,
    tolerance=0,
    why="The backgrounds differ by (10 - n) * 100^2, the subjects by n * 150^2. At n = 3 that is "
    "70,000 against 67,500, at n = 4 it is 60,000 against 90,000.",
)

chapter.written(
    "q_knn_limits",
    "A friend says: *k-NN was right on more than one image in ten, so it has learned a little of "
    "what a cat looks like.* Answer in five to eight sentences. Use numbers that **you** measured "
    "in this notebook, use the formula of the distance to explain why they come out like that, and "
    "name one change (to the data, to the distance, or to the method) that should help, and the "
    "measurement that would tell you whether it does.",
    rubric={
        "quotes the agreement for class and for background that was measured, and compares each "
        "with chance": 1,
        "explains that the distance adds up all pixels with the same weight, and that most of them "
        "show background": 1,
        "concludes that the neighbours share backgrounds rather than subjects, so the accuracy "
        "says little about cats": 1,
        "names a change that acts on that cause, and a measurement that could show that it "
        "failed": 1,
    },
)
