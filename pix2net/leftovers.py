"""Temporary files and folders, named after the process that makes them.

A process that is killed cannot remove what it was writing. The next one can: a name says who made
it, so what nobody is writing any more is told from what somebody still is.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

LONGEST = 40  # characters of the name that is written
MACHINE = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:20]
RANDOM = "[a-z0-9_]{8}"  # what `tempfile` adds
OURS = re.compile(rf"\..*\.(?P<process>\d+)@(?P<machine>[A-Za-z0-9-]*)\.{RANDOM}", re.DOTALL)
# As they were called before names said who made them.
OLDER = re.compile(
    rf"\.(.{{0,{LONGEST}}}\.(ipynb|html|json|key|png|txt)\.|new-){RANDOM}", re.DOTALL
)
OLDER_FOLDER = re.compile(rf"\.{RANDOM}")
FOREIGN_SECONDS = 86_400.0  # after which what another machine was writing is given up
SLACK = 5.0  # seconds between the clocks of processes and of files


def prefix(name: str) -> str:
    """How the name of a temporary file for ``name`` begins; `tempfile` makes it unique."""
    return f".{name[:LONGEST]}.{os.getpid()}@{MACHINE}."


def clear(folder: Path, depth: int = 0, only: str = "") -> None:
    """Remove what killed processes left in a folder.

    Args:
        folder: where to look.
        depth: so many levels of folders in it are looked through as well.
        only: in a folder that others use, the name that was written; "" for any.

    What a living process of this machine is writing stays, and what another machine made within
    the last day. Where something cannot be removed or looked at, nothing happens.
    """
    waiting = [(os.fspath(folder), depth)]
    while waiting:
        place, below = waiting.pop()
        try:
            with os.scandir(place) as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            if entry.name[0] == ".":
                with suppress(OSError):
                    if _is_left(entry, only):
                        _remove(entry)
            elif below and entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, below - 1))


def _is_left(entry: os.DirEntry[str], only: str) -> bool:
    made = OURS.fullmatch(entry.name)
    if only and not (made and entry.name.startswith(f".{only}.")):
        return False
    if made is None:
        return bool(OLDER.fullmatch(entry.name)) or _is_older_submission(entry)
    status = entry.stat(follow_symlinks=False)
    if made["machine"] != MACHINE:
        return time.time() - status.st_ctime > FOREIGN_SECONDS
    return not _is_alive(int(made["process"]), status.st_ctime)


def _is_older_submission(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder in which a submission was made ready: a notebook and its time."""
    if not OLDER_FOLDER.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
        return False
    names = os.listdir(entry.path)
    return all(name == "timestamp.txt" or name.endswith(".ipynb") for name in names)


def _is_alive(process: int, since: float) -> bool:
    """Whether the process of this number still runs that made something at a time."""
    if sys.platform == "win32":
        return True  # there is no harmless way to ask
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        booted = re.search(r"^btime (\d+)$", Path("/proc/stat").read_text("utf-8"), re.MULTILINE)
        ticks = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return True
    if booted is None:
        return True
    # It may be dead and not yet buried; or its number may be another one's by now.
    return told[0] != "Z" and int(booted[1]) + int(told[19]) / ticks <= since + SLACK


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)
