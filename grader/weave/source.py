"""Reads a chapter's text source: prose, code cells and the slots that name exercises."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jupytext.myst import MystMetadataParsingError, get_parser, myst_to_notebook
from nbformat import NotebookNode

from grader.exercises.model import Chapter, Exercise

SLOT = re.compile(r"\{(exercise|question)\}(?P<name>.*)", re.DOTALL)
DIRECTIVE = re.compile(r"\{([\w-]+)\}")
WORDS = ("exercise", "question")


@dataclass(frozen=True)
class Piece:
    """A part of a chapter's text in order.

    Attributes:
        kind: "prose" (Markdown), "code" or "slot".
        text: Markdown, code, or the task's name.
        line: where it starts in the file, from 1.
        word: for a slot "exercise" or "question".
        tags: a code cell's tags.
        lead: for a slot what it says of its exercise, Markdown.
    """

    kind: str
    text: str
    line: int
    word: str = ""
    tags: tuple[str, ...] = ()
    lead: str = ""


class SourceError(ValueError):
    """A chapter's text cannot be woven; ``problems`` are the reasons, ``file:line: sentence``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def read(text: str, chapter: Chapter, filename: str) -> list[Piece]:
    """The pieces of a chapter's text, its slots checked against the hidden half.

    Args:
        text: MyST Markdown notebook.
        chapter: the hidden half whose tasks the slots name.
        filename: for messages.

    Raises:
        SourceError: with every unknown, missing, doubled or malformed slot.
    """
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise SourceError([f"{filename}:1: {error}"]) from error
    lines = text.splitlines()
    pieces: list[Piece] = []
    problems: list[str] = []
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        if cell.cell_type == "markdown":
            first = _first_text(lines, start)
            pieces.extend(_split(cell.source, first, filename, problems))
        elif cell.cell_type == "code":
            pieces.append(_code(cell, start))
        else:
            problems.append(f"{filename}:{start}: a raw cell has no place in a chapter")
    problems += check_slots([p for p in pieces if p.kind == "slot"], chapter, filename)
    if problems:
        raise SourceError(sorted(problems, key=_line_number))
    return pieces


def _line_number(problem: str) -> int:
    found = re.match(r"[^:]*:(\d+):", problem)
    return int(found[1]) if found else 0


def _first_text(lines: list[str], start: int) -> int:
    """Index of the first line at or after ``start`` that is not empty: where a cell begins."""
    return next((i for i in range(start, len(lines)) if lines[i]), start)


def _code(cell: NotebookNode, start: int) -> Piece:
    tags = tuple(str(tag) for tag in cell.metadata.get("tags", ()))
    return Piece("code", cell.source.strip("\n"), start + 1, tags=tags)


def _split(source: str, first: int, filename: str, problems: list[str]) -> Iterator[Piece]:
    """A Markdown cell as prose and slots; ``first`` is its first line's index in the file."""
    lines = source.split("\n")
    done = 0
    for token in get_parser().parse(source + "\n"):
        if token.type != "fence":
            continue
        begin, end = token.map
        line = first + begin + 1
        problem = _malformed(token.info.strip(), token.content, token.level)
        if problem:
            problems.append(f"{filename}:{line}: {problem}")
            continue
        slot = SLOT.fullmatch(token.info.strip())
        if slot is None:
            continue
        yield from _prose(lines[done:begin], first + done)
        lead = token.content.strip()
        yield Piece("slot", slot["name"].strip(), line, word=slot[1], lead=lead)
        done = end
    yield from _prose(lines[done:], first + done)


def _malformed(info: str, content: str, level: int) -> str | None:
    """What is wrong with a fence that is or was meant to be a slot, or None."""
    directive = DIRECTIVE.match(info)
    if directive is None:
        return None
    word = directive[1]
    if word not in WORDS:
        meant = difflib.get_close_matches(word, WORDS, n=1, cutoff=0.75)
        return f"there is no slot {{{word}}}: did you mean {{{meant[0]}}}?" if meant else None
    slot = SLOT.fullmatch(info)
    name = slot["name"].strip() if slot else ""
    if not name.isidentifier():
        return f"a slot names one task, as in ```{{{word}}} NAME; this one says {name!r}"
    if level:
        return f"the slot {name} stands inside a list or quotation: move it to the left margin"
    if content.strip() and word == "question":
        return f"the slot {name} holds text: a question's text comes from the hidden half"
    return None


def _prose(lines: list[str], index: int) -> Iterator[Piece]:
    text = "\n".join(lines)
    if text.strip():
        lead = len(text) - len(text.lstrip("\n"))
        yield Piece("prose", text.strip("\n").rstrip(), index + lead + 1)


def check_slots(slots: list[Piece], chapter: Chapter, filename: str) -> list[str]:
    """Every way in which slots and a chapter's tasks do not match, one sentence each."""
    problems: list[str] = []
    seen: dict[str, int] = {}
    for slot in slots:
        where = f"{filename}:{slot.line}: "
        if slot.text not in chapter.tasks:
            problems.append(where + _unknown(slot, chapter))
        elif slot.text in seen:
            problems.append(
                f"{where}{slot.text} already has a slot in line {seen[slot.text]}: remove one"
            )
        elif slot.word != _word(slot.text, chapter):
            right = _word(slot.text, chapter)
            problems.append(f"{where}{slot.text} is a {right}: write ```{{{right}}} {slot.text}")
        seen.setdefault(slot.text, slot.line)
    named = [slot.text for slot in slots]
    end = max((slot.line for slot in slots), default=1)
    for task in chapter.tasks:
        if task not in seen:
            word = _word(task, chapter)
            near = _near(task, {name: 0 for name in named if name not in chapter.tasks})
            hint = f" (is {near} meant for it?)" if near else ""
            problems.append(
                f"{filename}:{end}: the {word} {task} of the hidden half has no slot{hint}: "
                f"add ```{{{word}}} {task}"
            )
    return problems


def _unknown(slot: Piece, chapter: Chapter) -> str:
    near = _near(slot.text, chapter.tasks)
    hint = f"did you mean {near}?" if near else f"there are {', '.join(chapter.tasks)}"
    return f"the hidden half defines no {slot.word} {slot.text}: {hint}"


def _near(name: str, among: Mapping[str, object]) -> str | None:
    found = difflib.get_close_matches(name, list(among), n=1, cutoff=0.6)
    return found[0] if found else None


def _word(task: str, chapter: Chapter) -> str:
    return "exercise" if isinstance(chapter.tasks[task], Exercise) else "question"
