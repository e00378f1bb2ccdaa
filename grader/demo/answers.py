"""Answer cells of simulated students: references, right variants and misconceptions as code."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from grader.exercises.model import Chapter, Exercise, Misconception, Question, Variant
from grader.weave.helpers import helpers_of, names_in
from grader.weave.stub import parse


def code_of(implementation: Any, name: str, chapter: Chapter) -> str:
    """Source that defines ``name`` as an implementation does, helpers first, without decorators."""
    _, node = parse(implementation)
    for part in ast.walk(node):  # a class or a recursive function names itself
        if isinstance(part, ast.Name) and part.id == node.name:
            part.id = name
    node.name = name
    node.decorator_list = []
    helpers = helpers_of(implementation, set(chapter.tasks))
    return "\n\n\n".join([*helpers, ast.unparse(node)])


def right_code(exercise: Exercise, chapter: Chapter, rng: np.random.Generator) -> str:
    """The reference or one of the right variants that stand by themselves.

    Of functions that are judged together the reference: what one keeps for another, each variant
    may keep in its own way.
    """
    ways = [exercise.reference]
    if not _is_judged_with_others(exercise, chapter):
        ways += [v.implementation for v in exercise.variants if _stands_alone(v, exercise.name)]
    return code_of(ways[rng.integers(len(ways))], exercise.name, chapter)


def _stands_alone(way: Variant | Misconception, name: str) -> bool:
    """Whether an implementation builds neither on others nor on the reference that it replaces."""
    _, node = parse(way.implementation)
    return not way.companions and (node.name == name or name not in names_in(node))


def _is_judged_with_others(exercise: Exercise, chapter: Chapter) -> bool:
    uses = {name: used_by(each) for name, each in chapter.exercises.items()}
    return bool(uses[exercise.name]) or any(exercise.name in used for used in uses.values())


def used_by(exercise: Exercise) -> set[str]:
    """Further functions of the learner's that an exercise's scenarios use."""
    return {name for scenario in exercise.scenarios.values() for name in scenario.uses}


def wrong_code(exercise: Exercise, chapter: Chapter, rng: np.random.Generator) -> str | None:
    """A misconception, the first ones of an exercise being the commoner; None if it has none."""
    wrong = [m.implementation for m in exercise.misconceptions if _stands_alone(m, exercise.name)]
    if not wrong:
        return None
    weights = 1.0 / np.arange(1, len(wrong) + 1)
    index = int(np.searchsorted(np.cumsum(weights / weights.sum()), rng.random()))
    return code_of(wrong[min(index, len(wrong) - 1)], exercise.name, chapter)


def question_code(question: Question, right: bool, rng: np.random.Generator) -> str:
    """The assignment that answers a question, rightly or not."""
    answer = question.answer
    if question.kind == "choices":
        letters = sorted(answer)
        return f"{question.name} = {letters if right else letters[:-1]!r}"
    if question.kind == "number":
        return f"{question.name} = {answer if right else answer * 2 + 1!r}"
    others = [letter for letter in question.options if letter != answer]
    return f"{question.name} = {answer if right else others[rng.integers(len(others))]!r}"
