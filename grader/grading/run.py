"""Grades a merged notebook: runs its cells in the sandbox, judges what comes back outside it."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.grading.demonstrations import shown
from grader.grading.disarm import disarm
from grader.grading.needed import loads_data, needed
from grader.grading.verdict import (
    HAPPENED,
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
from pix2net.judging.attempts import CALL, Attempt, attempt
from pix2net.judging.driver import Outcome, outcomes_of
from pix2net.judging.helpers import mend_first
from pix2net.judging.judge import ExerciseVerdict, Judge, judge_exercise, judge_question

if TYPE_CHECKING:
    from grader.handed_in.merge import Merged
    from grader.sandbox import Limits, Sandbox, Session

SLOW_FACTOR = 10.0  # a call over its limit is answered, up to here, since then we can say why
DIED = ("timeout", "memory", "killed")
RUN_SECONDS = 0.1  # that a run costs beside its cells and calls
NO_TIME = "the time for the whole notebook was used up before this could be graded"


@dataclass(frozen=True)
class Tasks:
    """What was found of the tasks of one run of cells.

    verdicts  by task, in the order in which they were judged
    notes     cells that were left out, a sentence each
    outputs   what cells displayed, by number
    raised    type names of the exceptions that cells ended with, by number
    missing   tasks whose name meant nothing when they were judged
    left_out  cells that ended their process, by number, with how
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

    merged   the submission made into the released notebook
    key      its hidden answer key
    sandbox  where its cells run
    digest   of the key, from `key_digest`; computed if it is empty
    seconds  time for the whole notebook, repeated runs included; None for the sandbox's
    figures  once everything is judged, also run the demonstrations, for what they display
    """
    if seconds is None:
        seconds = sandbox.limits.notebook_seconds
    start = time.monotonic()
    order = f"{merged.digest}/{digest or key_digest(key)}"
    found, reason = judge_cells(merged.cells, key, sandbox, order=order, seconds=seconds)
    if figures and not reason:
        outputs = shown(merged.cells, found.outputs, found.left_out, sandbox, seconds=seconds)
        found = replace(found, outputs=outputs)
    exercises = nothing(key, "killed", reason or "the check of this task is not in the notebook")
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
        unsafe=sandbox.unsafe,
        student=student,
    )


def judge_cells(
    cells: Sequence[MergedCell], key: Key, sandbox: Sandbox, *, order: str, seconds: float
) -> tuple[Tasks, str]:
    """Run cells and judge the tasks of their test cells; and why not, if the sandbox failed twice.

    A failure of the sandbox's own machinery voids everything that was found, once.
    """
    for _ in range(2):
        grading = _Grading(cells, key, order, seconds)
        try:
            grading.run(sandbox)
            return grading.found(), ""
        except SandboxFailure as failure:
            reason = f"the sandbox failed while this was graded: {failure}"
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

    seconds, spent  time for the whole notebook, and what runs before this one have used of it
    asked           whether the process that runs has seen hidden inputs
    """

    cells: Sequence[MergedCell]
    key: Key
    order: str
    seconds: float
    spent: float = 0.0
    asked: bool = False
    verdicts: dict[str, ExerciseVerdict] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    passed_over: dict[int, str] = field(default_factory=dict)
    outputs: dict[int, Outputs] = field(default_factory=dict)
    raised: dict[int, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    sources: dict[int, str] = field(default_factory=dict)
    chosen: frozenset[int] | None = None  # released cells that run
    session: Session | None = None

    def run(self, sandbox: Sandbox) -> None:
        """Judge every task. What has been judged is never asked again, in whichever run."""
        self.sources = {cell.number: cell.source for cell in self.cells if cell.run}
        while self._is_unfinished():
            with sandbox.session() as session:
                self.session, self.asked = session, False
                if self.chosen is None:
                    self.chosen = self._choose(session)
                if loads_data(self.cells, self.chosen):
                    sandbox.load_data()
                if session.alive and self._one_run(session):
                    return
                self.spent += session.spent + RUN_SECONDS

    def _choose(self, session: Session) -> frozenset[int]:
        """Numbers of the released cells to run, besides the learner's own."""
        own = [cell.source for cell in self.cells if cell.run and cell.role != "given"]
        return needed(self.cells, session.reads(own), [*self.key.exercises, *self.key.questions])

    def found(self) -> Tasks:
        """What was found."""
        notes = {
            number: f"Cell {number} {HAPPENED[status]} and was left out."
            for number, status in self.left_out.items()
        }
        for number, name in self.passed_over.items():
            why = HAPPENED[self.verdicts[name].status]
            notes[number] = f"Cell {number} needs {name}, which {why}, and was left out."
        told = tuple(notes[number] for number in sorted(notes))
        return Tasks(
            self.verdicts, told, self.outputs, self.raised, frozenset(self.missing), self.left_out
        )

    def _is_unfinished(self) -> bool:
        return any(c.role == "test" and c.task not in self.verdicts for c in self.cells)

    def _one_run(self, session: Session) -> bool:
        """Run the cells in their order; False if the process died and the rest needs another."""
        for cell in self.cells:
            if cell.role == "test":
                if cell.task is not None and cell.task not in self.verdicts:
                    self._judge(cell.task, session)
            elif self._is_worth_running(cell):
                result = session.run_cell(cell.number, cell.source)
                if not self.asked:  # a process that has seen hidden inputs may display them
                    self.outputs[cell.number] = tuple(result.outputs)
                if result.raised is not None:
                    self.raised[cell.number] = result.raised.type_name
                if not session.alive:
                    status = result.status if result.status in DIED else "killed"
                    self.left_out[cell.number] = status
            if not session.alive:
                return False
        return True

    def _is_worth_running(self, cell: MergedCell) -> bool:
        """Whether to run a cell. A demonstration of a function that has just died would die too."""
        if not cell.run or cell.number in self.left_out or self._is_late():
            return False
        if cell.role == "given":
            if self.chosen is not None and cell.number not in self.chosen:
                return False
            for name in waited_for(cell.source):
                if name in self.verdicts and self.verdicts[name].status in DIED:
                    self.passed_over[cell.number] = name
                    return False
        return True

    def _is_late(self) -> bool:
        session = 0.0 if self.session is None else self.session.spent
        return self.spent + session > self.seconds

    def _judge(self, task: str, session: Session) -> None:
        if task in self.key.exercises:
            self.verdicts[task] = self._exercise(self.key.exercises[task], session)
        elif task in self.key.questions:
            self.verdicts[task] = self._question(task, session)

    def _exercise(self, exercise: ExerciseKey, session: Session) -> ExerciseVerdict:
        """The verdict on an exercise; the process that ran its calls may be dead afterwards."""
        judge = Judge(exercise, reveal=False)
        found: dict[str, Attempt] = {}
        lost: Any = ""  # what became of the calls that cannot be made any more
        reason = ""

        def call(case: CaseKey, scenario: str) -> Outcome:
            nonlocal lost
            if lost:
                return Outcome(lost)
            outcome = self._call(exercise, case, scenario, session)
            if not session.alive:
                lost = outcome.status if outcome.status in DIED else "killed"
            return outcome

        there = [name for name in exercise.companions if self._can_be_called(name)]
        right = [name for name in there if self.verdicts[name].passed]
        for i in self._shuffled(exercise):
            case = exercise.cases[i]
            if case.again is not None:
                continue
            if not lost and self._is_late():
                lost, reason = "timeout", NO_TIME
            found[case.label] = attempt(judge, case, partial(call, case), there=there, right=right)
        outcomes = outcomes_of(exercise.cases, lambda case: found[case.label].outcome)
        if all(outcome.status == "missing" for outcome in outcomes):
            outcomes, reason = self._blame(exercise.name, outcomes)
        notes = [found[c.label].note if c.label in found else "" for c in exercise.cases]
        verdict = _judged(exercise, outcomes, notes)
        verdict = verdict.led_by(mend_first(self._failing_in(exercise.name)))
        return replace(verdict, reason=reason) if reason else verdict

    def _can_be_called(self, name: str) -> bool:
        """Whether another exercise's code is there and has not ended its process."""
        if name not in self.verdicts or name in self.missing:
            return False
        return self.verdicts[name].status not in DIED

    def _failing_in(self, name: str) -> list[str]:
        """Exercises before it that an exercise's answer seems to call, and that fail."""
        source = "\n".join(c.source for c in self.cells if c.role == "answer" and c.task == name)
        failing = [n for n, verdict in self.verdicts.items() if not verdict.passed]
        return [n for n in failing if re.search(rf"\b{re.escape(n)}[ \t]*\(", source)]

    def _shuffled(self, exercise: ExerciseKey) -> list[int]:
        """An order of the cases that cannot be foreseen; the same for equal submission and key."""

        def rank(i: int) -> bytes:
            return hashlib.sha256(f"{self.order}/{exercise.name}/{i}".encode()).digest()

        return sorted(range(len(exercise.cases)), key=rank)

    def _call(
        self, exercise: ExerciseKey, case: CaseKey, scenario: str, session: Session
    ) -> Outcome:
        self.asked = True
        driver = None if scenario == CALL else exercise.scenarios[scenario]
        seconds = None if case.seconds is None else SLOW_FACTOR * case.seconds
        outcome = session.call(
            exercise.name,
            case.inputs,
            scenario=driver.source if driver else None,
            uses=driver.uses if driver else (),
            seconds=seconds,
            packed=case.packed,
        )
        return disarm(outcome, self.sources)

    def _question(self, name: str, session: Session) -> ExerciseVerdict:
        if self._is_late():
            verdict = judge_question(self.key.questions[name], None)
            return replace(verdict, status="timeout", reason=NO_TIME)
        outcome = disarm(session.read(name), self.sources)
        value = outcome.value if outcome.status == "returned" else None
        verdict = judge_question(self.key.questions[name], value)
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
                reason = f"cell {cell.number}, which defines {name}, {HAPPENED[status]}"
                return [Outcome(status) for _ in outcomes], reason  # type: ignore[arg-type]
        self.missing.add(name)
        return outcomes, ""


def waited_for(source: str) -> list[str]:
    """The exercises that a demonstration waits for: the names that it gives to ``ready``."""
    calls = re.findall(r"\bready\(([^()]*)\)", source)
    return [name for call in calls for name in re.findall(r"[\"'](\w+)[\"']", call)]


def defines(source: str, name: str) -> bool:
    """Whether a cell's text seems to give ``name`` a meaning."""
    # Spaces of one line only, else a page of empty lines takes cubic time.
    name, gap = re.escape(name), r"[ \t]"
    pattern = rf"^{gap}*(?:(?:async{gap}+)?def{gap}+|class{gap}+){name}\b|^{gap}*{name}{gap}*="
    return bool(re.search(pattern, source, re.M))


def _judged(
    exercise: ExerciseKey, outcomes: Sequence[Outcome], notes: Sequence[str]
) -> ExerciseVerdict:
    """The verdict on outcomes; an output that cannot even be compared counts as unreadable."""
    try:
        return judge_exercise(exercise, outcomes, reveal=False, notes=notes)
    except Exception:
        unreadable: list[Any] = [
            Outcome("unreadable") if outcome.status == "returned" else outcome
            for outcome in outcomes
        ]
        return judge_exercise(exercise, unreadable, reveal=False, notes=notes)
