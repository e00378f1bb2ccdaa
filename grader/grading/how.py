"""How submissions are graded: said once, and the same for everybody in one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from grader.grading.released import Released
from grader.grading.run import limits_for
from grader.sandbox import Limits, Sandbox, Wall


@dataclass(frozen=True)
class How:
    """How submissions are graded.

    Attributes:
        limits: of each, before what a chapter asks for beyond them.
        wall: what student code runs behind.
        figures: also run the demonstrations, for those who look at the graded notebooks.
    """

    limits: Limits = field(default_factory=Limits)
    wall: Wall = "bubblewrap"
    figures: bool = False

    @property
    def setting(self) -> str:
        """All that a verdict may depend on: demonstrations run when everything is judged."""
        return repr((self.limits, self.wall))

    def sandbox(
        self,
        released: Released,
        *,
        draws: bool = False,
        start: Callable[..., Sandbox] = Sandbox,
    ) -> Sandbox:
        """A sandbox for submissions of an assignment.

        Args:
            draws: whether figures are drawn; if not, a figure's output is its description.
            start: makes it, from what `Sandbox` is made from.
        """
        limits = limits_for(released.key, self.limits)
        return start(limits, support=released.support, wall=self.wall, figures=draws)

    def as_json(self) -> dict[str, Any]:
        """Plain data, for `from_json`."""
        return asdict(self)


def from_json(data: dict[str, Any]) -> How:
    """The inverse of `How.as_json`."""
    return How(**{**data, "limits": Limits(**data["limits"])})
