"""What a right submission of each chapter costs: seconds of one worker, nothing else at work."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.classes import prepare, ungrade
from benchmarks.common import Settings, run, tool
from grader.exercises.registry import chapters
from pix2net.cli import console


def seconds_of(root: Path) -> dict[str, float]:
    """Seconds that one graded notebook takes, by chapter, start-up left out.

    Raises:
        RuntimeError: one is not right: then it says nothing.
    """
    ungrade(root)
    command = [tool("course"), "grade", "--jobs", "1", "--json", "--class-dir", str(root)]
    verdicts = [json.loads(line) for line in run(command, good=(0, 1)).splitlines()]
    wrong = [v["assignment"] for v in verdicts if v["score"] < v["max_score"]]
    if wrong:
        raise RuntimeError(f"not right: {', '.join(wrong)}")
    return {v["assignment"]: v["seconds"] for v in verdicts}


def measure(settings: Settings) -> None:
    """Print the table."""
    with TemporaryDirectory() as place:
        root = prepare(Path(place) / "demo", 1, list(chapters())).classroom.root
        runs = [seconds_of(root) for _ in range(settings.runs)]
    found = {name: statistics.median(each[name] for each in runs) for name in runs[0]}
    console.table(
        f"A right submission, s of one worker: medians of {settings.runs} runs",
        ["chapter", "s"],
        [[name, f"{s:.2f}"] for name, s in [*found.items(), ("all", sum(found.values()))]],
    )
