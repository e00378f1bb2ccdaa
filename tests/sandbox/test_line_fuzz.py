"""Whatever bytes and values arrive on the line: parsed, or refused by the parser's own error."""

from __future__ import annotations

import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.sandbox import Session
from grader.sandbox.channel import UnreadableError, parse
from grader.sandbox.outputs import rebuild
from pix2net.judging import codec
from tests.sandbox.values import hostile, plain

pytestmark = pytest.mark.some_chapters


@given(plain)
def test_plain_data_arrives_as_it_was_sent(value: object) -> None:
    np.testing.assert_equal(codec.loads(codec.dumps(value)), value)
    assert codec.dumps(codec.loads(codec.dumps(value))) == codec.dumps(value)


@settings(max_examples=300, deadline=None)
@given(plain, st.data())
def test_a_message_with_bytes_changed_is_a_message_or_an_error_of_the_parser(
    value: object, data: st.DataObject
) -> None:
    message = bytearray(codec.dumps(value))
    for _ in range(data.draw(st.integers(1, 4))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 8))
    with suppress(UnreadableError):
        parse(bytes(message[: len(message) - cut]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xff\xff\xff")
def test_any_bytes_are_a_message_or_an_error_of_the_parser(message: bytes) -> None:
    with suppress(codec.CodecError):
        codec.loads(message)
    with suppress(UnreadableError):
        parse(message)


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {"status": st.sampled_from(["returned", "raised", "missing", "x"]) | hostile},
        optional={
            "value": hostile,
            "changed": hostile | st.lists(st.sampled_from(["x", "y"]) | hostile),
            "raised": hostile
            | st.fixed_dictionaries(
                {"type": hostile, "message": hostile, "file": hostile, "line": hostile}
            ),
        },
    )
)
def test_any_reply_is_an_outcome_or_unreadable(reply: dict[str, object]) -> None:
    session = Session.__new__(Session)
    session._lines = {1: 3}
    try:
        outcome = session._outcome(codec.loads(codec.dumps(reply)), {"x": 1}, 0.0)
    except UnreadableError:
        return
    assert set(outcome.changed) <= {"x"}
    assert outcome.raised is None or outcome.raised.message == outcome.raised.text == ""


def test_outputs_of_arrays_where_text_belongs_are_dropped() -> None:
    strange = np.zeros(3)
    parts = ("output_type", "name", "text", "data", "ename", "evalue", "traceback")
    for kind in ("stream", "display_data", "execute_result", "error"):
        for part in parts:
            output = {**dict.fromkeys(parts, "x"), "output_type": kind, part: strange}
            rebuild([output, strange], 1000)
    assert rebuild([{"output_type": "stream", "name": strange, "text": "x"}], 1000) == []


def test_keys_that_could_be_chosen_to_collide_do_not_cross() -> None:
    chosen = {np.complex128(complex(10.0**11 - 1000003 * i, i)): i for i in range(5)}
    assert len(set(map(hash, chosen))) == 1
    assert isinstance(codec.loads(codec.dumps(chosen)), codec.Opaque)
    pairs = [[{"$s": ["<c16", 16 * i]}, i] for i in range(5)]
    header = json.dumps({"$d": pairs}).encode()
    with pytest.raises(UnreadableError):
        parse(len(header).to_bytes(4, "big") + header + np.array(list(chosen)).tobytes())
    assert codec.loads(codec.dumps({np.int64(3): 1, np.bool_(True): 2})) == {3: 1, True: 2}


def test_a_boolean_counts_once_whatever_its_byte_says() -> None:
    header = b'{"$a":["|b1",[3],0]}'
    masked = parse(len(header).to_bytes(4, "big") + header + b"\x00\x02\xff")
    assert masked.sum() == 2
    assert masked.view(np.uint8).max() == 1


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["$a", "$t", "$d", "$s", "$o", "<f8", "|b1"]),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.sampled_from(["$a", "$t", "$d", "$s", "$o", "x"]), parts, max_size=2)
        | st.tuples(
            st.just("<f8"), st.lists(st.integers(-2, 2**41), max_size=3), st.integers(-1, 99)
        ).map(lambda parts: {"$a": list(parts)})
    ),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None)
@given(json_values, st.binary(max_size=64))
def test_any_header_is_a_message_or_an_error_of_the_parser(header: object, buffers: bytes) -> None:
    text = json.dumps(header).encode()
    with suppress(UnreadableError):
        parse(len(text).to_bytes(4, "big") + text + buffers)


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 100_000,
        b"[" + b"1," * 5_000_000 + b"1]",
        b'{"$a":["<f8",[1099511627775,1099511627775],0]}',
        b"1" * 10_000,
        b'{"$a":["<f8",[0,1099511627775,1099511627775],0]}',
        b'"\\ud800"',
        b"NaN",
    ],
    ids=["deep", "many", "huge array", "long number", "empty but huge", "surrogate", "nan"],
)
def test_messages_that_would_cost_memory_are_refused_or_small(header: bytes) -> None:
    try:
        value = parse(len(header).to_bytes(4, "big") + header)
    except UnreadableError:
        return
    assert len(str(value)) < 200


@settings(deadline=None)
@given(st.lists(json_values, max_size=6))
def test_whatever_a_process_sends_as_outputs_becomes_valid_and_small(
    untrusted: list[object],
) -> None:
    nbformat = pytest.importorskip("nbformat")
    made = rebuild(untrusted, 1000)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=made)])
    nbformat.validate(notebook)


shaped = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "display_data", "execute_result", "error", "x"])},
    optional={
        "name": st.sampled_from(["stdout", "stderr", "other", 3]),
        "text": st.text(max_size=2000) | st.integers(),
        "data": st.dictionaries(
            st.sampled_from(["text/plain", "text/html", "image/png", "application/javascript"]),
            st.text(max_size=900) | st.none(),
        ),
        "ename": st.text(),
        "evalue": st.text(),
        "traceback": st.lists(st.text() | st.integers()),
        "execution_count": st.integers() | st.text(),
    },
)


@settings(deadline=None)
@given(st.lists(shaped, max_size=5))
def test_outputs_that_look_right_are_bounded_and_hold_known_kinds_only(
    untrusted: list[object],
) -> None:
    nbformat = pytest.importorskip("nbformat")
    made = rebuild(untrusted, 1000)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=made)])
    nbformat.validate(notebook)
    assert "application/javascript" not in json.dumps([list(o.get("data", {})) for o in made])
    assert sum(len(str(output).encode("utf-8")) for output in made) < 20_000
