"""The committed student notebooks are what their sources give."""

from pathlib import Path

import numpy as np
import pytest

from grader.exercises.registry import chapters, pages
from grader.keys.remembered import Store
from grader.weave import catalogs, layout, leaks, notebook
from grader.weave.committed import close, in_step, write
from grader.weave.student_version import student_version
from grader.weave.weave import weave_committed
from pix2net.judging import answer_key as keys
from tests.fixtures import toy


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder to write to, the toy chapter's text being the course's only one."""
    texts = tmp_path / "course"
    (texts / "stills").mkdir(parents=True)
    text = Path(toy.__file__).with_suffix(".md").read_text()
    (texts / "01_toy.md").write_text(text)
    (texts / "stills" / "01_picture.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(layout, "TEXTS", texts)
    monkeypatch.setattr(layout, "STILLS", texts / "stills")
    return texts / "notebooks"


LARGEST_KEY = 3 * 2**20  # bytes
CHAPTERS = [toy.chapter.build()]
FILES = ("01_toy.ipynb", "keys/01_toy.key", "stills/01_picture.png")


def test_writing_twice_changes_nothing_the_second_time(place):
    assert write(CHAPTERS, place).changed == FILES
    before = {name: (place / name).stat().st_mtime_ns for name in FILES}
    assert write(CHAPTERS, place).changed == ()
    assert {name: (place / name).stat().st_mtime_ns for name in FILES} == before
    assert in_step(CHAPTERS, place) == []


@pytest.mark.parametrize("name", FILES)
def test_a_changed_or_missing_file_is_out_of_step(place, name):
    write(CHAPTERS, place)
    (place / name).write_bytes((place / name).read_bytes()[:-1] + b" ")
    assert in_step(CHAPTERS, place) == [
        f"{name} is not what its sources give: run `make notebooks`"
    ]
    (place / name).unlink()
    assert in_step(CHAPTERS, place) == [f"{name} is missing: run `make notebooks`"]
    assert write(CHAPTERS, place).changed == (name,)


def test_weaving_some_chapters_leaves_the_files_of_others(place):
    write(CHAPTERS, place)
    assert write([], place, others=CHAPTERS).removed == ()
    assert in_step(CHAPTERS, place) == []


def test_a_translated_chapter_has_the_stills_that_are_others_in_its_language(place, monkeypatch):
    monkeypatch.setattr(catalogs, "languages", lambda: ["zh"])
    monkeypatch.setattr(catalogs, "begun", lambda language, name: True)
    write(CHAPTERS, place)
    assert not (place / "zh" / "stills").exists()
    (layout.STILLS / "zh").mkdir()
    (layout.STILLS / "zh" / "01_picture.png").write_bytes(b"\x89PNG in Chinese")
    name = "zh/stills/01_picture.png"
    assert in_step(CHAPTERS, place) == [f"{name} is missing: run `make notebooks`"]
    assert write(CHAPTERS, place).changed == (name,)
    assert (place / name).read_bytes() == b"\x89PNG in Chinese"
    assert (place / "stills" / "01_picture.png").read_bytes() == b"\x89PNG"
    (layout.STILLS / "zh" / "01_picture.png").unlink()
    assert in_step(CHAPTERS, place) == [f"{name} belongs to no chapter: run `make notebooks`"]
    assert write(CHAPTERS, place).removed == (name,)


def test_an_edited_text_is_out_of_step(place):
    write(CHAPTERS, place)
    path = place.parent / "01_toy.md"
    path.write_text(path.read_text().replace("First some words.", "First other words."))
    assert in_step(CHAPTERS, place) == [
        "01_toy.ipynb is not what its sources give: run `make notebooks`"
    ]


def test_what_belongs_to_no_chapter_is_told_and_removed(place):
    write(CHAPTERS, place)
    (place / "99_old.ipynb").write_text("{}")
    (place / "stills" / "99_old.png").write_text("")
    assert len(in_step(CHAPTERS, place)) == 2
    assert write(CHAPTERS, place).removed == ("99_old.ipynb", "stills/99_old.png")


def test_a_chapter_that_cannot_be_woven_keeps_its_files_and_stops_no_other(place):
    write(CHAPTERS, place)
    path = place.parent / "01_toy.md"
    path.write_text(path.read_text().replace("{question} q_half", "{question} q_halve"))
    done = write(CHAPTERS, place)
    assert (done.changed, done.removed) == ((), ())
    assert len(done.problems) == 2
    assert (place / "01_toy.ipynb").is_file()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1.0}, {"a": 1.0 + 1e-13}, True),
        ({"a": 1.0}, {"a": 1.0 + 1e-6}, False),
        ({"a": 1}, {"b": 1}, False),
        ({"single-precision": 1.0}, {"single-precision": 1.0 + 1e-7}, True),
        ({"single-precision": 1.0}, {}, False),
        ((1, "x", None), (1, "x", None), True),
        ((1, "x"), [1, "x"], False),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1e9, 1e-12]), np.array([1e9, 2e-12]), True),
        (np.array([1, 2]), np.array([1, 3]), False),
        (np.array([1, 2]), np.array([1.0, 2.0]), False),
        (np.zeros(2), np.zeros(3), False),
        ("yes", "no", False),
    ],
)
def test_keys_are_compared_up_to_rounding(one, other, same):
    assert close(one, other) is same


def test_single_precision_is_compared_as_what_it_is():
    one = np.array([1.0385599, 1.1464899], dtype=np.float32)
    assert close(one, one + np.float32(1.5e-6))
    assert not close(one, one + np.float32(1e-2))
    assert not close(one, one.astype(np.float64))


def test_a_chapter_is_woven_again_only_where_its_sources_or_its_files_changed(
    place, tmp_path, monkeypatch
):
    kept, woven = Store(tmp_path / "kept"), []

    def counted(chapter, say):
        woven.append(chapter.name)
        return weave_committed(chapter, say)

    monkeypatch.setattr("grader.weave.committed.weave_committed", counted)
    for _ in range(2):
        write(CHAPTERS, place, kept=kept)
    assert woven == ["01_toy"]
    (place / FILES[0]).write_text("somebody's change")
    assert write(CHAPTERS, place, kept=kept).changed == (FILES[0],)
    text = layout.text_path("01_toy")
    text.write_text(text.read_text() + "\nOne more sentence.\n")
    assert write(CHAPTERS, place, kept=kept).changed == (FILES[0],)
    (layout.STILLS / "01_picture.png").write_bytes(b"\x89PNG, another")
    assert write(CHAPTERS, place, kept=kept).changed == (FILES[2],)
    assert len(woven) == 4
    assert in_step(CHAPTERS, place) == []


def test_the_committed_texts_are_in_step_with_the_course():
    for chapter in chapters().values():
        woven = notebook.to_text(student_version(weave_committed(chapter)))
        path = layout.COMMITTED / layout.notebook_name(chapter.name)
        assert path.read_text(encoding="utf-8") == woven, "run `make notebooks`"


@pytest.mark.thorough  # compiles every key
def test_the_committed_notebooks_and_keys_are_in_step_with_the_course():
    assert in_step([*chapters().values(), *pages()]) == []


def test_what_is_committed_for_learners_gives_nothing_away():
    folder = layout.COMMITTED
    files = {str(p.relative_to(folder)): p for p in folder.rglob("*") if p.is_file()}
    assert files
    found = leaks.scan(files, leaks.secrets_of(chapters().values()))
    # Questions answer those who study alone, by the keys of this edition and nothing else.
    told = [str(leak) for leak in found if ".key: the answer to q_" not in str(leak)]
    assert told == []


def test_every_public_key_is_small_enough_to_be_handed_around():
    sizes = {path.name: path.stat().st_size for path in layout.COMMITTED.glob("keys/*.key")}
    assert len(sizes) == len(chapters())
    assert {name: size for name, size in sizes.items() if size > LARGEST_KEY} == {}


def test_public_keys_are_public():
    for name in chapters():
        assert not keys.load(layout.key_path(layout.COMMITTED, name)).hidden
