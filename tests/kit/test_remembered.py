"""What was found out of an exercise is used again as long as it holds, and never longer."""

import dataclasses
import importlib.util
import os
import stat
import sys
from pathlib import Path

import pytest

from grader.exercises.content import Contents, of_run
from grader.exercises.registry import chapter_named
from grader.keys import workshop as workshops
from grader.keys.compile import PUBLIC_SEED, compile_key
from grader.keys.remembered import CHECKERS, KEPT, Memory
from grader.keys.workshop import TEST_SEEDS, Workshop
from grader.weave.layout import ROOT
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS, to_data

pytestmark = pytest.mark.some_chapters

SECRET = 2**150 + 12345
SOURCE = '''
import numpy as np

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
def tripled(x):
    """Three times x."""
    return 3 * x


@exercise.cases
def _(rng):
    yield Case("some numbers", {"x": rng.normal(size=5)})


@exercise.hidden_cases
def _(rng):
    yield Case("kept from learners", {"x": rng.normal(size=6)}, edge=True)


exercise.wrong_ways("""
twice: You doubled.
    return 2 * x

four times: You went one too far.
    return 4 * x

cubed: That is x to the power of 3.
    return x**3
""")

chapter = ChapterDefinition("77_tripled", "Tripled", [exercise]).build()
'''


class Place:
    """A chapter in a file that can be changed, and a cache."""

    def __init__(self, folder):
        self.file, self.cache = folder / "tripled_exercise.py", folder / "cache"
        self.changes = 0
        self.write(SOURCE)

    def write(self, source):
        self.file.write_text(source)
        # Python knows a changed file by its size and by the second of its last change.
        self.changes += 1
        changed = self.file.stat().st_mtime + 10 * self.changes
        os.utime(self.file, (changed, changed))
        spec = importlib.util.spec_from_file_location(self.file.stem, self.file)
        module = importlib.util.module_from_spec(spec)
        sys.modules[self.file.stem] = module
        spec.loader.exec_module(module)
        self.chapter = module.chapter

    @property
    def exercise(self):
        return self.chapter.exercises["tripled"]

    def shop(self):
        """A new command's, which reads all files anew."""
        return Workshop(Memory(self.cache))

    def entries(self):
        return sorted(self.cache.iterdir()) if self.cache.is_dir() else []


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    yield made
    del sys.modules[made.file.stem]


@pytest.fixture
def computed(monkeypatch):
    """The questions that were not answered from the memory, as they come."""
    asked = []
    real = workshops.work

    def work(task, exercise, chapter):
        asked.append(task.question or "secret")
        return real(task, exercise, chapter)

    monkeypatch.setattr(workshops, "work", work)
    return asked


def packed(key):
    return codec.dumps(to_data(key), KEY_LIMITS)


def test_a_key_and_what_verify_found_are_computed_once(place, computed):
    public = compile_key(place.chapter, PUBLIC_SEED, hidden=False)
    for _ in range(2):
        shop = place.shop()
        assert packed(shop.key(place.chapter, PUBLIC_SEED, hidden=False)) == packed(public)
        assert shop.problems(place.exercise, place.chapter) == []
    assert sorted(computed) == ["definition", "hidden0", "hidden1", "public"]


def test_a_problem_is_remembered_with_its_place(place):
    place.write(SOURCE.replace("return 4 * x", "return x + x + x"))
    (first,), (second,) = (place.shop().problems(place.exercise, place.chapter) for _ in range(2))
    assert first == second
    assert "gets full marks (public and hidden key)" in first.text
    assert first.place.startswith(f"{place.file.name}:")


def test_a_changed_file_is_computed_anew(place, computed):
    place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    place.write(SOURCE.replace("size=5", "size=7"))
    key = place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    assert len(key.exercises["tripled"].cases[0].expected) == 7
    place.write(SOURCE)
    key = place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    assert len(key.exercises["tripled"].cases[0].expected) == 5
    assert computed == ["public", "public"]


def flip(content):
    """The last byte, which is of an array, changed."""
    return content[:-1] + bytes([content[-1] ^ 1])


DAMAGES = {
    "a byte of an array": flip,
    "cut off": lambda content: content[:-20],
    "empty": lambda content: b"",
    "of other content": lambda content: b"0" * 64 + content[64:],
    "no data at all": lambda content: b"\x00\xff" * 1000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_computed_anew(place, computed, damage):
    right = packed(place.shop().key(place.chapter, PUBLIC_SEED, hidden=False))
    (entry,) = place.entries()
    entry.write_bytes(DAMAGES[damage](entry.read_bytes()))
    assert packed(place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)) == right
    assert packed(place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)) == right
    assert computed == ["public", "public"]


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_no_file_is_no_entry(place, computed, kind):
    place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    (entry,) = place.entries()
    if kind == "link":
        elsewhere = entry.rename(place.file.with_name("elsewhere"))
        entry.symlink_to(elsewhere)
    else:
        entry.unlink()
        os.mkfifo(entry)
    place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    assert computed == ["public", "public"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(place, computed):
    place.cache.write_text("a file stands where the folder should be")
    for _ in range(2):
        assert place.shop().problems(place.exercise, place.chapter) == []
    assert len(computed) == 8


def test_a_secret_key_is_not_in_the_cache(place, computed):
    shop = place.shop()
    first = shop.key(place.chapter, SECRET, hidden=True)
    assert shop.problems(place.exercise, place.chapter, [SECRET]) == []
    assert packed(shop.key(place.chapter, SECRET, hidden=True)) == packed(first)
    assert computed == ["secret", "definition", "public"]  # the secret one once in this process
    assert {entry.name.split("-")[1] for entry in place.entries()} == {"definition", "public"}
    secrets = [case.inputs["x"].tobytes() for case in first.exercises["tripled"].cases]
    secrets += [str(SECRET).encode(), f"{SECRET:x}".encode(), b"kept from learners"]
    for entry in place.entries():
        assert not any(secret in entry.read_bytes() for secret in secrets)


def test_entries_are_their_owner_s_alone(place):
    place.shop().problems(place.exercise, place.chapter)
    assert len(place.entries()) == 4
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in place.entries()} == {0o600}


def test_old_states_leave_the_cache(place):
    for size in range(KEPT + 3):
        place.write(SOURCE.replace("size=5", f"size={size + 2}"))
        place.shop().key(place.chapter, PUBLIC_SEED, hidden=False)
    assert len(place.entries()) == KEPT


def test_what_cannot_be_made_is_a_problem_each_time(place, computed):
    place.write(SOURCE.replace("return 3 * x", "return 3 * y"))
    for _ in range(2):
        (problem,) = place.shop().problems(place.exercise, place.chapter)
        assert "the reference gave no answer (NameError" in problem.text
    assert place.entries() == []


def test_other_processes_find_the_same():
    chapter = chapter_named("03_scores")
    alone, together = Workshop(), Workshop(jobs=2)
    assert packed(together.key(chapter, SECRET, hidden=True)) == packed(
        alone.key(chapter, SECRET, hidden=True)
    )


def digest_of(chapter, exercise):
    built = chapter_named(chapter)
    return Contents(CHECKERS).of(built.exercises[exercise], built)


@pytest.fixture
def edited(monkeypatch):
    """Have a file of the checkout read as if a line had been added to it."""
    real = Path.read_bytes

    def edit(name):
        assert (ROOT / name).is_file()
        monkeypatch.setattr(
            Path,
            "read_bytes",
            lambda path: real(path) + b"\n# edited" * (path == ROOT / name),
        )

    return edit


@pytest.mark.parametrize(
    "name",
    [
        "solutions/ch10_regularization/dropout_backward.py",
        "solutions/ch10_regularization/dropout_forward.py",  # which its scenario uses
        "solutions/capstone_artwork/artwork.json",  # what it may read
        "grader/exercises/tables.py",
        "grader/keys/compile.py",
        "grader/keys/checks.py",
        "grader/keys/by_table.py",
        "pix2net/judging/ladder.py",
        "pix2net/judging/codec.py",
    ],
)
def test_an_exercise_follows_from_all_that_it_uses(edited, name):
    before = digest_of("10_regularization", "dropout_backward")
    edited(name)
    assert digest_of("10_regularization", "dropout_backward") != before


@pytest.mark.parametrize(
    "name",
    [
        "solutions/ch10_regularization/cosine_decay.py",
        "solutions/ch10_regularization/chapter.py",
        "course/10_regularization.md",
        "grader/weave/weave.py",
        "pix2net/plots/show.py",
    ],
)
def test_an_exercise_does_not_follow_from_what_it_does_not_use(edited, name):
    before = digest_of("10_regularization", "dropout_backward")
    edited(name)
    assert digest_of("10_regularization", "dropout_backward") == before


def test_shared_files_of_the_hidden_half_are_followed(edited):
    before = digest_of("05_softmax", "softmax_loss")
    edited("solutions/shared/linear_loss.py")
    assert digest_of("05_softmax", "softmax_loss") != before


def test_exercises_of_one_file_and_two_chapters_are_told_apart(place):
    other = dataclasses.replace(place.chapter, name="78_other")
    contents = Contents(CHECKERS)
    assert contents.of(place.exercise, other) != contents.of(place.exercise, place.chapter)
    assert len(TEST_SEEDS) == 2


def test_a_module_named_beside_is_a_part_of_what_an_answer_follows_from(place):
    memory = Memory(place.cache)
    memory.keep("right", place.exercise, place.chapter, True, ["tests.kit.toy"])
    assert memory.recall("right", place.exercise, place.chapter, ["tests.kit.toy"]) is True
    assert memory.recall("right", place.exercise, place.chapter) is None
    assert (
        memory.recall("right", place.exercise, place.chapter, ["tests.kit.test_rehearsal"]) is None
    )


def test_a_run_follows_from_notebook_folder_and_settings(tmp_path, monkeypatch):
    beside = tmp_path / "a.key"
    beside.write_bytes(b"one")
    first = of_run("{}", tmp_path)
    assert of_run("{}", tmp_path) == first
    assert of_run("{ }", tmp_path) != first
    beside.write_bytes(b"two")
    assert of_run("{}", tmp_path) != first
    beside.write_bytes(b"one")
    monkeypatch.setenv("COURSE_DATASET", "digits")
    assert of_run("{}", tmp_path) != first
