"""Sentences that a learner reads, in the language that they read.

English is written where a sentence is needed, as the text of a template, and is the key under which
a catalog in another language has its own: ``worded("{name} gave None.", name=...)``. Catalogs are
gettext's, so that every tool for translations reads and writes them::

    pix2net/judging/languages/zh_CN/LC_MESSAGES/course.mo

`pybabel extract -k worded -k counted:1,2 pix2net` collects the templates. ``COURSE_LANGUAGE``
chooses; a sentence that a catalog lacks stays English.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

DOMAIN = "course"
VARIABLE = "COURSE_LANGUAGE"  # such as zh_CN
FOLDER = Path(__file__).parent / "languages"


def worded(template: str, /, **values: Any) -> str:
    """A template in the learner's language, with values in the places of its ``{names}``."""
    return _catalog(os.environ.get(VARIABLE, ""), FOLDER).gettext(template).format(**values)


def counted(one: str, many: str, n: int, /, **values: Any) -> str:
    """Of two templates, or as many as a language has, the one for a count; ``{n}`` is the count."""
    catalog = _catalog(os.environ.get(VARIABLE, ""), FOLDER)
    return catalog.ngettext(one, many, n).format(n=n, **values)


def translated(sentence: str) -> str:
    """A whole sentence in the learner's language, such as one of an answer key."""
    if not sentence:  # gettext keeps a catalog's own header under it
        return ""
    return _catalog(os.environ.get(VARIABLE, ""), FOLDER).gettext(sentence)


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return worded("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """A sentence that a name is none of those known, with the one that was meant, or with all.

    Args:
        kind: what it would name, such as "chapter".
    """
    names = list(known)
    close = get_close_matches(name, names, n=2)
    if close:
        return worded(
            "there is no {kind} {name}: did you mean {close}?",
            kind=kind,
            name=name,
            close=" or ".join(close),
        )
    told = ", ".join(names)
    return worded("there is no {kind} {name}; there are {told}", kind=kind, name=name, told=told)


@lru_cache(maxsize=8)
def _catalog(language: str, folder: Path) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, folder, [language], fallback=True)
