"""Formgrader in Jupyter's server, with grading that does not hold the server up.

Stock formgrader grades inside the web server's own process, and nothing else is answered meanwhile.
Here its button runs ``course grade`` as a program of its own; all else is formgrader's.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from jinja2 import DictLoader
from jupyter_server.utils import url_path_join
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import formgrader
from nbgrader.server_extensions.formgrader.base import BaseApiHandler, check_notebook_dir
from tornado import web

GRADING = "course_grading"  # the key of the lock among the web application's settings
AUTOGRADE = r"/formgrader/api/submission/([^/]+)/([^/]+)/autograde"
TEMPLATE = Path(__file__).resolve().parent / "templates" / "mathjax.html.j2"
MATHJAX = "static/jupyter_server_mathjax/MathJax.js?config=TeX-AMS-MML_HTMLorMML-full,Safe"
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
            *(sys.executable, "-m", "grader.cli", "grade", "--again", "--json"),
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
    server.web_app.settings[GRADING] = asyncio.Lock()
    pattern = url_path_join(server.web_app.settings["base_url"], AUTOGRADE)
    server.web_app.add_handlers(".*$", [(pattern, AutogradeHandler)])
    formgrader.load_jupyter_server_extension(server)
    settings = server.web_app.settings
    stock = settings["nbgrader_exporter"]
    settings["nbgrader_exporter"] = offline(stock, url_path_join(settings["base_url"], MATHJAX))


def offline(exporter: HTMLExporter, mathjax: str) -> HTMLExporter:
    """An exporter like this one whose pages load MathJax from an address of this server."""
    template = TEMPLATE.read_text(encoding="utf-8").replace("MATHJAX_ADDRESS", mathjax)
    loader = DictLoader({TEMPLATE.name: template})
    return HTMLExporter(config=exporter.config, extra_loaders=[loader])
