"""The authors' guide, followed to the letter in a scratch copy of the course."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from grader.weave import layout

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "authors.md"
CHAPTER, EXERCISE = "01_images", "mean_color"
PARTS = ("course", "data", "grader", "solutions", "tests/answers", "pyproject.toml")
MODULE = f"solutions/ch{CHAPTER}/{EXERCISE}.py"
ANSWERS = f"tests/answers/ch{CHAPTER}/{EXERCISE}.py"

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
        """What a command prints; its exit status must be the given one."""
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=self.root, env=environment,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def course(self, *words: str, status: int = 0) -> str:
        return self.run("grader.cli", *words, status=status)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    """The course with the guide's exercise added, as its steps say."""
    made = Copy(tmp_path_factory.mktemp("course"))
    shutil.copy(ROOT / "tests" / "__init__.py", made.root / "tests")
    *parts, answers = blocks("```python")
    (made.root / MODULE).write_text("\n\n".join(parts))
    (made.root / ANSWERS).write_text(answers)
    chapter = (made.root / MODULE).with_name("chapter.py")
    named = re.sub(
        r"^( +)images_to_rows,\n", rf"\g<0>\1{EXERCISE},\n", chapter.read_text(), flags=re.M
    )
    assert named.count(f" {EXERCISE},") == 2  # in the import and in the list
    chapter.write_text(named)
    (slot,) = blocks("````")
    with (made.root / "course" / f"{CHAPTER}.md").open("a") as text:
        text.write("\n" + slot)
    return made


def test_the_guide_has_the_blocks_that_it_promises():
    assert len(blocks("```python")) == 4
    assert all(name in GUIDE.read_text() for name in (MODULE, ANSWERS))
    assert f"{{exercise}} {EXERCISE}" in blocks("````")[0]


def test_the_exercise_verifies_and_is_woven(copy):
    told = json.loads(copy.course("verify", CHAPTER, "--no-run", "--json"))
    assert told["problems"] == []
    copy.course("build", CHAPTER, "--notebooks", "course/notebooks")
    woven = nbformat.read(copy.root / f"course/notebooks/{CHAPTER}.ipynb", as_version=4)
    stub = next(c.source for c in woven.cells if layout.task_of(c) == EXERCISE)
    assert stub.startswith(f"def {EXERCISE}(image):")
    assert "mean(" not in stub.split("YOUR CODE")[1]


def test_its_checks_are_tested_by_changing_the_reference(copy):
    assert EXERCISE in copy.run("grader.keys.mutate", EXERCISE)


def test_its_right_answers_are_right(copy):
    told = copy.run("pytest", "-q", "tests/answers", "-k", f"deserves and {EXERCISE}")
    assert "1 passed" in told


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


def test_a_mistake_is_told_with_file_and_line(copy):
    module = copy.root / MODULE
    right = module.read_text()
    try:
        wrong = right.replace("return np.full(3, image.mean())", "return reference(image)")
        module.write_text(wrong)
        told = copy.course("verify", CHAPTER, "--no-run", status=1)
    finally:
        module.write_text(right)
    line = 1 + right[: right.index("return np.full(3, image.mean())")].count("\n")
    assert f"{MODULE}:{line}: {CHAPTER}: {EXERCISE}: misconception" in told
