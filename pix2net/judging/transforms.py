"""Recognises an output that is a simple transform of the right one, and says which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from pix2net.judging.closeness import Tolerance, errors
from pix2net.judging.wording import listed, worded


def relations(
    expected: Any, actual: Any, inputs: Mapping[str, Any], tolerance: Tolerance, part: str = ""
) -> dict[str, str]:
    """The simple transforms by which ``actual`` may come from ``expected``, with what they tell.

    Args:
        expected: the array or number that should be there.
        actual: the one that is.
        inputs: of the case; the lengths of their axes are candidates for a factor.
        tolerance: within which two are the same.
        part: what the two are called, "" for the whole result.

    Returns:
        A sentence by the kind of transform, "" where its factor may come from something else.
    """
    e, a = np.asarray(expected), np.asarray(actual)
    count = e.size == 1 and e.dtype.kind != "f"  # of which half or twice as much says nothing
    if e.dtype.kind not in "iuf" or a.dtype.kind not in "iuf" or e.size == 0 or count:
        return {}
    e, a = e.astype(np.float64), a.astype(np.float64)
    if not (np.isfinite(e).all() and np.isfinite(a).all()):
        return {}

    def same(candidate: np.ndarray) -> bool:
        if candidate.shape != a.shape:
            return False
        error, allowed = errors(candidate, a, tolerance)
        return not (error > allowed).any()

    return dict(_transforms(e, a, same, inputs, _subject(part)))


def _transforms(
    e: np.ndarray,
    a: np.ndarray,
    same: Callable[[np.ndarray], bool],
    inputs: Mapping[str, Any],
    subject: str,
) -> Iterator[tuple[str, str]]:
    if e.ndim == 2 and e.shape != (1, 1) and same(e.T):
        yield "transposed", worded("{part} is the right one transposed: rows and columns are "
                                   "swapped.", part=subject)  # fmt: skip
    if not np.any(e):
        return
    for kind, factor, sentence in _factors(inputs, subject):
        if same(factor * e):
            yield kind, sentence
    if e.size > 1 and e.shape == a.shape and _shifted(e, a):
        yield "shifted", worded("{part} is the right one plus a constant.", part=subject)
    yield from _lost(e, same, subject)


def _lost(
    e: np.ndarray, same: Callable[[np.ndarray], bool], subject: str
) -> Iterator[tuple[str, str]]:
    """What may have been lost on the way to the right numbers: fractions, signs, or rows."""
    whole, rounded = np.trunc(e), np.round(e)
    if whole.any() and same(whole):  # nothing but zeros tells nothing of fractions
        yield "whole", worded("{part} has the right numbers without their fractions: `int`, `//`, "
                              "or an array of an integer dtype cuts them off.",
                              part=subject)  # fmt: skip
    elif rounded.any() and same(rounded):
        yield "rounded", worded("{part} has the right numbers, but rounded.", part=subject)
    if (e < 0).any() and (e > 0).any():
        if same(abs(e)):
            yield "unsigned", worded("{part} has the right numbers without their signs.",
                                     part=subject)  # fmt: skip
        if same(np.maximum(e, 0.0)):
            yield "cut off", worded("{part} has 0 in the place of what is negative.",
                                    part=subject)  # fmt: skip
    if e.ndim > 0 and len(e) > 1 and all(map(np.any, e)):
        for kind, kept, sentence in (
            ("first", 0, worded("{part} is right at index 0 and 0 everywhere else: does a `return` "
                                "inside a loop end it too early?", part=subject)),
            ("last", len(e) - 1, worded("{part} is right at the last index and 0 everywhere else: "
                                        "is it made anew inside a loop?", part=subject)),
        ):  # fmt: skip
            alone = np.zeros_like(e)
            alone[kept] = e[kept]
            if same(alone):
                yield kind, sentence


def _subject(part: str) -> str:
    return part[:1].upper() + part[1:] if part else worded("Your result")


def _shifted(e: np.ndarray, a: np.ndarray) -> bool:
    """Whether a - e is the same everywhere, and not just because a is too large to show e."""
    with np.errstate(over="ignore"):  # a learner's numbers may be as large as there are any
        spread, kept, left = np.ptp(e), np.ptp(a), np.ptp(a - e)
    return bool(0 < spread / 2 < kept and left <= 1e-9 * spread)


def _factors(inputs: Mapping[str, Any], subject: str) -> Iterator[tuple[str, float, str]]:
    """Factors that tell something: their kinds, and what they tell.

    Where a factor is the length of axes of several kinds, or a number that was handed in, it may
    come from any of these, and nothing is said of it.
    """
    arrays = {k: v for k, v in inputs.items() if isinstance(v, np.ndarray) and v.ndim > 0}
    others = {n for v in arrays.values() for n in v.shape[1:]}
    others |= {v for v in inputs.values() if isinstance(v, (int, float))}
    rows = {len(v) for v in arrays.values()}
    yield "sign", -1.0, worded("{part} has the wrong sign: it is minus the right one.",
                               part=subject)  # fmt: skip
    sure = not {2, 0.5} & (others | rows)
    yield "twice", 2.0, worded("{part} is twice the right one.", part=subject) if sure else ""
    yield "half", 0.5, worded("{part} is half the right one.", part=subject) if sure else ""
    for n in sorted(rows - {0}):
        names = listed([f"`{name}`" for name, v in arrays.items() if len(v) == n])
        sure = n > 2 and n not in others
        summed = worded(
            "{part} is as many times the right one as there are rows in {names}: is a sum where a "
            "mean belongs?",
            part=subject, names=names,
        )  # fmt: skip
        divided = worded(
            "{part} is the right one divided by the number of rows in {names}, once too often.",
            part=subject, names=names,
        )  # fmt: skip
        yield "rows", float(n), summed if sure else ""
        yield "by rows", 1.0 / n, divided if sure else ""
