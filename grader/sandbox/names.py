"""Names that may come back from a check: those that say what kind of thing it was, no more.

A learner's code can name a class or an exception after a hidden input. Whatever is not on these
lists comes back under a general name.
"""

from __future__ import annotations

import builtins
from typing import Any

from pix2net.judging.codec import Opaque

SAFE_EXCEPTIONS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
) | {"LinAlgError", "AxisError", "UFuncTypeError", "StdinNotImplementedError"}

SAFE_TYPES = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type)
) | {
    "function",
    "builtin_function_or_method",
    "method",
    "generator",
    "coroutine",
    "module",
    "ellipsis",
    "NotImplementedType",
    "dict_keys",
    "dict_values",
    "dict_items",
    "list_iterator",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.Counter",
    "collections.deque",
    "functools.partial",
    "numpy.matrix",
    "numpy.ndarray of object",
    "numpy.ma.MaskedArray",
    "numpy.random._generator.Generator",
    "matplotlib.figure.Figure",
    "matplotlib.axes._axes.Axes",
}


def exception_name(untrusted: Any) -> str:
    """The name of an exception if it is a common one, else "Exception"."""
    known = isinstance(untrusted, str) and untrusted in SAFE_EXCEPTIONS
    return str(untrusted) if known else "Exception"


def _type_name(untrusted: str) -> str:
    if untrusted in SAFE_TYPES:
        return untrusted
    return "numpy.ndarray" if untrusted.startswith("numpy.ndarray of ") else "object"


def with_safe_names(value: Any) -> Any:
    """A decoded value with the types of what could not cross under safe names."""
    if isinstance(value, Opaque):
        return Opaque(_type_name(value.type_name))
    if isinstance(value, list):
        return [with_safe_names(part) for part in value]
    if isinstance(value, tuple):
        return tuple(with_safe_names(part) for part in value)
    if isinstance(value, dict):
        return {key: with_safe_names(part) for key, part in value.items()}
    return value
