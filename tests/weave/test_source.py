"""Slots in a chapter's text: each task of the hidden half once, and nothing else."""

from pathlib import Path

import pytest

from grader.weave.source import SourceError, read
from tests.fixtures import toy

TEXT = (Path(toy.__file__).with_suffix(".md")).read_text()
CHAPTER = toy.chapter.build()


def problems(text):
    with pytest.raises(SourceError) as caught:
        read(text, CHAPTER, "course/01_toy.md")
    return caught.value.problems


def test_slots_split_the_text_around_them():
    pieces = read(TEXT, CHAPTER, "course/01_toy.md")
    assert [p.text for p in pieces if p.kind == "slot"] == [
        "weighted_sums", "running_total", "q_sum", "Counter", "q_even", "q_half", "w_why",
    ]  # fmt: skip
    assert [p.text for p in pieces if p.kind == "prose"][:3] == [
        "# A toy chapter",
        "First some words.",
        "Words between two slots.",
    ]


def test_pieces_know_their_line_in_the_file():
    lines = TEXT.split("\n")
    for piece in read(TEXT, CHAPTER, "course/01_toy.md"):
        if piece.kind == "slot":
            assert lines[piece.line - 1] == f"```{{{piece.word}}} {piece.text}"
        elif piece.kind == "prose":
            assert lines[piece.line - 1] == piece.text.split("\n")[0]


def test_a_slot_shown_inside_a_longer_fence_is_text():
    pieces = read(TEXT, CHAPTER, "course/01_toy.md")
    assert any("{exercise} nothing" in p.text for p in pieces if p.kind == "prose")


def test_tags_of_code_cells_stay():
    code = [p for p in read(TEXT, CHAPTER, "course/01_toy.md") if p.kind == "code"]
    assert code[0].tags == ("hide-input",)
    assert code[0].text.startswith("import numpy as np")


def test_an_unknown_slot_is_told_with_its_line_and_the_near_match():
    found = problems(TEXT.replace("{exercise} weighted_sums", "{exercise} weighted_sum"))
    line = TEXT.split("\n").index("```{exercise} weighted_sums") + 1
    assert f"course/01_toy.md:{line}: " in found[0]
    assert "did you mean weighted_sums?" in found[0]


def test_a_task_without_a_slot_is_told():
    found = problems(TEXT.replace("```{question} q_half\n```\n", ""))
    assert len(found) == 1
    assert "the question q_half of the hidden half has no slot" in found[0]


def test_a_doubled_slot_is_told_with_both_lines():
    found = problems(TEXT + "\n```{question} q_half\n```\n")
    assert len(found) == 1
    assert found[0].startswith(f"course/01_toy.md:{len(TEXT.splitlines()) + 2}: ")
    first = TEXT.split("\n").index("```{question} q_half") + 1
    assert f"already has a slot in line {first}" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{question} q_half", "{exercise} q_half", "q_half is a question"),
        ("{question} q_half\n", "{question} q_half\nhalf\n", "from the hidden half"),
        ("{exercise} Counter", "{exercise}", "a slot names one task"),
        ("{exercise} Counter", "{excercise} Counter", "did you mean {exercise}?"),
        ("```{exercise} Counter\n```", "- a\n  ```{exercise} Counter\n  ```", "left margin"),
    ],
)
def test_a_malformed_slot_is_told(old, new, sentence):
    assert sentence in "\n".join(problems(TEXT.replace(old, new)))


def test_all_problems_are_told_together_in_the_order_of_lines():
    text = TEXT.replace("{exercise} weighted_sums", "{exercise} weighted").replace(
        "{question} w_why", "{question} w_whence"
    )
    lines = [int(problem.split(":")[1]) for problem in problems(text)]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_text_in_an_exercises_slot_says_what_it_leads_to():
    text = TEXT.replace("{exercise} Counter\n", "{exercise} Counter\nWith it you *count*.\n")
    (slot,) = [p for p in read(text, toy.chapter.build(), "01_toy.md") if p.text == "Counter"]
    assert slot.lead == "With it you *count*."
