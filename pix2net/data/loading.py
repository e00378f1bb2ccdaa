"""One call loads any data set."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from pix2net.data import cifar10, fashion_mnist, picto10
from pix2net.data.dataset import Dataset, protected

SETTING = "COURSE_DATASET"  # the environment variable that says which set `load` gives by default
DEFAULT = "picto10"
LOADERS: Mapping[str, Callable[[], Dataset]] = MappingProxyType(
    {
        "picto10": picto10.load,
        "fashion_mnist": fashion_mnist.load,
        "cifar10": cifar10.load,
        "cifar10_full": cifar10.load_full,
    }
)


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return tuple(LOADERS)


def load(name: str | None = None) -> Dataset:
    """Load a data set.

    Args:
        name: of it; None takes what the environment variable COURSE_DATASET says, else "picto10".

    Returns:
        The same `Dataset` at every call; its arrays are read-only, so copy what you change.

    Raises:
        ValueError: a name that is not known.
        OSError: a set that is fetched on demand and cannot be had.
    """
    chosen = name or os.environ.get(SETTING) or DEFAULT
    if chosen not in LOADERS:
        raise ValueError(f"there is no data set {chosen!r}; there are: {', '.join(LOADERS)}")
    return _load(chosen)


@cache
def _load(name: str) -> Dataset:
    return protected(LOADERS[name]())
