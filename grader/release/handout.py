"""What an instructor gives to a class: released notebooks, the package, and files that start it.

The package holds the class's own notebooks and public keys, not those of the self-study edition,
whose keys tell whether a question is answered rightly.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.release.course_dir import COURSE_ID, ClassFolder, ClassFolderError
from grader.release.package import build_wheel
from grader.release.templates import escaping
from grader.weave import layout
from pix2net.files import replace_file
from pix2net.judging.wording import speaking, spoken, unknown

FILES = Path(__file__).resolve().parent / "handout_files"
START = "START HERE.html"
PACKAGE, NOTEBOOKS = "course", "notebooks"
STARTERS = (  # name, source, how its lines end
    ("start-windows.bat", "start.bat", "\r\n"),
    ("start-macos.command", "start.sh", "\n"),
    ("start-linux.sh", "start.sh", "\n"),
)
PROGRAM = 0o755


@dataclass(frozen=True)
class Handout:
    """A folder to give away and the archive of it.

    Attributes:
        chapters: whose notebooks it has.
    """

    folder: Path
    archive: Path
    chapters: tuple[str, ...]


def make_handout(
    class_folder: ClassFolder,
    chapters: Sequence[str],
    target: Path,
    title: str = COURSE_ID,
    language: str | None = None,
) -> Handout:
    """Put together what a class gets, as ``TITLE/`` and ``TITLE.zip`` in a folder.

    Args:
        class_folder: where the chapters were released.
        chapters: to give away; all that were released if there are none.
        target: made if missing; a handout of the same title in it is replaced.
        title: name of the folder and of the archive.
        language: of the first page, and of what is started; None is English.

    Raises:
        ClassFolderError: a chapter was not released.
        PackageError: the package could not be built.
        OSError: the file system fails.
    """
    wanted = chosen(class_folder, chapters)
    target.mkdir(parents=True, exist_ok=True)
    folder, archive = target / title, target / f"{title}.zip"
    with tempfile.TemporaryDirectory(dir=target, prefix=".handout-") as scratch:
        made = Path(scratch) / title
        with speaking(language):
            _fill(made, [class_folder.release(chapter) for chapter in wanted])
        # It keeps which files are programs.
        packed = Path(shutil.make_archive(str(made), "zip", scratch, title))
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
        packed.replace(archive)
    return Handout(folder, archive, tuple(wanted))


def chosen(class_folder: ClassFolder, chapters: Sequence[str]) -> list[str]:
    """The chapters of some names, in order; all that were released for none.

    Raises:
        ClassFolderError: one was not released, or none at all.
    """
    released = sorted(
        path.stem
        for path in class_folder.root.glob(f"release/*/*{layout.NOTEBOOK_SUFFIX}")
        if path.stem == path.parent.name
    )
    if not released:
        raise ClassFolderError("nothing was released yet: `course release` comes first")
    strange = [name for name in chapters if name not in released]
    if strange:
        raise ClassFolderError(unknown("released chapter", strange[0], released))
    return [name for name in released if not chapters or name in chapters]


def _fill(made: Path, releases: Sequence[Path]) -> None:
    """Write everything that a handout has into a folder that is not there yet."""
    wheel = build_wheel(made / PACKAGE, releases)
    for release in releases:
        shutil.copytree(release, made / NOTEBOOKS, dirs_exist_ok=True)
    option = f" --language {spoken()}" if spoken() else ""
    for name, source, end in STARTERS:
        text = (FILES / source).read_text(encoding="utf-8")
        text = text.replace("@WHEEL@", wheel.name).replace("@OPTION@", option)
        replace_file(made / name, text.replace("\n", end).encode(), PROGRAM)
    notebooks = sorted(path.name for path in made.glob(f"{NOTEBOOKS}/*{layout.NOTEBOOK_SUFFIX}"))
    page = escaping("grader.release", FILES.name).get_template("start.html.j2")
    values = {"wheel": wheel.name, "option": option, "language": spoken()}
    replace_file(made / START, page.render(notebooks=notebooks, **values))
