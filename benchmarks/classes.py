"""Classes to grade: the demo's students, as a class of ours and as courses of stock nbgrader."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.common import run, tool
from grader.demo.roster import ROSTER, Student
from grader.demo.simulate import CHAPTERS, Demo
from grader.weave import layout

STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.ExecutePreprocessor.timeout = 600
"""
UNTOUCHED = "untouched"


def honest(count: int) -> tuple[Student, ...]:
    """Students like those of the roster, mistakes included, mishaps left out: stock nbgrader would
    wait for an endless loop until its timeout, which says nothing about its speed."""
    places = [i * len(ROSTER) // min(count, len(ROSTER)) for i in range(count)]
    return tuple(
        replace(ROSTER[place % len(ROSTER)], id=f"{ROSTER[place % len(ROSTER)].id}{i}", mishap="")
        for i, place in enumerate(places)
    )


def prepare(folder: Path, students: int, chapters: Sequence[str] = CHAPTERS) -> Demo:
    """A demo's class, released and collected in ``folder``, not yet graded."""
    demo = Demo(folder, chapters, honest(students))
    demo.prepare()
    refused = demo.release(lambda name, step: None).refused
    if refused:
        raise RuntimeError(str(refused))
    demo.hand_in()
    demo.collect()
    return demo


def quick(demo: Demo) -> list[str]:
    """Students whose distances in 02 are a matrix product: others, right or wrong, keep the
    demonstrations busy for minutes, which stock nbgrader would wait for."""
    found = []
    for student in demo.roster:
        path = demo.classroom.submitted(student.id, "02_knn") / layout.notebook_name("02_knn")
        cells = json.loads(path.read_text())["cells"]
        own = ["".join(c["source"]) for c in cells if layout.task_of(c) == "l2_distances"]
        if any("@" in source for source in own):
            found.append(student.id)
    return found


def ungrade(root: Path) -> None:
    """Forget what was graded."""
    for left in ("autograded", "verdicts"):
        shutil.rmtree(root / left, ignore_errors=True)


def stock_copy(demo: Demo, folder: Path, students: Sequence[str]) -> Path:
    """The class's release and some students' submissions as a course of stock nbgrader, released
    by stock nbgrader."""
    root = demo.classroom.root
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG)
    shutil.copytree(root / "source", folder / "source")
    for student in students:
        shutil.copytree(root / "submitted" / student, folder / "submitted" / student)
    for chapter in demo.chapters:
        run([tool("nbgrader"), "generate_assignment", chapter.name], folder)
    return folder


def crowd(root: Path, chapter: str, count: int) -> None:
    """Replace all submissions by copies of one chapter's, under ``count`` names."""
    submitted = root / "submitted"
    originals = sorted(submitted.glob(f"*/{chapter}"))
    kept = root / "originals"
    for i, original in enumerate(originals):
        shutil.copytree(original, kept / str(i))
    shutil.rmtree(submitted)
    for i in range(count):
        shutil.copytree(kept / str(i % len(originals)), submitted / f"student{i:05}" / chapter)
    shutil.rmtree(kept)


def do_nothing(root: Path, chapter: str, count: int) -> None:
    """Replace all submissions by a chapter's notebook whose cells do nothing, many times."""
    released = json.loads((root / "release" / chapter / layout.notebook_name(chapter)).read_text())
    for cell in released["cells"]:
        if cell["cell_type"] == "code" and layout.role_of(cell) == "answer":
            cell["source"] = "pass"
    shutil.rmtree(root / "submitted")
    for i in range(count):
        folder = root / "submitted" / f"{UNTOUCHED}{i:04}" / chapter
        folder.mkdir(parents=True)
        (folder / layout.notebook_name(chapter)).write_text(json.dumps(released))
