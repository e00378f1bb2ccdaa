"""Compares code by its shape: layout, comments, docstrings and variables' names left aside."""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from collections.abc import Iterable, Iterator, Sequence

SHARED = frozenset({*dir(builtins), "np", "math"})  # names that mean the same everywhere
ASIDE = frozenset({"ctx", "type_comment", "annotation", "returns", "decorator_list", "kind"})
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LAYOUT_TOKENS = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)

Shape = tuple[str, ...]


def shape(nodes: Iterable[ast.AST]) -> Shape:
    """Syntax as a sequence of words, in which variables are numbered in the order they come up."""
    names: dict[str, int] = {}
    return tuple(word for node in nodes for word in _words(node, names))


def function_shape(function: ast.AST) -> Shape:
    """A function's shape, its name, annotations and docstring left aside; also of a lambda."""
    assert isinstance(function, FUNCTIONS)
    return shape([function.args, *statements_of(function)])


def statements_of(function: ast.AST) -> list[ast.stmt]:
    """A function's statements without its docstring; a lambda's expression as a return."""
    if isinstance(function, ast.Lambda):
        return [ast.Return(function.body)]
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    return without_docstring(function.body)


def without_docstring(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """A body's statements without those that are a bare string."""
    return [
        s
        for s in body
        if not (
            isinstance(s, ast.Expr)
            and isinstance(s.value, ast.Constant)
            and isinstance(s.value.value, str)
        )
    ]


def size(nodes: Iterable[ast.AST]) -> int:
    """How much syntax there is: nodes of the tree, load and store marks not counted."""
    return sum(
        not isinstance(part, (ast.expr_context, ast.arguments))
        for node in nodes
        for part in ast.walk(node)
    )


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements in a tree, docstrings left out."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield without_docstring(block)


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def bare_code(text: str) -> str:
    """Code without comments and white space."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return squeezed(text)
    return "".join(squeezed(t.string) for t in tokens if t.type not in LAYOUT_TOKENS)


def _words(node: ast.AST, names: dict[str, int]) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield _number(node.id, names)
        return
    if isinstance(node, ast.arg):
        yield _number(node.arg, names)
        return
    yield type(node).__name__
    for field, value in ast.iter_fields(node):
        if field in ASIDE:
            continue
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and field == "name":
            yield _number(str(value), names)
        elif isinstance(value, ast.AST):
            yield from _words(value, names)
        elif isinstance(value, list):
            parts = without_docstring(value) if field == "body" else value
            for part in parts:
                yield from _words(part, names) if isinstance(part, ast.AST) else (repr(part),)
            yield "end"
        else:
            yield repr(value)


def _number(name: str, names: dict[str, int]) -> str:
    return name if name in SHARED else f"${names.setdefault(name, len(names))}"
