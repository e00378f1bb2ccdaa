"""What a class allows when it hands in over the network, as its nbgrader_config.py says."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from traitlets.config import Config

from grader.classroom.requests import MOST

SECTION = "HandIn"
MAY_BE_NONE = ("second_looks",)
CHOICES = {"counts": ("last", "best"), "shown_early": ("nothing", "points", "all")}


class PolicyError(Exception):
    """A setting that there is none of, or that cannot be; in one sentence."""


@dataclass(frozen=True)
class Policy:
    """How a class hands in: ``c.HandIn.attempts = 5`` and its like.

    Attributes:
        attempts: of a student and an assignment, at most.
        pause: seconds between two of them.
        counts: which attempt is graded in the end: "last", or "best" by the points at hand-in, of
            those in time if there are any.
        late: whether hand-ins are taken after the due date.
        graded: whether attempts are graded when they come, so that points can be shown.
        shown_early: what a student sees of that before the due date: "nothing"; "points" of the
            checks whose names they know from their own; or "all", feedback pages included.
        requests: a minute and student.
        second_looks: that a student may ask for, of an assignment with feedback; 0 for none.
        most_bytes: of a notebook.
    """

    attempts: int = 20
    pause: float = 60.0
    counts: str = "last"
    late: bool = True
    graded: bool = False
    shown_early: str = "nothing"
    requests: int = 120
    second_looks: int = MOST
    most_bytes: int = 16 * 2**20


def policy_of(config: Config) -> Policy:
    """The policy of a class's settings. Raises `PolicyError`."""
    own = dict(config[SECTION]) if SECTION in config else {}
    known = {field.name: field.default for field in fields(Policy)}
    for name, value in own.items():
        if name not in known:
            raise PolicyError(
                f"nbgrader_config.py sets {SECTION}.{name}, which does not exist; there are "
                + ", ".join(sorted(known))
            )
        _must_be_like(name, value, known[name])
    policy = Policy(**own)
    if not policy.graded and (policy.counts == "best" or policy.shown_early == "points"):
        raise PolicyError(
            f"nbgrader_config.py: {SECTION}.counts = 'best' and {SECTION}.shown_early = 'points' "
            f"need {SECTION}.graded = True, since points come from grading at hand-in"
        )
    if policy.most_bytes > Policy.most_bytes:
        raise PolicyError(f"nbgrader_config.py: {SECTION}.most_bytes is at most 16 MiB")
    return policy


def _must_be_like(name: str, value: Any, usual: Any) -> None:
    """Raise `PolicyError` unless a setting is of the kind of the usual one."""
    if isinstance(usual, str):
        if value not in CHOICES[name]:
            raise PolicyError(
                f"nbgrader_config.py: {SECTION}.{name} is one of {', '.join(CHOICES[name])}"
            )
    elif isinstance(usual, bool):
        if not isinstance(value, bool):
            raise PolicyError(f"nbgrader_config.py: {SECTION}.{name} is True or False")
    elif isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise PolicyError(f"nbgrader_config.py: {SECTION}.{name} must be a number, 0 or more")
    least = 0 if name in MAY_BE_NONE else 1
    if type(usual) is int and (not isinstance(value, int) or value < least):
        raise PolicyError(
            f"nbgrader_config.py: {SECTION}.{name} must be a whole number, {least} or more"
        )
