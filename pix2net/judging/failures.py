"""Why a case has no output: a name that is not there, an exception, a limit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pix2net.judging.answer_key import CaseKey
from pix2net.judging.driver import Outcome, Raised
from pix2net.judging.exceptions import explained
from pix2net.judging.wording import listed, worded

STUB = "NotImplementedError"
INSIDE = "CheckInside"  # what a check raises that an exercise calls
CALL = "call"  # the scenario that simply calls the function with the inputs in their order
# Raised where the learner's function is called, before any line of it runs.
CALLED = r"\(\) (?:takes|missing|got an? unexpected|got multiple)"


def raised_alike(outcomes: Sequence[Outcome]) -> bool:
    """Whether all cases ended in one error in one line.

    That much may be told of hidden cases, too: who has every case fail says nothing by which of
    them do, and tells less of their inputs than a case that passes or fails by itself.
    """
    places = {
        (o.raised.type_name, o.raised.text, o.raised.function) if o.raised else None
        for o in outcomes
    }
    return len(places) == 1 and None not in places


def why_no_answer(
    name: str, outcome: Outcome, case: CaseKey, *, tell: bool, needs: Sequence[str] = ()
) -> str:
    """Why there is no output, in a sentence or two.

    Args:
        name: of the exercise.
        outcome: one that did not return.
        case: what it was called for.
        tell: whether an exception's kind and place may be told.
        needs: names of other exercises without which the case cannot be asked.
    """
    if outcome.status == "missing" and needs:
        return worded(
            "{name} is not defined, or {others}, which its check needs: run the cells of both, and "
            "keep their names.", name=name, others=listed(needs),
        )  # fmt: skip
    if outcome.raised is not None and not tell:
        return worded("{name} raised an error here.", name=name)
    if outcome.raised is not None and case.scenario != CALL and _is_none_of_theirs(outcome.raised):
        return _what_cannot_be_used(name, outcome.raised)
    if outcome.raised is not None:
        return _what_was_raised(name, outcome.raised)
    if outcome.status == "timeout" and case.seconds:
        return worded("{name} did not finish within its time limit of {seconds:g} s.", name=name,
                      seconds=case.seconds)  # fmt: skip
    return {
        "missing": worded("{name} is not defined: run its cell, and keep its name.", name=name),
        "not_callable": worded("{name} is not a function any more: was the name used for something "
                               "else?", name=name),
        "timeout": worded("{name} did not finish within its time limit.", name=name),
        "memory": worded("{name} used more memory than it may.", name=name),
        "killed": worded("{name} ended the process that ran it.", name=name),
        "helped": worded(
            "{name} had other processes at work: its time is measured, so do the work in it.",
            name=name,
        ),
        "unreadable": worded("{name} gave back something too large or too strange to read.",
                             name=name),
    }[outcome.status]  # fmt: skip


def unfilled(name: str) -> str:
    """What is said of a stub."""
    return worded("{name} is not filled in yet: it still raises NotImplementedError.", name=name)


def _is_none_of_theirs(raised: Raised) -> bool:
    """Whether an exception came from what a scenario does with the results of the learner's."""
    theirs = raised.text or raised.file or raised.type_name == STUB
    return not theirs and re.search(CALLED, raised.message) is None


def _what_cannot_be_used(name: str, raised: Raised) -> str:
    if "NoneType" in raised.message:
        return worded(
            "{name} cannot be used as its docstring says: it, or a method of it, gives None where "
            "a result belongs. Is a `return` missing?",
            name=name,
        )
    return worded(
        "{name} cannot be used as its docstring says: using it ends in {what}. Compare what it "
        "returns with the docstring: how much, of which kinds, and under which names.",
        name=name, what=_what(raised),
    )  # fmt: skip


def _what(raised: Raised) -> str:
    return f"{raised.type_name}: {raised.message}" if raised.message else raised.type_name


def _what_was_raised(name: str, raised: Raised) -> str:
    helper = raised.function if raised.function not in ("", name) else ""
    helper = "" if helper.startswith("<") else helper
    if raised.type_name == STUB and helper:
        return worded("{name} calls your `{helper}`, which still raises NotImplementedError: fill "
                      "that in first.", name=name, helper=helper)  # fmt: skip
    if raised.type_name == STUB:
        return unfilled(name)
    if raised.type_name == INSIDE:
        return worded(
            "Your line `{line}` is inside the function that it checks, or inside one which that "
            "calls: move it out, to the left margin.",
            line=raised.text or "check(...)",
        )
    what = _what(raised)
    if raised.text and helper:
        told = worded("{name} raised {what}, in the line `{line}` of your `{helper}`.", name=name,
                      what=what, line=raised.text, helper=helper)  # fmt: skip
    elif raised.text:
        told = worded("{name} raised {what}, in your line `{line}`.", name=name, what=what,
                      line=raised.text)  # fmt: skip
    else:
        told = worded("{name} raised {what}.", name=name, what=what)
    return f"{told} {explained(raised)}".strip()
