"""The command as a whole: in an installation for students, instructors' commands say so."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from grader.cli.app import MODULES, app

WITHOUT = (
    "import sys, json\n"
    "for name in json.loads(sys.argv[1]): sys.modules[name] = None\n"
    "sys.argv = ['course', *sys.argv[2:]]\n"
    "from grader.cli import main\n"
    "main()"
)
INSTRUCTORS = ["jupytext", "nh3", "jinja2", "psutil", "copydetect", "PIL"]


def run(*words, without=()):
    command = [sys.executable, "-c", WITHOUT, json.dumps(list(without)), *words]
    return subprocess.run(command, capture_output=True, text=True)


def test_help_lists_the_commands_in_the_order_of_the_datas_way():
    text = CliRunner().invoke(app, ["--help"]).stdout
    places = [text.index(f"│ {name} ") for name in MODULES]
    assert places == sorted(places)


def test_without_the_instructors_packages_help_lists_what_a_student_needs():
    done = run("--help", without=INSTRUCTORS)
    assert done.returncode == 0, done.stderr
    listed = {name for name in MODULES if f"│ {name} " in done.stdout}
    assert {"lab", "progress", "submit", "data"} <= listed
    assert "release" not in listed


@pytest.mark.parametrize("words", [["build"], ["release", "02_knn", "--new-seed"], ["grade", "-h"]])
def test_a_command_that_lacks_a_package_ends_with_2_and_a_sentence(words):
    done = run(*words, without=INSTRUCTORS)
    assert done.returncode == 2
    assert done.stderr.startswith("course: this is for instructors and needs ")
    assert done.stderr.count("\n") == 1
