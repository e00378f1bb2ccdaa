"""Grades a merged notebook: runs its cells in the sandbox, judges what comes back outside it."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.grading.budget import Budget
from grader.grading.demonstrations import shown
from grader.grading.disarm import disarm
from grader.grading.displayed import Displayed
from grader.grading.judging import BoundedJudge, Watch, judged
from grader.grading.naming import called_in, defines, waited_for
from grader.grading.needed import loads_data, needed
from grader.grading.told import HAPPENED, NO_TIME, blamed, left_out, not_again, passed_over
from grader.grading.verdict import (
    NotebookVerdict,
    Outputs,
    manual_points,
    nothing,
    worst,
)
from grader.handed_in.cells import MergedCell
from grader.sandbox import SandboxFailure
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS, CaseKey, ExerciseKey, Key, to_data
from pix2net.judging.attempts import Attempt, attempt
from pix2net.judging.driver import Outcome, outcomes_of
from pix2net.judging.helpers import mend_first
from pix2net.judging.judge import BUDGET, ExerciseVerdict, judge_question
from pix2net.judging.wording import worded

if TYPE_CHECKING:
    from grader.handed_in.merge import Merged
    from grader.sandbox import Limits, Sandbox, Session

SLOW_FACTOR = 10.0  # a call over its limit is answered, up to here, since then we can say why
RUN_SECONDS = 0.1  # that a run costs beside its cells and calls
DEAR = 0.25  # part of what a task has left that running a cell once more may cost


@dataclass(frozen=True)
class Tasks:
    """What was found of the tasks of one run of cells.

    Attributes:
        verdicts: by task, in the order in which they were judged.
        notes: cells that were left out, a sentence each.
        outputs: what cells displayed, by number.
        raised: type names of the exceptions that cells ended with, by number.
        missing: tasks whose name meant nothing when they were judged.
        left_out: cells that ended their process, by number, with how.
    """

    verdicts: dict[str, ExerciseVerdict] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    outputs: dict[int, Outputs] = field(default_factory=dict)
    raised: dict[int, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    left_out: dict[int, str] = field(default_factory=dict)


def grade_notebook(
    merged: Merged,
    key: Key,
    sandbox: Sandbox,
    *,
    digest: str = "",
    seconds: float | None = None,
    student: str | None = None,
    figures: bool = False,
) -> NotebookVerdict:
    """The verdict on a notebook.

    Args:
        merged: the submission made into the released notebook.
        key: its hidden answer key.
        sandbox: where its cells run.
        digest: of the key, from `key_digest`; computed if it is empty.
        seconds: what its tasks share, repeated runs included; None for the sandbox's limit.
        figures: once everything is judged, also run the demonstrations, for what they display.
    """
    if seconds is None:
        seconds = sandbox.limits.notebook_seconds
    start = time.monotonic()
    order = f"{merged.digest}/{digest or key_digest(key)}"
    found, reason = judge_cells(merged.cells, key, sandbox, order=order, seconds=seconds)
    if figures and not reason:
        outputs = shown(merged.cells, found.outputs, found.left_out, sandbox, seconds=seconds)
        found = replace(found, outputs=outputs)
    absent = worded("the check of this task is not in the notebook")
    exercises = nothing(key, "killed", reason or absent)
    exercises = {name: found.verdicts.get(name, verdict) for name, verdict in exercises.items()}
    return NotebookVerdict(
        assignment=key.assignment,
        notebook=key.assignment,
        score=sum(verdict.score for verdict in exercises.values()),
        max_score=sum(verdict.max_score for verdict in exercises.values()),
        status=worst(verdict.status for verdict in exercises.values()),
        seconds=time.monotonic() - start,
        exercises=exercises,
        manual=manual_points(key),
        reason=reason,
        repairs=merged.repairs,
        notes=found.notes,
        outputs=found.outputs,
        wall=sandbox.wall,
        student=student,
    )


def judge_cells(
    cells: Sequence[MergedCell], key: Key, sandbox: Sandbox, *, order: str, seconds: float
) -> tuple[Tasks, str]:
    """Run cells and judge the tasks of their test cells; and why not, if the sandbox failed twice.

    A failure of the sandbox's own machinery voids everything that was found, once.
    """
    limits = replace(sandbox.limits, notebook_seconds=seconds)
    end = time.monotonic() + limits.longest
    tasks = sum(cell.role == "test" for cell in cells)
    with Watch(limits.judge_seconds) as watch:
        for _ in range(2):
            budget = Budget(seconds, limits.reserve_seconds / max(1, tasks), end)
            grading = _Grading(cells, key, order, budget, watch)
            try:
                grading.run(sandbox)
                return grading.found(), ""
            except SandboxFailure as failure:
                reason = worded("the sandbox failed while this was graded: {why}", why=failure)
                sandbox.close()  # the next session starts a new one
    return Tasks(), reason


def limits_for(key: Key, limits: Limits) -> Limits:
    """Limits that leave every case of a key the time that it promises."""
    longest = max(
        (case.seconds or 0.0 for e in key.exercises.values() for case in e.cases), default=0.0
    )
    if 1.5 * longest <= limits.call_seconds:
        return limits
    call = 1.5 * longest
    more = call - limits.call_seconds
    return replace(limits, call_seconds=call, notebook_seconds=limits.notebook_seconds + more)


def key_digest(key: Key) -> str:
    """Hexadecimal SHA-256 of a key's content."""
    return hashlib.sha256(codec.dumps(to_data(key), KEY_LIMITS)).hexdigest()


@dataclass
class _Grading:
    """One grading of one list of cells: as many runs as it takes to get past what dies.

    Attributes:
        budget: time for the whole notebook.
        watch: keeps judging within its limit.
        charged: seconds of the process that runs that the budget knows of.
        asked: whether the process that runs has seen hidden inputs.
        costs, dear: seconds that each cell took, by number; cells that take too long to run again.
    """

    cells: Sequence[MergedCell]
    key: Key
    order: str
    budget: Budget
    watch: Watch
    charged: float = 0.0
    asked: bool = False
    costs: dict[int, float] = field(default_factory=dict)
    dear: set[int] = field(default_factory=set)
    verdicts: dict[str, ExerciseVerdict] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    passed_over: dict[int, str] = field(default_factory=dict)
    displayed: Displayed = field(default_factory=Displayed)
    raised: dict[int, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    sources: dict[int, str] = field(default_factory=dict)
    chosen: frozenset[int] | None = None  # released cells that run

    def run(self, sandbox: Sandbox) -> None:
        """Judge every task. What has been judged is never asked again, in whichever run."""
        self.sources = {cell.number: cell.source for cell in self.cells if cell.run}
        while self._is_unfinished():
            with sandbox.session() as session:
                self.charged, self.asked = 0.0, False
                session.end = self.budget.end
                if self.chosen is None:
                    self.chosen = self._choose(session)
                if loads_data(self.cells, self.chosen):
                    sandbox.load_data()
                if session.alive and self._one_run(session):
                    return
                self._charge(session, RUN_SECONDS)

    def _choose(self, session: Session) -> frozenset[int]:
        """Numbers of the released cells to run, besides the learner's own."""
        own = [cell.source for cell in self.cells if cell.run and cell.role != "given"]
        return needed(self.cells, session.reads(own), [*self.key.exercises, *self.key.questions])

    def found(self) -> Tasks:
        """What was found."""
        notes = {number: left_out(number, status) for number, status in self.left_out.items()}
        notes |= {number: not_again(number) for number in self.dear}
        for number, name in self.passed_over.items():
            notes[number] = passed_over(number, name, self.verdicts[name].status)
        told = tuple(notes[number] for number in sorted(notes))
        outputs, missing = self.displayed.outputs, frozenset(self.missing)
        return Tasks(self.verdicts, told, outputs, self.raised, missing, self.left_out)

    def _is_unfinished(self) -> bool:
        return any(c.role == "test" and c.task not in self.verdicts for c in self.cells)

    def _one_run(self, session: Session) -> bool:
        """Run the cells in their order; False if the process died and the rest needs another."""
        waiting = deque(c.task for c in self.cells if c.role == "test")
        for cell in self.cells:
            if cell.role == "test":
                waiting.popleft()
                self.budget.task = cell.task or ""
                if cell.task is not None and cell.task not in self.verdicts:
                    self._judge(cell.task, session)
            elif self._is_worth_running(cell) and self._has_time(cell, waiting, session):
                self._run_cell(cell, session)
            if not session.alive:
                return False
        return True

    def _has_time(self, cell: MergedCell, waiting: Iterable[str | None], session: Session) -> bool:
        """Whether there is time for a cell: that of the task that is judged next. One that has none
        left is lost, and the cell is run for the one after it.

        Args:
            waiting: tasks whose test cells come after this cell.
        """
        for task in waiting:
            if task is None or task in self.verdicts:
                continue
            self.budget.task = task
            if not self.budget.is_used_up:
                return not self._is_too_slow(cell)
            self._judge(task, session)
        self.budget.task = ""
        return not self.budget.is_used_up

    def _is_too_slow(self, cell: MergedCell) -> bool:
        """Whether a cell is not to be run again, since that would leave too little for others."""
        if self.costs.get(cell.number, 0.0) <= DEAR * self.budget.left:
            return False
        self.left_out[cell.number] = "timeout"
        self.dear.add(cell.number)
        return True

    def _run_cell(self, cell: MergedCell, session: Session) -> None:
        session.allow(self.budget.left)
        result = session.run_cell(cell.number, cell.source)
        self.costs[cell.number] = self._charge(session)
        if not self.asked:  # a process that has seen hidden inputs may display them
            self.displayed.put(cell.number, tuple(result.outputs))
        if result.raised is not None:
            self.raised[cell.number] = result.raised.type_name
        if not session.alive:
            status = result.status if result.status in HAPPENED else "killed"
            self.left_out[cell.number] = status

    def _charge(self, session: Session, more: float = 0.0) -> float:
        """Count what a session has used since the last time, and ``more`` seconds; all of that."""
        seconds = session.spent - self.charged + more
        self.charged = session.spent
        self.budget.charge(seconds)
        return seconds

    def _is_worth_running(self, cell: MergedCell) -> bool:
        """Whether to run a cell. A demonstration of a function that has just died would die too."""
        if not cell.run or cell.number in self.left_out:
            return False
        if cell.role == "given":
            if self.chosen is not None and cell.number not in self.chosen:
                return False
            for name in waited_for(cell.source):
                if name in self.verdicts and self.verdicts[name].status in HAPPENED:
                    self.passed_over[cell.number] = name
                    return False
        return True

    def _judge(self, task: str, session: Session) -> None:
        if task in self.key.exercises:
            self.verdicts[task] = self._exercise(self.key.exercises[task], session)
        elif task in self.key.questions:
            self.verdicts[task] = self._question(task, session)

    def _exercise(self, exercise: ExerciseKey, session: Session) -> ExerciseVerdict:
        """The verdict on an exercise; the process that ran its calls may be dead afterwards."""
        judge = BoundedJudge(exercise, reveal=False, watch=self.watch)
        found: dict[str, Attempt] = {}
        lost: Any = ""  # what became of the calls that cannot be made any more
        reason = ""

        def call(case: CaseKey, scenario: str) -> Outcome:
            nonlocal lost
            if lost:
                return Outcome(lost)
            outcome = self._call(exercise, case, scenario, session)
            if not session.alive:
                lost = outcome.status if outcome.status in HAPPENED else "killed"
            return outcome

        there = [n for n in exercise.companions if self._can_be_called(n)]
        right = [name for name in there if self.verdicts[name].passed]
        for i in self._shuffled(exercise):
            case = exercise.cases[i]
            if case.again is not None:
                continue
            if not lost and self.budget.is_used_up:
                lost, reason = "timeout", worded(NO_TIME)
            found[case.label] = attempt(judge, case, partial(call, case), there=there, right=right)
            if not session.alive:
                reason = worded(NO_TIME) if lost == "timeout" and self.budget.is_used_up else ""
        outcomes = outcomes_of(exercise.cases, lambda case: found[case.label].outcome)
        if all(outcome.status == "missing" for outcome in outcomes):
            outcomes, reason = self._blame(exercise.name, outcomes)
        notes = [found[c.label].note if c.label in found else "" for c in exercise.cases]
        verdict = judged(exercise, outcomes, notes, self.watch)
        verdict = verdict.led_by(mend_first(self._failing_in(exercise.name)))
        return replace(verdict, reason=reason) if reason else verdict

    def _can_be_called(self, name: str) -> bool:
        """Whether another exercise's code is there and has not ended its process."""
        found = self.verdicts.get(name)
        return found is not None and name not in self.missing and found.status not in HAPPENED

    def _failing_in(self, name: str) -> list[str]:
        """Exercises before it that fail and that an exercise's answer seems to call."""
        source = "\n".join(c.source for c in self.cells if c.role == "answer" and c.task == name)
        return called_in(source, [n for n, v in self.verdicts.items() if not v.passed])

    def _shuffled(self, exercise: ExerciseKey) -> list[int]:
        """An order of the cases that cannot be foreseen; the same for equal submission and key."""

        def rank(i: int) -> bytes:
            return hashlib.sha256(f"{self.order}/{exercise.name}/{i}".encode()).digest()

        return sorted(range(len(exercise.cases)), key=rank)

    def _call(
        self, exercise: ExerciseKey, case: CaseKey, scenario: str, session: Session
    ) -> Outcome:
        self.asked = True
        driver = exercise.scenarios.get(scenario)
        seconds = None if case.seconds is None else SLOW_FACTOR * case.seconds
        session.allow(self.budget.left)
        outcome = session.call(
            exercise.name,
            case.inputs,
            scenario=driver.source if driver else None,
            uses=driver.uses if driver else (),
            seconds=seconds,
            packed=case.packed,
            room=case.room,
            # Long work may be shared out; a short limit tells a loop from array code.
            alone=case.seconds is not None and case.seconds < BUDGET,
        )
        self._charge(session)
        return disarm(outcome, self.sources)

    def _question(self, name: str, session: Session) -> ExerciseVerdict:
        if self.budget.is_used_up:
            verdict = judge_question(self.key.questions[name], None)
            return replace(verdict, status="timeout", reason=worded(NO_TIME))
        session.allow(self.budget.left)
        outcome = disarm(session.read(name), self.sources)
        self._charge(session)
        given = outcome.value if outcome.status == "returned" else None
        verdict = judge_question(self.key.questions[name], given)
        if outcome.status == "missing":
            blamed, reason = self._blame(name, [outcome])
            if reason:
                return replace(verdict, status=blamed[0].status, reason=reason)
        return verdict

    def _blame(self, name: str, outcomes: list[Outcome]) -> tuple[list[Outcome], str]:
        """What became of a name that is missing since a cell that defines it was left out."""
        for cell in self.cells:
            status = self.left_out.get(cell.number)
            if status and (cell.task == name or defines(cell.source, name)):
                told = [Outcome(status) for _ in outcomes]  # type: ignore[arg-type]
                return told, blamed(cell.number, name, status)
        self.missing.add(name)
        return outcomes, ""
