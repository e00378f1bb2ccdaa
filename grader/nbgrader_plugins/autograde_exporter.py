"""Puts our merge, sandbox and judge in the place of nbgrader's autograding.

nbgrader converts every submitted notebook twice: "sanitizing" from submitted/ to autograded/, then
"autograding" from there. Both passes end here. The first grades and gives the finished notebook;
the second reads nothing again, saves the verdict that was kept in this process's memory and gives
the same notebook. What nbgrader does around them (students, timestamps, files) stays its own.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from traitlets import Bool, Dict, Enum

from grader.classroom.gradebook import open_gradebook
from grader.classroom.records import Records
from grader.classroom.saving import save
from grader.grading.how import How
from grader.grading.limits import class_limits
from grader.grading.released import Released, load_released
from grader.grading.submission import Graded, grade_submission, open_submission
from grader.handed_in.languages import languages_of
from grader.handed_in.submitted import Handed
from grader.release.course_dir import ClassFolder
from grader.sandbox import Sandbox, Wall


class GradingExporter(NotebookExporter):
    """Grades a submission where nbgrader would read and run it; no content of it raises."""

    unsafe = Bool(False, help="Run student code without the sandbox.").tag(config=True)
    wall: Any = Enum(
        ["bubblewrap", "container"],
        "bubblewrap",
        help="What student code runs behind; container is the weaker wall for machines without "
        "name spaces.",
    ).tag(config=True)
    figures = Bool(False, help="Also run the demonstrations.").tag(config=True)
    _results: Any = Dict()
    _sandboxes: Any = Dict()

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The autograded notebook, and nbgrader's resources as they were.

        Args:
            filename: of no account: what is read is the submission that ``resources`` names.
            resources: nbgrader's, with student and assignment.
        """
        resources = resources or {}
        names = resources["nbgrader"]
        student, assignment = names["student"], names["assignment"]
        if self._converter._sanitizing:
            result = self._grade(student, assignment)
            self._results[student, assignment] = result
        else:
            result = self._results.pop((student, assignment))
            self._save(result)
        resources["output_extension"] = self.file_extension
        return result.notebook, resources

    @property
    def _converter(self) -> Any:
        """nbgrader's Autograde, which made this exporter."""
        return self.parent

    @property
    def _folder(self) -> ClassFolder:
        return ClassFolder(Path(self._converter.coursedir.root).resolve())

    @property
    def _how(self) -> How:
        wall: Wall = "none" if self.unsafe else self.wall
        return How(class_limits(self.config), wall, self.figures)

    def _grade(self, student: str, assignment: str) -> Graded:
        released = load_released(self._folder, assignment)
        language = languages_of(self._folder).of(student)
        place = self._folder.submitted(student, assignment)
        handed = Handed(student, assignment, place, language)
        opened = open_submission(handed, released, self._how)
        return grade_submission(opened, released, lambda: self._sandbox(released))

    def _save(self, result: Graded) -> None:
        with open_gradebook(self._folder, self.config) as writer:
            save(result, writer, Records(self._folder.root))

    def _sandbox(self, released: Released) -> Sandbox:
        """The sandbox of an assignment; it ends with this exporter, which serves one run."""
        name = released.key.assignment
        if name not in self._sandboxes:
            sandbox = self._how.sandbox(released, draws=True)
            weakref.finalize(self, sandbox.close)
            self._sandboxes[name] = sandbox
        own: Sandbox = self._sandboxes[name]
        return own
