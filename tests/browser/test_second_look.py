"""From feedback to a request and its answer, clicked: from the service's page, and from disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from grader.network.tokens import Tokens
from grader.release.course_dir import ClassFolder
from pix2net.cli.app import app
from tests.network.conftest import Served, allow, book, start
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture
from tests.reports.test_requests import NAME, REASON, folder  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
ASK = "Ask for a second look"


@pytest.fixture
def served(folder: ClassFolder) -> Iterator[Served]:  # noqa: F811
    """The service of a class in which ada's work is graded."""
    for place in (folder.source(NAME), folder.release(NAME)):
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_bytes(book("released"))
    running = start(folder, Tokens(folder).give(["ada"]))
    yield running
    running.kill()


def course(folder: ClassFolder, *words: str) -> None:  # noqa: F811
    done = CliRunner().invoke(app, [*words, "--class-dir", str(folder.root)])
    assert done.exit_code == 0, done.output


def log_in(page: Page, served: Served) -> None:
    page.get_by_label("Your token").fill(served.tokens["ada"])
    page.get_by_role("button", name="Log in").click()


def ask(page: Page) -> None:
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Ask").click()


def test_from_the_feedback_to_the_form_and_back_to_the_answer(served, folder, open_screen):  # noqa: F811
    screen = open_screen("second-look")
    page = screen.page
    page.goto(served.url)
    log_in(page, served)
    notebook = folder.root / "mine.ipynb"
    notebook.write_bytes(book("mine"))
    page.get_by_label(f"Your notebook {NAME}").set_input_files(notebook)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("is handed in").wait_for()
    course(folder, "feedback")
    page.goto(served.url)
    page.get_by_role("link", name="Feedback").click()
    exercise, question = page.locator("section#f"), page.locator("section#words")
    expect(question.get_by_role("link", name=ASK)).to_be_visible()
    screen.picture("feedback")
    exercise.get_by_role("link", name=ASK).click()
    expect(page.get_by_role("heading", name="A second look at f")).to_be_visible()
    screen.picture("form")
    ask(page)
    expect(exercise).to_contain_text(REASON)
    expect(exercise).to_contain_text("This waits for a grader.")
    expect(exercise.get_by_role("link", name=ASK)).to_have_count(0)
    assert page.url.endswith("/feedback#f")
    screen.picture("asked")
    course(folder, "requests", "answer", "ada", NAME, "f", "You are right.", "--points", "2")
    page.reload()
    expect(exercise).to_contain_text("You are right.")
    expect(exercise.get_by_role("link", name=ASK)).to_be_visible()
    screen.picture("answered")


def test_from_a_page_on_disk_whoever_is_logged_in_comes_to_the_form(served, folder, open_screen):  # noqa: F811
    allow(folder, address=served.url)
    course(folder, "feedback")
    feedback = folder.root / "feedback" / "ada" / NAME / f"{NAME}.html"
    page = open_screen("second-look-from-disk").page
    page.goto(feedback.as_uri())
    page.locator("section#words").get_by_role("link", name=ASK).click()
    page.get_by_label("Your token").wait_for()
    log_in(page, served)  # once, and what one came for is there
    expect(page.get_by_role("heading", name="A second look at words")).to_be_visible()
    page.goto(feedback.as_uri())
    page.locator("section#f").get_by_role("link", name=ASK).click()
    ask(page)
    expect(page.locator("section#f")).to_contain_text(REASON)
    (found,) = folder.root.glob(f"requests/ada/{NAME}/*.json")
    assert json.loads(found.read_text())["task"] == "f"


def test_in_a_frame_there_is_the_address_to_open(served, folder, open_screen):  # noqa: F811
    allow(folder, address=served.url)
    course(folder, "feedback")
    feedback = folder.root / "feedback" / "ada" / NAME / f"{NAME}.html"
    around = shutil.copy(feedback, folder.root / "page.html")
    frame = folder.root / "frame.html"
    frame.write_text(f'<iframe sandbox src="{around}" width="900" height="700"></iframe>')
    page = open_screen("second-look-framed").page
    page.goto(frame.as_uri())
    inside = page.frame_locator("iframe")
    inside.locator("section#f").get_by_role("link", name=ASK).click()
    address = f"{served.url}/assignments/{NAME}/requests?task=f"
    expect(inside.get_by_role("link", name=address)).to_be_visible()
