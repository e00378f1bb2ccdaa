"""What tasks ask, in a reader's language, whichever the class's notebook is in."""

from __future__ import annotations

import re
from functools import cache

from nbformat import NotebookNode

from grader.exercises.registry import chapter_named
from grader.weave import catalogs, layout
from grader.weave.source import SourceError
from grader.weave.stub import StubError
from grader.weave.weave import weave_committed

HEADING = re.compile(r"^# .*$", re.M)


def prompt_in(language: str, assignment: str, cell: NotebookNode) -> str:
    """The text of a cell that asks for something, in a language; as it is where the course has
    another text by now, or no translation."""
    known = _prompts(assignment).get(cell.get("id", ""), {})
    source = str(cell.source)
    return known.get(language, source) if source in known.values() else source


def title_in(language: str, assignment: str) -> str:
    """What a chapter is called in a language."""
    chapter = chapter_named(assignment)
    if chapter is None:
        return assignment
    heading = HEADING.search(layout.text_path(assignment).read_text(encoding="utf-8"))
    english = heading[0] if heading else ""
    said = catalogs.say_in(language or None, assignment)(english)
    return chapter.title if said == english else said.removeprefix("# ")


@cache
def _prompts(assignment: str) -> dict[str, dict[str, str]]:
    """The texts that ask for something, by cell and language; none of an assignment of others."""
    chapter, found = chapter_named(assignment), dict[str, dict[str, str]]()
    for language in ("", *catalogs.languages()) if chapter else ():
        assert chapter is not None
        try:
            woven = weave_committed(chapter, catalogs.say_in(language or None, assignment))
        except (SourceError, StubError):
            return {}
        for cell in woven.cells:
            if layout.role_of(cell) == "prose" and layout.task_of(cell):
                found.setdefault(cell.id, {})[language] = cell.source
    return found
