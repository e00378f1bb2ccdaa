"""The learner's work folder: copies of the course's notebooks that belong to the learner."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from pix2net.files import digest

RECORD = ".course.json"
"""File in a work folder: the digest of each copy as it was made."""


@dataclass(frozen=True)
class Refreshed:
    """What a start did to a work folder; each is a sorted list of paths relative to it."""

    added: list[str] = field(default_factory=list)
    """Copied, since the work folder did not have it."""
    updated: list[str] = field(default_factory=list)
    """Replaced, since the course has a newer one and the learner had not touched the old."""
    kept: list[str] = field(default_factory=list)
    """Left alone, although the course has a newer one: the learner has worked in it."""


def refresh(source: Path, work: Path) -> Refreshed:
    """Bring a work folder up to date with the course, keeping whatever the learner changed.

    Args:
        source: folder of the notebooks that come with the course; files below it count,
            names that start with a dot do not.
        work: the learner's folder; made if missing. A file that the learner deletes or
            renames comes back fresh at the next start.

    Returns:
        What was added, updated and kept.
    """
    work.mkdir(parents=True, exist_ok=True)
    copied = _read_record(work)
    result = Refreshed()
    for name in _files(source):
        new = digest((source / name).read_bytes())
        target = work / name
        if not target.exists():
            result.added.append(name)
        elif copied.get(name) == new or digest(target.read_bytes()) == new:
            continue
        elif digest(target.read_bytes()) == copied.get(name):
            result.updated.append(name)
        else:
            result.kept.append(name)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target)
        copied[name] = new
    (work / RECORD).write_text(json.dumps(copied, indent=1, sort_keys=True) + "\n")
    return result


def _files(folder: Path) -> list[str]:
    """Paths of a folder's files, relative to it with `/`, in order; hidden ones left out."""
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts)
    )


def _read_record(work: Path) -> dict[str, str]:
    """The digests as recorded; none where the record is missing or damaged.

    Without a record every file counts as the learner's, which loses an update and no work.
    """
    try:
        record = json.loads((work / RECORD).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
