"""The hostile submissions behind the weaker wall: the same verdicts, but for what is listed."""

from __future__ import annotations

import json
import os
import platform
import shutil

import pytest

from grader.release.course_dir import ClassFolder
from tests.grading.conftest import to_bytes
from tests.grading.corpus import recipes
from tests.grading.test_corpus import LIMITS, NAME
from tests.sandbox.helpers import in_a_container

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        os.geteuid() != 0 or platform.machine() != "x86_64", reason="gives up root's rights"
    ),
]
# Status by submission; docs/threat-model.md says why.
DIFFERENT = {
    "shows_hidden_inputs_later": "graded",  # writes to /tmp by that name
    "sleeps_behind_a_chain_of_children": "memory",  # each child counts what it shares
    "threads_and_processes_at_work": "graded",  # locks of multiprocessing live in /dev/shm
}


@pytest.fixture(scope="module")
def graded(released_class, right_answers, tmp_path_factory):
    """Verdicts of the corpus and of an honest notebook, by student."""
    root = tmp_path_factory.mktemp("corpus") / "class"
    shutil.copytree(released_class, root)
    with (root / "nbgrader_config.py").open("a") as settings:
        settings.write(LIMITS)
    folder, right = ClassFolder(root), json.loads(to_bytes(right_answers))
    for recipe in recipes():
        recipe.hand_in(folder.submitted(recipe.name, NAME), NAME, right)
    place = folder.submitted("honest", NAME)
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_text(json.dumps(right))
    words = ["-m", "pix2net", "grade", "--class-dir", str(root), "--json", "--jobs", "2"]
    done = in_a_container(
        [*words, "--wall", "container"], tmp_path_factory.mktemp("container"), seconds=900
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    return {verdict["student"]: verdict for verdict in verdicts}


def test_every_result_says_which_wall_it_was(graded):
    assert {verdict.get("wall") for verdict in graded.values()} == {"container"}
    assert graded["honest"]["score"] == graded["honest"]["max_score"]


def test_nobody_earns_more_and_what_differs_is_listed(graded):
    different = {}
    for recipe in recipes():
        found = {n: e["score"] for n, e in graded[recipe.name]["exercises"].items()}
        more = {n for n, score in found.items() if score > recipe.scores[n]}
        assert not more, (recipe.name, more)
        if found != recipe.scores or graded[recipe.name]["status"] != recipe.status:
            different[recipe.name] = graded[recipe.name]["status"]
    assert different == DIFFERENT
