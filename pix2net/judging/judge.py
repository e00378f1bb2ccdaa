"""The verdict on an exercise: outcomes held against an answer key.

Pure functions over data. In a learner's notebook they run beside the learner's code on the public
key; in grading they run on the trusted side, over outcomes that came out of the sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pix2net.judging import codec, forms, ladder, transforms
from pix2net.judging.answer_key import Answer, CaseKey, ExerciseKey
from pix2net.judging.closeness import Tolerance
from pix2net.judging.driver import Outcome, load_function
from pix2net.judging.failures import raised_alike, why_no_answer
from pix2net.judging.ladder import Finding
from pix2net.judging.questions import form_problem, judge_question
from pix2net.judging.recognition import Finished, Judged, Mistake, recognised
from pix2net.judging.verdicts import FORM, SEVERITY, CheckResult, ExerciseVerdict
from pix2net.judging.wording import listed, translated, worded

BUDGET = 15.0  # seconds from which a limit is for long work, not against loops over examples


@dataclass(frozen=True)
class Judge:
    """Judges the cases of one exercise; property sources are compiled once.

    Attributes:
        reveal: whether messages may name values and shapes.
        thorough: whether all properties are looked at, also where no known mistake answers so.
    """

    key: ExerciseKey
    reveal: bool
    thorough: bool = False
    _properties: dict[str, Any] = field(default_factory=dict)

    def examine(self, case: CaseKey, outcome: Outcome) -> Finished:
        """Hold a returned output against the case: ladder, form, properties, inputs, time."""
        tolerance = Tolerance(case.rtol, case.atol, case.shapes, case.compare)

        def compare(value: Any) -> Finding | None:
            return ladder.compare(
                case.expected, value, tolerance, reveal=self.reveal, names=self.key.results
            )

        value = forms.in_any_container(case.expected, outcome.value)
        finding = compare(value)
        if finding is not None and finding.rung in forms.RUNGS:
            other = forms.in_any_form(case.expected, value, shapes=case.shapes)
            if compare(other) is None:
                value, finding = other, replace(finding, rung="form")
        slow = case.seconds is not None and outcome.seconds > case.seconds
        if finding is not None and finding.rung != "form":
            return Finished(finding, changed=outcome.changed, slow=slow)
        failed = self._failed(case, value)
        return Finished(None if failed else finding, failed, outcome.changed, slow)

    def _failed(self, case: CaseKey, value: Any) -> tuple[str, ...]:
        """Properties that do not hold: the first, and those after it as long as a known mistake
        fails alike. One that nobody knows may be made to keep the judge busy."""
        known = [a.failed for a in case.answers.values() if a.status == "returned" and a.right]
        failed: list[str] = []
        for place, name in enumerate(case.properties, start=1):
            if not self._holds(name, case, value):
                failed.append(name)
            seen = case.properties[:place]
            alike = any([n for n in seen if n in one] == failed for one in known)
            if failed and not (alike or self.thorough):
                break
        return tuple(failed)

    def _holds(self, name: str, case: CaseKey, value: Any) -> bool:
        if name not in self._properties:
            self._properties[name] = load_function(self.key.properties[name].source)
        try:
            with np.errstate(all="ignore"):
                known = {**case.inputs, **case.withheld}
                return bool(self._properties[name](known, value))
        except Exception:  # over hostile data a property may fail in any way: then it does not hold
            return False

    def credit(self, case: CaseKey, outcome: Outcome) -> float:
        """What an outcome is worth: 1, or a part of it for a wrong form alone, or 0."""
        found = self.examine(case, outcome) if outcome.status == "returned" else None
        if found is None or not (found.passed or found.half):
            return 0.0
        return 1.0 if found.passed else FORM

    def checks(self, pairs: Sequence[tuple[CaseKey, Outcome]]) -> list[CheckResult]:
        """The results of all cases, each with the sentence to tell."""
        judged = [
            Judged(
                case, outcome, self.examine(case, outcome) if outcome.status == "returned" else None
            )
            for case, outcome in pairs
        ]
        tell = self.reveal or raised_alike([outcome for _, outcome in pairs])
        cases, simple = [case for case, _ in pairs], self._simple(judged)
        return _with_worth(cases, [
            self._check(one, name, tell, told)
            for one, name, told in zip(judged, recognised(judged), simple, strict=True)
        ])  # fmt: skip

    def _simple(self, judged: Sequence[Judged]) -> list[str]:
        """For each case the simple transform that its values show, as all do that are wrong."""
        found: list[dict[str, str] | None] = [None] * len(judged)
        for i, one in enumerate(judged):
            finding = one.found and one.found.finding
            if self.reveal and finding and finding.rung == "values":
                found[i] = transforms.relations(
                    finding.expected, finding.actual, one.case.inputs,
                    Tolerance(one.case.rtol, one.case.atol), finding.part,
                )  # fmt: skip
        wrong = [one for one in found if one is not None]
        shared = [kind for kind in (wrong or [{}])[0] if all(kind in one for one in wrong)]
        return [next(filter(None, ((one or {}).get(k) for k in shared)), "") for one in found]

    def _check(self, one: Judged, mistake: Mistake | None, tell: bool, simple: str) -> CheckResult:
        if one.passed:
            return CheckResult(one.case.label, True)
        if one.found is None:
            asked = self.key.scenarios.get(one.case.scenario)
            needs = asked.uses if asked and asked.otherwise is None else ()
            seen = why_no_answer(self.key.name, one.outcome, one.case, tell=tell, needs=needs)
            found = CheckResult(one.case.label, False, seen, telling=1)
        else:
            found = self._of_output(one.case, one.found, simple)
        if mistake is None:
            return found
        return replace(
            found,
            message=translated(self.key.misconceptions[mistake.name]),
            misconception=mistake.name,
            detail=f"{found.message} {found.detail}".strip() if self.reveal else "",
            telling=2 if mistake.backed else 0,
        )

    def _of_output(self, case: CaseKey, found: Finished, simple: str) -> CheckResult:
        """What is wrong with an output, as far as it is not what a misconception gives."""
        wrong, finding = CheckResult(case.label, False, half=found.half), found.finding
        if finding is None:
            return replace(wrong, message=self._beside_the_values(case, found), telling=1)
        seen, detail = finding.sentence, finding.detail
        if simple:
            return replace(wrong, message=simple, detail=f"{seen} {detail}", telling=1)
        return replace(wrong, message=seen, detail=detail)

    def _beside_the_values(self, case: CaseKey, found: Finished) -> str:
        if found.failed:
            return translated(self.key.properties[found.failed[0]].sentence)
        if found.changed and not self.reveal:
            return worded("The result is right, but an input was changed: work on a copy.")
        if found.changed:
            return worded(
                "The result is right, but your function changed its input {names}: work on a copy.",
                names=listed(found.changed),
            )
        told = worded(
            "The result is right, but it took more than {seconds:g} s of computing time.",
            seconds=case.seconds,
        )
        if not self.key.loops or case.seconds is None or case.seconds >= BUDGET:
            return told
        asked = worded("Is there a Python loop over the examples?")
        return f"{told} {asked}"


def _with_worth(cases: Sequence[CaseKey], checks: Sequence[CheckResult]) -> list[CheckResult]:
    """The checks, in which half points are promised where there are any.

    Where there are none, what is wrong in value is told before what is wrong in form.
    """
    earned = _earns(cases, checks)

    def told(case: CaseKey, check: CheckResult) -> CheckResult:
        if not check.half:
            return check
        if not earned:
            return replace(check, telling=-1)
        return replace(check, message=f"{check.message} {_worth_half(case)}")

    return [told(case, check) for case, check in zip(cases, checks, strict=True)]


def _worth_half(case: CaseKey) -> str:
    if case.edge:
        return worded("The values are right, so this check counts half.")
    return worded("The values are right: for them you get half the points.")


def judge_exercise(
    key: ExerciseKey, outcomes: Sequence[Outcome], *, reveal: bool, notes: Sequence[str] = ()
) -> ExerciseVerdict:
    """The verdict on an exercise.

    Args:
        key: its answer key with C cases.
        outcomes: C outcomes, in the order of the key's cases.
        reveal: whether messages may name values and shapes (public key only).
        notes: C texts (or none), put before what is told of each case.

    Raises:
        ValueError: there is not one outcome per case.
    """
    if len(outcomes) != len(key.cases):
        raise ValueError(f"{key.name}: {len(outcomes)} outcomes, {len(key.cases)} cases")
    judge = Judge(key, reveal)
    pairs = list(zip(key.cases, outcomes, strict=True))
    checks = judge.checks(pairs)
    for i, note in enumerate(notes):
        if note:
            checks[i] = replace(checks[i], message=f"{note} {checks[i].message}".strip())
    status = max((_status(outcome) for outcome in outcomes), key=SEVERITY.index, default="graded")
    return ExerciseVerdict(
        exercise=key.name,
        passed=bool(checks) and all(check.passed for check in checks),
        score=_score(key, checks),
        max_score=key.points,
        checks=tuple(checks),
        status=status,
        seconds=sum(outcome.seconds for case, outcome in pairs if case.again is None),
    )


def _status(outcome: Outcome) -> str:
    return outcome.status if outcome.status in SEVERITY else "graded"


def _score(key: ExerciseKey, checks: Sequence[CheckResult]) -> float:
    """Nothing until every ordinary case is right; then the share of all cases that are.

    What is right but for its form counts half; where ordinary cases are among that, the exercise
    earns half its points at most.
    """
    if not _earns(key.cases, checks):
        return 0.0
    share = sum(1.0 if c.passed else FORM * c.half for c in checks) / len(checks)
    if any(c.half for c, case in zip(checks, key.cases, strict=True) if not case.edge):
        share = min(share, FORM)
    return round(key.points * share, 4)


def _earns(cases: Sequence[CaseKey], checks: Sequence[CheckResult]) -> bool:
    """Whether every ordinary case, and there is one, is right but perhaps for its form."""
    ordinary = [c for c, case in zip(checks, cases, strict=True) if not case.edge]
    return bool(ordinary) and all(c.passed or c.half for c in ordinary)


def answer_of(outcome: Outcome, found: Finished) -> Answer:
    """An outcome as the `Answer` of a misconception that a key stores."""
    if outcome.status != "returned":
        name = outcome.raised.type_name if outcome.raised else outcome.status
        return Answer("raised", type_name=name)
    right = found.finding is None
    value = None if right else outcome.value
    slow = right and found.slow  # what is wrong is so at any speed, and on any machine
    return Answer("returned", value, right, "", found.failed, found.changed, slow)


__all__ = [
    "SEVERITY", "CheckResult", "ExerciseVerdict", "Judge", "answer_of", "codec",
    "form_problem", "judge_exercise", "judge_question",
]  # fmt: skip
