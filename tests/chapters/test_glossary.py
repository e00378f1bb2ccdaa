"""docs/glossary.md holds: its terms, their order, their chapters; and the chapters are English."""

import re

import pytest

from grader.exercises.registry import chapters, pages
from grader.weave import layout

CHINESE = re.compile(r"[\u3400-\u9fff]")
LINES = (layout.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in LINES if line.startswith("|")
]
TERMS = ROWS[2:]
TEXTS = [*chapters(), *(page.name for page in pages())]


def filed_under(term):
    """The first word of a term."""
    return re.findall(r"[a-z0-9]+", term.lower())[0]


def test_the_table_says_what_its_columns_are():
    assert ROWS[0] == ["English term", "Chinese term", "chapter"]
    assert TERMS


@pytest.mark.parametrize("row", TERMS, ids=[row[0] for row in TERMS])
def test_a_term_has_a_chinese_one_and_stands_in_its_chapter(row):
    english, chinese, chapter = row
    assert english
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    name = chapter.strip("`")
    assert name in chapters()
    text = layout.text_path(name).read_text(encoding="utf-8").lower()
    assert stem(filed_under(english)) in text


def stem(word):
    """What a word and its other forms begin with."""
    return word[: max(4, len(word) - 4)]


def test_terms_stand_in_alphabetical_order_and_once():
    words = [filed_under(row[0]) for row in TERMS]
    assert words == sorted(words)
    assert len({row[0].casefold() for row in TERMS}) == len(TERMS)


@pytest.mark.parametrize("name", TEXTS)
def test_a_chapter_holds_no_chinese(name):
    text = layout.text_path(name).read_text(encoding="utf-8")
    assert CHINESE.findall(text) == []
