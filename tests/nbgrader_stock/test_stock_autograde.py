"""Rule 9: stock nbgrader's commands grade by our functions and read what we write."""

import csv
import os
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, NbGraderException

from grader.classroom.classwide import Options, grade_class
from grader.classroom.records import Records
from grader.release.course_dir import ClassFolder
from tests.grading.conftest import cell_of, to_bytes

pytestmark = pytest.mark.some_chapters

NAME = "77_toy"
ON_TIME, LATE = "2026-03-01 10:00:00 UTC", "2026-03-03 10:00:00 UTC"


@pytest.fixture
def classroom(released_class, tmp_path):
    shutil.copytree(released_class, tmp_path / "class")
    return ClassFolder(tmp_path / "class")


@pytest.fixture
def handed_in(hand_in, finished, released, instructor):
    """A tiny class: right, untouched, half right, dying, edited, broken, and one with nothing."""
    hand_in("amy", finished, ON_TIME)
    hand_in("bob", released, ON_TIME)
    cell_of(finished, "double").source = "def double(x):\n    return x"
    hand_in("cleo", finished, ON_TIME)
    cell_of(finished, "shuffled").source = "import os\nos._exit(0)"
    hand_in("dan", finished, LATE)
    finished.cells = [c for c in finished.cells if "test_" not in c.id]
    hand_in("eve", finished)
    hand_in("fay", b"{")
    (hand_in("gus", b"") / f"{NAME}.ipynb").rename(hand_in("gus", b"") / "other.ipynb")
    os.mkfifo(hand_in("hal", to_bytes(finished)) / "pipe.ipynb")


def nbgrader(folder, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=folder.root, capture_output=True, text=True, timeout=200)


def gradebook(folder):
    """Everything that grading writes, by student and cell."""
    course = folder.course()
    with Gradebook(course.db_url, course.course_id) as book:
        return {
            submission.student.id: (
                submission.timestamp,
                [n.late_submission_penalty for n in submission.notebooks],
                sorted(
                    (g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
                    for n in submission.notebooks
                    for g in n.grades
                ),
                sorted((c.name, c.auto_comment) for n in submission.notebooks for c in n.comments),
            )
            for submission in book.assignment_submissions(NAME)
        }


def notebooks(folder):
    return {
        path.parent.parent.name: path.read_text()
        for path in sorted((folder.root / "autograded").glob(f"*/*/{NAME}.ipynb"))
    }


def set_due_date(folder, date):
    course = folder.course()
    with Gradebook(course.db_url, course.course_id) as book:
        book.update_or_create_assignment(NAME, duedate=date)


@pytest.fixture
def graded(classroom, handed_in):
    """The class graded by ``course grade``."""
    verdicts = list(grade_class(classroom.root, options=Options(jobs=2)))
    return {v.student: v for v in verdicts}


def test_rule_09_nbgrader_autograde_gives_the_same_grades(classroom, graded, tmp_path):
    ours, our_notebooks = gradebook(classroom), notebooks(classroom)
    assert graded["amy"].score == 8.0
    assert graded["dan"].status == "killed"
    assert graded["fay"].status == "rejected"
    empty = classroom.root.parent / "released" / "gradebook.db"
    for path in ("autograded", "verdicts"):
        shutil.rmtree(classroom.root / path)
    fresh_gradebook(classroom)
    done = nbgrader(classroom, "autograde", NAME)
    theirs = gradebook(classroom)
    assert not empty.exists()
    lost = {"gus"}  # no notebook of the assignment: stock nbgrader does not begin with it
    assert {k: v for k, v in theirs.items() if k not in lost} == {
        k: v for k, v in ours.items() if k not in lost
    }, done.stderr
    assert {k: v for k, v in our_notebooks.items() if k not in lost} == notebooks(classroom)
    records = {v.student: v.score for v in Records(classroom.root).all()}
    assert records == {k: v.score for k, v in graded.items() if k not in lost}


def fresh_gradebook(folder):
    """Forget every submission, as if none had been graded."""
    course = folder.course()
    with Gradebook(course.db_url, course.course_id) as book:
        for submission in book.assignment_submissions(NAME):
            book.remove_submission(NAME, submission.student.id)


def test_rule_09_what_stock_autograde_did_is_not_done_again(classroom, handed_in):
    config = classroom.config()
    course = classroom.course(config)
    course.assignment_id = NAME
    with pytest.raises(NbGraderException):  # it ends with a word about gus
        Autograde(coursedir=course, config=config).start()
    events = []
    list(grade_class(classroom.root, on_event=events.append))
    assert {e.student for e in events if e.kind == "done" and not e.resumed} == {"gus"}


def test_rule_09_a_formgrader_call_grades_one_student(classroom, handed_in):
    from nbgrader.apps import NbGraderAPI

    config = classroom.config()
    api = NbGraderAPI(classroom.course(config), config=config)
    result = api.autograde(NAME, "amy")
    assert result["success"], result
    found = gradebook(classroom)
    assert set(found) == {"amy"}
    assert ("test_row_means", 2.0, None, False) in found["amy"][2]
    (submission,) = [s for s in api.get_submissions(NAME) if s["id"]]
    assert submission["score"] == 8.0
    assert submission["needs_manual_grade"]


def test_rule_09_stock_feedback_and_export_read_what_we_write(classroom, graded):
    done = nbgrader(classroom, "generate_feedback", NAME)
    assert done.returncode == 0, done.stderr
    page = (classroom.root / "feedback" / "bob" / NAME / f"{NAME}.html").read_text()
    assert "not filled in yet" in page
    done = nbgrader(classroom, "export", "--to", "grades.csv")
    assert done.returncode == 0, done.stderr
    with (classroom.root / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {name: float(rows[name]["score"]) for name in graded} == {
        name: verdict.score for name, verdict in graded.items()
    }
    assert float(rows["amy"]["max_score"]) == 8.0 + 3.0


def test_rule_09_grades_and_comments_of_a_person_stay(classroom, graded, hand_in, finished):
    course = classroom.course()
    with Gradebook(course.db_url, course.course_id) as book:
        written = book.find_grade("w_why", NAME, NAME, "amy")
        written.manual_score, written.needs_manual_grade = 2.5, False
        book.find_comment("w_why", NAME, NAME, "amy").manual_comment = "Well said."
        book.db.commit()
    list(grade_class(classroom.root))
    assert ("w_why", None, 2.5, False) in gradebook(classroom)["amy"][2]
    list(grade_class(classroom.root, options=Options(again=True)))
    assert ("w_why", None, 2.5, False) in gradebook(classroom)["amy"][2]  # the same answer
    cell_of(finished, "w_why").source = "Because of something else."
    hand_in("amy", finished, "2026-03-05 10:00:00 UTC")
    list(grade_class(classroom.root))
    assert ("w_why", None, 2.5, True) in gradebook(classroom)["amy"][2]  # another look
    with Gradebook(course.db_url, course.course_id) as book:
        assert book.find_comment("w_why", NAME, NAME, "amy").manual_comment == "Well said."


def test_rule_09_late_penalties_are_the_courses_own(classroom, handed_in):
    settings = classroom.root / "nbgrader_config.py"
    with settings.open("a") as file:
        file.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    set_due_date(classroom, "2026-03-02 00:00:00 UTC")
    list(grade_class(classroom.root, students=["amy", "dan"]))
    found = gradebook(classroom)
    assert found["amy"][1] == [None]
    late = sum(score for _, score, _, _ in found["dan"][2] if score)
    assert late > 0
    assert found["dan"][1] == [late]


def test_an_empty_answer_gets_nbgraders_comment(classroom, graded):
    comments = dict(gradebook(classroom)["bob"][3])
    assert set(comments.values()) == {"No response."}
    assert dict(gradebook(classroom)["amy"][3])["row_means"] is None
