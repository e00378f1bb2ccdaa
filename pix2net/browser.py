"""The one place that knows whether Python runs in a browser, and what is different there.

Pyodide is CPython for WebAssembly: one thread, 32 bits, and a fraction of a machine's speed.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

IN_BROWSER = platform.system() == "Emscripten"
T = TypeVar("T")


def smaller(usual: T, here: T) -> T:
    """A demonstration's setting: the usual one, or in a browser one that takes less time.

    Args:
        usual: such as a number of epochs or images.
        here: the same for a browser.
    """
    return here if IN_BROWSER else usual


def coarser(images: np.ndarray) -> np.ndarray:
    """Images (N, H, W, C) for a demonstration; in a browser every second pixel both ways."""
    return images[:, :: smaller(1, 2), :: smaller(1, 2)]


def folder_in_browser() -> str:
    """The name of the working folder in a browser, where notebooks have one for each language."""
    return Path.cwd().name if IN_BROWSER else ""


def cpu_seconds() -> float:
    """CPU seconds of this thread so far; in a browser, which has no other one, of the process."""
    return time.process_time() if IN_BROWSER else time.thread_time()


def as_indices(value: Any) -> Any:
    """A value whose int64 arrays are of the integers that NumPy counts and indexes with here.

    In a browser those have 32 bits, and `np.bincount` refuses wider ones. Elsewhere, and for all
    other values, it is the value itself.
    """
    if not IN_BROWSER:
        return value
    if isinstance(value, np.ndarray):
        return _narrow(value)
    if isinstance(value, Mapping):
        return {name: as_indices(part) for name, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map(as_indices, value))
    return value


def _narrow(array: np.ndarray) -> np.ndarray:
    if array.dtype != np.int64:
        return array
    narrow = array.astype(np.intp, order="K")
    return narrow if np.array_equal(narrow, array) else array
