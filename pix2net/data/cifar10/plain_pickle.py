"""Reads pickles of arrays and plain containers, and nothing else.

A pickle may name any function and have it called. This reader admits the two with which NumPy
rebuilds an array of plain numbers, under the names that NumPy has had for them.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np

MODULES = ("numpy.core.multiarray", "numpy._core.multiarray")
KINDS = "biuf"  # of numbers that an array may hold: no objects, which could be anything


class UnsafePickle(ValueError):
    """A pickle is damaged, or wants more than arrays and plain containers."""


def load_plain(content: bytes) -> Any:
    """What a pickle holds: None, booleans, numbers, strings, bytes, lists, tuples, dicts, arrays.

    Strings of Python 2 come as bytes. Raises `UnsafePickle` for anything else.
    """
    try:
        return _PlainUnpickler(io.BytesIO(content), encoding="bytes").load()
    except UnsafePickle:
        raise
    except Exception as error:  # a damaged pickle may raise nearly anything
        raise UnsafePickle(f"it is no pickle that can be read ({type(error).__name__})") from error


class _PlainUnpickler(pickle.Unpickler):
    """Knows the names that a pickled array uses; none of them leads to NumPy itself."""

    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        if module in MODULES and name == "_reconstruct":
            return _empty_array
        known: dict[tuple[str, str], Callable[..., Any]] = {
            ("numpy", "ndarray"): _NameOfArray,
            ("numpy", "dtype"): _PlainDtype,
            ("_codecs", "encode"): _encoded,
        }
        if (module, name) not in known:
            raise UnsafePickle(f"it asks for {module}.{name}, and only arrays are read")
        return known[module, name]

    def persistent_load(self, pid: Any) -> Any:
        raise UnsafePickle("it refers to something outside itself")


class _NameOfArray:
    """Stands for the class ``numpy.ndarray``, which a pickle names and never calls."""

    def __init__(self, *_: Any) -> None:
        raise UnsafePickle("it makes an array in an unusual way")


class _PlainDtype:
    """The kind of an array's numbers; of its state only the byte order counts."""

    def __init__(self, text: Any = None, *_: Any) -> None:
        self.name = text.decode("ascii") if isinstance(text, bytes) else text
        self.order = "="

    def __setstate__(self, state: Any) -> None:
        order = state[1]
        self.order = order.decode("ascii") if isinstance(order, bytes) else order

    def real(self) -> np.dtype[Any]:
        """NumPy's dtype. Raises `UnsafePickle` for anything but plain numbers."""
        if not (isinstance(self.name, str) and self.order in ("<", ">", "|", "=")):
            raise UnsafePickle("an array in it has an unusual kind")
        dtype = np.dtype(self.name).newbyteorder(self.order)  # type: ignore[arg-type]
        if dtype.kind not in KINDS:
            raise UnsafePickle("an array in it holds something that is no number")
        return dtype


class _PlainArray(np.ndarray):
    """An array that takes no state but plain numbers."""

    def __setstate__(self, state: Any) -> None:
        version, shape, dtype, fortran, content = state
        if not (isinstance(dtype, _PlainDtype) and isinstance(content, bytes)):
            raise UnsafePickle("an array in it holds something that is no number")
        super().__setstate__((version, shape, dtype.real(), fortran, content))


def _empty_array(kind: Any, *_: Any) -> np.ndarray:
    """What NumPy's ``_reconstruct`` makes: an array whose state is set afterwards."""
    if kind is not _NameOfArray:
        raise UnsafePickle("it rebuilds something that is no array")
    return _PlainArray((0,), np.uint8)


def _encoded(text: Any, encoding: Any) -> bytes:
    """How Python 3 writes bytes for Python 2: text of which each character is a byte."""
    if not isinstance(text, str) or encoding not in ("latin1", b"latin1"):
        raise UnsafePickle("it encodes a text in an unusual way")
    return text.encode("latin1")
