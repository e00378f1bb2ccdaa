"""What a class is told of a misconception: in a reader's language, or in its instructor's words.

``sentences.toml`` in the class folder has a table an exercise and a sentence a misconception::

    [l2_distances]
    python_loop = "Remember Tuesday: one matrix product instead of the loop."

Feedback and report of everybody say it so from then on; nothing has to be graded again. What was
put into words in another language than the reader's is said in the reader's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from grader.exercises.model import Exercise
from grader.exercises.registry import chapter_named, find
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.languages import Languages, known
from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, read_bounded
from pix2net.judging.judge import CheckResult, ExerciseVerdict
from pix2net.judging.wording import speaking, spoken, translated, unknown

FILE = "sentences.toml"
MAX_BYTES = 2**20


class SentencesError(ValueError):
    """Why the file cannot be used, in a sentence."""


Sentences = Mapping[tuple[str, str], str]  # by exercise and misconception


@dataclass(frozen=True)
class _Words:
    """How a verdict's misconceptions are told.

    Attributes:
        course: the course's sentences in English; ``own`` are the class's, which come first.
        before, now: the languages in which the verdict was put into words, and is read.
    """

    course: Sentences
    own: Sentences
    before: str
    now: str

    def put_into(self, exercise: ExerciseVerdict) -> ExerciseVerdict:
        """A verdict in these words."""
        checks = tuple(self._check(exercise.exercise, check) for check in exercise.checks)
        return replace(exercise, checks=checks)

    def _check(self, exercise: str, check: CheckResult) -> CheckResult:
        """A check in these words; what stands behind the course's own sentence stays."""
        key = exercise, check.misconception or ""
        own, course = self.own.get(key), self.course.get(key)
        if course is None or (own is None and self.before == self.now):
            return check
        rest = check.message.removeprefix(_said(course, self.before))
        now = own or _said(course, self.now)
        return replace(check, message=now if rest == check.message else now + rest)


def reworded(
    folder: ClassFolder, verdicts: Iterable[NotebookVerdict], languages: Languages | None = None
) -> Iterator[NotebookVerdict]:
    """The verdicts, with the class's own sentences.

    Args:
        languages: of the students, each of whom reads their own; None: all are read in the language
            that is spoken.

    Raises:
        SentencesError: the file is damaged, or names something that does not exist.
    """
    own = _read(folder)
    for verdict in verdicts:
        now = languages.of(verdict.student or "") if languages else known(spoken())
        if own or now != verdict.language:
            words = _Words(_of_course(verdict.assignment), own, verdict.language, now)
            exercises = {name: words.put_into(v) for name, v in verdict.exercises.items()}
            verdict = replace(verdict, exercises=exercises)
        yield verdict


def _said(sentence: str, language: str) -> str:
    with speaking(language):
        return translated(sentence)


@cache
def _of_course(assignment: str) -> Sentences:
    """The course's sentences of a chapter; none of an assignment that is not of the course."""
    chapter = chapter_named(assignment)
    return {
        (name, each.name): each.sentence
        for name, exercise in (chapter.exercises if chapter else {}).items()
        for each in exercise.misconceptions
    }


def _read(folder: ClassFolder) -> Sentences:
    path = folder.root / FILE
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(read_bounded(path, MAX_BYTES).decode("utf-8"))
    except (Rejected, ValueError) as problem:
        raise SentencesError(f"{path} cannot be read: {problem}") from None
    return {
        (exercise, name): sentence
        for exercise, table in tables.items()
        for name, sentence in _table(exercise, table)
    }


def _table(exercise: str, table: object) -> Iterator[tuple[str, str]]:
    try:
        task = find(exercise)
    except KeyError as problem:
        raise SentencesError(f"{FILE}: {problem.args[0]}") from None
    if not isinstance(table, dict) or not isinstance(task, Exercise):
        raise SentencesError(f"{FILE}: below [{exercise}] stands a sentence a misconception")
    there = [each.name for each in task.misconceptions]
    for name, sentence in table.items():
        if name not in there:
            wrong = unknown(f"misconception of {exercise}", name, there)
            raise SentencesError(f"{FILE}: {wrong}")
        if not isinstance(sentence, str) or not sentence.strip():
            raise SentencesError(f"{FILE}: {exercise}.{name} is no sentence in quotes")
        yield name, sentence.strip()
