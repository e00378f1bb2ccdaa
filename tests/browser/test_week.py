"""An instructor's week and a student's part in it, all of it clicked.

Generate, release; fetch, answer, submit; collect, autograde, grade an answer in words by its
rubric, release the feedback; fetch and read it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import lab
from tests.browser.conftest import COURSE, PATIENCE, Screen, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1500)]

CHAPTER = "02_knn"
STUB = "def neighbour_agreement"
WRONG = (
    "def neighbour_agreement(distances, test_attribute, train_attribute):\n"
    "    nearest = distances.argmax(axis=1)\n"
    "    return float(np.mean(train_attribute[nearest] == test_attribute))"
)
WORDS = "The neighbours shared the background far more often than the class, so pixels decide."
COMMENT = "Say by how much: you have measured it."


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """A class with one chapter built, and an exchange that student and instructor share."""
    folder, exchange = tmp_path / "class", tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    subprocess.run([COURSE, "build", CHAPTER, "--class-dir", folder], check=True, cwd=tmp_path)
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    return folder


@pytest.fixture
def student_settings(class_folder: Path, tmp_path: Path) -> dict[str, str]:
    """What an administrator sets up for students: where the exchange is and the course's name."""
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
        "c.CourseDirectory.course_id = 'pixels-to-networks'\n"
    )
    return {"JUPYTER_CONFIG_PATH": str(settings)}


def row_of(page: Page, text: str) -> Locator:
    """The row of formgrader's table that holds a text."""
    return page.locator("tbody tr").filter(has_text=text).first


def click_and_wait(page: Page, button: Locator, told: str) -> None:
    """Click a button of formgrader and wait until its dialog says how it went."""
    button.click()
    dialog = page.locator(".modal-dialog:visible")
    expect(dialog).to_contain_text(told, timeout=PATIENCE)
    page.locator(".modal-footer button:visible").first.click()
    dialog.wait_for(state="hidden")


def release(screen: Screen, url: Callable[[str], str]) -> None:
    page = screen.page
    page.goto(url("/formgrader/manage_assignments"))
    row_of(page, CHAPTER).wait_for()
    screen.picture("assignments")
    click_and_wait(page, row_of(page, CHAPTER).locator("td.assign a"), "uccess")
    click_and_wait(page, row_of(page, CHAPTER).locator("td.release a"), "uccess")
    expect(row_of(page, CHAPTER).locator("td.status")).to_contain_text("released")
    screen.picture("released")


def assignment_list(page: Page) -> None:
    """Open the Assignment List from the menu, once Lab has put back what was open before."""
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_role("tab", name="Assignments").click()


def fetch(screen: Screen, url: Callable[[str], str]) -> None:
    page = screen.page
    page.goto(url("/lab"))  # where no notebook opens, which would come to the front once it has
    assignment_list(page)
    page.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
    page.locator("#fetched_assignments_list").get_by_text(CHAPTER).first.wait_for()
    screen.picture("fetched")


def answer_and_submit(screen: Screen, url: Callable[[str], str], work: Path) -> None:
    page = screen.page
    page.goto(url(f"/lab/tree/{CHAPTER}/{CHAPTER}.ipynb"))
    lab.wait_for_notebook(page)
    lab.run(lab.cell_with(page, "import numpy as np"))
    lab.answer(page, STUB, WRONG)
    assert "farthest" in lab.check(page, "neighbour_agreement")
    words = page.locator(".jp-MarkdownCell").filter(has_text="YOUR ANSWER HERE").first
    words.scroll_into_view_if_needed()
    words.locator(".jp-RenderedMarkdown").dblclick()
    page.locator(".jp-MarkdownCell.jp-mod-active .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(WORDS)
    page.keyboard.press("Shift+Enter")
    lab.save(page, work / CHAPTER / f"{CHAPTER}.ipynb", WORDS)

    assignment_list(page)
    page.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    page.locator("#submitted_assignments_list").get_by_text(CHAPTER).first.wait_for()
    screen.picture("submitted")


def collect_and_grade(screen: Screen, url: Callable[[str], str]) -> None:
    page = screen.page
    page.goto(url("/formgrader/manage_assignments"))
    click_and_wait(page, row_of(page, CHAPTER).locator("td.collect a"), "uccess")
    page.goto(url(f"/formgrader/manage_submissions/{CHAPTER}"))
    row = page.locator("tbody#main-table tr").filter(has=page.locator("td.autograde a"))
    expect(row).to_have_count(1)
    row.locator("td.autograde a").click()
    # While it grades, the server answers: stock formgrader would not.
    other = page.context.new_page()
    started = page.evaluate("performance.now()")
    other.goto(url("/formgrader/manage_assignments"))
    other.locator("tbody tr").first.wait_for()
    waited = page.evaluate("performance.now()") - started
    assert page.locator(".modal-dialog:visible").count() == 0, f"graded within {waited} ms"
    other.close()
    expect(page.locator(".modal-dialog:visible")).to_contain_text("uccess", timeout=PATIENCE)
    page.locator(".modal-footer button:visible").first.click()
    expect(row.locator("td.status")).to_contain_text("needs manual grading")
    screen.picture("autograded")


def grade_the_words(screen: Screen, url: Callable[[str], str]) -> None:
    page = screen.page
    page.goto(url(f"/formgrader/gradebook/{CHAPTER}/{CHAPTER}"))
    page.locator("tbody tr td a").first.click()
    words = page.get_by_text(WORDS)
    words.scroll_into_view_if_needed()
    expect(page.get_by_text("What a full answer holds")).to_be_visible()
    page.locator(".MathJax").first.wait_for()
    panel = page.locator(".panel").filter(has_text=WORDS).last
    panel.locator("input.score").fill("3")
    panel.locator("textarea.comment").fill(COMMENT)
    page.locator("body").click(position={"x": 5, "y": 400})
    expect(panel.locator(".score-saved, .comment-saved").first).to_be_visible()
    screen.picture("graded-by-the-rubric")


def give_feedback(screen: Screen, url: Callable[[str], str]) -> None:
    page = screen.page
    page.goto(url("/formgrader/manage_assignments"))
    row_of(page, CHAPTER).wait_for()
    click_and_wait(page, row_of(page, CHAPTER).locator("td.generate-feedback a"), "uccess")
    click_and_wait(page, row_of(page, CHAPTER).locator("td.release-feedback a"), "uccess")
    screen.picture("feedback-released")


def read_feedback(screen: Screen, url: Callable[[str], str], work: Path) -> None:
    page = screen.page
    page.goto(url(""))
    lab.wait_for_notebook(page)
    assignment_list(page)
    submitted = page.locator("#submitted_assignments_list")
    submitted.get_by_text(CHAPTER).first.click()
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("view feedback").first.wait_for()
    screen.picture("feedback-fetched")
    (feedback,) = (work / CHAPTER / "feedback").rglob(f"{CHAPTER}.html")
    page.goto(feedback.as_uri())
    expect(page.locator("body")).to_contain_text(COMMENT)
    expect(page.locator("body")).to_contain_text("farthest")
    screen.picture("feedback")


def test_a_week(tmp_path, class_folder, student_settings, open_screen) -> None:
    instructor, student = open_screen("instructor"), open_screen("student-exchange")
    work = tmp_path / "work"
    with (
        serving(["formgrader", "--class-dir", str(class_folder)], tmp_path / "desk", {}) as desk,
        serving(["lab", str(work)], tmp_path / "home", student_settings) as evening,
    ):
        release(instructor, desk.url)
        student.page.goto(evening.url())
        lab.wait_for_notebook(student.page)
        fetch(student, evening.url)
        answer_and_submit(student, evening.url, work)
        collect_and_grade(instructor, desk.url)
        grade_the_words(instructor, desk.url)
        give_feedback(instructor, desk.url)
        read_feedback(student, evening.url, work)
