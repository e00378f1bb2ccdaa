"""The language in which each student reads feedback, where it is not the class's.

``languages.json`` in the class folder has it by student: nbgrader's own table has no place for it.
The class's language is the one that is spoken where nobody says another: ``COURSE_LANGUAGE``, or
what a command's ``--language`` names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.judging import wording

FILE = "languages.json"
ENGLISH = "en"  # as it is written down: a student may read English in a class that does not


@dataclass(frozen=True)
class Languages:
    """Languages by student, of those who have one of their own."""

    own: Mapping[str, str] = field(default_factory=dict)

    def of(self, student: str) -> str:
        """The language of a student's feedback, such as "zh"; "" is English."""
        return known(self.own.get(student, wording.spoken()))


def known(name: str) -> str:
    """The language that a name means, "" for English and for one that the course does not have."""
    try:
        return wording.language_of(name) or ""
    except ValueError:
        return ""


def written(name: str) -> str:
    """A language as it is written down for a student: "en", "zh"; "" for none.

    Raises:
        ValueError: the course has no such language; the message says which it has.
    """
    return (wording.language_of(name) or ENGLISH) if name else ""


def languages_of(folder: ClassFolder) -> Languages:
    """The languages of a class folder; those of nobody where the file cannot be read."""
    try:
        data = json.loads(read_bounded(folder.root / FILE))
    except (Rejected, ValueError, RecursionError):
        return Languages()
    found = data.items() if isinstance(data, dict) else ()
    return Languages({student: str(language) for student, language in found})


def note(folder: ClassFolder, languages: Mapping[str, str]) -> None:
    """Write down the languages of some students; the others keep theirs."""
    own = {**languages_of(folder).own, **languages}
    if languages:
        text = json.dumps(dict(sorted(own.items())), ensure_ascii=False, indent=1)
        replace_file(folder.root / FILE, text + "\n")
