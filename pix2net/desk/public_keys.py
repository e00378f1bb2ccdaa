"""Finds the public answer key of the chapter that a learner works in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pix2net import places
from pix2net.judging.answer_key import Key, load

VARIABLE = "COURSE_KEYS"  # a folder of key files to look in first


def folders() -> Iterator[Path]:
    """Where keys may stand: the folder a variable names, beside or above the notebook, and where
    the course came with them."""
    if os.environ.get(VARIABLE):
        yield Path(os.environ[VARIABLE])
    here = Path.cwd()
    for folder in (here, *here.parents[:2]):
        yield folder / places.KEYS
        yield folder / "notebooks" / places.KEYS
    yield places.NOTEBOOKS / places.KEYS


def find_key(task: str) -> Key | None:
    """The first key that knows an exercise or question called ``task``, or None."""
    found = find_key_file(task)
    return load_cached(found) if found else None


def find_key_file(task: str) -> Path | None:
    """The file of the first key that knows ``task``, or None."""
    seen = set()
    for folder in folders():
        if folder in seen or not folder.is_dir():
            continue
        seen.add(folder)
        for path in sorted(folder.glob("*.key")):
            if not _mentions(path, task):
                continue
            key = load_cached(path)
            if task in key.exercises or task in key.questions:
                return path
    return None


def _mentions(path: Path, task: str) -> bool:
    """Whether a key file may know a task: reading all of them takes longer than looking."""
    return json.dumps(task).encode() in path.read_bytes()


def key_file_of(notebook: Path) -> Path | None:
    """The public key of a notebook: beside it in ``keys``, or as it came with the course."""
    name = f"{notebook.stem}.key"
    beside = notebook.parent / places.KEYS / name
    came = places.NOTEBOOKS / places.KEYS / name
    return next((path for path in (beside, came) if path.is_file()), None)


def key_files_for(folder: Path) -> list[Path]:
    """The keys of the chapters in a folder of notebooks, in their order."""
    beside = {path.name: path for path in (folder / places.KEYS).glob("*.key")}
    came = [key_file_of(notebook) for notebook in folder.glob("*.ipynb")]
    found = {path.name: path for path in came if path} | beside
    return [found[name] for name in sorted(found)]


def home_of(key_file: Path) -> Path:
    """The folder of the notebooks that a key file belongs to: of those at work for the course's."""
    if key_file.parent == places.NOTEBOOKS / places.KEYS:
        return Path.cwd()
    return key_file.parent.parent if key_file.parent.name == places.KEYS else key_file.parent


def load_cached(path: Path) -> Key:
    """A key file, read again only when it has changed. Raises as `load` does."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, _modified: int) -> Key:
    return load(path)
