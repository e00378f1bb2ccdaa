"""How close numbers must be to count as equal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

# Honest reorderings of float64 sums differ by less, relative to the largest entry.
SCALE_EPS = 1e-10


@dataclass(frozen=True)
class Tolerance:
    """``abs(output - expected) <= atol + rtol * abs(expected)``; ``shapes``: whether they count."""

    rtol: float = 1e-6
    atol: float = 1e-8
    shapes: bool = True
    values: bool = True


def errors(
    expected: np.ndarray, actual: np.ndarray, tolerance: Tolerance
) -> tuple[np.ndarray, np.ndarray]:
    """How far each entry is off and how far it may be, both shaped like ``expected``, float64."""
    exact = expected.dtype.kind in "biu" and actual.dtype.kind in "biu"
    if expected.dtype.kind == "c" or actual.dtype.kind == "c":
        e, a = expected.astype(np.complex128), actual.astype(np.complex128)
    else:
        e, a = expected.astype(np.float64), actual.astype(np.float64)
    with np.errstate(all="ignore"):
        error = np.where((e == a) | (np.isnan(e) & np.isnan(a)), 0.0, np.abs(a - e))
        error = np.where(np.isnan(error), np.inf, error)
        size = np.abs(e)
        largest = np.max(size[np.isfinite(size)], initial=0.0)
        allowed = tolerance.atol + tolerance.rtol * size + SCALE_EPS * largest
        allowed = np.where(np.isfinite(allowed), allowed, 0.0)
    return error, np.zeros_like(allowed) if exact else allowed


def numbers_agree(expected: Any, actual: Any, tolerance: Tolerance) -> bool | None:
    """Whether two numbers are as close as `errors` wants, since NumPy takes long over single ones;
    None for those that are not plain: it takes NumPy to tell."""
    if isinstance(expected, float) and isinstance(actual, float):
        wanted, seen = float(expected), float(actual)  # which Python counts with in silence
        allowed = tolerance.atol + tolerance.rtol * abs(wanted) + SCALE_EPS * abs(wanted)
        if math.isfinite(allowed) and math.isfinite(seen):
            return not tolerance.values or abs(seen - wanted) <= allowed
    elif type(expected) is type(actual) is int and expected == actual:
        return True
    return None


def arrays_agree(expected: np.ndarray, actual: np.ndarray, tolerance: Tolerance) -> bool:
    """Whether two arrays of finite numbers are plainly as close. Where this says no, `errors` may
    say yes: it looks at the largest number, too."""
    if not (expected.dtype == actual.dtype == np.float64 and expected.shape == actual.shape):
        return False
    with np.errstate(all="ignore"):
        allowed = tolerance.atol + tolerance.rtol * np.abs(expected)
        return bool(((np.abs(actual - expected) <= allowed) & (allowed < np.inf)).all())
