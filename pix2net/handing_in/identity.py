"""Whose work it is and when it came: names that may become folders, and times as nbgrader has them.

Both come from the instructor's side: the name of an archive or folder as it was delivered, the
exchange, the file system's clock. Nothing inside what was handed in is asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

MAX_NAME = 80  # characters
MAX_NAME_BYTES = 200  # in UTF-8: file systems take 255 for a name, of which we add some
QUOTES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"  # of O'Brien
PUNCTUATION = (
    f"{QUOTES}_.,@()`\N{ACUTE ACCENT}\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}"
    "\N{HEBREW PUNCTUATION GERESH}\N{HEBREW PUNCTUATION GERSHAYIM}"
)
FIRST = f"_@{QUOTES}"  # beside letters and digits
# What only says how letters are drawn: joiners, and selectors of variants.
UNSEEN = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Letters and marks that show nothing, by which two names would look the same.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0]")
WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
# What learning management systems make of a student's name, their number for it, and the name that
# the student gave to the file. A folder has no such name.
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL
)
CANVAS = re.compile(
    r"(?P<name>[^\W\d_][^\W_]*)(?:_LATE)?_(?P<number>\d{2,})_\d{2,}_(?P<file>.+)",
    re.DOTALL | re.IGNORECASE,
)
SEPARATOR = "+"  # between student and assignment, in the name of what is handed in
TIMESTAMP = "timestamp.txt"
FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"


@dataclass(frozen=True)
class Delivered:
    """What the name of a hand-in says, as somebody delivered it.

    Attributes:
        name: of the student, as it was written.
        number: the student's in a learning management system; "" where none is told.
        file: the name that the student gave to it; "" for a folder of a system.
    """

    name: str
    number: str = ""
    file: str = ""


def delivered(text: str) -> Delivered:
    """Whose a hand-in is, by its name without the ending.

    Args:
        text: such as ``ada+02_knn``, Moodle's ``Ada Lovelace_17_assignsubmission_file_02_knn`` or
            Canvas' ``lovelaceada_17_4711_02_knn``.
    """
    for form in (MOODLE, CANVAS):
        found = form.fullmatch(text)
        if found:
            return Delivered(found["name"], found["number"], found["file"] or "")
    name, _, rest = text.partition(SEPARATOR)
    return Delivered(name, "", rest)


def student_name(text: str) -> str | None:
    """The student whom a name means, spelled one way, or None if it cannot be a student's folder.

    Letters of all scripts with their marks, digits, spaces, and what stands between the parts of
    names. One letter has one spelling (Unicode's form NFC), whichever way it was typed.
    """
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        return None
    name = " ".join(unicodedata.normalize("NFC", UNSEEN.sub("", text)).split()).rstrip(" .")
    if not 0 < len(name) <= MAX_NAME or len(name.encode()) > MAX_NAME_BYTES:
        return None
    if not (name[0].isalpha() or name[0].isdigit() or name[0] in FIRST):
        return None
    if WINDOWS.fullmatch(name) or BLANK.search(name):
        return None
    return name if all(map(_is_of_a_name, name)) else None


def _is_of_a_name(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LMN" or category == "Pd" or character in PUNCTUATION + " "


def timestamp(when: datetime) -> str:
    """A time as nbgrader's ``timestamp.txt`` has it, in UTC."""
    return when.astimezone(UTC).strftime(FORMAT)


def parse_timestamp(text: str) -> datetime | None:
    """The inverse of `timestamp`; None for what it did not write."""
    try:
        return datetime.strptime(text.strip(), FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
