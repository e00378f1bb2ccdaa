"""Recognises an output that is a simple transform of the right one, and says which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from pix2net.judging.ladder import Tolerance, errors
from pix2net.judging.wording import listed, worded


def recognise(
    expected: Any, actual: Any, inputs: Mapping[str, Any], tolerance: Tolerance, part: str = ""
) -> str | None:
    """One sentence if ``actual`` is a simple transform of ``expected``, else None.

    Args:
        expected: the array or number that should be there.
        actual: the one that is.
        inputs: of the case; the lengths of their axes are candidates for a factor.
        tolerance: within which two are the same.
        part: what the two are called, "" for the whole result.
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

    return _transform(e, a, same, inputs, _subject(part))


def _transform(
    e: np.ndarray,
    a: np.ndarray,
    same: Callable[[np.ndarray], bool],
    inputs: Mapping[str, Any],
    subject: str,
) -> str | None:
    if e.ndim == 2 and e.shape != (1, 1) and same(e.T):
        return worded("{part} is the right one transposed: rows and columns are swapped.",
                      part=subject)  # fmt: skip
    if not np.any(e):
        return None
    for factor, sentence in _factors(inputs, subject):
        if same(factor * e):
            return sentence
    if e.size > 1 and e.shape == a.shape and _shifted(e, a):
        return worded("{part} is the right one plus a constant.", part=subject)
    return None


def _subject(part: str) -> str:
    return part[:1].upper() + part[1:] if part else worded("Your result")


def _shifted(e: np.ndarray, a: np.ndarray) -> bool:
    """Whether a - e is the same everywhere, and not just because a is too large to show e."""
    with np.errstate(over="ignore"):  # a learner's numbers may be as large as there are any
        spread, kept, left = np.ptp(e), np.ptp(a), np.ptp(a - e)
    return bool(0 < spread / 2 < kept and left <= 1e-9 * spread)


def _factors(inputs: Mapping[str, Any], subject: str) -> Iterator[tuple[float, str]]:
    """Factors that tell something, with what they tell.

    Where a factor is the length of axes of several kinds, or a number that was handed in, it may
    come from any of these, and nothing is said of it.
    """
    arrays = {k: v for k, v in inputs.items() if isinstance(v, np.ndarray) and v.ndim > 0}
    others = {n for v in arrays.values() for n in v.shape[1:]}
    others |= {v for v in inputs.values() if isinstance(v, (int, float))}
    rows = {len(v) for v in arrays.values()}
    yield -1.0, worded("{part} has the wrong sign: it is minus the right one.", part=subject)
    if not {2, 0.5} & (others | rows):
        yield 2.0, worded("{part} is twice the right one.", part=subject)
        yield 0.5, worded("{part} is half the right one.", part=subject)
    for n in sorted(rows - others - {0, 1, 2}):
        names = listed([f"`{name}`" for name, v in arrays.items() if len(v) == n])
        yield float(n), worded(
            "{part} is as many times the right one as there are rows in {names}: is a sum where a "
            "mean belongs?",
            part=subject, names=names,
        )  # fmt: skip
        yield 1.0 / n, worded(
            "{part} is the right one divided by the number of rows in {names}, once too often.",
            part=subject, names=names,
        )  # fmt: skip
