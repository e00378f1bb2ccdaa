"""What a notebook displays from top to bottom, demonstrations included, for people to look at.

It runs after everything has been judged, in sessions of its own, and no verdict depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.grading.cells import MergedCell
from grader.grading.verdict import Outputs
from grader.sandbox import SandboxFailure

if TYPE_CHECKING:
    from grader.grading.run import Tasks
    from grader.sandbox import Sandbox

MAX_RUNS = 4  # of the notebook, each without the cells that ended the one before


def shown(
    cells: Sequence[MergedCell], found: Tasks, sandbox: Sandbox, *, seconds: float
) -> dict[int, Outputs]:
    """Outputs by number of cell; those of judging where a cell was not reached.

    found    what judging found; cells that ended their process then are not run again
    seconds  wall time for all of it
    """
    deadline = time.monotonic() + seconds
    outputs = dict(found.outputs)
    fatal = set(found.left_out)
    sandbox.load_data()
    for _ in range(MAX_RUNS):
        try:
            with sandbox.session() as session:
                for cell in cells:
                    if not cell.run or cell.number in fatal:
                        continue
                    if time.monotonic() > deadline:
                        return outputs
                    outputs[cell.number] = tuple(session.run_cell(cell.number, cell.source).outputs)
                    if not session.alive:
                        fatal.add(cell.number)
                        break
                else:
                    return outputs
        except SandboxFailure:
            sandbox.close()
            return outputs
    return outputs
