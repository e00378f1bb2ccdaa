"""Stills are made of a chapter as one who has worked through it sees it."""

import pytest

import pix2net
from grader.exercises.registry import chapters
from grader.weave import layout, make_stills
from pix2net.judging.wording import spoken
from solutions.ch07_mlp.MLP import MLP


def test_references_are_there_while_a_chapter_runs_and_gone_afterwards():
    before = pix2net.mine
    with make_stills._references_as_mine():
        assert pix2net.mine("MLP") is MLP
    assert pix2net.mine is before


CHAPTER = chapters()["03_scores"]


@pytest.fixture
def english(tmp_path, monkeypatch):
    """A folder of stills that has those of a chapter, which here is not run."""
    monkeypatch.setattr(layout, "STILLS", tmp_path / "stills")

    def made(chapter, language=None):
        words = {"zh": b"in Chinese"}.get(language, b"in English")
        return {"03_words.png": words, "03_wordless.png": b"a picture"}

    monkeypatch.setattr(make_stills, "stills", made)
    assert make_stills.main(["03_scores"]) == 0
    return tmp_path / "stills"


def test_a_language_has_stills_of_its_own_where_they_differ(english):
    (english / "zh").mkdir()
    (english / "zh" / "03_wordless.png").write_bytes(b"an older picture")
    assert make_stills.main(["--language", "zh", "03_scores"]) == 0
    assert [path.name for path in (english / "zh").iterdir()] == ["03_words.png"]
    assert (english / "03_words.png").read_bytes() == b"in English"
    assert [path.parent.name for path in layout.stills_of("03_scores", "zh")] == ["stills", "zh"]


def test_a_chapter_runs_in_the_language_of_its_stills(monkeypatch):
    cells = []

    def filled(book):
        heard = type(book)(cells=[])
        cells.append((spoken(), book.cells[0].source))
        return heard

    monkeypatch.setattr(make_stills, "filled", filled)
    for language in (None, "zh"):
        make_stills.run(CHAPTER, language)
    (_, english), (language, chinese) = cells
    assert language == "zh"
    assert english != chinese
