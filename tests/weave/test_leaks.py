"""Nothing that is released gives a reference, a hidden key or its seed away."""

import json
import secrets as tokens
from pathlib import Path

import pytest

from grader.keys.compile import PUBLIC_SEED, compile_key
from grader.weave import leaks, notebook
from grader.weave.student_version import student_version
from grader.weave.weave import weave
from pix2net.judging import answer_key as keys
from tests.fixtures import toy

TEXT = (Path(toy.__file__).with_suffix(".md")).read_text()
CHAPTER = toy.chapter.build()
SECRETS = leaks.secrets_of([CHAPTER])


def scan_text(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return [leak.text for leak in leaks.scan({name: path}, SECRETS)]


def test_a_released_notebook_and_its_public_key_hold_nothing_secret(tmp_path):
    book, key = tmp_path / "01_toy.ipynb", tmp_path / "01_toy.key"
    book.write_text(notebook.to_text(student_version(weave(CHAPTER, TEXT))))
    keys.save(compile_key(CHAPTER, PUBLIC_SEED, hidden=False), key)
    assert leaks.scan({"notebook": book, "key": key}, SECRETS) == []


def test_the_instructor_notebook_is_full_of_secrets(tmp_path):
    found = scan_text(tmp_path, "a.ipynb", notebook.to_text(weave(CHAPTER, TEXT)))
    assert found == [
        f"the reference body of {name} is in it"
        for name in ("Counter", "running_total", "weighted_sums")
    ]


def test_other_names_comments_and_line_breaks_hide_nothing(tmp_path):
    found = scan_text(
        tmp_path,
        "helper.py",
        "def f(xs: list) -> object:\n"
        "    # innocent\n"
        "    y = 3\n"
        "    return np.array(\n"
        "        list(itertools.accumulate(xs)),\n"
        "        dtype=np.float64,\n"
        "    )\n",
    )
    assert found == ["the reference body of running_total is in it"]


def test_a_reference_s_helper_is_secret_too(tmp_path):
    text = "w = lambda p: sum(a * b for a, b in zip(SECRET_WEIGHTS, p, strict=True))\n"
    assert scan_text(tmp_path, "w.py", text) == ["the reference body of weighted_sums is in it"]


def test_a_body_written_out_in_prose_is_found(tmp_path):
    text = "Just write `return np.array( list(itertools.accumulate(values)), dtype=np.float64)`.\n"
    assert scan_text(tmp_path, "a.md", text) == ["the reference body of running_total is in it"]


def test_a_body_in_a_code_block_of_a_markdown_cell_is_found(tmp_path):
    block = "```python\nz = np.array(list(itertools.accumulate(q)), dtype=np.float64)\n```\n"
    book = {"cells": [{"cell_type": "markdown", "source": [f"Look:\n{block}"]}]}
    found = scan_text(tmp_path, "a.ipynb", json.dumps(book))
    assert found == ["the reference body of running_total is in it"]


def test_a_body_in_an_output_is_found(tmp_path):
    line = "    return np.array(list(itertools.accumulate(values)), dtype=np.float64)\n"
    output = {"output_type": "stream", "text": ["def f(values):\n", line]}
    book = {"cells": [{"cell_type": "code", "source": "", "outputs": [output]}]}
    found = scan_text(tmp_path, "a.ipynb", json.dumps(book))
    assert found == ["the reference body of running_total is in it"]


@pytest.mark.parametrize(
    "innocent",
    [
        "def same(x):\n    return x\n",
        "class A:\n  def __init__(self, step):\n    self.step = step\n    self._count = 0\n",
        "totals = [f(row) for row in rows]\n",
        "def show(values):\n    return np.array(values, dtype=np.float64).mean()\n",
    ],
)
def test_trivial_code_is_nobody_s(tmp_path, innocent):
    assert scan_text(tmp_path, "kit.py", innocent) == []


def small(scores):
    """The largest of each row."""
    return np.argmax(scores, axis=1)  # noqa: F821


def test_a_small_body_is_a_leak_only_as_a_whole_function(tmp_path):
    found = leaks.Secrets()
    leaks._add_definition(leaks.parse(small)[1], "small", found)
    shown, callable_ = tmp_path / "shown.py", tmp_path / "callable.py"
    shown.write_text("best = np.argmax(scores, axis=1)\nprint(best)\n")
    callable_.write_text("def top(table):\n    '''Help.'''\n    return np.argmax(table, axis=1)\n")
    assert [leak.where for leak in leaks.scan({"s": shown, "c": callable_}, found)] == ["c"]


@pytest.mark.parametrize("form", [str, hex, "{:X}".format])
def test_a_seed_is_found_in_any_file(tmp_path, form):
    seed = tokens.randbits(160)
    known = leaks.secrets_of([])
    leaks.add_hidden(known, seed, b"the bytes of the key", "01_toy")
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\xff" + form(seed).encode() + b"\x00")
    assert [leak.text for leak in leaks.scan({"a.png": picture}, known)] == [
        "the secret seed of 01_toy is in it"
    ]


def test_a_hidden_key_is_found_under_any_name(tmp_path):
    seed = tokens.randbits(160)
    path = tmp_path / "01_toy.key"
    keys.save(compile_key(CHAPTER, seed, hidden=True), path)
    renamed = tmp_path / "still.png"
    renamed.write_bytes(path.read_bytes())
    known = leaks.secrets_of([CHAPTER])
    leaks.add_hidden(known, seed, path.read_bytes(), "01_toy")
    found = {str(leak) for leak in leaks.scan({"k": path, "p": renamed}, known)}
    assert {
        "k: it is the hidden key of 01_toy",
        "k: the answer to q_sum is in it",
        "p: the hidden key of 01_toy is in it",
    } <= found


def test_what_ships_with_the_course_holds_no_reference_of_it():
    from grader.exercises.registry import chapters

    found = leaks.scan(leaks.shipped_files(), leaks.secrets_of(chapters().values()))
    assert [str(leak) for leak in found] == []
