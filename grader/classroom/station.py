"""What runs on a Dask worker: grades submissions there, each in a sandbox of that machine.

A station belongs to one run of ``course grade`` and lives as long. It has a folder of its own for
what was released, and a warm sandbox for each thread of the worker. It writes no gradebook.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from grader.classroom.parcel import pack_result, unpack_job, unpack_plan
from grader.classroom.pool import Bench
from grader.grading.fingerprint import our_version
from grader.grading.submission import Stopped
from grader.sandbox import SandboxUnavailable
from pix2net import leftovers

STATIONS = "pixels_to_networks"  # the attribute of a Dask worker that holds the stations by run
NAME = "grading"  # of the folder of a station
WAITING = b"{}"  # the answer of a station that has not been told what was released


class Station:
    """One run's place on one worker.

    Attributes:
        parcel: the plan, from `parcel.pack_plan`.
    """

    def __init__(self, parcel: bytes) -> None:
        # A worker that was killed left hidden keys there.
        leftovers.clear(Path(tempfile.gettempdir()), only=NAME)
        self._folder = Path(tempfile.mkdtemp(prefix=leftovers.prefix(NAME)))
        self._plan = unpack_plan(parcel, self._folder)
        self._bench = Bench(self._plan)

    def grade(self, job: bytes) -> bytes:
        """Grade a packed submission. Raises `SandboxUnavailable`, `Stopped`."""
        return pack_result(self._bench.grade(unpack_job(job, self._plan)))

    def close(self) -> None:
        """End what runs, and remove the files."""
        self._bench.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def stations(worker: Any) -> tuple[dict[str, Station], threading.Lock]:
    """The stations of a Dask worker, by run, and the lock for changing them."""
    found: tuple[dict[str, Station], threading.Lock] = worker.__dict__.setdefault(
        STATIONS, ({}, threading.Lock())
    )
    return found


def examine(version: str) -> str:
    """Why the worker that this is called on cannot grade, or "".

    Args:
        version: of the grader that asks.
    """
    if version != our_version():
        return "it has another version of the grader: install the same everywhere"
    return ""


def grade_job(run: str, version: str, job: bytes, parcel: bytes | None) -> bytes:
    """Grade one submission on the worker that this is called on; a JSON object.

    The object is a result as `parcel.pack_result` makes it; empty if the plan is needed first; or
    it has ``unfit``, why this machine cannot grade, or ``stopped``.

    Args:
        run: names the run of ``course grade``.
        version: of the grader that asks.
        job: from `parcel.pack_job`.
        parcel: the plan, if this worker may not have it yet.
    """
    from distributed import get_worker

    unfit = examine(version)
    if unfit:
        return _told(unfit=unfit)
    found, lock = stations(get_worker())
    with lock:
        if run not in found:
            if parcel is None:
                return WAITING
            found[run] = Station(parcel)
        station = found[run]
    try:
        return station.grade(job)
    except SandboxUnavailable as error:
        return _told(unfit=str(error))
    except Stopped:
        return _told(stopped=True)


def _told(**what: Any) -> bytes:
    return json.dumps(what).encode()


def end_run(run: str, dask_worker: Any) -> None:
    """Close a run's station on a worker."""
    found, lock = stations(dask_worker)
    with lock:
        station = found.pop(run, None)
    if station is not None:
        station.close()
