"""Which assignments need new hidden inputs: their results were shown before hand-ins ended.

What feedback tells of a hidden case is worth nothing once its inputs are others. So a hand-in that
comes after results of its assignment were shown is graded on a key with a new secret seed, and all
hand-ins of that assignment with it: everybody on the same inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path

from grader.release.course_dir import ClassFolder
from grader.weave import layout

# What `course serve` has shown of an attempt, below the class folder.
SHOWN = "attempts/*/{}/*/shown.json"


def shown_before_the_last(folder: ClassFolder, assignments: Sequence[str]) -> list[str]:
    """Those of some assignments whose results were shown since their hidden key was made, and that
    have had a hand-in since then."""
    return [name for name in assignments if _is_one(folder, name)]


def _is_one(folder: ClassFolder, assignment: str) -> bool:
    key = folder.hidden_key(assignment)
    if not key.is_file():
        return False
    made = key.stat().st_mtime
    hand_ins = folder.root.glob(f"submitted/*/{assignment}/{layout.notebook_name(assignment)}")
    last = _latest(hand_ins, placed=True)
    # Pages are written for all at once; what is shown at hand-in, after each: the first one tells.
    pages = _latest(folder.root.glob(f"feedback/*/{assignment}/*.html"))
    at_hand_in = (path.stat().st_mtime for path in folder.root.glob(SHOWN.format(assignment)))
    first = min((when for when in at_hand_in if when > made), default=inf)
    return made < pages < last or first < last


def _latest(paths: Iterable[Path], *, placed: bool = False) -> float:
    """When the last of some files was written or put into its place, in seconds since 1970."""
    found = [path.lstat() for path in paths]
    return max((each.st_ctime if placed else each.st_mtime for each in found), default=0.0)
