"""Who is in the class: rosters of learning management systems, and students who leave."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from grader.classroom.records import Records
from grader.classroom.roster import RosterError, read_roster
from grader.handed_in.collect import collect
from grader.handed_in.submitted import handed_in, strays
from grader.release.course_dir import COURSE_ID, create_class
from grader.reports.grades import FORMS, grades_in
from pix2net.cli.app import app
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture
from tests.release.hand_ins import BOOK
from tests.reports.test_summary import item, verdict

pytestmark = pytest.mark.some_chapters

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,01_toy (4711)
    Points Possible,,,,,10
"Lovelace, Ada",1234,S1,ada,Tuesday,
"Müller, Jan",77,S2,jan7,Tuesday,
"Müller, Jan",88,S3,jan8,Friday,
"Student, Test",99,,,Tuesday,
"""
MOODLE = "First name;Last name;ID number;Email address\nAda;Lovelace;1234;ada@uni.test\n"
PLAIN = "student,first_name,last_name,email\nada,Ada,Lovelace,ada@uni.test\nbo,,,\n"


@pytest.fixture
def folder(tmp_path, empty_gradebook):  # noqa: F811
    folder = create_class(tmp_path / "class")
    shutil.copy(empty_gradebook, folder.root)
    folder.source("01_toy").mkdir()
    (folder.source("01_toy") / "01_toy.ipynb").write_bytes(BOOK)
    with book_of(folder) as book:
        book.add_assignment("01_toy", duedate=datetime(2026, 10, 12))
        book.add_notebook("01_toy", "01_toy")
        book.add_grade_cell("words", "01_toy", "01_toy", max_score=4, cell_type="markdown")
        book.add_solution_cell("words", "01_toy", "01_toy")
    return folder


def book_of(folder):
    return Gradebook(f"sqlite:///{folder.root / 'gradebook.db'}", COURSE_ID)


@pytest.fixture
def run(folder, tmp_path):
    def run(*words, table=None):
        if table is not None:
            (tmp_path / "table.csv").write_bytes(table.encode())
            words = (*words, str(tmp_path / "table.csv"))
        command = ["student", *words, "--class-dir", str(folder.root), "--json"]
        done = CliRunner().invoke(app, command)
        return done, json.loads(done.stdout) if done.stdout else None

    return run


def deliver(inbox, name):
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_bytes(BOOK)


@pytest.mark.parametrize("table", [CANVAS, MOODLE, PLAIN, MOODLE.replace(";", "\t")])
def test_whatever_wrote_the_table_the_same_student_is_in_it(table):
    first = next(line.student for line in read_roster(table.encode()).lines if line.student)
    assert (first.first_name, first.last_name) == ("Ada", "Lovelace")


def test_what_is_no_roster_is_refused_and_says_what_is_asked():
    with pytest.raises(RosterError, match="student \\(or username\\), first_name"):
        read_roster(b"points,date\n1,2\n")
    with pytest.raises(RosterError, match="CSV UTF-8"):
        read_roster("student\nJörg\n".encode("latin-1"))


def test_canvas_own_rows_are_known_in_any_language(run):
    """Canvas translates what stands in its rows, and not its headings."""
    digest = "0123456789abcdef" * 2 + "01234567"
    table = (
        "LastName,FirstName,ID,SIS Login ID,Section,01_toy (4711)\n"
        ",,,,,Manuelle Veröffentlichung\n"
        "    Erreichbare Punkte,,,,,10\n"
        "Lovelace,Ada,1234,ada,Dienstag,\n"
        f"Teststudent,,99,{digest},Dienstag,\n"
    )
    done, told = run("import", table=table)
    assert done.exit_code == 0, done.stderr
    assert told["new"] == ["ada"]
    assert told["refused"] == []


GERMAN = "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;1234;ada@uni.test\n"
FRENCH = "Prénom,Nom de famille,Adresse de courriel\nAda,Lovelace,ada@uni.test\n"
WHOLE = "账号,姓名\nada,Ada Lovelace\n"


@pytest.mark.parametrize(
    ("table", "columns", "ident"),
    [
        (GERMAN, {"first-name": "vorname", "last-name": "Nachname", "email": "E-Mail-Adresse"},
         "ada@uni.test"),
        (FRENCH, {"first-name": "Prénom", "last-name": "Nom de famille"}, "Ada Lovelace"),
        (WHOLE, {"id": "账号", "name": "姓名"}, "ada"),
        ("id,username,firstname,lastname\n7,ada,Ada,Lovelace\n", {}, "ada"),  # Moodle's uploads
    ],
)  # fmt: skip
def test_columns_of_any_language_can_be_named(run, folder, table, columns, ident):
    done, told = run("import", *(f"--{what}={head}" for what, head in columns.items()), table=table)
    assert done.exit_code == 0, done.stderr
    assert told["new"] == [ident]
    with book_of(folder) as book:
        student = book.find_student(ident)
        assert (student.first_name, student.last_name) == ("Ada", "Lovelace")


@pytest.mark.parametrize("table", [GERMAN, FRENCH, WHOLE])
def test_columns_that_are_not_understood_are_listed_with_the_options(run, table):
    done, _ = run("import", table=table)
    assert done.exit_code == 2
    heads = re.split("[;,]", table.partition("\n")[0])
    assert f"its headings are {', '.join(heads)}" in done.stderr
    assert "say what they are with --id, --name, --first-name" in done.stderr


@pytest.mark.parametrize(
    ("table", "words", "sentence"),
    [
        (GERMAN, ["--name", "Name"], "no column Name; its headings are Vorname, Nachname"),
        (GERMAN, ["--first-name", "Vorname"], "say at least which column says who"),
        ("Name,Name\nA,B\n", ["--name", "Name"], "several columns Name"),
    ],
)
def test_a_column_that_is_not_there_is_said(run, table, words, sentence):
    done, _ = run("import", *words, table=table)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_a_table_without_names_says_which_columns_nobody_understood(run):
    done, told = run("import", table="Vorname,Nachname,Email\nAda,Lovelace,ada@uni.test\n")
    assert told["new"] == ["ada@uni.test"]
    assert "if one of Vorname, Nachname is it, say so with --name" in done.stderr
    assert "nobody has a name" not in run("import", table="student\nbo\n")[0].stderr


def test_canvas_own_rows_are_no_students_and_numbers_come_back_in_the_export(run, folder):
    done, told = run("import", table=CANVAS)
    assert done.exit_code == 0, done.stderr
    assert told["new"] == ["ada", "jan7", "jan8"]
    with book_of(folder) as book:
        text = FORMS["canvas"](grades_in(book))
    assert '"Lovelace, Ada",1234,,ada,' in text
    assert '"Müller, Jan",88,,jan8,' in text
    assert run("import", table=CANVAS)[1]["same"] == ["ada", "jan7", "jan8"]


def test_a_hand_in_under_a_name_of_the_lms_is_its_students(run, folder, tmp_path):
    run("import", table=CANVAS)
    for name in (
        "Ada Lovelace_55_assignsubmission_file_01_toy.ipynb",
        "müllerjan_88_123456_01_toy.ipynb",
        "Stranger+01_toy.ipynb",
    ):
        deliver(tmp_path / "inbox", name)
    (tmp_path / "inbox" / "Nobody+01_toy.zip").write_bytes(b"damaged")
    result = collect(folder, [tmp_path / "inbox"])
    assert {c.student for c in result.collected} == {"ada", "jan8", "Stranger"}
    assert [each.student for each in result.refused] == ["Nobody"]
    notes = " ".join(result.notes)
    assert "Ada Lovelace is ada on the roster" in notes
    assert notes.endswith("taken under the name that they came with: Stranger")


def test_of_two_of_one_name_nobody_is_chosen_by_chance(run, folder, tmp_path):
    run("import", table=CANVAS)
    deliver(tmp_path / "inbox", "Jan Müller_55_assignsubmission_file_01_toy.ipynb")
    result = collect(folder, [tmp_path / "inbox"])
    assert result.collected == ()
    assert "may be any of jan7, jan8" in result.refused[0].reason


def test_a_roster_that_comes_late_keeps_the_names_that_are_there(run, folder):
    with book_of(folder) as book:
        book.add_student("Ada Lovelace")
        book.add_student("müllerjan")
    done, told = run("import", table=CANVAS)
    assert told["changed"] == ["Ada Lovelace"]
    assert told["new"] == []
    assert done.exit_code == 1
    assert told["refused"] == ["lines 4, 5: each of them may be müllerjan"]


def test_one_bad_line_costs_nobody_else(run):
    done, told = run("import", table=PLAIN + "<b>,X,Y,\nbo,,,\n")
    assert done.exit_code == 1
    assert told["new"] == ["ada"]
    assert len(told["refused"]) == 2  # the bad name, and the two lines of bo


@pytest.fixture
def graded(run, folder):
    """Ada handed in, and a person gave her points and a comment, and an extension."""
    run("import", table=PLAIN)
    place = folder.submitted("ada", "01_toy")
    place.mkdir(parents=True)
    (place / "01_toy.ipynb").write_bytes(BOOK)
    with book_of(folder) as book:
        when = datetime(2026, 10, 12, 12)
        submission = book.add_submission("01_toy", "ada", timestamp=when)
        submission.extension = timedelta(days=2)
        grade = book.find_grade("words", "01_toy", "01_toy", "ada")
        grade.manual_score, grade.needs_manual_grade = 3, False
        book.find_comment("words", "01_toy", "01_toy", "ada").manual_comment = "Well said."
        book.db.commit()
    return folder


def test_whoever_is_dropped_is_gone_and_nothing_comes_back(run, graded, tmp_path):
    done, _ = run("drop", "ada")
    assert done.exit_code == 0, done.stderr
    with book_of(graded) as book:
        assert [s.id for s in book.students] == ["bo"]
        assert {g.student for g in grades_in(book)} == {"bo"}
    assert list(handed_in(graded, ["01_toy"], None)) == []
    deliver(tmp_path / "inbox", "Ada Lovelace_55_assignsubmission_file_01_toy.ipynb")
    result = collect(graded, [tmp_path / "inbox"])
    assert result.collected == ()
    assert "course student restore ada" in result.refused[0].reason
    os.makedirs(graded.submitted("ada", "01_toy"))  # put there by hand
    assert list(handed_in(graded, ["01_toy"], None)) == []
    assert "was dropped" in next(strays(graded)).reason
    assert run("add", "ada")[0].exit_code == 2


def test_restored_is_all_as_it_was(run, graded):
    run("drop", "ada")
    assert run()[1][-1]["left"] != ""
    done, _ = run("restore", "ada")
    assert done.exit_code == 0, done.stderr
    with book_of(graded) as book:
        submission = book.find_submission("01_toy", "ada")
        assert submission.extension == timedelta(days=2)
        assert submission.timestamp == datetime(2026, 10, 12, 12)
        assert book.find_grade("words", "01_toy", "01_toy", "ada").manual_score == 3
        comment = book.find_comment("words", "01_toy", "01_toy", "ada")
        assert comment.manual_comment == "Well said."
    assert [h.student for h in handed_in(graded, ["01_toy"], None)] == ["ada"]
    assert run("drop", "ada")[0].exit_code == 0  # and once more


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("drop", "adda"), "did you mean ada?"),
        (("restore", "ada"), "nobody was dropped"),
        (("restore", "../ada"), "nobody was dropped"),
        (("fire", "ada"), "there is no 'fire'"),
        (("drop",), "say whom to drop"),
        (("add", "a/b"), "cannot be a student's name"),
        (("import", "no-such.csv"), "course:"),
        (("add", "zoe", "--name", "Zoë Quist"), "--id and --name are for import"),
    ],
)
def test_what_cannot_be_done_is_said(run, graded, words, sentence):
    done, _ = run(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_the_report_knows_from_the_roster_who_handed_in_nothing(run, graded, tmp_path):
    run("import", table=PLAIN + "cy,,,\ndi,,,\n")
    found = verdict("ada", item("f", 1), assignment="01_toy")
    Records(graded.root).save("ada", "01_toy", "", found)
    place = graded.submitted("cy", "01_toy")  # which is not graded yet
    place.mkdir(parents=True)
    (place / "01_toy.ipynb").write_bytes(BOOK)
    run("drop", "di")
    line = "1 handed in nothing"
    for how, told in (("--names", f"{line}: bo"), ("--without-names", line)):
        page = tmp_path / f"{how}.html"
        words = ["report", how, "--output", str(page), "--class-dir", str(graded.root)]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        assert f"{told}\n" in done.stdout
        assert "<b>1</b>handed in nothing" in page.read_text()


@pytest.mark.parametrize("words", [("student", "add", "ada"), ("schedule",), ("report",)])
def test_a_gradebook_is_made_from_an_environment_that_is_not_activated(tmp_path, words):
    folder = create_class(tmp_path / "class")  # nothing was released, so there is no gradebook
    command = [sys.executable, "-m", "pix2net", *words, "--class-dir", str(folder.root)]
    environment = os.environ | {"PATH": "/usr/bin:/bin"}  # nbgrader calls `alembic`
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert "alembic" not in done.stderr
    assert (folder.root / "gradebook.db").exists()
    if words[0] == "student":
        assert done.returncode == 0, done.stderr
