"""Grades as CSV, read back as Canvas, Moodle and a spreadsheet would."""

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from grader.release.course_dir import COURSE_ID, create_class
from grader.reports.grades import FORMS, Grade, grades_in, inert
from pix2net.cli.app import app
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture

pytestmark = pytest.mark.some_chapters


@pytest.fixture(scope="module")
def class_folder(empty_gradebook, tmp_path_factory):  # noqa: F811
    """Two assignments; ada handed in both, one late; bo one with an answer in words; cy none."""
    folder = create_class(tmp_path_factory.mktemp("export") / "class")
    shutil.copy(empty_gradebook, folder.root / "gradebook.db")
    with Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID) as book:
        for name in ("01_images", "02_knn"):
            book.add_assignment(name)
            book.add_notebook(name, name)
            book.add_grade_cell("auto", name, name, max_score=4, cell_type="code")
            book.add_solution_cell("auto", name, name)
        book.add_grade_cell("words", "02_knn", "02_knn", max_score=2, cell_type="markdown")
        book.add_solution_cell("words", "02_knn", "02_knn")
        book.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org",
                         lms_user_id="71")  # fmt: skip
        book.add_student("bo", first_name="=HYPERLINK(1)", last_name="O'Neill, Jr.")
        book.add_student("cy")
        when = datetime(2026, 3, 1, 12, 30)
        for student, name, auto in (
            ("ada", "01_images", 3),
            ("ada", "02_knn", 4),
            ("bo", "02_knn", 1),
        ):
            book.add_submission(name, student, timestamp=when)
            grade = book.find_grade("auto", name, name, student)
            grade.auto_score, grade.needs_manual_grade = auto, False
        book.find_submission("01_images", "ada").notebooks[0].late_submission_penalty = 0.5
        words = book.find_grade("words", "02_knn", "02_knn", "ada")
        words.manual_score, words.needs_manual_grade = 2, False
        book.find_grade("words", "02_knn", "02_knn", "bo").needs_manual_grade = True
        book.db.commit()
    return folder


@pytest.fixture
def grades(class_folder):
    with Gradebook(f"sqlite:///{class_folder.root / 'gradebook.db'}", COURSE_ID) as book:
        return grades_in(book)


def read(text):
    return list(csv.reader(io.StringIO(text)))


def test_scores_have_the_penalty_taken_off_and_what_was_not_handed_in_has_none(grades):
    found = {(g.student, g.assignment): (g.score, g.max_score, g.waiting) for g in grades}
    assert found == {
        ("ada", "01_images"): (2.5, 4, False),
        ("ada", "02_knn"): (6, 6, False),
        ("bo", "01_images"): (None, 4, False),
        ("bo", "02_knn"): (1, 6, True),
        ("cy", "01_images"): (None, 4, False),
        ("cy", "02_knn"): (None, 6, False),
    }


def test_canvas_gets_its_columns_the_points_possible_and_empty_cells(grades):
    heading, possible, *rows = read(FORMS["canvas"](grades))
    assert heading[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert heading[5:] == ["01_images", "02_knn"]
    assert possible == ["Points Possible", "", "", "", "", "4", "6"]
    assert rows[0] == ["Lovelace, Ada", "71", "", "ada", "", "2.5", "6"]
    assert rows[1][0] == "O'Neill, Jr., =HYPERLINK(1)"
    assert rows[1][5:] == ["", "1"]
    assert rows[2] == ["cy", "", "", "cy", "", "", ""]


def test_moodle_gets_the_columns_of_its_own_export_and_no_feedback(grades):
    heading, *rows = read(FORMS["moodle"](grades))
    assert heading == ["First name", "Surname", "ID number", "Username", "Email address",
                       "Assignment: 01_images (Real)", "Assignment: 02_knn (Real)"]  # fmt: skip
    assert rows[0] == ["Ada", "Lovelace", "71", "ada", "ada@example.org", "2.5", "6"]
    assert rows[1][0] == "'=HYPERLINK(1)"


def test_plain_has_a_row_for_every_student_and_assignment(grades):
    rows = list(csv.DictReader(io.StringIO(FORMS["plain"](grades))))
    assert len(rows) == 6
    assert rows[0]["late_penalty"] == "0.5"
    assert rows[0]["handed_in"] == "2026-03-01 12:30:00"
    assert [r["waits_for_a_person"] for r in rows].count("yes") == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_computed_by_a_spreadsheet(form, start):
    grade = Grade(start, start, start, start, start, start, 1.0, 0.0, 2.0, "", False)
    cells = [cell for row in read(FORMS[form]([grade])) for cell in row]
    assert start in "".join(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_ordinary_text_is_left_as_it_is():
    assert inert("Jean-Luc = x") == "Jean-Luc = x"


def test_the_command_writes_the_file_and_counts_what_waits(class_folder, tmp_path):
    path = tmp_path / "grades.csv"
    words = ["export", "--form", "canvas", "-o", str(path), "--class-dir", str(class_folder.root)]
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "file": str(path),
        "form": "canvas",
        "waiting": ["bo 02_knn"],
    }
    assert read(path.read_text())[0][0] == "Student"
    assert CliRunner().invoke(app, ["export", "99_none", *words[3:]]).exit_code == 2


def test_nbgrader_export_offers_them_too(class_folder, tmp_path):
    path = tmp_path / "moodle.csv"
    command = [sys.executable, "-m", "nbgrader", "export", "--to", str(path)]
    command += ["--exporter", "grader.nbgrader_plugins.export.MoodleExporter"]
    subprocess.run(command, cwd=class_folder.root, check=True, capture_output=True)
    assert read(path.read_text())[1][0] == "Ada"
