"""Which global names code uses, as Python's own compiler sees it.

It runs inside the wall, before any of the code does, since compiling a text that was made for it
can end a process. What it says only decides which released statements run besides the answers.
"""

from __future__ import annotations

import symtable
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress


def global_reads(sources: Iterable[str], transform: Callable[[str], str]) -> list[str]:
    """The global names that some cells use, sorted.

    transform  makes Python of a cell; magics become calls of ``get_ipython``
    A cell that does not compile uses none: running it does nothing.
    """
    found: set[str] = set()
    for source in sources:
        try:
            found.update(_reads(source))
        except SyntaxError:
            with suppress(Exception):
                found.update(_reads(transform(source)))
        except Exception:  # a text may be too deep, or hold what none may
            continue
    return sorted(found)


def _reads(source: str) -> Iterator[str]:
    waiting = [symtable.symtable(source, "<cell>", "exec")]
    for table in waiting:
        waiting.extend(table.get_children())
        local = table.get_type() == "function"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or not local):
                yield symbol.get_name()
