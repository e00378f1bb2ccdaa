"""Answers from outside get the verdict that they deserve, on the public key and on a hidden one."""

import pytest

from grader.exercises.registry import chapters
from grader.keys.compile import PUBLIC_SEED
from tests.answers.corpus import answers_to, chapter_of, wrong_verdicts

pytestmark = pytest.mark.some_chapters

HIDDEN_SEED = 2**132 + 11
FEWEST_RIGHT, FEWEST_WRONG = 6, 12  # misconceptions, which are tested with their exercise, included
FOUND = answers_to()


TRAINS_FOR_MINUTES = {"build_classifier", "build_conv_classifier"}
judged = pytest.mark.parametrize(
    "exercise",
    [
        pytest.param(name, marks=[pytest.mark.thorough] if name in TRAINS_FOR_MINUTES else [])
        for name in FOUND
    ],
)


@judged
def test_every_answer_gets_the_verdict_that_it_deserves_on_a_public_key(exercise, once):
    answers = FOUND[exercise]
    once(exercise, lambda: list(wrong_verdicts(answers, PUBLIC_SEED, hidden=False)), answers.module)


@judged
def test_every_answer_gets_the_verdict_that_it_deserves_on_a_hidden_key(exercise, once):
    answers = FOUND[exercise]
    once(exercise, lambda: list(wrong_verdicts(answers, HIDDEN_SEED, hidden=True)), answers.module)


@pytest.mark.parametrize("exercise", FOUND)
def test_an_exercise_has_answers_of_many_kinds(exercise):
    right, wrong = (FOUND[exercise].styles(right=kind) for kind in (True, False))
    known = [m.name for m in chapter_of(exercise).exercises[exercise].misconceptions]
    assert len(set(right + wrong)) == len(right + wrong)
    assert len(right) >= FEWEST_RIGHT
    assert len(wrong + known) >= FEWEST_WRONG


def test_no_exercise_is_left_out():
    assert {name for chapter in chapters().values() for name in chapter.exercises} == set(FOUND)
