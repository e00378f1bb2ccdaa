"""One call loads any data set."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from data import picto10
from data.dataset import Dataset, protected

SETTING = "COURSE_DATASET"  # the environment variable that says which set `load` gives by default
DEFAULT = "picto10"
LOADERS: dict[str, Callable[[], Dataset]] = {"picto10": picto10.load}


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return tuple(LOADERS)


def load(name: str | None = None) -> Dataset:
    """Load a data set.

    name  of it; None takes what the environment variable COURSE_DATASET says, else "picto10"
    Returns the same `Dataset` at every call; its arrays are read-only, so copy what you change.
    Raises `ValueError` for a name that is not known.
    """
    chosen = name or os.environ.get(SETTING) or DEFAULT
    if chosen not in LOADERS:
        raise ValueError(f"there is no data set {chosen!r}; there are: {', '.join(LOADERS)}")
    return _load(chosen)


@cache
def _load(name: str) -> Dataset:
    return protected(LOADERS[name]())
