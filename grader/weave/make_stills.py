"""Makes the stills: pictures that a chapter shows before or in place of a learner's own work.

``python -m grader.weave.make_stills [--language zh] [CHAPTER ...]`` runs each chapter's own cells
with the references in the learner's place and writes ``course/stills``; in a language the folder of
that name below it, of pictures that are not the English one. A still is the picture that a cell
shows, or one that is drawn from what the cells have computed; the module ``stills`` of a chapter's
folder says which, in a function ``make(run) -> {file name: PNG}``.

``--record`` before the chapters' names calls ``record(run)`` of their modules instead, which writes
down what only a library finds that not everybody has installed; stills are drawn from that later.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import pix2net
from grader.exercises.model import Chapter
from grader.exercises.registry import chapters, find
from grader.exercises.stills import Run
from grader.keys.compile import PUBLIC_SEED, compile_key
from grader.weave import catalogs, layout
from grader.weave.weave import filled, weave_committed
from pix2net.desk.public_keys import VARIABLE as KEYS
from pix2net.judging import answer_key as keys
from pix2net.judging.wording import speaking
from pix2net.plots.show import taking_pictures


def run(chapter: Chapter, language: str | None = None) -> Run:
    """Run a chapter's cells with the references in the learner's place, of earlier chapters too.

    Args:
        language: that the chapter is woven in; None is English.
    """
    namespace: dict[str, Any] = {"__name__": "__chapter__", "np": np}
    shown = []
    quiet = contextlib.redirect_stdout(io.StringIO())
    woven = weave_committed(chapter, catalogs.say_in(language, chapter.name))
    with _public_key(chapter), _references_as_mine(), quiet, speaking(language):
        for cell in filled(woven).cells:
            if cell.cell_type == "code":
                with taking_pictures() as pictures:
                    exec(compile(cell.source, f"<cell of {chapter.name}>", "exec"), namespace)
                shown.append((cell.source, pictures))
    return Run(namespace, shown)


@contextlib.contextmanager
def _public_key(chapter: Chapter) -> Iterator[None]:
    """Put the chapter's public key where `check` and `ready` look first."""
    before = os.environ.get(KEYS)
    with tempfile.TemporaryDirectory() as folder:
        key = compile_key(chapter, PUBLIC_SEED, hidden=False)
        keys.save(key, Path(folder) / f"{chapter.name}{layout.KEY_SUFFIX}")
        os.environ[KEYS] = folder
        try:
            yield
        finally:
            del os.environ[KEYS]
            if before is not None:
                os.environ[KEYS] = before


@contextlib.contextmanager
def _references_as_mine() -> Iterator[None]:
    """Let `mine` give references while the block runs."""

    def reference(name: str, folder: Path | None = None) -> Any:
        task = find(name)
        return getattr(task, "reference", None)

    before = pix2net.mine
    pix2net.mine = reference
    try:
        yield
    finally:
        pix2net.mine = before


def stills(chapter: Chapter, language: str | None = None) -> dict[str, bytes]:
    """File name -> PNG of every still of a chapter in a language; {} where it has none."""
    module = f"solutions.ch{chapter.name}.stills"
    if importlib.util.find_spec(module) is None:
        return {}
    done = run(chapter, language)
    with speaking(language):
        made = importlib.import_module(module).make(done)
    assert isinstance(made, dict)
    return made


def record(chapter: Chapter) -> None:
    """Have a chapter's module write down what its run has found."""
    importlib.import_module(f"solutions.ch{chapter.name}.stills").record(run(chapter))


def write(chapter: Chapter, language: str | None = None) -> None:
    """Write a chapter's stills; in a language those that show something else than in English."""
    folder = layout.STILLS / (language or "")
    folder.mkdir(parents=True, exist_ok=True)
    for name, png in stills(chapter, language).items():
        if language and png == (layout.STILLS / name).read_bytes():
            (folder / name).unlink(missing_ok=True)
            continue
        (folder / name).write_bytes(png)
        print(f"wrote {folder / name}")


def main(arguments: Sequence[str]) -> int:
    """Make the stills of all chapters, or of those named; or record what they are drawn from."""
    parser = argparse.ArgumentParser(prog="python -m grader.weave.make_stills")
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER")
    parser.add_argument("--language", choices=catalogs.languages())
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args(arguments)
    for name in given.chapters or ([] if given.record else chapters()):
        if given.record:
            record(chapters()[name])
        else:
            write(chapters()[name], given.language)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
