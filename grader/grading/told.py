"""What is told of cells and tasks that could not be run, in the language of whoever reads it."""

from __future__ import annotations

from pix2net.judging.wording import template, worded

HAPPENED = ("timeout", "memory", "killed")  # states of what did not end as it should
NOT_AGAIN = template(
    "takes long, and was not run again once the time for the whole notebook was used up"
)
NO_TIME = template("the time for the whole notebook was used up before this could be graded")


def happened(status: str) -> str:
    """What became of something that is in one of the states of `HAPPENED`, as a predicate."""
    if status == "timeout":
        return worded("did not finish within its time limit")
    if status == "memory":
        return worded("used more memory than it may")
    return worded("ended the process that ran it")


def left_out(number: int, status: str) -> str:
    """A cell that ended the process that ran it."""
    what = happened(status)
    return worded("Cell {number} {happened} and was left out.", number=number, happened=what)


def not_again(number: int) -> str:
    """A cell for which there was no time any more."""
    return worded("Cell {number} {happened}.", number=number, happened=worded(NOT_AGAIN))


def passed_over(number: int, name: str, status: str) -> str:
    """A cell that shows something with what has ended its process."""
    return worded(
        "Cell {number} needs {name}, which {happened}, and was left out.",
        number=number, name=name, happened=happened(status),
    )  # fmt: skip


def blamed(number: int, name: str, status: str) -> str:
    """Why a name is missing whose cell was left out."""
    return worded(
        "cell {number}, which defines {name}, {happened}",
        number=number, name=name, happened=happened(status),
    )  # fmt: skip
