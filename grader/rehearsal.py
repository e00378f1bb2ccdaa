"""Runs a chapter's notebook from top to bottom in a kernel, as a learner would, and reports."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.exercises.model import Chapter
from grader.weave import committed, layout
from grader.weave.student import student_version
from grader.weave.weave import filled, weave_committed

CELL_SECONDS = 300


@dataclass(frozen=True)
class Rehearsal:
    """What one run showed: wall seconds, peak memory of the kernel in bytes, problems."""

    chapter: str
    cells: int
    seconds: float
    peak: int
    problems: list[str]

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def rehearse(chapter: Chapter, *, with_answers: bool = True) -> Rehearsal:
    """Run a chapter's notebook with the references filled in, or as students get it.

    With answers nothing may fail or warn; as students get it, no cell but a test cell may fail.
    Runs in a process of its own, so that the peak memory is this kernel's.
    """
    instructor = weave_committed(chapter)
    notebook = filled(instructor) if with_answers else student_version(instructor)
    with tempfile.TemporaryDirectory() as folder:
        committed.write([chapter], Path(folder))  # its key and stills
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            run = pool.submit(_run, nbformat.writes(notebook), folder)
            text, seconds, peak = run.result()
    ran = nbformat.reads(text, as_version=4)
    problems = [f"{chapter.name}: {problem}" for problem in _problems(ran, with_answers)]
    code = sum(cell.cell_type == "code" for cell in ran.cells)
    return Rehearsal(chapter.name, code, seconds, peak, problems)


def _run(text: str, folder: str) -> tuple[str, float, int]:
    """Execute a notebook; its text with outputs, wall seconds, peak resident bytes."""
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": folder}},
    )
    start = time.perf_counter()
    client.execute()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return nbformat.writes(notebook), seconds, peak


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
