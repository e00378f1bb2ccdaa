"""The part of a feedback page that is about second looks: what was asked and answered, how to ask.

It stands between two comments, so that the service, which knows what was asked since the page was
written, can put it there as it is now. What students wrote brings no comment onto a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from grader.classroom.requests import Request
from grader.reports.pages import render

BEGIN, END = "<!-- second looks at {} -->", "<!-- second looks end -->"
PART = re.compile(BEGIN.format(r"(\S+)") + ".*?" + END, re.DOTALL)


@dataclass(frozen=True)
class Asking:
    """How a student asks for a second look from a page.

    Attributes:
        assignment: that the page is about.
        most: requests that a student may have of it; 0 for none.
        address: of the service, with a slash at its end; "" where none is known.
    """

    assignment: str
    most: int = 0
    address: str = ""

    def part(self, task: str, requests: Sequence[Request]) -> Markup:
        """The part of a task, as HTML.

        Args:
            requests: all that the student has asked of the assignment.
        """
        about = [each for each in requests if each.task == task]
        may_ask = len(requests) < self.most and not any(each.is_open for each in about)
        found = render(
            "second_looks.html.j2",
            requests=about,
            may_ask=may_ask,
            link=self._link(task) if self.address else "",
            command=f'course ask {self.assignment} {task} "…"',
        )
        return Markup(f"{BEGIN.format(task)}{found}{END}")

    def _link(self, task: str) -> str:
        return f"{self.address}assignments/{quote(self.assignment)}/requests?task={quote(task)}"


def as_it_is_now(page: str, asking: Asking, requests: Sequence[Request]) -> str:
    """A page with these parts as they are now; all else stays."""
    return PART.sub(lambda found: asking.part(found[1], requests), page)
