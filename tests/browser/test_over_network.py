"""A student's week in JupyterLab with `course serve`: the Assignment List over HTTP alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from grader.network.tokens import Tokens
from grader.release.course_dir import ClassFolder, open_class
from pix2net.handing_in.receipt import PUBLIC_KEY, check
from tests.browser import lab
from tests.browser.conftest import COURSE, Screen, Server, free_port, serving
from tests.browser.test_second_look import ASK, ask, log_in
from tests.browser.test_week import CHAPTER, WORDS, answer_and_submit, assignment_list, fetch
from tests.network.conftest import Served, allow, start
from tests.reports.test_requests import REASON

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1500)]


def course(folder: ClassFolder, *words: str) -> None:
    command = [COURSE, *words, "--class-dir", folder.root]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder.root.parent)
    assert done.returncode in (0, 1), done.stdout + done.stderr


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The service of a class with one chapter released."""
    root = tmp_path / "class"
    subprocess.run([COURSE, "release", CHAPTER, "--class-dir", root], check=True, cwd=tmp_path)
    folder, port = open_class(root), free_port()
    allow(folder, address=f"http://127.0.0.1:{port}")
    running = start(folder, Tokens(folder).give(["ada"]), "--port", str(port))
    yield running
    running.kill()


def join(served: Served, home: Path) -> None:
    """What a student types once, in a terminal."""
    home.mkdir()
    words = [COURSE, "join", served.url, "--token", served.tokens["ada"]]
    subprocess.run(words, check=True, env=os.environ | {"HOME": str(home)})


def ask_from_the_feedback_in_lab(screen: Screen, evening: Server, page: str) -> str:
    """Open the fetched page in Lab, where its link says which address to open; that address."""
    screen.page.goto(evening.url(f"/lab/tree/{quote(page)}"))
    frame = screen.page.frame_locator("iframe.jp-HTMLViewer, .jp-HTMLViewer iframe").first
    expect(frame.locator("body")).to_contain_text("farthest")
    frame.locator("section#neighbour_agreement").get_by_role("link", name=ASK).click()
    link = frame.get_by_role("link", name="neighbour_agreement")
    link.wait_for()
    screen.picture("feedback-in-lab")
    return link.get_attribute("href") or ""


def test_a_student_fetches_submits_and_gets_feedback_in_labs_list(served, tmp_path, open_screen):
    screen, home, work = open_screen("over-network"), tmp_path / "home", tmp_path / "work"
    join(served, home)
    folder, page = served.folder, screen.page
    with serving(["lab", str(work)], home, {}) as evening:
        page.goto(evening.url())
        lab.wait_for_notebook(page)
        fetch(screen, evening.url)
        answer_and_submit(screen, evening.url, work)
        (receipt,) = (work / CHAPTER).glob("*.receipt.json")
        assert check(receipt.read_text(), (folder.root / PUBLIC_KEY).read_text()).student == "ada"
        handed_in = folder.submitted("ada", CHAPTER) / f"{CHAPTER}.ipynb"
        assert WORDS in handed_in.read_text()

        course(folder, "grade")
        course(folder, "feedback")
        page.goto(evening.url("/lab"))
        assignment_list(page)
        submitted = page.locator("#submitted_assignments_list")
        submitted.get_by_text(CHAPTER).first.click()
        submitted.get_by_text("feedback available to fetch").first.wait_for()
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.get_by_text("view feedback").first.wait_for()
        screen.picture("feedback-fetched")
        (feedback,) = (work / CHAPTER / "feedback").rglob(f"{CHAPTER}.html")
        address = ask_from_the_feedback_in_lab(
            screen, evening, feedback.relative_to(work).as_posix()
        )
    page.goto(address)
    log_in(page, served)
    ask(page)
    course(folder, "requests", "answer", "ada", CHAPTER, "neighbour_agreement", "It is farthest.")
    page.reload()
    expect(page.locator("section#neighbour_agreement")).to_contain_text(REASON)
    expect(page.locator("section#neighbour_agreement")).to_contain_text("It is farthest.")
