"""Due dates and extensions, as formgrader and grading find them in the gradebook."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from grader.classroom.schedule import ScheduleError, moment
from grader.release.course_dir import COURSE_ID, create_class
from grader.reports.grades import grades_in
from pix2net.cli.app import app
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture

pytestmark = pytest.mark.some_chapters


@pytest.fixture
def folder(tmp_path, empty_gradebook):  # noqa: F811
    """A class with two assignments; ada handed in the first at noon on the 12th, bo on the 14th."""
    folder = create_class(tmp_path / "class")
    shutil.copy(empty_gradebook, folder.root)
    with Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID) as book:
        for name in ("01_images", "02_knn"):
            book.add_assignment(name)
        for student, day in (("ada", 12), ("bo", 14)):
            book.add_student(student)
            book.add_submission("01_images", student, timestamp=datetime(2026, 10, day, 12))
        book.db.commit()
    return folder


@pytest.fixture
def schedule(folder):
    def run(*words):
        command = ["schedule", "--class-dir", str(folder.root), "--json", *words]
        done = CliRunner().invoke(app, command)
        rows = json.loads(done.stdout) if done.exit_code == 0 else []
        return done, {row["assignment"]: row for row in rows}

    return run


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-10-12 23:59 Europe/Berlin", datetime(2026, 10, 12, 21, 59, tzinfo=UTC)),
        ("2026-12-12 23:59 Europe/Berlin", datetime(2026, 12, 12, 22, 59, tzinfo=UTC)),
        ("2026-10-12T23:59+08:00", datetime(2026, 10, 12, 15, 59, tzinfo=UTC)),
        ("2026-10-12 23:59:30 UTC", datetime(2026, 10, 12, 23, 59, 30, tzinfo=UTC)),
        ("2026-10-12 UTC", datetime(2026, 10, 12, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_where_it_holds(text, utc):
    assert moment(text) == utc


@pytest.mark.parametrize(
    "text", ["12.10.2026", "2026-02-30", "2026-10-12 25:00", "2026-10-12 23:59 Berlin", "soon", ""]
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(ScheduleError, match="write it as '2026-10-19 23:59 Europe/Berlin'"):
        moment(text)


def test_two_time_zones_are_refused():
    with pytest.raises(ScheduleError, match="two time zones"):
        moment("2026-10-12 23:59+02:00 Europe/Berlin")


def test_a_due_date_stands_in_the_gradebook_and_says_who_was_late(schedule, folder):
    done, rows = schedule("01_images", "2026-10-13 12:00 UTC")
    assert done.exit_code == 0, done.stderr
    assert rows["01_images"]["due"] == "2026-10-13T12:00:00+00:00"
    assert (rows["01_images"]["handed_in"], rows["01_images"]["late"]) == (2, 1)
    assert rows["02_knn"]["due"] is None
    with Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID) as book:
        assert book.find_assignment("01_images").duedate == datetime(2026, 10, 13, 12)
        assert book.find_submission("01_images", "bo").total_seconds_late == 86_400


def test_an_extension_is_one_students_alone(schedule):
    schedule("01_images", "2026-10-11 12:00 UTC")
    done, rows = schedule("01_images", "2026-10-15 12:00 UTC", "--student", "bo")
    assert done.exit_code == 0, done.stderr
    assert rows["01_images"]["extensions"] == {"bo": "2026-10-15T12:00:00+00:00"}
    assert rows["01_images"]["late"] == 1  # ada
    _, rows = schedule("01_images", "never", "--student", "bo")
    assert rows["01_images"]["late"] == 2


def test_a_date_can_be_taken_away(schedule):
    schedule("01_images", "2026-10-11 12:00 UTC")
    _, rows = schedule("01_images", "never")
    assert rows["01_images"]["due"] is None
    assert rows["01_images"]["late"] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["03_x", "2026-10-11"], "there is no assignment 03_x; there are 01_images, 02_knn"),
        (["01_image", "2026-10-11"], "did you mean 01_images?"),
        (["01_images"], "name an assignment and a date"),
        (["02_knn", "2026-10-11", "-s", "ada"], "02_knn has no due date"),
        (["01_images", "2026-10-11", "-s", "adda"], "did you mean ada?"),
    ],
)
def test_what_cannot_be_set_is_said_and_changes_nothing(schedule, words, sentence):
    _, before = schedule()
    done, _ = schedule(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert schedule()[1] == before


def test_an_extension_ends_after_the_due_date(schedule):
    schedule("01_images", "2026-10-11 12:00 UTC")
    done, _ = schedule("01_images", "2026-10-10 12:00 UTC", "-s", "ada")
    assert done.exit_code == 2
    assert "due later than that" in done.stderr


def test_whoever_was_graded_with_another_date_is_named(schedule, folder, monkeypatch):
    monkeypatch.setattr(
        "grader.cli.schedule.Records.all", lambda self, assignments, students: iter([1, 2])
    )
    done, _ = schedule("01_images", "2026-10-11 12:00 UTC")
    assert "2 of 01_images were graded with another date" in done.stderr
    done, _ = schedule("01_images", "2026-10-11 12:00 UTC")  # the same again
    assert done.stderr == ""


def test_an_extension_alone_is_no_hand_in_of_0_points(schedule, folder):
    with Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID) as book:
        book.add_notebook("02_knn", "02_knn")
        book.add_grade_cell("auto", "02_knn", "02_knn", max_score=4, cell_type="code")
    schedule("02_knn", "2026-10-11 12:00 UTC")
    schedule("02_knn", "2026-10-15 12:00 UTC", "--student", "ada")
    with Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID) as book:
        found = {(g.student, g.assignment): g.score for g in grades_in(book)}
    assert found["ada", "02_knn"] is None
