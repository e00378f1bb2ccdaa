"""What a person waits for: ``course check`` cold, ``check`` in a notebook, importing the kit."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.common import Settings, median, ratio, run, seconds, tool
from grader.cli import console
from grader.demo.answers import code_of
from grader.exercises.registry import chapters
from grader.weave import layout

TASK, CHAPTER = "predict_labels", "03_scores"
COLD, CHECK, KIT = 1.5, 0.05, 0.25

IN_A_NOTEBOOK = """
import contextlib, io, os, time
import numpy as np
os.chdir({folder!r})
from grader.kit import check
from grader.kit.check import verdict_on
{code}
worst = 0.0
for name in {names!r}:
    for _ in range(3):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            check(name)
        took = time.perf_counter() - start
    own = verdict_on(name, globals()).seconds
    worst = max(worst, took - own)
print(worst)
"""


def measure(settings: Settings) -> None:
    """Print the table."""
    chapter = chapters()[CHAPTER]
    right = {name: code_of(e.reference, name, chapter) for name, e in chapter.exercises.items()}
    with TemporaryDirectory() as place:
        answer = Path(place) / "answer.py"
        answer.write_text("import numpy as np\n\n\n" + right[TASK])
        command = [tool("course"), "check", TASK, str(answer)]
        run(command)  # compiles the hidden key, once for a version of the chapter
        cold = median(lambda: seconds(lambda: run(command)), settings.runs)
    script = IN_A_NOTEBOOK.format(
        folder=str(layout.COMMITTED), code="\n\n".join(right.values()), names=list(right)
    )
    check = median(lambda: float(run([sys.executable, "-c", script])), settings.runs)

    def importing(what: str) -> float:
        return median(
            lambda: seconds(lambda: run([sys.executable, "-c", f"import {what}"])),
            2 * settings.runs + 1,
        )

    kit = importing("grader.kit, grader.kit.plots") - importing("numpy")
    console.table(
        "Waiting",
        ["what", "seconds"],
        [
            [f"course check {TASK} answer.py, cold", ratio(cold, COLD)],
            ["check() of a chapter's slowest, besides the learner's own time", ratio(check, CHECK)],
            ["import grader.kit with its figures, beyond NumPy", ratio(kit, KIT)],
        ],
    )
