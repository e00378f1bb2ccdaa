"""What several test modules of the sandbox share."""

from __future__ import annotations

from grader.sandbox import CellResult, Session


def text_of(result: CellResult) -> str:
    """What a cell printed, and the texts of its exceptions."""
    parts = [output.get("text", "") for output in result.outputs]
    parts += [output.get("evalue", "") for output in result.outputs]
    return "".join(parts)


def run(session: Session, source: str, number: int = 1) -> str:
    """Run a cell that must not fail; returns what it printed."""
    result = session.run_cell(number, source)
    assert result.status == "ok", result
    return text_of(result)


def size_of(result: CellResult) -> int:
    """Characters in all outputs of a cell."""

    def size(part: object) -> int:
        if isinstance(part, dict):
            return sum(map(size, part.values()))
        return sum(map(size, part)) if isinstance(part, list) else len(str(part))

    return size(result.outputs)
