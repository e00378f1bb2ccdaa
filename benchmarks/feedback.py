"""Feedback pages for a class: ``course feedback`` against ``nbgrader generate_feedback``."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.autograde import FIFTH, ours
from benchmarks.classes import prepare
from benchmarks.common import Settings, median, ratio, run, seconds, tool
from grader.release.course_dir import COURSE_ID, SETTINGS
from pix2net.cli import console

STUDENTS = 12
STOCK_CONFIG = f"""\
c = get_config()
c.CourseDirectory.course_id = {COURSE_ID!r}
"""


def measure(settings: Settings) -> None:
    """Print the table: both make pages of the same graded class."""
    with TemporaryDirectory() as place:
        demo = prepare(Path(place) / "demo", min(settings.students, STUDENTS))
        root = demo.classroom.root
        ours(root, settings.jobs)
        count = len(list(root.glob("autograded/*/*/*.ipynb")))
        names = [chapter.name for chapter in demo.chapters]
        other = Path(place) / "stock"  # our settings would have nbgrader write our pages
        shutil.copytree(root, other)
        (other / SETTINGS).write_text(STOCK_CONFIG)

        def own() -> float:
            shutil.rmtree(root / "feedback", ignore_errors=True)
            return seconds(lambda: run([tool("course"), "feedback", "--class-dir", str(root)]))

        def stock() -> float:
            shutil.rmtree(other / "feedback", ignore_errors=True)
            return seconds(
                lambda: [run([tool("nbgrader"), "generate_feedback", n], other) for n in names]
            )

        each = {who.__name__: median(who, settings.runs) / count for who in (own, stock)}
    console.table(
        f"Feedback: medians of {settings.runs} runs",
        ["command", "notebooks", "wall s per notebook"],
        [
            ["nbgrader generate_feedback", count, f"{each['stock']:.4f}"],
            ["course feedback", count, f"{each['own']:.4f}"],
            ["ours to stock", "", ratio(each["own"] / each["stock"], FIFTH)],
        ],
    )
