"""``python -m website [FOLDER]`` makes the static site, in build/site if no folder is named."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.exercises.registry import chapters, pages
from grader.release.package import PackageError
from grader.weave import layout
from website import book, lite
from website.editions import EDITIONS
from website.runs import RunError, runs_of

TOOLS = layout.ROOT / ".venv-site"
LITE = "lite"  # the folder of the browser edition in the site


def build(target: Path, pyodide: Path | None = None) -> None:
    """Make the site.

    Args:
        target: its folder; what was in it goes once everything is made.
        pyodide: a folder of Pyodide's files that becomes part of it.

    Raises:
        RunError, BookError, LiteError, PackageError: a part cannot be made.
    """
    everything = sorted([*chapters().values(), *pages()], key=lambda chapter: chapter.name)
    with tempfile.TemporaryDirectory(prefix="course-site-") as scratch:
        work, made = Path(scratch), Path(scratch) / "site"
        _tell("the figures: chapters run with the references filled in, those that changed")
        runs = {each: runs_of(everything, _tell, language=each.language) for each in EDITIONS}
        for edition, ran in runs.items():
            _tell(f"the book, {edition.sphinx}")
            sources = work / f"book-{edition.sphinx}"
            book.lay(everything, ran, sources, edition)
            book.build(sources, made / edition.folder, TOOLS, edition)
        _tell("the browser edition")
        lite.build(work / "lite", made / LITE, TOOLS, pyodide)
        (made / ".nojekyll").touch()  # folders that begin with _ are pages, too
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)


def _tell(line: str) -> None:
    print(f"site: {line}", flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """Make the site; 2 with a sentence where that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m website", description="Make the static site.")
    parser.add_argument("folder", nargs="?", type=Path, default=layout.ROOT / "build" / "site")
    parser.add_argument("--pyodide", type=Path, help="folder of Pyodide's files to put into it")
    chosen = parser.parse_args(words)
    try:
        build(chosen.folder.resolve(), chosen.pyodide and chosen.pyodide.resolve())
    except (RunError, book.BookError, lite.LiteError, PackageError, OSError) as problem:
        print(f"site: {problem}", file=sys.stderr)
        return 2
    print(f"site: {chosen.folder}/index.html; look at it with `python -m http.server -d "
          f"{chosen.folder}`")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
