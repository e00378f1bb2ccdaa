"""What every class folder sets in nbgrader, kept here so that old folders follow new versions."""

from __future__ import annotations

from traitlets.config import Config

from grader.weave.student_version import RELEASE_PREPROCESSORS


def settings() -> Config:
    """nbgrader's settings for releasing, collecting and grading this course."""
    config = Config()
    config.GenerateAssignment.preprocessors = RELEASE_PREPROCESSORS
    config.ExchangeFactory.collect = "grader.handed_in.exchange.CollectRegularFiles"
    configure(config)
    return config


def configure(config: Config) -> None:
    """Set nbgrader up so that its commands and formgrader's buttons grade and report as we do.

    A class is named, not imported: reading the settings must not import the grader.
    """
    config.Autograde.exporter_class = "grader.nbgrader_plugins.autograde_exporter.GradingExporter"
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = []
    config.GenerateFeedback.exporter_class = (
        "grader.nbgrader_plugins.feedback_exporter.FeedbackExporter"
    )
    config.GenerateFeedback.preprocessors = []
