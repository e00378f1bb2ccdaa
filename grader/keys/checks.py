"""What does not hold of an exercise's checks: rule 10 on one key, and what authors promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.exercises.model import Chapter, Exercise, Misconception
from grader.exercises.places import place_of
from grader.keys.by_table import earned_by_table
from grader.keys.compile import PUBLIC_SEED, Runner, bare_key, compiled, left_as_it_was
from grader.keys.trivial import trivial_answers
from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome, Raised, outcomes_of
from pix2net.judging.judge import ExerciseVerdict, judge_exercise

FEWEST = 3  # misconceptions of an exercise
NO_SUCH_NAME = ("NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError")
# Of further hidden keys, on which answers that are looked up must earn nothing.
TABLE_SEEDS = tuple(2**132 + n for n in (7, 19, 23, 31))


@dataclass(frozen=True)
class Problem:
    """One way in which an exercise's checks are wrong, in its author's terms.

    Attributes:
        place: file and line of the code that it is about, relative to the checkout.
    """

    chapter: str
    exercise: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        at = f"{self.place}: " if self.place else ""
        return f"{at}{self.chapter}: {self.exercise}: {self.text}"


@dataclass(frozen=True)
class Checked:
    """An exercise's key of one seed, and what does not hold of it."""

    key: ExerciseKey
    problems: tuple[Problem, ...]


def check(exercise: Exercise, chapter: Chapter, seed: int, *, hidden: bool) -> Checked:
    """Rule 10 for one exercise and one key. Raises `ExerciseError` where no key can be made."""
    made = compiled(exercise, chapter, seed, hidden=hidden)
    found = [*_on_key(exercise, chapter, made.key, made.outcomes)]
    if hidden:
        public = bare_key(exercise, chapter, PUBLIC_SEED, hidden=False)
        found += _looked_up(exercise, public, made.key)
    return Checked(made.key, tuple(found))


def check_definition(exercise: Exercise, chapter: Chapter) -> list[Problem]:
    """What does not hold of an exercise whatever its key is."""
    found = list[Problem]()
    count = len(exercise.misconceptions)
    if count < FEWEST:
        said = f"it has {count or 'no'} misconception{'s' * (count != 1)}, and needs {FEWEST}"
        found.append(_problem(exercise, f"{said} at least"))
    if not exercise.costly:
        public = bare_key(exercise, chapter, PUBLIC_SEED, hidden=False)
        for seed in TABLE_SEEDS:
            hidden = bare_key(exercise, chapter, seed, hidden=True)
            found += _looked_up(exercise, public, hidden)
    return list(dict.fromkeys(found))


def _problem(exercise: Exercise, text: str, place: str = "") -> Problem:
    where = place or place_of(exercise.reference)
    return Problem(exercise.chapter, exercise.name, text, where)


def _looked_up(exercise: Exercise, public: ExerciseKey, hidden: ExerciseKey) -> Iterator[Problem]:
    for way in earned_by_table(public, hidden):
        text = f"an answer earns points that only looks up what the notebook shows, by {way}"
        yield _problem(exercise, text, place_of(exercise.cases))


def _on_key(
    exercise: Exercise,
    chapter: Chapter,
    key: ExerciseKey,
    mistaken: Mapping[str, Sequence[Outcome]],
) -> Iterator[Problem]:
    """Rule 10 for one exercise and one key.

    The misconceptions were run when the key was made; the reference is run once more, since its
    answers are what all others are held against. A costly one is not: it trained for a minute, and
    was examined then.
    """
    if exercise.costly:
        known = [Outcome("returned", case.expected) for case in key.cases]
        reference = judge_exercise(key, known, reveal=True)
    else:
        run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})
        reference = solve(key, run, exercise.reference)
    if not reference.passed:
        yield _problem(exercise, f"the reference does not pass: {first_failure(reference)}")
    elif reference.score < reference.max_score:
        yield _problem(exercise, "the reference earns nothing, since all its cases are edge cases")
    untouched = [Outcome("raised", raised=Raised("NotImplementedError"))] * len(key.cases)
    stub = judge_exercise(key, untouched, reveal=False)
    if stub.score:
        yield _problem(exercise, f"the untouched stub scores {stub.score:g}")
    for name, outcomes in trivial_answers(key.cases):
        verdict = judge_exercise(key, outcomes, reveal=False)
        if verdict.score:
            yield _problem(exercise, f"the trivial answer {name} scores {verdict.score:g}")
    for wrong in exercise.misconceptions:
        text = _flaw(wrong, key, mistaken[wrong.name])
        if text:
            yield _problem(exercise, f"misconception {wrong.name!r} {text}", wrong.place)


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
