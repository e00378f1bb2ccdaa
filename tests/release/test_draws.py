"""Hidden keys are drawn until one tells the known mistakes apart, and a key that did so stays."""

import itertools

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.keys.verify import verify_chapter
from grader.keys.workshop import Workshop
from grader.release.build import SEED_BITS, build
from grader.release.course_dir import load_record
from grader.release.release import release, renew_key, verify

pytestmark = pytest.mark.some_chapters

HIGHEST = 1 << (SEED_BITS - 1)  # this bit of a seed is always set


def doubling(chances, *, always_wrong=False):
    """A chapter in which squaring a number is doubling it where the draw is unlucky.

    Args:
        chances: of how many draws one is unlucky.
        always_wrong: a mistake that no key catches.
    """
    exercise = ExerciseDefinition(points=1)

    @exercise.reference
    def double(value):
        """Twice a number. Returns float64."""
        return np.float64(2 * value)

    @exercise.cases
    def _(rng):
        lucky = rng.integers(chances) > 0
        yield Case("a number", {"value": rng.uniform(3, 9) if lucky else 2.0})

    table = """
squares: You squared it.
    return np.float64(value**2)

adds one: Twice, not one more.
    return np.float64(value + 1)

halves: Twice, not half.
    return np.float64(value / 2)
"""
    if always_wrong:
        table += "\nother words: This is right.\n    return np.float64(value + value)\n"
    exercise.wrong_ways(table)
    return ChapterDefinition("01_toy", "Toy", [exercise]).build()


@pytest.fixture
def folder(folder, texts):
    (texts / "01_toy.md").write_text("# Toy\n\n```{exercise} double\n```\n")
    return folder


def is_lucky(chapter, seed):
    """Whether a hidden key of a seed shows that nothing is wrong with it."""
    return not any("hidden" in p.text for p in verify_chapter(chapter, seeds=(seed,)))


@pytest.fixture
def draws(monkeypatch):
    """Has seeds drawn in a given order, and says how many were."""

    def set_up(*luck, chapter):
        of = {True: [], False: []}
        for number in itertools.count():
            if all(len(of[kind]) >= luck.count(kind) for kind in of):
                break
            of[is_lucky(chapter, HIGHEST | number)].append(number)
        coming = [of[kind].pop() for kind in luck]
        taken = []

        def next_one(bits):
            taken.append(coming[len(taken)])
            return taken[-1]

        monkeypatch.setattr("grader.release.build.secrets.randbits", next_one)
        return taken

    return set_up


def test_a_key_that_cannot_tell_a_mistake_is_drawn_again(folder, draws):
    chapter = doubling(3)
    taken = draws(False, False, True, chapter=chapter)
    assert release(folder, [chapter]).refused == ()
    assert len(taken) == 3
    assert load_record(folder.key_record("01_toy")).seed == HIGHEST | taken[-1]
    assert verify(folder, chapter) == []


def test_a_key_that_was_verified_stays(folder, draws):
    chapter = doubling(3)
    taken = draws(True, chapter=chapter)
    for _ in range(2):
        assert release(folder, [chapter]).refused == ()
    assert len(taken) == 1


def test_what_no_key_catches_is_not_chance(folder, draws):
    chapter = doubling(3, always_wrong=True)
    reasons = release(folder, [chapter]).refused[0].reasons
    assert any("other words" in reason for reason in reasons)


def test_new_inputs_for_a_class_are_drawn_in_the_same_way(folder, draws):
    chapter = doubling(3)
    taken = draws(True, False, False, True, chapter=chapter)
    build(folder, [chapter])
    assert renew_key(folder, chapter, Workshop()) == []
    assert len(taken) == 4
    assert load_record(folder.key_record("01_toy")).verified


def test_the_old_inputs_stay_where_no_new_ones_will_do(folder, draws):
    chapter = doubling(2)
    taken = draws(True, False, False, False, chapter=chapter)
    build(folder, [chapter])
    (why,) = renew_key(folder, chapter, Workshop())
    assert "squares" in why
    assert load_record(folder.key_record("01_toy")).seed == HIGHEST | taken[0]
