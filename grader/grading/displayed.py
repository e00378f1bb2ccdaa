"""What the cells of a notebook have displayed, and no more of it than the grader has memory for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.grading.verdict import Outputs
from grader.sandbox.inside.capture import CUT_NOTE

MOST = 32 * 2**20  # characters a notebook; pages show less
CUT: Outputs = ({"output_type": "stream", "name": "stderr", "text": CUT_NOTE},)


class Displayed:
    """Outputs by number of cell. Each cell's are bounded when they cross; here all of them are."""

    def __init__(self, before: Mapping[int, Outputs] | None = None) -> None:
        """Begin with what earlier runs have displayed."""
        self.outputs: dict[int, Outputs] = {}
        self._sizes: dict[int, int] = {}
        for number, outputs in (before or {}).items():
            self.put(number, outputs)

    def put(self, number: int, outputs: Outputs) -> None:
        """Keep what a cell has displayed, in place of what it displayed before."""
        self._sizes.pop(number, None)
        size = characters(outputs)
        if size + sum(self._sizes.values()) > MOST:
            outputs, size = CUT, characters(CUT)
        self.outputs[number], self._sizes[number] = outputs, size


def characters(part: Any) -> int:
    """Characters of all texts in an output or in several."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(map(characters, part.values()))
    return sum(map(characters, part)) if isinstance(part, (list, tuple)) else 0
