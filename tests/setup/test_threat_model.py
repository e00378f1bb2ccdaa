"""The threat model names tests that exist, for each of the ten rules."""

import fnmatch
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TEXT = (TESTS.parent / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) [^|]*\| (.*) \|$", TEXT, re.MULTILINE))


def named(row):
    """Pairs of a file and the tests of it that a row names."""
    for part in row.split("; "):
        file, *tests = re.findall(r"`([^`]+)`", part)
        yield file, tests


@pytest.mark.parametrize("rule", range(1, 11))
def test_a_rule_names_tests_that_exist(rule):
    found = list(named(ROWS[str(rule)]))
    assert found
    for file, tests in found:
        text = (TESTS / file).read_text(encoding="utf-8")
        there = re.findall(r"^def (test_\w+)", text, re.MULTILINE)
        assert there, file
        for name in tests:
            assert fnmatch.filter(there, name), f"{file} has no {name}"


def test_every_other_file_that_the_text_names_exists():
    places = re.findall(r"`((?:[a-z_]+/)+[a-z_]*test_[a-z_]+\.py|tests/[a-z_/]+)`", TEXT)
    assert len(places) > 10
    for place in places:
        assert (TESTS / place.removeprefix("tests/")).exists(), place
