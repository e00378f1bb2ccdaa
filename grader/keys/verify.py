"""Verifies the checks themselves: right solutions pass, untouched, trivial and wrong ones do not.

``python -m grader.keys.verify [CHAPTER | EXERCISE ...]`` prints what is wrong, or a line a chapter.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.exercises.model import Chapter, Exercise
from grader.exercises.registry import chapters
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise, left_as_it_was
from grader.keys.trivial import trivial_answers
from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome, outcomes_of
from pix2net.judging.judge import ExerciseVerdict, judge_exercise

CHECKOUT = Path(__file__).resolve().parents[2]
TEST_SEEDS = (2**130 + 1, 2**131 + 5)


@dataclass(frozen=True)
class Problem:
    """One way in which an exercise's checks are wrong, in its author's terms.

    place  file and line of the code that it is about, relative to the checkout
    """

    chapter: str
    exercise: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        at = f"{self.place}: " if self.place else ""
        return f"{at}{self.chapter}: {self.exercise}: {self.text}"


def place_of(implementation: Any) -> str:
    """``file:line`` of a function or class of the hidden package; "" where it has no source."""
    try:
        path = Path(inspect.getsourcefile(implementation) or "")
        line = inspect.getsourcelines(implementation)[1]
    except (OSError, TypeError):
        return ""
    return relative(f"{path}:{line}")


def relative(place: str) -> str:
    """``file:line`` with the file relative to the checkout it stands in."""
    path = Path(place)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name


def verify_chapter(
    chapter: Chapter, *, only: Sequence[str] = (), seeds: Sequence[int] = TEST_SEEDS
) -> Iterator[Problem]:
    """Rule 10 for every exercise of a chapter, on the public key and on hidden keys."""
    for exercise in chapter.exercises.values():
        if only and exercise.name not in only:
            continue
        yield from verify_exercise(exercise, chapter, PUBLIC_SEED, hidden=False)
        for seed in seeds[:1] if exercise.costly else seeds:
            yield from verify_exercise(exercise, chapter, seed, hidden=True)


def verify_exercise(
    exercise: Exercise, chapter: Chapter, seed: int, *, hidden: bool
) -> Iterator[Problem]:
    """Rule 10 for one exercise and one seed."""
    key = compile_exercise(exercise, chapter, seed, hidden=hidden)
    run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})
    which = "hidden" if hidden else "public"

    def problem(text: str, place: str = place_of(exercise.reference)) -> Problem:
        return Problem(exercise.chapter, exercise.name, f"{text} ({which} key)", place)

    reference = solve(key, run, exercise.reference)
    if not reference.passed:
        yield problem(f"the reference does not pass: {first_failure(reference)}")
    stub = judge_exercise(key, [_stub_outcome()] * len(key.cases), reveal=False)
    if stub.score:
        yield problem(f"the untouched stub scores {stub.score:g}")
    for name, outcomes in trivial_answers(key.cases):
        verdict = judge_exercise(key, outcomes, reveal=False)
        if verdict.score:
            yield problem(f"the trivial answer {name} scores {verdict.score:g}")
    yield from _misconceptions(exercise, key, run, problem)


def _misconceptions(
    exercise: Exercise, key: ExerciseKey, run: Runner, problem: Any
) -> Iterator[Problem]:
    for wrong in exercise.misconceptions:
        verdict = solve(key, run, wrong.implementation, wrong.companions)
        told = {check.misconception for check in verdict.checks if not check.passed}
        if verdict.passed or verdict.score >= verdict.max_score:
            text = f"misconception {wrong.name!r} gets full marks"
            yield problem(text, relative(wrong.place))
        elif wrong.name not in told:
            heard = first_failure(verdict)
            text = f"misconception {wrong.name!r} is caught without its sentence: {heard}"
            yield problem(text, relative(wrong.place))


def solve(
    key: ExerciseKey, run: Runner, implementation: Any, companions: Any = None
) -> ExerciseVerdict:
    """The verdict on an implementation run in this process."""
    notes: dict[str, str] = {}

    def ask(case: CaseKey) -> Outcome:
        found = run.attempt(case, implementation, companions)
        notes[case.label] = found.note
        return found.outcome

    with left_as_it_was(implementation):
        outcomes = outcomes_of(key.cases, ask)
    told = [notes.get(case.label, "") for case in key.cases]
    return judge_exercise(key, outcomes, reveal=True, notes=told)


def first_failure(verdict: ExerciseVerdict) -> str:
    """Label and message of the first failing check."""
    return next(
        (f"{c.label}: {c.message}" for c in verdict.checks if not c.passed), "nothing fails"
    )


def _stub_outcome() -> Outcome:
    from pix2net.judging.driver import Raised

    return Outcome("raised", raised=Raised("NotImplementedError"))


def main(arguments: Sequence[str]) -> int:
    """Verify all chapters, or the named chapters and exercises; 1 if anything is wrong."""
    wrong = False
    for name, chapter in chapters().items():
        only = [a for a in arguments if a in chapter.exercises]
        if arguments and name not in arguments and not only:
            continue
        start = time.perf_counter()
        problems = list(verify_chapter(chapter, only=() if name in arguments else only))
        for problem in problems:
            print(problem)
        wrong = wrong or bool(problems)
        count = len(only or chapter.exercises)
        seconds = time.perf_counter() - start
        print(f"{name}: {count} exercises, {len(problems)} problems, {seconds:.1f} s")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
