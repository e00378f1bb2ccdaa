"""nbgrader's exchange over the network: Lab's Assignment List and `nbgrader submit` without a disk
that is shared.

    c = get_config()
    from pix2net.handing_in.exchange import configure
    configure(c)

in an ``nbgrader_config.py``; `course lab` does so itself once `course join` was called.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.exchange import abc
from traitlets import Bool
from traitlets.config import Config

from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.handing_in.receipt import SUFFIX
from pix2net.handing_in.service import Joined, Service, ServiceError, joined

MODULE = "pix2net.handing_in.exchange"
PLUGINS = (  # nbgrader's names and ours
    ("list", "List"),
    ("fetch_assignment", "Fetch"),
    ("submit", "Submit"),
    ("fetch_feedback", "FetchFeedback"),
)
FEEDBACK = "feedback"  # the folder of an assignment in which nbgrader looks for pages
MAX_FILES, MAX_UNPACKED = 2_000, 200 * 2**20


def configure(config: Config) -> None:
    """Have nbgrader list, fetch, submit and fetch feedback by the service that was joined."""
    for name, kind in PLUGINS:
        setattr(config.ExchangeFactory, name, f"{MODULE}.{kind}")


class OverNetwork(abc.Exchange):
    """What the plug-ins share: the service, and the folders of a student's assignments."""

    path_includes_course = Bool(False, help="Keep assignments in COURSE/.").tag(config=True)

    @cached_property
    def where(self) -> Joined:
        """The service; fails in nbgrader's way where none was joined."""
        found = joined()
        if found is None:
            self.fail("No service was joined: run `course join ADDRESS` in a terminal first.")
        return found  # type: ignore[return-value]  # fail raises

    @cached_property
    def service(self) -> Service:
        return Service(self.where)

    @cached_property
    def course(self) -> str:
        """The course's name there."""
        with self.asking():
            return self.where.course or str(self.service.me().get("course", ""))

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Tell in nbgrader's way what the service refuses."""
        try:
            yield
        except ServiceError as error:
            self.fail(str(error))

    def home_of(self, assignment: str) -> Path:
        """The student's folder of an assignment."""
        root = Path(self.assignment_dir)
        return (root / self.course if self.path_includes_course else root) / assignment

    def init_src(self) -> None:
        """Nothing stands ready anywhere."""

    def init_dest(self) -> None:
        """Nothing stands ready anywhere."""

    def rows(self) -> list[dict[str, Any]]:
        """What the service lists, of the assignment that is asked for or of all."""
        if self.coursedir.course_id not in ("", "*", self.course):
            return []
        with self.asking():
            found = self.service.assignments()
        wanted = self.coursedir.assignment_id
        return [row for row in found if wanted in ("", "*", row["assignment"])]


class Fetch(OverNetwork, abc.ExchangeFetchAssignment):
    """Gets the files of an assignment; what is there already stays."""

    def copy_files(self) -> None:
        """Unpack what the service sends into the student's folder."""
        name = self.coursedir.assignment_id
        home = self.home_of(name)
        if home.exists() and not self.replace_missing_files:
            self.fail(f"You have {home} already: add --replace to get back files that you removed.")
        with self.asking():
            for path, data in _unpacked(self.service.files(name)):
                if not (home / path).exists():
                    replace_file(home / path, data)
        self.log.info("Fetched as: %s %s", self.course, name)


class Submit(OverNetwork, abc.ExchangeSubmit):
    """Hands in the notebook of an assignment, and keeps the signed receipt beside it."""

    def copy_files(self) -> None:
        """Send the notebook; fails unless the service says that it has it."""
        # nbgrader takes a folder as well, with or without a slash at its end.
        name = Path(self.coursedir.assignment_id).name
        home = self.home_of(name)
        try:
            content = read_bounded((home / f"{name}.ipynb").resolve())
        except Rejected as problem:
            self.fail(f"{home / name}.ipynb: {problem.reason}")
        with self.asking():
            told = self.service.submit(name, content)
        keep_receipt(told, name, home)
        self.log.info("Submitted as: %s %s attempt %s", self.course, name, told.get("attempt"))


def keep_receipt(told: dict[str, Any], assignment: str, folder: Path) -> Path:
    """Write the receipt of what was handed in; its file."""
    path = folder / f"{assignment}-{told.get('attempt', 0)}{SUFFIX}"
    replace_file(path, str(told.get("receipt", "")))
    return path


class FetchFeedback(OverNetwork, abc.ExchangeFetchFeedback):
    """Gets the page of feedback, where there is one."""

    def copy_files(self) -> None:
        """Write it where nbgrader's list looks for it."""
        for row in self.rows():
            for attempt in row["attempts"]:
                if attempt["feedback"]:
                    with self.asking():
                        page = self.service.feedback(row["assignment"])
                    path = _page_of(self.home_of(row["assignment"]), row, attempt)
                    replace_file(path, page)
                    self.log.info("Fetched feedback: %s", path)


class List(OverNetwork, abc.ExchangeList):
    """Lists what was released and what was handed in, in the form that Lab's list shows."""

    def list_files(self) -> list[dict[str, Any]]:
        """What there is, each assignment as nbgrader's own exchange tells it."""
        rows = self.rows()
        if self.inbound or self.cached:
            found = [self._handed_in(row) for row in rows if row["attempts"]]
        else:
            found = [self._released(row) for row in rows]
        for info in found:
            self.log.info("%s %s %s", self.course, info["assignment_id"], info["status"])
        return found

    def remove_files(self) -> list[dict[str, Any]]:
        """Nothing that was handed in can be removed."""
        self.fail("What was released or handed in over the network is not removed from here.")
        return []

    def copy_files(self) -> None:
        """Nothing is copied."""

    def _released(self, row: dict[str, Any]) -> dict[str, Any]:
        name = str(row["assignment"])
        home = self.home_of(name)
        return {
            "course_id": self.course,
            "assignment_id": name,
            "status": "fetched" if home.exists() else "released",
            "path": str(home.resolve()),
            "notebooks": [
                {"notebook_id": path.stem, "path": str(path.resolve())}
                for path in sorted(home.glob("*.ipynb"))
            ]
            or [{"notebook_id": name, "path": str(home / f"{name}.ipynb")}],
        }

    def _handed_in(self, row: dict[str, Any]) -> dict[str, Any]:
        submissions = [self._submission(row, attempt) for attempt in row["attempts"]]
        return {
            "course_id": self.course,
            "student_id": self.where.student,
            "assignment_id": row["assignment"],
            "status": "submitted",
            "submissions": submissions,
        }

    def _submission(self, row: dict[str, Any], attempt: dict[str, Any]) -> dict[str, Any]:
        name = str(row["assignment"])
        page = _page_of(self.home_of(name), row, attempt)
        known = {
            "has_local_feedback": page.is_file(),
            "has_exchange_feedback": bool(attempt["feedback"]),
            "feedback_updated": False,
        }
        book = {
            "notebook_id": name,
            "path": str(self.home_of(name) / f"{name}.ipynb"),
            "local_feedback_path": str(page) if page.is_file() else None,
        }
        return {
            "course_id": self.course,
            "student_id": self.where.student,
            "assignment_id": name,
            "timestamp": attempt["received"],
            "status": "submitted",
            "path": str(self.home_of(name)),
            "local_feedback_path": str(page.parent) if page.is_file() else None,
            "notebooks": [{**book, **known}],
            **known,
        }


def _page_of(home: Path, row: dict[str, Any], attempt: dict[str, Any]) -> Path:
    when = str(attempt["received"]).replace("/", "-")
    return home / FEEDBACK / when / f"{row['assignment']}.html"


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, none of which leads out of the folder it is unpacked into."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise ServiceError("the service sent more than an assignment has")
        for member in members:
            parts = Path(member.filename).parts
            if member.filename.startswith("/") or ".." in parts or ":" in member.filename:
                raise ServiceError(f"the service sent a file with the name {member.filename!r}")
            yield member.filename, archive.read(member)
