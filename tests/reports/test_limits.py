"""The table of limits says what the code does."""

import json
import re
from dataclasses import fields

import pytest

from grader.handed_in.members import BOUNDS
from grader.handed_in.merge import DOUBLED, merge
from grader.handed_in.parse import MAX_CELLS, parse
from grader.reports import limits
from grader.sandbox import Limits
from grader.weave import layout
from pix2net.files import MAX_BYTES, Rejected


def test_the_page_is_what_the_code_says():
    page = limits.PAGE.read_text(encoding="utf-8")
    assert limits.written(page) == page, "run: python -m grader.reports.limits"


def test_every_limit_of_the_sandbox_is_in_it_with_its_meaning():
    table = limits.table()
    for field in fields(Limits):
        (row,) = [line for line in table.splitlines() if f"`{field.name}`:" in line]
        assert len(row) > len(field.name) + 40


def test_a_notebook_has_one_limit_wherever_it_is_read():
    assert BOUNDS.notebook == MAX_BYTES
    assert len(re.findall(r"^\| a notebook, .*16 MiB", limits.table(), re.MULTILINE)) == 1


def test_the_limit_of_cells_holds():
    with pytest.raises(Rejected, match=f"at most {MAX_CELLS} are graded"):
        parse(json.dumps({"nbformat": 4, "cells": [{}] * (MAX_CELLS + 1)}).encode())


def test_the_copy_that_counts_is_the_one_that_the_table_names():
    import nbformat

    released = nbformat.read(layout.COMMITTED / "02_knn.ipynb", as_version=4)
    text = nbformat.writes(released)
    book = json.loads(text)
    place = next(i for i, cell in enumerate(book["cells"]) if cell["id"] == "knn_predict")
    for source in ("first = 1", "second = 2", "".join(book["cells"][place]["source"])):
        book["cells"].append({**book["cells"][place], "source": source})
    merged = merge(released, json.dumps(book).encode())
    (cell,) = [c for c in merged.cells if c.task == "knn_predict" and c.role == "answer"]
    assert cell.source == "second = 2"
    assert any(DOUBLED in repair for repair in merged.repairs)
    assert DOUBLED in limits.table()


def test_no_other_page_gives_these_numbers():
    """They would be wrong one day."""
    for page in (layout.ROOT / "docs").glob("*.md"):
        if page != limits.PAGE:
            text = page.read_text(encoding="utf-8")
            assert not re.search(r"180 s a notebook|2 GiB of memory, 64|2,000 cells", text), page
