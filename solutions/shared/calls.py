"""Ways to call a function that data alone cannot ask for: where arrays lie, names of arguments.

Inputs cross to an implementation as data, so every array arrives new, writeable and row by row in
memory. These scenarios make other arrays of them on the spot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.exercises import Case

LAID_OUT = "arrays in other memory layouts: by columns, or reversed and read-only"


def in_other_layouts(implementation: Callable[..., Any], **arguments: Any) -> dict[str, Any]:
    """What comes of arrays in Fortran order, and then of read-only windows onto larger arrays,
    which show the rows of the first call from the last to the first.

    The first answer is held back during the second call, so it must not be lost by it.
    """
    fortran = {
        name: np.array(value, order="F") if isinstance(value, np.ndarray) else value
        for name, value in arguments.items()
    }
    windows = {}
    for name, value in arguments.items():
        windows[name] = value
        if isinstance(value, np.ndarray):
            larger = np.zeros([2 * n for n in value.shape], value.dtype)
            window = larger[tuple(slice(None, None, 2) for _ in value.shape)]
            window[...] = value
            windows[name] = window[::-1]
            windows[name].flags.writeable = False
    first = implementation(*fortran.values())
    for name, value in fortran.items():
        if isinstance(value, np.ndarray):
            arguments[name][...] = value  # so that a change of an argument is seen
    return {"column by column": first, "upside down": implementation(*windows.values())}


def with_keywords(
    implementation: Callable[..., Any], given: dict[str, Any], named: dict[str, Any]
) -> Any:
    """What comes of some arguments by position and of others by their names."""
    return implementation(*given.values(), **named)


def laid_out(label: str = LAID_OUT, /, **inputs: Any) -> Case:
    """An edge case of `in_other_layouts`."""
    return Case(label, inputs, edge=True, scenario="in_other_layouts")
