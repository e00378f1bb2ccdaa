"""Sends grades to Canvas by its REST interface.

Canvas knows students by its own number, which the gradebook may have as ``lms_user_id``, or by the
login or SIS number that is their name in the gradebook; assignments by their name.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import requests
from canvasapi import Canvas
from canvasapi.exceptions import CanvasException

from grader.network.posting import Posted, PostError, by_assignment
from grader.reports.grades import Grade

WAIT_SECONDS = 120.0  # for Canvas to write what it was sent
LOOK_SECONDS = 1.0


class CanvasCourse:
    """One course in Canvas.

    Attributes:
        address: of Canvas, such as https://canvas.example.
        token: of somebody who may grade there.
        number: of the course, as its address ends.
    """

    def __init__(self, address: str, token: str, number: str, look: float = LOOK_SECONDS) -> None:
        self._canvas = Canvas(address, token)
        self._number = number
        self._look = look

    def post(self, grades: Sequence[Grade]) -> Posted:
        """Send grades, all of an assignment at once. Raises `PostError`."""
        posted = Posted()
        try:
            course = self._canvas.get_course(self._number)
            users = _users(course)
            there = {str(a.name): a for a in course.get_assignments()}
            for name, rows in sorted(by_assignment(grades, posted).items()):
                if name not in there:
                    posted.leave(rows, f"Canvas has no assignment of the name {name}")
                else:
                    self._post(there[name], rows, users, posted)
        except CanvasException as error:
            raise PostError(f"Canvas refuses: {error}") from error
        except requests.RequestException as error:
            raise PostError(f"Canvas cannot be reached ({type(error).__name__})") from error
        return posted

    def _post(
        self, assignment: Any, rows: Sequence[Grade], users: dict[str, int], posted: Posted
    ) -> None:
        known = [row for row in rows if _number_of(row, users) is not None]
        posted.leave(
            [row for row in rows if row not in known], "Canvas has no student of that login"
        )
        if not known:
            return
        data = {str(_number_of(row, users)): {"posted_grade": f"{row.score:g}"} for row in known}
        progress = assignment.submissions_bulk_update(grade_data=data)
        end = time.monotonic() + WAIT_SECONDS
        while progress.workflow_state not in ("completed", "failed"):
            if time.monotonic() > end:
                posted.leave(known, "Canvas has not said that it wrote it: look there")
                return
            time.sleep(self._look)
            progress = progress.query()
        if progress.workflow_state == "failed":
            why = getattr(progress, "message", None) or "no reason"
            posted.leave(known, f"Canvas failed to write it ({why})")
        else:
            posted.sent += [(row.student, row.assignment) for row in known]


def _users(course: Any) -> dict[str, int]:
    """Canvas' numbers of a course's students, by all that they are called there."""
    found: dict[str, int] = {}
    for user in course.get_users(enrollment_type=["student"]):
        for name in (user.id, getattr(user, "sis_user_id", None), getattr(user, "login_id", None)):
            if name:
                found[str(name)] = int(user.id)
    return found


def _number_of(grade: Grade, users: dict[str, int]) -> int | None:
    return users.get(grade.lms_id) if grade.lms_id else users.get(grade.student)
