"""What a killed command left half-written is cleared; what somebody is writing stays."""

import os
import signal
import subprocess
import sys
import time

import pytest

from grader.handed_in.collect import collect
from grader.release.course_dir import open_class
from pix2net import leftovers
from pix2net.files import replace_file
from tests.release.hand_ins import BOOK, put_zip

HANGS = """
import os, sys, time
from pathlib import Path
from pix2net import files
def hang(*_):
    print("ready", flush=True)
    time.sleep(60)
os.replace = hang
files.replace_file(Path(sys.argv[1]), "half")
"""


@pytest.fixture
def writing(tmp_path):
    """A process in the middle of writing a file, and the folder in which it does."""
    folder = tmp_path / "class" / "verdicts" / "ada"
    folder.mkdir(parents=True)
    command = [sys.executable, "-c", HANGS, str(folder / "01_toy.json")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process, folder
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_temporary_file_goes_when_who_wrote_it_was_killed(writing, tmp_path):
    process, folder = writing
    assert len(os.listdir(folder)) == 1
    leftovers.clear(tmp_path / "class", 3)
    assert len(os.listdir(folder)) == 1, "it is being written"
    process.send_signal(signal.SIGKILL)
    time.sleep(0.2)  # it is dead, and nobody has taken note of that yet
    leftovers.clear(tmp_path / "class", 3)
    assert os.listdir(folder) == []


def test_a_number_that_another_process_has_by_now_protects_nothing(tmp_path):
    path = tmp_path / f".x.json.{os.getpid()}@{leftovers.MACHINE}.abcd1234"
    path.write_text("")
    leftovers.clear(tmp_path)
    assert path.exists()
    os.rename(path, path.with_name(f".x.json.1@{leftovers.MACHINE}.abcd1234"))
    leftovers.clear(tmp_path)
    assert len(os.listdir(tmp_path)) == 1, "the first process of the machine is alive"


def test_what_another_machine_is_writing_stays_for_a_day(tmp_path, monkeypatch):
    path = tmp_path / ".x.json.77@elsewhere.abcd1234"
    path.write_text("")
    leftovers.clear(tmp_path)
    assert path.exists()
    monkeypatch.setattr(leftovers, "FOREIGN_SECONDS", -1)
    leftovers.clear(tmp_path)
    assert not path.exists()


def test_in_a_folder_of_many_only_what_is_ours_goes(tmp_path):
    for name in (".x.json.abcd1234", ".abcd_123", ".other.99999999@{}.abcd1234",
                 ".grading.99999999@{}.abcd1234"):  # fmt: skip
        (tmp_path / name.format(leftovers.MACHINE)).mkdir()
    leftovers.clear(tmp_path, only="grading")
    assert len(os.listdir(tmp_path)) == 3
    assert not list(tmp_path.glob(".grading*"))


def test_leftovers_of_earlier_versions_go_and_nothing_else_does(two_assignments, inbox):
    root = two_assignments.root
    stale = [
        root / ".abcd_123" / "01_toy.ipynb",
        root / ".report.html.abcd_123",
        root / "keys" / ".01_toy.key.abcd_123",
        root / "autograded" / "ada" / "01_toy" / ".01_toy.ipynb.abcd_123",
        root / "verdicts" / "ada" / ".01_toy.json.abcd_123",
    ]
    mine = [
        root / ".gitignore",
        root / ".notes" / "01_toy.ipynb",
        root / ".abcd_124" / "of_mine.txt",
        root / "keys" / ".01_toy.backup",
        root / "autograded" / "ada" / "01_toy" / ".hidden",
    ]
    for path in (*stale, *mine):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    collect(open_class(root), [inbox])
    assert [path for path in stale if path.exists()] == []
    assert [path for path in mine if not path.exists()] == []


def test_a_name_of_any_length_can_be_written(tmp_path):
    for name in ("x" * 250, "李" * 80, "a.b.c"):
        replace_file(tmp_path / name, "whole")
        assert (tmp_path / name).read_text() == "whole"
    leftovers.clear(tmp_path)
    assert len(os.listdir(tmp_path)) == 3
