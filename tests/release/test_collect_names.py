"""Whose a hand-in is: names of the world, names that systems make, and several of one name."""

import json
import os
import unicodedata

import pytest
from typer.testing import CliRunner

from grader.handed_in.collect import collect
from pix2net.cli.app import app
from pix2net.handing_in.identity import student_name
from tests.release.hand_ins import BOOK, NOON, put_zip, statuses

pytestmark = pytest.mark.some_chapters


@pytest.fixture
def folder(two_assignments):
    return two_assignments


def words(folder, *more):
    """The command on a class folder: its status, what it printed as JSON, its lines beside that."""
    done = CliRunner().invoke(
        app, ["collect", *map(str, more), "--json", "--class-dir", str(folder.root)]
    )
    return done.exit_code, json.loads(done.stdout), done.stderr


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Müller, Jörg", "Müller, Jörg"),
        (unicodedata.normalize("NFD", "Müller, Jörg"), "Müller, Jörg"),
        ("O’Brien", "O’Brien"),
        ("O'Neill, Shaun Jr.", "O'Neill, Shaun Jr"),
        ("李小龙", "李小龙"),
        ("محمد علي", "محمد علي"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("प्रिया शर्मा", "प्रिया शर्मा"),
        ("’t Hooft, Jan", "’t Hooft, Jan"),
        ("Ðorđe-Łukasz", "Ðorđe-Łukasz"),
        ("@ada_99", "@ada_99"),
    ],
)
@pytest.mark.parametrize("form", ["{}+01_toy.zip", "{}.zip", "{}/work.zip"])
def test_names_of_the_world_are_names_of_students(folder, inbox, name, student, form):
    put_zip(inbox / form.format(name), [("01_toy.ipynb", BOOK)])
    result = collect(folder, [inbox])
    assert statuses(result) == [(student, "01_toy", "new")]
    assert (folder.root / "submitted" / student / "01_toy" / "01_toy.ipynb").is_file()


@pytest.mark.parametrize(
    "name",
    ["..", ".ada", "-rf", "con", "NUL.x", "com1", "a\u202eb", "a\u200bb", "a\u2066b", "ad\u3164a",
     "a\x1b[2J", "a\nb", "a\\b", "<img src=x onerror=alert(1)>", "=cmd|x", "a&b", 'a"b', "a" * 81,
     "{{7*7}}", "$(id)"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{}+01_toy.zip", "{}/work.zip"])
def test_what_cannot_be_a_name_is_refused_with_a_line(folder, inbox, name, form):
    if name == ".." and "/" in form:
        return
    path = put_zip(inbox / form.format(name), [("01_toy.ipynb", BOOK)])
    result = collect(folder, [inbox])
    assert result.collected == ()
    (refused,) = result.refused
    assert refused.source in (str(path), str(path.parent))
    assert os.listdir(folder.root / "submitted") == []


def test_every_name_that_is_taken_is_a_folder_of_one_level():
    """Whatever is taken for a name can be shown, and stands where it is put."""
    for code in range(0x11000):
        if 0xD800 <= code < 0xE000:
            continue
        name = student_name(f"a{chr(code)}b")
        assert name is None or (name.isprintable() and not set(name) & set('/\\<>&"\0')), hex(code)
        assert name is None or student_name(name) == name


FILES = {
    "ada+01_toy.rar": "archives of this kind are not read",
    "ada+01_toy.7z": "archives of this kind are not read",
    "ada+01_toy.zip.part": "a download that has not come to its end",
    "ada+01_toy": "its name has no ending",
    "ada+01_toy.docx": "it is no notebook",
    ".ada+01_toy.zip": "its name begins with a dot",
    "a\u202eda+01_toy.zip": "characters that cannot be shown",
    "ada\n+01_toy.zip": "characters that cannot be shown",
    "\udcff+01_toy.zip": "characters that cannot be shown",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [".", "Dee Ott_123_assignsubmission_file_", "dee/deep/deeper"])
def test_a_file_that_is_not_taken_is_told_with_the_reason(folder, inbox, name, place):
    (inbox / place).mkdir(parents=True, exist_ok=True)
    path = inbox / place / name
    path.write_bytes(b"")
    status, told, beside = words(folder, inbox)
    assert (status, told["collected"]) == (1, [])
    (refused,) = told["refused"]
    assert refused["source"] == str(path)
    assert FILES[name] in refused["reason"]
    assert beside.count("\n") == 1
    if place != ".":
        assert refused["student"] in ("Dee Ott", "dee")


def test_what_systems_and_programs_leave_is_left_and_told(folder, inbox):
    for name in (".DS_Store", "Thumbs.db", "._ada+01_toy.zip", "ada+01_toy.slip.txt"):
        (inbox / name).write_bytes(b"")
    put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    status, told, _ = words(folder, inbox)
    assert (status, told["refused"]) == (0, [])
    (note,) = told["notes"]
    assert all(name in note for name in (".DS_Store", "Thumbs.db", "._ada+01_toy.zip"))


@pytest.mark.parametrize("name", ["ada+01_toy (1).zip", "ada+01_toy - Kopie.zip", "ada (2).zip"])
def test_what_a_browser_puts_behind_a_name_says_nothing(folder, inbox, name):
    path = put_zip(inbox / name, [("01_toy.ipynb", BOOK)])
    assert statuses(collect(folder, [path])) == [("ada", "01_toy", "new")]


def other(text):
    return BOOK.replace(b'"metadata": {}', b'"metadata": {"who": "%b"}' % text)


MOODLE = "{}_{}_assignsubmission_file_"


def test_students_of_one_name_are_kept_apart_by_their_number(folder, inbox):
    for number, text in (("11", b"one"), ("22", b"two")):
        path = inbox / MOODLE.format("Jan Müller", number) / "x.zip"
        put_zip(path, [("01_toy.ipynb", other(text))])
    result = collect(folder, [inbox])
    assert sorted(statuses(result)) == [
        ("Jan Müller 11", "01_toy", "new"),
        ("Jan Müller 22", "01_toy", "new"),
    ]
    assert "kept apart by their numbers 11, 22" in result.notes[0]
    for number, text in (("11", b"one"), ("22", b"two")):
        place = folder.submitted(f"Jan Müller {number}", "01_toy")
        assert text in (place / "01_toy.ipynb").read_bytes()
    again = collect(folder, [inbox])
    assert {one.status for one in again.collected} == {"unchanged"}


def test_a_second_student_of_a_name_who_comes_later_replaces_nobody(folder, inbox):
    first = put_zip(inbox / "1" / MOODLE.format("Jan Müller", "11") / "x.zip",
                    [("01_toy.ipynb", other(b"one"))])  # fmt: skip
    second = put_zip(inbox / "2" / MOODLE.format("Jan Müller", "22") / "x.zip",
                     [("01_toy.ipynb", other(b"two"))], NOON.replace(hour=15))  # fmt: skip
    collect(folder, [first.parent.parent])
    result = collect(folder, [second.parent.parent])
    assert statuses(result) == [("Jan Müller 22", "01_toy", "new")]
    assert "collected with the number 11" in result.notes[0]
    both = collect(folder, [first.parent.parent, second.parent.parent])
    assert {(one.student, one.status) for one in both.collected} == {
        ("Jan Müller", "unchanged"),
        ("Jan Müller 22", "unchanged"),
    }
    assert b"one" in (folder.submitted("Jan Müller", "01_toy") / "01_toy.ipynb").read_bytes()


def test_one_student_has_other_numbers_in_other_assignments(folder, inbox):
    """Moodle counts anew in each of them."""
    put_zip(inbox / MOODLE.format("Jan Müller", "11") / "x.zip", [("01_toy.ipynb", BOOK)])
    put_zip(inbox / MOODLE.format("Jan Müller", "57") / "x.zip", [("02_more.ipynb", BOOK)])
    result = collect(folder, [inbox])
    assert sorted(statuses(result)) == [
        ("Jan Müller", "01_toy", "new"),
        ("Jan Müller", "02_more", "new"),
    ]


def test_who_is_anonymous_in_moodle_is_a_number(folder, inbox):
    for number in ("11", "22", "33"):
        put_zip(inbox / MOODLE.format("Participant", number) / "x.zip",
                [("01_toy.ipynb", other(number.encode()))])  # fmt: skip
    found = {one.student for one in collect(folder, [inbox]).collected}
    assert found == {"Participant 11", "Participant 22", "Participant 33"}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Dee Ott_123_assignsubmission_file_01_toy.ipynb", "Dee Ott"),
        ("Dee Ott_123_assignsubmission_file_dee+01_toy.zip", "Dee Ott"),
        ("lovelaceada_1234_5678_ada+01_toy.zip", "lovelaceada"),
        ("lovelaceada_LATE_1234_5678_01_toy-1.ipynb", "lovelaceada"),
        ("Dee_1_assignsubmission_file_Ada_2_assignsubmission_file_+01_toy.ipynb", "Dee"),
    ],
)
def test_files_as_moodle_and_canvas_name_them(folder, inbox, name, student):
    if name.endswith(".zip"):
        put_zip(inbox / name, [("01_toy.ipynb", BOOK)])
    else:
        (inbox / name).write_bytes(BOOK)
    assert statuses(collect(folder, [inbox])) == [(student, "01_toy", "new")]


def test_an_archive_of_a_whole_class_is_not_taken_for_a_student(folder, inbox):
    members = [(f"{MOODLE.format(name, 1)}/01_toy.ipynb", BOOK) for name in ("Ada", "Bob")]
    (refused,) = collect(folder, [put_zip(inbox / "Course-Homework 1-99.zip", members)]).refused
    assert "unpack it" in refused.reason


def test_several_hand_ins_of_one_student_are_told_and_the_latest_counts(folder, inbox):
    put_zip(inbox / "ada" / "new.zip", [("01_toy.ipynb", other(b"new"))], NOON.replace(hour=15))
    put_zip(inbox / "ada" / "old.zip", [("01_toy.ipynb", other(b"old"))])
    result = collect(folder, [inbox])
    assert b"new" in (folder.submitted("ada", "01_toy") / "01_toy.ipynb").read_bytes()
    (note,) = result.notes
    assert "2 times" in note
    assert "new.zip counts" in note
