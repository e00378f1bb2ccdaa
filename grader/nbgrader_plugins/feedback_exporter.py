"""Puts our feedback page in the place of nbgrader's, for its command and formgrader's buttons.

Stock pages load MathJax from the web and show the notebook alone; ours need nothing from anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Unicode

from grader.release.course_dir import ClassFolder
from grader.reports.write import feedback_for_class


class FeedbackExporter(Exporter):
    """Gives the page of a submission that ``course grade`` or ``nbgrader autograde`` has graded."""

    file_extension = Unicode(".html").tag(config=True)

    def from_filename(  # type: ignore[override]  # it gives text, as HTML exporters do
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and nbgrader's resources as they were.

        Args:
            filename: of no account: the page is made of what grading has recorded.
            resources: nbgrader's, with student and assignment.

        Raises:
            GradingError: a submission that was not graded.
        """
        resources = resources or {}
        names = resources["nbgrader"]
        converter: Any = self.parent  # nbgrader's GenerateFeedback, which made this exporter
        folder = ClassFolder(Path(converter.coursedir.root).resolve())
        (job,) = feedback_for_class(folder, [names["assignment"]], [names["student"]])
        resources["output_extension"] = self.file_extension
        return job.page(), resources
