"""Finds the public answer key of the chapter that a learner works in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from grader.kit.key import Key, load

FOLDER = "keys"
VARIABLE = "COURSE_KEYS"  # a folder of key files to look in first


def folders() -> Iterator[Path]:
    """Where keys may stand: the folder a variable names, and beside or above the notebook."""
    if os.environ.get(VARIABLE):
        yield Path(os.environ[VARIABLE])
    here = Path.cwd()
    for folder in (here, *here.parents[:2]):
        yield folder / FOLDER
        yield folder / "notebooks" / FOLDER


def find_key(task: str) -> Key | None:
    """The first key that knows an exercise or question called ``task``, or None."""
    seen = set()
    for folder in folders():
        if folder in seen or not folder.is_dir():
            continue
        seen.add(folder)
        for path in sorted(folder.glob("*.key")):
            key = _load(path, path.stat().st_mtime_ns)
            if task in key.exercises or task in key.questions:
                return key
    return None


@lru_cache(maxsize=32)
def _load(path: Path, _modified: int) -> Key:
    return load(path)
