"""What a notebook displays from top to bottom, demonstrations included, for people to look at.

It runs after everything has been judged, in sessions of its own, and no verdict depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from grader.grading.displayed import Displayed
from grader.grading.verdict import Outputs
from grader.handed_in.cells import MergedCell
from grader.sandbox import SandboxFailure

if TYPE_CHECKING:
    from grader.sandbox import Sandbox

MAX_RUNS = 4  # of the notebook, each without the cells that ended the one before


def shown(
    cells: Sequence[MergedCell],
    judged: Mapping[int, Outputs],
    fatal: Collection[int],
    sandbox: Sandbox,
    *,
    seconds: float,
) -> dict[int, Outputs]:
    """Outputs by number of cell; those of judging where a cell was not reached.

    Args:
        judged: outputs by number of cell, as judging left them.
        fatal: numbers of cells that ended their process then; they are not run again.
        seconds: wall time for all of it.
    """
    deadline = time.monotonic() + seconds
    displayed = Displayed(judged)
    fatal = set(fatal)
    sandbox.load_data()
    for _ in range(MAX_RUNS):
        try:
            with sandbox.session() as session:
                session.end = deadline
                for cell in cells:
                    if not cell.run or cell.number in fatal:
                        continue
                    if time.monotonic() > deadline:
                        return displayed.outputs
                    outputs = session.run_cell(cell.number, cell.source).outputs
                    displayed.put(cell.number, tuple(outputs))
                    if not session.alive:
                        fatal.add(cell.number)
                        break
                else:
                    return displayed.outputs
        except SandboxFailure:
            sandbox.close()
            return displayed.outputs
    return displayed.outputs
