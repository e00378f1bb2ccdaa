"""What a person waits for: ``course check`` cold, ``check`` in a notebook, importing the kit."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.common import Settings, median, ratio, run, seconds, tool
from grader.demo.answers import code_of
from grader.exercises.registry import chapters
from grader.weave import layout
from pix2net.cli import console

TASK, CHAPTER = "predict_labels", "03_scores"
TRAINS_FOR_MINUTES = ("11_capstone", "14_convolution")
COLD, CHECK, KIT = 1.5, 0.05, 0.25

IN_A_NOTEBOOK = """
import contextlib, io, os, time
import numpy as np
os.chdir({folder!r})
from pix2net import check
from pix2net.desk.checking import verdict_on
{code}
worst, slowest = 0.0, ""
for name in {names!r}:
    for _ in range(3):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            check(name)
        took = time.perf_counter() - start
    own = verdict_on(name, globals()).seconds
    worst, slowest = max((worst, slowest), (took - own, name))
print(worst, slowest)
"""


def right_answers(chapter: str) -> dict[str, str]:
    """The code of a chapter's references, by exercise."""
    found = chapters()[chapter]
    return {name: code_of(e, found) for name, e in found.exercises.items()}


def in_a_notebook(chapter: str) -> tuple[float, str]:
    """Seconds that the slowest check of a chapter takes besides the learner's own, and its name."""
    right = right_answers(chapter)
    script = IN_A_NOTEBOOK.format(
        folder=str(layout.COMMITTED), code="\n\n".join(right.values()), names=list(right)
    )
    took, name = run([sys.executable, "-c", script]).split()
    return float(took), name


def measure(settings: Settings) -> None:
    """Print the table."""
    with TemporaryDirectory() as place:
        answer = Path(place) / "answer.py"
        answer.write_text("import numpy as np\n\n\n" + right_answers(CHAPTER)[TASK])
        command = [tool("course"), "check", TASK, str(answer)]
        run(command)  # compiles the hidden key, once for a version of the chapter
        cold = median(lambda: seconds(lambda: run(command)), settings.runs)
    check, slowest = max(
        in_a_notebook(name) for name in chapters() if name not in TRAINS_FOR_MINUTES
    )

    def importing(what: str) -> float:
        return median(
            lambda: seconds(lambda: run([sys.executable, "-c", f"import {what}"])),
            2 * settings.runs + 1,
        )

    kit = importing("pix2net, pix2net.plots") - importing("numpy")
    console.table(
        "Waiting",
        ["what", "seconds"],
        [
            [f"course check {TASK} answer.py, cold", ratio(cold, COLD)],
            [f"check({slowest!r}), the slowest, besides the learner's own time",
             ratio(check, CHECK)],
            ["import pix2net with its figures, beyond NumPy", ratio(kit, KIT)],
        ],
    )  # fmt: skip
