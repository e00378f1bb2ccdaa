"""What a class allows when it hands in over the network, as its nbgrader_config.py says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from traitlets.config import Config

from grader.classroom.requests import MOST
from grader.exercises.registry import names
from pix2net.handing_in.service import ServiceError, must_be_safe
from pix2net.judging.wording import unknown

SECTION = "HandIn"
LARGEST = 10**9  # of any number; as seconds, 30 years
MAY_BE_NONE = ("second_looks",)
ASSIGNMENTS = "assignments"
WHOLE_CLASS = ("address", "requests", "most_bytes")  # what no assignment has of its own
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
        address: at which students reach the service, with a slash at its end; "" where feedback
            pages do not name it.
        assignments: policies of single assignments, which differ from the class's.
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
    address: str = ""
    assignments: Mapping[str, Policy] = field(default_factory=dict)

    def of(self, assignment: str) -> Policy:
        """What holds for an assignment."""
        return self.assignments.get(assignment, self)

    @property
    def grades(self) -> bool:
        """Whether attempts of any assignment are graded when they come."""
        return any(policy.graded for policy in (self, *self.assignments.values()))


def policy_of(config: Config) -> Policy:
    """The policy of a class's settings. Raises `PolicyError`."""
    own = dict(config[SECTION]) if SECTION in config else {}
    single = own.pop(ASSIGNMENTS, {})
    policy = _policy(own, SECTION, Policy(), WHOLE_CLASS)
    if not isinstance(single, dict) or not all(
        isinstance(name, str) and isinstance(each, dict) for name, each in single.items()
    ):
        raise PolicyError(
            f"nbgrader_config.py: {SECTION}.{ASSIGNMENTS} gives each assignment its settings, such "
            f'as {{"11_capstone": {{"attempts": 3}}}}'
        )
    for name in single:
        if name not in names():
            raise PolicyError(
                f"nbgrader_config.py, {SECTION}.{ASSIGNMENTS}: "
                + unknown("assignment", name, names())
            )
    return replace(policy, assignments={
        name: _policy(each, f"{SECTION}.{ASSIGNMENTS}[{name!r}]", policy)
        for name, each in single.items()
    })  # fmt: skip


def _policy(
    own: Mapping[str, Any], place: str, usual: Policy, more: Collection[str] = ()
) -> Policy:
    """A policy with settings of its own; ``place`` is where they are written."""
    known = {f.name for f in fields(Policy)} - {*WHOLE_CLASS, ASSIGNMENTS} | set(more)
    for name, value in own.items():
        if name not in known:
            raise PolicyError(
                f"nbgrader_config.py sets {place}.{name}, which does not exist; there are "
                + ", ".join(sorted(known))
            )
        _must_be_like(f"{place}.{name}", value, getattr(Policy(), name))
    policy = replace(usual, **own)
    if policy.address:
        policy = replace(policy, address=policy.address.rstrip("/") + "/")
    if not policy.graded and (policy.counts == "best" or policy.shown_early == "points"):
        raise PolicyError(
            f"nbgrader_config.py: {place}.counts = 'best' and {place}.shown_early = 'points' "
            f"need {place}.graded = True, since points come from grading at hand-in"
        )
    if policy.most_bytes > Policy.most_bytes:
        raise PolicyError(f"nbgrader_config.py: {place}.most_bytes is at most 16 MiB")
    return policy


def _must_be_like(name: str, value: Any, usual: Any) -> None:
    """Raise `PolicyError` unless a setting is of the kind of the usual one."""
    setting = name.rpartition(".")[2]
    if setting == "address":
        _must_be_an_address(name, value)
    elif isinstance(usual, str):
        choices = CHOICES[setting]
        if value not in choices:
            raise PolicyError(f"nbgrader_config.py: {name} is one of {', '.join(choices)}")
    elif isinstance(usual, bool):
        if not isinstance(value, bool):
            raise PolicyError(f"nbgrader_config.py: {name} is True or False")
    elif type(value) not in (int, float) or not 0 <= value <= LARGEST:
        raise PolicyError(f"nbgrader_config.py: {name} must be a number from 0 to {LARGEST:,}")
    least = 0 if setting in MAY_BE_NONE else 1
    if type(usual) is int and (not isinstance(value, int) or value < least):
        raise PolicyError(f"nbgrader_config.py: {name} must be a whole number, {least} or more")


def _must_be_an_address(name: str, value: Any) -> None:
    """Raise `PolicyError` for what students cannot join."""
    try:
        must_be_safe(value if isinstance(value, str) else repr(value))
    except ServiceError as problem:
        raise PolicyError(f"nbgrader_config.py, {name}: {problem}") from None
