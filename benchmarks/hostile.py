"""A class in which every tenth notebook means harm, against the time that the limits promise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Any

from benchmarks.autograde import ours
from benchmarks.classes import crowd, prepare
from benchmarks.common import Settings, ratio
from grader.sandbox import Limits
from grader.weave import layout
from pix2net.cli import console

CHAPTER = "01_images"
ORIGINALS, EVERY = 20, 10  # different notebooks of a class; one in so many is hostile
USUAL = Limits()
# A twentieth of the usual time, so that the worst class ends before one's patience does.
LIMITS = replace(USUAL, **{
    name: getattr(USUAL, name) / 20
    for name in ("cell_seconds", "call_seconds", "notebook_seconds", "reserve_seconds")
})  # fmt: skip
BURN = """
import ctypes, os, time
def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
"""
# What the functions of a hostile notebook do, and a cell that stands in it many times.
FUNCTIONS: Mapping[str, str] = {
    "calls that almost take their limit": f"burn({0.9 * LIMITS.call_seconds})",
    "calls without end": "while True: pass",
    "cells that almost take their limit": "pass",
    "children that nobody waits for": """
ctypes.CDLL(None).signal(17, 1)
while True:
    reader, writer = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0: burn(0.01)
        os._exit(0)
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    os.wait()
""",
    "fork bombs": """
while True:
    try: os.fork()
    except OSError: pass
""",
    "answers of great size": "return [[0.5] * 100 for _ in range(1900)]",
}
CELLS: Mapping[str, str] = {
    "cells that almost take their limit": f"time.sleep({0.9 * LIMITS.cell_seconds})",
}
MANY = 40


def hostile(released: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """A released notebook, filled in with one kind of harm."""
    notebook: dict[str, Any] = json.loads(json.dumps(released))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and layout.role_of(cell) == "answer":
            body = indent(FUNCTIONS[kind].strip(), "    ")
            cell["source"] = f"def {layout.task_of(cell)}(*given, **named):\n{body}\n"
    sources = [BURN] + [CELLS[kind]] * MANY if kind in CELLS else [BURN]
    notebook["cells"][:0] = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [],
         "execution_count": None, "id": f"harm-{i}"}
        for i, source in enumerate(sources)
    ]  # fmt: skip
    return notebook


def spoil(root: Path) -> int:
    """Make every tenth notebook of a class a hostile one, of all kinds in turn; how many."""
    name = layout.notebook_name(CHAPTER)
    released = json.loads((root / "release" / CHAPTER / name).read_text())
    places = sorted(root.glob(f"submitted/*/{CHAPTER}/{name}"))[::EVERY]
    for i, place in enumerate(places):
        kind = list(FUNCTIONS)[i % len(FUNCTIONS)]
        place.write_text(json.dumps(hostile(released, kind)))
    return len(places)


def shorten(root: Path) -> None:
    """Give a class the limits of this measurement."""
    lines = [f"c.SubmissionLimits.{k} = {v!r}\n" for k, v in vars(LIMITS).items()]
    with (root / "nbgrader_config.py").open("a") as settings:
        settings.writelines(lines)


def measure(settings: Settings) -> None:
    """Print the table, for a class of as many as are asked for."""
    size = settings.students
    with TemporaryDirectory() as place:
        root = prepare(Path(place) / "demo", ORIGINALS, [CHAPTER]).classroom.root
        crowd(root, CHAPTER, size)
        shorten(root)
        plain = ours(root, settings.jobs)
        shutil.rmtree(root / "verdicts")
        count = spoil(root)
        mixed = ours(root, settings.jobs)
    most = round(plain + count * LIMITS.longest / settings.jobs, 1)
    counted = LIMITS.notebook_seconds + LIMITS.reserve_seconds + LIMITS.cell_seconds
    rows = [
        ["honest alone", size, 0, f"{plain:.1f}", ""],
        [
            f"one in {EVERY} hostile, every kind in turn",
            size,
            count,
            f"{mixed:.1f}",
            ratio(mixed, most),
        ],
    ]
    console.table(
        f"{size} notebooks of {CHAPTER}, --jobs {settings.jobs}, limits of time a twentieth of the "
        f"usual: {counted:g} s counted a notebook, {LIMITS.longest:g} s by the clock",
        ["class", "notebooks", "hostile", "wall s", "to its published limit, s"],
        rows,
    )
