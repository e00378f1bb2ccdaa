"""Makes the stills: pictures that a chapter shows before or in place of a learner's own work.

``python -m grader.weave.make_stills [CHAPTER ...]`` runs each chapter's own cells with the
references in the learner's place and writes ``course/stills``. A still is the picture that a cell
shows, or one that is drawn from what the cells have computed; the module ``stills`` of a chapter's
folder says which, in a function ``make(run) -> {file name: PNG}``.

``--record`` before the chapters' names calls ``record(run)`` of their modules instead, which writes
down what only a library finds that not everybody has installed; stills are drawn from that later.
"""

from __future__ import annotations

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
from grader.weave import layout
from grader.weave.weave import filled, weave_committed
from pix2net.desk.public_keys import VARIABLE as KEYS
from pix2net.judging import answer_key as keys
from pix2net.plots.show import taking_pictures


def run(chapter: Chapter) -> Run:
    """Run a chapter's cells with the references in the learner's place, of earlier chapters too."""
    namespace: dict[str, Any] = {"__name__": "__chapter__", "np": np}
    shown = []
    quiet = contextlib.redirect_stdout(io.StringIO())
    with _public_key(chapter), _references_as_mine(), quiet:
        for cell in filled(weave_committed(chapter)).cells:
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


def stills(chapter: Chapter) -> dict[str, bytes]:
    """File name -> PNG of every still of a chapter; {} where it has none."""
    module = f"solutions.ch{chapter.name}.stills"
    if importlib.util.find_spec(module) is None:
        return {}
    made = importlib.import_module(module).make(run(chapter))
    assert isinstance(made, dict)
    return made


def record(chapter: Chapter) -> None:
    """Have a chapter's module write down what its run has found."""
    importlib.import_module(f"solutions.ch{chapter.name}.stills").record(run(chapter))


def main(names: Sequence[str]) -> int:
    """Make the stills of all chapters, or of those named; or record what they are drawn from."""
    if names[:1] == ["--record"]:
        for name in names[1:]:
            record(chapters()[name])
        return 0
    layout.STILLS.mkdir(exist_ok=True)
    for name, chapter in chapters().items():
        if names and name not in names:
            continue
        for file, png in stills(chapter).items():
            (layout.STILLS / file).write_bytes(png)
            print(f"wrote {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
