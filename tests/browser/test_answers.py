"""Two graders and one question: rubric by keys, who graded what, and nothing that is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from grader.classroom import requests
from grader.classroom.classwide import Options
from grader.demo.roster import ROSTER
from grader.demo.simulate import Demo
from tests.browser.conftest import COURSE, Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

CHAPTER, TASK = "02_knn", "q_knn_limits"
COMMENT = "Say by how much."


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    """Three students' graded hand-ins, each with an answer in words."""
    run = Demo(tmp_path / "demo", [CHAPTER], ROSTER[:3])
    run.prepare()
    assert run.release(lambda name, step: None).refused == ()
    run.hand_in()
    run.collect()
    list(run.grade(Options(jobs=2), lambda event: None))
    return run


@pytest.fixture
def servers(demo: Demo, tmp_path: Path) -> Iterator[list[Server]]:
    """A server for each of two graders of one class."""
    words = ["formgrader", "--class-dir", str(demo.classroom.root)]
    with ExitStack() as stack:
        yield [
            stack.enter_context(serving(words, tmp_path / name, {"LOGNAME": name}))
            for name in ("tom", "ute")
        ]


def open_question(page: Page, server: Server) -> None:
    page.goto(server.url("/formgrader/manage_assignments"))
    page.get_by_role("link", name="Answers in words").click()
    page.get_by_role("link", name=TASK).first.click()
    page.locator("#students button").first.click()
    expect(page.locator("#which")).to_have_text("Answer 1 of 3")


def test_two_graders_share_a_question(demo: Demo, servers, open_screen) -> None:
    tom, ute = open_screen("tom"), open_screen("ute")
    for screen, server in zip((tom, ute), servers, strict=True):
        open_question(screen.page, server)
    expect(tom.page.locator("#progress")).to_have_text("0 of 3 graded; you are tom")
    assert "Ada" not in tom.page.locator("main").inner_text()

    for key in ("1", "3"):
        tom.page.keyboard.press(key)
    expect(tom.page.locator("#score")).to_have_value("2")
    tom.page.keyboard.press("c")
    tom.page.keyboard.type(COMMENT)
    tom.picture("answer-and-rubric")
    tom.page.keyboard.press("Control+Enter")
    expect(tom.page.locator("#which")).to_have_text("Answer 2 of 3")
    expect(tom.page.locator("#progress")).to_contain_text("1 of 3 graded")

    ute.page.keyboard.press("f")
    ute.page.keyboard.press("Enter")
    told = ute.page.locator("#told")
    expect(told).to_contain_text(f"tom graded this answer meanwhile (2 points, “{COMMENT}”)")
    ute.picture("somebody-was-faster")
    ute.page.keyboard.press("Enter")  # she has read it, and puts hers in its place
    expect(ute.page.locator("#which")).to_have_text("Answer 2 of 3")
    expect(ute.page.locator("#students li").first).to_contain_text("ute")
    expect(tom.page.locator("#students li").first).to_contain_text("ute")  # he is told

    tom.page.keyboard.press("0")
    tom.page.locator("#comment").fill(COMMENT)
    tom.page.get_by_role("button", name="Save and next").click()
    expect(tom.page.locator("#which")).to_have_text("Answer 3 of 3")
    tom.page.locator("#used button").first.click()
    expect(tom.page.locator("#comment")).to_have_value(COMMENT)
    tom.page.keyboard.press("f")
    tom.page.keyboard.press("Enter")
    expect(tom.page.locator("#told")).to_contain_text("No other answer waits")

    course = demo.classroom.course()
    with Gradebook(course.db_url, course.course_id) as book:
        given = [
            book.find_grade(TASK, CHAPTER, CHAPTER, student.id).manual_score
            for student in ROSTER[:3]
        ]
        part = book.find_submission_notebook(CHAPTER, CHAPTER, ROSTER[1].id).id
    assert given == [4, 0, 4]
    ute.page.goto(servers[1].url(f"/formgrader/submissions/{part}/"))
    expect(ute.page.locator(f"#{TASK}-comment")).to_have_value(COMMENT)
    expect(ute.page.locator(f"input#{TASK}")).to_have_value("0")
    ute.picture("formgrader-has-the-same")
    command = [COURSE, "feedback", "--class-dir", demo.classroom.root]
    subprocess.run(command, check=True, capture_output=True)
    pages = demo.classroom.root / "feedback"
    texts = [(pages / s.id / CHAPTER / f"{CHAPTER}.html").read_text() for s in ROSTER[:3]]
    assert COMMENT in texts[1]
    criterion = "names a change that acts on that cause"
    assert [criterion in text for text in texts] == [True, False, True]


def test_a_request_is_answered_where_the_answer_is_graded(demo: Demo, servers, open_screen) -> None:
    folder, exercise = demo.classroom, "l2_distances"
    ada, bo = (student.id for student in ROSTER[:2])
    reason = "<b>Look</b> again: <img src=x onerror=alert(1)>"
    for whose, task in ((ada, TASK), (bo, exercise)):
        requests.ask(folder, whose, CHAPTER, task, reason)
    tom = open_screen("tom")
    page, reply = tom.page, tom.page.locator("#reply")
    open_question(page, servers[0])
    expect(page.locator("#progress")).to_contain_text("1 asks for a second look")
    expect(page.locator("#requests")).to_contain_text(reason)
    expect(page.locator("#requests img")).to_have_count(0)
    page.get_by_role("button", name="Answer and close").click()
    expect(page.locator("#told")).to_contain_text("Write an answer to the request first")
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("waits for an answer")
    page.keyboard.press("r")
    page.keyboard.type("You are right.")
    tom.picture("request")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#which")).to_have_text("Answer 2 of 3")
    expect(reply).to_be_hidden()

    page.goto(servers[0].url("/formgrader/answers"))
    tom.picture("requests-of-all")
    page.get_by_role("link", name=exercise).click()
    expect(page.locator("#requests")).to_contain_text(reason)
    expect(page.locator("#answer pre")).to_contain_text(f"def {exercise}")
    requests.answer(folder, requests.open_request(folder, bo, CHAPTER, exercise), "No.", "ute")
    reply.fill("Yes.")
    page.get_by_role("button", name="Answer and close").click()
    expect(page.locator("#told")).to_contain_text("ute has answered this request meanwhile")
    found = {each.student: each for each in requests.all_requests(folder)}
    assert (found[ada].answer, found[ada].grader) == ("You are right.", "tom")
    course = folder.course()
    with Gradebook(course.db_url, course.course_id) as book:
        assert book.find_grade(TASK, CHAPTER, CHAPTER, ada).manual_score == 4
        assert book.find_grade(f"test_{exercise}", CHAPTER, CHAPTER, bo).manual_score is None
