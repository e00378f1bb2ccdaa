"""The line between the two sides: what a submission writes to it can only spoil its own score."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.kit import codec
from grader.sandbox import Sandbox, Session
from grader.sandbox.line import ClosedError, Line, UnreadableError, parse
from grader.sandbox.outputs import rebuild
from tests.sandbox.helpers import run
from tests.sandbox.values import hostile, plain

FIND_LINE = """
import os, socket, gc
line = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() > 2)
def frame(value):
    from grader.kit import codec
    body = codec.dumps(value)
    return len(body).to_bytes(4, "big") + body
def answer(x):
    return x + 1
"""


@pytest.mark.parametrize(
    "attack",
    [
        "line.send(b'garbage that is no frame')",
        "line.send(frame({'nonce': 'guessed', 'status': 'returned', 'value': 42}))",
        "line.send((2**31).to_bytes(4, 'big'))",
        "line.send(frame([1, 2, 3]))",
        "line.send(b'\\0')",
    ],
    ids=["garbage", "forged frame", "huge length", "wrong shape", "one byte"],
)
def test_writing_to_the_line_spoils_the_writers_own_session(sandbox: Sandbox, attack: str) -> None:
    with sandbox.session() as session:
        run(session, FIND_LINE)
        run(session, f"def f(x):\n    {attack}\n    return x", 2)
        outcome = session.call("f", {"x": 1})
        assert (outcome.status, outcome.value) == ("unreadable", None)
        assert not session.alive
    with sandbox.session() as session:
        run(session, FIND_LINE)
        assert session.call("answer", {"x": 1}).value == 2


def test_an_answer_before_its_question_is_not_taken(session: Session) -> None:
    source = (
        FIND_LINE
        + "import threading, time\n"
        + (
            "def later():\n    time.sleep(0.3)\n"
            "    line.send(frame({'nonce': '0', 'status': 'returned', 'value': 42}))\n"
            "threading.Thread(target=later).start()"
        )
    )
    run(session, source)
    threading.Event().wait(0.6)
    assert session.call("answer", {"x": 1}).status == "unreadable"


def test_answers_after_the_answer_are_not_taken(session: Session) -> None:
    source = FIND_LINE + (
        "def f(x):\n    import sys\n"
        "    known = (g.f_locals for g in frames())\n"
        "    nonce = next(v['request'] for v in known if 'request' in v)['nonce']\n"
        "    good = frame({'nonce': nonce, 'status': 'returned', 'value': 42, 'changed': []})\n"
        "    line.send(good + good)\n"
        "    os._exit(0)\n"
        "def frames():\n    import sys\n    at = sys._getframe()\n"
        "    while at:\n        yield at\n        at = at.f_back\n"
    )
    run(session, source)
    outcome = session.call("f", {"x": 1})
    assert outcome.status == "unreadable"


def test_a_forged_answer_in_time_is_only_the_answer_to_that_one_case(session: Session) -> None:
    """It may as well have been returned: the value is judged like any other."""
    source = FIND_LINE + (
        "def f(x):\n    import sys\n    at = sys._getframe()\n"
        "    while 'request' not in at.f_locals:\n        at = at.f_back\n"
        "    nonce = at.f_locals['request']['nonce']\n"
        "    line.send(frame({'nonce': nonce, 'status': 'returned', 'value': 42, 'changed': []}))\n"
        "    return x\n"
    )
    run(session, source)
    first = session.call("f", {"x": 1})
    assert (first.status, first.value) in [("returned", 42), ("unreadable", None)]
    if session.alive:
        assert session.call("f", {"x": 1}).status == "unreadable"


def test_closing_the_line_ends_the_session(session: Session) -> None:
    run(session, FIND_LINE + "def f(x):\n    line.shutdown(2)\n    line.close()")
    assert session.call("f", {"x": 1}).status == "killed"


def test_requests_larger_than_the_sockets_buffer_arrive(session: Session) -> None:
    run(session, "def f(x): return x")
    x = np.random.default_rng(0).standard_normal((1000, 500))
    assert np.array_equal(session.call("f", {"x": x}).value, x)


def test_an_answer_that_is_too_large_is_unreadable_and_the_session_goes_on(
    session: Session,
) -> None:
    run(session, "import numpy as np\ndef f(x): return np.zeros(9 * 2**20)\ndef g(x): return x")
    assert session.call("f", {"x": 1}).status == "unreadable"
    assert session.call("g", {"x": 1}).value == 1


def test_what_cannot_cross_arrives_as_the_name_of_its_type(session: Session) -> None:
    source = """
import numpy as np
def f(x):
    hidden = type(f"Input{x}", (), {})()
    return [lambda: 0, {1, 2}, (hidden,), {"key": np.array([hidden]), "text": np.array(["a" * x])}]
"""
    run(session, source)
    function, a_set, (hidden,), arrays_of = session.call("f", {"x": 71}).value
    assert [function.type_name, a_set.type_name, hidden.type_name] == ["function", "set", "object"]
    assert arrays_of["key"].type_name == "numpy.ndarray of object"
    assert arrays_of["text"].type_name == "numpy.ndarray"


def test_an_object_that_equals_everything_does_not_cross(session: Session) -> None:
    run(session, "class Right:\n    def __eq__(self, other): return True\ndef f(x): return Right()")
    assert isinstance(session.call("f", {"x": 1}).value, codec.Opaque)


def test_texts_from_inside_a_call_do_not_come_back(session: Session) -> None:
    source = """
def f(x):
    import sys
    print("hidden input", x)
    print("hidden input", x, file=sys.stderr)
    raise type("Hidden" + str(x), (Exception,), {})("hidden input " + str(x))
"""
    run(session, source)
    outcome = session.call("f", {"x": 71})
    assert "71" not in str(outcome)
    assert outcome.raised is not None
    assert (outcome.raised.type_name, outcome.raised.line) == ("Exception", 6)
    assert "71" not in str(session.run_cell(2, "print('next')").outputs)


def test_inputs_that_a_call_changes_are_named(session: Session) -> None:
    run(session, "def f(x, y):\n    x += 1\n    return y")
    outcome = session.call("f", {"x": np.zeros(3), "y": np.ones(2)})
    assert outcome.changed == ("x",)


def test_a_scenario_drives_what_the_learner_defined(session: Session) -> None:
    run(
        session,
        "class Counter:\n    n = 0\n    def up(self): self.n += 1\ndef add(a, b): return a + b",
    )
    scenario = """
def scenario(Counter, add, times):
    counter = Counter()
    for _ in range(times):
        counter.up()
    return np.array([counter.n, add(counter.n, 1)])
"""
    outcome = session.call("Counter", {"times": 3}, scenario=scenario, uses=("add",))
    assert outcome.value.tolist() == [3, 4]


@pytest.mark.parametrize(
    ("source", "status"),
    [("", "missing"), ("f = 3", "not_callable"), ("def f(x): return None", "returned")],
)
def test_what_cannot_be_called_is_told_apart(session: Session, source: str, status: str) -> None:
    run(session, source)
    assert session.call("f", {"x": 1}).status == status


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


@pytest.mark.parametrize(
    "reply",
    ["{'nonce': np.zeros(3)}", "{'nonce': nonce, 'status': np.zeros(3)}",
     "{'nonce': nonce, 'status': 'returned', 'value': 1, 'changed': [np.zeros(3)]}",
     "{'nonce': nonce, 'status': 'raised', 'raised': np.zeros(3)}",
     "{'nonce': nonce, 'status': 'raised', 'raised': {'type': np.zeros(2), 'file': np.zeros(2)}}",
     "{'nonce': nonce, 'status': 'returned', 'value': {np.float64(i): i for i in range(9)}}",
     "np.zeros(3)", "{np.int64(3): 1}", "'x' * 10**6", "{}"],
)  # fmt: skip
def test_a_reply_of_arrays_where_text_belongs_is_judged_or_unreadable(
    session: Session, reply: str
) -> None:
    source = FIND_LINE + (
        "import numpy as np, sys\ndef f(x):\n    at = sys._getframe()\n"
        "    while 'request' not in at.f_locals:\n        at = at.f_back\n"
        "    nonce = at.f_locals['request']['nonce']\n"
        f"    line.send(frame({reply}))\n    os._exit(0)"
    )
    run(session, source)
    assert session.call("f", {"x": 1}).status in ("returned", "raised", "unreadable", "killed")


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


def test_a_peer_that_never_reads_does_not_block_the_trusted_side() -> None:
    ours, theirs = socket.socketpair()
    line, looks = Line(ours, interval=0.01), []

    def watch() -> None:
        looks.append(1)
        if len(looks) > 5:
            raise InterruptedError

    with theirs, pytest.raises(InterruptedError):
        line.exchange(b"x" * 50_000_000, 1000, watch)
    line.close()


@pytest.mark.parametrize("drip", [b"\0", b"\0\0\0\x09", b"\0\0\0\x02x"])
def test_a_peer_that_answers_by_drops_is_watched(drip: bytes) -> None:
    ours, theirs = socket.socketpair()
    line, looks = Line(ours, interval=0.01), []
    theirs.send(drip)

    def watch() -> None:
        looks.append(1)
        if len(looks) > 3:
            raise InterruptedError

    with theirs, pytest.raises(InterruptedError):
        line.exchange(b"", 1000, watch)
    line.close()


def test_a_closed_line_is_told_as_such() -> None:
    ours, theirs = socket.socketpair()
    line = Line(ours)
    theirs.close()
    with pytest.raises(ClosedError):
        line.exchange(b"question", 1000, lambda: None)
    line.close()
