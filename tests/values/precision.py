"""How far honest arithmetic strays: the right answers of the corpus against the reference.

``python -m tests.values.precision [CHAPTER | EXERCISE ...]`` prints, of each exercise, the largest
part of its tolerance that a right answer uses up, and the widest tolerances of its cases.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, Chapter
from grader.exercises.model import EXACT
from grader.exercises.registry import chapters
from grader.keys.compile import make_cases
from pix2net.judging.closeness import Tolerance, errors
from tests.answers.corpus import answers_to
from tests.values.drawn import outcome_of


def used(expected: Any, actual: Any, tolerance: Tolerance) -> float:
    """The largest error of an output as a part of what is allowed; 0 where nothing compares."""
    return max(_used(expected, actual, tolerance), default=0.0)


def _used(expected: Any, actual: Any, tolerance: Tolerance) -> Iterator[float]:
    if isinstance(expected, (list, tuple)) and len(actual) == len(expected):
        for e, a in zip(expected, actual, strict=True):
            yield from _used(e, a, tolerance)
    elif isinstance(expected, dict):
        for key in expected:
            yield from _used(expected[key], actual[key], tolerance)
    elif isinstance(expected, (float, np.floating, np.ndarray)):
        e, a = np.asarray(expected), np.asarray(actual)
        if e.dtype.kind == "f" and e.shape == a.shape:
            error, allowed = errors(e, a, tolerance)
            with np.errstate(all="ignore"):
                yield float(np.max(np.where(error > 0, error / allowed, 0.0), initial=0.0))


def right_answers_use(chapter: Chapter, name: str, seed: int) -> tuple[float, str]:
    """The largest part of the tolerance that a right answer uses up, and its style and case."""
    exercise = chapter.exercises[name]
    references = {n: e.reference for n, e in chapter.exercises.items()}
    cases = [c for c in make_cases(exercise, seed, hidden=True) if c.compare and c.again is None]
    expected = [outcome_of(c, exercise, references, exercise.reference).value for c in cases]
    worst = (0.0, "")
    for answer in answers_to()[name].to(exercise):
        if not answer.right:
            continue
        for case, value in zip(cases, expected, strict=True):
            given = {**references, **answer.companions}
            found = outcome_of(case, exercise, given, answer.implementation)
            tolerance = Tolerance(case.rtol, case.atol)
            if found.status == "returned":
                part = used(value, found.value, tolerance)
                worst = max(worst, (part, f"{answer.style}: {case.label}"))
    return worst


def is_loose(case: Case) -> bool:
    """Whether an edge case's tolerance is wider than honest float64 arithmetic needs as a rule."""
    return case.edge and case.compare and (case.rtol > EXACT[0] or case.atol > EXACT[1])


def main(arguments: list[str]) -> None:
    """Print a line an exercise."""
    for chapter in chapters().values():
        for name, exercise in chapter.exercises.items():
            if exercise.costly or (arguments and not {name, chapter.name} & set(arguments)):
                continue
            part, where = right_answers_use(chapter, name, 2**130 + 1)
            print(f"{name}: {part:.1e} of the tolerance ({where})")
            for case in make_cases(exercise, 2**130 + 1, hidden=True):
                if is_loose(case):
                    print(f"    rtol {case.rtol:g}, atol {case.atol:g}: {case.label}")


if __name__ == "__main__":
    main(sys.argv[1:])
