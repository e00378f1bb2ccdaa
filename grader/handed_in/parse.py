"""Reads a submitted notebook as hostile JSON: a list of its cells, and nothing else of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pix2net.files import Rejected
from pix2net.judging.wording import worded

MAX_CELLS = 2000
KINDS = ("code", "markdown", "raw")
SETTINGS = ("points", "grade", "solution", "locked", "task")  # of nbgrader, fixed by the release


@dataclass(frozen=True)
class StudentCell:
    """A cell as it was handed in.

    kind      "code", "markdown" or "raw"
    source    its text, with ``\\n`` line ends
    grade_id  nbgrader's name for it, or None
    cell_id   the notebook format's name for it, or None
    settings  what it says of nbgrader's `SETTINGS`: only to report that they were changed
    """

    kind: str
    source: str
    grade_id: str | None = None
    cell_id: str | None = None
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Submission:
    """The cells of a submitted notebook in their order, and what had to be mended to read them."""

    cells: tuple[StudentCell, ...]
    repairs: tuple[str, ...] = ()


def parse(content: bytes) -> Submission:
    """The cells of a notebook file. Raises `Rejected` with the reason if it is not one."""
    data = _load(content)
    repairs = []
    version = data.get("nbformat")
    if type(version) is int and version > 4:
        raise Rejected(
            worded(
                "the notebook is of format {version}, which is not known here: save it as format 4",
                version=version,
            )
        )
    if type(version) is int and version < 4:
        data = _upgrade(data, version)
        repairs.append(
            worded(
                "The notebook was in the old format {version}; it was read as format 4.",
                version=version,
            )
        )
    entries = data.get("cells")
    if not isinstance(entries, list):
        raise Rejected(worded("the file is not a notebook: it has no list of cells"))
    if len(entries) > MAX_CELLS:
        told = worded(
            "the notebook has {n} cells; at most {most} are graded", n=len(entries), most=MAX_CELLS
        )
        raise Rejected(told)
    cells = [_cell(entry) for entry in entries]
    readable = tuple(cell for cell in cells if cell is not None)
    if len(readable) < len(cells):
        n = len(cells) - len(readable)
        repairs.append(worded("Cells that could not be read were left out: {n}.", n=n))
    language = _language(data)
    if language not in ("", "python", "ipython"):
        repairs.append(
            worded("The notebook named another language's kernel; it was run with Python.")
        )
    return Submission(readable, tuple(repairs))


def _load(content: bytes) -> dict[str, Any]:
    """The file's JSON object."""
    if not content.strip():
        raise Rejected(worded("the file is empty"))
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        data = json.loads(content.decode(encoding))
    except UnicodeDecodeError:
        told = worded("the file is not a notebook: it is not text in UTF-8")
        raise Rejected(told) from None
    except RecursionError:
        told = worded("the file is not a notebook: it is nested too deeply")
        raise Rejected(told) from None
    except ValueError:
        raise Rejected(worded("the file is not a notebook: it is not valid JSON")) from None
    if not isinstance(data, dict):
        raise Rejected(worded("the file is not a notebook: its JSON is not an object"))
    return data


def _upgrade(data: dict[str, Any], version: int) -> dict[str, Any]:
    import nbformat  # slow to import, and seldom needed

    try:
        upgraded = nbformat.convert(nbformat.from_dict(data), 4)
    except Exception:  # nbformat fails in many ways on what is not quite an old notebook
        raise Rejected(
            worded(
                "the notebook says that it is of the old format {version}, but cannot be read as "
                "one",
                version=version,
            )
        ) from None
    return dict(upgraded)


def _cell(entry: Any) -> StudentCell | None:
    """A cell, or None where it has no text to take over."""
    if not isinstance(entry, dict):
        return None
    source = _text(entry.get("source"))
    kind = entry.get("cell_type")
    if source is None or kind not in KINDS:
        return None
    metadata = entry.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
    return StudentCell(
        kind,
        source,
        _name(nbgrader.get("grade_id")),
        _name(entry.get("id")),
        tuple(settings_of(nbgrader)),
    )


def settings_of(nbgrader: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """nbgrader's settings in a form that can be compared: what is absent is False or 0."""
    for name in SETTINGS:
        value = nbgrader.get(name)
        if type(value) is int and abs(value) < 2**50:
            value = float(value)
        yield name, str(value or False)[:20]


def _text(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    # Half a surrogate pair is legal JSON, but no text that could be run or written.
    clean = source.encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\r\n", "\n").replace("\r", "\n")


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 200 else None


def _language(data: dict[str, Any]) -> str:
    """The language that the notebook says it is in, in lower case, or ""."""
    metadata = data.get("metadata")
    if not isinstance(metadata, dict):
        return ""
    for entry, field in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(entry)
        if isinstance(part, dict) and isinstance(part.get(field), str):
            return str(part[field]).lower()
    return ""
