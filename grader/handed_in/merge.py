"""Makes what was handed in into the released notebook with the student's answers in it.

Everything but the answers and the cells that a student added comes from the release. Cells are
recognised by their names (nbgrader's, else the notebook format's), else by an equal text, never
by where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from grader.handed_in.cells import ADDED, MergedCell, copied
from grader.handed_in.parse import StudentCell, Submission, parse, settings_of
from grader.weave import layout
from pix2net.files import digest, read_bounded
from pix2net.judging.wording import template, worded

# of several cells for one answer
DOUBLED = template("the last one that had been filled in")
FILLED = ("answer", "written")  # roles of cells whose text is the student's
# A raw cell becomes prose, since converters put its text into their pages as it stands.
NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_markdown_cell}


@dataclass(frozen=True)
class Merged:
    """A submission as it is graded.

    Attributes:
        cells: in order.
        notebook: the same as nbformat has it, without outputs.
        repairs: what differed from the release and was put right, a sentence each.
        untouched: tasks whose answer is still what was released.
        digest: hexadecimal SHA-256 of what was handed in.
    """

    cells: tuple[MergedCell, ...]
    notebook: NotebookNode
    repairs: tuple[str, ...]
    untouched: frozenset[str]
    digest: str


def merge(released: NotebookNode, submitted: bytes | Path) -> Merged:
    """The released notebook with a student's answers and added cells put into it.

    Args:
        released: the student notebook of the release.
        submitted: the file that was handed in, or its content.

    Raises:
        Rejected: with one sentence if there is nothing to take answers from.
    """
    content = submitted if isinstance(submitted, bytes) else read_bounded(submitted)
    submission = parse(content)
    return _Merge(released, submission).result(digest(content))


def empty(released: NotebookNode) -> Merged:
    """The released notebook as it is, in place of a submission that cannot be graded."""
    return _Merge(released, Submission(())).result("", repairs=False)


@dataclass
class _Slot:
    """A released cell, what it was matched with, and which of those counts."""

    cell: NotebookNode
    role: str
    task: str | None
    matched: list[int] = field(default_factory=list)
    chosen: int | None = None

    @property
    def name(self) -> str | None:
        return self.cell.metadata.get("nbgrader", {}).get("grade_id")


@dataclass
class _Merge:
    released: NotebookNode
    submission: Submission
    slots: list[_Slot] = field(default_factory=list)
    added: dict[int, list[int]] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)

    def result(self, digest: str, *, repairs: bool = True) -> Merged:
        self.slots = [_Slot(cell, *_role(cell)) for cell in self.released.cells]
        self.repairs = list(self.submission.repairs)
        owners = self._match()
        for slot in self.slots:
            self._choose(slot)
        self._place_added(owners)
        placed = list(self._in_order())
        notebook = copied(self.released)
        notebook.cells = [cell for cell, *_ in placed]
        cells = tuple(
            MergedCell(
                i, role, task, cell.cell_type, cell.source, run,
                role == "given" and layout.is_demonstration(cell),
            )
            for i, (cell, role, task, run) in enumerate(placed, start=1)
        )  # fmt: skip
        untouched = frozenset(
            slot.task or "" for slot in self.slots if slot.role in FILLED and self._is_stub(slot)
        )
        told = tuple(self.repairs) if repairs else ()
        return Merged(cells, notebook, told, untouched, digest)

    def _match(self) -> list[int | None]:
        """For each submitted cell the slot that it belongs to; fills ``matched`` of the slots."""
        cells = self.submission.cells
        by_name = {slot.name: i for i, slot in enumerate(self.slots) if slot.name}
        by_id = {slot.cell.get("id"): i for i, slot in enumerate(self.slots) if slot.cell.get("id")}
        owners: list[int | None] = [
            by_name.get(cell.grade_id or "", by_id.get(cell.cell_id or "")) for cell in cells
        ]
        taken = {owner for owner in owners if owner is not None}
        by_text: dict[tuple[str, str], list[int]] = {}
        for i, slot in enumerate(self.slots):
            if i not in taken:
                by_text.setdefault((slot.cell.cell_type, _bare(slot.cell.source)), []).append(i)
        for n, cell in enumerate(cells):
            if owners[n] is None and by_text.get((cell.kind, _bare(cell.source))):
                owners[n] = by_text[cell.kind, _bare(cell.source)].pop(0)
        for n, owner in enumerate(owners):
            if owner is not None:
                self.slots[owner].matched.append(n)
        firsts = [slot.matched[0] for slot in self.slots if slot.matched]
        if firsts != sorted(firsts):
            self.repairs.append(
                worded("Cells stood in another order; the released order was restored.")
            )
        return owners

    def _choose(self, slot: _Slot) -> None:
        """Decide which matched cell fills a slot, and note what was put right."""
        cells = self.submission.cells
        if not slot.matched:
            if slot.cell.cell_type == "code" or slot.role == "written":
                told = worded("{cell} was missing and has been put back.", cell=_called(slot))
                self.repairs.append(told)
            return
        alike = [n for n in slot.matched if cells[n].kind == slot.cell.cell_type]
        candidates = alike or slot.matched
        if slot.role in FILLED:
            filled = [n for n in candidates if not _same(cells[n], slot.cell)]
            slot.chosen = (filled or candidates)[-1]
            if len(slot.matched) > 1:
                told = worded(
                    "{cell} was there {times} times: {which} counts.",
                    cell=_called(slot), times=len(slot.matched), which=worded(DOUBLED),
                )  # fmt: skip
                self.repairs.append(told)
        else:
            slot.chosen = candidates[-1]
            edited = any(not _same(cells[n], slot.cell) for n in slot.matched)
            if edited and slot.cell.cell_type == "code":
                told = worded(
                    "{cell} had been changed: the released text counts.", cell=_called(slot)
                )
                if slot.role != "test":
                    told = worded(
                        "{cell} had been changed: the released text counts, and what you made of "
                        "it is kept below it.",
                        cell=_called(slot),
                    )
                self.repairs.append(told)
        self._compare_settings(slot, cells[slot.chosen])

    def _compare_settings(self, slot: _Slot, cell: StudentCell) -> None:
        if cell.kind != slot.cell.cell_type:
            told = worded(
                "{cell} had become a {kind} cell; it was read as a {before} cell.",
                cell=_called(slot), kind=cell.kind, before=slot.cell.cell_type,
            )  # fmt: skip
            self.repairs.append(told)
        settings = tuple(settings_of(slot.cell.metadata.get("nbgrader", {})))
        if cell.grade_id is not None and cell.settings != settings:
            where = _called(slot, middle=True)
            self.repairs.append(
                worded("Settings of {cell} had been changed: the released ones count.", cell=where)
            )

    def _place_added(self, owners: Sequence[int | None]) -> None:
        """Give every cell to be kept beside the slots its anchor: the slot before it, or -1."""
        anchor = -1
        for n, owner in enumerate(owners):
            if owner is None:
                if self.submission.cells[n].source.strip():
                    self.added.setdefault(anchor, []).append(n)
                continue
            slot = self.slots[owner]
            if n != slot.chosen and slot.role in FILLED:
                if not _same(self.submission.cells[n], slot.cell):
                    self.added.setdefault(anchor, []).append(n)
                continue
            anchor = owner
            if self._is_edited(slot, n):
                self.added.setdefault(owner, []).append(n)

    def _is_edited(self, slot: _Slot, n: int) -> bool:
        """Whether a matched cell that does not fill its slot says something of its own."""
        cell = self.submission.cells[n]
        kept = slot.role not in (*FILLED, "test") and bool(cell.source.strip())
        return kept and not _same(cell, slot.cell)

    def _in_order(self) -> Iterator[tuple[NotebookNode, str, str | None, bool]]:
        """Cells as they are run: node, role, task, whether to run it.

        What was deleted is put back before the cells that a student added in that place, since
        those may stand in for it; only a deleted test cell comes after them, since it checks them.
        """
        waiting = list(self._added_at(-1))
        for i, slot in enumerate(self.slots):
            if slot.matched or slot.role == "test":
                yield from waiting
                waiting = []
            node, run = self._filled(slot)
            yield node, slot.role, slot.task, run
            waiting += self._added_at(i)
        yield from waiting

    def _added_at(self, anchor: int) -> Iterator[tuple[NotebookNode, str, str | None, bool]]:
        for n in self.added.get(anchor, ()):
            cell = self.submission.cells[n]
            node = NEW_CELL[cell.kind](cell.source, id=f"added-{n + 1}")
            yield node, ADDED, None, cell.kind == "code"

    def _filled(self, slot: _Slot) -> tuple[NotebookNode, bool]:
        """A released cell with the student's text where it takes one, and whether to run it."""
        node = copied(slot.cell)  # what is below it is only read from here on
        if slot.role in FILLED and slot.chosen is not None:
            node.source = self.submission.cells[slot.chosen].source
        if node.cell_type != "code":
            return node, False
        node.outputs, node.execution_count = [], None
        # An answer cell that was deleted is not run: its stub would undo an answer elsewhere.
        return node, slot.role != "test" and not (slot.role == "answer" and slot.chosen is None)

    def _is_stub(self, slot: _Slot) -> bool:
        return slot.chosen is None or _same(self.submission.cells[slot.chosen], slot.cell)


def _role(cell: NotebookNode) -> tuple[str, str | None]:
    """A released cell's role and task, by its course metadata, else by nbgrader's."""
    role = layout.role_of(cell)
    if role is not None:
        return role, layout.task_of(cell)
    nbgrader: dict[str, Any] = cell.metadata.get("nbgrader", {})
    name = nbgrader.get("grade_id")
    if nbgrader.get("solution"):
        return ("written" if nbgrader.get("grade") else "answer"), name
    if nbgrader.get("grade"):
        return "test", name.removeprefix(layout.test_id("")) if name else None
    return ("given" if cell.cell_type == "code" else "prose"), None


def _bare(text: str) -> str:
    """A text without what editors change by themselves: spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _same(cell: StudentCell, released: NotebookNode) -> bool:
    return bool(cell.source == released.source) or _bare(cell.source) == _bare(released.source)


def _called(slot: _Slot, *, middle: bool = False) -> str:
    """What a slot is called in a sentence."""
    if slot.role in FILLED:
        called = worded("the answer cell of {task}", task=slot.task)
    elif slot.role == "test":
        called = worded("the cell that checks {task}", task=slot.task)
    else:
        called = worded("a given cell")
    return called if middle else called[0].upper() + called[1:]
