"""Which released cells grading has to run: all but the demonstrations, unless an answer needs one.

A demonstration shows a learner something and decides nothing, and takes most of a notebook's time.
The weaver marks which cells are demonstrations. They are left out unless the learner's own code
uses a name that one of them uses too, imports and tasks aside: then everything runs, and what a
demonstration may have bound or changed is there. That no verdict depends on them is checked for
every chapter, which is run both ways before it is released.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Sequence
from functools import lru_cache

from grader.handed_in.cells import MergedCell
from grader.sandbox.inside.reads import names

BUILTINS = frozenset(vars(builtins))  # that two cells read `len` ties them to each other in nothing
SOURCES = 4096  # released cells that are kept in mind: those of many chapters
LOADERS = frozenset({"load", "background_experiment"})  # what makes data sets, which takes a while


def needed(
    cells: Sequence[MergedCell], reads: Collection[str] | None, tasks: Collection[str]
) -> frozenset[int]:
    """Numbers of the released cells that have to run.

    Args:
        cells: of the merged notebook.
        reads: global names that the learner's cells use; None where that is not known.
        tasks: names of exercises and questions.
    """
    given = [cell for cell in cells if cell.role == "given" and cell.run]
    shown = [cell for cell in given if cell.demonstration]
    if reads is None or "get_ipython" in reads:  # a magic can do anything
        shown = []
    else:
        known = {name for cell in given for name in _imported(cell.source)} | set(tasks)
        if (set(reads) - known) & _used(shown):
            shown = []
    return frozenset(cell.number for cell in given) - {cell.number for cell in shown}


def loads_data(cells: Sequence[MergedCell], chosen: Collection[int]) -> bool:
    """Whether a released cell that runs makes a data set."""
    return bool(_used([cell for cell in cells if cell.number in chosen]) & LOADERS)


def _used(cells: Sequence[MergedCell]) -> set[str]:
    """The global names that cells bind, or read where they are not Python's own."""
    return {name for cell in cells for name in _uses(cell.source)}


# Released cells are the same in every submission of a class.
@lru_cache(SOURCES)
def _uses(source: str) -> frozenset[str]:
    try:
        binds, reads = names(source)
    except SyntaxError:  # a magic, which uses no name that the compiler sees
        return frozenset()
    return binds | (reads - BUILTINS)


@lru_cache(SOURCES)
def _imported(source: str) -> frozenset[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return frozenset()
    return frozenset(
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    )
