"""The verdict on an answer to a question: whether its form is right, and whether it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from pix2net.judging.answer_key import QuestionKey
from pix2net.judging.verdicts import CheckResult, ExerciseVerdict
from pix2net.judging.wording import translated, worded

ANSWER = "answer"  # the label of the one check of a question


def form_problem(key: QuestionKey, value: Any) -> str | None:
    """What is wrong with the form of an answer to a question, or None if it can be graded."""
    name = key.name
    if value is None:
        return worded("{name} is still None: put your answer there.", name=name)
    if key.kind == "number":
        numeric = isinstance(value, (int, float, np.integer, np.floating))
        if not numeric or isinstance(value, bool) or not abs(float(value)) < np.inf:
            return worded("{name} must be a number.", name=name)
        return None
    letters = ", ".join(f'"{letter}"' for letter in key.letters)
    if key.kind == "choice":
        ok = isinstance(value, str) and value.strip().lower() in key.letters
        return (
            None if ok else worded("{name} must be one of {letters}.", name=name, letters=letters)
        )
    chosen = list(value) if isinstance(value, (list, tuple, str)) else None
    if chosen is None or not chosen or not all(_letter(v) in key.letters for v in chosen):
        return worded("{name} must be a list of letters out of {letters}.", name=name,
                      letters=letters)  # fmt: skip
    return None


def _letter(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def judge_question(key: QuestionKey, value: Any) -> ExerciseVerdict:
    """The verdict on an automatic question; ``key`` must be one that has the answer.

    ``value`` is the answer variable as data (a set may have crossed as a list), or None.
    """
    if isinstance(value, np.ndarray):
        value = value[()] if value.ndim == 0 else value.tolist()
    problem = form_problem(key, value)
    if problem:
        check = CheckResult(ANSWER, False, problem)
    elif key.kind == "number":
        right = abs(float(value) - key.answer) <= key.tolerance
        check = CheckResult(ANSWER, right, _why(key, ["number"]))
    elif key.kind == "choice":
        letter = _letter(value)
        check = CheckResult(ANSWER, letter == key.answer, _why(key, [letter]))
    else:
        chosen, right_set = {_letter(v) for v in value}, set(key.answer)
        wrong = sorted(chosen ^ right_set) or sorted(right_set)
        check = CheckResult(ANSWER, chosen == right_set, _why(key, wrong))
    score = key.points if check.passed else 0.0
    return ExerciseVerdict(key.name, check.passed, score, key.points, (check,))


def _why(key: QuestionKey, letters: list[str]) -> str:
    return " ".join(translated(key.why.get(letter, "")) for letter in letters)
