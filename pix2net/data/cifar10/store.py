"""Where an archive of CIFAR-10 is kept: named by the user, in the cache, or fetched into it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pix2net.data.cifar10.archive import read_archive
from pix2net.data.fetching import FetchError, Progress, Source, fetch
from pix2net.files import cache_folder
from pix2net.judging.wording import worded

FILE_SETTING = "COURSE_CIFAR10"  # the environment variable that names an archive on this machine
SOURCE = Source(
    url="https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    name="cifar-10-binary.tar.gz",
    md5="c32a1d4ab5d03f1284b67883e8d87530",
)

# MD5 sums that the home page names for the binary and the Python version.
PUBLISHED = (SOURCE.md5, "c58f30108f718f92721af3b95e74349a")


def kept() -> Path:
    """Where a fetched archive, or a user's own one, is kept."""
    return cache_folder() / SOURCE.name


def archive_at_hand() -> Path | None:
    """The archive that COURSE_CIFAR10 names, else the kept one; None if there is neither.

    Raises:
        FetchError: COURSE_CIFAR10 names no file.
    """
    named = os.environ.get(FILE_SETTING)
    if not named:
        return kept() if kept().is_file() else None
    if not Path(named).is_file():
        raise FetchError(
            worded(
                "{setting} names {file}, which is no file: correct or unset it",
                setting=FILE_SETTING,
                file=named,
            )
        )
    return Path(named)


def find_archive() -> Path:
    """The archive to read, fetched if there is none at hand. Raises `FetchError`."""
    return archive_at_hand() or get()


def get(source: Source = SOURCE, progress: Progress | None = None) -> Path:
    """Fetch the archive into the cache, or go on where a broken transfer stopped; its place."""
    return fetch(source, kept(), progress)


def adopt(path: Path) -> Path:
    """Keep a copy of an archive that the user has, of either version; its place.

    Raises:
        ArchiveError: a file that is none.
        OSError: the file system fails.
    """
    read_archive(path)
    target = kept()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".copy")
    try:
        shutil.copyfile(path, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target
