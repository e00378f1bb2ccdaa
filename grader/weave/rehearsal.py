"""Runs a chapter's notebook from top to bottom in a kernel, as a learner would, and reports."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.exercises.content import of_run
from grader.exercises.model import Chapter
from grader.keys.remembered import Store
from grader.keys.workshop import Workshop
from grader.weave import committed, layout
from grader.weave import notebook as notebooks
from grader.weave.student_version import student_version
from grader.weave.weave import filled, weave_committed

CELL_SECONDS = 300


@dataclass(frozen=True)
class Rehearsal:
    """What one run showed.

    Attributes:
        seconds: on the wall.
        cpu: CPU seconds of the kernel.
        peak: memory of the kernel in bytes.
        problems: a sentence for each cell that did what it should not.
        failed: test cells that did not pass: task -> what they raised.
    """

    chapter: str
    cells: int
    seconds: float
    cpu: float
    peak: int
    problems: list[str]
    failed: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def rehearse(
    chapter: Chapter,
    *,
    with_answers: bool = True,
    demonstrations: bool = True,
    folder: Path | None = None,
    workshop: Workshop | None = None,
    runs: Store | None = None,
) -> Rehearsal:
    """Run a chapter's notebook with the references filled in, or as students get it.

    With answers nothing may fail or warn; as students get it, no cell but a test cell may fail.
    Runs in a process of its own, so that CPU time and peak memory are this kernel's.

    Args:
        chapter: to run.
        with_answers: whether the references are filled in.
        demonstrations: whether those cells run, which grading leaves out; nothing may need them.
        folder: to run in, as `work_through` leaves one (default: a fresh one with nothing but the
            chapter's key and stills).
        workshop: where that key is made (default: one that begins from nothing).
        runs: of before that showed no problem; the same notebook, key, kit and data run once
            (default: it runs).
    """
    instructor = weave_committed(chapter)
    notebook = filled(instructor) if with_answers else student_version(instructor)
    if not demonstrations:
        notebook.cells = [c for c in notebook.cells if not layout.is_demonstration(c)]
    text = nbformat.writes(notebook)
    name = "-".join([chapter.name, *["answers"] * with_answers, *["figures"] * demonstrations])
    with tempfile.TemporaryDirectory() as fresh:
        if folder is None:
            committed.write([chapter], Path(fresh), workshop=workshop)  # its key and stills
        content = of_run(text, folder or Path(fresh)) if runs else ""
        known = runs.recall(name, content) if runs else None
        if known:
            return Rehearsal(**known)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            run = pool.submit(run_notebook, text, str(folder or fresh))
            text, seconds, cpu, peak = run.result()
    ran = nbformat.reads(text, as_version=4)
    problems = [f"{chapter.name}: {problem}" for problem in _problems(ran, with_answers)]
    code = sum(cell.cell_type == "code" for cell in ran.cells)
    found = Rehearsal(chapter.name, code, seconds, cpu, peak, problems, dict(_failed(ran)))
    if runs and not problems:
        runs.keep(name, content, found.as_json())
    return found


def work_through(chapters: Iterable[Chapter], folder: Path) -> None:
    """Lay the committed keys and stills into a folder, and notebooks with the references filled in.

    That is where a learner stands late in the course: what a chapter takes over from earlier ones
    is there.
    """
    shutil.copytree(layout.COMMITTED, folder, dirs_exist_ok=True)
    for chapter in chapters:
        text = notebooks.to_text(filled(weave_committed(chapter)))
        (folder / layout.notebook_name(chapter.name)).write_text(text, encoding="utf-8")


def run_notebook(text: str, folder: str) -> tuple[str, float, float, int]:
    """Execute a notebook; its text with outputs, wall and CPU seconds, peak resident bytes.

    For a process of its own: it sets that process's environment, and CPU and memory are of all the
    kernels that it has started.
    """
    from nbclient import NotebookClient

    os.environ["NBGRADER_EXECUTION"] = "validate"  # so that a check that fails raises
    notebook = nbformat.reads(text, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": folder}},
        extra_arguments=["--log-level=ERROR"],  # else each kernel warns that it encrypts nothing
    )
    start = time.perf_counter()
    client.execute()
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return nbformat.writes(notebook), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _failed(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Task and text of every error that a test cell shows."""
    for cell in notebook.cells:
        if layout.role_of(cell) == "test":
            for output in cell.outputs:
                if output.output_type == "error":
                    yield str(layout.task_of(cell)), "\n".join(output.traceback)


def _problems(notebook: NotebookNode, with_answers: bool) -> Iterator[str]:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        first = cell.source.strip().split("\n")[0][:60]
        for output in cell.outputs:
            if output.output_type == "error" and (with_answers or layout.role_of(cell) != "test"):
                yield f"cell {number} ({first}) raised {output.ename}: {output.evalue[:300]}"
            if output.output_type == "stream" and output.name == "stderr":
                yield f"cell {number} ({first}) warned: {output.text[:300]}"
