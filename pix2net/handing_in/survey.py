"""What of a notebook is done: which exercises pass their checks, which answers are there.

``python -m pix2net.handing_in.survey NOTEBOOK`` prints it as JSON. It runs the learner's own cells
that define things, on the learner's own machine, so it is started as a program that can be stopped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pix2net.browser import IN_BROWSER
from pix2net.desk.checking import verdict_on
from pix2net.desk.definitions import Defined
from pix2net.desk.mine import cells_of, defined_in, texts_in
from pix2net.desk.public_keys import key_file_of, load_cached
from pix2net.judging.answer_key import Key, KeyFileError
from pix2net.judging.failures import unfilled
from pix2net.judging.verdicts import ExerciseVerdict
from pix2net.judging.wording import worded

PLACEHOLDER = "YOUR ANSWER HERE"  # what nbgrader puts where an answer in words belongs
SECONDS = 120  # for all checks of a notebook


class SurveyError(Exception):
    """Why a notebook cannot be looked through, in one sentence."""


@dataclass(frozen=True)
class Standing:
    """An exercise or question: whether it is done, else what to say of it in one sentence."""

    name: str
    done: bool
    message: str = ""


def key_of(notebook: Path) -> Key:
    """The public key of a notebook. Raises `SurveyError`."""
    path = key_file_of(notebook)
    if path is None:
        raise SurveyError(
            worded(
                "{name} is no notebook of the course: hand in the one that you worked in, under "
                "its own name",
                name=notebook.name,
            )
        )
    try:
        return load_cached(path)
    except (OSError, KeyFileError) as error:
        told = worded("{path} cannot be read: get the course's files anew", path=path)
        raise SurveyError(told) from error


def survey(notebook: Path) -> list[Standing]:
    """Every exercise and question of a notebook, looked at in a process of its own.

    Raises:
        SurveyError: the file is damaged, or the checks do not come to an end.
    """
    key_of(notebook)
    if cells_of(notebook) is None:
        raise SurveyError(
            worded(
                "{name} cannot be read as a notebook: put an earlier copy in its place, such as "
                "the one in the folder .ipynb_checkpoints beside it, and hand in that",
                name=notebook.name,
            )
        )
    if IN_BROWSER:  # which has no other process, and a page that can be closed
        return list(looked_at(notebook))
    command = [sys.executable, "-m", "pix2net.handing_in.survey", str(notebook)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise SurveyError(
            worded(
                "the checks of {name} took more than {seconds} s: is there an endless loop?",
                name=notebook.name,
                seconds=SECONDS,
            )
        ) from error
    last = done.stdout.strip().split("\n")[-1]
    try:
        return [Standing(**task) for task in json.loads(last)]
    except (ValueError, TypeError) as error:
        raise SurveyError(
            worded(
                "the checks of {name} ended early: does a cell that defines a function exit?",
                name=notebook.name,
            )
        ) from error


def looked_at(notebook: Path) -> Iterator[Standing]:
    """The tasks of a notebook, checked in this process."""
    key = key_of(notebook)
    defined, texts = defined_in(notebook), texts_in(notebook)
    for name, question in key.questions.items():
        if question.kind == "written":
            written = texts.get(name, "").strip() not in ("", PLACEHOLDER)
            yield Standing(name, written, "" if written else worded("not filled in yet"))
    automatic = [name for name, q in key.questions.items() if q.kind != "written"]
    for name in (*key.exercises, *automatic):
        verdict = verdict_on(name, defined.namespace)
        yield Standing(name, verdict.passed, _why_not_done(verdict, key, defined))


def _why_not_done(verdict: ExerciseVerdict, key: Key, defined: Defined) -> str:
    """What to say of a task in one sentence, "" where it is done."""
    name, told = verdict.exercise, [check.message for check in verdict.checks if not check.passed]
    if not told:
        return ""
    if name in defined.left_out:
        return defined.left_out[name]
    if unfilled(name) in told[0] or defined.namespace.get(name, 0) is None:
        return worded("not filled in yet")
    # What the task needs may be left out, which Python tells as `name 'EPS' is not defined`.
    uses = key.exercises[name].companions if name in key.exercises else ()
    for other, why in defined.left_out.items():
        if other in uses or f"'{other}' is not defined" in " ".join(told):
            return why
    return told[0]


def main(notebook: Path) -> None:
    """Print the tasks as one line of JSON."""
    print("\n" + json.dumps([asdict(task) for task in looked_at(notebook)]))


if __name__ == "__main__":
    import os

    chosen = Path(sys.argv[1]).resolve()
    os.chdir(chosen.parent)
    main(chosen)
