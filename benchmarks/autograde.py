"""Grading a class: ``course grade`` against stock nbgrader and against the bare work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bare
from benchmarks.classes import do_nothing, prepare, quick, stock_copy, ungrade
from benchmarks.common import ONE_THREAD, Settings, median, ratio, run, seconds, tool, with_tools
from grader.demo.simulate import Demo
from pix2net.cli import console

FIXED = 60  # untouched notebooks for the fixed cost
TENTH, FIFTH, LIMIT, FIXED_SECONDS = 0.1, 0.2, 1.4, 0.06


def ours(root: Path, jobs: int) -> float:
    """Wall seconds of ``course grade`` as a new process, from nothing graded. Raises
    `RuntimeError` if a submission is lost."""
    ungrade(root)
    command = [tool("course"), "grade", "--jobs", str(jobs), "--json", "--class-dir", str(root)]
    lines: list[str] = []
    took = seconds(lambda: lines.extend(run(command, good=(0, 1)).splitlines()))
    expected = len(list(root.glob("submitted/*/*/*.ipynb")))
    if len(lines) != expected:
        raise RuntimeError(f"{expected - len(lines)} submissions were lost")
    return took


def stock(folders: Sequence[Path], chapters: Sequence[str], more: Mapping[str, str]) -> float:
    """Wall seconds of ``nbgrader autograde`` of every chapter, one process a folder at a time.

    Args:
        more: environment variables; threads are left alone else.
    """
    plain = {k: v for k, v in os.environ.items() if k not in ONE_THREAD}
    environment = with_tools(plain | dict(more))
    script = " && ".join(f"{tool('nbgrader')} autograde {name}" for name in chapters)
    for folder in folders:
        shutil.rmtree(folder / "autograded", ignore_errors=True)

    def together() -> None:
        running = [
            subprocess.Popen(["sh", "-c", script], cwd=folder, env=environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for folder in folders
        ]  # fmt: skip
        for process, folder in zip(running, folders, strict=True):
            if process.wait():
                raise RuntimeError(f"nbgrader autograde failed in {folder}")

    return seconds(together)


def measure(settings: Settings) -> None:
    """Print the tables."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        demo = prepare(folder / "demo", settings.students)
        tables(demo, folder, settings)


def tables(demo: Demo, folder: Path, settings: Settings) -> None:
    """Measure everybody on one class, and print what it takes a notebook."""
    names = [chapter.name for chapter in demo.chapters]
    root = demo.classroom.root
    count = len(list(root.glob("submitted/*/*/*.ipynb")))
    able = quick(demo)
    peers = able[:: max(1, len(able) // settings.peers)][: settings.peers]
    one = stock_copy(demo, folder / "stock", peers)
    two = [stock_copy(demo, folder / f"stock{i}", peers[i::2]) for i in range(2)]
    theirs = len(peers) * len(names)
    work = bare.cells_of(demo, demonstrations=False)
    everything = bare.cells_of(demo, peers, demonstrations=True)

    def each(
        who: str, action: Callable[[], float], notebooks: int, runs: int = settings.runs
    ) -> float:
        found = median(action, runs) / notebooks
        console.stderr.print(f"{who}: {found:.4f} s a notebook")  # the rest may take an hour
        return found

    own = each("ours", lambda: ours(root, settings.jobs), count)
    floor = each("the limit", lambda: bare.limit(demo, work, settings.jobs), count)
    fixed = _fixed(demo, folder, settings)
    single = each("stock", lambda: stock([one], names, {}), theirs)
    double = each("two of stock", lambda: stock(two, names, ONE_THREAD), theirs)
    all_cells = each("all cells", lambda: bare.limit(demo, everything, settings.jobs), theirs, 1)
    rows = [
        ["stock nbgrader autograde", theirs, single, single / own],
        ["two of them, own gradebooks, one BLAS thread each", theirs, double, double / own],
        [
            "bare exec of all cells, demonstrations too (one run)",
            theirs,
            all_cells,
            all_cells / own,
        ],
        ["bare exec of the cells that ours runs: the limit", count, floor, floor / own],
        [f"course grade --jobs {settings.jobs}, start-up included", count, own, 1.0],
    ]
    console.table(
        f"Grading {', '.join(names)}: medians of {settings.runs} runs",
        ["grader", "notebooks", "wall s per notebook", "times ours"],
        [[who, n, f"{s:.4f}", f"{r:.2f}"] for who, n, s, r in rows],
    )
    console.table(
        "Targets",
        ["what", "measured"],
        [
            ["ours to stock", ratio(own / single, TENTH)],
            ["ours to two stock processes", ratio(own / double, FIFTH)],
            ["ours to the limit", ratio(own / floor, LIMIT)],
            ["one more untouched notebook, s", ratio(fixed, FIXED_SECONDS)],
        ],
    )


def _fixed(demo: Demo, folder: Path, settings: Settings) -> float:
    """Seconds that one more notebook costs whose cells do nothing."""
    root = folder / "nothing"
    shutil.copytree(demo.classroom.root, root)
    chapter = demo.chapters[0].name
    took = []
    for count in (FIXED // 3, FIXED):
        do_nothing(root, chapter, count)
        took.append(median(lambda: ours(root, settings.jobs), settings.runs))
    return (took[1] - took[0]) / (FIXED - FIXED // 3)


if __name__ == "__main__":
    sys.exit("python -m benchmarks autograde")
