"""What one request costs in computing time, and who did the computing."""

from __future__ import annotations

from dataclasses import dataclass

from grader.sandbox.tree import Shares, Tree

HELP_SECONDS = 0.02  # CPU time of processes that merely wait is less


@dataclass(frozen=True)
class Spent:
    """CPU seconds of a request.

    Attributes:
        seconds: of all processes of the session, since the answer before.
        total: that they have used in all.
        helped: whether others than the one that answers have worked; always False if not asked for.
    """

    seconds: float
    total: float
    helped: bool


class Meter:
    """Measures a request from its beginning; what ran since the last answer, which only threads
    and processes of the learner's own do, counts as well.

    Attributes:
        tree: all processes of the session.
        main: the one that answers.
        before: CPU seconds of the tree at the last answer; None for the first request.
        alone: whether to find out if others work for it.
    """

    def __init__(self, tree: Tree, main: int, before: float | None, alone: bool) -> None:
        self._tree, self._main = tree, main
        self._then: Shares | None = tree.shares(main, min) if alone else None
        if self._then is not None:
            now = self._then.total
            self.begin = now if before is None else min(now, before)
        else:
            self.begin = tree.seconds() if before is None else before

    def stop(self) -> Spent:
        """What it has cost up to now."""
        if self._then is None:
            total, helped = self._tree.seconds(), False
        else:
            now = self._tree.shares(self._main, max)
            total = now.total
            helped = now.others - self._then.others > HELP_SECONDS
        return Spent(max(0.0, total - self.begin), total, helped)
