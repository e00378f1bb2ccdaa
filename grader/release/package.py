"""The wheel that learners install: the kit, notebooks with their keys and stills, data sets.

``python -m grader.release.package FOLDER`` makes the self-study edition. What goes in is copied to
a tree of its own first, so that nothing of the hidden half and nothing that lies about in the
clone can come along.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from grader.weave import layout

KIT = "pix2net"
ALONE = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-content")
DATA = ("**/*.png", "**/*.json", "**/*.md", "**/*.txt", "**/LICENSE")
NOTEBOOKS = (
    f"*{layout.NOTEBOOK_SUFFIX}",
    f"*/*{layout.NOTEBOOK_SUFFIX}",  # in other languages
    "*/LC_MESSAGES/*.mo",  # where those who study alone are told the answers
    f"{layout.KEYS_FOLDER}/*{layout.KEY_SUFFIX}",
    f"{layout.STILLS_FOLDER}/*.png",
    f"*/{layout.STILLS_FOLDER}/*.png",
)
SECONDS = 300  # for the build


class PackageError(Exception):
    """Why there is no wheel, and what to do about it."""


def build_wheel(target: Path, notebooks: Iterable[Path] = (layout.COMMITTED,)) -> Path:
    """Build the wheel into a folder, which is made if missing.

    Args:
        target: where the wheel is put; one of the same version is replaced.
        notebooks: folders of woven chapters, each with its keys and stills below it: those of the
            self-study edition, or a class's releases.

    Returns:
        The wheel.

    Raises:
        PackageError: the build fails.
        OSError: the file system fails.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="course-package-") as scratch:
        tree, made = Path(scratch) / "tree", Path(scratch) / "made"
        _fill(tree, notebooks)
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=SECONDS)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise PackageError(f"the package could not be built: {said[-1] if said else 'why?'}")
        (wheel,) = made.glob("*.whl")
        return Path(shutil.copy(wheel, target / wheel.name))


def _fill(tree: Path, notebooks: Iterable[Path]) -> None:
    """Copy what a learner gets to a tree that can be built."""
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(layout.ROOT / KIT, tree / KIT, ignore=ignored)
    for name in ALONE:
        shutil.copy(layout.ROOT / name, tree / name)
    _copy(layout.ROOT / "data", tree / "data", DATA)
    for folder in notebooks:
        _copy(folder, tree / "course" / "notebooks", NOTEBOOKS)


def _copy(source: Path, target: Path, patterns: Iterable[str]) -> None:
    """Copy the files that patterns find below a folder, with the folders that they are in."""
    for path in sorted(path for pattern in patterns for path in source.glob(pattern)):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)


def main() -> int:
    """Make the self-study edition's wheel in the folder that the command line names."""
    try:
        print(build_wheel(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")))
    except (PackageError, OSError) as problem:
        print(f"package: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
