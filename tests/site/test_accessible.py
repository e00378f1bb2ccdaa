"""axe-core finds nothing serious on the book, feedback, the class report and a check."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest

from grader.classroom.classwide import Options
from grader.demo.roster import ROSTER
from grader.demo.simulate import Demo
from grader.exercises.registry import chapters
from pix2net.desk import render
from pix2net.desk.checking import verdict_on
from tests.site.conftest import serving
from website import book
from website.editions import EDITIONS, Edition

pytestmark = [pytest.mark.site, pytest.mark.timeout(1800)]
AXE = "axe-core@4.10.3"
SERIOUS = ("serious", "critical")
COLOURS = ("light", "dark")


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
def class_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report and feedback of a small simulated class."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "demo", ("01_images",), ROSTER[:6])
    demo.prepare()
    assert not demo.release(lambda *_: None).refused
    demo.hand_in()
    demo.collect()
    verdicts = list(demo.grade(Options(jobs=2), lambda _: None))
    for job in demo.feedback():
        job.write()
    demo.report(verdicts)
    return demo.classroom.root


def test_report_and_feedback(class_pages: Path, open_screen, axe: str) -> None:
    pages = [class_pages / "report.html", *sorted(class_pages.glob("feedback/*/*/*.html"))]
    assert len(pages) > 3
    for address in serving(class_pages):
        for path in pages:
            page = open_screen("axe-class").page
            page.goto(f"{address}{path.relative_to(class_pages).as_posix()}")
            assert serious(page, axe) == [], path.name


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
