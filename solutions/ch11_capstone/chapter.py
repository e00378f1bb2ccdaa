"""Chapter 11: its exercise, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch11_capstone import build_classifier

chapter = ChapterDefinition("11_capstone", "The best classifier you can build", [build_classifier])

chapter.choice(
    "q_which_number",
    "You have tried 40 settings of your classifier. For each you measured the accuracy on the "
    "training images, on 1,000 validation images and, out of curiosity, on the test images. Which "
    "number of the setting that you hand in do you expect to come closest to its accuracy on new "
    "images?",
    options={
        "a": "The accuracy on the training images: there are most of them.",
        "b": "The accuracy on the validation images, by which you chose the setting.",
        "c": "The accuracy on the test images, provided that you did not choose by it.",
        "d": "The mean of the three: that evens out the luck.",
    },
    answer="c",
    why={
        "a": "The network was fitted to these very images; how well it does on them says how well "
        "it can learn by heart.",
        "b": "Close, but too good: of 40 settings the one with the luckiest validation images was "
        "kept.",
        "c": "Right: neither the weights nor the choice have seen them, so no luck has been picked "
        "out.",
        "d": "Two of the three are too good, each for its own reason; a mean of them stays so.",
    },
)

chapter.number(
    "q_standard_error",
    "How many test images would it take to know an accuracy of about 0.5 with a standard error of "
    "0.005, half a percentage point?",
    answer=10_000,
    tolerance=0.5,
    why="0.5 * 0.5 / n must be 0.005 * 0.005 = 0.000025, so n = 0.25 / 0.000025 = 10,000. For a "
    "tenth of an error it takes a hundred times as many images.",
)

chapter.written(
    "report_on_run",
    "Report on your classifier in eight to twelve sentences, to somebody who has to decide whether "
    "to use it. Say what it is made of and why you chose each part, how you measured and how sure "
    "the number is, which mistakes it makes and what they have in common, and what you would try "
    "next. Use numbers that **you** measured in this notebook.",
    rubric={
        "says what the classifier is made of, with a reason or a measurement for each choice": 2,
        "quotes its accuracy on images that had no part in training or choosing, with an error "
        "bar, and compares it with a simpler classifier": 2,
        "describes at least two kinds of mistakes by the confusion matrix and by looking at "
        "images, and what may cause them": 2,
        "names a next step that acts on one of these causes, and the measurement that would show "
        "whether it helped": 2,
    },
)
