"""Which global names code uses, as Python's own compiler sees it.

It runs inside the wall, before any of the code does, since compiling a text that was made for it
can end a process. What it says only decides which released statements run besides the answers.
"""

from __future__ import annotations

import symtable
from collections.abc import Callable, Iterable
from contextlib import suppress


def global_reads(sources: Iterable[str], transform: Callable[[str], str]) -> list[str]:
    """The global names that some cells use, sorted.

    A cell that does not compile uses none: running it does nothing.

    Args:
        transform: makes Python of a cell; magics become calls of ``get_ipython``.
    """
    found: set[str] = set()
    for source in sources:
        try:
            found.update(names(source)[1])
        except SyntaxError:
            with suppress(Exception):
                found.update(names(transform(source))[1])
        except Exception:  # a text may be too deep, or hold what none may
            continue
    return sorted(found)


def names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The global names that some code binds, and those that it reads.

    A class's own names count as read: where they have no value yet, the global ones are meant.

    Raises:
        SyntaxError: the source is no Python.
    """
    binds: set[str] = set()
    reads: set[str] = set()
    waiting = [symtable.symtable(source, "<cell>", "exec")]
    for table in waiting:
        waiting.extend(table.get_children())
        kind = table.get_type()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or kind != "function"):
                reads.add(symbol.get_name())
            given = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            if given and (symbol.is_global() or kind == "module"):
                binds.add(symbol.get_name())
    return frozenset(binds), frozenset(reads)
