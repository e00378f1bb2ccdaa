"""Collecting hand-ins: whose they are, when they came, and that every file is answered for."""

import json
import os
from datetime import UTC, datetime

import pytest
from nbgrader.coursedir import CourseDirectory
from typer.testing import CliRunner

from grader.handed_in.collect import collect
from grader.release.course_dir import ClassFolderError, create_class
from grader.weave import layout
from pix2net.cli.app import app
from tests.release.hand_ins import BOOK, NOON, put_tar, put_zip, statuses, tree


@pytest.fixture
def folder(two_assignments):
    return two_assignments


@pytest.mark.parametrize("name", ["ada+01_toy.zip", "ada+01_toy+2026-01-01.zip", "ada.zip"])
def test_an_archive_s_name_says_whose_it_is(folder, inbox, name):
    result = collect(folder, [put_zip(inbox / name, [("work/01_toy.ipynb", BOOK)])])
    assert statuses(result) == [("ada", "01_toy", "new")]
    assert tree(folder.root / "submitted") == [
        "ada/01_toy/01_toy.ipynb",
        "ada/01_toy/timestamp.txt",
    ]


@pytest.mark.parametrize(
    ("name", "mode"), [("ada.tar", "w"), ("ada.tar.gz", "w:gz"), ("ada.tgz", "w:gz")]
)
def test_tar_archives_are_read_too(folder, inbox, name, mode):
    path = put_tar(inbox / name, [("02_more.ipynb", BOOK), ("01_toy.ipynb", BOOK)], mode)
    result = collect(folder, [path])
    assert statuses(result) == [("ada", "01_toy", "new"), ("ada", "02_more", "new")]


def test_nbgrader_reads_the_time_that_the_archive_came(folder, inbox):
    collect(folder, [put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK)])])
    course = CourseDirectory(root=str(folder.root))
    assert course.get_existing_timestamp(str(folder.submitted("ada", "01_toy"))) == NOON.replace(
        tzinfo=None
    )


def test_the_instructor_can_state_the_time(folder, inbox):
    path = put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK)])
    stated = datetime(2026, 2, 3, tzinfo=UTC)
    assert collect(folder, [path], received=stated).collected[0].received == stated


def test_a_file_that_was_handed_in_says_neither_who_nor_when(folder, inbox):
    members = [
        ("01_toy.ipynb", BOOK),
        ("timestamp.txt", "2020-01-01 00:00:00 UTC"),
        ("bob/01_toy/timestamp.txt", "2020-01-01 00:00:00 UTC"),
    ]
    result = collect(folder, [put_zip(inbox / "ada.zip", members)])
    assert [(c.student, c.received) for c in result.collected] == [("ada", NOON)]
    assert (
        (folder.submitted("ada", "01_toy") / "timestamp.txt")
        .read_text()
        .startswith("2026-03-01 12:00")
    )
    assert not (folder.root / "submitted" / "bob").exists()


def test_a_student_cannot_hand_in_for_another_with_a_folder_inside(folder, inbox):
    path = put_zip(inbox / "mallory.zip", [("ada/01_toy/01_toy.ipynb", BOOK)])
    assert statuses(collect(folder, [path])) == [("mallory", "01_toy", "new")]


def test_a_folder_holds_archives_notebooks_and_students_folders(folder, inbox):
    put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    (inbox / "bob+02_more.ipynb").write_bytes(BOOK)
    (inbox / "cid" / "01_toy").mkdir(parents=True)
    (inbox / "cid" / "01_toy" / "01_toy.ipynb").write_bytes(BOOK)
    put_zip(inbox / "Dee Ott_123_assignsubmission_file" / "homework.zip", [("01_toy.ipynb", BOOK)])
    (inbox / "grades.csv").write_text("not handed in")
    result = collect(folder, [inbox])
    assert result.refused == ()
    assert result.notes == ("no hand-ins, and left alone: grades.csv",)
    assert sorted(statuses(result)) == [
        ("Dee Ott", "01_toy", "new"),
        ("ada", "01_toy", "new"),
        ("bob", "02_more", "new"),
        ("cid", "01_toy", "new"),
    ]


def test_only_the_assignments_asked_for_are_collected(folder, inbox):
    path = put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK), ("02_more.ipynb", BOOK)])
    assert statuses(collect(folder, [path], assignments=["02_more"])) == [("ada", "02_more", "new")]


def test_what_an_archive_holds_beside_what_was_taken_is_told(folder, inbox):
    both = [("x/01_toy.ipynb", BOOK), ("x/02_more.ipynb", BOOK), ("x/draft.ipynb", BOOK)]
    named = collect(folder, [put_zip(inbox / "ada+01_toy.zip", both)])
    assert statuses(named) == [("ada", "01_toy", "new")]
    (told,) = named.notes
    assert told.endswith("holds more, which was left alone: 02_more.ipynb, draft.ipynb")
    free = collect(folder, [put_zip(inbox / "bob.zip", both)])
    assert statuses(free) == [("bob", "01_toy", "new"), ("bob", "02_more", "new")]
    assert "left alone: draft.ipynb" in free.notes[0]


def test_a_notebook_that_a_browser_renamed_counts_where_the_name_outside_says_what_it_is(
    folder, inbox
):
    path = put_zip(inbox / "ada+01_toy.zip", [("01_toy (1).ipynb", BOOK)])
    assert statuses(collect(folder, [path])) == [("ada", "01_toy", "new")]


def test_the_latest_hand_in_counts_and_the_same_one_is_left_alone(folder, inbox):
    late = put_zip(
        inbox / "ada+01_toy+2.zip", [("01_toy.ipynb", BOOK + b" ")], NOON.replace(hour=15)
    )
    early = put_zip(inbox / "ada+01_toy+1.zip", [("01_toy.ipynb", BOOK)])
    assert [c.status for c in collect(folder, [late, early]).collected] == ["new", "updated"]
    notebook = folder.submitted("ada", "01_toy") / "01_toy.ipynb"
    assert notebook.read_bytes() == BOOK + b" "
    assert [c.status for c in collect(folder, [early]).collected] == ["older"]
    assert [c.status for c in collect(folder, [late]).collected] == ["unchanged"]
    assert notebook.read_bytes() == BOOK + b" "


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("..+01_toy.zip", "says no student"),
        ("-rf+01_toy.zip", "says no student"),
        ("01_toy.zip", "says no student"),
        ("a\nb+01_toy.zip", "says no student"),
        ("ada+03_none.zip", "there is no assignment '03_none'; there are 01_toy, 02_more"),
    ],
)
def test_a_name_that_says_nobody_is_refused(folder, inbox, name, reason):
    result = collect(folder, [put_zip(inbox / name, [("01_toy.ipynb", BOOK)])])
    assert result.collected == ()
    assert reason in result.refused[0].reason


def test_links_in_a_folder_are_not_followed(folder, inbox, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(BOOK)
    (inbox / "ada").mkdir()
    (inbox / "ada" / "01_toy.ipynb").symlink_to(secret)
    (inbox / "bob").symlink_to(tmp_path)
    (inbox / "cid+01_toy.ipynb").symlink_to(secret)
    (inbox / "dee").mkdir()
    (inbox / "dee" / "01_toy").symlink_to(inbox / "ada")
    os.mkfifo(inbox / "eve+01_toy.ipynb")
    result = collect(folder, [inbox])
    assert result.collected == ()
    assert {one.source.rpartition("inbox/")[2]: one.reason for one in result.refused} == {
        "ada/01_toy.ipynb": "it is a link, which is not followed",
        "bob": "it is a link, which is not followed",
        "cid+01_toy.ipynb": "it is a link, which is not followed",
        "dee/01_toy": "it is a link, which is not followed",
        "eve+01_toy.ipynb": "what was handed in is a named pipe, not a file",
    }


def test_there_must_be_something_to_collect_from(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.release.course_dir.STOCK_EXCHANGE", tmp_path / "none")
    with pytest.raises(ClassFolderError, match="no exchange is set up"):
        collect(folder)
    with pytest.raises(ClassFolderError, match="there is no assignment 09_x"):
        collect(folder, [tmp_path], assignments=["09_x"])
    with pytest.raises(ClassFolderError, match="run `course release` first"):
        collect(create_class(tmp_path / "empty"), [tmp_path])
    assert "no such file" in collect(folder, [tmp_path / "nothing"]).refused[0].reason


def test_a_link_that_the_instructor_names_is_followed(folder, inbox, tmp_path):
    real = put_zip(tmp_path / "download.bin", [("01_toy.ipynb", BOOK)])
    real.rename(tmp_path / "download.zip")
    (inbox / "ada+01_toy.zip").symlink_to(tmp_path / "download.zip")
    result = collect(folder, [inbox / "ada+01_toy.zip"])
    assert statuses(result) == [("ada", "01_toy", "new")]


@pytest.fixture
def of_the_course(folder):
    """Two notebooks of the course, released under their names in the class folder."""
    found = {}
    for name in ("01_images", "02_knn"):
        found[name] = (layout.COMMITTED / f"{name}.ipynb").read_bytes()
        folder.source(name).mkdir()
        (folder.source(name) / f"{name}.ipynb").write_bytes(found[name])
    return found


@pytest.mark.parametrize(
    "form", ["ada+02_knn.zip", "ada+02_knn.ipynb", "ada.zip", "ada/02_knn.ipynb"]
)
def test_the_wrong_notebook_under_a_right_name_is_refused(folder, inbox, of_the_course, form):
    path = inbox / form
    if path.suffix == ".zip":
        put_zip(path, [("02_knn.ipynb", of_the_course["01_images"])])
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(of_the_course["01_images"])
    result = collect(folder, [inbox])
    assert result.collected == ()
    (refused,) = result.refused
    assert (refused.student, "this is 01_images" in refused.reason) == ("ada", True)


def test_a_chapter_that_is_not_in_the_class_yet_is_recognised_too(folder, inbox, of_the_course):
    path = inbox / "ada+02_knn.ipynb"
    path.write_bytes((layout.COMMITTED / "07_mlp.ipynb").read_bytes())
    assert "this is 07_mlp" in collect(folder, [inbox]).refused[0].reason


def test_the_cells_say_what_a_notebook_of_another_name_is(folder, inbox, of_the_course):
    put_zip(inbox / "ada.zip", [("final version.ipynb", of_the_course["02_knn"])])
    assert statuses(collect(folder, [inbox])) == [("ada", "02_knn", "new")]


def test_the_right_notebook_and_one_without_cells_of_the_course_are_taken(
    folder, inbox, of_the_course
):
    put_zip(inbox / "ada.zip", [("02_knn.ipynb", of_the_course["02_knn"])])
    stripped = json.loads(of_the_course["02_knn"])
    for cell in stripped["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    put_zip(inbox / "bob.zip", [("02_knn.ipynb", json.dumps(stripped))])
    put_zip(inbox / "cid.zip", [("02_knn.ipynb", b"\xff no notebook at all")])
    result = collect(folder, [inbox])
    assert sorted(one.student for one in result.collected) == ["ada", "bob", "cid"]


@pytest.mark.parametrize("there", ["pipe", "link", "folder", "file", "link to all"])
def test_what_stands_in_the_way_in_submitted_is_not_waited_for(folder, inbox, there, tmp_path):
    place = folder.submitted("ada", "01_toy")
    place.mkdir(parents=True)
    if there == "pipe":
        os.mkfifo(place / "01_toy.ipynb")
        os.mkfifo(place / "timestamp.txt")
    elif there == "link":
        (place / "01_toy.ipynb").symlink_to("/etc/passwd")
        (place / "timestamp.txt").symlink_to("/dev/zero")
    elif there == "folder":
        (place / "01_toy.ipynb" / "x").mkdir(parents=True)
    else:
        place.rmdir()
        place.write_text("") if there == "file" else place.symlink_to(tmp_path)
    put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    assert statuses(collect(folder, [inbox])) == [("ada", "01_toy", "updated")]
    assert not place.is_symlink()
    assert tree(place) == ["01_toy.ipynb", "timestamp.txt"]
    assert (place / "01_toy.ipynb").read_bytes() == BOOK


def test_a_file_whose_time_is_no_date_stops_nobody(folder, inbox):
    path = put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    os.utime(path, (0, 2**55))
    put_zip(inbox / "bob+01_toy.zip", [("01_toy.ipynb", BOOK)])
    assert {one.student for one in collect(folder, [inbox]).collected} == {"ada", "bob"}


def test_a_receipt_that_is_a_pipe_or_lies_beside_one_is_not_waited_for(folder, tmp_path):
    place = folder.submitted("ada", "01_toy")
    place.mkdir(parents=True)
    os.mkfifo(place / "01_toy.ipynb")
    os.mkfifo(tmp_path / "receipt")
    words = ["collect", "--class-dir", str(folder.root), "--receipt"]
    assert CliRunner().invoke(app, [*words, str(tmp_path / "receipt")]).exit_code == 2
    assert CliRunner().invoke(app, [*words, "0" * 64]).exit_code == 1
