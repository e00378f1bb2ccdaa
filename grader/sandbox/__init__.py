"""The trusted side of the sandbox: starts, asks, watches and ends what runs a submission.

    with Sandbox() as sandbox, sandbox.session() as session:
        session.run_cell(1, "def double(x): return 2 * x")
        session.call("double", {"x": 21}).value   # 42

See docs/sandbox-protocol.md for the line between the two sides and docs/threat-model.md for what
is promised.
"""

from grader.sandbox.api import (
    CellResult,
    Layer,
    Limits,
    SandboxFailure,
    SandboxUnavailable,
    Wall,
)
from grader.sandbox.bwrap import find_bwrap
from grader.sandbox.examine import layers
from grader.sandbox.session import Session
from grader.sandbox.warm import Sandbox

__all__ = [
    "CellResult",
    "Layer",
    "Limits",
    "Sandbox",
    "SandboxFailure",
    "SandboxUnavailable",
    "Session",
    "Wall",
    "find_bwrap",
    "layers",
]
