"""In which forms a right answer may come, and which of them cost half. One list for all exercises.

What costs nothing, `in_any_container`:

- several results as a tuple, a list, or an array with a row for each; so for a list of numbers;
- further keys in a dict, but in one that has an array for each name, such as gradients;
- numbers of Python or NumPy, arrays without axes among them; an integer for a single float.

What is right but for its form, `in_any_form`, counts half (see `judge`):

- a list where an array is asked for;
- axes of length 1 too many or too few, such as (N, 1) for (N,), or an array of one for a number;
- whole floats, or booleans, for integers, and integers for booleans of 0 and 1;
- an integer array for one of floats, another integer type for uint8.

Single precision for float64 is neither: it is less exact, and stays wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Leaf = Callable[[Any, Any], Any]  # an array or number as another one has it, or itself

# What the ladder may find of an answer that is right in another form.
RUNGS = ("type", "shape", "dtype")


def in_any_container(expected: Any, actual: Any) -> Any:
    """``actual`` with its results, lists and dicts as ``expected`` has them, at no cost.

    What does not fit stays as it is.
    """
    return _fitted(expected, actual, lambda _, given: given)


def in_any_form(expected: Any, actual: Any, *, shapes: bool = True) -> Any:
    """``actual`` as far as it can be brought into the form of ``expected`` with equal values.

    Args:
        expected: what the reference gave.
        actual: what the learner's function gave.
        shapes: whether the lengths of axes must be those of ``expected``, or their number alone.

    Returns:
        ``actual``, in which every part that has the right values in another form has the right one.
    """
    return _fitted(expected, actual, lambda wanted, given: _leaf(wanted, given, shapes))


def in_like_form(answer: Any, actual: Any) -> Any:
    """``actual`` as arrays of the types of ``answer``, another answer that it may be equal to.

    Nearer than `in_any_form`: with other axes, truth values or single precision two wrong answers
    may look equal that have nothing in common.
    """

    def leaf(wanted: Any, given: Any) -> Any:
        array, like = _numbers(given), _numbers(wanted)
        if array is None or like is None or like.ndim == 0:
            return given
        if array.dtype != np.float64 and array.dtype.kind not in "iu":
            return given
        if array.ndim == 0 and like.size > 1 and np.all(like == like.flat[0]):
            return np.full(like.shape, array)  # one number, and the same one for all
        return _leaf(wanted, given, True) if array.ndim == like.ndim else given

    return _fitted(answer, actual, leaf)


def _fitted(expected: Any, actual: Any, leaf: Leaf) -> Any:
    if isinstance(expected, (tuple, list)):
        parts = _parts(actual)
        if parts is None or len(parts) != len(expected):
            return actual
        pairs = zip(expected, parts, strict=True)
        return type(expected)(_fitted(e, a, leaf) for e, a in pairs)
    if isinstance(expected, dict):
        if not isinstance(actual, dict) or not set(expected) <= set(actual):
            return actual
        further = {key: actual[key] for key in actual if key not in expected}
        if not all(isinstance(part, np.ndarray) for part in expected.values()):
            further = {}
        return {key: _fitted(e, actual[key], leaf) for key, e in expected.items()} | further
    return leaf(expected, actual)


def _parts(actual: Any) -> list[Any] | None:
    """The parts of a sequence of results, or None for what is no sequence."""
    if isinstance(actual, np.ndarray) and actual.ndim > 0:
        return list(actual)
    return list(actual) if isinstance(actual, (tuple, list)) else None


def _leaf(expected: Any, actual: Any, shapes: bool) -> Any:
    """An array or a number in the form of ``expected``, or ``actual`` itself."""
    wanted, given = _numbers(expected), _numbers(actual)
    if wanted is None or given is None:
        return actual
    shaped = _with_axes(wanted, given, shapes)
    typed = shaped if shaped is None else _with_type(wanted.dtype, shaped)
    if typed is None:
        return actual
    return typed if isinstance(expected, np.ndarray) and expected.ndim > 0 else typed[()]


def _numbers(value: Any) -> np.ndarray | None:
    """A number, an array, or a list of numbers that has a shape, as an array; None for others."""
    if isinstance(value, (bool, int, float, np.generic, np.ndarray, list, tuple)):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):  # rows of different lengths
            return None
        return array if array.dtype.kind in "biuf" else None
    return None


def _with_axes(wanted: np.ndarray, given: np.ndarray, shapes: bool) -> np.ndarray | None:
    """The array with axes of length 1 added or left out; None where that does not fit."""
    if given.ndim == wanted.ndim:
        return given
    if shapes:
        long = [tuple(n for n in array.shape if n != 1) for array in (wanted, given)]
        return given.reshape(wanted.shape) if long[0] == long[1] else None
    squeezed = given.squeeze()
    return squeezed if squeezed.ndim == wanted.ndim else None


def _with_type(wanted: np.dtype, given: np.ndarray) -> np.ndarray | None:
    """The array with the type that is asked for, if its values are the same in it."""
    if wanted.kind in "iu" and given.dtype.kind in "biuf":
        target = wanted if wanted == np.uint8 else np.dtype(np.int64)
        if given.dtype.kind in "iu" and target != np.uint8:
            return given
    elif wanted.kind == "f" and given.dtype.kind in "biu":
        target = np.dtype(np.float64)
    elif wanted.kind == "b" and given.dtype.kind in "iuf":
        target = np.dtype(bool)
    else:
        return given
    with np.errstate(all="ignore"):
        made = given.astype(target)
        return made if np.array_equal(made, given) else None
