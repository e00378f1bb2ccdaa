"""Whose work it is and when it came: names that may become folders, and times as nbgrader has them.

Both come from the instructor's side: the name of an archive or folder as it was delivered, the
exchange, the file system's clock. Nothing inside what was handed in is asked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

NAME = re.compile(r"[\w@][\w.@ '-]{0,79}")
MOODLE = re.compile(r"_\d+_assignsubmission_(file|onlinetext)_?$")  # what Moodle puts behind a name
SEPARATOR = "+"  # between student and assignment, in the name of what is handed in
TIMESTAMP = "timestamp.txt"
FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"


def student_name(text: str) -> str | None:
    """The student whom a delivered name means, or None if it cannot be a student's folder.

    Letters, digits and ``_ . @ - '`` and spaces, at most 80, not beginning with a dot or a dash.
    """
    name = MOODLE.sub("", text).strip()
    return name if NAME.fullmatch(name) and not name.endswith(".") else None


def timestamp(when: datetime) -> str:
    """A time as nbgrader's ``timestamp.txt`` has it, in UTC."""
    return when.astimezone(UTC).strftime(FORMAT)


def parse_timestamp(text: str) -> datetime | None:
    """The inverse of `timestamp`; None for what it did not write."""
    try:
        return datetime.strptime(text.strip(), FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
