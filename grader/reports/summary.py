"""Statistics of a class: pure functions from verdicts to numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from grader.grading.verdict import NotebookVerdict
from grader.handed_in.languages import known
from pix2net.judging.judge import ExerciseVerdict
from pix2net.judging.wording import counted, spoken, worded

HALF = 0.5  # of the points: who has less may need help
SHOWN = 5  # of the commonest repairs of an assignment


@dataclass(frozen=True)
class Standing:
    """What the gradebook has of one hand-in beside its automatic points.

    Attributes:
        by_hand: points that a person gave, or took; ``waiting`` answers are not in them.
        late: seconds after what was due, an extension counted.
        penalty: points taken off for it.
        attempts: hand-ins that were graded, this one included.
    """

    by_hand: float = 0.0
    waiting: int = 0
    late: float = 0.0
    penalty: float = 0.0
    attempts: int = 1


Standings = Mapping[tuple[str, str], Standing]  # by student and assignment
NOTHING: Standings = MappingProxyType({})


@dataclass(frozen=True)
class StudentRow:
    """One student: points by assignment (None: nothing handed in), their sum, and what to know.

    Attributes:
        scores: automatic points, of which ``total`` is the sum.
        by_hand: points that persons gave, over all assignments; ``penalty`` was taken off.
    """

    student: str
    scores: dict[str, float | None]
    total: float
    notes: tuple[str, ...]
    by_hand: float = 0.0
    penalty: float = 0.0


@dataclass(frozen=True)
class ChapterRow:
    """One assignment over the class.

    Attributes:
        handed_in: students; ``late`` and ``again`` (more than once) are how many of them.
        shares: (handed_in,) of the automatic points, 0..1, a number a student.
        by_hand: mean share of a person's points; None where there are none, or answers wait.
        waiting: answers that wait for a person.
    """

    assignment: str
    handed_in: int
    late: int
    again: int
    shares: tuple[float, ...]
    by_hand: float | None
    waiting: int

    @property
    def median(self) -> float:
        """The median share."""
        return float(np.median(self.shares))


@dataclass(frozen=True)
class Item:
    """One exercise over the class.

    Attributes:
        tried: students whose notebook was graded.
        solved: students with full marks.
        mean_share: mean of score / points, 0..1 (the difficulty: small is hard).
        discrimination: correlation of the item's share with the rest of the score, -1..1; NaN where
            everybody got the same.
    """

    assignment: str
    exercise: str
    points: float
    tried: int
    solved: int
    mean_share: float
    discrimination: float


@dataclass(frozen=True)
class MisconceptionCount:
    """A recognised mistake: its sentence, how many students met it, one of them as an example."""

    assignment: str
    exercise: str
    name: str
    sentence: str
    students: int
    example_of: str

    def as_json(self) -> dict[str, object]:
        """Plain data, without a name."""
        data = dict(vars(self))
        del data["example_of"]
        return data


@dataclass(frozen=True)
class Need:
    """A student who may need help: the share of points reached, 0..1, and why."""

    student: str
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Effort:
    """What an assignment took to grade: seconds of a notebook (median, longest), repairs."""

    assignment: str
    notebooks: int
    median_seconds: float
    longest_seconds: float
    repaired: int
    repairs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ClassSummary:
    """The class at a glance; ``max_scores`` is by assignment, automatic points only.

    Attributes:
        silent: students of the roster who handed in nothing of these assignments.
    """

    assignments: tuple[str, ...]
    max_scores: dict[str, float]
    rows: tuple[StudentRow, ...]
    items: tuple[Item, ...]
    misconceptions: tuple[MisconceptionCount, ...]
    statuses: dict[str, int]
    repaired: int
    seconds: float
    needs: tuple[Need, ...]
    efforts: tuple[Effort, ...]
    chapters: tuple[ChapterRow, ...] = ()
    max_by_hand: float = 0.0
    silent: tuple[str, ...] = ()

    @property
    def class_size(self) -> int:
        """All students, whether or not they handed in."""
        return len(self.rows) + len(self.silent)

    @property
    def max_total(self) -> float:
        return sum(self.max_scores.values())


def summarise(
    verdicts: Sequence[NotebookVerdict],
    standings: Standings = NOTHING,
    silent: Iterable[str] = (),
) -> ClassSummary:
    """The class's numbers from one verdict per submitted notebook, in any order.

    Args:
        silent: who handed in nothing.
    """
    ordered = sorted(verdicts, key=lambda v: (v.assignment, v.student or ""))
    assignments = tuple(sorted({v.assignment for v in ordered}))
    statuses: dict[str, int] = defaultdict(int)
    for verdict in ordered:
        statuses[verdict.status] += 1
    max_scores = {v.assignment: v.max_score for v in ordered}
    rows = tuple(_rows(ordered, assignments, standings))
    return ClassSummary(
        assignments=assignments,
        max_scores=max_scores,
        rows=rows,
        items=tuple(_items(ordered)),
        misconceptions=tuple(_misconceptions(ordered)),
        statuses=dict(statuses),
        repaired=sum(bool(v.repairs) for v in ordered),
        seconds=sum(v.seconds for v in ordered),
        needs=tuple(_needs(ordered, rows, sum(max_scores.values()))),
        efforts=tuple(_efforts(ordered, assignments)),
        chapters=tuple(_chapters(ordered, assignments, standings)),
        max_by_hand=sum({v.assignment: sum(v.manual.values()) for v in ordered}.values()),
        silent=tuple(silent),
    )


def _chapters(
    verdicts: Sequence[NotebookVerdict], assignments: Iterable[str], standings: Standings
) -> Iterable[ChapterRow]:
    for name in assignments:
        own = [v for v in verdicts if v.assignment == name]
        found = [standings.get((v.student or "?", name), Standing()) for v in own]
        most = sum(own[0].manual.values())
        waiting = sum(s.waiting for s in found)
        graded = [s.by_hand / most for s in found] if most and not waiting else []
        yield ChapterRow(
            name,
            len(own),
            sum(s.late > 0 for s in found),
            sum(s.attempts > 1 for s in found),
            tuple(v.score / v.max_score if v.max_score else 0.0 for v in own),
            sum(graded) / len(graded) if graded else None,
            waiting,
        )


def _needs(
    verdicts: Sequence[NotebookVerdict], rows: Iterable[StudentRow], most: float
) -> Iterable[Need]:
    """Those below half of the points, and those whose notebook had trouble, the lowest first."""
    stuck: dict[str, list[str]] = defaultdict(list)
    for verdict in verdicts:
        for name, item in verdict.exercises.items():
            if item.score == 0 and any(check.misconception for check in item.checks):
                stuck[verdict.student or "?"].append(name)
    found = []
    for row in rows:
        share = row.total / most if most else 0.0
        if share < HALF:
            reasons = [*row.notes]
            if stuck[row.student]:
                names = worded(", ").join(stuck[row.student])
                reasons.append(worded("misunderstood: {names}", names=names))
            found.append(Need(row.student, share, tuple(reasons)))
    return sorted(found, key=lambda need: (need.share, need.student))


def _efforts(verdicts: Sequence[NotebookVerdict], assignments: Iterable[str]) -> Iterable[Effort]:
    for name in assignments:
        own = [v for v in verdicts if v.assignment == name]
        seconds = np.array([v.seconds for v in own])
        repairs = Counter(repair for v in own for repair in v.repairs)
        yield Effort(
            name, len(own), float(np.median(seconds)), float(seconds.max()),
            sum(bool(v.repairs) for v in own), tuple(repairs.most_common(SHOWN)),
        )  # fmt: skip


def _rows(
    verdicts: Iterable[NotebookVerdict], assignments: Sequence[str], standings: Standings
) -> Iterable[StudentRow]:
    by_student: dict[str, dict[str, NotebookVerdict]] = defaultdict(dict)
    for verdict in verdicts:
        by_student[verdict.student or "?"][verdict.assignment] = verdict
    for student, own in sorted(by_student.items()):
        scores = {name: own[name].score if name in own else None for name in assignments}
        absent = [name for name in assignments if name not in own]
        notes = [_of(name, worded("not handed in")) for name in absent]
        notes += [_of(v.assignment, _trouble(v)) for v in own.values() if _trouble(v)]
        total = sum(score for score in scores.values() if score is not None)
        found = {name: standings.get((student, name), Standing()) for name in sorted(own)}
        notes += [_of(name, told) for name, s in found.items() for told in _of_standing(s)]
        by_hand, penalty = (
            sum(getattr(s, part) for s in found.values()) for part in ("by_hand", "penalty")
        )
        yield StudentRow(student, scores, total, tuple(notes), by_hand, penalty)


def _of(assignment: str, told: str) -> str:
    return worded("{assignment}: {told}", assignment=assignment, told=told)


def _of_standing(standing: Standing) -> Iterable[str]:
    if standing.late > 0:
        yield worded("late by {span}", span=span(standing.late))
    if standing.attempts > 1:
        yield worded("hand-in {n}", n=standing.attempts)
    if standing.waiting:
        yield counted("{n} answer waits", "{n} answers wait", standing.waiting)


def span(seconds: float) -> str:
    """How long something took, in the largest unit that it fills."""
    if seconds >= 86_400:
        return worded("{n:.0f} d", n=seconds / 86_400)
    if seconds >= 3600:
        return worded("{n:.0f} h", n=seconds / 3600)
    if seconds >= 60:
        return worded("{n:.0f} min", n=seconds / 60)
    return worded("{n:.0f} s", n=seconds)


def _trouble(verdict: NotebookVerdict) -> str:
    parts = [] if verdict.status == "graded" else [worded(verdict.status)]
    if verdict.repairs:
        parts.append(worded("{n} repaired", n=len(verdict.repairs)))
    return worded(", ").join(parts)


def _items(verdicts: Sequence[NotebookVerdict]) -> Iterable[Item]:
    totals: dict[str, float] = defaultdict(float)
    for verdict in verdicts:
        totals[verdict.student or "?"] += verdict.score
    by_item: dict[tuple[str, str], list[tuple[str, ExerciseVerdict]]] = defaultdict(list)
    for verdict in verdicts:
        for name, item in verdict.exercises.items():
            by_item[verdict.assignment, name].append((verdict.student or "?", item))
    for (assignment, name), graded in by_item.items():
        points = graded[0][1].max_score
        share = np.array([item.score / points if points else 0.0 for _, item in graded])
        rest = np.array([totals[student] - item.score for student, item in graded])
        solved = sum(item.passed for _, item in graded)
        mean, strength = float(share.mean()), correlation(share, rest)
        yield Item(assignment, name, points, len(graded), solved, mean, strength)


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation of two (n,) arrays, NaN where one of them does not vary."""
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _misconceptions(verdicts: Iterable[NotebookVerdict]) -> Iterable[MisconceptionCount]:
    met: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    sentences: dict[tuple[str, str, str], str] = {}
    for verdict in verdicts:
        for name, item in verdict.exercises.items():
            for check in item.checks:
                if check.misconception and not check.passed:
                    key = (verdict.assignment, name, check.misconception)
                    met[key].add(verdict.student or "?")
                    if key not in sentences or verdict.language == known(spoken()):
                        sentences[key] = check.message
    for key in sorted(met, key=lambda k: (-len(met[k]), k)):
        yield MisconceptionCount(*key, sentences[key], len(met[key]), min(met[key]))


def shares(summary: ClassSummary) -> np.ndarray:
    """(students,) total score as a share of what the class could reach, 0..1."""
    most = summary.max_total or 1.0
    return np.array([row.total / most for row in summary.rows])


def as_json(summary: ClassSummary) -> Mapping[str, object]:
    """The summary as plain data for ``course report --json``."""
    return {
        "assignments": [
            {"assignment": name, "max_score": summary.max_scores[name]}
            for name in summary.assignments
        ],
        "students": [
            {
                "student": r.student, "scores": r.scores, "total": r.total,
                "by_hand": r.by_hand, "penalty": r.penalty, "notes": list(r.notes),
            }
            for r in summary.rows
        ],
        "exercises": [
            {
                "assignment": i.assignment, "exercise": i.exercise, "points": i.points,
                "tried": i.tried, "solved": i.solved, "mean_share": round(i.mean_share, 4),
                "discrimination": None if i.discrimination != i.discrimination
                else round(i.discrimination, 4),
            }
            for i in summary.items
        ],
        "chapters": [
            {
                "assignment": c.assignment, "handed_in": c.handed_in, "late": c.late,
                "handed_in_again": c.again, "median_share": round(c.median, 4),
                "by_hand_share": None if c.by_hand is None else round(c.by_hand, 4),
                "waiting": c.waiting,
            }
            for c in summary.chapters
        ],
        "misconceptions": [m.as_json() for m in summary.misconceptions],
        "handed_in_nothing": list(summary.silent),
        "need_help": [vars(need) for need in summary.needs],
        "effort": [vars(effort) for effort in summary.efforts],
        "statuses": summary.statuses,
    }  # fmt: skip
