"""axe-core finds nothing serious on the book, on pages of a class and its servers, on a check."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest

from grader.classroom import requests
from grader.classroom.classwide import Options
from grader.demo.roster import ROSTER
from grader.demo.simulate import Demo
from grader.exercises.registry import chapters
from grader.network.tokens import Tokens
from grader.reports.report import class_report
from pix2net.desk import render
from pix2net.desk.checking import verdict_on
from tests.browser.conftest import serving as formgrader
from tests.browser.test_second_look import log_in
from tests.network.conftest import start
from tests.site.conftest import serving
from website import book
from website.editions import EDITIONS, Edition

pytestmark = [pytest.mark.site, pytest.mark.timeout(1800)]
AXE = "axe-core@4.10.3"
SERIOUS = ("serious", "critical")
COLOURS = ("light", "dark")
CHAPTER, WHOSE = "02_knn", ROSTER[0].id
TASKS = ("l2_distances", "q_knn_limits", "neighbour_agreement")  # answered, waiting, not asked


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core."""
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        member = packed.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def serious(page, axe: str) -> list[str]:
    """A line for each serious finding on a page."""
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{problem['id']}: {node['html'][:160]}"
        for problem in found
        if problem["impact"] in SERIOUS
        for node in problem["nodes"]
    ]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.sphinx)
@pytest.mark.parametrize("colours", COLOURS)
def test_every_page_of_the_book(
    site: Path, address: str, open_screen, axe: str, edition: Edition, colours: str
) -> None:
    page = open_screen(f"axe-{edition.sphinx}-{colours}").page
    page.emulate_media(color_scheme=colours)
    root = site / edition.folder
    paths = sorted([*root.glob("*.html"), *root.glob("chapters/*.html")])
    assert len(paths) > len(chapters()) + len(book.PAGES)
    found = {}
    for path in paths:
        page.goto(f"{address}{path.relative_to(site).as_posix()}")
        page.wait_for_load_state("networkidle")
        found[path.stem] = serious(page, axe)
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A small simulated class with reports, feedback and requests for a second look."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "demo", (CHAPTER,), ROSTER[:6])
    demo.prepare()
    assert not demo.release(lambda *_: None).refused
    demo.hand_in()
    demo.collect()
    verdicts = list(demo.grade(Options(jobs=2), lambda _: None))
    asked = requests.ask(demo.classroom, WHOSE, CHAPTER, TASKS[0], "Look at <the> text.")[0]
    requests.answer(demo.classroom, asked, "It is right.", "kim")
    requests.ask(demo.classroom, WHOSE, CHAPTER, TASKS[1], "And this?")
    for job in demo.feedback():
        job.write()
    demo.report(verdicts)
    page = class_report(demo.classroom, verdicts, names=False)
    (demo.classroom.root / "report-without-names.html").write_text(page, encoding="utf-8")
    return demo


def test_reports_and_feedback(demo: Demo, open_screen, axe: str) -> None:
    root = demo.classroom.root
    pages = [*sorted(root.glob("report*.html")), *sorted(root.glob("feedback/*/*/*.html"))]
    assert len(pages) > 4
    for address in serving(root):
        for path in pages:
            page = open_screen("axe-class").page
            page.goto(f"{address}{path.relative_to(root).as_posix()}")
            assert serious(page, axe) == [], path.name


@pytest.mark.parametrize("colours", COLOURS)
def test_the_service(demo: Demo, open_screen, axe: str, colours: str) -> None:
    served = start(demo.classroom, Tokens(demo.classroom).give([WHOSE], again=True))
    page = open_screen(f"axe-service-{colours}").page
    page.emulate_media(color_scheme=colours)
    try:
        page.goto(served.url)
        assert serious(page, axe) == [], "log-in"
        page.get_by_label("Your token").fill("of nobody")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("alert").wait_for()
        assert serious(page, axe) == [], "a wrong token"
        log_in(page, served)
        page.get_by_role("heading", name=CHAPTER).wait_for()
        book = demo.classroom.submitted(WHOSE, CHAPTER) / f"{CHAPTER}.ipynb"
        page.get_by_label(f"Your notebook {CHAPTER}").set_input_files(book)
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("table").wait_for()
        page.get_by_text("Ask for a second look at").click()
        assert serious(page, axe) == [], "assignments"
        form = f"{served.url}/assignments/{CHAPTER}/requests?task="
        # Feedback is looked at above: where it is served, no script runs, not even axe's.
        for place in [*(form + task for task in TASKS), f"{form}nothing"]:
            page.goto(place)
            assert serious(page, axe) == [], place
    finally:
        served.kill()


def test_answers_in_words(demo: Demo, tmp_path: Path, open_screen, axe: str) -> None:
    page = open_screen("axe-answers").page
    words = ["formgrader", "--class-dir", str(demo.classroom.root)]
    with formgrader(words, tmp_path / "home", {}) as server:
        page.goto(server.url("/formgrader/answers"))
        assert serious(page, axe) == [], "all questions"
        for task in TASKS:
            page.goto(server.url(f"/formgrader/answers/{CHAPTER}/{task}"))
            page.locator("#students button").first.click()
            page.locator("#answer").wait_for()
            assert serious(page, axe) == [], task


@pytest.mark.parametrize(
    "colours", ["#fff;color:#222", "#111;color:#eee"]
)  # as JupyterLab's themes
def test_a_check(tmp_path: Path, open_screen, axe: str, monkeypatch, colours: str) -> None:
    from grader.weave import layout

    monkeypatch.setenv("COURSE_KEYS", str(layout.COMMITTED / layout.KEYS_FOLDER))
    wrong = {"neighbour_agreement": lambda distances, ours, theirs: 0.5}
    box = render.as_html(verdict_on("neighbour_agreement", wrong), footer="1 of 7 exercises pass")
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>check</title>'
        f'<body style="background:{colours}"><main><h1>A check</h1>{box}</main></body></html>',
        encoding="utf-8",
    )
    for address in serving(tmp_path):
        page = open_screen("axe-check").page
        page.goto(f"{address}a.html")
        assert serious(page, axe) == []
