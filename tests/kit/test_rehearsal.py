"""Cases that are tried out in the notebook alone, where what grading asks for takes long."""

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, DefinitionError, ExerciseDefinition
from grader.keys.compile import make_cases


def chapter_with(*, hidden=True):
    exercise = ExerciseDefinition(points=1)

    @exercise.reference
    def doubled(x):
        """Two times x."""
        return 2 * x

    @exercise.rehearsal
    def _(rng):
        yield Case("a few numbers", {"x": rng.normal(size=2)})

    if hidden:

        @exercise.hidden_cases
        def _(rng):
            yield Case("very many numbers", {"x": rng.normal(size=2000)})

    exercise.wrong_ways("""
once: This is x itself.
    return x

squared: You squared.
    return x**2

halved: You halved.
    return x / 2
""")
    return ChapterDefinition("79_toy", "A toy", [exercise]).build()


def labels(*, hidden):
    exercise = chapter_with().exercises["doubled"]
    return [case.label for case in make_cases(exercise, 5, hidden=hidden)]


def test_a_rehearsal_is_in_the_public_key_and_not_in_the_hidden_one():
    assert labels(hidden=False) == ["a few numbers"]
    assert labels(hidden=True) == ["very many numbers"]


def test_a_rehearsal_for_nothing_is_refused():
    with pytest.raises(DefinitionError, match="no hidden_cases to rehearse for"):
        chapter_with(hidden=False)


def test_hidden_cases_are_drawn_anew_for_each_seed():
    exercise = chapter_with().exercises["doubled"]
    one, two = (make_cases(exercise, seed, hidden=True)[0].inputs["x"] for seed in (5, 6))
    assert not np.array_equal(one, two)
