"""Makes the pictures of the guides anew, of a simulated class: ``python scripts/pictures.py``.

Needs a Chromium and five minutes. ``check.png`` is of a notebook in JupyterLab and ``scaling.png``
of ``make bench``: neither is made here. Look at what comes out before you commit it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import browser
from playwright.sync_api import Browser, FloatRect, sync_playwright

from grader.classroom import requests
from grader.classroom.classwide import Options
from grader.demo.roster import ROSTER
from grader.demo.simulate import Demo

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
COURSE = Path(sys.executable).with_name("course")
CHAPTERS = ("01_images", "02_knn", "03_scores")
WHOSE, CHAPTER, TASK = "nadia", "02_knn", "q_knn_limits"
REASON = "Grass and snow are the cause that you ask for: most pixels are background."
COMMENT = "Say by how much."
ADDRESS = "https://handin.example.edu/"


def graded(folder: Path) -> Demo:
    """The class of `course demo`, graded, with feedback and a report."""
    demo = Demo(folder, CHAPTERS)
    demo.prepare()
    refused = demo.release(lambda *_: None).refused
    if refused:
        sys.exit(f"not released: {refused}")
    demo.hand_in()
    demo.collect()
    verdicts = list(demo.grade(Options(), lambda _: None))
    with (demo.classroom.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"c.HandIn.address = {ADDRESS!r}\n")
    for job in demo.feedback():
        job.write()
    demo.report(verdicts)
    return demo


@contextmanager
def formgrader(demo: Demo) -> Iterator[tuple[str, str]]:
    """A grader's server; its address and its token."""
    command = [str(COURSE), "formgrader", "--no-browser", "--class-dir", str(demo.classroom.root)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LOGNAME": "kim"},
    ) as p:
        try:
            for line in p.stdout or ():
                found = re.search(r"(http://127\.0\.0\.1:\d+)\S*\?token=(\w+)", line)
                if found:
                    yield found[1], found[2]
                    return
        finally:
            p.terminate()
    sys.exit("formgrader did not start")


def of_page(shown: Browser, name: str, page: Path, clip: FloatRect, start: str = "body") -> None:
    """A picture of a page; ``clip`` is counted from the top of an element."""
    screen = shown.new_page(viewport={"width": int(clip["width"]), "height": 1000})
    screen.goto(page.as_uri())
    screen.add_style_tag(content=".task.full { display: none }")  # what there is less to see of
    top = screen.locator(start).bounding_box()
    assert top is not None
    clip = {**clip, "y": top["y"] + clip["y"]}
    screen.screenshot(path=PICTURES / name, clip=clip, full_page=True)


def of_answers(shown: Browser, address: str, token: str) -> None:
    """A picture of the page of a question, with a request for a second look."""
    screen = shown.new_page(viewport={"width": 1280, "height": 980})
    screen.goto(f"{address}/formgrader/manage_assignments?token={token}")
    screen.goto(f"{address}/formgrader/answers/{CHAPTER}/{TASK}")
    screen.locator("#students button").first.click()
    screen.locator("#requests").get_by_text(REASON).wait_for()
    for key in ("1", "3", "c"):
        screen.keyboard.press(key)
    screen.keyboard.type(COMMENT)
    screen.screenshot(path=PICTURES / "answers.png")


def main() -> None:
    """Make them all."""
    program = browser()
    if program is None:
        sys.exit("no Chromium on this machine: `make test-browser` installs one where it can")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = graded(Path(folder) / "demo")
        shown = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        root = demo.classroom.root
        report, feedback = root / "report.html", root / "feedback" / WHOSE / "01_images"
        whole: FloatRect = {"x": 0, "y": 0, "width": 1000, "height": 820}
        of_page(shown, "report.png", report, whole)
        table: FloatRect = {"x": 0, "y": -12, "width": 1000, "height": 640}
        of_page(shown, "misconceptions.png", report, table, "h2:has-text('misconceptions')")
        tasks: FloatRect = {"x": 0, "y": 0, "width": 885, "height": 1260}
        of_page(shown, "feedback.png", feedback / "01_images.html", tasks)
        requests.ask(demo.classroom, ROSTER[0].id, CHAPTER, TASK, REASON)
        with formgrader(demo) as (address, token):
            of_answers(shown, address, token)
        shown.close()


if __name__ == "__main__":
    main()
