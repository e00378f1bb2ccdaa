"""The learner's work folder: copies of the course's notebooks that belong to the learner."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pix2net.files import digest, replace_file
from pix2net.judging.wording import languages, worded
from pix2net.places import KEYS, RECORD, STILLS

BEHIND = (KEYS, STILLS)  # folders that the kit finds where the course is, out of a learner's sight
MOST_TOLD = 4  # places that an update changed


@dataclass(frozen=True)
class Refreshed:
    """What a start did to a work folder, by paths relative to it."""

    added: list[str] = field(default_factory=list)
    """Copied, since the work folder did not have it."""
    updated: list[str] = field(default_factory=list)
    """Replaced, since the course has a newer one and the learner had changed nothing in the old."""
    kept: dict[str, list[str]] = field(default_factory=dict)
    """Left alone, although the course has a newer one: the learner has worked in it. With the
    headings under which the course's own cells changed."""
    strange: list[str] = field(default_factory=list)
    """Left alone, since they are not as the course has them, and there is no record of what was
    copied: whether the course has a newer one or the learner has worked in it is not known."""


@dataclass(frozen=True)
class Written:
    """What stands in a file, outputs and metadata of a notebook left out.

    Attributes:
        whole: digest of all of it.
        cells: digest of each cell's source by the cell's id, in order; empty for other files.
        headings: the heading above each cell, by the same ids.
    """

    whole: str
    cells: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def refresh(source: Path, work: Path, language: str | None = None) -> Refreshed:
    """Bring a work folder up to date with the course, keeping whatever the learner changed.

    A notebook that was run counts as unchanged as long as no cell's source is another.

    Args:
        source: folder of the notebooks that come with the course; files below it count,
            names that start with a dot, the folders of `BEHIND` and those of languages do not.
        language: of the notebooks; what is not there in it is copied in English. One that the
            learner has begun in another language stays in that.
        work: the learner's folder; made if missing. A file that the learner deletes or
            renames comes back fresh at the next start.

    Returns:
        What was added, updated and kept.
    """
    work.mkdir(parents=True, exist_ok=True)
    copied = _read_record(work)
    result = Refreshed()
    for name in _files(source):
        versions = _versions(source, name)
        came = versions.get(language, source / name)
        new, target = written(came), work / name
        was = copied.get(name)
        if not target.exists():
            result.added.append(name)
        else:
            if (was and was.whole == new.whole) or written(target).whole == new.whole:
                copied[name] = new
                continue
            if was is None:
                result.strange.append(name)
                continue
            if not _untouched(target, was):
                begun = _nearest(was, [new, *map(written, versions.values())])
                if was.whole != begun.whole:
                    result.kept[name] = _differences(was, begun)
                continue
            result.updated.append(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(came, target)
        copied[name] = new
    _tidy(work, copied)
    _write_record(work, copied)
    return result


def _versions(source: Path, name: str) -> dict[str | None, Path]:
    """A file that comes with the course in each of the languages that it is there in."""
    found = {each: source / (each or "") / name for each in (None, *languages())}
    return {each: path for each, path in found.items() if path.is_file()}


def written(path: Path) -> Written:
    """What stands in a file."""
    content = path.read_bytes()
    try:
        cells = json.loads(content)["cells"]
        sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
        kinds = {cell["id"]: cell["cell_type"] for cell in cells}
    except (ValueError, KeyError, TypeError):
        return Written(digest(content))
    digests = {ident: digest(f"{kinds[ident]}\n{text}") for ident, text in sources.items()}
    whole = digest("\n".join(digests.values()))
    headings, last = {}, worded("the beginning")
    for ident, text in sources.items():
        if kinds[ident] == "markdown" and text.startswith("#"):
            last = text.splitlines()[0].lstrip("#").strip()
        headings[ident] = f"“{last}”"
    return Written(whole, digests, headings)


def _untouched(path: Path, was: Written) -> bool:
    """Whether a file is as it was copied; older records have the digest of its very bytes."""
    return was.whole in (written(path).whole, digest(path.read_bytes()))


def _nearest(was: Written, versions: Sequence[Written]) -> Written:
    """Of a notebook's versions the one in the language in which it was copied: it shares most."""
    return max(
        versions,
        key=lambda each: (each.whole == was.whole, len(each.cells.items() & was.cells.items())),
    )


def _differences(was: Written, new: Written) -> list[str]:
    """The headings under which a newer notebook has cells that the copied one had not."""
    changed = [i for i, digest in new.cells.items() if was.cells.get(i) != digest]
    places = list(dict.fromkeys(new.headings[ident] for ident in changed))
    more = len(places) - MOST_TOLD
    return [*places[:MOST_TOLD], *([worded("{n} more places", n=more)] if more > 0 else [])]


def _files(folder: Path) -> list[str]:
    """Paths of a folder's files that a learner gets, relative to it with `/`, in order."""
    aside = {*BEHIND, *languages()}
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in relative
        if path.parts[0] not in aside and not any(part.startswith(".") for part in path.parts)
    )


def _tidy(work: Path, copied: dict[str, Written]) -> None:
    """Remove what earlier starts copied to the folders of `BEHIND`, as far as it is untouched."""
    for name in [name for name in copied if name.partition("/")[0] in BEHIND]:
        path = work / name
        if path.is_file() and _untouched(path, copied[name]):
            path.unlink()
        del copied[name]
    for folder in (work / name for name in BEHIND):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _read_record(work: Path) -> dict[str, Written]:
    """The copies as recorded; none where the record is missing or damaged.

    Without a record every file counts as the learner's, which loses an update and no work.
    """
    try:
        record = json.loads((work / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(record, dict):
        return {}
    return {name: found for name, entry in record.items() if (found := _recorded(entry))}


def _recorded(entry: Any) -> Written | None:
    """An entry of the record; one that only gives the digest of a whole file is an older one's."""
    if isinstance(entry, str):
        return Written(entry)
    if isinstance(entry, dict) and isinstance(entry.get("whole"), str):
        cells = entry.get("cells")
        return Written(entry["whole"], cells if isinstance(cells, dict) else {})
    return None


def _write_record(work: Path, copied: dict[str, Written]) -> None:
    entries = {name: {"whole": each.whole, "cells": each.cells} for name, each in copied.items()}
    replace_file(work / RECORD, json.dumps(entries, indent=1, sort_keys=True) + "\n")
