"""What a class gets is unpacked into an empty folder and worked in, with nothing else at hand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.release.course_dir import COURSE_ID
from grader.release.release import release
from pix2net.cli.app import app
from tests.setup.served import serving

NOTEBOOK = "01_toy.ipynb"


def handout(*words):
    return CliRunner().invoke(app, ["handout", *map(str, words)])


@pytest.fixture
def released(folder, chapter):
    assert release(folder, [chapter]).refused == ()
    return folder


@pytest.fixture
def given(released, tmp_path):
    """The folder of a student who has unpacked the archive."""
    done = handout("--class-dir", released.root, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    # Python's zipfile forgets which files are programs, as no unpacker of a system does.
    home = tmp_path / "home"
    with zipfile.ZipFile(tmp_path / "out" / f"{COURSE_ID}.zip") as archive:
        archive.extractall(home)
        for entry in archive.infolist():
            (home / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    return home / COURSE_ID


def test_it_has_what_was_released_the_package_and_a_file_to_start_on_each_system(given):
    top = {path.name for path in given.iterdir()}
    starters = {"start-windows.bat", "start-macos.command", "start-linux.sh"}
    assert top == {"START HERE.html", "course", "notebooks", *starters}
    assert (given / "notebooks" / "keys" / "01_toy.key").is_file()
    (wheel,) = (given / "course").iterdir()
    with zipfile.ZipFile(wheel) as package:
        inside = {n for n in package.namelist() if n.startswith("pix2net/files/notebooks/")}
    assert f"pix2net/files/notebooks/{NOTEBOOK}" in inside
    assert not any("00_workflow" in name for name in inside)  # the self-study edition's
    for name in starters:
        assert wheel.name in (given / name).read_text()
    assert os.access(given / "start-macos.command", os.X_OK)
    assert b"\r\n" in (given / "start-windows.bat").read_bytes()
    assert b"\r\n" not in (given / "start-linux.sh").read_bytes()


def test_the_page_names_the_notebooks_and_leaves_no_gap(given):
    page = (given / "START HERE.html").read_text()
    assert f"<code>{NOTEBOOK}</code>" in page
    assert "one notebook of" in page
    assert not re.search(r"[{]\w+[}]", page)


def test_nothing_of_the_hidden_keys_is_in_it(given, released):
    hidden = released.hidden_key("01_toy").read_bytes()
    seed = released.key_record("01_toy").read_bytes()
    for path in given.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert hidden not in content
            assert seed not in content


@pytest.mark.slow
def test_a_start_file_installs_the_course_and_opens_it(given):
    venv.create(given / ".venv", with_pip=True)
    (site,) = given.glob(".venv/lib/python*/site-packages")
    ours = [entry for entry in sys.path if Path(entry).name == "site-packages"]
    (site / "ours.pth").write_text("\n".join(ours))  # as if they had been fetched already
    shared = Path(sys.prefix)
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(given.parent),
        "PIP_NO_INDEX": "1",
        "JUPYTERLAB_DIR": str(shared / "share" / "jupyter" / "lab"),
        "JUPYTER_PATH": str(shared / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(shared / "etc" / "jupyter"),
        "BROWSER": "true",
    }
    for _ in range(2):  # the second time nothing is installed
        with serving(["./start-linux.sh"], environment, given) as server:
            names = [entry["name"] for entry in server.json("/api/contents")["content"]]
            assert names == [NOTEBOOK]
            shown = server.run_cell(
                "import numpy as np\nfrom pix2net import check\n"
                "def weighted_sums(*a): ...\ncheck('weighted_sums')",
                NOTEBOOK,
            )
            assert "weighted_sums" in shown
            said = server.said()
        (given / "my notebooks" / NOTEBOOK).touch()
    assert "Installing" not in said


def test_an_old_python_is_told_in_a_sentence(given, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "cmp", "sh"):
        (programs / name).symlink_to(shutil.which(name))
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    done = subprocess.run(
        ["./start-linux.sh"], cwd=given, env={"PATH": str(programs)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stdout


def test_a_chapter_that_was_not_released_is_no_part_of_it(released, tmp_path):
    done = handout("02_knn", "--class-dir", released.root, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "there is no released chapter 02_knn; there are 01_toy" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_new_handout_takes_the_place_of_the_old_one(released, tmp_path):
    for _ in range(2):
        assert handout("--class-dir", released.root, "-o", tmp_path / "out").exit_code == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {COURSE_ID, f"{COURSE_ID}.zip"}


def test_it_speaks_the_language_of_the_class(released, tmp_path):
    done = handout("--class-dir", released.root, "-o", tmp_path, "--language", "zh")
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / COURSE_ID / "START HERE.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    assert "<h1>从这里开始</h1>" in page
    assert NOTEBOOK in page
    for name in ("start-windows.bat", "start-macos.command", "start-linux.sh"):
        text = (tmp_path / COURSE_ID / name).read_text()
        assert re.search(r"lab ['\"]my notebooks['\"] --language zh", text)


def test_the_first_page_shows_markup_as_such_and_paths_of_windows(given):
    page = (given / "START HERE.html").read_text(encoding="utf-8")
    assert "<strong>Windows</strong>" in page
    assert r"<code>.venv\Scripts</code>" in page
    assert "one notebook of <em>" in page
