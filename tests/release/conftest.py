"""The toy chapter where a chapter's text is expected, and a class folder."""

import shutil
from pathlib import Path

import pytest

from grader.release.course_dir import create_class
from grader.weave import layout
from tests.fixtures import toy
from tests.release.hand_ins import BOOK


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """A folder of text sources that holds the toy chapter's, in place of the course's."""
    folder = tmp_path / "course"
    folder.mkdir()
    text = Path(toy.__file__).with_suffix(".md").read_text()
    (folder / "01_toy.md").write_text(text)
    (folder / "stills").mkdir()
    (folder / "stills" / "01_picture.png").write_bytes(b"\x89PNG a picture")
    (folder / "stills" / "02_other.png").write_bytes(b"\x89PNG of another chapter")
    monkeypatch.setattr(layout, "TEXTS", folder)
    monkeypatch.setattr(layout, "STILLS", folder / "stills")
    return folder


@pytest.fixture
def chapter(texts):
    return toy.chapter.build()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """A gradebook as nbgrader makes it; making one takes it seconds, so it is made once."""
    folder = create_class(tmp_path_factory.mktemp("gradebook") / "class")
    with folder.gradebook():
        return folder.root / "gradebook.db"


@pytest.fixture
def folder(tmp_path, empty_gradebook):
    folder = create_class(tmp_path / "class")
    shutil.copy(empty_gradebook, folder.root)
    return folder


@pytest.fixture
def folder_with_exchange(tmp_path, empty_gradebook):
    folder = create_class(tmp_path / "class", exchange=tmp_path / "exchange")
    shutil.copy(empty_gradebook, folder.root)
    return folder


@pytest.fixture
def two_assignments(tmp_path):
    """A class folder in which two assignments were built."""
    folder = create_class(tmp_path / "class")
    for name in ("01_toy", "02_more"):
        folder.source(name).mkdir()
        (folder.source(name) / f"{name}.ipynb").write_bytes(BOOK)
    return folder


@pytest.fixture
def inbox(tmp_path):
    path = tmp_path / "inbox"
    path.mkdir()
    return path
