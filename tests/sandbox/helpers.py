"""What several test modules of the sandbox share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import grader
from grader.sandbox import CellResult, Session

PROJECT = Path(grader.__file__).resolve().parent.parent
NOBODY = 65534
# In a mount name space of its own: $1 Python, $2 its prefix, $3 the project, $4 an empty folder,
# $5 the folder to see at /mnt; then Python's arguments. Root's own interpreter may lie in root's
# home, which is covered, and opened for that interpreter alone.
ORDINARY = """
set -e
python="$1"; prefix="$2"; project="$3"; beside="$4"
mount --bind "$5" /mnt
mkdir -p "$beside" && mount --bind "$prefix" "$beside"
case "$prefix" in /root/*)
    mount -t tmpfs -o mode=755 tmpfs /root && mkdir -p "$prefix"
    mount --bind "$beside" "$prefix";;
esac
shift 5
cd / && exec setpriv --reuid 65534 --regid 65534 --clear-groups \\
    env -i PATH="$PATH" HOME=/nonexistent PYTHONPATH="$project" "$python" "$@"
"""
# The same for root in a container that allows no name spaces: $1 Python, $2 its prefix,
# $3 an empty folder, $4 what gives rights up; then Python's arguments.
CONTAINER = """
set -e
python="$1"; prefix="$2"; beside="$3"; container="$4"
mkdir -p "$beside" && mount --bind "$prefix" "$beside"
case "$prefix" in /root/*)
    mount -t tmpfs -o mode=755 tmpfs /root && mkdir -p "$prefix"
    mount --bind "$beside" "$prefix";;
esac
shift 4
exec "$python" "$container" "$python" "$@"
"""
only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="all tests run as an ordinary user already"
)


def as_ordinary_user(
    arguments: list[str], folder: Path, scratch: Path, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run Python as nobody, for tests that root runs; skips where that is not possible.

    arguments  of Python
    folder     what is seen at /mnt; nobody gets to own it
    scratch    an empty folder
    """
    if not Path("/usr/bin/setpriv").exists() or not Path("/mnt").is_dir():
        pytest.skip("setpriv is not installed")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    places = [sys.executable, sys.base_prefix, str(PROJECT), str(scratch / "python"), str(folder)]
    command = ["unshare", "-m", "sh", "-c", ORDINARY, "sh", *places, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=seconds)


def in_a_container(
    arguments: list[str], scratch: Path, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run Python as root in a container has it, which can be had by root alone.

    arguments  of Python
    scratch    an empty folder
    """
    container = Path(__file__).with_name("like_a_container.py")
    places = [sys.executable, sys.base_prefix, str(scratch / "python"), str(container)]
    command = ["unshare", "-m", "sh", "-c", CONTAINER, "sh", *places, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=PROJECT)


def text_of(result: CellResult) -> str:
    """What a cell printed, and the texts of its exceptions."""
    parts = [output.get("text", "") for output in result.outputs]
    parts += [output.get("evalue", "") for output in result.outputs]
    return "".join(parts)


def run(session: Session, source: str, number: int = 1) -> str:
    """Run a cell that must not fail; returns what it printed."""
    result = session.run_cell(number, source)
    assert result.status == "ok", result
    return text_of(result)


def size_of(result: CellResult) -> int:
    """Characters in all outputs of a cell."""

    def size(part: object) -> int:
        if isinstance(part, dict):
            return sum(map(size, part.values()))
        return sum(map(size, part)) if isinstance(part, list) else len(str(part))

    return size(result.outputs)
