"""What a chapter's stills are drawn from: its cells, run to their end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """A chapter that was run to its end.

    Attributes:
        namespace: what its cells have defined.
        shown: (source, PNGs of the figures that it showed) for each code cell, in order.
    """

    namespace: Mapping[str, Any]
    shown: Sequence[tuple[str, Sequence[bytes]]]

    def picture(self, words: str) -> bytes:
        """The last figure of the one cell whose source contains ``words``.

        Raises:
            LookupError: there is not just one such cell, or if it shows no figure.
        """
        found = [pictures for source, pictures in self.shown if words in source]
        if len(found) != 1 or not found[0]:
            raise LookupError(f"{words!r} must stand in just one cell, and that must show a figure")
        return found[0][-1]
