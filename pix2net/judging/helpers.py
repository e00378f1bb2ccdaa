"""Other exercises of the learner's that an exercise calls: where they fail, they come first."""

from __future__ import annotations

from collections.abc import Sequence
from types import CodeType, FunctionType
from typing import Any

from pix2net.judging.wording import counted, listed


def names_in(thing: Any) -> frozenset[str]:
    """The global names that a function, or the methods of a class, look up."""
    if isinstance(thing, type):
        return frozenset[str]().union(*(names_in(part) for part in vars(thing).values()))
    thing = getattr(thing, "__func__", thing)
    return _names(thing.__code__) if isinstance(thing, FunctionType) else frozenset()


def _names(code: CodeType) -> frozenset[str]:
    inner = [part for part in code.co_consts if isinstance(part, CodeType)]
    return frozenset(code.co_names).union(*(_names(part) for part in inner))


def mend_first(broken: Sequence[str]) -> str:
    """What to say where exercises are called that do not pass their own checks; "" for none."""
    if not broken:
        return ""
    return counted(
        "It calls your {names}, which does not pass its own check: mend that first.",
        "It calls your {names}, which do not pass their own checks: mend them first.",
        len(broken),
        names=listed([f"`{name}`" for name in broken]),
    )
