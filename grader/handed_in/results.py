"""What became of what was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

Status = Literal["new", "updated", "unchanged", "older"]


@dataclass(frozen=True)
class Collected:
    """A submission in its place; ``status`` says what became of what was there before.

    new, updated  it is now what was handed in
    unchanged     the same had been collected already
    older         a later one had been collected already and stays

    Attributes:
        source: the hand-in, as it was delivered.
    """

    student: str
    assignment: str
    path: Path
    received: datetime
    status: Status
    source: str = ""


@dataclass(frozen=True)
class NotCollected:
    """Something that was not collected, and why, in one sentence; whose it is, where known."""

    source: str
    reason: str
    student: str = ""


@dataclass(frozen=True)
class Doubtful:
    """A hand-in of which it is not sure whose it is or when it came, and where it lies."""

    student: str
    assignment: str
    source: str
    reason: str
    path: Path


@dataclass(frozen=True)
class CollectResult:
    """What was collected and what was not; ``notes`` are remarks of nbgrader's and ours."""

    collected: Sequence[Collected]
    refused: Sequence[NotCollected]
    notes: Sequence[str] = ()
    doubtful: Sequence[Doubtful] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "collected": [
                {**asdict(c), "path": str(c.path), "received": c.received.isoformat()}
                for c in self.collected
            ],
            "refused": [asdict(refused) for refused in self.refused],
            "doubtful": [{**asdict(d), "path": str(d.path)} for d in self.doubtful],
            "notes": list(self.notes),
        }
