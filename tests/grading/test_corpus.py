"""The hostile and messy submissions of ``tests/submissions/`` as one class, through the command."""

from __future__ import annotations

import contextlib
import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from grader.release.course_dir import ClassFolder
from pix2net.judging.answer_key import load
from tests.grading.conftest import to_bytes
from tests.grading.corpus import POINTS, recipes
from tests.grading.pages import Page
from tests.sandbox.helpers import as_ordinary_user, only_root

pytestmark = pytest.mark.some_chapters

NAME = "77_toy"
LIMITS = """
c.SubmissionLimits.cell_seconds = 1.5
c.SubmissionLimits.call_seconds = 1.5
c.SubmissionLimits.notebook_seconds = 40
c.SubmissionLimits.memory = 400 * 2**20
c.SubmissionLimits.output = 200_000
"""
CORPUS = recipes()
ODD_NAMES = ("=cmd|' '!A1", "@a %s {0}", "Zoë 李", "-rf", "a" * 150)
UNFIT_NAMES = ("<img src=x onerror=alert(3)>", 'x" onload="alert(3)', ".hidden")
HONEST = ("right", "half", "untouched", "wrong")  # each stands in the class several times


# Those whose demonstrations are run as well, for what they display.
SHOWN = (
    "shows_hidden_inputs_later", "prints_hidden_inputs", "scripts_in_outputs", "scripts_in_answers",
    "html_nested_without_end", "pictures_that_unpack_to_gigabytes", "flood_of_output",
    "shell_lines_and_magics", "outputs_filled_in_beforehand", "os_exit_in_a_cell",
)  # fmt: skip


def course(*arguments):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "pix2net", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=280)


def chosen(names):
    """Options that name students."""
    return [part for name in names for part in ("--student", name)]


def grade(classroom, *arguments):
    """``course grade --json``: verdicts by student."""
    place = ("--class-dir", str(classroom.root))
    done = course("grade", *place, "--json", "--jobs", "2", *arguments)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    return {verdict["student"]: verdict for verdict in verdicts}


@pytest.fixture(scope="module")
def honest(released, right_answers):
    """Four notebooks that nobody could object to, as dicts."""
    right = json.loads(to_bytes(right_answers))
    half, wrong = json.loads(json.dumps(right)), json.loads(json.dumps(right))
    for notebook, name, source in (
        (half, "row_means", "def row_means(X):\n    return X.mean(axis=0)"),
        (half, "q_pi", "q_pi = 3"),
        (wrong, "double", "def double(x):\n    print('twice')\n    return x, x"),
        (wrong, "shuffled", "def shuffled(x, rng):\n    return x.copy()"),
    ):
        cell = next(c for c in notebook["cells"] if c["id"] == name)
        cell["source"] = source
    untouched = json.loads(to_bytes(released))
    return {"right": right, "half": half, "untouched": untouched, "wrong": wrong}


@pytest.fixture(scope="module")
def new_class(released_class, tmp_path_factory):
    """Makes class folders with short limits in which nobody has handed in anything."""

    def make():
        folder = tmp_path_factory.mktemp("corpus") / "class"
        shutil.copytree(released_class, folder)
        with (folder / "nbgrader_config.py").open("a") as settings:
            settings.write(LIMITS)
        return ClassFolder(folder)

    return make


def hand_in_honest(classroom, student, notebook):
    folder = classroom.submitted(student, NAME)
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def alone(new_class, honest):
    """The honest ones as a class of their own."""
    classroom = new_class()
    for kind in HONEST:
        hand_in_honest(classroom, kind, honest[kind])
    return grade(classroom)


@pytest.fixture(scope="module")
def graded(new_class, honest):
    """Everything as one class, the honest ones spread over it; the class and its verdicts."""
    classroom = new_class()
    for i, recipe in enumerate(CORPUS):
        recipe.hand_in(classroom.submitted(recipe.name, NAME), NAME, honest["right"])
        if i % 5 == 0:
            kind = HONEST[i // 5 % len(HONEST)]
            hand_in_honest(classroom, f"{recipe.name}+{kind}", honest[kind])
    for name in (*ODD_NAMES, *UNFIT_NAMES):
        hand_in_honest(classroom, f"{name}+half", honest["half"])
    return classroom, grade(classroom)


def plain(verdict):
    """A verdict without who it is about and how long it took."""
    text = json.dumps({**verdict, "student": None}, sort_keys=True)
    return re.sub(r'"seconds": [\d.e-]+', '"seconds": 0', text)


def test_the_corpus_is_large_and_every_file_says_what_it_does():
    assert len(CORPUS) >= 60
    assert all(recipe.about for recipe in CORPUS)


@pytest.mark.parametrize("recipe", CORPUS, ids=lambda recipe: recipe.name)
def test_a_submission_gets_what_it_deserves(graded, recipe):
    verdict = graded[1][recipe.name]
    told = json.dumps(verdict, indent=1)
    found = {name: item["score"] for name, item in verdict["exercises"].items()}
    assert found == recipe.scores, told
    assert verdict["score"] == sum(recipe.scores.values())
    assert verdict["max_score"] == sum(POINTS.values())
    assert verdict["status"] == recipe.status, told
    if recipe.status != "rejected":
        statuses = {n: e["status"] for n, e in verdict["exercises"].items()}
        assert statuses == {n: recipe.statuses.get(n, "graded") for n in POINTS}, told
    for task, words in recipe.told.items():
        item = verdict["exercises"][task]
        messages = [item.get("reason", ""), *(check["message"] for check in item["checks"])]
        assert any(words in message for message in messages), told


@pytest.mark.parametrize("recipe", CORPUS, ids=lambda recipe: recipe.name)
def test_what_was_put_right_is_reported_and_nothing_else(graded, recipe):
    verdict = graded[1][recipe.name]
    repairs = verdict.get("repairs", [])
    assert len(repairs) == len(recipe.repairs), repairs
    for words in recipe.repairs:
        assert any(words in repair for repair in repairs), repairs
    for words in recipe.notes:
        assert any(words in note for note in verdict.get("notes", [])), verdict.get("notes")
    assert recipe.reason in verdict.get("reason", "")
    assert bool(recipe.reason) == ("reason" in verdict), verdict.get("reason")


def test_honest_neighbours_get_exactly_what_they_get_alone(graded, alone):
    seen = [(name.split("+")[1], v) for name, v in graded[1].items() if "+" in name]
    assert len(seen) > 10
    for kind, verdict in seen:
        assert plain(verdict) == plain(alone[kind])
    scores = {kind: verdict["score"] for kind, verdict in alone.items()}
    assert scores == {"right": 8.0, "half": 5.0, "untouched": 0.0, "wrong": 6.0}


def test_nobody_is_lost_and_nobody_is_invented(graded):
    classroom, verdicts = graded
    handed_in = {path.name for path in (classroom.root / "submitted").iterdir()}
    assert set(verdicts) == handed_in - {f"{name}+half" for name in UNFIT_NAMES}


def test_no_process_and_no_file_is_left_behind(graded):
    """The walls name the class's support files; what ran inside them ended with them."""
    root = graded[0].root
    left = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            left += [entry] if str(root).encode() in entry.read_bytes() else []
    assert left == []
    made = {path.name for path in root.iterdir()}
    assert made <= {
        "nbgrader_config.py", "gradebook.db", "source", "release", "submitted", "autograded",
        "feedback", "keys", "verdicts", "report.html",
    }  # fmt: skip


def test_the_class_is_graded_the_same_again_by_another_number_of_workers(graded):
    """A sample, since the hanging ones take their limit each time."""
    classroom, verdicts = graded
    quick = [r.name for r in CORPUS if r.status == "graded" and len(r.name) % 4 == 0][:12]
    again = grade(classroom, "--again", "--jobs", "5", *chosen(quick))
    assert {n: plain(v) for n, v in again.items()} == {n: plain(verdicts[n]) for n in quick}


@pytest.fixture(scope="module")
def pages(graded):
    """Feedback of the class and the report, some notebooks with their demonstrations; by path."""
    classroom, verdicts = graded
    grade(classroom, "--figures", *chosen(SHOWN))
    for command in ("feedback", "report"):
        done = course(command, "--class-dir", str(classroom.root))
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    found = {path.stem: path.read_text() for path in classroom.root.glob("*.html")}
    for student in verdicts:
        path = classroom.root / "feedback" / student / NAME / f"{NAME}.html"
        found[student] = path.read_text(encoding="utf-8")
    return found


def test_the_pages_of_feedback_and_the_report_are_inert(pages, graded):
    honest = next(Page(pages[n]) for n, v in graded[1].items() if "+right" in n)
    assert {"report"} < set(pages)
    for name, text in pages.items():
        page = Page(text)
        assert page.live == honest.live or name == "report", name
        assert set(page.live) <= {"meta", "style", "link"}, name
        assert (page.handlers, page.requests) == ([], []), name
        assert not [s for s in page.styles if "url(" in s or "position" in s], name
        assert "default-src 'none'" in html.unescape(text), name


def test_the_notebooks_that_formgrader_shows_are_inert(graded, pages):
    """As nbconvert's page, which holds the same live parts whatever was handed in."""
    classroom, _ = graded

    def page(student):
        path = classroom.root / "autograded" / student / NAME / f"{NAME}.ipynb"
        made, _ = HTMLExporter().from_filename(str(path))
        return Page(made)

    plain_page = page(next(n for n in graded[1] if "+right" in n))
    for name in SHOWN:
        shown = page(name)
        assert shown.live == plain_page.live, name
        assert shown.handlers == plain_page.handlers, name
        assert shown.requests == plain_page.requests, name


def files_of(classroom, name):
    """Every file that grading wrote about a student."""
    places = (classroom.root / part / name for part in ("autograded", "verdicts", "feedback"))
    return [path for place in places for path in place.rglob("*") if path.is_file()]


def hidden_numbers(classroom):
    """The floats of the hidden key, as anybody would print them: without their last digits."""
    key = load(Path(classroom.hidden_key(NAME)))
    found = set()
    for exercise in key.exercises.values():
        for case in exercise.cases:
            for value in (*case.inputs.values(), case.expected):
                parts = value if isinstance(value, (tuple, list)) else [value]
                for part in parts:
                    if getattr(part, "dtype", None) is not None and part.dtype.kind == "f":
                        found |= {f"{abs(number):.8f}"[:9] for number in part.ravel()}
    return found


def test_nothing_hidden_is_in_anything_that_comes_back(graded, pages):
    classroom, _ = graded
    hidden = hidden_numbers(classroom)
    assert len(hidden) > 50
    for recipe in CORPUS:
        written = files_of(classroom, recipe.name)
        assert written
        for path in written:
            text = path.read_text(encoding="utf-8")
            assert not [number for number in hidden if number in text], path
            assert not [words for words in recipe.absent if words in text], path


STOCK = (
    "broken_json", "test_cells_deleted", "points_changed", "sys_exit_in_a_function",
    "os_exit_in_a_function", "global_state_changed", "scripts_in_outputs", "format_3",
    "every_cell_twice", "cells_of_strange_kinds", "files_that_shadow_modules", "symbolic_link",
    "shows_hidden_inputs_later",
)  # fmt: skip
# What nbgrader itself stumbles over before it asks us; it says so, and the others are graded.
UNFIT = ("named_pipe", "odd_file_names", "timestamp_of_its_own")


def scores_in_gradebook(classroom):
    course_of = classroom.course()
    with Gradebook(course_of.db_url, course_of.course_id) as book:
        return {
            (s.student.id, g.name): (g.auto_score, g.needs_manual_grade)
            for s in book.assignment_submissions(NAME)
            for n in s.notebooks
            for g in n.grades
        }


def test_rule_09_stock_autograde_and_formgrader_give_the_same(new_class, graded, honest):
    classroom = new_class()
    for recipe in CORPUS:
        if recipe.name in (*STOCK, *UNFIT):
            recipe.hand_in(classroom.submitted(recipe.name, NAME), NAME, honest["right"])
    hand_in_honest(classroom, "zoe", honest["half"])
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME]
    done = subprocess.run(command, cwd=classroom.root, capture_output=True, text=True, timeout=280)
    result = NbGraderAPI(classroom.course(), config=classroom.config()).autograde(NAME, "zoe")
    assert result["success"], result
    found = scores_in_gradebook(classroom)
    assert {student for student, _ in found} - set(UNFIT) == {*STOCK, "zoe"}, done.stderr
    theirs = {key: value for key, value in found.items() if key[0] in STOCK}
    ours = {k: v for k, v in scores_in_gradebook(graded[0]).items() if k[0] in STOCK}
    assert theirs == ours
    half = {name: score for (student, name), (score, _) in found.items() if student == "zoe"}
    assert sum(score or 0 for score in half.values()) == 5.0


ORDINARY = (
    "infinite_loop_in_a_function", "memory_bomb", "fork_bomb", "children_that_stay", "disk_bomb",
    "os_exit_in_a_cell", "hunts_keys_on_disk", "escapes_tried", "network_tried", "broken_json",
    "kills_everything_it_sees", "proc_read_through", "every_cell_twice",
)  # fmt: skip


@only_root
def test_an_ordinary_user_gets_the_same_verdicts(new_class, graded, honest, tmp_path):
    """Root grades all of it above; where tests run as somebody else, that is what is above."""
    classroom = new_class()
    for recipe in CORPUS:
        if recipe.name in ORDINARY:
            recipe.hand_in(classroom.submitted(recipe.name, NAME), NAME, honest["right"])
    command = ["-m", "pix2net", "grade", "--class-dir", "/mnt", "--json", "--jobs", "2"]
    done = as_ordinary_user(command, classroom.root, tmp_path)
    assert done.returncode in (0, 1), done.stderr
    found = {v["student"]: v for v in map(json.loads, done.stdout.splitlines())}
    assert set(found) == set(ORDINARY)
    for name, verdict in found.items():
        own = {task: item["score"] for task, item in verdict["exercises"].items()}
        assert own == {t: i["score"] for t, i in graded[1][name]["exercises"].items()}, verdict
        assert verdict["status"] == graded[1][name]["status"]
