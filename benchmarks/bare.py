"""The limit: the same cells run by exec in a warm process that forks once a submission.

No sandbox, no IPython, no kernel, no gradebook, no hidden checks; the notebooks' own test cells
call ``check`` on the public keys. ``python -m benchmarks.bare JOBS.json`` prints wall seconds;
figures are drawn nowhere, as ours draws none that a learner did not add.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from benchmarks.common import run
from grader.demo.simulate import Demo
from grader.grading.needed import needed
from grader.grading.released import load_released
from grader.handed_in.cells import MergedCell
from grader.handed_in.merge import merge
from grader.handed_in.submitted import handed_in
from grader.sandbox.inside.reads import global_reads
from grader.weave import layout


def cells_of(
    demo: Demo, students: list[str] | None = None, *, demonstrations: bool
) -> list[list[str]]:
    """Of each submission, the sources that are run: those that ours runs, and its test cells.

    Args:
        students: whose; everybody's for None.
        demonstrations: also all that ours leaves out.
    """
    root = demo.classroom
    found = []
    for chapter in demo.chapters:
        released = load_released(root, chapter.name)
        tasks = [*released.key.exercises, *released.key.questions]
        for handed in handed_in(root, [chapter.name], students):
            cells = merge(released.notebook, handed.read()).cells
            own = [cell.source for cell in cells if cell.run and cell.role != "given"]
            reads = None if demonstrations else global_reads(own, str)
            given = needed(cells, reads, tasks)
            found.append([source for cell in cells if (source := _source(cell, given))])
    return found


def _source(cell: MergedCell, given: Collection[int]) -> str:
    if cell.role == "test":
        return layout.check_source(cell.task or "")
    runs = cell.run and (cell.role != "given" or cell.number in given)
    return cell.source if runs else ""


def limit(demo: Demo, cells: Sequence[Sequence[str]], jobs: int) -> float:
    """Wall seconds of all submissions in a process of its own, without its start."""
    told = demo.root / "bare.json"
    told.write_text(json.dumps({"jobs": jobs, "cells": cells}))
    keys = ":".join(str(demo.classroom.release(c.name) / layout.KEYS_FOLDER) for c in demo.chapters)
    command = [sys.executable, "-m", "benchmarks.bare", str(told)]
    return float(run(command, environment={"KEY_FOLDERS": keys, "MPLBACKEND": "agg"}))


def _run(sources: Sequence[str], folder: str) -> None:
    """Run one submission's cells in this process, and end it."""
    from pix2net import check

    os.environ["COURSE_KEYS"] = folder
    names = {"__name__": "__main__", "check": check}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for number, source in enumerate(sources):
            with contextlib.suppress(BaseException):
                exec(compile(source, f"<cell {number}>", "exec"), names)
    os._exit(0)


def main(path: str) -> None:
    """Warm up, fork for each submission, so many at a time, and print wall seconds."""
    from matplotlib import pyplot

    from pix2net import plots  # noqa: F401 - warm
    from pix2net.data import load
    from pix2net.data.picto10 import background_experiment
    from pix2net.desk.public_keys import find_key
    from pix2net.judging.answer_key import load as load_key

    told = json.loads(Path(path).read_text())
    load(), background_experiment()
    pyplot.figure().savefig(io.BytesIO())
    pyplot.close("all")
    folders = os.environ["KEY_FOLDERS"].split(":")
    merged = Path(path).parent / "bare-keys"
    merged.mkdir(exist_ok=True)
    for folder in folders:
        for key in Path(folder).glob("*.key"):
            (merged / key.name).write_bytes(key.read_bytes())
    os.environ["COURSE_KEYS"] = str(merged)
    for key in merged.glob("*.key"):  # read once, before forking
        find_key(next(iter(load_key(key).exercises)))
    start = time.perf_counter()
    running = 0
    for sources in told["cells"]:
        if running == told["jobs"]:
            os.wait()
            running -= 1
        if os.fork() == 0:
            _run(sources, str(merged))
        running += 1
    for _ in range(running):
        os.wait()
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(sys.argv[1])
