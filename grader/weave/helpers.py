"""Finds the module-level code of the hidden package that a reference needs to run by itself."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from grader.weave.stub import IN_SCOPE, StubError, first_line, parse

HIDDEN = "solutions"


@dataclass
class _Search:
    """What has been met so far; ``found`` maps (module, line) to source, what is needed first."""

    given: Collection[str]
    met: set[tuple[str, str]] = field(default_factory=set)
    found: dict[tuple[str, int], str] = field(default_factory=dict)


def helpers_of(reference: Any, given: Collection[str], code: ast.AST | None = None) -> list[str]:
    """Source of the imports, constants and helpers that a reference uses, in working order.

    Args:
        reference: function or class of a module of ``solutions`` (or of a test).
        given: names that the notebook has already: the chapter's exercises.
        code: uses them in the reference's place, where it is given.

    Raises:
        StubError: an import of the hidden package that cannot be written out.
    """
    module = inspect.getmodule(reference)
    assert module is not None
    search = _Search({*given, *IN_SCOPE, reference.__name__})
    for name in sorted(names_in(code or parse(reference)[1])):
        _find(name, module, search)
    return list(search.found.values())


def names_in(node: ast.AST) -> set[str]:
    """Every name that a syntax tree reads."""
    names = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    return {n.id for n in names if isinstance(n.ctx, ast.Load)}


def _find(name: str, module: ModuleType, search: _Search) -> None:
    """Add what defines ``name`` in a module, and what that needs, to a search."""
    if name in search.given or (module.__name__, name) in search.met:
        return
    search.met.add((module.__name__, name))
    source = inspect.getsource(module)
    for statement in ast.parse(source).body:
        if name not in _defines(statement):
            continue
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith(HIDDEN):
            _follow(name, statement, search)
        else:
            for used in sorted(names_in(statement)):
                _find(used, module, search)
            lines = source.split("\n")[first_line(statement) - 1 : statement.end_lineno]
            search.found[module.__name__, statement.lineno] = "\n".join(lines)


def _follow(name: str, statement: ast.ImportFrom, search: _Search) -> None:
    """Find a name in the module of the hidden package that it is imported from."""
    alias = next(a for a in statement.names if (a.asname or a.name) == name)
    if alias.asname not in (None, alias.name):
        raise StubError(f"import {alias.name} from {statement.module} under its own name")
    _find(name, importlib.import_module(statement.module or ""), search)


def _defines(statement: ast.stmt) -> Iterator[str] | set[str]:
    """The names that a top-level statement binds."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    if isinstance(statement, ast.Assign):
        return {n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return {statement.target.id}
    return set()
