"""The learner's work folder is the learner's: updates never touch what was changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pix2net.files import digest
from pix2net.lab.launch import describe
from pix2net.lab.workfolder import refresh
from pix2net.places import RECORD


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    (folder / "images").mkdir(parents=True)
    (folder / "keys").mkdir()
    (folder / "keys" / "01.key").write_text("for the kit, which finds it there")
    (folder / "01.ipynb").write_text("one")
    (folder / "images" / "cat.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").write_text("not for learners")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def test_the_first_start_copies_everything_but_hidden_files_and_keys(
    source: Path, work: Path
) -> None:
    assert refresh(source, work).added == ["01.ipynb", "images/cat.png"]
    assert (work / "images" / "cat.png").read_bytes() == b"\x89PNG"
    assert not (work / ".hidden").exists()
    assert not (work / "keys").exists()


def test_a_second_start_changes_nothing_and_says_nothing(source: Path, work: Path) -> None:
    refresh(source, work)
    (work / "01.ipynb").write_text("my answer")
    second = refresh(source, work)
    assert describe(second, work) == []
    assert (work / "01.ipynb").read_text() == "my answer"


def test_an_update_reaches_a_notebook_that_the_learner_never_changed(
    source: Path, work: Path
) -> None:
    refresh(source, work)
    (source / "01.ipynb").write_text("better")
    assert refresh(source, work).updated == ["01.ipynb"]
    assert (work / "01.ipynb").read_text() == "better"


def test_an_update_leaves_the_learners_answers_alone_and_says_how_to_get_it(
    source: Path, work: Path
) -> None:
    refresh(source, work)
    (work / "01.ipynb").write_text("my answer")
    (source / "01.ipynb").write_text("better")
    result = refresh(source, work)
    assert list(result.kept) == ["01.ipynb"]
    assert (work / "01.ipynb").read_text() == "my answer"
    (sentence,) = describe(result, work)
    assert "Kept your 01.ipynb" in sentence
    assert "rename" in sentence


def test_a_notebook_that_the_learner_renamed_comes_back_fresh(source: Path, work: Path) -> None:
    refresh(source, work)
    (work / "01.ipynb").rename(work / "mine.ipynb")
    assert refresh(source, work).added == ["01.ipynb"]
    assert (work / "mine.ipynb").read_text() == "one"


@pytest.mark.parametrize("record", [None, "not json", "[1, 2]"])
def test_without_its_record_every_file_counts_as_the_learners(
    source: Path, work: Path, record: str | None
) -> None:
    refresh(source, work)
    if record is None:
        (work / RECORD).unlink()
    else:
        (work / RECORD).write_text(record)
    (source / "01.ipynb").write_text("better")
    result = refresh(source, work)
    (sentence,) = describe(result, work)
    assert "Kept your 01.ipynb, which is not as the course has it" in sentence
    assert (result.kept, (work / "01.ipynb").read_text()) == ({}, "one")


def cell(ident: str, source: str, kind: str = "code", **more: object) -> dict[str, object]:
    return {"id": ident, "cell_type": kind, "source": source, "metadata": {}, **more}


def save(path: Path, *cells: dict[str, object]) -> None:
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))


TITLE = cell("a", "# Images", "markdown")
TEXT = cell("b", "An image is a list.", "markdown")
BETTER = cell("b", "An image is an array.", "markdown")
EXERCISE = cell("c", "def f(): ...")
RUN = {**EXERCISE, "outputs": ["3"], "execution_count": 7}
ANSWER = cell("c", "def f(): return 3")


def test_a_notebook_that_was_run_and_not_changed_is_brought_up_to_date(
    source: Path, work: Path
) -> None:
    save(source / "01.ipynb", TITLE, TEXT, EXERCISE)
    refresh(source, work)
    save(work / "01.ipynb", TITLE, TEXT, RUN)
    save(source / "01.ipynb", TITLE, BETTER, EXERCISE)
    assert refresh(source, work).updated == ["01.ipynb"]
    assert "an array" in (work / "01.ipynb").read_text()


def test_where_the_learner_has_worked_an_update_says_what_it_would_change(
    source: Path, work: Path
) -> None:
    save(source / "01.ipynb", TITLE, TEXT, EXERCISE)
    refresh(source, work)
    save(work / "01.ipynb", TITLE, TEXT, ANSWER)
    save(source / "01.ipynb", TITLE, BETTER, EXERCISE)
    result = refresh(source, work)
    assert result.kept == {"01.ipynb": ["“Images”"]}
    assert "return 3" in (work / "01.ipynb").read_text()
    (sentence,) = describe(result, work)
    assert "differs in “Images”" in sentence


def test_it_is_compared_in_the_language_in_which_it_was_begun(source: Path, work: Path) -> None:
    (source / "zh").mkdir()
    zh_title, zh_text = cell("a", "# 图像", "markdown"), cell("b", "图像是列表。", "markdown")
    tip = cell("d", "# Tip", "markdown")
    save(source / "01.ipynb", TITLE, TEXT, EXERCISE, tip)
    save(source / "zh" / "01.ipynb", zh_title, zh_text, EXERCISE, cell("d", "# 提示", "markdown"))
    refresh(source, work)
    save(work / "01.ipynb", TITLE, TEXT, ANSWER, tip)
    assert describe(refresh(source, work, "zh"), work) == []
    save(source / "01.ipynb", TITLE, BETTER, EXERCISE, tip)
    assert refresh(source, work, "zh").kept == {"01.ipynb": ["“Images”"]}


def test_keys_that_an_earlier_version_put_in_sight_go_unless_they_were_changed(
    source: Path, work: Path
) -> None:
    (work / "keys").mkdir(parents=True)
    (work / "keys" / "01.key").write_text("as copied")
    (work / "keys" / "02.key").write_text("changed")
    save(work / "01.ipynb", TITLE, TEXT, EXERCISE)
    old = {f"keys/{n}.key": digest(b"as copied") for n in ("01", "02")}
    old["01.ipynb"] = digest((work / "01.ipynb").read_bytes())
    (work / RECORD).write_text(json.dumps(old))
    save(source / "01.ipynb", TITLE, BETTER, EXERCISE)
    assert refresh(source, work).updated == ["01.ipynb"]
    assert [path.name for path in (work / "keys").iterdir()] == ["02.key"]


def test_a_language_brings_its_notebooks_and_leaves_what_was_begun_in_another(
    source: Path, work: Path
) -> None:
    (source / "zh").mkdir()
    (source / "zh" / "01.ipynb").write_text("中文")
    (source / "02.ipynb").write_text("English alone")
    assert refresh(source, work).added == ["01.ipynb", "02.ipynb", "images/cat.png"]
    assert refresh(source, work, "zh").updated == ["01.ipynb"]
    assert (work / "01.ipynb").read_text() == "中文"
    assert (work / "02.ipynb").read_text() == "English alone"
    (work / "01.ipynb").write_text("中文 and my answer")
    assert describe(refresh(source, work), work) == []
    assert (work / "01.ipynb").read_text() == "中文 and my answer"
