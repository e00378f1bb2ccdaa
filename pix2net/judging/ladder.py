"""The ladder of findings: what is wrong with an output, a sentence for the lowest failing rung.

`compare` climbs type, structure, shape, dtype, finiteness and values. With ``reveal`` (a public
key) a sentence names the part, kinds, sizes and places, and the detail numbers; without (a hidden
key) it names the rung and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pix2net.judging.closeness import Tolerance, arrays_agree, errors, numbers_agree
from pix2net.judging.codec import Opaque
from pix2net.judging.wording import counted, listed, worded

MAX_QUOTED = 60  # characters of a string that is told where something else belongs
RUNGS = ("none", "type", "structure", "shape", "dtype", "finite", "values")


@dataclass(frozen=True)
class Finding:
    """A failed rung.

    Attributes:
        rung: one of `RUNGS`; or "form", of what is right but for its form.
        sentence: what is wrong.
        detail: the numbers that were seen; with a public key alone.
        part: what it is about, "" for the whole output.
        expected: the array whose values differ.
        actual: what stands in its place.
    """

    rung: str
    sentence: str
    detail: str = ""
    part: str = ""
    expected: Any = None
    actual: Any = None


@dataclass(frozen=True)
class Ladder:
    """Holds outputs against expected ones.

    Attributes:
        tolerance: what may differ.
        names: of the results that a function gives; a sequence of as many parts is called by them.
        brief: whether it only matters that there is a finding, and not which.
    """

    tolerance: Tolerance
    names: Sequence[str] = ()
    brief: bool = False

    def compare(self, expected: Any, actual: Any, part: str = "") -> Finding | None:
        """The lowest failing rung of ``actual`` against ``expected``, or None if there is none."""
        if actual is None and expected is not None:
            told = (
                worded("{part} is None.", part=_cap(part))
                if part
                else worded("Your function gave None: is a `return` missing?")
            )
            return Finding("none", told, part=part)
        if isinstance(expected, (tuple, list)):
            return self._sequence(expected, actual, part)
        if isinstance(expected, dict):
            return self._dict(expected, actual, part)
        if isinstance(expected, np.ndarray) and expected.ndim > 0:
            return self._array(expected, actual, part)
        if isinstance(expected, (bool, int, float, complex, np.generic, np.ndarray)):
            return self._number(expected, actual, part)
        if type(actual) is not type(expected):
            return self._wrong_type(expected, actual, part)
        if self.tolerance.values and actual != expected:
            return self._wrong_text(expected, actual, part)
        return None

    def _wrong_type(self, expected: Any, actual: Any, part: str) -> Finding:
        wanted, seen = describe(expected), describe(actual)
        if isinstance(actual, str) and len(actual) <= MAX_QUOTED:
            seen = worded("the string {text!r}", text=actual)
        told = (
            worded("{part} is {seen}; it must be {wanted}.", part=part, seen=seen, wanted=wanted)
            if part
            else worded("Your function gave {seen}; it must give {wanted}.", seen=seen,
                        wanted=wanted)
        )  # fmt: skip
        return Finding("type", _cap(told), part=part)

    def _wrong_text(self, expected: Any, actual: Any, part: str) -> Finding:
        subject = part or worded("what your function gave")
        told = worded("{part} is {seen!r}; it must be {wanted!r}.", part=subject, seen=actual,
                      wanted=expected)  # fmt: skip
        return Finding("values", _cap(told), part=part)

    def _sequence(self, expected: Sequence[Any], actual: Any, part: str) -> Finding | None:
        if not isinstance(actual, (tuple, list)):
            return self._wrong_type(expected, actual, part)
        if len(actual) != len(expected):
            return self._wrong_count(len(expected), len(actual), part)
        if self.brief:
            return next(filter(None, map(self.compare, expected, actual)), None)
        named = len(self.names) == len(expected) > 1
        within = part or worded("your result")
        parts = [
            _inside(f"`{self.names[i]}`", part)
            if named
            else worded("value {n} of {whole}", n=i + 1, whole=within)
            for i in range(len(expected))
        ]
        return _first(map(self.compare, expected, actual, parts))

    def _wrong_count(self, wanted: int, seen: int, part: str) -> Finding:
        told = counted(
            "{part} has {n} value; it must have {wanted}.",
            "{part} has {n} values; it must have {wanted}.",
            seen, part=part or worded("your result"), wanted=wanted,
        )  # fmt: skip
        return Finding("structure", _cap(told), part=part)

    def _dict(self, expected: dict[Any, Any], actual: Any, part: str) -> Finding | None:
        if not isinstance(actual, dict):
            return self._wrong_type(expected, actual, part)
        if set(actual) != set(expected):
            return self._wrong_keys(expected, actual, part)
        if self.brief:
            found = (self.compare(e, actual[key]) for key, e in expected.items())
            return next(filter(None, found), None)
        return _first(
            self.compare(e, actual[key], _inside(_entry(key), part)) for key, e in expected.items()
        )

    def _wrong_keys(self, expected: dict[Any, Any], actual: dict[Any, Any], part: str) -> Finding:
        lacking = [repr(key) for key in expected if key not in actual]
        further = [repr(key) for key in actual if key not in expected]
        subject = part or worded("your result")
        told = (
            worded("{part} lacks {keys} among its keys.", part=subject, keys=listed(lacking))
            if lacking
            else worded("{part} has keys too many: {keys}.", part=subject, keys=listed(further))
        )
        return Finding("structure", _cap(told), part=part)

    def _array(self, expected: np.ndarray, actual: Any, part: str) -> Finding | None:
        if isinstance(actual, np.generic):
            actual = np.asarray(actual)
        if not isinstance(actual, np.ndarray):
            return self._wrong_type(expected, actual, part)
        if actual.ndim != expected.ndim or (
            self.tolerance.shapes and actual.shape != expected.shape
        ):
            return self._wrong_shape(expected, actual, part)
        wanted = _wanted_dtype(expected.dtype, actual.dtype)
        if wanted:
            return self._wrong_dtype(wanted, actual, part)
        if not self.tolerance.values:
            return _not_finite(expected, actual, part)
        return self._values(expected, actual, part)

    def _wrong_shape(self, expected: np.ndarray, actual: np.ndarray, part: str) -> Finding:
        subject = part or worded("the array that your function gave")
        if actual.ndim == 0:
            subject = part or worded("what your function gave")
            told = worded("{part} is a single number; it must be an array.", part=subject)
        elif self.tolerance.shapes:
            told = worded("{part} has shape {seen}; it must be {wanted}.", part=subject,
                          seen=actual.shape, wanted=expected.shape)  # fmt: skip
        else:
            told = counted(
                "{part} has shape {seen}; it must have {n} dimension.",
                "{part} has shape {seen}; it must have {n} dimensions.",
                expected.ndim, part=subject, seen=actual.shape,
            )  # fmt: skip
        return Finding("shape", _cap(told), part=part)

    def _wrong_dtype(self, wanted: str, actual: np.ndarray, part: str) -> Finding:
        subject = part or worded("what your function gave")
        told = worded("{part} has dtype {seen}; it must be {wanted}.", part=subject,
                      seen=actual.dtype.name, wanted=wanted)  # fmt: skip
        return Finding("dtype", _cap(told), part=part)

    def _number(self, expected: Any, actual: Any, part: str) -> Finding | None:
        if isinstance(actual, np.ndarray):
            if actual.ndim > 0:
                return self._no_number(actual, part)
            actual = actual[()]
        plain = numbers_agree(expected, actual, self.tolerance)
        if plain or (plain is False and self.brief):
            return None if plain else Finding("values", "")
        want, have = _kind(expected), _kind(actual)
        if not have or have not in {"b": "b", "i": "i", "f": "if", "c": "ifc"}[want]:
            number: Any = np.asarray(expected)[()]  # an integer beyond 64 bits stays Python's
            plain = number.item() if isinstance(number, np.generic) else number
            return self._wrong_type(plain, actual, part)
        if isinstance(actual, np.floating) and actual.dtype != np.float64:
            return self._wrong_dtype("float64", np.asarray(actual), part)
        if not self.tolerance.values:
            return _not_finite(np.asarray(expected), np.asarray(actual), part)
        return self._values(_array(expected), _array(actual), part)

    def _no_number(self, actual: np.ndarray, part: str) -> Finding:
        subject = part or worded("what your function gave")
        told = worded("{part} is an array of shape {seen}; it must be a single number.",
                      part=subject, seen=actual.shape)  # fmt: skip
        return Finding("shape", _cap(told), part=part)

    def _values(self, expected: np.ndarray, actual: np.ndarray, part: str) -> Finding | None:
        if arrays_agree(expected, actual, self.tolerance):
            return None
        bad = _not_finite(expected, actual, part)
        if bad:
            return bad
        where = detail = ""
        if actual.shape == expected.shape:
            error, allowed = errors(expected, actual, self.tolerance)
            if not (error > allowed).any():
                return None
            where, detail = _worst(expected, actual, error, allowed)
        told = _wrong_values(part, expected.ndim == 0, where)
        return Finding("values", told, detail, part, expected, actual)


def compare(
    expected: Any, actual: Any, tolerance: Tolerance, *, reveal: bool, names: Sequence[str] = ()
) -> Finding | None:
    """The lowest failing rung of ``actual`` against ``expected``, or None if there is none.

    Args:
        expected: what the reference gave.
        actual: what is held against it.
        tolerance: what may differ.
        reveal: whether to say more than the rung.
        names: of the results that a function gives.
    """
    found = Ladder(tolerance, names).compare(expected, actual)
    if found is None or reveal:
        return found
    return replace(found, sentence=rung_alone(found.rung), detail="", part="")


def equal(expected: Any, actual: Any, tolerance: Tolerance) -> bool:
    """Whether `compare` finds nothing, found out sooner."""
    return Ladder(tolerance, brief=True).compare(expected, actual) is None


def rung_alone(rung: str) -> str:
    """What is told of a rung where nothing else may be told."""
    return {
        "none": worded("There is None where a result should be."),
        "type": worded("The result, or a part of it, has the wrong type."),
        "structure": worded("The result has too many parts, or too few."),
        "shape": worded("The result, or a part of it, has the wrong shape."),
        "dtype": worded("The result, or a part of it, has the wrong dtype."),
        "finite": worded("There are NaN or infinite numbers in the result."),
        "values": worded("The values are wrong."),
    }[rung]


def describe(value: Any) -> str:
    """A value's kind in a learner's words: "a list", "an integer", "a NumPy array"."""
    if isinstance(value, Opaque):
        return worded("an object of type {name}", name=value.type_name)
    if isinstance(value, np.ndarray):
        return worded("a NumPy array")
    if isinstance(value, np.generic):
        return worded("a NumPy {name}", name=value.dtype.name)
    names = {
        bool: worded("a boolean"), int: worded("an integer"), float: worded("a float"),
        complex: worded("a complex number"), str: worded("a string"), list: worded("a list"),
        tuple: worded("a tuple"), dict: worded("a dict"), type(None): worded("None"),
    }  # fmt: skip
    return names.get(type(value), type(value).__name__)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _inside(part: str, whole: str) -> str:
    return worded("{part} in {whole}", part=part, whole=whole) if whole else part


def _entry(key: Any) -> str:
    """What an entry of a dict is called."""
    return f"`{key}`" if isinstance(key, str) else worded("the entry {key}", key=key)


def _first(findings: Iterable[Finding | None]) -> Finding | None:
    """The finding of the lowest rung, the first of equals: structure is told before values."""
    found = [finding for finding in findings if finding is not None]
    return min(found, key=lambda finding: RUNGS.index(finding.rung), default=None)


def _wanted_dtype(expected: np.dtype, actual: np.dtype) -> str:
    """What the dtype must be, or "" where it is right: integers of any width are integers."""
    if expected == np.uint8 or expected.kind not in "iu":
        return "" if actual == expected else expected.name
    return "" if actual.kind in "iu" else worded("an integer type")


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


def _not_finite(expected: np.ndarray, actual: np.ndarray, part: str) -> Finding | None:
    if actual.dtype.kind in "fc" and np.isfinite(expected).all() and not np.isfinite(actual).all():
        subject = part or worded("what your function gave")
        told = (
            worded("There are NaN in {part}.", part=subject)
            if np.isnan(actual).any()
            else worded("There are infinite numbers in {part}.", part=subject)
        )
        return Finding("finite", told, part=part)
    return None


def _wrong_values(part: str, single: bool, where: str) -> str:
    """That values are wrong, and where."""
    if single:
        return (
            worded("{part} is wrong.", part=_cap(part))
            if part
            else worded("The number that your function gave is wrong.")
        )
    told = (
        worded("The values of {part} are wrong", part=part)
        if part
        else worded("The values that your function gave are wrong")
    )
    return (
        worded("{told} {where}.", told=told, where=where) if where else worded("{told}.", told=told)
    )


def _worst(
    expected: np.ndarray, actual: np.ndarray, error: np.ndarray, allowed: np.ndarray
) -> tuple[str, str]:
    """Where values are wrong, and the numbers at the worst place."""
    if expected.ndim == 0:
        seen, wanted = _told_apart(actual.item(), expected.item())
        return "", worded("It is {seen}; it must be {wanted}.", seen=seen, wanted=wanted)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(error - allowed)), error.shape))
    place = index[0] if len(index) == 1 else index
    wrong = int((error > allowed).sum())
    where = worded("in {wrong} of {size} entries, most of all at index {place}", wrong=wrong,
                   size=error.size, place=place)  # fmt: skip
    seen, wanted = _told_apart(actual[index].item(), expected[index].item())
    detail = worded("At index {place} it is {seen}; it must be {wanted}.", place=place, seen=seen,
                    wanted=wanted)  # fmt: skip
    return where, detail


def _told_apart(seen: Any, wanted: Any) -> tuple[str, str]:
    """Two numbers with as many digits, six or more, as it takes to see that they differ."""
    for digits in (6, 9, 12, 17):
        texts = f"{seen:.{digits}g}", f"{wanted:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts
