"""The verdict on an exercise: outcomes held against an answer key.

Pure functions over data. In a learner's notebook they run beside the learner's code on the public
key; in grading they run on the trusted side, over outcomes that came out of the sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pix2net.judging import codec, ladder, transforms
from pix2net.judging.answer_key import Answer, CaseKey, ExerciseKey, QuestionKey
from pix2net.judging.driver import Outcome, load_function
from pix2net.judging.ladder import Finding, Tolerance

UNFILLED = "is not filled in yet"  # what is said of a stub
BUDGET = 15.0  # seconds from which a limit is for long work, not against loops over examples
TELLING = 8  # so many numbers do not agree with a misconception's by chance
# A mistake of any kind can end in one of these errors, so that the error alone names none.
ANYWHERE = ("TypeError", "ValueError", "AttributeError", "IndexError", "KeyError", "NameError")
SEVERITY = ("graded", "timeout", "memory", "killed", "rejected")


@dataclass(frozen=True)
class CheckResult:
    """One check of an exercise: its label, whether it passed, what to tell, what was recognised.

    ``detail`` is what was seen, where ``message`` is what it means; with a public key alone.
    """

    label: str
    passed: bool
    message: str = ""
    misconception: str | None = None
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """The check as plain data."""
        data = dict(vars(self))
        del data["detail"]
        return data


@dataclass(frozen=True)
class ExerciseVerdict:
    """The verdict on one exercise; `as_json` is the object that ``course check --json`` prints."""

    exercise: str
    passed: bool
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    status: str = "graded"
    seconds: float = 0.0
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain data, with ``reason`` only where there is one."""
        data = dict(vars(self))
        data["checks"] = [check.as_json() for check in self.checks]
        data["seconds"] = round(self.seconds, 4)
        if not self.reason:
            del data["reason"]
        return data


@dataclass(frozen=True)
class Finished:
    """What judging one case found, beyond pass or fail; compiling a key uses it too."""

    finding: Finding | None = None
    failed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    slow: bool = False

    @property
    def passed(self) -> bool:
        return not (self.finding or self.failed or self.changed or self.slow)


Judged = tuple[CaseKey, Outcome, Finished | None]


@dataclass(frozen=True)
class Judge:
    """Judges the cases of one exercise; property sources are compiled once.

    reveal    whether messages may name values and shapes
    thorough  whether all properties are looked at, also where no known mistake answers so
    """

    key: ExerciseKey
    reveal: bool
    thorough: bool = False
    _properties: dict[str, Any] = field(default_factory=dict)

    def examine(self, case: CaseKey, outcome: Outcome) -> Finished:
        """Hold a returned output against the case: ladder, properties, inputs, time."""
        tolerance = Tolerance(case.rtol, case.atol, case.shapes, case.compare)
        finding = ladder.compare(case.expected, outcome.value, tolerance, reveal=self.reveal)
        slow = case.seconds is not None and outcome.seconds > case.seconds
        if finding is not None:
            return Finished(finding, changed=outcome.changed, slow=slow)
        return Finished(None, self._failed(case, outcome), outcome.changed, slow)

    def _failed(self, case: CaseKey, outcome: Outcome) -> tuple[str, ...]:
        """Properties that do not hold: the first, and those after it as long as a known mistake
        fails alike. One that nobody knows may be made to keep the judge busy."""
        known = [a.failed for a in case.answers.values() if a.status == "returned" and a.right]
        failed: list[str] = []
        for place, name in enumerate(case.properties, start=1):
            if not self._holds(name, case, outcome):
                failed.append(name)
            seen = case.properties[:place]
            alike = any([n for n in seen if n in one] == failed for one in known)
            if failed and not (alike or self.thorough):
                break
        return tuple(failed)

    def _holds(self, name: str, case: CaseKey, outcome: Outcome) -> bool:
        if name not in self._properties:
            self._properties[name] = load_function(self.key.properties[name].source)
        try:
            with np.errstate(all="ignore"):
                known = {**case.inputs, **case.withheld}
                return bool(self._properties[name](known, outcome.value))
        except Exception:  # over hostile data a property may fail in any way: then it does not hold
            return False

    def checks(self, pairs: Sequence[tuple[CaseKey, Outcome]]) -> list[CheckResult]:
        """The results of all cases, each with the sentence to tell."""
        judged = [
            (case, outcome, self.examine(case, outcome) if outcome.status == "returned" else None)
            for case, outcome in pairs
        ]
        return [self._check(case, outcome, found, judged) for case, outcome, found in judged]

    def _check(
        self, case: CaseKey, outcome: Outcome, found: Finished | None, judged: Sequence[Judged]
    ) -> CheckResult:
        if found is None:
            return self._no_answer(case, outcome, judged)
        if found.passed:
            return CheckResult(case.label, True)
        name = self._recognise(case, outcome, found, judged)
        seen = self._sentence(case, found)
        if name is None:
            return CheckResult(case.label, False, seen)
        detail = seen if self.reveal else ""
        return CheckResult(case.label, False, self.key.misconceptions[name], name, detail)

    def _sentence(self, case: CaseKey, found: Finished) -> str:
        if found.finding is not None:
            tolerance = Tolerance(case.rtol, case.atol)
            finding = found.finding
            simple = finding.rung == "values" and transforms.recognise(
                finding.expected, finding.actual, case.inputs, tolerance
            )
            if simple and finding.expected is not case.expected:
                simple = simple.replace("Your result", "One part of your result", 1)
            return (
                f"{simple} {finding.sentence}"
                if simple and self.reveal
                else simple or finding.sentence
            )
        if found.failed:
            return self.key.properties[found.failed[0]].sentence
        if found.changed:
            names = " and ".join(found.changed)
            return (
                f"The result is right, but your function changed its input {names}: work on a copy."
            )
        told = f"The result is right, but it took more than {case.seconds:g} s of computing time"
        if case.seconds is not None and case.seconds >= BUDGET:
            return f"{told}."
        return f"{told}: is there a Python loop over the examples?"

    def _recognise(
        self, case: CaseKey, outcome: Outcome, found: Finished, judged: Sequence[Judged]
    ) -> str | None:
        """The misconception that answers as the learner does, the first of equals.

        Rather one that does so in all cases; where a few numbers could agree by chance, no other.
        """
        names = [
            name for name, answer in case.answers.items()
            if answer.status == "returned" and self._same(case, answer, outcome, found)
            and not _refuted(name, judged)
        ]  # fmt: skip
        for name in names:
            if all(self._goes_with(name, *one) for one in judged):
                return name
        by_chance = bool(found.failed) or (
            found.finding is not None and _few_numbers_in(outcome.value)
        )
        return None if by_chance or not names else names[0]

    def _goes_with(
        self, name: str, case: CaseKey, outcome: Outcome, found: Finished | None
    ) -> bool:
        """Whether a case does not speak against a misconception."""
        answer = case.answers.get(name)
        if answer is None:
            return found is not None and found.passed
        if found is None or answer.status != "returned":
            return _fails_alike(answer, outcome, case)
        return self._same(case, answer, outcome, found)

    def _same(self, case: CaseKey, answer: Answer, outcome: Outcome, found: Finished) -> bool:
        if found.finding is not None:
            if answer.right or found.finding.rung == "none":
                return False
            tolerance = Tolerance(case.rtol, case.atol)
            return ladder.compare(answer.value, outcome.value, tolerance, reveal=False) is None
        if not answer.right:
            return False
        return (answer.failed, answer.changed, answer.slow) == (
            found.failed, found.changed, found.slow,
        )  # fmt: skip

    def _no_answer(self, case: CaseKey, outcome: Outcome, judged: Sequence[Judged]) -> CheckResult:
        same = [
            name for name, answer in case.answers.items()
            if _fails_alike(answer, outcome, case) and not _refuted(name, judged)
        ]  # fmt: skip
        if outcome.raised is not None and outcome.raised.type_name in ANYWHERE:
            same = [name for name in same if all(self._goes_with(name, *one) for one in judged)]
        if len(same) == 1:
            return CheckResult(case.label, False, self.key.misconceptions[same[0]], same[0])
        return CheckResult(
            case.label, False, no_answer_sentence(self.key.name, outcome, case, self.reveal)
        )


def _refuted(name: str, judged: Sequence[Judged]) -> bool:
    """Whether the learner passes a case in which the misconception fails."""
    return any(found is not None and found.passed and name in case.answers
               for case, _, found in judged)  # fmt: skip


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


def no_answer_sentence(name: str, outcome: Outcome, case: CaseKey | None, reveal: bool) -> str:
    """Why there is no output, in one sentence."""
    raised = outcome.raised
    if raised is not None:
        if raised.type_name == "NotImplementedError":
            return f"{name} {UNFILLED}: it still raises NotImplementedError."
        told = f": {raised.message}" if reveal and raised.message else ""
        at = f", in your line `{raised.text}`" if raised.text else ""
        return f"{name} raised {raised.type_name}{told}{at}."
    limit = f" of {case.seconds:g} s" if case is not None and case.seconds else ""
    return {
        "missing": f"{name} is not defined: run its cell, and keep its name.",
        "not_callable": f"{name} is not a function any more: was the name used for something else?",
        "timeout": f"{name} did not finish within its time limit{limit}.",
        "memory": f"{name} used more memory than it may.",
        "killed": f"{name} ended the process that ran it.",
        "unreadable": f"{name} gave back something too large or too strange to read.",
        "helped": f"{name} had other processes at work: its time counts, so do the work in it.",
    }[outcome.status]


def judge_exercise(
    key: ExerciseKey, outcomes: Sequence[Outcome], *, reveal: bool, notes: Sequence[str] = ()
) -> ExerciseVerdict:
    """The verdict on an exercise.

    key       its answer key with C cases
    outcomes  C outcomes, in the order of the key's cases
    reveal    whether messages may name values and shapes (public key only)
    notes     C texts (or none) put before the message of a case that fails
    Raises `ValueError` if there is not one outcome per case.
    """
    if len(outcomes) != len(key.cases):
        raise ValueError(f"{key.name}: {len(outcomes)} outcomes for {len(key.cases)} cases")
    judge = Judge(key, reveal)
    pairs = list(zip(key.cases, outcomes, strict=True))
    checks = judge.checks(pairs)
    for i, note in enumerate(notes):
        if note and not checks[i].passed:
            c = checks[i]
            checks[i] = replace(c, message=f"{note} {c.message}")
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
    """Nothing until every ordinary case passes; then the share of all cases that pass."""
    ordinary = [c.passed for c, case in zip(checks, key.cases, strict=True) if not case.edge]
    if not ordinary or not all(ordinary):
        return 0.0
    return round(key.points * sum(check.passed for check in checks) / len(checks), 4)


def form_problem(key: QuestionKey, value: Any) -> str | None:
    """What is wrong with the form of an answer to a question, or None if it can be graded."""
    name = key.name
    if value is None:
        return f"{name} is still None: put your answer there."
    if key.kind == "number":
        numeric = isinstance(value, (int, float, np.integer, np.floating))
        if not numeric or isinstance(value, bool) or not abs(float(value)) < np.inf:
            return f"{name} must be a number."
        return None
    letters = ", ".join(f'"{letter}"' for letter in key.letters)
    if key.kind == "choice":
        ok = isinstance(value, str) and value.strip().lower() in key.letters
        return None if ok else f"{name} must be one of {letters}."
    chosen = list(value) if isinstance(value, (list, tuple, str)) else None
    if chosen is None or not chosen or not all(_letter(v) in key.letters for v in chosen):
        return f"{name} must be a list of letters out of {letters}."
    return None


def _letter(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def judge_question(key: QuestionKey, value: Any) -> ExerciseVerdict:
    """The verdict on an automatic question; ``key`` must be of a hidden key, which has the answer.

    ``value`` is the answer variable as data (a set may have crossed as a list), or None.
    """
    if isinstance(value, np.ndarray):
        value = value[()] if value.ndim == 0 else value.tolist()
    problem = form_problem(key, value)
    if problem:
        check = CheckResult("answer", False, problem)
    elif key.kind == "number":
        right = abs(float(value) - key.answer) <= key.tolerance
        check = CheckResult("answer", right, key.why.get("number", ""))
    elif key.kind == "choice":
        letter = _letter(value)
        check = CheckResult("answer", letter == key.answer, key.why.get(letter, ""))
    else:
        chosen, right_set = {_letter(v) for v in value}, set(key.answer)
        wrong = sorted(chosen ^ right_set) or sorted(right_set)
        check = CheckResult("answer", chosen == right_set, " ".join(key.why[w] for w in wrong))
    score = key.points if check.passed else 0.0
    return ExerciseVerdict(key.name, check.passed, score, key.points, (check,))


def answer_of(outcome: Outcome, found: Finished) -> Answer:
    """An outcome as the `Answer` of a misconception that a key stores."""
    if outcome.status != "returned":
        name = outcome.raised.type_name if outcome.raised else outcome.status
        return Answer("raised", type_name=name)
    right = found.finding is None
    value = None if right else outcome.value
    return Answer("returned", value, right, "", found.failed, found.changed, found.slow)


__all__ = [
    "CheckResult", "ExerciseVerdict", "Judge", "answer_of", "codec", "form_problem",
    "judge_exercise", "judge_question",
]  # fmt: skip
