"""The mutator makes the changes it claims, and finds the holes that a check has."""

import dataclasses

from grader.exercises import Case
from grader.keys.mutate import mutants, survivors
from tests.kit import toy


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
