"""nbgrader's plug-ins: its own commands, done by the functions of ``course``."""

from __future__ import annotations

from traitlets.config import Config


def configure(config: Config) -> None:
    """Set nbgrader up so that its commands and formgrader's buttons grade and report as we do.

    A class is named, not imported: reading the settings must not import the grader.
    """
    config.Autograde.exporter_class = "grader.nbgrader_plugins.autograde.GradingExporter"
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = []
    config.GenerateFeedback.exporter_class = "grader.nbgrader_plugins.feedback.FeedbackExporter"
    config.GenerateFeedback.preprocessors = []
