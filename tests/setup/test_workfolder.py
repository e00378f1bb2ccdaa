"""The learner's work folder is the learner's: updates never touch what was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pix2net.lab.launch import describe
from pix2net.lab.workfolder import RECORD, refresh


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    (folder / "images").mkdir(parents=True)
    (folder / "01.ipynb").write_text("one")
    (folder / "images" / "cat.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").write_text("not for learners")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def test_the_first_start_copies_everything_but_hidden_files(source: Path, work: Path) -> None:
    assert refresh(source, work).added == ["01.ipynb", "images/cat.png"]
    assert (work / "images" / "cat.png").read_bytes() == b"\x89PNG"
    assert not (work / ".hidden").exists()


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
    assert result.kept == ["01.ipynb"]
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
    assert refresh(source, work).kept == ["01.ipynb"]
    assert (work / "01.ipynb").read_text() == "one"
