"""Runs one case of an exercise: hands inputs to an implementation and says what came back.

The same function serves `check` in a learner's notebook and the sandbox's untrusted side. It
decides nothing: an `Outcome` is a plain report of what happened.
"""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from pix2net.browser import as_indices, cpu_seconds
from pix2net.judging import codec

NO_ANSWERS = ("missing", "not_callable", "timeout", "memory", "killed", "unreadable", "helped")


@dataclass(frozen=True)
class Raised:
    """An exception of the learner's: its type, its text, and the line of theirs it came from.

    ``file`` and ``line`` name the innermost frame that is not in an installed file; None where
    there is none. ``text`` is that line's source, known only in the learner's own process, and
    ``function`` the function or class at the margin that it belongs to.
    """

    type_name: str
    message: str = ""
    file: str | None = None
    line: int | None = None
    text: str = ""
    function: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one case brought back.

    Attributes:
        status: "returned", "raised", or why there is no answer: one of `NO_ANSWERS`.
        value: the output as the codec carries it (see `codec.Opaque`), for "returned".
        changed: names of inputs that the implementation modified.
        raised: for "raised".
        seconds: CPU seconds that the call took.
    """

    status: Literal[
        "returned", "raised",
        "missing", "not_callable", "timeout", "memory", "killed", "unreadable", "helped",
    ]  # fmt: skip
    value: Any = None
    changed: tuple[str, ...] = ()
    raised: Raised | None = None
    seconds: float = 0.0


def outcomes_of(cases: Sequence[Any], run: Callable[[Any], Outcome]) -> list[Outcome]:
    """One outcome a case, in their order; a case that judges another one ``again`` takes its."""
    found: dict[str, Outcome] = {}
    for case in cases:
        found[case.label] = run(case) if case.again is None else found[case.again]
    return list(found.values())


def load_function(source: str) -> Callable[..., Any]:
    """The function that ``source`` (one ``def`` at the top level) defines, with ``np`` in scope."""
    namespace: dict[str, Any] = {"np": np}
    exec(compile(source, "<scenario>", "exec"), namespace)
    functions = [value for key, value in namespace.items() if key not in ("np", "__builtins__")]
    return functions[-1]


def drive(
    scenario: Callable[..., Any] | None,
    implementation: Any,
    used: Sequence[Any],
    inputs: Mapping[str, Any],
) -> Outcome:
    """Run an implementation on plain inputs.

    Args:
        scenario: driver ``(implementation, *used, **inputs)``, or None to call it with the inputs.
        implementation: the learner's function or class.
        used: further functions of theirs that the scenario takes.
        inputs: name -> plain data; handed over itself, so pass a copy.
    """
    if not callable(implementation):
        return Outcome("not_callable")
    before = {name: codec.dumps(value) for name, value in inputs.items()}
    try:
        if scenario is None:
            value = implementation(*inputs.values())
        else:
            value = scenario(implementation, *used, **inputs)
    except (Exception, SystemExit) as error:  # else `exit` would end the check without a verdict
        return Outcome("raised", raised=describe_error(error))
    try:
        changed = tuple(name for name in inputs if codec.dumps(inputs[name]) != before[name])
        return Outcome("returned", codec.loads(codec.dumps(value)), changed)
    except codec.CodecError:
        return Outcome("unreadable")


def timed(
    scenario: Callable[..., Any] | None,
    implementation: Any,
    used: Sequence[Any],
    inputs: Mapping[str, Any],
) -> Outcome:
    """`drive` on a copy of the inputs, with the CPU seconds that this thread needed for it.

    Those of the process would count the threads of a matrix product as well, which wait for each
    other by turning round and round: many times the seconds of the product, on a busy machine.
    """
    given = as_indices(codec.loads(codec.dumps(dict(inputs))))
    start = cpu_seconds()
    outcome = drive(scenario, implementation, used, given)
    return replace(outcome, seconds=cpu_seconds() - start)


def describe_error(error: BaseException) -> Raised:
    """An exception as data. Never raises, whatever the exception's own methods do."""
    kind = type(error).__name__[: codec.MAX_NAME]
    try:
        message = str(error)[:500]
    except Exception:
        message = ""
    # Not `traceback.extract_tb`, which looks up the columns of every frame as well: far slower.
    trace = vars(BaseException)["__traceback__"].__get__(error)  # whatever the class makes of it
    walked = [(frame.f_code, line or 0) for frame, line in traceback.walk_tb(trace)]
    for code, line in reversed(walked):
        file = code.co_filename
        if _is_learners(file):
            text, function = linecache.getline(file, line).strip(), code.co_qualname.split(".")[0]
            return Raised(kind, message, file, line, text, function)
    return Raised(kind, message)


def _is_learners(filename: str) -> bool:
    """Whether a frame's file is a notebook cell: ours and the libraries' are elsewhere."""
    return filename.startswith("<cell") or "ipykernel_" in filename or "ipython-input" in filename
