"""Shows a verdict to a learner: HTML in a notebook, plain text everywhere else."""

from __future__ import annotations

import html
import textwrap

from grader.kit.judge import CheckResult, ExerciseVerdict

PASS, FAIL = "✓", "✗"
WIDTH = 88  # of plain text, in characters


def summary(verdict: ExerciseVerdict) -> str:
    """One line: how many checks fail, and the first message."""
    failing = [check for check in verdict.checks if not check.passed]
    if not failing:
        return f"{verdict.exercise}: all checks pass."
    count = f"{len(failing)} of {len(verdict.checks)} checks fail"
    return f"{verdict.exercise}: {count}. {failing[0].message}"


def grouped(verdict: ExerciseVerdict) -> list[tuple[CheckResult, str]]:
    """Each check with the message to show: a message that repeats is said once."""
    shown: set[str] = set()
    rows = []
    for check in verdict.checks:
        message = "" if check.message in shown else check.message
        shown.add(check.message)
        rows.append((check, message))
    return rows


def as_text(verdict: ExerciseVerdict) -> str:
    """The verdict in plain text, a check a line, messages wrapped below."""
    lines = [f"{PASS if verdict.passed else FAIL} {verdict.exercise}"]
    for check, message in grouped(verdict):
        lines.append(f"  {PASS if check.passed else FAIL} {check.label}")
        if message:
            indent = " " * 6
            lines += textwrap.wrap(message, WIDTH, initial_indent=indent, subsequent_indent=indent)
    return "\n".join(lines)


def as_html(verdict: ExerciseVerdict) -> str:
    """The verdict as a compact HTML block that reads without colour too; all text is escaped."""
    rows = []
    for check, message in grouped(verdict):
        mark, colour = (PASS, "#007a4d") if check.passed else (FAIL, "#b33a00")
        told = f'<div style="margin:0 0 0.3em 1.5em">{set_code(message)}</div>' if message else ""
        rows.append(
            f'<div><span style="color:{colour};font-weight:bold">{mark}</span> '
            f"{set_code(check.label)}</div>{told}"
        )
    colour = "#007a4d" if verdict.passed else "#b33a00"
    right = sum(check.passed for check in verdict.checks)
    head = f"<b>{html.escape(verdict.exercise)}</b> {right} of {len(verdict.checks)} checks pass"
    return (
        f'<div style="border-left:4px solid {colour};padding:0.2em 0.8em;line-height:1.5">'
        f"<div>{head}</div>{''.join(rows)}</div>"
    )


def set_code(text: str) -> str:
    """Escaped text in which `backquoted` parts are set as code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


class Shown:
    """A verdict that displays itself in the form that the front end asks for."""

    def __init__(self, verdict: ExerciseVerdict) -> None:
        self._verdict = verdict

    def __repr__(self) -> str:
        return as_text(self._verdict)

    def _repr_html_(self) -> str:
        return as_html(self._verdict)


def in_notebook() -> bool:
    """Whether IPython runs here, so that rich output can be displayed."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None


def show(verdict: ExerciseVerdict) -> None:
    """Display a verdict."""
    if in_notebook():
        from IPython.display import display

        display(Shown(verdict))
    else:
        print(as_text(verdict))


def say(text: str) -> None:
    """Say one line to the learner."""
    print(text)
