"""What could not be done ends with status 2 and one sentence, in every command."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
import sqlalchemy
import typer
from typer.testing import CliRunner

from grader.release.course_dir import ClassFolder
from pix2net import files
from pix2net.cli import console
from pix2net.cli.app import IN_A_CLONE, MODULES, app
from pix2net.cli.failures import guarded
from tests.cli.test_hostile_files import is_a_sentence

pytestmark = pytest.mark.some_chapters

NAME = "77_toy"
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/class/verdicts/ada.json")


def course(*words, classroom=None):
    more = () if classroom is None else ("--class-dir", str(classroom.root))
    return CliRunner().invoke(app, [*map(str, words), *more])


def ends(error):
    """What a command does that raises this."""

    @guarded
    def command():
        raise error

    alone = typer.Typer()
    alone.command()(command)
    return CliRunner().invoke(alone, [])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "/class/verdicts/ada.json could not be read or written (No space left on device)"),
        (OSError(errno.EROFS, "Read-only file system", "/class"), "can be written"),
        (PermissionError(errno.EACCES, "Permission denied", b"/x"), "ask its owner"),
        (OSError("what nobody foresaw"), "what nobody foresaw"),
        (sqlite3.OperationalError("database is locked"), "another program is writing to it"),
        (sqlite3.DatabaseError("file is not a database"), "it is damaged"),
        (sqlalchemy.exc.DatabaseError("SELECT", {}, Exception("malformed")), "it is damaged"),
        (files.Rejected("the file is empty"), "the file is empty"),
        (KeyError("workers"), "a mistake in the program (KeyError in test_failures.py"),
        (RecursionError(), "no more is known"),
        (ValueError("two\nlines"), "two"),
    ],
)
def test_whatever_a_command_raises_is_one_sentence_and_status_2(error, words):
    done = ends(error)
    assert is_a_sentence(done)
    assert words in done.stderr


def test_a_mistake_of_ours_can_be_seen_whole(monkeypatch):
    monkeypatch.setenv("COURSE_TRACEBACK", "1")
    done = ends(KeyError("workers"))
    assert done.exit_code == 2
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(("how", "status"), [(typer.Exit(1), 1), (typer.Exit(0), 0)])
def test_how_a_command_ends_by_itself_stays(how, status):
    assert ends(how).exit_code == status


def test_every_command_is_guarded(monkeypatch):
    def stumble():
        raise FULL

    for name, module in MODULES.items():
        monkeypatch.setattr(f"{IN_A_CLONE.get(name, module)}.{name}", stumble)
        done = course(name)
        assert is_a_sentence(done), name
        assert "No space left" in done.stderr


def damage(path):
    path.write_bytes(b"no database" * 500)


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def forbid(path):
    path.unlink()
    path.mkdir()


@pytest.fixture
def graded(classroom, hand_in, finished):
    hand_in("amy", finished)
    done = course("grade", classroom=classroom)
    assert done.exit_code == 0, done.output
    return classroom


@pytest.mark.parametrize("harm", [damage, cut, forbid])
def test_a_damaged_gradebook_is_a_sentence(graded, harm):
    harm(graded.root / "gradebook.db")
    for command in ("grade", "feedback", "export"):
        done = course(command, classroom=graded)
        assert is_a_sentence(done), command
        assert "the gradebook cannot be used" in done.stderr


def test_a_locked_gradebook_is_a_sentence(graded, hand_in, released):
    hand_in("bob", released)
    other = sqlite3.connect(graded.root / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    done = course("grade", classroom=graded)
    other.rollback()
    other.close()
    assert is_a_sentence(done)
    assert "another program is writing to it" in done.stderr
    done = course("grade", "--json", classroom=graded)
    assert [json.loads(line)["student"] for line in done.stdout.splitlines()] == ["amy", "bob"]


@pytest.mark.parametrize("command", ["grade", "feedback", "report", "export", "collect"])
def test_a_full_disk_is_a_sentence(graded, hand_in, released, command, monkeypatch, tmp_path):
    hand_in("bob", released)
    real = os.replace

    def full(source, target):
        if "class" in str(target):
            raise FULL
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    more = []
    if command == "collect":
        shutil.copy(graded.submitted("amy", NAME) / f"{NAME}.ipynb", tmp_path / f"cid+{NAME}.ipynb")
        more = [tmp_path / f"cid+{NAME}.ipynb"]
    done = course(command, *more, classroom=graded)
    assert done.exit_code == 2
    *progress, told = done.stderr.splitlines()
    assert told.startswith("course: ")
    assert "make room there" in told
    assert [line for line in progress if not line.startswith("graded ")] == []
    monkeypatch.setattr(os, "replace", real)
    assert course(command, *more, classroom=graded).exit_code in (0, 1)


def test_a_result_that_cannot_be_written_in_full_leaves_the_old_one(graded, monkeypatch, tmp_path):
    path = tmp_path / "grades.csv"
    assert course("export", "-o", path, classroom=graded).exit_code == 0
    before = path.read_text()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(FULL))
    assert is_a_sentence(course("export", "-o", path, classroom=graded))
    assert path.read_text() == before
    assert os.listdir(tmp_path).count("grades.csv") == 1


def test_results_can_go_to_a_pipe_and_keep_the_mode_of_new_files(graded, tmp_path):
    mask = os.umask(0o077)
    try:
        assert course("export", "-o", tmp_path / "grades.csv", classroom=graded).exit_code == 0
    finally:
        os.umask(mask)
    assert oct((tmp_path / "grades.csv").stat().st_mode)[-3:] == "600"
    assert course("export", "-o", "/dev/null", classroom=graded).exit_code == 0
    assert not os.path.isfile("/dev/null")


def test_standard_output_that_takes_nothing_is_a_failure(graded):
    command = [sys.executable, "-m", "pix2net", "export", "-o", "-", "--class-dir", graded.root]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


RECORDS = {
    "empty": b"",
    "half": b'{"fingerprint": "x", "verd',
    "no_text": b"\xff\xfe\x00",
    "list": b"[]",
    "nothing": b"{}",
    "null": b'{"fingerprint": "x", "verdict": null}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("damage", [*RECORDS, "pipe", "folder", "wrong", "other"])
def test_a_record_that_cannot_be_read_is_told_and_graded_again(graded, damage):
    path = graded.root / "verdicts" / "amy" / f"{NAME}.json"
    good = json.loads(path.read_text())
    path.unlink()
    if damage == "pipe":
        os.mkfifo(path)
    elif damage == "folder":
        path.mkdir()
    elif damage == "wrong":
        good["verdict"]["exercises"]["row_means"]["score"] = "much"
        path.write_text(json.dumps(good))
    elif damage == "other":
        good["verdict"]["student"] = "bob"
        path.write_text(json.dumps(good))
    else:
        path.write_bytes(RECORDS[damage])
    for command in ("report", "feedback"):
        done = course(command, classroom=graded)
        assert is_a_sentence(done), "nothing is left to report"
    if damage == "folder":
        path.rmdir()
    done = course("grade", "--json", classroom=graded)
    assert json.loads(done.stdout)["score"] == 8.0
    assert json.loads(path.read_text())["verdict"]["score"] == 8.0


def test_of_whom_a_record_cannot_be_read_is_said(graded, hand_in, released):
    hand_in("bob", released)
    course("grade", classroom=graded)
    (graded.root / "verdicts" / "bob" / f"{NAME}.json").write_text("{")
    for command in (["report"], ["report", "--json"], ["feedback"], ["feedback", "--json"]):
        done = course(*command, classroom=graded)
        assert done.exit_code == 1
        assert f"bob {NAME}: its record cannot be read" in done.stderr


def test_what_lies_in_submitted_and_is_not_graded_is_told(graded, hand_in, finished):
    submitted = graded.root / "submitted"
    (submitted / "zoe+77_toy.zip").write_bytes(b"")
    (submitted / "<img src=x onerror=alert(1)>" / NAME).mkdir(parents=True)
    (submitted / ".hidden").mkdir()
    (submitted / "a\u202eb").mkdir()
    (submitted / "amy" / "77_tyo").mkdir()
    (submitted / "amy" / f"{NAME}.ipynb").write_bytes(b"{}")
    (submitted / ".DS_Store").write_bytes(b"")
    (submitted / "whole").symlink_to(submitted / "amy")
    done = course("grade", "--json", classroom=graded)
    assert done.exit_code == 1
    assert [json.loads(line)["student"] for line in done.stdout.splitlines()] == ["amy"]
    lines = [line for line in done.stderr.splitlines() if "not graded" in line]
    assert len(lines) == 7
    assert any("77_tyo (amy): it is of no assignment" in line for line in lines)
    assert any("characters of HTML" in line for line in lines)
    assert course("grade", "--student", "amy", classroom=graded).exit_code == 0


def test_what_was_handed_in_in_place_of_a_notebook_is_named(classroom, hand_in, finished):
    folder = hand_in("amy", finished)
    (folder / f"{NAME}.ipynb").rename(folder / f"{NAME}.ipynb.part")
    (folder / "work.rar").write_bytes(b"")
    done = course("grade", "--json", classroom=classroom)
    reason = json.loads(done.stdout)["reason"]
    assert reason == f"the file was not handed in; there were: {NAME}.ipynb.part, work.rar"


def test_warnings_are_one_line_whatever_a_name_holds(capsys):
    console.warn("✗", "a\nb\x1b[2J [red]x")
    assert capsys.readouterr().err == "✗ a b\N{REPLACEMENT CHARACTER}[2J [red]x\n"


def test_a_class_folder_that_is_none_is_a_sentence(tmp_path):
    empty = ClassFolder(tmp_path)
    for command in ("grade", "feedback", "report", "export", "collect"):
        assert is_a_sentence(course(command, classroom=empty)), command
