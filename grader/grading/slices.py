"""Which statements of the released cells grading has to run: those whose effect an answer can see.

A demonstration shows a learner something; it decides nothing. So a released statement runs in
grading only if code that the learner can edit uses a name that it gives a meaning to or may change,
directly or through other released statements. The rest is left out, line by line, so that numbers
of lines hold. A verdict is the same as if all had run, as long as an answer sees the notebook's
names in the ways that Python's compiler knows of; where the text hints at any other way, all runs.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.handed_in.cells import MergedCell
from grader.sandbox.inside.reads import names

# Where data sets come from, which take a while to make; ``data`` in releases of old.
DATA = re.compile(r"(?:pix2net\.)?data\b.*|pix2net\.load")
# Words that hint at a look at the notebook's names behind the compiler's back.
BEHIND = re.compile(
    r"\b(?:globals|locals|vars|eval|exec|__main__|get_ipython|user_ns|user_global_ns|modules|"
    r"_getframe|currentframe|f_globals|f_back|__globals__|__dict__|gc|inspect|runpy|"
    r"import_module|__import__)\b"
)
# Functions of libraries that change what they are given, besides methods of it.
CHANGING = frozenset({"copyto", "fill_diagonal", "place", "put", "putmask", "shuffle"})
BUILTINS = frozenset(vars(builtins))


@dataclass(frozen=True)
class Statement:
    """A top-level statement of a released cell, or several that share a line.

    first, last  numbers of its lines, from 1
    binds        names that it gives a meaning to, or takes it from
    changes      names of things that it may change
    reads        names that it uses
    imports      of ``binds``, those that are imported; with what they are in full
    """

    first: int
    last: int
    binds: frozenset[str]
    changes: frozenset[str]
    reads: frozenset[str]
    imports: Mapping[str, str]


@dataclass(frozen=True)
class Slice:
    """What is run of the released cells.

    sources  text to run by cell number; empty for nothing of it
    data     whether a data set is loaded
    """

    sources: Mapping[int, str]
    data: bool


def everything(cells: Sequence[MergedCell]) -> Slice:
    """All of every released cell."""
    return Slice({cell.number: cell.source for cell in _given(cells)}, True)


def is_plain(sources: Collection[str]) -> bool:
    """Whether some texts reach the notebook's names only in ways that the compiler knows of."""
    return not any(BEHIND.search(source) for source in sources)


def needed(cells: Sequence[MergedCell], reads: Collection[str], tasks: Collection[str]) -> Slice:
    """What has to be run of the released cells.

    cells  of the merged notebook
    reads  global names that the learner's cells use
    tasks  names of exercises and questions, which are looked up when they are judged
    """
    given = {cell.number: (cell, statements(cell.source)) for cell in _given(cells)}
    if any(found is None for _, found in given.values()):
        return everything(cells)
    waiting = [(n, s) for n, (_, found) in given.items() for s in found or ()]
    libraries = {name for _, s in waiting for name in s.imports}
    learners = libraries | set(tasks)
    wanted = set(reads) | set(tasks)
    chosen: list[tuple[int, Statement]] = []
    while True:
        more = [(n, s) for n, s in waiting if s.binds & wanted or (s.changes - learners) & wanted]
        if not more:
            break
        chosen += more
        waiting = [pair for pair in waiting if pair not in more]
        wanted.update(name for _, s in more for name in s.reads)
    kept: dict[int, list[Statement]] = {n: [] for n in given}
    for n, statement in chosen:
        kept[n].append(statement)
    loaders = {k for _, found in given.values() for s in found or () for k, m in s.imports.items()
               if DATA.fullmatch(m)}  # fmt: skip
    return Slice(
        {n: _only(cell.source, kept[n]) for n, (cell, _) in given.items()},
        any(s.reads & loaders for _, s in chosen),
    )


def _given(cells: Sequence[MergedCell]) -> Iterator[MergedCell]:
    return (cell for cell in cells if cell.role == "given" and cell.run)


def _only(source: str, kept: Sequence[Statement]) -> str:
    """A cell's text with empty lines in place of what is not kept; "" where nothing is."""
    if not kept:
        return ""
    lines = source.split("\n")
    wanted = {number for s in kept for number in range(s.first, s.last + 1)}
    return "\n".join(line if i in wanted else "" for i, line in enumerate(lines, start=1))


@lru_cache(maxsize=4096)
def statements(source: str) -> tuple[Statement, ...] | None:
    """The statements of a released cell; None where it is no plain Python."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None  # a magic
    lines = source.split("\n")
    found: list[Statement] = []
    for first, last, nodes in _units(body):
        text = "\n".join(lines[first - 1 : last])
        if any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in nodes):
            return None
        imports = {k: v for node in nodes for k, v in _imports(node)}
        binds, reads = names(text)
        changes = frozenset(name for node in nodes for name in _changes(node))
        found.append(Statement(first, last, binds, changes, reads, imports))
    return tuple(found)


def _units(body: list[ast.stmt]) -> Iterator[tuple[int, int, list[ast.stmt]]]:
    """Statements with their first and last line; those that share a line are one."""
    units: list[tuple[int, int, list[ast.stmt]]] = []
    for node in body:
        decorators = [d.lineno for d in getattr(node, "decorator_list", ())]
        first, last = min([node.lineno, *decorators]), node.end_lineno or node.lineno
        if units and first <= units[-1][1]:
            before, _, nodes = units.pop()
            first, nodes = before, [*nodes, node]
            units.append((first, last, nodes))
        else:
            units.append((first, last, [node]))
    yield from units


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Import):
            for alias in part.names:
                yield alias.asname or alias.name.partition(".")[0], alias.name
        elif isinstance(part, ast.ImportFrom):
            for alias in part.names:
                yield alias.asname or alias.name, f"{part.module}.{alias.name}"


def _changes(node: ast.AST) -> Iterator[str]:
    """Names of things that code may change: assigned into, or handed to what may."""
    for part in ast.walk(node):
        if isinstance(part, (ast.Attribute, ast.Subscript)):
            if not isinstance(part.ctx, ast.Load):
                yield from _root(part)
        elif isinstance(part, ast.Call):
            yield from _changed_by(part)


def _changed_by(call: ast.Call) -> Iterator[str]:
    """The owner of a method that is called; and what a function is given, if it may change it."""
    function = call.func
    if isinstance(function, ast.Attribute):
        yield from _root(function)
        handed = function.attr in CHANGING
    else:
        handed = not (isinstance(function, ast.Name) and function.id in BUILTINS)
    if handed:
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
            yield from _root(argument)


def _root(node: ast.AST) -> Iterator[str]:
    """The name that a chain of attributes and indices starts from."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id
