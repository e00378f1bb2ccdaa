"""Every limit in one table, made from the code: ``python -m grader.reports.limits`` writes it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from grader.classroom.requests import MAX_REASON
from grader.grading.disarm import MAX_LINE
from grader.handed_in import exchange, find, inbound, inert, parse
from grader.handed_in.members import BOUNDS
from grader.handed_in.merge import DOUBLED
from grader.sandbox import Limits, outputs
from grader.sandbox.channel import MAX_HEADER
from grader.weave import layout
from pix2net.files import MAX_BYTES, mebibytes
from pix2net.handing_in.identity import MAX_NAME
from pix2net.judging.codec import DEFAULT_LIMITS

PAGE = layout.ROOT / "docs" / "limits.md"
START = "<!-- limits: python -m grader.reports.limits -->"
END = "<!-- end of limits -->"
HEADS = ("what", "at most", "beyond it")

Row = tuple[str, str, str]
REFUSED = "refused by `course collect`, with the reason"
REJECTED = "`rejected`, with the reason"
CUT = "cut"


def rows() -> Iterator[Row]:
    """What is limited, by how much, and what becomes of what is beyond it."""
    yield from _handed_in()
    yield from _exchange()
    yield from _notebook()
    yield from _running()
    yield from _coming_back()
    yield from _shown()


def _handed_in() -> Iterator[Row]:
    yield "an archive", mebibytes(BOUNDS.file), REFUSED
    yield "all that an archive unpacks to", mebibytes(BOUNDS.total), REFUSED
    yield "files and folders in an archive", f"{BOUNDS.members:,}", REFUSED
    yield (
        "a notebook, in an archive or not", mebibytes(MAX_BYTES),
        f"{REFUSED}; from the exchange, {REJECTED}",
    )  # fmt: skip
    yield "a student's name", f"{MAX_NAME} characters", REFUSED
    yield "folders below a student's folder", str(find.MAX_DEPTH), REFUSED
    yield (
        "a reason to look at feedback again",
        f"{MAX_REASON} characters",
        "refused, with the reason",
    )


def _exchange() -> Iterator[Row]:
    for what, name in (("file", "max_file_size"), ("hand-in", "max_dir_size")):
        usual = getattr(CourseDirectory, name).default_value * exchange.KILO / 1e6
        yield f"a {what} in the exchange", f"{usual:g} MB (`c.CourseDirectory.{name}`)", REFUSED
    yield "files of a hand-in in the exchange", f"{inbound.MAX_FILES:,}", REFUSED
    yield "folders in one another, there", str(inbound.MAX_DEPTH), REFUSED
    yield "the path of a file, there", f"{inbound.MAX_PATH} bytes", REFUSED
    yield (
        "between the time that a hand-in's name claims there and its last change",
        f"{inbound.SLACK:g} s", "doubtful: kept beside, or taken with the time of the change",
    )  # fmt: skip
    yield (
        "doubtful hand-ins that are kept of a student and an assignment",
        str(exchange.MAX_KEPT), "told, and left in the exchange",
    )  # fmt: skip


def _notebook() -> Iterator[Row]:
    yield "cells of a notebook", f"{parse.MAX_CELLS:,}", REJECTED
    yield "cells for one answer", f"1: {DOUBLED} counts", "reported; the others run as added cells"


def _running() -> Iterator[Row]:
    usual = Limits()
    told = inspect.getdoc(Limits) or ""
    for field in fields(Limits):
        value = getattr(usual, field.name)
        found = re.search(rf"^ *{field.name}:? +(.*(?:\n {{8,}}.*)*)", told, re.MULTILINE)
        meaning = " ".join(found[1].split()) if found else field.name
        yield f"`{field.name}`: {meaning}", _amount(field.name, value), _end(field.name)


def _amount(name: str, value: float) -> str:
    if name.endswith("seconds"):
        return f"{value:g} s"
    return mebibytes(value) if value >= 2**20 else f"{value:,}"


def _end(name: str) -> str:
    if name.endswith("seconds") or name == "wall_factor":
        return "`timeout` of the exercise"
    return {"memory": "`memory` of the exercise", "output": CUT}.get(
        name, "the system refuses it to the submission"
    )


def _coming_back() -> Iterator[Row]:
    lost = "the answer counts as one that cannot be read: 0 for its check"
    yield "an answer of a call: bytes", mebibytes(DEFAULT_LIMITS.size), lost
    yield "an answer of a call: values in it", f"{DEFAULT_LIMITS.nodes:,}", lost
    yield "an answer of a call: levels in one another", str(DEFAULT_LIMITS.depth), lost
    yield "a message's header, in which arrays are not", mebibytes(MAX_HEADER), lost
    yield "outputs of a cell that are read", f"{outputs.MAX_OUTPUTS:,}", CUT
    yield "a line of the submission in a message", f"{MAX_LINE} characters", CUT


def _shown() -> Iterator[Row]:
    yield "outputs of a cell that are shown", str(inert.MAX_OUTPUTS), CUT
    yield "text of an output that is shown", f"{inert.MAX_TEXT:,} characters", CUT
    yield (
        "a picture that is shown",
        f"{mebibytes(inert.MAX_IMAGE)} in base64, {inert.MAX_PIXELS:,} pixels", "left out",
    )  # fmt: skip
    yield (
        "HTML of an output that is shown as such", f"{inert.MAX_MARKUP:,} characters",
        "shown as text",
    )  # fmt: skip
    yield "all outputs of a cell that are shown", mebibytes(inert.MAX_CELL), CUT
    yield "all outputs of a notebook that are shown", mebibytes(inert.Room().outputs), CUT


def table() -> str:
    """The table, in Markdown."""
    lines = [HEADS, ("---", "---:", "---"), *rows()]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def written(page: str) -> str:
    """A page's text with the table as it is now."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table()}\n{END}{after}"


def main(page: Path = PAGE) -> None:
    """Write the table into the page."""
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
