"""nbgrader's own commands and Lab's Assignment List over the network, without a shared disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from typer.testing import CliRunner

from pix2net.cli.app import app
from pix2net.handing_in import service
from pix2net.handing_in.receipt import PUBLIC_KEY, check
from tests.network.conftest import NAME, attempts_on_disk, book

pytestmark = pytest.mark.some_chapters

COURSE = "pixels-to-networks"
SETTINGS = """
from pix2net.handing_in.exchange import configure
c = get_config()
configure(c)
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A student's home folder, which settings and data of this machine do not reach."""
    home = tmp_path / "home"
    home.mkdir()
    for name, place in (
        ("HOME", ""), ("XDG_CONFIG_HOME", ".config"), ("JUPYTER_DATA_DIR", ".data"),
        ("JUPYTER_CONFIG_DIR", ".jupyter"),
    ):  # fmt: skip
        monkeypatch.setenv(name, str(home / place))
    (home / "work").mkdir()
    (home / "work" / "nbgrader_config.py").write_text(SETTINGS)
    return home / "work"


@pytest.fixture
def joined(serve, home):
    """A service that ada has joined."""
    served = serve(pause=0)
    done = CliRunner().invoke(app, ["join", served.url, "--token", served.tokens["ada"], "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["student"] == "ada"
    assert service.settings_file().stat().st_mode & 0o077 == 0
    return served


def nbgrader(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def give_feedback(folder):
    page = folder.root / "feedback" / "ada" / NAME / f"{NAME}.html"
    page.parent.mkdir(parents=True)
    page.write_text("well done")


@pytest.mark.thorough
def test_nbgraders_commands_list_fetch_submit_and_get_feedback(joined, home, folder):
    assert f"{COURSE} {NAME} released" in nbgrader(home, "list").stderr
    assert nbgrader(home, "fetch_assignment", NAME, "--course", COURSE).returncode == 0
    released = folder.release(NAME)
    for path in (f"{NAME}.ipynb", f"keys/{NAME}.key"):
        assert (home / NAME / path).read_bytes() == (released / path).read_bytes()
    (home / NAME / f"{NAME}.ipynb").write_bytes(book("mine"))
    done = nbgrader(home, "submit", NAME, "--course", COURSE)
    assert f"Submitted as: {COURSE} {NAME} attempt 1" in done.stderr
    (place,) = attempts_on_disk(folder)
    assert (place / f"{NAME}.ipynb").read_bytes() == book("mine")
    (kept,) = (home / NAME).glob("*.receipt.json")
    assert check(kept.read_text(), (folder.root / PUBLIC_KEY).read_text()).student == "ada"
    give_feedback(folder)
    assert nbgrader(home, "fetch_feedback", NAME, "--course", COURSE).returncode == 0
    (page,) = (home / NAME / "feedback").glob(f"*/{NAME}.html")
    assert page.read_text() == "well done"


def test_labs_assignment_list_shows_and_does_the_same(joined, home, folder, monkeypatch):
    monkeypatch.chdir(home)
    lab = AssignmentList()
    lab.root_dir = str(home)
    assert lab.list_courses() == {"success": True, "value": [COURSE]}
    (row,) = lab.list_assignments(course_id=COURSE)["value"]
    assert (row["assignment_id"], row["status"]) == (NAME, "released")
    assert lab.fetch_assignment(COURSE, NAME) == {"success": True}
    (row,) = lab.list_assignments(course_id=COURSE)["value"]
    assert (row["status"], row["path"]) == ("fetched", NAME)
    assert row["notebooks"] == [{"notebook_id": NAME, "path": f"{NAME}/{NAME}.ipynb"}]
    assert lab.submit_assignment(COURSE, NAME) == {"success": True}
    give_feedback(folder)
    assert lab.fetch_feedback(COURSE, NAME) == {"success": True}
    _, handed = lab.list_assignments(course_id=COURSE)["value"]
    (submission,) = handed["submissions"]
    assert submission["has_local_feedback"]
    assert os.path.isdir(home / submission["local_feedback_path"])


@pytest.mark.thorough
def test_what_is_refused_is_told_in_nbgraders_way(joined, home):
    assert nbgrader(home, "submit", NAME, "--course", COURSE).returncode != 0
    joined.kill()
    done = nbgrader(home, "list")
    assert done.returncode != 0
    assert "cannot be reached" in done.stderr


def test_course_submit_hands_in_where_one_has_joined(joined, home, folder, monkeypatch):
    (home / f"{NAME}.ipynb").write_bytes(book("by command"))
    monkeypatch.setattr("pix2net.handing_in.survey.survey", lambda path: [])
    done = CliRunner().invoke(app, ["submit", str(home / f"{NAME}.ipynb"), "--json"])
    (told,) = json.loads(done.stdout)
    assert done.exit_code == 0
    assert check(Path(told["file"]).read_text(), (folder.root / PUBLIC_KEY).read_text())
    words = ["receipt", told["file"], "--notebook", str(home / f"{NAME}.ipynb")]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert len(attempts_on_disk(folder)) == 1


@pytest.mark.parametrize(
    "url", ["http://grades.example", "ftp://x", "grades.example", "", "http://[::1"]
)
def test_an_address_that_all_can_hear_is_not_joined(url, home):
    done = CliRunner().invoke(app, ["join", url, "--token", "t"])
    assert done.exit_code == 2
    assert "https://" in done.stderr


@pytest.mark.parametrize("token", ["täken→", "a\nb", "a b", "\u200bzero"])
def test_a_token_with_strange_signs_is_what_is_wrong(joined, token):
    with pytest.raises(service.ServiceError, match="copy it once more"):
        service.Service(service.Joined("http://127.0.0.1:1", token)).me()


def test_a_prefix_that_is_no_path_is_refused(folder):
    words = ["serve", "--prefix", "a b?c", "--class-dir", str(folder.root)]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no path of a site" in done.stderr


def test_a_hub_says_where_and_who_by_its_variables():
    told = {"COURSE_SERVICE": "http://hub:1/services/course/", "JUPYTERHUB_API_TOKEN": "t"}
    assert service.joined(told) == service.Joined("http://hub:1/services/course", "t")
