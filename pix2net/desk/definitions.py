"""What a cell defines, learned by running no more of it than that takes.

A learner's cell may train for an hour, fetch data or write files, and nobody asked for that who
hands in or takes a function over. So only what makes names is run; the rest is left out, and what
depends on it is told as not looked at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from pix2net.judging.wording import worded

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
ROOMS = ("np", "numpy", "math")  # whose functions reckon, but for those that have to do with FILES
FILES = re.compile("load|save|file|memmap|txt|regex|dump|DataSource")
BUILTINS = frozenset({
    "abs", "bool", "dict", "float", "frozenset", "int", "len", "list", "max", "min", "pow", "range",
    "round", "set", "sorted", "str", "sum", "tuple", "zip",
})  # fmt: skip
CELL_MAGIC = re.compile(r"\s*%%(time|capture|prun)\b.*")  # those whose cell defines as without them
BY_LOOK = re.compile(r"^(?:def|class)\s+(\w+)|^(\w+)\s*=(?!=)", re.MULTILINE)


@dataclass
class Defined:
    """Names that cells define, and of those that are not known why they are not.

    Attributes:
        namespace: name -> what it is.
        left_out: name -> a sentence that says why its definition was not looked at.
    """

    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__mine__", "np": np})
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, source: str, origin: str) -> None:
        """Run what a cell defines, in this process; ``origin`` stands for its file's name."""
        try:
            body = _parsed(source)
            compile(ast.Module(body, []), origin, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            kept = self._kept(body)
            code = compile(ast.Module(kept, []), origin, "exec")
        except SyntaxError as error:
            self._leave_out(_by_look(source), partial(_syntax_error, error=error))
            return
        except (ValueError, RecursionError, MemoryError):  # a null byte, too deeply nested
            return
        try:
            exec(code, self.namespace)
        except Exception:
            self._leave_out({n for node in kept for n in _bound(node)}, _does_more)
        for name in self.left_out:
            self.namespace.pop(name, None)

    def _kept(self, body: Iterable[ast.stmt]) -> list[ast.stmt]:
        """The statements that just define; what others make is left out until it is made again."""
        kept = []
        for node in body:
            if _only_defines(node) and not _read(node) & self.left_out.keys():
                kept.append(node)
                for name in _bound(node):
                    self.left_out.pop(name, None)
            elif not isinstance(node, ast.Expr):  # such as a print, which makes no name
                self._leave_out(_bound(node), _does_more)
        return kept

    def _leave_out(self, names: Iterable[str], why: Callable[[str], str]) -> None:
        self.left_out.update({name: why(name) for name in names if name != "np"})


def _parsed(source: str) -> list[ast.stmt]:
    """A cell's statements; IPython's own lines are calls. Raises as `ast.parse` does."""
    source = CELL_MAGIC.sub("pass", source, count=1) if CELL_MAGIC.match(source) else source
    try:
        return ast.parse(source).body
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager  # takes a while

        return ast.parse(TransformerManager().transform_cell(source)).body


def _syntax_error(name: str, error: SyntaxError) -> str:
    return worded(
        "There is a syntax error in line {line} of the cell of `{name}` ({error}): mend it and run "
        "the cell.",
        name=name,
        line=error.lineno,
        error=error.msg,
    )


def _does_more(name: str) -> str:
    return worded(
        "The cell of `{name}` does more than define it, so it was not looked at: run the check in "
        "the notebook.",
        name=name,
    )


def _by_look(source: str) -> set[str]:
    """Names that a cell defines at its margin, by its look: it is no Python."""
    return {name for found in BY_LOOK.findall(source) for name in found if name}


def _bound(node: ast.AST) -> set[str]:
    """The global names that a statement makes."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Lambda, *COMPREHENSIONS)):
        return set()
    if isinstance(node, ast.alias):
        return {(node.asname or node.name).partition(".")[0]}
    own = {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()
    return own.union(*(_bound(child) for child in ast.iter_child_nodes(node)))


def _read(node: ast.stmt) -> set[str]:
    """The names without which an assignment cannot be made."""
    value = getattr(node, "value", None)
    if value is None or isinstance(value, ast.Lambda):
        return set()
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


def _only_defines(node: ast.stmt) -> bool:
    """Whether a statement is an import, a function, a class, or sets a name to a plain value."""
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return node.value is None or isinstance(node.value, ast.Lambda) or _is_plain(node.value)
    return isinstance(node, DEFINITIONS)


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression is reckoned with numbers, texts and collections alone."""
    parts = list(ast.walk(value))
    waits = any(isinstance(part, (ast.Await, ast.Yield, ast.YieldFrom)) for part in parts)
    return not waits and all(_reckons(part.func) for part in parts if isinstance(part, ast.Call))


def _reckons(function: ast.expr) -> bool:
    """Whether what is called is of `BUILTINS` or `ROOMS`, or a method of what these gave."""
    if isinstance(function, ast.Name):
        return function.id in BUILTINS
    names, node = [], function
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return False
    return node.id in ROOMS and not any(FILES.search(name) for name in names)
