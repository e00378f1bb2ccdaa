"""Answers written as a table: a name, a sentence, and only what differs from the reference.

An entry begins at the margin and its code is indented by four; a blank line ends it::

    no-margin: You left the margin of 1 out: a rival that comes closer than 1 counts
    as well.
        - + 1)
        + )

    uphill: Your gradient points the wrong way.
        loss, dW = reference(W, X, y, reg)
        return loss, -dW

Code is one of three things:

edits    what the lines that begin with ``- `` say stands just once in the reference's source; what
         the lines with ``+ `` after them say takes its place; a ``+`` alone puts nothing there
whole    code that defines the exercise's own name; what else it defines under the name of an
         exercise that the scenarios use stands in for that one's reference, too
body     anything else: the body of a function with the reference's signature, in which
         ``reference`` is the reference itself; for a class, methods that replace the reference's
"""

from __future__ import annotations
import __future__

import ast
import inspect
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from grader.exercises.model import DefinitionError
from grader.exercises.places import relative, told

INDENT = "    "
LAZY = __future__.annotations.compiler_flag  # annotations of what is compiled are not evaluated


class Table:
    """Entries, and where they are written.

    entries  of the table, in order
    module   in which the call stands that made it, and whose names its code may use
    file     of that module
    top      line of that call, which is the line of the text's first characters
    """

    def __init__(self, text: str, *, callers: int = 1) -> None:
        """Read a table's text. Raises `DefinitionError`.

        callers  how far up the stack of calls the text is written
        """
        frame = sys._getframe(callers)
        self.module = str(frame.f_globals["__name__"])
        self.file, self.top = frame.f_code.co_filename, frame.f_lineno
        self.entries = tuple(_entries(text, self.file, self.top))

    def line(self, entry: Entry) -> int:
        """The line of the file in which an entry's code begins."""
        return self.top + entry.line


@dataclass(frozen=True)
class Entry:
    """One entry as it is written.

    head  its text at the margin, on one line
    code  dedented
    line  of the table's text in which the code begins, counted from 0
    """

    head: str
    code: str
    line: int


def _entries(text: str, file: str, top: int) -> Iterator[Entry]:
    head: list[str] = []
    code: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), "end"]):
        if line.startswith(INDENT) or (code and not line.strip()):
            start = start if code else number
            code.append(line)
        elif line.strip():
            if code and not head:
                place = relative(f"{file}:{top + start}")
                said = f"this code belongs to no entry of the table: {code[0].strip()}"
                raise DefinitionError(f"{place}: {said}")
            if code:
                yield _entry(head, code, start)
                head, code = [], []
            head.append(line.strip())
    if head != ["end"]:
        place = relative(f"{file}:{top + text.count(chr(10))}")
        raise DefinitionError(f"{place}: the table's entry {head[0]!r} has no code under it")


def _entry(head: list[str], code: list[str], start: int) -> Entry:
    return Entry(" ".join(head), textwrap.dedent("\n".join(code)).strip("\n") + "\n", start)


@dataclass(frozen=True)
class Implementation:
    """An implementation made of an entry's code.

    source      Python that defines it under the exercise's name
    companions  what stands in for the references of other exercises, by their names
    """

    implementation: Any
    source: str
    companions: Mapping[str, Any]


def written(
    code: str,
    base: Any,
    *,
    name: str,
    scope: Mapping[str, Any],
    uses: tuple[str, ...] = (),
    file: str = "<table>",
    line: int = 1,
) -> Implementation:
    """The implementation that an entry's code stands for.

    Args:
        code: of an entry.
        base: function or class whose signature or source the code builds on: the reference.
        name: of the exercise.
        scope: the names that the code may use.
        uses: exercises whose references the code may replace as well.
        file: in which the entry stands, for tracebacks.
        line: of that file in which the code begins.

    Raises:
        DefinitionError: the code is no Python, or edits words that do not stand just once.
    """
    edits, place = code.startswith(("- ", "-\n")), relative(f"{file}:{line}")
    try:
        source, above = (edited(source_of(base), code), 0) if edits else _whole(code, base, name)
        if isinstance(base, type) and not edits and above:
            return _with_methods(code, base, name, scope, file, line)
        space = {**scope, "reference": base}
        _execute(source, space, file, 1 if edits else line - above)
    except SyntaxError as error:
        at = place if edits else relative(f"{file}:{error.lineno or line}")
        raise DefinitionError(f"{at}: this is no Python: {error.msg}") from error
    except DefinitionError as error:
        raise DefinitionError(f"{place}: {error}") from error
    except Exception as error:  # what the code does where it is defined may fail in any way
        raise DefinitionError(told(error, place)) from error
    made = space[base.__name__ if edits else name]
    if edits and base.__name__ != name:
        source += f"\n\n{name} = {base.__name__}\n"
    own = {use: space[use] for use in uses if space.get(use) is not scope.get(use)}
    return Implementation(made, source, own)


def _execute(
    source: str, space: dict[str, Any], file: str, line: int, into: dict[str, Any] | None = None
) -> None:
    """Run code that stands in a line of a file. That it is of bad style may be its very mistake."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        code = compile("\n" * (line - 1) + source, file, "exec", LAZY)
    exec(code, space, into)


def edited(source: str, edits: str) -> str:
    """A source with the edits of an entry made in it. Raises `DefinitionError`.

    Edits of several lines are written as if the first stood at the margin.
    """
    for pair in re.finditer(r"((?:^-(?: .*)?\n)+)((?:^\+(?: .*)?\n)*)", edits, re.M):
        old, new = (re.sub(r"^[-+] ?", "", part, flags=re.M)[:-1] for part in pair.groups())
        margins = sorted(set(re.findall(r"^ *", source, re.M)))
        found = [m for m in margins if _at(old, m) in source] if "\n" in old else [""]
        count = source.count(_at(old, found[0])) if found else 0
        if count != 1:
            raise DefinitionError(f"{old!r} stands {count} times in the reference, not once")
        start = source.index(_at(old, found[0]))
        line = source[source.rfind("\n", 0, start) + 1 :]
        margin = re.match(" *", line).group()  # type: ignore[union-attr]
        source = source.replace(_at(old, found[0]), _at(new, margin))
    return source


def _at(text: str, margin: str) -> str:
    """A text whose lines after the first are moved to the right."""
    return text.replace("\n", "\n" + margin)


@cache
def source_of(thing: Any) -> str:
    """The source of a function or class without its decorators, dedented."""
    lines = textwrap.dedent(inspect.getsource(thing)).splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(("def ", "class ")))
    return "".join(lines[start:])


def _whole(code: str, base: Any, name: str) -> tuple[str, int]:
    """Source that defines the name, and how many lines of it stand above the code."""
    try:
        if any(_defines(node, name) for node in ast.parse(code).body):
            return code, 0
    except SyntaxError:  # a body with a return is fine here; what is not is told below
        pass
    if isinstance(base, type):
        return code, 1
    (head,) = ast.parse(source_of(base)).body
    assert isinstance(head, ast.FunctionDef)
    for argument in ast.walk(head.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return f"def {name}({ast.unparse(head.args)}):\n{textwrap.indent(code, INDENT)}", 1


def _defines(node: ast.stmt, name: str) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(
        isinstance(part, ast.Name) and part.id == name
        for target in targets
        for part in ast.walk(target)
    )


def _with_methods(
    code: str, base: Any, name: str, scope: Mapping[str, Any], file: str, line: int
) -> Implementation:
    """The reference's class, made anew, with the methods of the code in place of its own."""
    space = {**scope, "reference": base}
    _execute(source_of(base), space, file, 1)
    made, methods = space[base.__name__], dict[str, Any]()
    _execute(code, space, file, line, methods)
    for method, function in methods.items():
        setattr(made, method, function)
    space[name] = made
    bodies = textwrap.indent(code, INDENT)
    return Implementation(made, f"{source_of(base).rstrip()}\n\n{bodies}", {})
