"""Which misconception answers as the learner does.

A mistake is named where the answers speak for it, and not where a few numbers agree by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pix2net.judging import forms, ladder
from pix2net.judging.answer_key import Answer, CaseKey
from pix2net.judging.closeness import Tolerance
from pix2net.judging.driver import Outcome
from pix2net.judging.ladder import Finding

TELLING = 8  # so many numbers do not agree with a misconception's by chance
# A mistake of any kind can end in one of these errors, so that the error alone names none.
ANYWHERE = ("TypeError", "ValueError", "AttributeError", "IndexError", "KeyError", "NameError")


@dataclass(frozen=True)
class Finished:
    """What judging one case found, beyond pass or fail; compiling a key uses it too.

    Attributes:
        finding: the lowest rung of the ladder that fails.
        failed: properties that do not hold.
        changed: inputs that were modified.
        slow: whether it took longer than the case allows.
    """

    finding: Finding | None = None
    failed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    slow: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.finding or self.failed or self.changed or self.slow)

    @property
    def half(self) -> bool:
        """Whether nothing but the form is wrong."""
        return self.in_wrong_form and not (self.failed or self.changed or self.slow)

    @property
    def in_wrong_form(self) -> bool:
        """Whether the values are right in another form."""
        return self.finding is not None and self.finding.rung == "form"


@dataclass(frozen=True)
class Judged:
    """A case, what came of it, and what is found of an output."""

    case: CaseKey
    outcome: Outcome
    found: Finished | None
    _alike: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether an output came back and nothing is wrong with it."""
        return self.found is not None and self.found.passed

    def answers_alike(self, name: str) -> bool:
        """Whether a misconception answers to the case as the learner does."""
        if name not in self._alike:  # asked of several times, and slow to find out
            answer = self.case.answers.get(name)
            self._alike[name] = answer is not None and self._is_like(answer)
        return self._alike[name]

    def _is_like(self, answer: Answer) -> bool:
        if self.found is None or answer.status != "returned":
            return _fails_alike(answer, self.outcome, self.case)
        return _same(self.case, answer, self.outcome, self.found)

    def goes_with(self, name: str) -> bool:
        """Whether the case does not speak against a misconception."""
        return self.answers_alike(name) if name in self.case.answers else self.passed


@dataclass(frozen=True)
class Mistake:
    """A misconception that a case shows; ``backed`` if all cases together speak for it, too."""

    name: str
    backed: bool


def recognised(cases: Sequence[Judged]) -> list[Mistake | None]:
    """The misconception to name for each case of an exercise, if there is one."""
    fits: list[list[str]] = [[] if one.passed else _candidates(one, cases) for one in cases]
    named = [_named(one, names, cases) for one, names in zip(cases, fits, strict=True)]
    sure = {name for name in named if name}
    # What one case shows beyond doubt is no chance in another.
    chosen = (
        name or next((fit for fit in names if fit in sure), None)
        for name, names in zip(named, fits, strict=True)
    )
    return [Mistake(name, _backed(name, cases)) if name else None for name in chosen]


def _candidates(one: Judged, cases: Sequence[Judged]) -> list[str]:
    """Misconceptions that answer alike here, and fail in no case in which the learner passes."""
    return [
        name
        for name in one.case.answers
        if one.answers_alike(name)
        and not any(other.passed and name in other.case.answers for other in cases)
    ]


def _backed(name: str, cases: Sequence[Judged]) -> bool:
    """Whether a misconception answers alike in at least half of the cases in which it fails."""
    telling = [case for case in cases if name in case.case.answers]
    return 2 * sum(case.answers_alike(name) for case in telling) >= len(telling)


def _named(one: Judged, names: Sequence[str], cases: Sequence[Judged]) -> str | None:
    """The one of a case's candidates that it shows: rather one that fits all other cases."""
    everywhere = [name for name in names if all(other.goes_with(name) for other in cases)]
    if one.found is None:
        raised = one.outcome.raised
        shown = everywhere if raised is not None and raised.type_name in ANYWHERE else names
        return shown[0] if len(shown) == 1 else None
    if everywhere or not names:
        return everywhere[0] if everywhere else None
    by_chance = bool(one.found.failed) or (
        one.found.finding is not None and _few_numbers_in(one.outcome.value)
    )
    return None if by_chance else names[0]


def _same(case: CaseKey, answer: Answer, outcome: Outcome, found: Finished) -> bool:
    """Whether an output is what a misconception gave; in another form only if both are wrong."""
    if found.finding is None:
        theirs = (answer.failed, answer.changed, answer.slow)
        return answer.right and theirs == (found.failed, found.changed, found.slow)
    if answer.right or found.finding.rung == "none":
        return False
    tolerance = Tolerance(case.rtol, case.atol)

    def equal(value: Any) -> bool:
        return ladder.equal(answer.value, value, tolerance)

    if found.in_wrong_form:
        return equal(forms.in_any_container(answer.value, outcome.value))
    return equal(forms.in_like_form(answer.value, outcome.value))


def _few_numbers_in(value: Any) -> bool:
    """Whether an output holds less numbers than `TELLING`."""
    todo, count = [value], 0
    while todo and count < TELLING:
        part = todo.pop()
        if isinstance(part, (list, tuple, dict)):
            todo.extend(part.values() if isinstance(part, dict) else part)
        else:
            count += part.size if isinstance(part, np.ndarray) else 1
    return count < TELLING


def _fails_alike(answer: Answer, outcome: Outcome, case: CaseKey) -> bool:
    """Whether a misconception fails as an outcome without an answer does: raised, or too slow."""
    if outcome.status == "timeout":
        return case.seconds is not None and answer.right and answer.slow
    return (
        outcome.raised is not None
        and answer.status == "raised"
        and answer.type_name == outcome.raised.type_name != "NotImplementedError"
    )
