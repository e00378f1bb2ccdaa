"""The hand-ins of one student and assignment that were graded, and to which of them a person spoke.

nbgrader keeps one score and one comment of a person's, whichever hand-in they were given to. What
was given before another hand-in was graded is noted here with the hand-in that it was given to; it
is told apart from what is given afterwards by being the same still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MINUTES = 16  # signs of a date and a time without its seconds


@dataclass(frozen=True)
class Attempt:
    """A hand-in that was graded: when it came, as written ("" for unknown), and its answers.

    Attributes:
        answers: a digest of each answer, by task.
    """

    handed_in: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What a person gave to an answer; ``attempt`` counts the hand-ins from 0."""

    score: float | None = None
    comment: str = ""
    attempt: int = -1


@dataclass(frozen=True)
class History:
    """The hand-ins in their order, and what was given to each answer before the last came."""

    attempts: Sequence[Attempt] = ()
    given: Mapping[str, Given] = field(default_factory=dict)

    def after(self, attempt: Attempt, given: Mapping[str, Given]) -> History:
        """The history once another hand-in, or the last one again, has been graded.

        Args:
            given: what persons have given so far, by task.
        """
        if self.attempts and self.attempts[-1] == attempt:
            return self
        last = len(self.attempts) - 1
        noted = {task: self._noted(task, found, last) for task, found in given.items()}
        return History([*self.attempts, attempt], noted if self.attempts else {})

    def _noted(self, task: str, found: Given, last: int) -> Given:
        before = self.given.get(task)
        same = before is not None and (before.score, before.comment) == (found.score, found.comment)
        attempt = before.attempt if before is not None and same else last
        return Given(found.score, found.comment, attempt)

    def has(self, answers: Mapping[str, str]) -> frozenset[str]:
        """The tasks whose answer is the one of the last hand-in."""
        known = self.attempts[-1].answers if self.attempts else {}
        return frozenset(task for task, found in answers.items() if known.get(task) == found)

    def earlier(self, task: str) -> Given | None:
        """What was given to another answer than the last hand-in has, or None."""
        found = self.given.get(task)
        if found is None or not self.attempts or not 0 <= found.attempt < len(self.attempts):
            return None
        then, now = self.attempts[found.attempt].answers, self.attempts[-1].answers
        return found if then.get(task) != now.get(task) else None

    def when(self, given: Given) -> str:
        """When the hand-in came to which something was given; "" where it is not known."""
        written = self.attempts[given.attempt].handed_in
        return f"{written[:MINUTES]} UTC" if written else ""

    def as_json(self) -> dict[str, Any]:
        """Plain data, for `history_from_json`."""
        return {
            "attempts": [
                {"handed_in": each.handed_in, "answers": dict(each.answers)}
                for each in self.attempts
            ],
            "given": {
                task: {"score": each.score, "comment": each.comment, "attempt": each.attempt}
                for task, each in self.given.items()
            },
        }


def history_from_json(data: Any) -> History:
    """The inverse of `History.as_json`; empty for what it did not write."""
    try:
        return History(
            [Attempt(str(a["handed_in"]), dict(a["answers"])) for a in data["attempts"]],
            {str(task): Given(**given) for task, given in data["given"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return History()
