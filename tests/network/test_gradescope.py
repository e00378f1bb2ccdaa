"""Gradescope's results.json, and recipes that name commands and options that there are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from grader.network.gradescope import results
from pix2net.cli.app import app

CONTAINERS = Path(__file__).resolve().parents[2] / "containers"
VERDICT = {
    "student": None, "assignment": "01_toy", "notebook": "01_toy", "score": 1.5, "max_score": 3.0,
    "status": "timeout", "seconds": 2.0, "wall": "container",
    "exercises": {
        "f": {"exercise": "f", "passed": True, "score": 1.5, "max_score": 1.5, "checks": [
            {"label": "a", "passed": True, "message": "", "misconception": None}]},
        "g": {"exercise": "g", "passed": False, "score": 0.0, "max_score": 1.5, "checks": [
            {"label": "b", "passed": False, "message": "wrong sign", "misconception": None}],
            "reason": "too slow"},
    },
}  # fmt: skip


def test_scores_and_reasons_are_there_and_seen_when_it_is_due():
    found = results([VERDICT])
    assert found["score"] == 1.5
    assert [(t["name"], t["score"], t["max_score"], t["status"]) for t in found["tests"]] == [
        ("f", 1.5, 1.5, "passed"), ("g", 0.0, 1.5, "failed"),
    ]  # fmt: skip
    assert found["tests"][1]["output"] == "too slow\nb: wrong sign"
    assert {t["visibility"] for t in found["tests"]} == {"after_due_date"}
    assert found["visibility"] == "after_due_date"
    assert found["stdout_visibility"] == "hidden"
    assert found["extra_data"] == {"wall": ["container"]}
    assert {t["visibility"] for t in results([VERDICT], visible=True)["tests"]} == {"visible"}


def test_nothing_graded_is_no_point_and_no_success():
    assert results([])["score"] == 0
    assert "could not be graded" in results([])["output"]


def test_it_reads_lines_as_grading_prints_them():
    command = [sys.executable, "-m", "grader.network.gradescope"]
    line = json.dumps(VERDICT) + "\n"
    done = subprocess.run(command, input=line, capture_output=True, text=True)
    assert json.loads(done.stdout)["score"] == 1.5


@pytest.mark.parametrize("path", sorted(p for p in CONTAINERS.rglob("*") if p.is_file()), ids=str)
def test_recipes_name_options_that_there_are(path):
    text = path.read_text()
    if path.suffix == ".yml":
        assert yaml.safe_load(text)
    if path.parent.name == "gradescope":
        assert subprocess.run(["bash", "-n", str(path)]).returncode == 0
    told = CliRunner().invoke(app, ["grade", "--help"]).stdout
    for line in text.replace("\\\n", " ").splitlines():
        if "course grade" in line or 'course" grade' in line:
            for option in re.findall(r"(?<=\s)--[a-z-]+", line.split("grade", 1)[1].split("|")[0]):
                assert option in told
