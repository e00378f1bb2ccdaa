"""Wrong answers as learners write them are told the misconception that they have, and no other."""

import pytest

from tests.answers.told.measure import tables, told

NAMED = 0.85  # so many of them at least


def heads():
    return [entry.head for table in tables().values() for entry in table.entries]


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(tables()))
def test_each_is_told_what_points_to_its_mistake(name):
    wrong = [
        f"{one.exercise}, {one.style}: {one.name}; {one.message}"
        for one in told(name)
        if not one.right
    ]
    assert wrong == []


def test_few_are_told_what_is_seen_alone():
    nameless = [head for head in heads() if head.endswith(" => nothing")]
    assert len(nameless) <= (1 - NAMED) * len(heads())


def test_none_stands_there_twice():
    assert len({head.partition(" => ")[0] for head in heads()}) == len(heads())
