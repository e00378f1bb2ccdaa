"""How far a learner has come: kept beside the notebooks, in the learner's folder alone.

`note` is called at every check; `standings` reads what it wrote. Nothing of it counts for a grade,
and a learner may delete or change it at will.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pix2net.desk.public_keys import key_files_for, load_cached
from pix2net.display import say
from pix2net.judging.answer_key import Key, KeyFileError
from pix2net.judging.judge import ExerciseVerdict
from pix2net.judging.wording import worded

RECORD = ".progress.json"
MAX_BYTES = 2**20
BAR = 20  # characters


@dataclass(frozen=True)
class Standing:
    """How far a chapter has come.

    Attributes:
        chapter: its name.
        passed: exercises that pass.
        exercises: exercises that there are.
        points: of exercises that pass and of questions that are known to be answered rightly.
        max_points: of all these.
        answered: questions that a check has seen an answer to.
        questions: those that a check can see.
        waiting: points that show after grading: of questions whose answer is kept back, and of what
            a person reads.
    """

    chapter: str
    passed: int
    exercises: int
    points: float
    max_points: float
    answered: int
    questions: int
    waiting: float = 0.0

    def __str__(self) -> str:
        told = [worded("{passed} of {exercises} exercises pass", **vars(self))]
        if self.questions:
            told.append(worded("{answered} of {questions} questions answered", **vars(self)))
        told.append(worded("{points:g} of {max_points:g} points", **vars(self)))
        line = f"{self.chapter}: {worded(', ').join(told)}"
        if self.waiting:
            line += worded("; {waiting:g} more show after grading", waiting=self.waiting)
        return line


def note(
    verdict: ExerciseVerdict, key: Key, folder: Path, *, answered: bool = True
) -> tuple[int, Standing]:
    """Remember how a check ended.

    A record that cannot be read or written is as good as none.

    Args:
        verdict: of an exercise, or of the form of an answer to a question.
        key: the public key of its chapter.
        folder: of the record.
        answered: whether there is an answer at all; a question without one is not remembered.

    Returns:
        How many checks in a row have ended in just this failure (0 for a pass), and the chapter's
        standing.
    """
    record = _read(folder)
    chapter = record.setdefault(key.assignment, {})
    if not isinstance(chapter, dict):
        chapter = record[key.assignment] = {}
    failure = _failure(verdict)
    before = chapter.get(verdict.exercise)
    same = isinstance(before, dict) and before.get("failure") == failure
    repeats = (_count(before) if same else 0) + 1 if failure else 0
    chapter[verdict.exercise] = {
        "passed": verdict.passed, "failure": failure, "repeats": repeats,
    }  # fmt: skip
    if not answered:
        del chapter[verdict.exercise]
    _write(folder, record)
    return repeats, standing(key, chapter)


def standings(folder: Path) -> list[Standing]:
    """The standing of every chapter in a folder of notebooks, in order."""
    record = _read(folder)
    found = []
    for path in key_files_for(folder):
        with contextlib.suppress(OSError, KeyFileError):
            key = load_cached(path)
            own = record.get(key.assignment)
            found.append(standing(key, own if isinstance(own, dict) else {}))
    return found


def table(chapters: Sequence[Standing]) -> str:
    """Standings as plain text, a chapter a line with a bar of its points, and the sum."""
    if not chapters:
        return worded("No chapter of the course is here.")
    widest = max(len(each.chapter) for each in chapters)
    lines = []
    for each in chapters:
        share = each.points / each.max_points if each.max_points else 0.0
        full = int(BAR * share)
        told = worded(
            "{passed:>2} of {exercises:>2} exercises, {points:g} of {max_points:g} points",
            **vars(each),
        )
        lines.append(f"{each.chapter:<{widest}}  {'█' * full}{'·' * (BAR - full)}  {told}")
    points, most = (sum(getattr(c, name) for c in chapters) for name in ("points", "max_points"))
    told = worded("{points:g} of {max_points:g} points", points=points, max_points=most)
    return "\n".join([*lines, told])


def course(folder: Path | None = None) -> list[Standing]:
    """The standing of every chapter in a folder of notebooks, or in the folders below it.

    Args:
        folder: the working folder if None, or the one above it, as a course directory has it.
    """
    here = folder or Path.cwd()
    found = standings(here) or [s for sub in sorted(here.glob("*/")) for s in standings(sub)]
    if folder is None and not key_files_for(here):
        found = found or course(here.parent)
    return found


def show_progress() -> None:
    """Show how far you are: chapters, exercises that pass, points."""
    say(table(course()))


def standing(key: Key, record: Mapping[str, Any]) -> Standing:
    """A chapter's standing by its part of the record."""
    done = {name for name, entry in record.items() if isinstance(entry, dict) and _passed(entry)}
    seen = {name: q for name, q in key.questions.items() if q.kind != "written"}
    known = {name: q for name, q in seen.items() if q.answer is not None}
    counted = {name: exercise.points for name, exercise in key.exercises.items()}
    counted |= {name: question.points for name, question in known.items()}
    answered = [name for name in seen if isinstance(record.get(name), dict)]
    return Standing(
        key.assignment,
        len(done & key.exercises.keys()),
        len(key.exercises),
        sum(points for name, points in counted.items() if name in done),
        sum(counted.values()),
        len([name for name in answered if name in done or name in known]),
        len(seen),
        sum(q.points for name, q in key.questions.items() if name not in known),
    )


def _failure(verdict: ExerciseVerdict) -> str:
    """What tells one failure from another: the leading check and what was recognised."""
    first = verdict.leading
    return f"{first.label}: {first.misconception or first.message}" if first else ""


def _passed(entry: Mapping[str, Any]) -> bool:
    return entry.get("passed") is True


def _count(entry: Any) -> int:
    repeats = entry.get("repeats")
    return repeats if isinstance(repeats, int) else 0


def _read(folder: Path) -> dict[str, Any]:
    try:
        with (folder / RECORD).open("rb") as file:
            record = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(folder: Path, record: Mapping[str, Any]) -> None:
    """Replace the record, which another notebook may read meanwhile."""
    partial = folder / f"{RECORD}.{os.getpid()}"
    with contextlib.suppress(OSError, TypeError, ValueError):
        partial.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        partial.replace(folder / RECORD)
