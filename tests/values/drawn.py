"""What the cases of an exercise hand over, seen by a spy around the reference.

An argument's facts are words such as "zero" or "read_only": what values of it, of which type and
in which form, a case draws. They are what the tables beside this file are held against.
"""

from __future__ import annotations

import functools
import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.exercises import Case, Exercise
from grader.exercises.model import CALL
from grader.keys.compile import function_source, left_as_it_was, make_cases
from pix2net.judging import codec
from pix2net.judging.driver import Outcome, drive, load_function

TINY, HUGE = 1e-9, 1e3

# kind of an argument -> what must be drawn of it, or explained
ARRAY = ("empty", "single", "fortran", "strided", "read_only")
VALUES = ("zero", "negative", "tiny", "huge", "ties")
ASPECTS: dict[str, tuple[str, ...]] = {
    "floats": (*ARRAY, *VALUES),  # an array of float64
    "numbers": (*ARRAY, *VALUES, "uint8", "int32", "int64", "float64"),  # of these as well
    "pixels": (*ARRAY, "zero", "huge"),  # an array of uint8
    "labels": ("empty", "single", "strided", "read_only", "uint8", "int32", "int64"),
    "number": ("zero", "one", "negative", "tiny", "huge", "int", "float", "numpy"),
    "count": ("zero", "one", "huge", "numpy"),  # a single whole number
    "list": ("empty", "single", "tuple"),
    "text": (),  # each value that it may have is a key of its own
    "other": (),  # a function, a generator, a model
}
OF_DEFAULT = ("default", "keyword")  # of an argument that has a default
OF_EXERCISE = ("twice", "same", "result")
NOT_SEEN = ("result",)  # what a spy cannot see; the named case has to exist all the same


@dataclass
class Drawn:
    """What one case hands over.

    facts   argument -> its facts in all calls
    calls   how often the implementation (of a class: its constructor) was called
    shared  whether one array stood for two arguments
    longest how long the longest axis of an array was
    """

    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    calls: int = 0
    shared: bool = False
    longest: int = 0

    def of_exercise(self) -> set[str]:
        """The facts that are not about one argument."""
        return ({"twice"} if self.calls > 1 else set()) | ({"same"} if self.shared else set())


def facts(value: Any) -> Iterator[str]:
    """What is special about a value."""
    if isinstance(value, np.ndarray) and value.ndim:
        yield from _of_array(value)
    elif isinstance(value, (bool, np.bool_)) or value is None:
        yield str(value).lower()
    elif isinstance(value, (int, float, np.number, np.ndarray)):
        yield from _of_number(value)
    elif isinstance(value, (list, tuple)):
        yield type(value).__name__
        yield from ({0: "empty", 1: "single"}[n] for n in [len(value)] if n < 2)
    elif isinstance(value, str):
        yield value


def _of_array(a: np.ndarray) -> Iterator[str]:
    yield a.dtype.name
    flags = {
        "empty": a.size == 0,
        "single": 1 in a.shape,
        "fortran": a.flags.f_contiguous and not a.flags.c_contiguous,
        "strided": not a.flags.f_contiguous and not a.flags.c_contiguous,
        "read_only": not a.flags.writeable,
    }
    yield from (name for name, yes in flags.items() if yes)
    if a.size and a.dtype.kind in "iuf":
        yield from _sizes(a, 255 if a.dtype == np.uint8 else HUGE)
        if a.shape[-1] > 1 and (np.diff(np.sort(a, axis=-1), axis=-1) == 0).any():
            yield "ties"


def _sizes(a: np.ndarray, huge: float) -> Iterator[str]:
    size = np.abs(a.astype(np.float64))
    flags = {
        "zero": size == 0,
        "negative": a < 0,
        "tiny": (size > 0) & (size <= TINY),
        "huge": size >= huge,
    }
    yield from (name for name, where in flags.items() if where.any())


def _of_number(value: Any) -> Iterator[str]:
    yield "numpy" if isinstance(value, (np.generic, np.ndarray)) else type(value).__name__
    whole = isinstance(value, (int, np.integer))
    yield from _sizes(np.asarray(value), 256 if whole else HUGE)
    if value == 1:
        yield "one"


def spied(implementation: Any, drawn: Drawn) -> Any:
    """The implementation, with every call of it (of a class: of its methods) noted down."""
    if not isinstance(implementation, type):
        return _watched(implementation, drawn, "", counts=True)
    methods = {
        name: _watched(method, drawn, name, counts=name == "__init__")
        for name, method in vars(implementation).items()
        if inspect.isfunction(method) and _is_public(name)
    }
    if "__init__" not in methods:
        methods["__init__"] = _counted(implementation, drawn)
    return type(implementation.__name__, (implementation,), methods)


def _is_public(method: str) -> bool:
    """Whether a method is watched. An operator is not: of two operands Python asks the one first
    whose class derives from the other's and defines the operator anew, as a spy's would."""
    return method == "__init__" or not method.startswith("_")


def _counted(implementation: type, drawn: Drawn) -> Any:
    """A constructor for a class that has none of its own."""

    def made(self: Any) -> None:
        drawn.calls += 1
        implementation.__init__(self)

    return made


def _watched(function: Any, drawn: Drawn, method: str, *, counts: bool) -> Any:
    signature = inspect.signature(function)

    @functools.wraps(function)
    def watched(*args: Any, **keywords: Any) -> Any:
        _note(drawn, signature, method, args, keywords)
        drawn.calls += counts
        return function(*args, **keywords)

    return watched


def argument_names(reference: Any) -> dict[str, bool]:
    """The arguments of a function, or of a class's public methods: whether each has a default.

    A method's argument is named ``method.argument``, a constructor's by itself.
    """
    methods = {"": reference}
    if isinstance(reference, type):
        methods = {
            name: method
            for name, method in vars(reference).items()
            if inspect.isfunction(method) and _is_public(name)
        }
    return {
        _named(method, parameter.name): parameter.default is not inspect.Parameter.empty
        for method, function in methods.items()
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name != "self"
    }


def _named(method: str, argument: str) -> str:
    return f"{method}.{argument}" if method not in ("", "__init__") else argument


def _note(
    drawn: Drawn, signature: inspect.Signature, method: str, args: tuple, keywords: Mapping
) -> None:
    given = signature.bind(*args, **keywords).arguments
    for name, parameter in signature.parameters.items():
        seen = drawn.facts[_named(method, name)]
        if name not in given:
            seen.add("default")
            continue
        seen.update(facts(given[name]))
        if name in keywords and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            seen.add("keyword")
    arrays = [value for value in given.values() if isinstance(value, np.ndarray)]
    drawn.longest = max(drawn.longest, *(max(a.shape, default=0) for a in arrays), 0)
    drawn.shared |= any(
        np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i] if a.ndim
    )


def outcome_of(case: Case, exercise: Exercise, references: Mapping[str, Any], made: Any) -> Outcome:
    """What an implementation brings back from a case, without a limit of time."""
    scenario = None if case.scenario == CALL else exercise.scenarios[case.scenario]
    driver = scenario and load_function(function_source(scenario.function))
    used = [references[name] for name in scenario.uses] if scenario else []
    inputs = codec.loads(codec.dumps(dict(case.inputs)))
    with np.errstate(all="ignore"), left_as_it_was(made):
        return drive(driver, made, used, inputs)


def drawn_by(exercise: Exercise, references: Mapping[str, Any], seed: int) -> dict[str, Drawn]:
    """Label -> what the case draws, for all cases of a hidden key."""
    found = {}
    for case in make_cases(exercise, seed, hidden=True):
        found[case.label] = Drawn()
        if case.again is None and not exercise.costly:
            spy = spied(exercise.reference, found[case.label])
            outcome = outcome_of(case, exercise, references, spy)
            assert outcome.status == "returned", f"{exercise.name}: {case.label}: {outcome}"
    return found
