"""Exporters for ``nbgrader export``: the forms of ``course export``.

``nbgrader export --exporter grader.nbgrader_plugins.export.CanvasExporter --to grades.csv``
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from grader.reports.grades import FORMS, grades_in


class _Exporter(ExportPlugin):
    """Writes one of our forms to the file that ``--to`` names."""

    form: str

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades that ``--student`` and ``--assignment`` ask for."""
        path = Path(self.to or f"grades-{self.form}.csv")
        grades = grades_in(gradebook, self.assignment, self.student)
        path.write_text(FORMS[self.form](grades), encoding="utf-8", newline="")
        self.log.info("Wrote %s", path)


class PlainExporter(_Exporter):
    """One row a student and assignment, with all that is known."""

    form = "plain"


class CanvasExporter(_Exporter):
    """Canvas's gradebook import."""

    form = "canvas"


class MoodleExporter(_Exporter):
    """Moodle's grade import."""

    form = "moodle"
