"""Serves requests on the line, one at a time: run a cell, or call what the cells defined.

Each request carries a random nonce that its reply repeats, so a reply cannot be written before
its question was asked. Everything here shares a process with the learner's code and is believed
by nobody.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from grader.sandbox.inside import wire as lines
from grader.sandbox.inside.calm import Calm
from grader.sandbox.inside.reads import global_reads
from grader.sandbox.inside.shell import Shell, lookup, run_cell, set_streams
from pix2net.judging import codec, driver

THREAD_SECONDS = 0.5


def serve(line: socket.socket, shell: Shell, calm: Calm) -> None:
    """Answer requests until the trusted side closes the line.

    Args:
        calm: the state that a right answer may rely on.
    """
    own, leave = os.getpid(), os._exit
    lines.send(line, {"ready": True})
    while True:
        try:
            request = lines.receive(line)
        except lines.LineClosedError:
            return
        handlers = {"cell": _cell, "call": _call, "read": _read, "names": _names}
        reply = handlers[request["op"]](shell, calm, request)
        if os.getpid() != own:
            leave(0)  # a fork of the learner's that came back from their code: one may answer
        reply["nonce"] = request["nonce"]
        try:
            lines.send(line, reply, request["room"])
        except codec.CodecError:
            lines.send(line, {"nonce": request["nonce"], "status": "unreadable"})


def _cell(shell: Shell, calm: Calm, request: dict[str, Any]) -> dict[str, Any]:
    before = set(threading.enumerate())

    def tidy() -> None:
        calm.restore_modules()
        with suppress(Exception):
            wait_for_threads(before)

    error = run_cell(shell, request["number"], request["source"], tidy)
    raised = None if error is None else describe(error)
    return {"status": "ok", "raised": raised, "outputs": shell.recorder.finish()}


def wait_for_threads(before: set[threading.Thread]) -> None:
    """Give threads that a cell has started a moment to end, so that what they print, or that they
    end the process, is told of this cell and not of the next one."""
    end = time.monotonic() + THREAD_SECONDS
    for thread in threading.enumerate():
        if thread not in before:
            thread.join(max(0.0, end - time.monotonic()))


def _names(shell: Shell, calm: Calm, request: dict[str, Any]) -> dict[str, Any]:
    return {"names": global_reads(request["sources"], shell.transform_cell)}


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as plain data; for a cell that does not compile, the line that it names."""
    raised = driver.describe_error(error)
    file, number = raised.file, raised.line
    if isinstance(error, SyntaxError) and file is None:
        file, number = error.filename, error.lineno
    return {"type": raised.type_name, "message": raised.message, "file": file, "line": number}


def _call(shell: Shell, calm: Calm, request: dict[str, Any]) -> dict[str, Any]:
    found = lookup(shell.user_ns, (request["name"], *request["uses"]))
    if found is None:
        return {"status": "missing"}
    calm.restore()
    shell.recorder.start(active=False)
    set_streams(shell.recorder)
    try:
        scenario = driver.load_function(request["scenario"]) if request["scenario"] else None
        outcome = driver.drive(scenario, found[0], found[1:], request["inputs"])
        return {
            "status": outcome.status,
            "value": outcome.value,
            "changed": list(outcome.changed),
            "raised": outcome.raised and _place(outcome.raised),
        }
    except BaseException as error:  # SystemExit, KeyboardInterrupt and their like
        return {"status": "raised", "raised": describe(error)}
    finally:
        _tidy(shell, calm)


def _read(shell: Shell, calm: Calm, request: dict[str, Any]) -> dict[str, Any]:
    found = lookup(shell.user_ns, (request["name"],))
    if found is None:
        return {"status": "missing"}
    value = found[0]
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)  # data has no sets
        calm.restore_modules()  # a value's own methods may have run
    return {"status": "returned", "value": value}


def _place(raised: driver.Raised) -> dict[str, Any]:
    return {"type": raised.type_name, "message": "", "file": raised.file, "line": raised.line}


def _tidy(shell: Shell, calm: Calm) -> None:
    """Close what a check drew, throw away what it printed, put back what it replaced."""
    calm.restore_modules()
    calm.restore_warnings()
    set_streams(shell.recorder)
    with suppress(Exception):
        shell.files.drain(shell.recorder)
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and pyplot.get_fignums():
            pyplot.close("all")


def reset_signals() -> None:
    """Give signals their default meaning, Ctrl-C that of a notebook."""
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
