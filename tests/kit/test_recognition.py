"""A mistake is named where the answers speak for it, not where a few numbers agree by chance."""

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise
from grader.keys.verify import solve

of_positives = ExerciseDefinition(points=1)


@of_positives.reference
def positives(x):
    """How many entries of x are positive."""
    return int((x > 0).sum())


@of_positives.cases
def _(rng):
    yield Case("two of three", {"x": np.array([1.0, -2.0, 3.0])})
    yield Case("one of four", {"x": np.array([-1.0, 0.0, 3.0, -4.0])})


of_positives.wrong_ways("""
all: You counted all entries.
    return len(x)
""")


of_shifted = ExerciseDefinition(points=1)


@of_shifted.reference
def shifted(x):
    """x + 1."""
    return x + 1


@of_shifted.cases
def _(rng):
    yield Case("numbers", {"x": rng.normal(size=9)})
    yield Case("whole numbers", {"x": np.arange(9)}, edge=True)


of_shifted.wrong_ways("""
down: You went down.
    return x - 1
""")


def told(exercise, answer):
    """What is told of each case that fails."""
    built = chapter.build()
    references = {name: e.reference for name, e in built.exercises.items()}
    key = compile_exercise(built.exercises[exercise], built, PUBLIC_SEED, hidden=False)
    checks = solve(key, Runner(key, references), answer, {}).checks
    return [check.message for check in checks if not check.passed]


def test_a_count_that_agrees_everywhere_is_named():
    assert told("positives", np.size) == ["You counted all entries."] * 2


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: 3,
        lambda x: 3 if len(x) == 3 else positives(x),
        lambda x: len(x) if len(x) < 4 else 2,
    ],
    ids=["another number", "right elsewhere", "by chance"],
)
def test_a_count_that_agrees_here_and_not_there_is_just_told(answer):
    first = told("positives", answer)[0]
    assert "You counted" not in first
    assert "wrong" in first


def test_many_numbers_speak_for_themselves():
    def answer(x):
        return x - 1 if x.dtype == np.float64 else 3 * x

    assert [text.startswith("You went down") for text in told("shifted", answer)] == [True, False]


def test_a_case_that_passes_speaks_against_a_mistake_that_fails_there():
    texts = told("shifted", lambda x: x - 1 if x.dtype == np.float64 else x + 1)
    assert len(texts) == 1
    assert "You went down" not in texts[0]


of_pair = ExerciseDefinition(points=1)


@of_pair.reference
def pair(x):
    """x and x + 1."""
    return x, x + 1


@of_pair.cases
def _(rng):
    yield Case("a number", {"x": 2.5})
    yield Case("numbers", {"x": rng.normal(size=9)})


of_pair.wrong_ways("""
one: You gave one of two.
    if isinstance(x, float):
        raise TypeError("no")
    return x
""")


chapter = ChapterDefinition("78_counts", "Counts", [of_positives, of_shifted, of_pair])


def test_an_error_that_may_come_from_anywhere_names_no_mistake_that_other_cases_do_not_show():
    assert told("pair", lambda x: x[:])[0] == "You gave one of two."
    (raised,) = told("pair", lambda x: (x[:], x[:] + 1))
    assert raised.startswith("pair raised TypeError: 'float' object is not subscriptable.")


def test_a_simple_change_of_one_part_is_not_said_of_the_whole():
    assert told("pair", lambda x: (x, -x - 1))[0].startswith(
        "Value 2 of your result has the wrong sign"
    )
    assert told("shifted", lambda x: -x - 1)[0].startswith("Your result has the wrong sign")
