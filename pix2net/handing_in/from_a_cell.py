"""Hands in from a cell of a notebook: where there is no terminal, as in the browser edition."""

from __future__ import annotations

import base64
import html
import tempfile
from pathlib import Path

from pix2net.display import OneSentence, in_notebook, say
from pix2net.handing_in.pack import Packed, PackError, pack
from pix2net.handing_in.survey import SurveyError, survey
from pix2net.judging.wording import worded

NOTEBOOK = ".ipynb"
FOLDER = Path("handed-in")  # where there is no page to show a link on


class NotHandedIn(OneSentence):
    """Why there is no archive."""

    named = False


def submit(notebook: str, student: str) -> None:
    """Say what is missing in a saved notebook, and offer the archive to hand in as a download.

    Args:
        notebook: its name in this folder, such as "02_knn".
        student: your name in the course.

    Raises:
        NotHandedIn: there is no such notebook, or it cannot be packed.
    """
    path = Path(notebook if notebook.endswith(NOTEBOOK) else notebook + NOTEBOOK)
    if not path.is_file():
        raise NotHandedIn(worded("There is no notebook {name} in this folder.", name=path))
    try:
        tasks = survey(path)
        missing = [task for task in tasks if not task.done]
        say(
            worded(
                "{name}: {done} of {all} tasks done",
                name=path.stem,
                done=len(tasks) - len(missing),
                all=len(tasks),
            )
        )
        for task in missing:
            say(f"  ✗ {task.name}: {task.message}")
        _give(path, student)
    except (SurveyError, PackError, OSError) as problem:
        raise NotHandedIn(str(problem)) from None


def _give(path: Path, student: str) -> None:
    """Make archive and packing slip: as links where there is a page, as files elsewhere."""
    if not in_notebook():
        say(str(pack(path, student, FOLDER).archive))
        return
    from IPython.display import HTML, display

    with tempfile.TemporaryDirectory() as folder:
        display(HTML(_links(pack(path, student, Path(folder)))))


def _links(packed: Packed) -> str:
    archive = _link(packed.archive, "application/zip")
    slip = _link(packed.slip, "text/plain")
    told = worded("Give the archive to your instructor, and keep the packing slip.")
    return f"<div>{archive} · {slip}</div><div>{html.escape(told)}</div>"


def _link(path: Path, kind: str) -> str:
    name = html.escape(path.name, quote=True)
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<a href="data:{kind};base64,{content}" download="{name}">{name}</a>'
