"""The toy chapter where a chapter's text is expected, and a class folder."""

from pathlib import Path

import pytest

from grader.release.course_dir import create_class
from grader.weave import layout
from tests.fixtures import toy


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


@pytest.fixture
def folder(tmp_path):
    return create_class(tmp_path / "class")
