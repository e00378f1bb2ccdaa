"""The class folder: an nbgrader course directory with the hidden answer keys beside it.

    class/
      nbgrader_config.py   nbgrader's settings for this class; may be edited
      gradebook.db         nbgrader's gradebook
      source/ release/ submitted/ autograded/ feedback/
      keys/                hidden answer keys and their seeds; readable by their owner alone
      dropped/             all that there was of students who left, a folder each
      receipts/            signed receipts, and the key that signs them
      attempts/            what came over the network, every attempt
      requests/            what students ask of their feedback, and the answers

Nothing of keys/ is ever inside a folder that nbgrader copies from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config, PyFileConfigLoader

from grader.weave import layout
from pix2net import leftovers
from pix2net.files import PRIVATE, replace_file
from pix2net.lab.launch import with_our_programs

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

COURSE_ID = "pixels-to-networks"
DEFAULT = Path("class")
SETTINGS = "nbgrader_config.py"
STOCK_EXCHANGE = Path("/usr/local/share/nbgrader/exchange")
STEPS = ("source", "release", "submitted", "autograded", "feedback")
LEVELS = 3  # of folders in which something of ours is written: STEP/STUDENT/ASSIGNMENT
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

TEMPLATE = '''\
"""nbgrader's settings for this class; `course` and stock nbgrader both read them."""

from grader.release.settings import settings

c = get_config()
c.merge(settings())

c.CourseDirectory.course_id = {course_id!r}
{exchange}
# What one submission may use, if not the usual (seconds and bytes; `grader/sandbox/api.py`):
# c.SubmissionLimits.cell_seconds = 60
'''
NO_EXCHANGE = """\
# Where students fetch and hand in, if they share a file system with you:
# c.Exchange.root = "/srv/nbgrader/exchange\""""


class ClassFolderError(Exception):
    """A folder is not a class folder or cannot become one; the message says what to do."""


@dataclass(frozen=True)
class ClassFolder:
    """Paths of a class folder; ``root`` is absolute."""

    root: Path

    def source(self, chapter: str) -> Path:
        """Folder of a chapter's instructor notebook."""
        return self.root / "source" / chapter

    def release(self, chapter: str) -> Path:
        """Folder of a chapter's student notebook."""
        return self.root / "release" / chapter

    def submitted(self, student: str, chapter: str) -> Path:
        """Folder of what a student handed in."""
        return self.root / "submitted" / student / chapter

    def dropped(self, student: str = "") -> Path:
        """Folder of a student who left, or of all of them."""
        return self.root / "dropped" / student

    @property
    def keys(self) -> Path:
        """Folder of the hidden keys."""
        return self.root / "keys"

    def hidden_key(self, chapter: str) -> Path:
        """A chapter's hidden answer key."""
        return self.keys / (chapter + layout.KEY_SUFFIX)

    def key_record(self, chapter: str) -> Path:
        """What is known of a chapter's hidden key: its seed and what it was compiled from."""
        return self.keys / f"{chapter}.json"

    def assignments(self) -> list[str]:
        """Names of the chapters that were built here, in order."""
        notebooks = self.root.glob(f"source/*/*{layout.NOTEBOOK_SUFFIX}")
        return sorted(path.stem for path in notebooks if path.stem == path.parent.name)

    def clear(self) -> None:
        """Remove what commands left half-written that were killed; what is being written stays."""
        leftovers.clear(self.root, LEVELS)

    def config(self) -> Config:
        """nbgrader's settings: the machine's, then this folder's own."""
        merged = Config()
        for folder in (*reversed(jupyter_config_path()), str(self.root)):
            if (Path(folder) / SETTINGS).is_file():
                merged.merge(PyFileConfigLoader(SETTINGS, path=folder).load_config())
        return merged

    def course_id(self) -> str:
        """The course's name, as the settings have it."""
        return str(self.config().CourseDirectory.get("course_id", ""))

    def course(self, config: Config | None = None) -> CourseDirectory:
        """The folder as nbgrader has it."""
        from nbgrader.coursedir import CourseDirectory  # slow to import

        return CourseDirectory(config=config or self.config(), root=str(self.root))

    def gradebook(self, config: Config | None = None) -> Gradebook:
        """nbgrader's gradebook, made where there is none; use it in a ``with`` block."""
        from nbgrader.api import Gradebook  # slow to import

        course = self.course(config)
        with programs_on_path():
            return Gradebook(course.db_url, course.course_id)

    def exchange(self, config: Config | None = None) -> Path | None:
        """Root of the exchange: the one that the settings name, else nbgrader's usual one."""
        settings = config or self.config()
        if "root" in settings.Exchange:
            return Path(settings.Exchange.root)
        return STOCK_EXCHANGE if STOCK_EXCHANGE.is_dir() else None


@contextmanager
def programs_on_path() -> Iterator[None]:
    """Let nbgrader find the programs of its own environment, which need not be activated.

    It calls ``alembic`` by its bare name when it makes a gradebook.
    """
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = with_our_programs({"PATH": before})
    try:
        yield
    finally:
        os.environ["PATH"] = before


def open_class(root: Path = DEFAULT) -> ClassFolder:
    """An existing class folder. Raises `ClassFolderError`."""
    if not (root / SETTINGS).is_file():
        raise ClassFolderError(
            f"{root} is not a class folder (it has no {SETTINGS}): make one with `course release`, "
            "or name the right one"
        )
    leftovers.clear(root)
    return ClassFolder(root.resolve())


def create_class(root: Path = DEFAULT, exchange: Path | None = None) -> ClassFolder:
    """A class folder, made where there is none; one that exists keeps its settings.

    Args:
        exchange: root of the nbgrader exchange to write into new settings.

    Raises:
        ClassFolderError: something else stands in its place.
    """
    if root.exists() and not root.is_dir():
        raise ClassFolderError(f"{root} is a file: name another folder for the class")
    if not (root / SETTINGS).is_file():
        if root.is_dir() and any(root.iterdir()):
            raise ClassFolderError(
                f"{root} is not empty and has no {SETTINGS}: name a new or empty folder"
            )
        root.mkdir(parents=True, exist_ok=True)
        root.chmod(PRIVATE_FOLDER)
        named = f"c.Exchange.root = {str(exchange.resolve())!r}" if exchange else NO_EXCHANGE
        (root / SETTINGS).write_text(TEMPLATE.format(course_id=COURSE_ID, exchange=named))
    folder = ClassFolder(root.resolve())
    folder.clear()
    for step in STEPS:
        (folder.root / step).mkdir(exist_ok=True)
    folder.keys.mkdir(exist_ok=True)
    folder.keys.chmod(PRIVATE_FOLDER)
    return folder


@dataclass(frozen=True)
class KeyRecord:
    """What is known of a hidden key.

    Attributes:
        seed: the secret of its random numbers, at least 128 bits.
        sources: digest of the hidden half that it was compiled from.
        verified: digest of hidden half and grader with which rule 10 was last found to hold, or "".
    """

    seed: int
    sources: str
    verified: str = ""

    def save(self, path: Path) -> None:
        """Write it where only the owner can read it."""
        data = {"seed": f"{self.seed:x}", "sources": self.sources, "verified": self.verified}
        replace_file(path, json.dumps(data, indent=1) + "\n", PRIVATE)


def load_record(path: Path) -> KeyRecord | None:
    """The record of a hidden key, or None where there is no readable one."""
    try:
        data = json.loads(path.read_bytes())
        return KeyRecord(int(data["seed"], 16), str(data["sources"]), str(data["verified"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
