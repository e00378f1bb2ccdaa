"""Where the course's files stand: in the package that a learner installs, or in a clone."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CLONE = _PACKAGE.parent
_INSTALLED = _PACKAGE / "files"  # what the wheel has of the folders beside the package
IN_A_CLONE = not _INSTALLED.is_dir()
NOTEBOOKS = _CLONE / "course" / "notebooks" if IN_A_CLONE else _INSTALLED / "notebooks"
GRADERS = _CLONE / "grader" / "languages"  # catalogs of those who grade; in a clone alone
KEYS, STILLS = "keys", "stills"  # folders of a folder of notebooks
RECORD = ".course.json"  # in a learner's folder: what was copied to it
HOME = "pixels-to-networks"  # a learner's folder in the home folder


def data(name: str) -> Path:
    """The folder of a data set's files."""
    return (_CLONE if IN_A_CLONE else _INSTALLED) / "data" / name


def work() -> Path:
    """A learner's folder: the working folder if it is one, else always the same."""
    here = Path.cwd()
    if (here / RECORD).is_file():
        return here
    return _CLONE / "work" if IN_A_CLONE else Path.home() / HOME
