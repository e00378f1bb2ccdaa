"""The time of one notebook: what all its tasks share, and what each has left after that.

Slow code within its own limits may use up what a notebook has. So that the tasks after it are not
lost with it, each has a share of a reserve that nobody else can touch. Both together bound what a
notebook may take; by the clock on the wall it ends after a multiple of that, whatever is counted.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from math import inf


@dataclass
class Budget:
    """Counts the seconds of one notebook, and the CPU seconds that this thread spends on it.

    Attributes:
        shared: seconds for everything together.
        share: seconds of each task, of its own, once those are used up.
        end: when all of it ends, by `time.monotonic`.
        task: whose turn it is; "" for what comes after the last one, which has no share.
    """

    shared: float
    share: float
    end: float
    task: str = ""
    spent: float = 0.0
    _of_shares: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _ours: float = field(default_factory=time.thread_time)

    def charge(self, seconds: float) -> None:
        """Count seconds that the submission took, and what this thread has computed meanwhile."""
        now = time.thread_time()
        seconds += now - self._ours
        self._ours = now
        if self.spent < self.shared:
            self.spent += seconds  # what was begun in time may go on a little longer
        else:
            self._of_shares[self.task] += seconds

    @property
    def is_over(self) -> bool:
        """Whether the end has come."""
        return time.monotonic() >= self.end

    @property
    def left(self) -> float:
        """Seconds that may still be used now; unlimited as long as the shared ones last."""
        if self.is_over:
            return 0.0
        if self.spent < self.shared:
            return inf
        return self.share - self._of_shares[self.task] if self.task else 0.0

    @property
    def is_used_up(self) -> bool:
        """Whether nothing may be started now."""
        return self.left <= 0
