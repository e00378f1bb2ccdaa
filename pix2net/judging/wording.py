"""Sentences that a learner reads, in the language that they read.

English is written where a sentence is needed, as the text of a template, and is the key under which
a catalog in another language has its own: ``worded("{name} gave None.", name=...)``. Catalogs are
gettext's, so that every tool for translations reads and writes them::

    pix2net/judging/languages/zh/LC_MESSAGES/course.mo

`course translate` collects the templates and compiles that. ``COURSE_LANGUAGE`` chooses, also by
the name of a region, such as zh_CN; `speaking` chooses for a while, as a grader does for each
student. In the browser edition it is the folder of the notebook that chooses. A sentence that a
catalog lacks stays English.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pix2net.browser import folder_in_browser
from pix2net.places import GRADERS, NOTEBOOKS

DOMAIN = "course"
ANSWERS = "answers"  # beside the notebooks that come with answers
GRADER = "grader"  # beside the grader: what reports and grading say
VARIABLE = "COURSE_LANGUAGE"  # such as zh
FOLDER = Path(__file__).parent / "languages"
_CHOSEN: ContextVar[str | None] = ContextVar("_CHOSEN", default=None)


def spoken() -> str:
    """The language that sentences are in at the moment, such as "zh"; "" is English."""
    chosen = _CHOSEN.get()
    return (os.environ.get(VARIABLE) or folder_in_browser()) if chosen is None else chosen


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Within the block sentences are in a language; None and "" are English."""
    before = _CHOSEN.set(language or "")
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def worded(template: str, /, **values: Any) -> str:
    """A template in the learner's language, with values in the places of its ``{names}``."""
    return _catalog(spoken(), FOLDER).gettext(template).format(**values)


def template(text: str) -> str:
    """A text as it stands, marked for the catalogs: `worded` gets it later, by a name."""
    return text


def counted(one: str, many: str, n: int, /, **values: Any) -> str:
    """Of two templates, or as many as a language has, the one for a count; ``{n}`` is the count."""
    catalog = _catalog(spoken(), FOLDER)
    return catalog.ngettext(one, many, n).format(n=n, **values)


def translated(sentence: str) -> str:
    """A whole sentence in the learner's language, such as one of an answer key."""
    if not sentence:  # gettext keeps a catalog's own header under it
        return ""
    return _catalog(spoken(), FOLDER).gettext(sentence)


def languages() -> list[str]:
    """The languages that have a catalog, such as "zh"."""
    return sorted(path.name for path in FOLDER.glob("*") if path.is_dir())


def language_of(name: str) -> str | None:
    """The language of the course that a name means, such as "zh" for zh_CN; None is English.

    Raises:
        ValueError: the course has no such language; the message says which it has.
    """
    known = languages()
    short = _short(name)
    if short in ("", "en", "c", "posix"):
        return None
    if short not in known:
        raise ValueError(unknown(template("language"), name, ["en", *known]))
    return short


def folder_of(folder: Path) -> Path:
    """The folder below one that has what is in the spoken language; of English it is the same."""
    return folder / _short(spoken())


def _short(name: str) -> str:
    return name.replace("-", "_").partition("_")[0].lower()


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return worded("{names} and {last}", names=worded(", ").join(names[:-1]), last=names[-1])


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """A sentence that a name is none of those known, with the one that was meant, or with all.

    Args:
        kind: what it would name, such as "chapter"; a `template`.
    """
    kind = translated(kind)
    names = list(known)
    close = get_close_matches(name, names, n=2)
    if close:
        return worded(
            "there is no {kind} {name}: did you mean {close}?",
            kind=kind,
            name=name,
            close=worded(" or ").join(close),
        )
    told = worded(", ").join(names)
    return worded("there is no {kind} {name}; there are {told}", kind=kind, name=name, told=told)


@lru_cache(maxsize=8)
def _catalog(language: str, folder: Path) -> gettext.NullTranslations:
    found = gettext.translation(DOMAIN, folder, [language], fallback=True)
    found.add_fallback(gettext.translation(ANSWERS, NOTEBOOKS, [language], fallback=True))
    found.add_fallback(gettext.translation(GRADER, GRADERS, [language], fallback=True))
    return found
