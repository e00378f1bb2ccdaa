"""What an exception means: a sentence for the common ones that says what to look at.

Python's own words are told as well, since who programs has to learn to read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pix2net.judging.driver import Raised
from pix2net.judging.wording import worded


def explained(raised: Raised) -> str:
    """What to look at after an exception, or "" where its own words must do."""
    if raised.type_name == "SystemExit":
        return worded("That ends the whole program: leave a function with `return`.")
    for pattern, meaning in COMMON.items():
        found = re.search(pattern, raised.message)
        told = meaning(found) if found else ""
        if told:
            return told
    return ""


def _broadcast(found: re.Match[str]) -> str:
    return worded(
        "Arrays of the shapes {shapes} meet there entry by entry, and do not fit: print both "
        "shapes just before.",
        shapes=" ".join(re.findall(r"\([\d,]*\)", found[0])),
    )


def _product(found: re.Match[str]) -> str:
    return worded(
        "The product's left side has rows of {left} numbers, its right side columns of {right}: "
        "the two must be equal. Print both shapes just before; is a `.T` missing, or too many?",
        left=found["left"], right=found["right"],
    )  # fmt: skip


def _arguments(found: re.Match[str]) -> str:
    owner, _, method = found["name"].rpartition(".")
    if owner and owner[-1] != ">" and int(found["given"]) == int(found["takes"]) + 1:
        return worded(
            "Python hands a method its own object first: is `self` missing from the brackets of "
            "`def {method}`?",
            method=method,
        )
    return worded("It is called with more arguments than its `def` line has: keep that line as it "
                  "was, and check calls of your own.")  # fmt: skip


def _too_few(_: re.Match[str]) -> str:
    return worded("It is called with fewer arguments than its `def` line has: keep that line as it "
                  "was, and check calls of your own.")  # fmt: skip


def _none(_: re.Match[str]) -> str:
    return worded(
        "Something in that line is None: what a function without `return` gives, or a method that "
        "changes its object in place."
    )


def _unhashable(found: re.Match[str]) -> str:
    return worded(
        "{kind} cannot be a key of a dict or a member of a set: make it a number or a tuple.",
        kind=found["kind"],
    )


def _beyond(found: re.Match[str]) -> str:
    return worded(
        "Indices run from 0 to {last} there, and {index} was asked for.",
        index=found["index"], last=int(found["size"]) - 1,
    )  # fmt: skip


def _beyond_list(_: re.Match[str]) -> str:
    return worded("That index is beyond the last entry; the first entry is number 0.")


def _axes(_: re.Match[str]) -> str:
    return worded(
        "The array has fewer axes than that line has indices: print its shape just before."
    )


def _truth(_: re.Match[str]) -> str:
    return worded(
        "`if`, `and` and `or` want a single True or False, and an array has many: use `np.where`, "
        "or `&` and `|` with brackets around each side, or `.any()` and `.all()`."
    )


def _integer(_: re.Match[str]) -> str:
    return worded(
        "An integer is needed there: `//` divides without a fraction, `int(...)` makes one."
    )


def _in_place(_: re.Match[str]) -> str:
    return worded(
        "`+=`, `-=` and their like write into an array of integers there, which has no room for "
        "fractions: compute a new array, or start from one of float64."
    )


def _unpacking(_: re.Match[str]) -> str:
    return worded(
        "The names on the left of `=` are not as many as the values on its right: print what is "
        "unpacked there."
    )


def _array_called(_: re.Match[str]) -> str:
    return worded("Round brackets call a function; an array is indexed with square ones.")


def _called(_: re.Match[str]) -> str:
    return worded(
        "Round brackets behind a name call it, but it is no function: is the name used twice, or a "
        "`*` missing?"
    )


def _single(_: re.Match[str]) -> str:
    return worded("That is a single number where several are expected: print it just before.")


def _attribute(found: re.Match[str]) -> str:
    kind, name = found["kind"], found["name"]
    if kind == "numpy.ndarray" and name in ("append", "extend", "insert"):
        return worded(
            "An array does not grow: collect in a list, and make an array of it at the end."
        )
    if kind in ("list", "tuple") and name in ("shape", "ndim", "dtype", "sum", "mean", "T"):
        return worded("That is a {kind}, no array: `np.array(...)` makes one of it.", kind=kind)
    return ""


def _no_value_yet(_: re.Match[str]) -> str:
    return worded("The name gets its value further down, or in a branch that was not taken.")


def _unknown(_: re.Match[str]) -> str:
    return worded("Is the name spelled as where it is defined, and has that cell run?")


def _recursion(_: re.Match[str]) -> str:
    return worded("The function calls itself too often: use a loop and a list of your own.")


def _ragged(_: re.Match[str]) -> str:
    return worded("The rows of an array must all be equally long, and an entry is a single number.")


def _too_large(_: re.Match[str]) -> str:
    return worded("So large an array does not fit into memory: does it need all of these axes?")


def _reshape(_: re.Match[str]) -> str:
    return worded(
        "The new shape has another number of entries: the product of its lengths must stay the "
        "same."
    )


COMMON: dict[str, Callable[[re.Match[str]], str]] = {
    r"(?:could not be broadcast|could not broadcast|non-broadcastable).*": _broadcast,
    r"core dimension.*\(size (?P<right>\d+) is different from (?P<left>\d+)\)": _product,
    r"not aligned: (?P<left>\d+) \(dim \d+\) != (?P<right>\d+) ": _product,
    r"(?P<name>[\w.<>]+)\(\) takes (?P<takes>\d+) positional arguments? but (?P<given>\d+) w": (
        _arguments
    ),
    r"missing \d+ required (?:positional|keyword-only) argument": _too_few,
    r"NoneType": _none,
    r"unhashable type: '(?P<kind>[\w.]+)'": _unhashable,
    r"index (?P<index>-?\d+) is out of bounds for axis \d+ with size (?P<size>[1-9]\d*)": _beyond,
    r"(?:list|tuple) index out of range": _beyond_list,
    r"too many indices for array": _axes,
    r"truth value of an array": _truth,
    r"only integers, slices|only integer scalar arrays|indices must be integers": _integer,
    r"cannot be interpreted as an integer|arrays used as indices must be of integer": _integer,
    r"Cannot cast ufunc": _in_place,
    r"(?:not enough|too many) values to unpack|cannot unpack": _unpacking,
    r"'numpy\.ndarray' object is not callable": _array_called,
    r"object is not callable": _called,
    r"object is not (?:subscriptable|iterable)|has no len\(\)": _single,
    r"'(?P<kind>[\w.]+)' object has no attribute '(?P<name>\w+)'": _attribute,
    r"cannot access local variable|referenced before assignment": _no_value_yet,
    r"name '\w+' is not defined": _unknown,
    r"maximum recursion depth": _recursion,
    r"inhomogeneous shape|setting an array element with a sequence": _ragged,
    r"Unable to allocate": _too_large,
    r"cannot reshape array of size": _reshape,
}
