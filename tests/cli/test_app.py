"""The command as a whole: in an installation for students, instructors' commands say so."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pix2net.cli.app import DISTRIBUTION, GROUPS, LEARNING, MODULES, app

WITHOUT = (
    "import sys, json\n"
    "for name in json.loads(sys.argv[1]): sys.modules[name] = None\n"
    "sys.argv = ['course', *sys.argv[2:]]\n"
    "from pix2net.cli import main\n"
    "main()"
)
HIDDEN_HALF = ["grader", "solutions"]
INSTRUCTORS = ["jupytext", "nh3", "jinja2", "psutil", "copydetect", "PIL"]


def run(*words, without=(), **environment):
    command = [sys.executable, "-c", WITHOUT, json.dumps(list(without)), *words]
    environment = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_help_lists_every_command_once_in_three_groups():
    text = CliRunner().invoke(app, ["-h"]).stdout
    order = [name for names in GROUPS.values() for name in names]
    assert sorted(order) == sorted(MODULES)
    places = [text.index(f"│ {name} ") for name in order]
    assert places == sorted(places)
    assert all(group in text for group in GROUPS)


@pytest.mark.parametrize("command", ["", *MODULES])
def test_help_shows_no_place_on_this_machine_and_no_kind_of_a_flag(command):
    text = CliRunner().invoke(app, [*command.split(), "--help"]).stdout
    assert "Usage" in text
    assert "<bool>" not in text
    assert str(Path.cwd()) not in text.replace("\n", "")
    assert str(Path.home()) not in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["garde"], "there is no command garde: did you mean grade?"),
        (["verify", "02_kn"], "there is no chapter 02_kn: did you mean 02_knn?"),
        (["check", "l2_distance", "."], "there is no exercise l2_distance: did you mean"),
        (["grade", "--port"], "No such option"),
    ],
)
def test_a_slip_of_the_keyboard_is_answered_with_what_was_meant(words, sentence):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_cannot_be_is_refused(port):
    done = CliRunner().invoke(app, ["lab", "--port", port])
    assert done.exit_code == 2
    assert "Invalid value for '--port'" in done.stderr


def test_the_version_is_that_of_the_installed_course():
    assert CliRunner().invoke(app, ["--version"]).stdout.strip() == version(DISTRIBUTION)


def test_a_shell_completes_commands():
    asked = {"_COURSE_COMPLETE": "complete_bash", "COMP_WORDS": "course gra", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pix2net"],
        capture_output=True, text=True, env={**os.environ, **asked},
    )  # fmt: skip
    assert done.stdout.split() == ["grade"]


def test_without_the_hidden_half_help_lists_what_a_learner_needs():
    done = run("--help", without=HIDDEN_HALF)
    assert done.returncode == 0, done.stderr
    listed = {name for name in MODULES if f"│ {name} " in done.stdout}
    assert listed == set(GROUPS[LEARNING])


@pytest.mark.parametrize("without", [HIDDEN_HALF, INSTRUCTORS])
@pytest.mark.parametrize("words", [["build"], ["release", "02_knn", "--new-seed"], ["grade", "-h"]])
def test_a_command_that_is_not_installed_ends_with_2_and_a_sentence(words, without):
    done = run(*words, without=without)
    assert done.returncode == 2
    assert done.stderr.startswith("course: this command is for instructors and authors, and needs")
    assert done.stderr.count("\n") == 1


def test_a_terminal_without_our_signs_shows_other_ones():
    done = run("doctor", without=HIDDEN_HALF, PYTHONIOENCODING="ascii:strict")
    assert "Traceback" not in done.stderr
    assert "Python 3" in done.stdout
