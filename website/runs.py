"""Chapters that ran with the references filled in: where the book's figures come from.

A run is kept in the user's cache under the digest of all that it follows from, so that a build runs
only the chapters that changed.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.exercises.content import of_run
from grader.exercises.model import Chapter
from grader.keys.remembered import Store
from grader.weave import layout, notebook
from grader.weave.catalogs import say_in
from grader.weave.rehearsal import run_notebook, work_through
from grader.weave.weave import filled, weave_committed
from pix2net.files import cache_folder
from pix2net.judging import wording
from pix2net.plots.widgets import VARIABLE as WIDGETS

AT_ONCE = 2  # chapters that run side by side; the largest takes 1.5 GiB
WORD = re.compile(r"\w+")


class RunError(Exception):
    """Why a chapter has no figures, and what to do about it."""


def runs_of(
    chapters: Sequence[Chapter],
    told: Callable[[str], None],
    cache: Path | None = None,
    language: str | None = None,
) -> dict[str, NotebookNode]:
    """The finished notebook of each chapter, with its outputs, by name.

    Args:
        chapters: all that the course has; a later one takes over from earlier ones.
        told: hears a line for each chapter that had to run.
        cache: folder of the kept runs (default: one in the user's cache).
        language: of the notebooks, and of all that is said in them; None is English.

    Raises:
        RunError: a cell fails.
    """
    store = Store(cache or cache_folder() / "site")
    finished = {
        each.name: filled(weave_committed(each, say_in(language, each.name))) for each in chapters
    }
    texts = {name: notebook.to_text(book) for name, book in finished.items()}
    answers = dict(_answers(finished.values()))
    of = f".{language}" if language else ""
    contents = {name: _content(text, answers) for name, text in texts.items()}
    ran = {name: store.recall(f"{name}{of}", contents[name]) for name in texts}
    missing = {name: text for name, text in texts.items() if ran[name] is None}
    for name, text in _run(chapters, missing, language):
        _refuse_errors(name, text)
        store.keep(f"{name}{of}", contents[name], text)
        ran[name] = text
        told(f"ran {name}{of}")
    return {name: nbformat.reads(text, as_version=4) for name, text in ran.items()}


def _answers(finished: Iterable[NotebookNode]) -> Iterator[tuple[str, str]]:
    """Exercise and text of every answer."""
    for book in finished:
        for cell in book.cells:
            if layout.role_of(cell) == "answer":
                yield str(layout.task_of(cell)), cell.source


def _content(text: str, answers: Mapping[str, str]) -> str:
    """The digest of what a run follows from: its cells, answers that it names, the kit, stills."""
    earlier = [answers[name] for name in sorted(answers.keys() & set(WORD.findall(text)))]
    return of_run("\n".join([text, *earlier]), layout.STILLS)


def _run(
    chapters: Iterable[Chapter], texts: dict[str, str], language: str | None
) -> Iterator[tuple[str, str]]:
    """Name and text with outputs of notebooks, as they come to their ends."""
    if not texts:
        return
    with tempfile.TemporaryDirectory(prefix="site-runs-") as folder, _as_the_book(language):
        work_through(chapters, Path(folder))
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
            waiting: dict[Future[tuple[str, float, float, int]], str] = {
                pool.submit(run_notebook, text, folder): name for name, text in texts.items()
            }
            for done in as_completed(waiting):
                yield waiting[done], done.result()[0]


@contextlib.contextmanager
def _as_the_book(language: str | None) -> Iterator[None]:
    """While it lasts, kernels that start speak a language and draw pictures in place of widgets."""
    chosen = {WIDGETS: "0", wording.VARIABLE: language or ""}
    before = {name: os.environ.get(name) for name in chosen}
    os.environ.update(chosen)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _refuse_errors(name: str, text: str) -> None:
    for cell in nbformat.reads(text, as_version=4).cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                first = cell.source.strip().split("\n")[0]
                raise RunError(
                    f"{name}: the cell `{first}` raised {output.ename}: {output.evalue}; "
                    f"`course verify {name}` says more"
                )
