"""Rule 4: what is graded is the released notebook with the student's answers put into it."""

import copy
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.grading.conftest import cell_of, index_of, to_bytes


def shape(merged):
    return [(c.role, c.task) for c in merged.cells]


def sources(merged):
    return [c.source for c in merged.cells]


def at(merged, role, task):
    return next(c for c in merged.cells if (c.role, c.task) == (role, task))


@pytest.fixture
def clean(merged, finished):
    return merged(finished)


def test_an_honest_notebook_is_taken_as_it_is(clean, finished):
    assert sources(clean) == [cell.source for cell in finished.cells]
    assert clean.repairs == ()
    assert clean.untouched == frozenset()
    nbformat.validate(clean.notebook)


def test_an_untouched_notebook_has_no_answers(merged, released, chapter):
    assert merged(released).untouched == set(chapter.tasks)


def test_test_cells_are_judged_and_not_run(clean):
    assert {c.role for c in clean.cells if c.kind == "code" and not c.run} == {"test"}


@pytest.mark.parametrize("name", ["row_means", "test_row_means", "test_q_one", "w_why"])
def test_rule_04_a_deleted_cell_is_put_back_and_reported(merged, finished, clean, name):
    del finished.cells[index_of(finished, name)]
    found = merged(finished)
    assert shape(found) == shape(clean)
    assert len(found.repairs) == 1
    assert "was missing and has been put back" in found.repairs[0]
    assert name.removeprefix("test_") in found.repairs[0]


def test_rule_04_points_ids_and_metadata_come_from_the_release(merged, finished, clean):
    cell = cell_of(finished, "test_row_means")
    cell.metadata["nbgrader"]["points"] = 1000
    cell.metadata["nbgrader"]["solution"] = True
    cell.metadata["course"]["task"] = "double"
    cell["source"] = "print('full marks')"
    found = merged(finished)
    assert found.notebook == clean.notebook
    assert any("Settings of the cell that checks row_means" in r for r in found.repairs)
    assert any("The cell that checks row_means had been changed" in r for r in found.repairs)


def test_rule_04_the_last_filled_of_several_answer_cells_counts(merged, finished, released):
    place = index_of(finished, "row_means")
    first = copy.deepcopy(finished.cells[place])
    first.source, first["id"] = "def row_means(X):\n    return 'first'", "one"
    last = copy.deepcopy(cell_of(released, "row_means"))
    last["id"] = "three"
    finished.cells[place:place] = [first]
    finished.cells.append(last)
    found = merged(finished)
    assert at(found, "answer", "row_means").source == finished.cells[place + 1].source
    assert [c.source for c in found.cells if c.role == "added"] == [first.source]
    assert shape(found).index(("added", None)) < shape(found).index(("answer", "row_means"))
    assert any("was there 3 times" in r for r in found.repairs)


def test_a_copy_turned_into_text_does_not_count_over_code(merged, finished, clean):
    place = index_of(finished, "row_means")
    note = new_markdown_cell("my old attempt", metadata=finished.cells[place].metadata)
    finished.cells.insert(place + 1, note)
    assert at(merged(finished), "answer", "row_means") == at(clean, "answer", "row_means")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_rule_04_an_answer_turned_into_another_kind_of_cell_is_code_again(
    merged, finished, clean, kind
):
    data = json.loads(to_bytes(finished))
    cell = data["cells"][index_of(finished, "row_means")]
    cell["cell_type"] = kind
    cell.pop("outputs")
    found = merged(data)
    assert found.cells == clean.cells
    assert f"had become a {kind} cell" in found.repairs[0]


def test_rule_04_reordered_cells_stand_in_the_released_order(merged, finished, clean):
    finished.cells.reverse()
    found = merged(finished)
    assert found.cells == clean.cells
    assert any("another order" in r for r in found.repairs)


def test_added_cells_stay_behind_the_released_cell_before_them(merged, finished):
    place = index_of(finished, "test_row_means")
    finished.cells.insert(place, new_code_cell("helper = 1"))
    finished.cells.insert(0, new_code_cell("first = 1"))
    found = merged(finished)
    assert found.cells[0].source == "first = 1"
    assert shape(found)[place : place + 3] == [
        ("answer", "row_means"), ("added", None), ("test", "row_means"),
    ]  # fmt: skip
    assert found.repairs == ()


def test_an_answer_typed_into_a_new_cell_counts(merged, finished):
    place = index_of(finished, "row_means")
    answer = finished.cells[place].source
    finished.cells[place] = new_code_cell(answer)
    found = merged(finished)
    where = {cell.source: cell.number for cell in found.cells}
    assert not at(found, "answer", "row_means").run
    assert where[answer] < at(found, "test", "row_means").number


def test_an_added_cell_is_before_a_deleted_test_cell(merged, finished):
    place = index_of(finished, "test_row_means")
    finished.cells[place] = new_code_cell("helper = 1")
    roles = shape(merged(finished))
    assert roles.index(("added", None)) < roles.index(("test", "row_means"))


def test_an_edited_given_cell_runs_as_released_and_then_as_edited(merged, finished):
    place = next(i for i, c in enumerate(finished.cells) if c.cell_type == "code")
    given = finished.cells[place].source
    finished.cells[place].source = "import numpy as np\nimport scipy"
    found = merged(finished)
    assert sources(found)[place : place + 2] == [given, "import numpy as np\nimport scipy"]
    assert [c.run for c in found.cells[place : place + 2]] == [True, True]
    assert "what you made of it is kept" in found.repairs[0]


def test_a_notebook_without_cell_names_is_matched_by_its_texts(merged, finished, clean):
    data = json.loads(to_bytes(finished))
    data["nbformat_minor"] = 4
    for cell in data["cells"]:
        del cell["id"]
    found = merged(data)
    assert found.cells == clean.cells
    assert found.repairs == ()


def test_answers_survive_a_tool_that_drops_all_metadata(merged, finished, clean):
    data = json.loads(to_bytes(finished))
    for cell in data["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    found = merged(data)
    added = {c.source: c.number for c in found.cells if c.role == "added"}
    for cell in clean.cells:
        if cell.role == "answer":
            assert added[cell.source] < at(found, "test", cell.task).number


def test_the_same_submission_is_merged_the_same(merged, finished):
    assert merged(finished) == merged(finished)
    assert merged(finished).digest != merged(to_bytes(finished) + b" ").digest


def test_outputs_of_a_submission_are_not_kept(merged, finished):
    cell_of(finished, "row_means").outputs = [
        nbformat.v4.new_output("stream", text="<script>alert(1)</script>")
    ]
    assert "script" not in nbformat.writes(merged(finished).notebook)


def test_raw_cells_become_prose_since_pages_show_them_as_they_are(merged, finished):
    finished.cells.append(nbformat.v4.new_raw_cell("<script>alert(1)</script>"))
    assert merged(finished).cells[-1].kind == "markdown"


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4, 5, 9])
def test_every_minor_version_of_format_4_is_read(merged, finished, clean, minor):
    data = json.loads(to_bytes(finished))
    data["nbformat_minor"] = minor
    assert merged(data).cells == clean.cells


def test_format_3_is_read(merged, finished, clean):
    old = nbformat.convert(copy.deepcopy(finished), 3)
    found = merged(json.dumps(old).encode())
    assert found.cells == clean.cells
    assert "old format 3" in found.repairs[0]


def test_another_kernel_is_reported_and_ignored(merged, finished, clean):
    finished.metadata["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    finished.metadata["language_info"] = {"name": "R"}
    found = merged(finished)
    assert found.notebook == clean.notebook
    assert "another language" in found.repairs[0]
