"""Whatever is handed in is graded or rejected with one sentence; nothing raises anything else."""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.handed_in.merge import merge
from pix2net.files import MAX_BYTES, Rejected, read_bounded
from tests.grading.conftest import to_bytes

NESTED = b"[" * 100_000 + b"]" * 100_000
HUGE = b'{"nbformat": ' + b"9" * 5000 + b"}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"print('hello')", "not valid JSON"),
        (b"<<<<<<< HEAD\n{", "not valid JSON"),
        (b"\x89PNG\r\n\x1a\n\x00", "not text in UTF-8"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[]", "not an object"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 3, "worksheets": 7}', "old format 3"),
        (b'{"nbformat": -1, "cells": []}', "old format -1"),
        (NESTED, "nested too deeply"),
        (HUGE, "not valid JSON"),
        (json.dumps({"nbformat": 4, "cells": [{}] * 5000}).encode(), "5000 cells"),
    ],
)
def test_what_is_no_notebook_is_rejected_with_the_reason(released, content, reason):
    with pytest.raises(Rejected, match=reason) as problem:
        merge(released, content)
    assert "\n" not in problem.value.reason


@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"\n\n"])
def test_a_byte_order_mark_is_no_reason(merged, finished, lead):
    assert merged(lead + to_bytes(finished)).cells == merged(finished).cells


def test_a_notebook_in_utf_16_is_read(merged, finished):
    content = to_bytes(finished).decode().encode("utf-16")
    assert merged(content).cells == merged(finished).cells


@pytest.mark.parametrize(
    "cell",
    [
        None, 7, [], "text", {"cell_type": "code"}, {"cell_type": [], "source": "x"},
        {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": ["a", 1]},
        {"cell_type": "heading", "source": "x"},
        {"cell_type": "code", "source": "x", "metadata": 3},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": [1]}},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": {}}}},
        {"cell_type": "code", "source": "x", "id": [], "metadata": {}},
        {"cell_type": "code", "source": "\ud800 \x00", "id": "\ud800"},
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": {
            "grade_id": "test_double", "points": 10**300, "grade": "x" * 10**5}}},
    ],
)  # fmt: skip
def test_a_strange_cell_does_not_keep_the_others_from_being_graded(merged, finished, cell):
    expected = [c for c in merged(finished).cells if c.role in ("answer", "test")]
    data = json.loads(to_bytes(finished))
    data["cells"].insert(2, cell)
    found = merged(data)
    kept = [c for c in found.cells if c.role in ("answer", "test")]
    assert [(c.task, c.source) for c in kept] == [(c.task, c.source) for c in expected]
    json.dumps(found.notebook).encode("utf-8")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["cells", "cell_type", "source", "metadata", "nbgrader", "grade_id", "id", "nbformat",
             "points", "worksheets", "input", "kernelspec", "language_info", "language", "name"]
        ),
        inner | st.sampled_from(["code", "markdown", "raw", "row_means", "test_double", 3, 4]),
        max_size=6,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(data=JSON)
def test_any_json_is_merged_or_rejected(released, data):
    try:
        found = merge(released, json.dumps(data).encode())
    except Rejected:
        return
    assert {c.task for c in found.cells if c.role == "test"}


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_rejected(released, content):
    with pytest.raises(Rejected):
        merge(released, content)


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "other.ipynb").write_text("{}")
    (tmp_path / "mine.ipynb").symlink_to(tmp_path / "other.ipynb")
    with pytest.raises(Rejected, match="is a link"):
        read_bounded(tmp_path / "mine.ipynb")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.ipynb")
    with pytest.raises(Rejected, match="named pipe"):
        read_bounded(tmp_path / "pipe.ipynb")


@pytest.mark.parametrize("name", ["folder", "/dev/zero", "absent", "a" * 5000, "nul\0"])
def test_what_is_no_file_is_rejected(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(Rejected):
        read_bounded(tmp_path / name)


def test_a_file_beyond_the_limit_is_rejected_unread(tmp_path):
    path = tmp_path / "big.ipynb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 1000)
    with pytest.raises(Rejected, match="larger than"):
        read_bounded(path)
