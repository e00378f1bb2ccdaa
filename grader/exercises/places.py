"""Where things of the hidden half are written, as an author reads it: ``file:line``."""

from __future__ import annotations

import inspect
import re
import traceback
from pathlib import Path
from typing import Any

from grader.exercises.model import DefinitionError

CHECKOUT = Path(__file__).resolve().parents[2]
WRITERS = ("solutions", "tests")  # the folders of a checkout in which authors write


def relative(place: str) -> str:
    """A place with its file relative to the checkout it stands in, else the file's bare name."""
    path = Path(place)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name


def place_of(thing: Any) -> str:
    """``file:line`` of a function or class; "" where it has no source."""
    try:
        code = getattr(thing, "__code__", None)
        line = code.co_firstlineno if code else inspect.getsourcelines(thing)[1]
        return relative(f"{inspect.getsourcefile(thing) or ''}:{line}")
    except (OSError, TypeError):
        return ""


def told(error: Exception, otherwise: str = "") -> str:
    """One sentence for an author: where their code raised an error, and what it says.

    Args:
        error: as it was caught.
        otherwise: the place to name where none of the error's frames is in an author's file.
    """
    return ": ".join(part for part in explained(error, otherwise) if part)


def explained(error: Exception, otherwise: str = "") -> tuple[str, str]:
    """The same in two parts: the place and what is wrong there."""
    if isinstance(error, DefinitionError):
        return "", str(error)
    if isinstance(error, SyntaxError) and error.filename:
        place = relative(f"{error.filename}:{error.lineno or 1}")
        return place, f"this is no Python: {error.msg}"
    said = " ".join(re.sub(r" \(/.*?\)", "", str(error)).split())  # without a module's long path
    kind = type(error).__name__
    return _innermost(error) or otherwise, f"{kind}: {said}" if said else kind


def _innermost(error: Exception) -> str:
    """The place of an author's that is nearest to where an error was raised; "" if there is none"""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        if any(path.is_relative_to(CHECKOUT / folder) for folder in WRITERS):
            return relative(f"{path}:{line}")
    return ""
