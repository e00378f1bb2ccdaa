"""Whether grading's cost grows with the class: 50, 200 and 1,000 submissions of a cheap chapter."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.classes import crowd, prepare, ungrade
from benchmarks.common import Settings, ratio, tool
from grader.weave import layout
from pix2net.cli import console

CHAPTER = "01_images"
SIZES = (50, 200, 1000)
PICTURE = layout.ROOT / "docs" / "pictures" / "scaling.png"
MEMORY = 300 * 2**20
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Point:
    """Wall seconds of grading ``count`` submissions; bytes at their peak: of the process that
    writes the gradebook, and of the largest worker with the session in it."""

    count: int
    seconds: float
    grader: int
    worker: int


def watched(command: list[str]) -> tuple[float, int, int]:
    """Wall seconds of a command, its own peak memory, and that of its largest child with all of
    the child's descendants; shared pages are divided among those who share them."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = {"grader": 0, "worker": 0}
    over = threading.Event()

    def look() -> None:
        own = psutil.Process(process.pid)
        while not over.wait(LOOK_SECONDS):
            try:
                peak["grader"] = max(peak["grader"], own.memory_info().rss)
                for child in own.children():
                    tree = [child, *child.children(recursive=True)]
                    peak["worker"] = max(peak["worker"], sum(map(_proportional, tree)))
            except psutil.Error:
                continue

    watcher = threading.Thread(target=look)
    watcher.start()
    process.communicate()
    took = time.perf_counter() - start
    over.set()
    watcher.join()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return took, peak["grader"], peak["worker"]


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def points(settings: Settings, sizes: tuple[int, ...] = SIZES) -> list[Point]:
    """Grade classes of growing size."""
    found = []
    with TemporaryDirectory() as place:
        root = prepare(Path(place) / "demo", min(settings.students, 20), [CHAPTER]).classroom.root
        command = [tool("course"), "grade", "--jobs", str(settings.jobs), "--json",
                   "--class-dir", str(root)]  # fmt: skip
        for size in sizes:
            crowd(root, CHAPTER, size)
            ungrade(root)
            found.append(Point(size, *watched(command)))
    return found


def draw(found: list[Point], path: Path) -> None:
    """Plot wall seconds against submissions, with the line through the first and the last."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, (time_axes, memory_axes) = pyplot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    counts = [point.count for point in found]
    times = [point.seconds for point in found]
    ends = [0, -1]
    time_axes.plot([counts[i] for i in ends], [times[i] for i in ends], color="#999999", lw=1)
    time_axes.plot(counts, times, "o", color="#0072b2")
    time_axes.set(
        xlabel="submissions",
        ylabel="wall seconds",
        title="Time, gradebook included",
        xlim=(0, None),
        ylim=(0, None),
    )
    for name, values in (
        ("a worker", [point.worker for point in found]),
        ("the process that writes", [point.grader for point in found]),
    ):
        memory_axes.plot(counts, [value / 2**20 for value in values], "o-", label=name)
    memory_axes.set(xlabel="submissions", ylabel="MiB at the peak", title="Memory", ylim=(0, None))
    memory_axes.legend(loc="lower right")
    figure.savefig(path, dpi=110)


def measure(settings: Settings) -> None:
    """Print the table, and draw it into docs/pictures/."""
    found = points(settings)
    slopes = [(b.seconds - a.seconds) / (b.count - a.count) for a, b in pairwise(found)]
    draw(found, PICTURE)
    console.table(
        f"Submissions of {CHAPTER}, --jobs {settings.jobs}",
        ["submissions", "wall s", "s each", "worker's peak MiB", "writer's peak MiB"],
        [
            [p.count, p.seconds, f"{p.seconds / p.count:.4f}", p.worker / 2**20, p.grader / 2**20]
            for p in found
        ],
    )
    console.table(
        "Targets",
        ["what", "measured"],
        [
            ["one more submission in a large class to one in a small",
             ratio(slopes[-1] / slopes[0], 1.2)],
            ["a worker's peak, bytes", ratio(max(p.worker for p in found), MEMORY)],
            ["a worker's peak in the largest class to the smallest's",
             ratio(found[-1].worker / found[0].worker, 1.2)],
        ],
    )  # fmt: skip
    console.say(f"drawn: {PICTURE}")
