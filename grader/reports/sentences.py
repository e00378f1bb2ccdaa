"""What a class is told of a misconception, where its instructor wants it told in other words.

``sentences.toml`` in the class folder has a table an exercise and a sentence a misconception::

    [l2_distances]
    python_loop = "Remember Tuesday: one matrix product instead of the loop."

Feedback and report of everybody say it so from then on; nothing has to be graded again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.exercises.model import Exercise
from grader.exercises.registry import find
from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, read_bounded
from pix2net.judging.judge import CheckResult, ExerciseVerdict
from pix2net.judging.wording import translated, unknown

FILE = "sentences.toml"
MAX_BYTES = 2**20


class SentencesError(ValueError):
    """Why the file cannot be used, in a sentence."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence in the place of the course's own."""

    before: str
    now: str

    def put_into(self, message: str) -> str:
        """A message with the sentence; what stands behind the course's own stays."""
        rest = message.removeprefix(self.before)
        return self.now if rest == message else self.now + rest


Sentences = Mapping[tuple[str, str], _Sentence]  # by exercise and misconception


def reworded(folder: ClassFolder, verdicts: Iterable[NotebookVerdict]) -> Iterator[NotebookVerdict]:
    """The verdicts, with the class's own sentences.

    Raises:
        SentencesError: the file is damaged, or names something that does not exist.
    """
    sentences = _read(folder)
    for verdict in verdicts:
        if sentences:
            exercises = {n: _exercise(v, sentences) for n, v in verdict.exercises.items()}
            verdict = replace(verdict, exercises=exercises)
        yield verdict


def _exercise(verdict: ExerciseVerdict, sentences: Sentences) -> ExerciseVerdict:
    checks = tuple(_check(verdict.exercise, check, sentences) for check in verdict.checks)
    return replace(verdict, checks=checks)


def _check(exercise: str, check: CheckResult, sentences: Sentences) -> CheckResult:
    found = sentences.get((exercise, check.misconception or ""))
    return check if found is None else replace(check, message=found.put_into(check.message))


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


def _table(exercise: str, table: object) -> Iterator[tuple[str, _Sentence]]:
    try:
        task = find(exercise)
    except KeyError as problem:
        raise SentencesError(f"{FILE}: {problem.args[0]}") from None
    if not isinstance(table, dict) or not isinstance(task, Exercise):
        raise SentencesError(f"{FILE}: below [{exercise}] stands a sentence a misconception")
    known = {each.name: each.sentence for each in task.misconceptions}
    for name, sentence in table.items():
        if name not in known:
            wrong = unknown(f"misconception of {exercise}", name, known)
            raise SentencesError(f"{FILE}: {wrong}")
        if not isinstance(sentence, str) or not sentence.strip():
            raise SentencesError(f"{FILE}: {exercise}.{name} is no sentence in quotes")
        yield name, _Sentence(translated(known[name]), sentence.strip())
