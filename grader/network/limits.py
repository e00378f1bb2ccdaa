"""How often something may be asked, and how many bytes may be on their way at a time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KNOWN = 20_000  # who is remembered; the one not seen for longest is forgotten


class Rate:
    """So many a minute for each who asks, in a burst or spread.

    Attributes:
        minute: how many.
        clock: seconds that only grow.
    """

    def __init__(self, minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._minute = minute
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, who: str) -> float:
        """How many more somebody may ask for now."""
        if who not in self._known:
            return float(self._minute)
        tokens, seen = self._known[who]
        return min(self._minute, tokens + (self._clock() - seen) * self._minute / 60)

    def take(self, who: str) -> bool:
        """Count one; False if it is one too many."""
        left = self.left(who)
        self._known[who] = max(0.0, left - 1 if left >= 1 else left), self._clock()
        self._known.move_to_end(who)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return left >= 1


class Room:
    """Bytes of bodies that may be on their way at a time, and one body at a time for each."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._taken: dict[str, int] = {}

    def take(self, who: str, size: int) -> bool:
        """Have room for a body; False if there is none now, or another of theirs is on its way."""
        if who in self._taken or size > self._left:
            return False
        self._taken[who] = size
        self._left -= size
        return True

    def give_back(self, who: str) -> None:
        """The body has arrived, or its sender is gone."""
        self._left += self._taken.pop(who, 0)
