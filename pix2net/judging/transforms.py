"""Recognises an output that is a simple transform of the right one, and says which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pix2net.judging.ladder import Tolerance, errors


def recognise(
    expected: Any, actual: Any, inputs: Mapping[str, Any], tolerance: Tolerance
) -> str | None:
    """One sentence if ``actual`` is a simple transform of ``expected``, else None.

    expected, actual  the arrays or numbers whose values differ
    inputs            the case's inputs; their first sizes are candidates for a factor N
    """
    e, a = np.asarray(expected), np.asarray(actual)
    count = e.size == 1 and e.dtype.kind != "f"  # of which half or twice as much says nothing
    if e.dtype.kind not in "iuf" or a.dtype.kind not in "iuf" or e.size == 0 or count:
        return None
    e, a = e.astype(np.float64), a.astype(np.float64)
    if not (np.isfinite(e).all() and np.isfinite(a).all()):
        return None

    def same(candidate: np.ndarray) -> bool:
        if candidate.shape != a.shape:
            return False
        error, allowed = errors(candidate, a, tolerance)
        return not (error > allowed).any()

    if e.ndim == 2 and e.shape != (1, 1) and same(e.T):
        return "Your result is the right one transposed: rows and columns are swapped."
    if not np.any(e):
        return None
    for factor, sentence in _factors(inputs):
        if same(factor * e):
            return sentence
    if e.size > 1 and e.shape == a.shape and _shifted(e, a):
        return "Your result is the right one plus a constant."
    return None


def _shifted(e: np.ndarray, a: np.ndarray) -> bool:
    """Whether a - e is the same everywhere, and not just because a is too large to show e."""
    with np.errstate(over="ignore"):  # a learner's numbers may be as large as there are any
        spread, kept, left = np.ptp(e), np.ptp(a), np.ptp(a - e)
    return bool(0 < spread / 2 < kept and left <= 1e-9 * spread)


def _factors(inputs: Mapping[str, Any]) -> Iterable[tuple[float, str]]:
    yield -1.0, "Your result has the wrong sign everywhere: it is minus the right one."
    yield 2.0, "Your result is twice the right one."
    yield 0.5, "Your result is half the right one."
    sizes = {len(v) for v in inputs.values() if isinstance(v, np.ndarray) and v.ndim > 0}
    for n in sorted(sizes - {0, 1, 2}):
        yield float(n), "Your result is N times the right one: is a sum where a mean belongs?"
        yield 1.0 / n, "Your result is the right one divided by N once too often."
