"""What the results of a function are called, by the "Returns" part of its docstring."""

from __future__ import annotations

import inspect
import re
from typing import Any

SECTION = re.compile(r"^Returns:\n((?: +.*\n|\n)*)", re.M)
NAME = r"[A-Za-z_]\w*"
IN_BRACKETS = re.compile(rf"\(({NAME}(?:, {NAME})+)\):")
IN_A_ROW = re.compile(rf"({NAME}(?:, {NAME})*(?:,? and {NAME})?)(?:, (?:in|just)\b|[.:])")
ON_A_LINE = re.compile(rf"^({NAME}):", re.M)


def result_names(reference: Any) -> tuple[str, ...]:
    """Names of the several things that a function gives; none for a single one, or for a class.

    They stand at the start of the section as ``(loss, dscores): ...`` or ``loss and dW, just as
    ...``, or each at the start of a line of its own, ``loss: a float, ...``.
    """
    found = SECTION.search((inspect.getdoc(reference) or "") + "\n")
    if found is None or isinstance(reference, type):
        return ()
    text = inspect.cleandoc(found[1])
    listed = IN_BRACKETS.match(text) or IN_A_ROW.match(text)
    names = re.split(r", and |, | and ", listed[1]) if listed else []
    if len(names) < 2:
        names = ON_A_LINE.findall(text)
    return tuple(names) if len(names) > 1 and len(set(names)) == len(names) else ()
