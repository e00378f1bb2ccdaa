"""Which names a cell's text waits for or gives a meaning to, as far as a look at it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable


def waited_for(source: str) -> list[str]:
    """The exercises that a demonstration waits for: the names that it gives to ``ready``."""
    calls = re.findall(r"\bready\(([^()]*)\)", source)
    return [name for call in calls for name in re.findall(r"[\"'](\w+)[\"']", call)]


def called_in(source: str, names: Iterable[str]) -> list[str]:
    """Those of some names that a cell's text seems to call."""
    return [name for name in names if re.search(rf"\b{re.escape(name)}[ \t]*\(", source)]


def defines(source: str, name: str) -> bool:
    """Whether a cell's text seems to give ``name`` a meaning."""
    # Spaces of one line only, else a page of empty lines takes cubic time.
    name, gap = re.escape(name), r"[ \t]"
    pattern = rf"^{gap}*(?:(?:async{gap}+)?def{gap}+|class{gap}+){name}\b|^{gap}*{name}{gap}*="
    return bool(re.search(pattern, source, re.M))
