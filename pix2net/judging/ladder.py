"""The ladder of findings: what is wrong with an output, a sentence for the lowest failing rung.

`compare` climbs type, structure, shape, dtype, finiteness and values. With ``reveal`` (a public
key) a sentence names sizes and numbers; without (a hidden key) it names the rung alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pix2net.judging.codec import Opaque

SCALE_EPS = (
    1e-10  # honest reorderings of float64 sums differ by less, relative to the largest entry
)


@dataclass(frozen=True)
class Tolerance:
    """``abs(output - expected) <= atol + rtol * abs(expected)``; ``shapes``: whether they count."""

    rtol: float = 1e-6
    atol: float = 1e-8
    shapes: bool = True
    values: bool = True


@dataclass(frozen=True)
class Finding:
    """A failed rung and its sentence; ``expected``, ``actual``: the arrays whose values differ."""

    rung: str
    sentence: str
    expected: Any = None
    actual: Any = None


def compare(
    expected: Any, actual: Any, tolerance: Tolerance, *, reveal: bool, where: str = "your function"
) -> Finding | None:
    """The lowest failing rung of ``actual`` against ``expected``, or None if there is none."""
    if actual is None and expected is not None:
        return Finding("none", f"{_cap(where)} gave None: is a `return` missing?")
    if isinstance(expected, (tuple, list)):
        return _compare_sequence(expected, actual, tolerance, reveal, where)
    if isinstance(expected, dict):
        return _compare_dict(expected, actual, tolerance, reveal, where)
    if isinstance(expected, np.ndarray) and expected.ndim > 0:
        return _compare_array(expected, actual, tolerance, reveal, where)
    if isinstance(expected, (bool, int, float, complex, np.generic, np.ndarray)):
        return _compare_scalar(expected, actual, tolerance, reveal, where)
    if type(actual) is not type(expected):
        return _wrong_type(expected, actual, where)
    if tolerance.values and actual != expected:
        told = f": {actual!r} instead of {expected!r}" if reveal else ""
        return Finding(
            "values", f"{_cap(where)} gave the wrong {describe(expected).split(' ', 1)[-1]}{told}."
        )
    return None


def describe(value: Any) -> str:
    """A value's kind in a learner's words: "a list", "an integer", "a NumPy array"."""
    if isinstance(value, Opaque):
        return f"an object of type {value.type_name}"
    if isinstance(value, np.ndarray):
        return "a NumPy array"
    names = {
        bool: "a boolean", int: "an integer", float: "a float", complex: "a complex number",
        str: "a string", list: "a list", tuple: "a tuple", dict: "a dict", type(None): "None",
    }  # fmt: skip
    if isinstance(value, np.generic):
        return f"a NumPy {value.dtype.name}"
    return names.get(type(value), type(value).__name__)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wrong_type(expected: Any, actual: Any, where: str) -> Finding:
    return Finding(
        "type", f"{_cap(where)} gave {describe(actual)}; it must give {describe(expected)}."
    )


def _compare_sequence(
    expected: Any, actual: Any, tolerance: Tolerance, reveal: bool, where: str
) -> Finding | None:
    kinds = (tuple, list)
    if not isinstance(actual, kinds):
        return _wrong_type(expected, actual, where)
    if len(actual) != len(expected):
        values = "1 value" if len(actual) == 1 else f"{len(actual)} values"
        told = f"{values}; it must give {len(expected)}" if reveal else ""
        told = told or "the wrong number of values"
        return Finding("structure", f"{_cap(where)} gave {told}.")
    parts = (
        compare(e, a, tolerance, reveal=reveal, where=f"value {i + 1} of {where}")
        for i, (e, a) in enumerate(zip(expected, actual, strict=True))
    )
    return _first(parts)


def _compare_dict(
    expected: dict[Any, Any], actual: Any, tolerance: Tolerance, reveal: bool, where: str
) -> Finding | None:
    if not isinstance(actual, dict):
        return _wrong_type(expected, actual, where)
    if set(actual) != set(expected):
        if not reveal:
            return Finding("structure", f"{_cap(where)} gave a dict with the wrong keys.")
        keys = ", ".join(repr(key) for key in expected)
        return Finding("structure", f"{_cap(where)} must give a dict with exactly the keys {keys}.")
    parts = (
        compare(
            expected[key], actual[key], tolerance, reveal=reveal,
            where=f"the entry {key!r} of {where}" if isinstance(key, str) or reveal
            else f"an entry of {where}",
        )
        for key in expected
    )  # fmt: skip
    return _first(parts)


def _first(findings: Iterable[Finding | None]) -> Finding | None:
    """The finding of the lowest rung, the first of equals: structure is told before values."""
    found = [finding for finding in findings if finding is not None]
    return min(found, key=lambda finding: RUNGS.index(finding.rung), default=None)


RUNGS = ("none", "type", "structure", "shape", "dtype", "finite", "values")


def _compare_array(
    expected: np.ndarray, actual: Any, tolerance: Tolerance, reveal: bool, where: str
) -> Finding | None:
    if isinstance(actual, np.generic):
        actual = np.asarray(actual)
    if not isinstance(actual, np.ndarray):
        return _wrong_type(expected, actual, where)
    if actual.ndim != expected.ndim:
        told = f"{actual.ndim} dimensions; it must have {expected.ndim}"
        return Finding("shape", f"The array that {where} gave has {told}.")
    if tolerance.shapes and actual.shape != expected.shape:
        told = f"shape {actual.shape}; it must be {expected.shape}" if reveal else "the wrong shape"
        return Finding("shape", f"The array that {where} gave has {told}.")
    wrong = _wrong_dtype(expected.dtype, actual.dtype)
    if wrong:
        return Finding("dtype", f"The array that {where} gave has dtype {actual.dtype}; {wrong}.")
    if not tolerance.values:
        return _not_finite(expected, actual, where)
    return _compare_values(expected, actual, tolerance, reveal, where)


def _wrong_dtype(expected: np.dtype, actual: np.dtype) -> str:
    """What the dtype must be, or "" where it is right: integers of any width are integers."""
    if expected == np.uint8 or expected.kind not in "iu":
        return "" if actual == expected else f"it must be {expected.name}"
    return "" if actual.kind in "iu" else "it must be an integer type"


def _compare_scalar(
    expected: Any, actual: Any, tolerance: Tolerance, reveal: bool, where: str
) -> Finding | None:
    if isinstance(actual, np.ndarray):
        if actual.ndim > 0:
            told = f" of shape {actual.shape}" if reveal else ""
            text = f"{_cap(where)} gave an array{told}; it must give a single number."
            return Finding("shape", text)
        actual = actual[()]
    want, have = _kind(expected), _kind(actual)
    if not have or have not in {"b": "b", "i": "i", "f": "if", "c": "ifc"}[want]:
        return _wrong_type(np.asarray(expected)[()].item(), actual, where)
    if isinstance(actual, np.floating) and actual.dtype != np.float64:
        text = f"{_cap(where)} gave a {actual.dtype.name}; it must be a float64."
        return Finding("dtype", text)
    if not tolerance.values:
        return _not_finite(np.asarray(expected), np.asarray(actual), where)
    return _compare_values(_array(expected), _array(actual), tolerance, reveal, where)


def _array(number: Any) -> np.ndarray:
    """A scalar as an array; an integer too large for NumPy as the nearest float."""
    try:
        array = np.asarray(number)
        return array if array.dtype != object else np.asarray(float(number))
    except OverflowError:
        return np.asarray(np.inf)


def _kind(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "b"
    if isinstance(value, (int, np.integer)):
        return "i"
    if isinstance(value, (float, np.floating)):
        return "f"
    if isinstance(value, (complex, np.complexfloating)):
        return "c"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return _kind(value[()])
    return ""


def _not_finite(expected: np.ndarray, actual: np.ndarray, where: str) -> Finding | None:
    if actual.dtype.kind in "fc" and np.isfinite(expected).all() and not np.isfinite(actual).all():
        what = "NaN" if np.isnan(actual).any() else "infinite numbers"
        return Finding("finite", f"There are {what} in what {where} gave.")
    return None


def _compare_values(
    expected: np.ndarray, actual: np.ndarray, tolerance: Tolerance, reveal: bool, where: str
) -> Finding | None:
    bad = _not_finite(expected, actual, where)
    if bad:
        return bad
    if actual.shape == expected.shape:
        error, allowed = errors(expected, actual, tolerance)
        if not (error > allowed).any():
            return None
        told = _worst(expected, actual, error, allowed) if reveal else ""
    else:
        told = ""
    return Finding("values", f"The values that {where} gave are wrong{told}.", expected, actual)


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


def _worst(expected: np.ndarray, actual: np.ndarray, error: np.ndarray, allowed: np.ndarray) -> str:
    if expected.ndim == 0:
        return f": {actual[()]:.6g} instead of {expected[()]:.6g}"
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(error - allowed)), error.shape))
    shown = index[0] if len(index) == 1 else index
    wrong = int((error > allowed).sum())
    return (
        f" in {wrong} of {error.size} entries; the worst is at index {shown}: "
        f"{actual[index]:.6g} instead of {expected[index]:.6g}"
    )
