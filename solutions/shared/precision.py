"""Wrong by the digits that single precision lacks, whatever the exercise."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.exercises import Table


def in_single(value: Any) -> Any:
    """An array of float64 in single precision; anything else as it is."""
    double = isinstance(value, np.ndarray) and value.dtype == np.float64
    return value.astype(np.float32) if double else value


def in_double(value: Any) -> Any:
    """What was computed in single precision, cast to float64."""
    if isinstance(value, (tuple, list)):
        return type(value)(map(in_double, value))
    if isinstance(value, np.ndarray) and value.dtype == np.float32:
        return value.astype(np.float64)
    return float(value) if isinstance(value, np.floating) else value


# Exercises of which an argument is an array of float64 and the result is computed from it.
SINGLE = Table("""
single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    given = [in_single(value) for value in list(locals().values())]
    return in_double(reference(*given))
""")
