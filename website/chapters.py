"""A chapter as a page of the book: what is handed out, with the figures of a run with references.

Exercises stand there as stubs. Nothing of a reference can come along: sources are those of the
notebook that learners get, and only what the course's own cells have shown is taken from the run.
"""

from __future__ import annotations

import base64
import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from grader.exercises.model import Chapter, Exercise
from grader.weave import layout
from grader.weave.catalogs import say_in
from grader.weave.notebook import FOLDED, given_cell
from grader.weave.student_version import student_version
from grader.weave.weave import GUESSED, INSTALL, weave_committed
from pix2net.files import digest
from website.editions import ENGLISH, Edition

FIGURES = "figures"  # the folder of the pictures, below the page's
INLINE = re.compile(r'<img src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
FOLDED_WHOLE = "hide-cell"  # code and output: for what a reader should guess first
STUB = "exercise"  # tag of the cell that a learner fills in

START = """\
```{{raw}} html
<p class="ways">
<a class="way" href="{lite}{name}.ipynb">{work}</a>
<a class="way" href="../notebooks/{name}.ipynb" download>{download}</a>
</p>
```"""


def page_of(
    chapter: Chapter, ran: NotebookNode, figures: Path, edition: Edition = ENGLISH
) -> NotebookNode:
    """A chapter's page as a notebook with outputs.

    Args:
        chapter: whose page it is.
        ran: its finished notebook after a run.
        figures: folder that its pictures are written to.
        edition: of the book; the run is in its language.
    """
    outputs = {cell.id: cell.outputs for cell in ran.cells if cell.cell_type == "code"}
    page = student_version(weave_committed(chapter, say_in(edition.language, chapter.name)))
    page.cells = list(_shown(page.cells, chapter, outputs, figures, edition))
    page.metadata.pop("title", None)
    return page


def _shown(
    cells: list[NotebookNode],
    chapter: Chapter,
    outputs: Mapping[str, list[NotebookNode]],
    figures: Path,
    edition: Edition,
) -> Iterator[NotebookNode]:
    install = given_cell(INSTALL.read_text(encoding="utf-8").rstrip()).id
    for number, cell in enumerate(cells):
        role = layout.role_of(cell)
        if role in ("test", "written") or cell.id == install or _is_choice(cell, chapter):
            continue
        shown = copy.deepcopy(cell)
        shown.metadata = {"tags": _tags(cell, role)}
        if FOLDED_WHOLE in shown.metadata["tags"]:
            prompts = {"code_prompt_show": edition.guess, "code_prompt_hide": edition.hide_again}
            shown.metadata["mystnb"] = prompts
        if cell.cell_type == "code":
            kept = outputs.get(cell.id, []) if role == "given" else []
            shown.outputs = [_light(output, figures) for output in kept if _is_for_readers(output)]
            shown.execution_count = None
        yield shown
        if number == 0:
            yield new_markdown_cell(_ways(chapter.name, edition), id="ways")


def _ways(name: str, edition: Edition) -> str:
    lite = f"../{edition.up}lite/lab/index.html?path={edition.folder}"
    return START.format(name=name, lite=lite, work=edition.work, download=edition.download)


def _is_choice(cell: NotebookNode, chapter: Chapter) -> bool:
    """Whether it is where the answer to a question is typed: a page has nothing to type into."""
    task = chapter.tasks.get(layout.task_of(cell) or "")
    return layout.role_of(cell) == "answer" and not isinstance(task, Exercise)


def _tags(cell: NotebookNode, role: str | None) -> list[str]:
    tags = [str(tag) for tag in cell.metadata.get("tags", ())]
    if role == "answer":
        return [*tags, STUB]
    if role == "given" and cell.cell_type == "code" and GUESSED.search(cell.source):
        return [tag for tag in tags if tag != FOLDED] + [FOLDED_WHOLE]
    return tags


def _is_for_readers(output: NotebookNode) -> bool:
    return output.output_type != "error" and output.get("name") != "stderr"


def _light(output: NotebookNode, figures: Path) -> NotebookNode:
    """An output whose pictures stand in files of their own, which a browser fetches when needed."""
    light = copy.deepcopy(output)
    light.pop("execution_count", None)
    if "text/html" in light.get("data", {}):
        html = INLINE.sub(lambda found: _filed(found[1], figures), light.data["text/html"])
        light.data = {"text/html": html}
        light.metadata = {}
    if light.output_type == "execute_result":
        light["execution_count"] = None
    return light


def _filed(encoded: str, figures: Path) -> str:
    png = base64.b64decode(encoded)
    figures.mkdir(parents=True, exist_ok=True)
    path = figures / f"{digest(png)[:20]}.png"
    path.write_bytes(png)
    return f'<img loading="lazy" src="{FIGURES}/{path.name}"'
