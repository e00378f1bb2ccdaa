"""What the sandbox takes and gives: limits, results, errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pix2net.judging.driver import Raised

MIB = 2**20

# What a submission runs behind: name spaces that bubblewrap builds; the weaker wall for machines
# that refuse them; or nothing at all.
Wall = Literal["bubblewrap", "container", "none"]
CellStatus = Literal["ok", "error", "timeout", "memory", "killed"]


class SandboxUnavailable(RuntimeError):
    """This machine cannot build the sandbox; the message says what to install or change."""


class SandboxFailure(RuntimeError):
    """The sandbox's own machinery failed, through no doing of the submission."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds and bytes; all for its whole tree of processes.

    Attributes:
        cell_seconds: of one cell: CPU seconds of all its processes together, and wall seconds,
            without those in which they waited for a processor.
        call_seconds: of one call, counted alike.
        notebook_seconds: wall seconds so counted of all cells and calls of a notebook together, and
            the CPU seconds that reading and judging its answers takes; kept by the caller.
        reserve_seconds: seconds so counted, shared out evenly among a notebook's tasks: what each
            has left where the notebook's are used up before its turn.
        wall_factor: a cell, a call and a notebook end after so many times their seconds by the
            clock on the wall, however long they waited for a processor.
        judge_seconds: CPU seconds that judging one task's answers may take.
        memory: bytes of memory in use.
        processes: processes and threads at a time.
        file_size: bytes of one file.
        scratch: bytes of all files, temporary and shared memory together.
        output: bytes of outputs kept of a cell; more is cut.
        open_files: descriptors of one process.
    """

    cell_seconds: float = 30.0
    call_seconds: float = 20.0
    notebook_seconds: float = 180.0
    reserve_seconds: float = 90.0
    wall_factor: float = 4.0
    judge_seconds: float = 10.0
    memory: int = 2048 * MIB
    processes: int = 64
    file_size: int = 128 * MIB
    scratch: int = 256 * MIB
    output: int = MIB
    open_files: int = 256

    @property
    def longest(self) -> float:
        """Wall seconds after which nothing of a notebook runs any more, whatever it does."""
        return self.wall_factor * (self.notebook_seconds + self.reserve_seconds)


@dataclass(frozen=True)
class CellResult:
    """What running a cell brought back.

    Attributes:
        status: "ok"; "error" for an exception, `SystemExit` included; or why the session ended.
        outputs: nbformat v4 outputs, rebuilt by the trusted side and bounded; still untrusted
            content.
        raised: for "error".
        seconds: CPU seconds of the tree of processes.
    """

    status: CellStatus
    outputs: list[dict[str, Any]] = field(default_factory=list)
    raised: Raised | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Layer:
    """One layer of protection on this machine: its name, whether it is active, and details."""

    name: str
    active: bool
    detail: str
