"""Answers from outside get the verdict that they deserve, on the public key and on a hidden one."""

import pytest

from grader.exercises.registry import chapters
from grader.keys.compile import PUBLIC_SEED
from tests.answers.corpus import answers_to, wrong_verdicts

HIDDEN_SEED = 2**132 + 11
FEWEST_RIGHT, FEWEST_WRONG = 6, 12
FOUND = tuple(answers_to().items())


@pytest.mark.parametrize(("exercise", "answers"), FOUND, ids=[name for name, _ in FOUND])
def test_every_answer_gets_the_verdict_that_it_deserves(exercise, answers):
    public = list(wrong_verdicts(exercise, answers, PUBLIC_SEED, hidden=False))
    hidden = list(wrong_verdicts(exercise, answers, HIDDEN_SEED, hidden=True))
    assert (public, hidden) == ([], [])


@pytest.mark.parametrize(("exercise", "answers"), FOUND, ids=[name for name, _ in FOUND])
def test_an_exercise_has_answers_of_many_kinds(exercise, answers):
    assert any(exercise in chapter.exercises for chapter in chapters().values())
    styles = [answer.style for answer in answers]
    assert len(set(styles)) == len(styles)
    assert sum(answer.right for answer in answers) >= FEWEST_RIGHT
    assert sum(not answer.right for answer in answers) >= FEWEST_WRONG


def test_no_exercise_is_left_out():
    """Of the chapters before the last one that has answers, every exercise has some."""
    answered = {name for name, _ in FOUND}
    order = list(chapters().values())
    last = max(k for k, chapter in enumerate(order) if answered & set(chapter.exercises))
    assert {name for chapter in order[:last] for name in chapter.exercises} <= answered
