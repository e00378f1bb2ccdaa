"""Answers that are looked up in the public key earn nothing, and are told where they do."""

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.keys.verify import verify_chapter

HARD = [5.0, 3.0, 4.0, 1.0, 2.0]


def problems_of(cases, hidden=None):
    """What is looked up of an exercise that asks for the place of the smallest of some numbers."""
    exercise = ExerciseDefinition(points=2)

    @exercise.reference
    def smallest(x):
        """The place of the smallest number."""
        return int(np.argmin(x))

    exercise.cases(cases)
    if hidden is not None:
        exercise.hidden_cases(hidden)
    exercise.wrong_ways("""
largest: You looked for the largest number.
    return int(np.argmax(x))

from one: You counted from 1.
    return reference(x) + 1

from the end: You looked from the end.
    return reference(x[::-1])
""")
    found = verify_chapter(ChapterDefinition("77_places", "Places", [exercise]).build())
    return [problem for problem in found if "looks up" in problem.text]


def drawn(rng):
    for length in (9, 12, 15):
        yield Case(f"{length} numbers", {"x": rng.normal(size=length)})


def worked(rng):
    yield Case("the worked example", {"x": np.array(HARD)})
    yield Case("the worked example, turned round", {"x": np.array(HARD[::-1])})


def in_a_fixed_order(rng):
    """Other numbers in each key, and the smallest always in the same place."""
    for length in (9, 12, 15):
        x = np.sort(rng.normal(size=length))
        yield Case(f"{length} numbers", {"x": np.roll(x, length // 3)})


def always_the_same_place(rng):
    """Other lengths in each key: neither inputs nor their sizes are found in the table."""
    for label in ("some numbers", "more numbers"):
        length = int(rng.integers(7, 200))
        x = np.sort(rng.normal(size=length))
        yield Case(label, {"x": np.concatenate([x[1:4], x[:1], x[4:]])})


def test_drawn_cases_give_a_table_nothing():
    assert problems_of(drawn) == []


def test_worked_examples_may_stand_in_both_keys_beside_drawn_ones():
    def cases(rng):
        yield from worked(rng)
        yield from drawn(rng)

    assert problems_of(cases) == []


@pytest.mark.parametrize(
    ("cases", "way"),
    [
        (worked, "by equal inputs"),
        (in_a_fixed_order, "by equal inputs, else the nearest"),
        (in_a_fixed_order, "by equal inputs, else the case of the same label"),
        (always_the_same_place, "by equal inputs, else the most common answer"),
    ],
)
def test_cases_whose_answers_follow_from_the_public_key_are_told(cases, way):
    found = problems_of(cases)
    assert any(problem.text.partition(" (")[0].endswith(way) for problem in found)
    assert all(problem.place.startswith("tests/kit/test_by_table.py:") for problem in found)


def test_ordinary_cases_decide_even_where_the_edge_cases_are_drawn():
    assert problems_of(worked, hidden=lambda rng: iter(()))

    def edges(rng):
        for case in drawn(rng):
            yield Case(case.label, case.inputs, edge=True)

    assert problems_of(worked, hidden=edges)


def test_a_case_that_judges_again_is_looked_up_like_the_one_it_judges():
    exercise = ExerciseDefinition(points=1)

    @exercise.reference
    def doubled(x):
        """Twice x."""
        return 2 * x

    @exercise.property("It must be even.")
    def even(inputs, output):
        return bool(np.all(output % 2 == 0))

    @exercise.cases
    def _(rng):
        yield Case("whole numbers", {"x": np.arange(4)})
        yield Case("even ones", {}, again="whole numbers", properties=("even",), edge=True)

    chapter = ChapterDefinition("77_doubled", "Doubled", [exercise]).build()
    found = [p for p in verify_chapter(chapter) if "looks up" in p.text]
    assert {p.text.partition("notebook shows, ")[2] for p in found} >= {
        "by equal inputs (hidden key)"
    }
