"""Requests for a second look in the class folder: by command, with points, and on the feedback."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from grader.classroom import requests
from grader.classroom.records import Records
from grader.release.course_dir import create_class
from grader.reports.grades import grades_in
from pix2net.cli.app import app
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture
from tests.reports.test_student import book_of
from tests.reports.test_summary import item, verdict

pytestmark = pytest.mark.some_chapters

NAME = "02_knn"
REASON = "My sentence names the cause."


@pytest.fixture
def folder(tmp_path, empty_gradebook):  # noqa: F811
    """A class in which ada and bo have 1 of 2 for an exercise, and 3 of 4 for a question."""
    folder = create_class(tmp_path / "class")
    shutil.copy(empty_gradebook, folder.root)
    with book_of(folder) as book:
        book.add_assignment(NAME)
        book.add_notebook(NAME, NAME)
        book.add_grade_cell("words", NAME, NAME, max_score=4, cell_type="markdown")
        book.add_grade_cell("test_f", NAME, NAME, max_score=2, cell_type="code")
        for task in ("words", "f"):
            book.add_solution_cell(task, NAME, NAME)
        for student in ("ada", "bo"):
            book.add_student(student)
            book.add_submission(NAME, student)
            found = verdict(student, item("f", 1), manual={"words": 4.0})
            Records(folder.root).save(student, NAME, "as handed in", found)
            book.find_grade("test_f", NAME, NAME, student).auto_score = 1
            grade = book.find_grade("words", NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = 3, False
            book.find_comment("words", NAME, NAME, student).manual_comment = "Too short."
            book.db.commit()
    return folder


def score_of(folder, student):
    with book_of(folder) as book:
        (grade,) = grades_in(book, students=[student])
    return grade.score


@pytest.fixture
def run(folder):
    def run(*words):
        return CliRunner().invoke(app, [*words, "--class-dir", str(folder.root)])

    return run


@pytest.fixture
def page(run, folder):
    """A student's page as `course feedback` writes it now."""

    def page(student="ada"):
        assert run("feedback").exit_code == 0
        return (folder.root / "feedback" / student / NAME / f"{NAME}.html").read_text()

    return page


def test_a_request_is_entered_listed_answered_and_told(run, page, folder):
    before = page()
    assert "You asked" not in before
    done = run("requests", "add", "ada", NAME, "words", REASON)
    assert done.exit_code == 0, done.output
    assert f"course feedback --student ada {NAME}" in done.stdout
    (told,) = json.loads(run("requests", "--json").stdout)
    assert (told["student"], told["task"], told["reason"]) == ("ada", "words", REASON)
    text = page()
    assert "You asked on 20" in text
    assert f"</b> {REASON}<br><span" in text
    assert "This waits for a grader." in text
    done = run("requests", "answer", "ada", NAME, "words", "It does.", "--points", "4")
    assert done.exit_code == 0, done.output
    text = page()
    assert "<b>Answer:</b> It does." in text
    assert "4 of 4" in text
    assert "waits for a grader" not in text
    place = text.index("<code>words</code>")
    assert text.index("<code>f</code>") < place < text.index("You asked")
    assert "You asked" not in page("bo")
    assert "Nobody waits" in run("requests").stdout
    (told,) = json.loads(run("requests", "--all", "--json").stdout)
    assert told["answer"] == "It does."


def test_points_of_an_answer_in_words_keep_their_comment(run, folder):
    run("requests", "add", "ada", NAME, "words", REASON)
    assert run("requests", "answer", "ada", NAME, "words", "Yes.", "--points", "3.5").exit_code == 0
    with book_of(folder) as book:
        assert book.find_grade("words", NAME, NAME, "ada").manual_score == 3.5
        assert book.find_grade("words", NAME, NAME, "bo").manual_score == 3
        assert book.find_comment("words", NAME, NAME, "ada").manual_comment == "Too short."


def test_points_of_an_exercise_count_in_the_place_of_those_of_its_checks(run, page, folder):
    assert "4 of 6" in page()
    run("requests", "add", "ada", NAME, "f", REASON)
    assert run("requests", "answer", "ada", NAME, "f", "Yes.", "--points", "1.5").exit_code == 0
    text = page()
    assert "1.5 of 2, given by a person in place of 1" in text
    assert "4.5 of 6" in text
    assert score_of(folder, "ada") == 4.5
    with book_of(folder) as book:  # graded again
        book.find_grade("test_f", NAME, NAME, "ada").needs_manual_grade = True
        book.db.commit()
    text = page()
    assert "1 of 2; 1.5 by hand, which waits for another look" in text
    assert "4 of 6" in text


def test_an_answer_without_points_changes_none(run, page, folder):
    run("requests", "add", "ada", NAME, "f", REASON)
    assert run("requests", "answer", "ada", NAME, "f", "It stays.").exit_code == 0
    assert "4 of 6" in page()
    with book_of(folder) as book:
        assert book.find_grade("test_f", NAME, NAME, "ada").manual_score is None


@pytest.mark.parametrize("points", ["-1", "2.5", "nan", "inf"])
def test_points_that_cannot_be_leave_the_request_open(run, folder, points):
    run("requests", "add", "ada", NAME, "f", REASON)
    done = run("requests", "answer", "ada", NAME, "f", "Yes.", f"--points={points}")
    assert done.exit_code == 2
    assert "points of f go from 0 to 2" in done.stderr
    assert requests.open_request(folder, "ada", NAME, "f")
    assert score_of(folder, "ada") == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "eve", NAME, "f", REASON), "nothing of 02_knn was graded of eve"),
        (("add", "../ada", NAME, "f", REASON), "nothing of 02_knn was graded of ../ada"),
        (("add", "ada", "03_scores", "f", REASON), "nothing of 03_scores was graded of ada"),
        (("add", "ada", NAME, "word", REASON), "did you mean words?"),
        (("add", "ada", NAME, "f", "\n\x00"), "say why you ask"),
        (("add", "ada", NAME, "f", "x" * 501), "a reason has at most 500 characters"),
        (("add", "ada", NAME, "f"), "and the reason in quotes"),
        (("answer", "ada", NAME, "f", "Yes."), "ada asks nothing about f"),
        (("close", "ada"), "there is no 'close': list, add or answer"),
    ],
)
def test_what_cannot_be_done_is_said(run, folder, words, sentence):
    done = run("requests", *words)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert list(requests.all_requests(folder)) == []


def test_a_reason_is_text_on_the_page_and_on_a_terminal(run, page, folder):
    hostile = "<script>x</script>\x1b[2J\u202e[bold]{{ 7 * 7 }}\n" + "\u0301" * 50
    assert run("requests", "add", "ada", NAME, "f", hostile).exit_code == 0
    text = page()
    assert "<script>x" not in text
    assert "&lt;script&gt;x&lt;/script&gt;[2J[bold]{{ 7 * 7 }}" in text
    shown = run("requests").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_file_that_somebody_put_there_is_read_as_hostile(run, folder):
    place = folder.root / "requests" / "ada" / NAME
    place.mkdir(parents=True)
    told = {"task": "f", "reason": "\x1b[2Jx", "asked": "2026-10-12 12:00:00.000000 UTC"}
    rest = {"answer": "", "answered": "", "grader": ""}
    (place / "0001.json").write_text(json.dumps({**told, **rest, "student": "bo", "number": 7}))
    (place / "0002.json").write_text("[" * 10_000)
    (place / "0003.json").symlink_to("/etc/passwd")
    os.mkfifo(place / "0004.json")
    (place / "0005.json").write_bytes(b"x" * 100_000)
    (place / "notes.txt").write_text("of a grader")
    (found,) = requests.all_requests(folder)
    assert (found.student, found.number, found.reason) == ("ada", 1, "[2Jx")
    done = run("requests")
    assert done.exit_code == 1
    assert done.stderr.count("cannot be read") == 4
    new, _ = requests.ask(folder, "ada", NAME, "words", REASON)
    assert new.number == 6


def test_of_many_who_write_at_once_nobody_is_lost(folder):
    with ThreadPoolExecutor(4) as pool:
        asked = list(
            pool.map(lambda who: requests.ask(folder, who, NAME, "f", REASON), ["ada", "bo"] * 4)
        )
    assert sum(new for _, new in asked) == 2
    (found,) = requests.requests_of(folder, "ada", NAME)

    def reply(grader):
        try:
            return requests.answer(folder, found, f"Says {grader}.", grader)
        except requests.RequestError as problem:
            return str(problem)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(reply, ["kim", "tom", "ute", "eli"]))
    (now,) = requests.requests_of(folder, "ada", NAME)
    assert [one for one in told if isinstance(one, requests.Request)] == [now]
    assert told.count(f"{now.grader} has answered this request meanwhile") == 3


def test_a_request_about_what_is_no_task_any_more_stays_on_the_page(page, folder):
    requests.ask(folder, "ada", NAME, "f", REASON)
    found = verdict("ada", item("g", 1))
    Records(folder.root).save("ada", NAME, "later", found)
    text = page()
    assert text.index("<code>f</code>") < text.index(REASON) < text.index("<code>g</code>")


def test_a_page_with_an_answer_shows_results_no_later_than_before(run, page, folder):
    """New hidden inputs depend on when results were shown, and an answer shows none."""
    page()
    path = folder.root / "feedback" / "ada" / NAME / f"{NAME}.html"
    record = Records(folder.root).path("ada", NAME)
    for when, file in ((1_000, record), (2_000, path)):
        os.utime(file, (when, when))
    run("requests", "add", "ada", NAME, "f", REASON)
    assert REASON in page()
    assert path.stat().st_mtime == 2_000
    os.utime(record, (3_000, 3_000))  # graded again
    page()
    assert path.stat().st_mtime > 3_000
