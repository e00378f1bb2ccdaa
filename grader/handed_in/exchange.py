"""nbgrader's collecting from the exchange, hardened: students write into that folder.

Stock nbgrader follows links that a student put there, takes the time from a file that was handed
in, and stops at the first entry that it cannot read.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from pix2net.files import Rejected, open_regular
from pix2net.handing_in.identity import TIMESTAMP, student_name, timestamp

KILO = 1000  # nbgrader's limits are in kilobytes
MAX_FILES = 1000
LATE_ARRIVAL = 600  # seconds between the time an entry claims and the time it was last touched


class _Refused(Exception):
    """Why an entry is not collected."""


class CollectRegularFiles(ExchangeCollect):
    """Copies regular files alone, and tells the time by the exchange."""

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find the entries to collect; those whose name cannot be a student's are left out."""
        super().init_src()
        kept = []
        for record in self.src_records:
            if student_name(record["username"]) is None:
                self.log.warning("Refused %r: its name is no submission's", record["filename"])
            else:
                kept.append(record)
        self.src_records = kept

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except Exception:  # a name that nobody's `nbgrader submit` wrote
            name = os.path.basename(path)
            record = {"username": f"?{name}", "filename": name, "timestamp": datetime.min}
        return record

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one entry; what is hostile about it costs this entry alone."""
        claimed = self._path_to_record(src)["timestamp"].replace(tzinfo=UTC)
        try:
            arrived = self._copy(Path(src), Path(dest))
        except (_Refused, Rejected, OSError) as error:
            shutil.rmtree(dest, ignore_errors=True)
            with contextlib.suppress(OSError):
                Path(dest).parent.rmdir()  # made for this entry, and empty
            self.log.warning("Refused %r: %s", os.path.basename(src), error)
            return
        if arrived - claimed.timestamp() > LATE_ARRIVAL:
            when = timestamp(datetime.fromtimestamp(arrived, UTC))
            self.log.warning("%r was last changed at %s", os.path.basename(src), when)
        (Path(dest) / TIMESTAMP).write_text(timestamp(claimed))

    def _copy(self, src: Path, dest: Path) -> float:
        """Copy the regular files of a folder; when its owner last changed it, by the kernel."""
        if src.is_symlink():
            raise _Refused("it is a link")
        dest.mkdir(parents=True)
        total = count = 0
        for folder, name, descriptor in self._files(src):
            with os.fdopen(descriptor, "rb") as file:
                content = file.read(KILO * self.coursedir.max_file_size + 1)
            total, count = total + len(content), count + 1
            if len(content) > KILO * self.coursedir.max_file_size:
                raise _Refused(f"{name} is too large")
            if total > KILO * self.coursedir.max_dir_size or count > MAX_FILES:
                raise _Refused("it is too large")
            target = dest / os.path.relpath(folder, src)
            target.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
        return src.lstat().st_ctime

    def _files(self, src: Path) -> Iterator[tuple[str, str, int]]:
        """Folder, name and open descriptor of each file; raises `_Refused` for anything else."""
        for folder, folders, names, at in os.fwalk(src):
            folders[:] = [name for name in folders if not self._ignored(name)]
            for name in [*folders, *names]:
                mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
                if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    raise _Refused(f"{name!r} in it is a link or no regular file")
            for name in sorted(names):
                if self._ignored(name) or not self._included(name):
                    continue
                yield folder, name, open_regular(name, at=at)

    def _ignored(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.coursedir.ignore)

    def _included(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.coursedir.include)
