"""Verifies the checks themselves: right solutions pass, untouched, trivial and wrong ones do not.

``python -m grader.keys.verify [CHAPTER | EXERCISE ...]`` prints what is wrong, or a line a chapter.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.exercises.model import Chapter, DefinitionError, Exercise, Misconception
from grader.exercises.places import place_of
from grader.exercises.registry import chapters
from grader.keys.compile import (
    PUBLIC_SEED,
    Compiled,
    ExerciseError,
    Runner,
    compiled,
    left_as_it_was,
)
from grader.keys.trivial import trivial_answers
from pix2net.judging.answer_key import ExerciseKey
from pix2net.judging.driver import Outcome, Raised, outcomes_of
from pix2net.judging.judge import ExerciseVerdict, judge_exercise

TEST_SEEDS = (2**130 + 1, 2**131 + 5)
FEWEST = 3  # misconceptions of an exercise
NO_SUCH_NAME = ("NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError")


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


def verify_chapter(
    chapter: Chapter, *, only: Sequence[str] = (), seeds: Sequence[int] = TEST_SEEDS
) -> Iterator[Problem]:
    """What does not hold of a chapter's exercises; see `verify_exercise`."""
    for exercise in chapter.exercises.values():
        if not only or exercise.name in only:
            yield from verify_exercise(exercise, chapter, seeds)


def verify_exercise(
    exercise: Exercise, chapter: Chapter, seeds: Sequence[int] = TEST_SEEDS
) -> list[Problem]:
    """Rule 10 for one exercise, on the public key and on hidden keys, and what authors promise."""
    try:
        found = dict.fromkeys(_promised(exercise), "")
        for problem, which in _on_keys(exercise, chapter, seeds):
            known = found.setdefault(problem, which)
            found[problem] = known if which in known else f"{known} and {which}"
    except ExerciseError as error:
        found = {Problem(exercise.chapter, exercise.name, error.text, error.place): ""}
    return [
        replace(problem, text=f"{problem.text} ({keys} key)") if keys else problem
        for problem, keys in found.items()
    ]


def _promised(exercise: Exercise) -> Iterator[Problem]:
    count = len(exercise.misconceptions)
    if count < FEWEST:
        said = f"it has {count or 'no'} misconception{'s' * (count != 1)}, and needs {FEWEST}"
        place = place_of(exercise.reference)
        yield Problem(exercise.chapter, exercise.name, f"{said} at least", place)


def _on_keys(
    exercise: Exercise, chapter: Chapter, seeds: Sequence[int]
) -> Iterator[tuple[Problem, str]]:
    """Each problem, and of which key it is: "public" or "hidden"."""
    public = compiled(exercise, chapter, PUBLIC_SEED, hidden=False)
    for problem in _on_key(exercise, chapter, public):
        yield problem, "public"
    for seed in seeds[:1] if exercise.costly else seeds:
        hidden = compiled(exercise, chapter, seed, hidden=True)
        for problem in _on_key(exercise, chapter, hidden):
            yield problem, "hidden"


def _on_key(exercise: Exercise, chapter: Chapter, made: Compiled) -> Iterator[Problem]:
    """Rule 10 for one exercise and one key.

    The misconceptions were run when the key was made; the reference is run once more, since its
    answers are what all others are held against.
    """
    key, at = made.key, place_of(exercise.reference)
    run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})

    def problem(text: str, place: str = at) -> Problem:
        return Problem(exercise.chapter, exercise.name, text, place)

    reference = solve(key, run, exercise.reference)
    if not reference.passed:
        yield problem(f"the reference does not pass: {first_failure(reference)}")
    elif reference.score < reference.max_score:
        yield problem("the reference earns nothing, since all its cases are edge cases")
    untouched = [Outcome("raised", raised=Raised("NotImplementedError"))] * len(key.cases)
    stub = judge_exercise(key, untouched, reveal=False)
    if stub.score:
        yield problem(f"the untouched stub scores {stub.score:g}")
    for name, outcomes in trivial_answers(key.cases):
        verdict = judge_exercise(key, outcomes, reveal=False)
        if verdict.score:
            yield problem(f"the trivial answer {name} scores {verdict.score:g}")
    for wrong in exercise.misconceptions:
        text = _flaw(wrong, key, made.outcomes[wrong.name])
        if text:
            yield problem(f"misconception {wrong.name!r} {text}", wrong.place)


def _flaw(wrong: Misconception, key: ExerciseKey, outcomes: Sequence[Outcome]) -> str:
    """What is wrong with a misconception's own verdict, or ""."""
    verdict = judge_exercise(key, outcomes, reveal=True)
    if verdict.passed or verdict.score >= verdict.max_score:
        return "gets full marks"
    failed = [
        (check, outcome)
        for check, outcome in zip(verdict.checks, outcomes, strict=True)
        if not check.passed
    ]
    raised = [outcome.raised for _, outcome in failed if outcome.raised is not None]
    if len(raised) == len(failed) and all(each.type_name in NO_SUCH_NAME for each in raised):
        why = f"{raised[0].type_name}: {raised[0].message}"
        return f"fails for want of a name, so its entry in the table is wrong: {why}"
    if wrong.name not in {check.misconception for check, _ in failed}:
        return f"is caught without its sentence: {first_failure(verdict)}"
    return ""


def solve(
    key: ExerciseKey, run: Runner, implementation: Any, companions: Any = None
) -> ExerciseVerdict:
    """The verdict on an implementation run in this process."""
    with left_as_it_was(implementation):
        outcomes = outcomes_of(key.cases, lambda case: run(case, implementation, companions))
    return judge_exercise(key, outcomes, reveal=True)


def first_failure(verdict: ExerciseVerdict) -> str:
    """Label and message of the first failing check."""
    return next(
        (f"{c.label}: {c.message}" for c in verdict.checks if not c.passed), "nothing fails"
    )


def main(arguments: Sequence[str]) -> int:
    """Verify all chapters, or the named ones and exercises; 1 if anything is wrong."""
    wrong = False
    for chapter, exercises in chosen(arguments):
        start = time.perf_counter()
        problems = [p for each in exercises for p in verify_exercise(each, chapter)]
        for problem in problems:
            print(problem)
        wrong = wrong or bool(problems)
        seconds = time.perf_counter() - start
        print(f"{chapter.name}: {len(exercises)} exercises, {len(problems)} problems, "
              f"{seconds:.1f} s")  # fmt: skip
    return int(wrong)


def chosen(names: Sequence[str]) -> list[tuple[Chapter, list[Exercise]]]:
    """The chapters and exercises of some names, in the course's order; all where none is named.

    Raises:
        DefinitionError: there is no chapter or exercise of a name, or the course cannot be read.
    """
    known = chapters()
    unknown = set(names) - set(known) - {e for c in known.values() for e in c.exercises}
    if unknown:
        said = ", ".join(sorted(unknown))
        raise DefinitionError(f"there is no chapter or exercise {said}")
    found = [
        (chapter, [e for e in chapter.exercises.values()
                   if not names or chapter.name in names or e.name in names])
        for chapter in known.values()
    ]  # fmt: skip
    return [(chapter, exercises) for chapter, exercises in found if exercises]


def ended(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit status of a command over the hidden package: 2 where that cannot be read."""
    try:
        return command(arguments)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(ended(main, sys.argv[1:]))
