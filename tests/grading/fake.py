"""A sandbox without a wall, for tests of what is decided outside it; it runs in this process.

A cell whose text holds ``DIE timeout`` (or memory, killed) ends the session so, and so does a call
that raises `Die`. A cell whose text holds ``TAKES 5`` takes 5 seconds, and so does each call of a
function whose documentation holds that; what takes longer than it may is a timeout. The machinery
itself can be told to fail.
"""

import contextlib
import io
import math
import re
from dataclasses import replace

from grader.sandbox import CellResult, Limits, SandboxFailure
from grader.sandbox.inside.reads import global_reads
from pix2net.judging import codec
from pix2net.judging.driver import Outcome, Raised, drive, load_function


class Die(BaseException):
    """Raised by a learner's function: ends the session with this status."""


class FakeSession:
    def __init__(self, owner):
        self.owner = owner
        self.alive = True
        self.spent = 0.0
        self.end = math.inf
        self.allowed = math.inf
        self.names = {"Die": Die, "__name__": "__main__"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.alive = False

    def allow(self, seconds):
        self.allowed = seconds

    def reads(self, sources):
        assert self.alive
        return frozenset(global_reads(sources, str))

    def run_cell(self, number, source):
        assert self.alive
        self.owner.log.append(("cell", number))
        self.owner.fail_if_told()
        if "DIE " in source:
            self.alive = False
            return CellResult(source.split("DIE ")[1].split()[0])
        if not self.takes(source):
            return CellResult("timeout")
        try:
            with contextlib.redirect_stdout(io.StringIO()) as shown:
                exec(compile(source, f"<cell {number}>", "exec"), self.names)
        except Exception as error:
            return CellResult("error", raised=Raised(type(error).__name__))
        text = shown.getvalue()
        outputs = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
        return CellResult("ok", outputs)

    def takes(self, text):
        """Let the time pass that a text says, unless that is too much."""
        told = re.match(r"(?s).*\bTAKES ([\d.]+)", text or "")
        seconds = float(told[1]) if told else 0.0
        self.spent += min(seconds, max(0.0, self.allowed))
        self.alive = seconds <= self.allowed
        return self.alive

    def call(
        self, name, inputs, *, scenario=None, uses=(), seconds=None, packed=None, room, alone
    ):  # fmt: skip
        assert self.alive
        self.owner.log.append(("call", name, codec.dumps(dict(inputs)), uses))
        self.owner.fail_if_told()
        if any(n not in self.names for n in (name, *uses)):
            return Outcome("missing")
        if not self.takes(getattr(self.names[name], "__doc__", "")):
            return Outcome("timeout")
        function = load_function(scenario) if scenario else None
        used = [self.names[n] for n in uses]
        try:
            given = codec.loads(codec.dumps(dict(inputs)))
            outcome = drive(function, self.names[name], used, given)
        except Die as death:
            self.alive = False
            return Outcome(str(death))
        if outcome.raised is not None:
            outcome = replace(outcome, raised=replace(outcome.raised, text="forged"))
        return outcome

    def read(self, name):
        if name not in self.names:
            return Outcome("missing")
        value = self.names[name]
        value = sorted(value) if isinstance(value, set) else value
        return Outcome("returned", codec.loads(codec.dumps(value)))


class FakeSandbox:
    wall = "bubblewrap"

    def __init__(self):
        self.limits = Limits()
        self.log = []
        self.failures = 0
        self.started = []
        self.closed = 0

    def session(self):
        self.started.append(FakeSession(self))
        return self.started[-1]

    @property
    def sessions(self):
        return len(self.started)

    def load_data(self):
        pass

    def close(self):
        self.closed += 1

    def fail_if_told(self):
        if self.failures:
            self.failures -= 1
            raise SandboxFailure("a wire came loose")
