"""Shows a verdict to a learner: HTML in a notebook, plain text everywhere else."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass

from pix2net.display import in_notebook, say
from pix2net.judging.judge import CheckResult, ExerciseVerdict
from pix2net.judging.wording import counted, translated, worded

PASS, FAIL = "✓", "✗"
# Told apart by the colour-blind. White is legible on them, whatever the page's colours are.
GREEN, RED = "#007a4d", "#b33a00"
MARK = "color:#fff;font-weight:bold;padding:0 0.3em;border-radius:3px"
ALL = 3  # the level at which all that is known is told
WIDTH = 88  # of plain text, in characters


def summary(verdict: ExerciseVerdict) -> str:
    """One line: how many checks fail, and the first message."""
    first = verdict.leading
    if first is None:
        return worded("{name}: all checks pass.", name=verdict.exercise)
    return counted(
        "{name}: {n} of {all} checks fails. {message}",
        "{name}: {n} of {all} checks fail. {message}",
        sum(not check.passed for check in verdict.checks),
        name=verdict.exercise, all=len(verdict.checks), message=first.message,
    )  # fmt: skip


def rows(verdict: ExerciseVerdict, level: int = ALL) -> list[tuple[CheckResult, list[str]]]:
    """The checks to show, each with the sentences below it.

    One hint at a time: at the first level the leading check of those that fail is explained, at the
    second all of them are, at the third with the numbers that were seen. A sentence that repeats is
    told once, and an exercise that passes lists its checks only where all is told.
    """
    shown: set[str] = set()
    explained = []
    for check in verdict.checks:
        if verdict.passed and not (level == ALL or check.message):
            continue
        told = [check.message, check.detail] if level >= ALL else [check.message]
        if not check.passed and check is not verdict.leading and level < 2:
            told = []
        told = [sentence for sentence in told if sentence and sentence not in shown]
        shown.update(told)
        explained.append((check, told))
    return explained


def level_of(verdict: ExerciseVerdict, tries: int) -> int:
    """The level to show a failure at that was seen so many times: each time brings more, if any."""
    levels = [1]
    for level in (2, ALL):
        if _told(verdict, level) != _told(verdict, levels[-1]):
            levels.append(level)
    return levels[min(max(tries, 1), len(levels)) - 1]


def _told(verdict: ExerciseVerdict, level: int) -> set[str]:
    """The sentences about what fails."""
    return {s for check, told in rows(verdict, level) if not check.passed for s in told}


def closing(verdict: ExerciseVerdict, level: int) -> str:
    """What to say below the checks: that another try brings more, where that is so."""
    if level >= ALL or _told(verdict, level) == _told(verdict, ALL):
        return ""
    return worded("Check again without a change to see more.")


def as_text(verdict: ExerciseVerdict, *, level: int = ALL, footer: str = "") -> str:
    """The verdict in plain text, a check a line, messages wrapped below."""
    lines = [f"{PASS if verdict.passed else FAIL} {verdict.exercise}"]
    for check, told in rows(verdict, level):
        lines.append(f"  {PASS if check.passed else FAIL} {translated(check.label)}")
        indent = " " * 6
        for sentence in told:
            lines += textwrap.wrap(sentence, WIDTH, initial_indent=indent, subsequent_indent=indent)
    lines += [line for line in (closing(verdict, level), footer) if line]
    return "\n".join(lines)


def as_html(verdict: ExerciseVerdict, *, level: int = ALL, footer: str = "") -> str:
    """The verdict as a compact HTML block that reads without colour too; all text is escaped."""
    body = []
    for check, told in rows(verdict, level):
        mark, colour = (PASS, GREEN) if check.passed else (FAIL, RED)
        body.append(
            f'<div><span style="background:{colour};{MARK}">{mark}</span> '
            f"{set_code(translated(check.label))}</div>"
        )
        body += [f'<div style="margin:0 0 0.3em 1.5em">{set_code(text)}</div>' for text in told]
    colour = GREEN if verdict.passed else RED
    right = sum(check.passed for check in verdict.checks)
    count = worded("{right} of {all} checks pass", right=right, all=len(verdict.checks))
    head = f"<b>{html.escape(verdict.exercise)}</b> {html.escape(count)}"
    below = [
        f'<div style="opacity:0.75;font-size:90%">{html.escape(line)}</div>'
        for line in (closing(verdict, level), footer)
        if line
    ]
    return (
        f'<div style="border-left:4px solid {colour};padding:0.2em 0.8em;line-height:1.5">'
        f"<div>{head}</div>{''.join(body)}{''.join(below)}</div>"
    )


def set_code(text: str) -> str:
    """Escaped text in which `backquoted` parts are set as code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


@dataclass(frozen=True)
class Shown:
    """A verdict that displays itself in the form that the front end asks for."""

    verdict: ExerciseVerdict
    level: int
    footer: str

    def __repr__(self) -> str:
        return as_text(self.verdict, level=self.level, footer=self.footer)

    def _repr_html_(self) -> str:
        return as_html(self.verdict, level=self.level, footer=self.footer)


def show(verdict: ExerciseVerdict, *, level: int = ALL, footer: str = "") -> None:
    """Display a verdict.

    Args:
        level: how much to tell, 1 to 3; see `rows`.
        footer: a line below.
    """
    shown = Shown(verdict, level, footer)
    if in_notebook():
        from IPython.display import display

        display(shown)
    else:
        say(str(shown))
