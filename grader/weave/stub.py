"""Makes the two forms of an answer cell from a reference: the instructor's and the student's.

The instructor's form is the reference with each body between the lines ``### BEGIN SOLUTION`` and
``### END SOLUTION``; the student's form is what nbgrader's ClearSolutions makes of it. Both come
from one list of `Part`, so they cannot differ in what is kept.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import io
import textwrap
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.exercises.model import Question
from grader.weave.words import Say

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
CLEARED = ("# YOUR CODE HERE", "raise NotImplementedError()")
IN_SCOPE = frozenset({*dir(builtins), "np"})  # what every notebook's first cell provides
INDENT = "    "

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.ClassDef


class StubError(ValueError):
    """A reference cannot be made a stub; the message names it and says what to change."""


@dataclass(frozen=True)
class Part:
    """Lines of an answer cell that stay, or that are the solution.

    Attributes:
        lines: as they stand in the instructor's form, without the marks.
        indent: None for lines that stay; for a solution the white space before its marks.
    """

    lines: tuple[str, ...]
    indent: str | None = None


@dataclass(frozen=True)
class AnswerCell:
    """An answer cell in its two forms."""

    instructor: str
    student: str


def exercise_answer(reference: Any, helpers: Sequence[str] = ()) -> AnswerCell:
    """The answer cell of an exercise.

    Args:
        reference: function or class at the top level of a module.
        helpers: source of module-level code that it needs; part of the solution.

    Raises:
        StubError: a reference cannot be made a stub.
    """
    source, node = parse(reference)
    parts = (
        _class_parts(source, node)
        if isinstance(node, ast.ClassDef)
        else _function_parts(source, node)
    )
    _check(node, parts)
    if helpers:
        added = tuple(line for text in helpers for line in ("", *text.strip("\n").split("\n")))
        parts[-1] = replace(parts[-1], lines=(*parts[-1].lines, *added))
    return AnswerCell(_render(parts, cleared=False), _render(parts, cleared=True))


def question_answer(question: Question, say: Say = str) -> AnswerCell:
    """The answer cell of a question that is answered by a variable."""
    letters = ", ".join(f'"{letter}"' for letter in question.options)
    form = {
        "choice": say("one of {letters}"),
        "choices": say("a set of letters out of {letters}, all that are right"),
        "number": say("a number"),
    }[question.kind].format(letters=letters)
    student = f"{question.name} = None  # {form}"
    return AnswerCell(f"{question.name} = {_literal(question.answer)}", student)


def _literal(answer: Any) -> str:
    if isinstance(answer, str):
        return f'"{answer}"'
    if isinstance(answer, frozenset):
        return "{" + ", ".join(f'"{letter}"' for letter in sorted(answer)) + "}"
    return repr(answer)


def parse(reference: Any) -> tuple[str, Definition]:
    """A reference's source without its registration, and the syntax tree of that source."""
    try:
        source = textwrap.dedent(inspect.getsource(reference))
    except (OSError, TypeError) as error:
        raise StubError(f"{reference!r} has no source that can be read") from error
    node = ast.parse(source).body[0]
    if not isinstance(node, Definition):
        kind = "async functions" if isinstance(node, ast.AsyncFunctionDef) else "this definition"
        raise StubError(f"{reference.__name__}: {kind} cannot be an exercise")
    kept = [d for d in node.decorator_list if not _registers(d)]
    lines = source.split("\n")
    head = [line for d in kept for line in _with_at(lines, d)]
    source = "\n".join([*head, *lines[node.lineno - 1 : node.end_lineno]])
    plain = ast.parse(source).body[0]
    assert isinstance(plain, Definition)
    return source, plain


def _registers(decorator: ast.expr) -> bool:
    """Whether a decorator says that something is a reference: ``@exercise.reference``."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr == "reference"


def _with_at(lines: list[str], decorator: ast.expr) -> list[str]:
    return lines[decorator.lineno - 1 : decorator.end_lineno]


def first_line(node: ast.stmt) -> int:
    """The line, from 1, where a statement starts, its decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def docstring_node(node: Function | ast.ClassDef) -> ast.Expr | None:
    """The statement that is a definition's docstring, or None."""
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return first
    return None


def _header(source: str, node: Function | ast.ClassDef) -> tuple[list[str], int]:
    """The lines of decorators and signature, to the colon, and the colon's line (from 1)."""
    lines = source.split("\n")
    text = "\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n"
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.OP:
            continue
        depth += (token.string in "([{") - (token.string in ")]}")
        if token.string == ":" and depth == 0:
            break
    row = node.lineno - 1 + token.end[0]
    last = lines[row - 1][: token.end[1]]
    return [*lines[first_line(node) - 1 : row - 1], last], row


def _function_parts(source: str, node: Function) -> list[Part]:
    """Signature and docstring, which stay, and the body, which is the solution."""
    lines = source.split("\n")
    indent = " " * node.col_offset + INDENT
    kept, row = _header(source, node)
    statements = list(node.body)
    doc = docstring_node(node)
    if doc is not None:
        statements.pop(0)
        kept += _own_lines(source, doc, indent)
        row = max(row, doc.end_lineno or 0)
    inline = [s for s in statements if s.lineno <= row]
    body = [line for s in inline for line in _own_lines(source, s, indent)]
    if len(inline) < len(statements):
        body += lines[row : node.end_lineno]
    while body and not body[0].strip():
        body.pop(0)
    return [Part(tuple(kept)), Part(tuple(body), indent)]


def _own_lines(source: str, node: ast.stmt, indent: str) -> list[str]:
    """A statement's own text as indented lines, whatever else stands in its first line."""
    text = ast.get_source_segment(source, node) or ""
    first, *rest = text.split("\n")
    return [indent + first, *rest]


def _class_parts(source: str, node: ast.ClassDef) -> list[Part]:
    """What stays of a class: its header, its docstring and its public methods' heads.

    Everything else in it joins the solution of the public method before it, or of the first.
    """
    lines = source.split("\n")
    indent = " " * node.col_offset + INDENT
    kept, _ = _header(source, node)
    statements = list(node.body)
    doc = docstring_node(node)
    if doc is not None:
        statements.pop(0)
        kept += _own_lines(source, doc, indent)
    parts = [Part(tuple(kept))]
    waiting: list[str] = []
    for statement in statements:
        own = lines[first_line(statement) - 1 : statement.end_lineno]
        if isinstance(statement, ast.FunctionDef) and _public(statement.name):
            head, body = _function_parts(source, statement)
            parts.append(Part(("", *head.lines) if len(parts) > 1 or doc else head.lines))
            parts.append(replace(body, lines=(*body.lines, *waiting)))
            waiting = []
        elif len(parts) > 1:
            parts[-1] = replace(parts[-1], lines=(*parts[-1].lines, "", *own))
        else:
            waiting += ["", *own]
    if len(parts) == 1:
        raise StubError(f"{node.name}: a class that is an exercise needs a public method")
    return parts


def _public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _check(node: Definition, parts: Sequence[Part]) -> None:
    """Refuse a stub that cannot be defined in a notebook, or that ClearSolutions would misread."""
    for part in parts:
        for line in part.lines:
            if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
                raise StubError(f"{node.name}: the words of {line.strip()!r} mark solutions")
    strange = sorted({name for name in _names_of_heads(node) if name not in IN_SCOPE})
    if strange:
        raise StubError(
            f"{node.name}: its signature uses {', '.join(strange)}, which a notebook does not "
            "know: use builtins and np alone"
        )


def _names_of_heads(node: Definition) -> Iterator[str]:
    """Names that are looked up when a definition, its body left aside, is executed."""
    heads: list[ast.AST] = [*node.decorator_list]
    if isinstance(node, ast.ClassDef):
        heads += [*node.bases, *node.keywords]
        for statement in node.body:
            if isinstance(statement, ast.FunctionDef) and _public(statement.name):
                yield from (n for n in _names_of_heads(statement) if n not in _properties(node))
    else:
        heads += [node.args, *([node.returns] if node.returns else [])]
    for head in heads:
        yield from (n.id for n in ast.walk(head) if isinstance(n, ast.Name))


def _properties(node: ast.ClassDef) -> set[str]:
    """Names of public methods, which a later method's decorator may name (``@data.setter``)."""
    methods = (s.name for s in node.body if isinstance(s, ast.FunctionDef))
    return {name for name in methods if _public(name)}


def _render(parts: Sequence[Part], *, cleared: bool) -> str:
    """The cell's text, each solution between its marks or cleared away."""
    lines: list[str] = []
    for part in parts:
        if part.indent is None:
            lines += part.lines
        elif cleared:
            lines += [part.indent + line for line in CLEARED]
        else:
            lines += [part.indent + BEGIN, *part.lines, part.indent + END]
    return "\n".join(lines)
