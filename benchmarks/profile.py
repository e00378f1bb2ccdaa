"""Where the time of one submission goes: the table in ``docs/architecture.md``, written anew.

CPU milliseconds a notebook, since those are what a core has to give; one job, nothing else at work.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from benchmarks.classes import prepare
from benchmarks.common import Settings
from grader.classroom.gradebook import open_gradebook
from grader.classroom.records import Records
from grader.classroom.saving import save
from grader.demo.simulate import Demo
from grader.grading import submission
from grader.grading.how import How
from grader.grading.released import load_released
from grader.grading.run import limits_for
from grader.handed_in.submitted import handed_in
from grader.sandbox import Limits, Sandbox, Session
from grader.weave import layout
from pix2net.cli import console

PAGE = layout.ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- profile: python -m benchmarks profile -->", "<!-- end of profile -->"
STUDENTS = 6
STARTED = "inside: fork, walls, first touch of memory"
NAMES = "inside: which released statements the answers need"
CELLS = "inside: cells"
CALLS = "inside: calls on hidden inputs, the learner's own work included"
OUTSIDE = "outside: merging, asking, watching, judging, writing the notebook's text"
WRITING = "outside: gradebook, notebook and record"
PARTS = (STARTED, NAMES, CELLS, CALLS, OUTSIDE, WRITING)


class Clock:
    """Adds up the CPU time of sessions by what they were asked."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(PARTS, 0.0)

    def asked(self, part: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """A method of a session that counts what it costs inside."""

        def ask(session: Any, *args: Any, **kwargs: Any) -> Any:
            before = session._tree.seconds()
            result = real(session, *args, **kwargs)
            if session.alive:
                self.spent[part] += session._tree.seconds() - before
            return result

        return ask

    def begun(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The start of a session."""

        def begin(session: Any, *args: Any, **kwargs: Any) -> None:
            real(session, *args, **kwargs)
            self.spent[STARTED] += session._tree.seconds()

        return begin


def profile(demo: Demo) -> dict[str, dict[str, float]]:
    """CPU milliseconds a notebook by chapter and part."""
    classroom = demo.classroom
    config = classroom.config()
    found = {}
    with open_gradebook(classroom, config) as writer:
        for chapter in demo.chapters:
            released = load_released(classroom, chapter.name)
            clock = Clock()
            handed = list(handed_in(classroom, [chapter.name], None))
            with Sandbox(
                limits_for(released.key, Limits()), support=released.support, figures=True
            ) as sandbox:

                def grade(each: Any) -> Any:
                    opened = submission.open_submission(each, released, How())  # noqa: B023
                    return submission.grade_submission(opened, released, lambda: sandbox)  # noqa: B023

                grade(handed[0])  # wakes things up
                patches: dict[str, Any] = {
                    "reads": clock.asked(NAMES, Session.reads),
                    "run_cell": clock.asked(CELLS, Session.run_cell),
                    "__init__": clock.begun(Session.__init__),
                    "call": clock.asked(CALLS, Session.call),
                    "read": clock.asked(CALLS, Session.read),
                }
                with mock.patch.multiple(Session, **patches):
                    start = time.process_time()
                    graded = [grade(each) for each in handed]
                    clock.spent[OUTSIDE] = time.process_time() - start
            start = time.process_time()
            for each in graded:
                save(each, writer, Records(classroom.root))
            clock.spent[WRITING] = time.process_time() - start
            found[chapter.name] = {k: 1000 * v / len(handed) for k, v in clock.spent.items()}
    return found


def markdown(found: dict[str, dict[str, float]]) -> str:
    """The table as Markdown."""
    names = list(found)
    lines = ["| CPU ms a notebook | " + " | ".join(names) + " |",
             "| --- |" + " ---: |" * len(names)]  # fmt: skip
    for part in PARTS:
        lines.append(f"| {part} | " + " | ".join(f"{found[n][part]:.0f}" for n in names) + " |")
    sums = " | ".join(f"{sum(found[n].values()):.0f}" for n in names)
    return "\n".join([*lines, f"| sum | {sums} |"])


def measure(settings: Settings) -> None:
    """Print the table and write it into the page."""
    with TemporaryDirectory() as place:
        found = profile(prepare(Path(place) / "demo", min(settings.students, STUDENTS)))
    body = [[part, *(f"{found[name][part]:.0f}" for name in found)] for part in PARTS]
    console.table("CPU ms a notebook", ["part", *found], body)
    text = PAGE.read_text(encoding="utf-8")
    fenced = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    written = f"{BEGIN}\n{markdown(found)}\n{END}"
    PAGE.write_text(fenced.sub(lambda _: written, text), encoding="utf-8")
