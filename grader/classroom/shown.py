"""Which assignments need new hidden inputs: their results were shown before hand-ins ended.

What feedback tells of a hidden case is worth nothing once its inputs are others. So a hand-in that
comes after results of its assignment were shown is graded on a key with a new secret seed, and all
hand-ins of that assignment with it: everybody on the same inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path

from grader.classroom.records import Records, Stood
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import Rejected, digest, read_bounded

# What `course serve` has shown of an attempt, below the class folder.
SHOWN = "attempts/*/{}/*/shown.json"


def shown_before_the_last(folder: ClassFolder, assignments: Sequence[str]) -> list[str]:
    """Those of some assignments whose results were shown since their hidden key was made, and that
    have had a hand-in since then."""
    return [name for name in assignments if _is_one(folder, name)]


def standing(records: Records, student: str, assignment: str, notebook: Path) -> Stood | None:
    """What stands in a hand-in's place, and since when; None for what cannot be read.

    It stands there since the file system says so or, if the record of it knows the same content
    from earlier, since then: what is the same was not made with what was shown meanwhile.
    """
    try:
        found = digest(read_bounded(notebook))
        since = _placed(notebook)
    except (OSError, Rejected):
        return None
    known = records.stood(student, assignment)
    same = known is not None and known.sha256 == found
    return Stood(found, min(since, known.since) if known is not None and same else since)


def _is_one(folder: ClassFolder, assignment: str) -> bool:
    key = folder.hidden_key(assignment)
    if not key.is_file():
        return False
    made = key.stat().st_mtime
    # Pages are written for all at once; what is shown at hand-in, after each: the first one tells.
    pages = _written(folder.root.glob(f"feedback/*/{assignment}/*.html"))
    at_hand_in = _written(folder.root.glob(SHOWN.format(assignment)))
    shown = min(
        (when for when in (max(pages, default=0.0), *at_hand_in) if when > made), default=inf
    )
    records = Records(folder.root)
    for notebook in folder.root.glob(
        f"submitted/*/{assignment}/{layout.notebook_name(assignment)}"
    ):
        if _placed(notebook) > shown:
            found = standing(records, notebook.parents[1].name, assignment, notebook)
            if found is None or found.since > shown:
                return True
    return False


def _written(paths: Iterable[Path]) -> list[float]:
    """When each of some files was written, in seconds since 1970; a backup keeps these times."""
    return [path.lstat().st_mtime for path in paths]


def _placed(path: Path) -> float:
    """When a file was put into its place, whatever it says itself, in seconds since 1970."""
    return path.lstat().st_ctime
