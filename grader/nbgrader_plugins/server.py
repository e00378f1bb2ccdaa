"""Formgrader in Jupyter's server, with grading that does not hold the server up.

Stock formgrader grades inside the web server's own process, and nothing else is answered meanwhile.
Here its button runs ``course grade`` as a program of its own, names are shown as text, and there is
a page to grade one question over all students; all else is formgrader's.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, DictLoader, Environment
from jupyter_server.utils import url_path_join
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import formgrader
from nbgrader.server_extensions.formgrader.base import BaseApiHandler, check_notebook_dir
from tornado import web

from grader.classroom.records import Records
from grader.nbgrader_plugins.answers import HANDLERS, MATHJAX, fresh_after
from grader.release.course_dir import ClassFolder

GRADING = "course_grading"  # the key of the lock among the web application's settings
AUTOGRADE = r"/formgrader/api/submission/([^/]+)/([^/]+)/autograde"
TEMPLATE = Path(__file__).resolve().parent / "templates" / "mathjax.html.j2"
IN_SCRIPT = re.compile(r'= "\{\{ *(\w+) *\}\}"(?=;)')  # a value in quotes, in stock templates
MENU = re.compile(r"(/formgrader/manage_students\">Manage Students</a></li>)")  # its last entry
LINK = (
    '<li role="presentation"><a href="{{ base_url }}/formgrader/answers">Answers in words</a></li>'
)
NOTEBOOK = '<div id="notebook" class="border-box-sizing">'  # where formgrader's page has it
COULD_NOT = 2  # the exit status of a command that could not do what it was asked


class AutogradeHandler(BaseApiHandler):
    """Answers formgrader's button: the same as ``course grade ASSIGNMENT --student STUDENT``."""

    @web.authenticated
    @check_notebook_dir
    async def post(self, assignment_id: str, student_id: str) -> None:
        """Grade one submission and answer as formgrader expects it."""
        async with self.settings[GRADING]:  # one at a time, as they share the gradebook
            self.write(json.dumps(await self._graded(assignment_id, student_id)))

    async def _graded(self, assignment: str, student: str) -> dict[str, Any]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pix2net", "grade", "--again", "--json"),
            *("--class-dir", self.coursedir.root, "--student", student, "--", assignment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = (text.decode(errors="replace") for text in await process.communicate())
        if process.returncode == COULD_NOT or not said:
            return {"success": False, "error": complained or "it ended without a result"}
        return {"success": True, "log": complained}


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add our handler, then formgrader, whose own handlers come after it."""
    settings = server.web_app.settings
    settings[GRADING] = asyncio.Lock()
    ours = [(AUTOGRADE, AutogradeHandler), *HANDLERS]
    placed = [(url_path_join(settings["base_url"], pattern), kind) for pattern, kind in ours]
    server.web_app.add_handlers(".*$", placed)
    formgrader.load_jupyter_server_extension(server)
    settings["log_function"] = logging_and_refreshing(settings.get("log_function"))
    stock = settings["nbgrader_exporter"]
    settings["nbgrader_exporter"] = offline(stock, url_path_join(settings["base_url"], MATHJAX))
    settings["nbgrader_jinja2_env"] = escaping(settings["nbgrader_jinja2_env"])


def logging_and_refreshing(log: Callable[[Any], None] | None) -> Callable[[Any], None]:
    """What to do when a request is answered: what was done before, and forget what was read."""

    def answered(handler: Any) -> None:
        fresh_after(handler)
        if log is not None:
            log(handler)

    return answered


def offline(exporter: HTMLExporter, mathjax: str) -> HTMLExporter:
    """An exporter like this one whose pages load MathJax from an address of this server."""
    template = TEMPLATE.read_text(encoding="utf-8").replace("MATHJAX_ADDRESS", mathjax)
    loader = DictLoader({TEMPLATE.name: template})
    return EscapingExporter(config=exporter.config, extra_loaders=[loader])


class EscapingExporter(HTMLExporter):
    """Shows names as text, where the stock template puts them into its page as they are."""

    def from_filename(  # type: ignore[override]  # it gives text, as HTML exporters do
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a notebook; ``resources`` hold the names of student and assignment."""
        safe = {
            name: html.escape(value) if isinstance(value, str) else value
            for name, value in (resources or {}).items()
        }
        page, told = super().from_filename(filename, safe, **kwargs)
        return page.replace(NOTEBOOK, f"{earlier(Path(filename))}{NOTEBOOK}", 1), told


def earlier(notebook: Path) -> str:
    """What persons gave to other answers than those on the page, as HTML above it."""
    folder = ClassFolder(notebook.parents[3])
    history = Records(folder.root).history(notebook.parts[-3], notebook.parts[-2])
    lines = []
    for task in sorted(history.given):
        given = history.earlier(task)
        if given is not None:
            points = "" if given.score is None else f" {given.score:g} points"
            comment = f" “{given.comment}”" if given.comment else ""
            lines.append(f"{task}, hand-in of {history.when(given)}:{points}{comment}")
    if not lines:
        return ""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return (
        '<div class="alert alert-warning"><b>Given to an earlier hand-in, whose answer was another '
        f"one:</b><ul>{items}</ul></div>"
    )


def escaping(stock: Environment) -> Environment:
    """Templates like these that show names as text: a folder's name may be written as HTML is."""
    assert stock.loader is not None
    return stock.overlay(autoescape=True, loader=_Escaping(stock.loader))


class _Escaping(BaseLoader):
    """Loads stock templates, with the values in their scripts as JavaScript has them."""

    def __init__(self, stock: BaseLoader) -> None:
        self._stock = stock

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """A template's text, where it comes from, and what tells that it changed."""
        source, path, is_fresh = self._stock.get_source(environment, template)
        source = IN_SCRIPT.sub(r"= {{ \1 | tojson }}", source)
        return MENU.sub(rf"\1\n{LINK}", source), path, is_fresh
