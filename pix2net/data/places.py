"""Where the files of the data sets stand."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of a data set's files: in the package where it is installed, else in a checkout's
    ``data/``."""
    installed = PACKAGE / "files" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / "data" / name
