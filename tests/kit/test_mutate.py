"""The mutator makes the changes it claims, and finds the holes that a check has."""

import dataclasses

import pytest

from grader.exercises import Case
from grader.exercises.registry import chapters
from grader.keys.mutate import equivalent, idle, mutants, survivors, unexplained
from tests.kit import toy

pytestmark = pytest.mark.some_chapters


def test_a_sound_check_leaves_no_survivor():
    chapter = toy.chapter.build()
    made = list(mutants(chapter.exercises["row_means"]))
    assert {"1 to 2: return X.mean(axis=1)", "mean to sum: return X.mean(axis=1)"} <= {
        mutant.change for mutant in made
    }
    assert list(survivors(chapter.exercises["row_means"], chapter)) == []


def test_a_hole_in_a_check_shows_as_a_survivor():
    def cases(rng):
        yield Case("one column", {"X": rng.normal(size=(4, 1))})  # cannot tell mean from sum

    chapter = toy.chapter.build()
    weak = dataclasses.replace(
        chapter.exercises["row_means"], cases=cases, hidden_cases=None, misconceptions=()
    )
    found = {mutant.change for mutant in survivors(weak, chapter)}
    assert "mean to sum: return X.mean(axis=1)" in found


@pytest.mark.parametrize("name", chapters())
def test_every_change_to_a_reference_is_noticed_or_explained(name):
    known, chapter = equivalent(), chapters()[name]
    for exercise in chapter.exercises.values():
        if not exercise.costly:
            found = list(survivors(exercise, chapter))
            assert unexplained(found, known) + idle(exercise, found, known) == []
