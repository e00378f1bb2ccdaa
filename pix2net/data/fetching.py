"""Fetches a file over HTTP: with a checksum, resumed after a broken transfer, never half there."""

from __future__ import annotations

import errno
import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pix2net.display import OneSentence
from pix2net.judging.wording import worded

Progress = Callable[[int, int | None], None]  # bytes that are there, bytes in all if known
BLOCK = 1 << 16  # bytes
TIMEOUT = 30.0  # seconds without a byte
PARTIAL = ".part"  # behind the name of a file that is not whole yet


class FetchError(OneSentence, OSError):
    """Why a file cannot be had and what to do, in one sentence."""


@dataclass(frozen=True)
class Source:
    """Where a file is published: its address, its name, the MD5 sum that its publisher names."""

    url: str
    name: str
    md5: str


def md5_of(path: Path) -> str:
    """The MD5 sum of a file, in hexadecimal digits: against accidents, not against forgery."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def fetch(source: Source, target: Path, progress: Progress | None = None) -> Path:
    """Fetch ``source`` to ``target``, going on where a broken transfer stopped.

    Args:
        progress: called with the bytes that are there and, if known, the bytes in all.

    Returns:
        ``target``, which exists only once it is whole and its checksum right.

    Raises:
        FetchError: ; what has arrived by then is kept for the next try unless it is wrong.
    """
    partial = target.with_name(target.name + PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _transfer(source, partial, progress or (lambda there, total: None))
        if md5_of(partial) != source.md5:
            partial.unlink()
            raise FetchError(
                worded(
                    "{name} came with a wrong checksum and was thrown away: try again, or fetch "
                    "the file elsewhere and run `course data cifar10 --file FILE`",
                    name=source.name,
                )
            )
        partial.replace(target)
    except FetchError:
        raise
    except OSError as error:
        raise FetchError(_sentence(source, partial, error)) from error
    except http.client.HTTPException as error:
        told = worded(
            "the transfer of {name} broke off: the same command again goes on from here",
            name=source.name,
        )
        raise FetchError(told) from error
    return target


def _transfer(source: Source, partial: Path, progress: Progress) -> None:
    """Append to ``partial`` what of the source is still missing."""
    start = partial.stat().st_size if partial.exists() else 0
    request = urllib.request.Request(source.url)
    if start:
        request.add_header("Range", f"bytes={start}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        with error:
            if start and error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # all of it is there
            raise
    with response:
        if start and response.status != http.HTTPStatus.PARTIAL_CONTENT:
            start = 0  # a server that cannot resume sends all of it
        _append(response, partial, start, progress)


def _append(response: Any, partial: Path, start: int, progress: Progress) -> None:
    left = response.headers.get("Content-Length")
    total = start + int(left) if left and left.isdigit() else None
    with partial.open("ab" if start else "wb") as file:
        there = start
        progress(there, total)
        while block := response.read(BLOCK):
            file.write(block)
            there += len(block)
            progress(there, total)
    if total is not None and there < total:
        raise http.client.IncompleteRead(b"", total - there)


def _sentence(source: Source, partial: Path, error: OSError) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return worded(
            "the server answers {code} ({reason}) to {url}: try again later",
            code=error.code, reason=error.reason, url=source.url,
        )  # fmt: skip
    if error.errno == errno.ENOSPC:
        return worded(
            "the disk is full: make room where {folder} is, then try again", folder=partial.parent
        )
    if isinstance(error, (urllib.error.URLError, TimeoutError, ConnectionError)):
        return worded(
            "{name} cannot be fetched ({reason}): check the network and try again, or fetch the "
            "file elsewhere and run `course data cifar10 --file FILE`",
            name=source.name, reason=getattr(error, "reason", error),
        )  # fmt: skip
    return worded(
        "{name} cannot be written to {folder} ({reason})",
        name=source.name, folder=partial.parent, reason=error.strerror or error,
    )  # fmt: skip
