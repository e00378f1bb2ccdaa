"""A class on a real JupyterHub: instructor, grader and students are users of the system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen
from tests.browser.test_second_look import ASK, ask
from tests.browser.test_week import (
    COMMENT,
    WORDS,
    answer_and_submit,
    assignment_list,
    collect_and_grade,
    fetch,
    give_feedback,
    release,
)
from tests.hub.conftest import CHAPTER, PASSWORD, Hub, as_user
from tests.reports.test_requests import REASON

pytestmark = [pytest.mark.hub, pytest.mark.timeout(1200)]

SERVICE = "/services/pixels-to-networks"
HAND_IN = "/services/course/"
TASK = "q_knn_limits"


def log_in(page: Page, hub: Hub, name: str, path: str) -> None:
    page.goto(hub.url(f"/hub/login?next={path}"))
    page.locator("#username_input").fill(hub.user(name))
    page.locator("#password_input").fill(PASSWORD)
    page.locator("#login_submit").click()


def test_a_class_works_and_is_graded_on_a_hub(hub: Hub, open_screen) -> None:
    kim, tom, ada, bo = (open_screen(f"hub-{name}") for name in ("kim", "tom", "ada", "bo"))

    def service(path: str) -> str:
        return hub.url(SERVICE + path)

    def of_ada(path: str) -> str:
        return hub.url(f"/user/{hub.user('ada')}{path or '/lab'}")

    log_in(kim.page, hub, "kim", f"{SERVICE}/formgrader")
    kim.page.get_by_role("link", name="Manage Students").wait_for()
    release(kim, service)

    log_in(ada.page, hub, "ada", "/hub/spawn")
    ada.page.locator("#jp-main-dock-panel").wait_for()
    fetch(ada, of_ada)
    answer_and_submit(ada, of_ada, hub.home("ada"))
    collect_and_grade(kim, service)

    hand_in_with_commands(hub, "bo")
    log_in(bo.page, hub, "bo", HAND_IN)
    hand_in_on_the_page(bo, hub.home("bo") / CHAPTER / f"{CHAPTER}.ipynb")
    for step in ("collect", "grade"):
        course_as_the_account(hub, step)

    log_in(tom.page, hub, "tom", f"{SERVICE}/formgrader/answers")
    tom.page.get_by_role("link", name=TASK).click()
    tom.page.locator("#students button").first.click()
    expect(tom.page.locator("#answer")).to_contain_text(WORDS)
    expect(tom.page.locator("#progress")).to_contain_text(f"you are {hub.user('tom')}")
    tom.page.keyboard.press("1")
    tom.page.locator("#comment").fill(COMMENT)
    tom.page.get_by_role("button", name="Save and next").click()
    expect(tom.page.locator("#students li").first).to_contain_text(hub.user("tom"))
    tom.picture("graded-on-the-hub")
    formgrader_in_labs_frame(kim, service)

    give_feedback(kim, service)
    ada.page.goto(of_ada("/lab"))
    assignment_list(ada.page)
    submitted = ada.page.locator("#submitted_assignments_list")
    submitted.get_by_text(CHAPTER).first.click()
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("view feedback").first.wait_for()
    pages = list((hub.home("ada") / CHAPTER / "feedback").rglob("*.html"))
    assert [COMMENT in page.read_text() for page in pages] == [True]

    ask_for_a_second_look(hub, bo)
    bo.page.goto(service("/formgrader"))
    expect(bo.page.locator("body")).to_contain_text("403")


def course_as_the_account(hub: Hub, *words: str) -> None:
    """A command as the guide has it: `course` as the class's own account."""
    command = (hub.clone / "course", *words, "--class-dir", hub.folder)
    done = as_user(hub.user("account"), *command, cwd=hub.base)
    assert done.returncode in (0, 1), done.stderr


def ask_for_a_second_look(hub: Hub, bo: Screen) -> None:
    """A student asks from the feedback that the service shows, and reads the answer there."""
    bo.page.goto(hub.url(HAND_IN))
    bo.page.get_by_role("link", name="Feedback").click()
    question = bo.page.locator(f"section#{TASK}")
    question.get_by_role("link", name=ASK).click()
    ask(bo.page)
    expect(question).to_contain_text(REASON)
    bo.picture("asked-on-the-hub")
    words = ("requests", "answer", hub.user("bo"), CHAPTER, TASK, "It stays.")
    course_as_the_account(hub, *words)
    bo.page.reload()
    expect(question).to_contain_text("It stays.")


def hand_in_on_the_page(screen: Screen, notebook: Path) -> None:
    """A student hands in on the page of the service, where the hub has logged them in."""
    page = screen.page
    page.get_by_label(f"Your notebook {CHAPTER}").set_input_files(notebook)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("is handed in").wait_for()
    screen.picture("handed-in-on-the-hub")


def formgrader_in_labs_frame(screen: Screen, service: Callable[[str], str]) -> None:
    """An instructor opens formgrader from Lab's menu, in a frame, and goes on to a submission."""
    page = screen.page
    page.goto(service("/lab"))
    page.locator("#jp-main-dock-panel").wait_for()
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Formgrader").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Manual Grading").click()
    frame.get_by_role("link", name=CHAPTER).first.click()
    frame.locator("tbody tr td a").first.click()
    frame.locator("tbody tr td a").first.click()
    expect(frame.get_by_text("What a full answer holds").first).to_be_visible()
    screen.picture("formgrader-in-lab")


def hand_in_with_commands(hub: Hub, name: str) -> None:
    """A student fetches and submits in a terminal of the hub."""
    settings = f"JUPYTER_CONFIG_PATH={hub.base / 'hub' / 'student'}"
    for step in ("fetch_assignment", "submit"):
        words = ("env", settings, hub.student_python, "-P", "-m", "nbgrader", step, CHAPTER)
        done = as_user(hub.user(name), *words)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "path", ["class/keys", "class/gradebook.db", "class/source", "clone/solutions", "home/ada"]
)
def test_a_student_reads_no_key_no_solution_and_no_others_work(hub: Hub, path: str) -> None:
    place = hub.home("ada") if path == "home/ada" else hub.base / path
    done = as_user(hub.user("bo"), "ls", "-R", place)
    assert done.returncode != 0
    assert "Permission denied" in done.stderr


def test_the_environment_of_students_has_no_answers(hub: Hub) -> None:
    code = (
        "import importlib.util as u; print([n for n in ('solutions', 'grader') if u.find_spec(n)])"
    )
    done = as_user(hub.user("bo"), hub.student_python, "-c", code)
    assert done.stdout.strip() == "[]", done.stderr
