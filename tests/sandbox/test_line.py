"""The line between the two sides: what a submission writes to it can only spoil its own score."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import numpy as np
import pytest

from grader.sandbox import Sandbox, Session
from grader.sandbox.channel import Channel, ClosedError
from pix2net.judging import codec
from tests.sandbox.helpers import run

pytestmark = pytest.mark.some_chapters

FIND_LINE = """
import os, socket, gc
line = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() > 2)
def frame(value):
    from pix2net.judging import codec
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
            "def later():\n    time.sleep(1.0)\n"
            "    line.send(frame({'nonce': '0', 'status': 'returned', 'value': 42}))\n"
            "threading.Thread(target=later).start()"
        )
    )
    run(session, source)
    threading.Event().wait(1.2)
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
    assert "71" not in str(replace(outcome, seconds=0.0))
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


def test_a_peer_that_never_reads_does_not_block_the_trusted_side() -> None:
    ours, theirs = socket.socketpair()
    line, looks = Channel(ours, interval=0.01), []

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
    line, looks = Channel(ours, interval=0.01), []
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
    line = Channel(ours)
    theirs.close()
    with pytest.raises(ClosedError):
        line.exchange(b"question", 1000, lambda: None)
    line.close()
