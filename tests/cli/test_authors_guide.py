"""The authors' guide, followed to the letter in a scratch copy of the course."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from grader.weave import layout

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "authors.md"
CHAPTER, EXERCISE = "01_images", "mean_color"
PARTS = (
    "course", "data", "docs", "grader", "pix2net", "solutions", "tests", "Makefile",
    "pyproject.toml", "README.md", "requirements.lock",
)  # fmt: skip
MODULE = f"solutions/ch{CHAPTER}/{EXERCISE}.py"
ANSWERS = f"tests/answers/ch{CHAPTER}/{EXERCISE}.py"
COVERAGE = "docs/coverage.md"
# The tests that look at every exercise there is, and those of the chapter.
TESTS = (
    "tests/chapters/test_coverage.py", "tests/chapters/test_01_images.py",
    "tests/setup/test_size.py", "tests/weave/test_catalogs.py",
)  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def blocks(fence: str) -> list[str]:
    """The guide's blocks that a fence opens, without the indentation of its list."""
    closing = fence.rstrip("abcdefghijklmnopqrstuvwxyz")
    found = re.findall(rf"^( *){fence}\n(.*?)^\1{closing}$", GUIDE.read_text(), re.M | re.S)
    return [re.sub(rf"^{indent}", "", body, flags=re.M) for indent, body in found]


class Copy:
    """A scratch copy of the course, and commands in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        skipped = shutil.ignore_patterns("__pycache__", "*.pyc")
        for name in PARTS:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=skipped)
            else:
                shutil.copy(source, root / name)

    def run(self, *words: str, status: int = 0) -> str:
        """What a module's command prints; its exit status must be the given one."""
        return self.call(sys.executable, "-m", *words, status=status).stdout

    def call(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """A command that has run in the copy with the given exit status."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "PYTEST_ADDOPTS": ""}
        done = subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    def course(self, *words: str, status: int = 0) -> str:
        return self.run("pix2net", *words, status=status)

    def insert(self, file: str, after: str, line: str, count: int) -> None:
        """Put a line below each that consists of some words, with the same indentation."""
        path = self.root / file
        text, done = re.subn(
            rf"^( *){re.escape(after)}\n", rf"\g<0>\g<1>{line}\n", path.read_text(), flags=re.M
        )
        assert done == count
        path.write_text(text)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    """The course with the guide's exercise added, as its steps say."""
    made = Copy(tmp_path_factory.mktemp("course"))
    *parts, answers = blocks("```python")
    (made.root / MODULE).write_text("\n\n".join(parts))
    (made.root / ANSWERS).write_text(answers)
    chapter = str(Path(MODULE).with_name("chapter.py"))
    made.insert(chapter, "images_to_rows,", f"{EXERCISE},", 2)  # in the import and in the list
    (row,), (slot,) = blocks("```markdown"), blocks("````")
    last = "| `images_to_rows` | `01_images` | Rows |"
    made.insert(COVERAGE, last, row.rstrip("\n"), 1)
    with (made.root / "course" / f"{CHAPTER}.md").open("a") as text:
        text.write("\n" + slot)
    return made


def test_the_guide_has_the_blocks_that_it_promises():
    assert len(blocks("```python")) == 4
    assert all(name in GUIDE.read_text() for name in (MODULE, ANSWERS, COVERAGE))
    assert f"{{exercise}} {EXERCISE}" in blocks("````")[0]


def test_the_files_that_the_guide_sends_to_are_there():
    named = re.findall(r"`([\w/]+/[\w/.]+)`", GUIDE.read_text())
    assert len(named) > 8
    missing = [name for name in named if not (ROOT / name).exists() and EXERCISE not in name]
    assert missing == ["solutions/chNN_name/"]


def test_its_last_step_ends_with_a_green_test_run(copy):
    """The commands of the guide in their order, then the tests that count exercises."""
    (commands,) = blocks("```sh")
    for command in commands.splitlines():
        program, *words = command.split()
        if program == "make":
            bin = Path(sys.executable).parent
            copy.call("make", "--old-file", ".venv/.ready", f"BIN={bin}", *words)
        else:
            start = {"course": ["pix2net"], "pytest": ["pytest"], "python": []}[program]
            copy.run(*start, *(word for word in words if word != "-m" or program != "python"))
    woven = nbformat.read(copy.root / f"course/notebooks/{CHAPTER}.ipynb", as_version=4)
    (stub,) = [
        cell.source
        for cell in woven.cells
        if layout.role_of(cell) == "answer" and layout.task_of(cell) == EXERCISE
    ]
    assert stub.startswith(f"def {EXERCISE}(image):")
    assert "mean(" not in stub.split("YOUR CODE")[1]
    told = copy.run("pytest", "-q", "tests/answers", "-k", f"{EXERCISE} or left_out")
    assert "4 passed" in told  # three of the exercise, and that none is left out
    copy.run("pytest", "-q", *TESTS, "-k", f"{CHAPTER} or not woven_translation")
    copy.run("pytest", "-q", "tests/demo/test_demo_answers.py", "-k", CHAPTER)
    again = copy.course("build", CHAPTER, "--notebooks", "course/notebooks")
    assert "is in step with its sources" in again


@pytest.mark.parametrize(
    ("body", "passed", "misconception"),
    [
        ("return image.reshape(-1, 3).mean(axis=0)", True, None),
        ("return np.full(3, image.mean())", False, "one-number"),
    ],
)
def test_an_answer_is_checked(copy, body, passed, misconception):
    answer = copy.root / "answer.py"
    answer.write_text(f"import numpy as np\n\ndef {EXERCISE}(image):\n    {body}\n")
    told = copy.course("check", EXERCISE, "answer.py", "--json", status=0 if passed else 1)
    verdict = json.loads(told)
    assert verdict["passed"] is passed
    assert {c["misconception"] for c in verdict["checks"] if not c["passed"]} <= {misconception}


def test_it_is_released_handed_in_and_graded(copy):
    copy.course("release", CHAPTER, "--class-dir", "class")
    name = layout.notebook_name(CHAPTER)
    notebook = nbformat.read(copy.root / "class" / "release" / CHAPTER / name, as_version=4)
    for cell in notebook.cells:
        if layout.role_of(cell) == "answer" and layout.task_of(cell) == EXERCISE:
            cell.source = f"def {EXERCISE}(image):\n    return np.full(3, image.mean())"
    nbformat.write(notebook, copy.root / f"ada+{CHAPTER}.ipynb")
    copy.course("collect", f"ada+{CHAPTER}.ipynb", "--class-dir", "class")
    graded = json.loads(copy.course("grade", "--class-dir", "class", "--json", status=1))
    own = graded["exercises"][EXERCISE]
    assert own["score"] == 0
    assert "one-number" in {check["misconception"] for check in own["checks"]}


@contextmanager
def changed(path: Path, old: str, new: str) -> Iterator[int]:
    """A file with one of its parts changed while the block runs; gives the line of the change."""
    text = path.read_text()
    assert text.count(old) == 1
    try:
        path.write_text(text.replace(old, new))
        yield 1 + text[: text.index(old)].count("\n")
    finally:
        path.write_text(text)


def test_a_mistake_is_told_with_file_and_line(copy):
    old, new = "return np.full(3, image.mean())", "return reference(image)"
    with changed(copy.root / MODULE, old, new) as line:
        told = copy.course("verify", CHAPTER, "--no-run", status=1)
    assert f"{MODULE}:{line}: {CHAPTER}: {EXERCISE}: misconception" in told


def test_a_slot_that_is_missing_is_told_without_running_the_notebook(copy):
    text = copy.root / "course" / f"{CHAPTER}.md"
    with changed(text, f"{{exercise}} {EXERCISE}", "{exercise} mean_colour") as line:
        told = copy.course("verify", CHAPTER, "--no-run", status=1)
    said = f"the hidden half defines no exercise mean_colour: did you mean {EXERCISE}?"
    assert f"course/{CHAPTER}.md:{line}: {said}" in told


SLIPS = {
    "a bracket that is not closed": (
        "return image.mean(axis=(0, 1))", "return image.mean(axis=(0, 1)",
        "this is no Python: '(' was never closed",
    ),
    "a library that is not there": (
        "from grader.exercises import", "from grader.exercise import",
        "ModuleNotFoundError: No module named 'grader.exercise'",
    ),
    "a name that is not there": (
        "exercise = ExerciseDefinition(points=1)", "exercise = ExerciseDefinitions(points=1)",
        "NameError: name 'ExerciseDefinitions' is not defined",
    ),
    "a style that Python warns of, and a name": (
        "exercise = ExerciseDefinition(points=1)", 'exercise = "\\d" is 1 or Exercises',
        "NameError: name 'Exercises' is not defined",
    ),
    "a bracket of a wrong way": (
        "return np.full(3, image.mean())", "return np.full(3, image.mean()",
        "this is no Python: '(' was never closed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("command", ["pix2net verify --no-run 01_images", "grader.keys.verify"])
def test_a_slip_in_the_hidden_half_is_one_sentence_with_file_and_line(copy, slip, command):
    old, new, sentence = SLIPS[slip]
    with changed(copy.root / MODULE, old, new) as line:
        done = copy.call(sys.executable, "-W", "default", "-m", *command.split(), status=2)
    assert done.stdout == ""
    assert done.stderr.removeprefix("course: ") == f"{MODULE}:{line}: {sentence}\n"
