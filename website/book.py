"""Lays the pages of the book for Sphinx, and has it build them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from grader.exercises.model import Chapter
from grader.weave import layout, notebook
from website.chapters import FIGURES, page_of
from website.editions import ENGLISH, Edition

HERE = Path(__file__).parent
DOCS = layout.ROOT / "docs"
FROM_DOCS = ("students.md", "glossary.md")
PAGES = sorted(path for path in (HERE / "pages").glob("*.md") if path.suffixes == [".md"])
TWIN = re.compile(r"(\]\([\w./-]+)\.[a-z]{2}\.md\b")  # a link to a page's file in a language
FOLDER = "chapters"
LIST = "CHAPTERS"  # stands in the first page's list for the chapters
SECONDS = 900


class BookError(Exception):
    """Why there is no book, and what to do about it."""


def lay(
    chapters: Sequence[Chapter],
    runs: Mapping[str, NotebookNode],
    sources: Path,
    edition: Edition = ENGLISH,
) -> None:
    """Write all that Sphinx reads into a folder, which is made.

    Args:
        chapters: in their order.
        runs: the finished notebook of each by name, with outputs.
        sources: the folder.
        edition: of the book; the runs are in its language.
    """
    shutil.copytree(HERE / "static", sources / "static")
    shutil.copytree(HERE / "templates", sources / "templates")
    shutil.copy(HERE / "conf.py", sources)
    shutil.copytree(DOCS / "pictures", sources / "pictures")
    for text in (*PAGES, *(DOCS / name for name in FROM_DOCS)):
        said = edition.file(text).read_text(encoding="utf-8")
        (sources / text.name).write_text(TWIN.sub(r"\1.md", said), encoding="utf-8")
    listed = "\n".join(f"{FOLDER}/{chapter.name}" for chapter in chapters)
    index = sources / "index.md"
    index.write_text(index.read_text("utf-8").replace(LIST, listed), encoding="utf-8")
    extra = sources / "extra"
    for chapter in chapters:
        page = page_of(chapter, runs[chapter.name], extra / FOLDER / FIGURES, edition)
        place = sources / FOLDER / layout.notebook_name(chapter.name)
        place.parent.mkdir(exist_ok=True)
        place.write_text(notebook.to_text(page), encoding="utf-8")
    downloads = extra / "notebooks"
    downloads.mkdir()
    for path in (layout.COMMITTED / edition.folder).glob(f"*{layout.NOTEBOOK_SUFFIX}"):
        shutil.copy(path, downloads)


def build(sources: Path, target: Path, tools: Path, edition: Edition = ENGLISH) -> None:
    """Have Sphinx make the pages.

    Args:
        sources: as `lay` leaves them.
        target: folder of the site.
        tools: the environment that Sphinx is in.
        edition: of the book.

    Raises:
        BookError: Sphinx fails or warns.
    """
    made = sources / "_build" / "html"  # MyST-NB leaves what it made on the way beside it
    command = [str(tools / "bin" / "sphinx-build"), "-q", "-W", "--keep-going"]
    command += ["-D", f"language={edition.sphinx}"]
    command += ["-b", "html", "-d", str(made.with_name("doctrees")), str(sources), str(made)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=environment)
    if done.returncode:
        raise BookError(f"Sphinx could not make the book: {done.stderr.strip() or done.stdout}")
    if edition.language:
        shutil.rmtree(made / "_static" / "mathjax")  # pages use that of the English edition
    shutil.move(made, target)
