"""Words are found in prose and code, and said in another language without a change to the rest."""

import pytest

from grader.exercises.registry import chapters, pages
from grader.weave import layout, words
from grader.weave.weave import weave_committed
from grader.weave.words import code, docstrings, prose, without_words

CODE = '''def half(n):
    """Half of n.

    Args:
        n: a number.
    """
    return n / 2  # as a fraction


kind = "not shown"
print(f"{half(3):.1f} is half of {kind!r}", sep=" | ")
plots.bars(
    {name: load("picto10")[name] for name in zip(("red paint", "blue paint"))},
    ylabel="how much", colors="dark blue", caption="A figure. "
    "It has two bars.",
)
'''


def noted(text, take=code):
    found = []
    take(text, lambda part: found.append(part) or part)
    return found


def test_code_gives_what_is_shown_docstrings_and_comments_and_nothing_else():
    assert noted(CODE) == [
        "Half of n.\n\nArgs:\n    n: a number.",
        "as a fraction",
        "{half(3):.1f} is half of {kind!r}",
        "red paint",
        "blue paint",
        "how much",
        "A figure. It has two bars.",
    ]


def test_code_in_another_language_does_the_same():
    said = {
        "Half of n.\n\nArgs:\n    n: a number.": "n 的一半。\n\n参数：\n    n：一个数。",
        "as a fraction": "写成小数",
        "{half(3):.1f} is half of {kind!r}": "{kind!r} 的“一半”是 {half(3):.1f}",
        "A figure. It has two bars.": "一张图。" * 20,
    }
    other = code(CODE, lambda part: said.get(part, part))
    assert '"""n 的一半。\n\n    参数：\n        n：一个数。\n    """' in other
    assert "# 写成小数\n" in other
    assert "{kind!r} 的“一半”是 {half(3):.1f}" in other
    assert without_words(other) == without_words(CODE)
    assert max(map(len, other.splitlines())) < 100


@pytest.mark.parametrize(
    ("right", "wrong"), [("half(3)", "half(4)"), ("n / 2", "n // 2"), ('"not shown"', '"zh"')]
)
def test_code_that_does_something_else_is_told_from_it(right, wrong):
    assert without_words(CODE.replace(right, wrong)) != without_words(CODE)


def test_a_string_that_the_code_looks_something_up_by_stays():
    text = 'if ready("half"):\n    plots.bars({"a key": 1, "half": 2})\n'
    assert noted(text) == ["a key", "half"]
    assert noted(text + 'print(samples["a key"])') == ["half"]
    assert noted(text + 'plots.bars({}, other=["a key"])') == ["half"]


def test_what_a_figure_is_told_by_keywords_is_said():
    text = 'texts = {"caption": "What is seen.", "alt": "A line.", "kind": "none"}\n'
    assert noted(text) == ["What is seen.", "A line."]


def test_names_of_arguments_are_no_words():
    text = 'plots.interactive(f, green=plots.Slider(1, "green"), stills=[{"green": 2}])\n'
    assert noted(text) == ["green"]
    assert code(text, lambda part: "x").count('"green": 2') == 1


def test_only_the_docstrings_that_are_asked_for_are_said():
    text = CODE + '\n\ndef hidden():\n    """Of no stub."""\n'
    assert docstrings(text, lambda part: "x", ["Of no stub."]) == text.replace("Of no stub.", "x")


def test_prose_is_said_by_paragraph_item_and_row_and_its_rest_stays():
    text = "# One\n\nTwo lines\nof text.\n\n- an item\n  goes on\n- 12\n\n"
    text += "| a b | cd |\n| --- | --- |\n\n$$x$$"
    parts = ["# One", "Two lines of text.", "an item goes on", "| a b | cd |"]
    assert noted(text, prose) == parts
    assert prose(text, str) == text
    other = prose(text, lambda part: "字" if part in parts else part)
    assert other == "字\n\n字\n\n- 字\n- 12\n\n字\n| --- | --- |\n\n$$x$$"


@pytest.mark.parametrize("chapter", [*chapters().values(), *pages()], ids=lambda each: each.name)
def test_a_chapter_said_otherwise_has_the_same_cells_and_does_the_same(chapter):
    english = weave_committed(chapter)
    other = weave_committed(chapter, lambda part: f"“{part}”")
    for one, two in zip(english.cells, other.cells, strict=True):
        assert (one.id, one.metadata.get("nbgrader")) == (two.id, two.metadata.get("nbgrader"))
        if one.cell_type == "code":
            assert without_words(one.source) == without_words(two.source)
        elif words.WORD.search(one.source) and layout.role_of(one) != "written":
            assert one.source != two.source
