"""Woven notebooks: bytes, ids, roles and what nbgrader makes of them."""

import json
from pathlib import Path

import nbformat
from nbgrader.nbgraderformat import MetadataValidator

from grader.weave import layout, notebook
from grader.weave.student_version import student_version
from grader.weave.weave import filled, weave
from tests.fixtures import toy

TEXT = (Path(toy.__file__).with_suffix(".md")).read_text()
CHAPTER = toy.chapter.build()


def cells_by_id(text=TEXT):
    return {cell.id: cell for cell in weave(CHAPTER, text).cells}


def test_the_same_source_gives_the_same_bytes():
    assert notebook.to_text(weave(CHAPTER, TEXT)) == notebook.to_text(weave(CHAPTER, TEXT))


def test_ids_do_not_change_when_another_cell_does():
    before = cells_by_id()
    after = cells_by_id(TEXT.replace("First some words.", "First other words, and more."))
    assert len(set(before) - set(after)) == 1
    assert len(after) == len(before)


def test_ids_do_not_change_when_a_cell_is_put_before():
    longer = TEXT.replace("# A toy chapter", "# New\n\n+++\n\n# A toy chapter")
    assert set(cells_by_id()) < set(cells_by_id(longer))


def test_two_cells_of_the_same_text_have_two_ids():
    same = [cell for cell in weave(CHAPTER, TEXT).cells if cell.source == "The same words."]
    assert len({cell.id for cell in same}) == 2


def test_every_cell_has_a_role_and_every_task_an_answer_and_a_test():
    cells = weave(CHAPTER, TEXT).cells
    assert all(layout.role_of(cell) for cell in cells)
    roles = {(layout.role_of(c), layout.task_of(c)) for c in cells}
    for task in CHAPTER.tasks:
        expected = {("written", task)} if task == "w_why" else {("answer", task), ("test", task)}
        assert expected <= roles


def test_nbgrader_finds_its_metadata_valid_and_the_points_where_they_belong():
    woven = weave(CHAPTER, TEXT)
    MetadataValidator().validate_nb(woven)
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in woven.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert points == {
        "test_weighted_sums": 2, "test_running_total": 1.5, "test_Counter": 1, "test_q_sum": 1,
        "test_q_even": 1, "test_q_half": 1, "w_why": 3,
    }  # fmt: skip


def test_the_notebook_is_format_4_5_for_python_3_with_a_title():
    data = json.loads(notebook.to_text(weave(CHAPTER, TEXT)))
    assert (data["nbformat"], data["nbformat_minor"]) == (4, 5)
    assert data["metadata"]["kernelspec"]["name"] == "python3"
    assert data["metadata"]["title"] == "A toy chapter"


def test_a_question_is_asked_in_a_cell_that_cannot_be_edited():
    released = {cell.id: cell for cell in student_version(weave(CHAPTER, TEXT)).cells}
    prompt = released["prompt_q_sum"]
    assert prompt.source == (
        "**Question** (1 point)\n\nWhat is $1 + 1$?\n\n- **a**: two\n- **b**: three"
    )
    assert prompt.metadata.editable is False
    assert released["q_sum"].source == 'q_sum = None  # one of "a", "b"'


def test_a_rubric_is_for_the_instructor():
    assert "gives an example (2)" in cells_by_id()["w_why"].source
    released = {cell.id: cell for cell in student_version(weave(CHAPTER, TEXT)).cells}
    assert released["w_why"].source == "YOUR ANSWER HERE"


def test_the_student_version_leaves_the_instructor_notebook_alone():
    woven = weave(CHAPTER, TEXT)
    before = notebook.to_text(woven)
    student_version(woven)
    assert notebook.to_text(woven) == before


def test_nothing_of_a_solution_is_in_the_student_version():
    text = notebook.to_text(student_version(weave(CHAPTER, TEXT)))
    assert "SOLUTION" not in text
    assert '"stub"' not in text
    for secret in ("_weigh(", "SECRET_WEIGHTS", "accumulate", "_advance", "LIMIT", "remark"):
        assert secret not in text


def test_the_answers_of_the_filled_notebook_run_in_order():
    space = {}
    code = [c.source for c in filled(weave(CHAPTER, TEXT)).cells if c.cell_type == "code"]
    for source in code:
        if "check(" in source or "ready(" in source:
            continue
        exec(compile(source, "<cell>", "exec"), space)
    assert space["q_even"] == {"a", "c"}
    assert space["weighted_sums"]([[1, 1]]).tolist() == [8]
    assert "SOLUTION" not in notebook.to_text(filled(weave(CHAPTER, TEXT)))


def test_guesses_are_noted_in_the_filled_notebook_and_nothing_else_is():
    code = "my_guess = None  # a number\nother = None\nif guessed(my_guess):\n    print(1)"
    text = f"{TEXT}\n```{{code-cell}} ipython3\n{code}\n```\n"
    last = filled(weave(CHAPTER, text)).cells[-1].source
    assert last == code.replace("my_guess = None", "my_guess = 0")
    assert weave(CHAPTER, text).cells[-1].source == code


def test_woven_notebooks_are_read_back_as_they_were_written():
    woven = weave(CHAPTER, TEXT)
    assert nbformat.reads(notebook.to_text(woven), as_version=4) == woven
