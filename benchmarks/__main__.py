"""``python -m benchmarks [--students N] [--runs K]`` measures and prints the tables."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks import autograde
from grader.cli import console


def main() -> None:
    """Grade the demo's class with ours and with stock nbgrader, and print wall times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=6, help="of the demo's roster")
    parser.add_argument("--runs", type=int, default=3, help="of each; the median counts")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = autograde.prepare(Path(folder) / "demo", given.students)
        names = [chapter.name for chapter in demo.chapters]
        own = [autograde.ours(demo, given.jobs) for _ in range(given.runs)]
        copy = autograde.stock_copy(demo, Path(folder) / "stock")
        peer = [autograde.stock(copy, names, autograde.ONE_THREAD) for _ in range(given.runs)]
    rows = []
    base = statistics.median(timing.each for timing in peer)
    for timings in (peer, own):
        each = statistics.median(timing.each for timing in timings)
        one = timings[0]
        rows.append([one.name, one.command, one.notebooks, f"{each:.3f}", f"{base / each:.1f}"])
    console.table(
        f"Grading {given.students} students' {', '.join(names)}: medians of {given.runs} runs",
        ["grader", "command", "notebooks", "wall s per notebook", "times faster"],
        rows,
    )


if __name__ == "__main__":
    main()
