"""Catalogs of translations: of the kit, the grader, each chapter and some guides, by language.

They are gettext's, so that Poedit and Weblate edit them, and stand in ``course/languages``. What a
chapter says is found by weaving it, so nothing that is woven can be forgotten. What learners read
from `check` is compiled into the kit, which installs alone: of the chapters, what their public keys
say. What would tell a class too much stands with the notebooks of those who study alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from grader.exercises.model import Chapter
from grader.keys.compile import PUBLIC_SEED, make_cases
from grader.weave import layout, words
from grader.weave.weave import INSTALL, weave_committed
from grader.weave.words import Say
from pix2net import places
from pix2net.files import ABSENT, NO_FILE, replace_file
from pix2net.judging import wording
from pix2net.judging.questions import ANSWER
from pix2net.judging.verdicts import SEVERITY
from pix2net.plots import labels
from pix2net.plots.images import CHANNEL_NAMES
from pix2net.plots.uses import FIELDS

FOLDER = layout.TEXTS / "languages"
KIT, GRADER = "kit", "grader"  # names of catalogs
GUIDES = ("students", "instructors", "coverage")  # pages of docs/ that have a catalog
DOCS = layout.ROOT / "docs"
SAYS: dict[str, Any] = {"worded": None, "counted": (1, 2), "template": None}
SAID_BY: dict[str, Any] = {  # folders of code, with the functions whose arguments are said
    "pix2net": {**SAYS, "Area": (2,), "Side": (2,)},
    "grader/reports": SAYS,
    "grader/weave": {"say": None},
}
# What is said where work is graded is in a catalog of its own, which stays in the clone.
GRADERS: dict[str, Any] = {
    f"grader/{room}": SAYS for room in ("reports", "grading", "handed_in", "release", "cli")
}
# Names that are said only where they are shown.
SHOWN_LATER = (*FIELDS, *CHANNEL_NAMES, ANSWER, ABSENT, NO_FILE, *labels.messages())
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
FEEDBACK = [("feedback.py", "python"), ("**/feedback.html.j2", "jinja2")]  # learners read it
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # in every header: a catalog changes only in what it says
WIDTH = 100


@dataclass(frozen=True)
class Standing:
    """What a catalog lacks: English that has no translation, and that has one of older English."""

    language: str
    name: str
    missing: tuple[str, ...]
    fuzzy: tuple[str, ...]


def languages() -> list[str]:
    """The languages that have catalogs, such as "zh"."""
    return sorted(path.name for path in FOLDER.glob("*") if path.is_dir())


def path_of(language: str, name: str) -> Path:
    """The catalog of the kit or of a chapter, whether it is there or not."""
    return FOLDER / language / f"{name}.po"


def begun(language: str, name: str) -> bool:
    """Whether a chapter or a guide has a catalog."""
    return path_of(language, name).is_file()


@cache
def of_kit() -> dict[Any, str]:
    """What the kit and the weaver say, with the file of each; plural forms are tuples."""
    found: dict[Any, str] = dict.fromkeys(SHOWN_LATER, "pix2net")
    found |= _said(SAID_BY, {"grader/reports": FEEDBACK})
    words.code(INSTALL.read_text(encoding="utf-8"), lambda text: _noted(text, found, INSTALL.name))
    return found


@cache
def of_grader() -> dict[Any, str]:
    """What only those say who grade, with the file of each."""
    found = dict.fromkeys(SEVERITY, "grader/reports") | _said(GRADERS, {})
    return {ident: place for ident, place in found.items() if ident not in of_kit()}


def _said(folders: Mapping[str, Any], only: Mapping[str, Any]) -> dict[Any, str]:
    """What is said in some folders of code, with the file of each.

    Args:
        only: which files of a folder, where not all of them.
    """
    found: dict[Any, str] = {}
    for folder, keywords in folders.items():
        for name, _, ident, _, _ in extract_from_dir(
            layout.ROOT / folder, method_map=only.get(folder, METHODS), keywords=keywords
        ):
            found.setdefault(ident, f"{folder}/{name}")
    return found


def of_chapter(chapter: Chapter) -> dict[Any, str]:
    """What a chapter says, woven or when it is checked, with the file where that stands."""
    found: dict[Any, str] = {}
    text = f"course/{chapter.name}.md"
    weave_committed(chapter, lambda words: _noted(words, found, text))
    for sentence in (*public_sentences(chapter), *answer_sentences(chapter)):
        found.setdefault(sentence, f"solutions/ch{chapter.name}")
    return {ident: place for ident, place in found.items() if ident not in of_kit()}


def of_guide(name: str) -> dict[Any, str]:
    """What a guide says, with its file."""
    found: dict[Any, str] = {}
    english = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    words.page(english, lambda text: _noted(text, found, f"docs/{name}.md"))
    return found


def _noted(text: str, found: dict[Any, str], place: str) -> str:
    found.setdefault(text, place)
    return text


def public_sentences(chapter: Chapter) -> Iterator[str]:
    """What a chapter's public key has a check say."""
    for exercise in chapter.exercises.values():
        yield from (case.label for case in make_cases(exercise, PUBLIC_SEED, hidden=False))
        yield from (each.sentence for each in exercise.properties.values())
        yield from (each.sentence for each in exercise.misconceptions)


def answer_sentences(chapter: Chapter) -> Iterator[str]:
    """What only those are told who study alone, or whose work is graded."""
    for exercise in chapter.exercises.values():
        yield from (case.label for case in make_cases(exercise, PUBLIC_SEED, hidden=True))
    for question in chapter.questions.values():
        yield from question.why.values()


def read(language: str, name: str) -> Catalog:
    """A catalog; an empty one where none is there."""
    path = path_of(language, name)
    if path.is_file():
        with path.open("rb") as file:
            return read_po(file, locale=language, domain=name)
    return _empty(language)


def merged(language: str, name: str, messages: dict[Any, str]) -> Catalog:
    """A catalog brought up to date: a translation whose English has changed is marked fuzzy."""
    catalog, template = read(language, name), _empty(language)
    for ident, place in messages.items():
        template.add(ident, locations=[(place, 0)])
    catalog.update(template, update_creation_date=False)
    return catalog


def standing(language: str, name: str, messages: dict[Any, str]) -> Standing:
    """What a catalog lacks of some messages."""
    catalog = merged(language, name, messages)
    of = {_one(m): m for m in catalog if m.id}
    return Standing(
        language,
        name,
        tuple(text for text, m in of.items() if not _done(m) and not m.fuzzy),
        tuple(text for text, m in of.items() if m.fuzzy),
    )


def update(language: str, name: str, messages: dict[Any, str]) -> None:
    """Write a catalog brought up to date."""
    buffer = io.BytesIO()
    write_po(buffer, merged(language, name, messages), width=WIDTH, include_lineno=False)
    replace_file(path_of(language, name), buffer.getvalue())


def say_in(language: str | None, text: str) -> Say:
    """How a chapter or guide is said in a language; English where it lacks it, or is None.

    Args:
        text: the name of the chapter or guide.
    """
    if language is None:
        return str
    said = {
        m.id: str(m.string)
        for name in (KIT, text)
        for m in read(language, name)
        if isinstance(m.id, str) and m.id and _done(m)
    }
    return lambda text: said.get(text, text)


def compiled(language: str, chapters: Iterable[Chapter]) -> dict[Path, bytes]:
    """The catalogs that programs read: the kit's, that of the answers, and the grader's."""
    known = [chapter for chapter in chapters if begun(language, chapter.name)]
    public: dict[str, set[Any]] = {c.name: set(public_sentences(c)) for c in known}
    told = set().union(*public.values())  # what one chapter tells, another may keep back
    answers = {c.name: set(answer_sentences(c)) - told for c in known}
    return {
        _path(wording.FOLDER, language, wording.DOMAIN): _compile(
            language, {KIT: set(of_kit()), **public}
        ),
        _path(layout.COMMITTED, language, wording.ANSWERS): _compile(language, answers),
        _path(places.GRADERS, language, wording.GRADER): _compile(
            language, {GRADER: set(of_grader())}
        ),
    }


def guides_in(language: str) -> dict[Path, bytes]:
    """The guides in a language, as they stand beside the English ones."""
    return {
        DOCS / f"{name}.{language}.md": words.page(
            (DOCS / f"{name}.md").read_text(encoding="utf-8"), say_in(language, name)
        ).encode()
        for name in GUIDES
        if begun(language, name)
    }


def _path(folder: Path, language: str, domain: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{domain}.mo"


def _compile(language: str, wanted: Mapping[str, set[Any]]) -> bytes:
    """Those messages of some catalogs that are wanted and translated."""
    catalog = _empty(language)
    for name, idents in wanted.items():
        for message in read(language, name):
            ident = tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id
            if ident in idents and _done(message):
                catalog.add(ident, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language, project="Pixels to networks", creation_date=BEGUN, revision_date=BEGUN,
        header_comment="# Translations of the course; `course translate` brings them up to date.",
        last_translator="", language_team="", fuzzy=False,
    )  # fmt: skip


def _one(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _done(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return not message.fuzzy and all(strings)
