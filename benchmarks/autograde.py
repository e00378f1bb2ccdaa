"""Grading a class: ``course grade`` against stock ``nbgrader autograde``, same submissions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.demo.roster import ROSTER, Student
from grader.demo.run import CHAPTERS, Demo

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.ExecutePreprocessor.timeout = 300
"""


@dataclass(frozen=True)
class Timing:
    """Wall seconds for a number of notebooks, and the command that was timed."""

    name: str
    command: str
    notebooks: int
    seconds: float

    @property
    def each(self) -> float:
        return self.seconds / self.notebooks


def honest(count: int) -> tuple[Student, ...]:
    """The first students of the roster, mistakes included, mishaps left out: stock nbgrader would
    wait for an endless loop until its timeout, which says nothing about its speed."""
    return tuple(replace(student, mishap="") for student in ROSTER)[:count]


def prepare(folder: Path, students: int) -> Demo:
    """A demo's class, released and collected in ``folder``, not yet graded."""
    demo = Demo(folder, CHAPTERS, honest(students))
    demo.prepare()
    refused = demo.release(lambda name, step: None).refused
    if refused:
        raise RuntimeError(str(refused))
    demo.hand_in()
    demo.collect()
    return demo


def ours(demo: Demo, jobs: int) -> Timing:
    """Grade the class with ``course grade``, as a new process, from nothing graded."""
    root = demo.classroom.root
    for left in ("autograded", "verdicts"):
        shutil.rmtree(root / left, ignore_errors=True)
    command = [_tool("course"), "grade", "--jobs", str(jobs), "--json", "--class-dir", str(root)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return Timing("course grade", f"course grade --jobs {jobs}", done.stdout.count("\n"), seconds)


def stock_copy(demo: Demo, folder: Path) -> Path:
    """The same class as a course of stock nbgrader, released by stock nbgrader."""
    root = demo.classroom.root
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG)
    for part in ("source", "submitted"):
        shutil.copytree(root / part, folder / part)
    for chapter in demo.chapters:
        _run([_tool("nbgrader"), "generate_assignment", chapter.name], folder)
    return folder


def stock(folder: Path, chapters: Sequence[str], environment: dict[str, str]) -> Timing:
    """Grade every chapter with ``nbgrader autograde``, one process after another."""
    notebooks = len(list(folder.glob("submitted/*/*/*.ipynb")))
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    start = time.perf_counter()
    for name in chapters:
        _run([_tool("nbgrader"), "autograde", name], folder, environment)
    seconds = time.perf_counter() - start
    return Timing("stock nbgrader", "nbgrader autograde ASSIGNMENT", notebooks, seconds)


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)
