"""Takes out of an outcome what could carry words from inside a hidden case.

An exception's type and text, the name of an unknown type and the line that is quoted are chosen
by the student's code, which sees the hidden inputs. What is told is from short lists, and the
quoted line comes from the cell as the trusted side has it. Even so much the judge tells only where
every case of an exercise ends in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.sandbox.names import SAFE_EXCEPTIONS, SAFE_TYPES
from pix2net.judging.codec import Opaque
from pix2net.judging.driver import Outcome, Raised

EXCEPTIONS = SAFE_EXCEPTIONS | {"CheckFailed", "UnknownTask"}
TYPES = SAFE_TYPES | {"numpy.ndarray"}
CELL = re.compile(r"<cell (\d+)")
DEFINITION = re.compile(r"(?:async +)?(?:def|class) +(\w+)")
MAX_LINE = 160
MAX_NAME = 60
MAX_INT_BITS = 63  # of a number that NumPy and float take without complaint


def disarm(outcome: Outcome, sources: Mapping[int, str]) -> Outcome:
    """The outcome with nothing in it that the student's code could have put into words.

    Args:
        sources: text of each cell that ran, by number.
    """
    raised = outcome.raised
    if raised is not None:
        name = raised.type_name if raised.type_name in EXCEPTIONS else "an exception of its own"
        text, function = quoted(raised, sources)
        raised = Raised(name, text=text, function=function)
    return replace(outcome, value=_plain(outcome.value), raised=raised)


def quoted(raised: Raised, sources: Mapping[int, str]) -> tuple[str, str]:
    """The line of the student's that an exception came from, as handed in, and the function or
    class at the margin in which it stands; "" for what is not there."""
    found = CELL.match(raised.file or "")
    if found is None or not isinstance(raised.line, int):
        return "", ""
    lines = sources.get(int(found[1]), "").split("\n")
    if not 0 < raised.line <= len(lines):
        return "", ""
    above = (DEFINITION.match(line) for line in reversed(lines[: raised.line]))
    function = next((head[1] for head in above if head), "")
    return lines[raised.line - 1].strip()[:MAX_LINE], function[:MAX_NAME]


def _plain(value: Any) -> Any:
    """The value with unknown types made anonymous; integers beyond any answer as well."""
    kind = type(value)
    if kind is Opaque:
        return value if value.type_name in TYPES else Opaque("object")
    if kind is int and value.bit_length() > MAX_INT_BITS:
        return Opaque("int")
    if kind in (list, tuple):
        return kind(_plain(part) for part in value)
    if kind is dict:
        return {key: _plain(part) for key, part in value.items()}
    return value
