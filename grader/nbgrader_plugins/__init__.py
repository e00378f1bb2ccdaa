"""nbgrader's plug-in: stock autograding by the same functions as ``course grade``."""

from __future__ import annotations

from traitlets.config import Config


def configure(config: Config) -> None:
    """Set nbgrader up so that ``nbgrader autograde`` and formgrader's button grade as we do.

    A class is named, not imported: reading the settings must not import the grader.
    """
    config.Autograde.exporter_class = "grader.nbgrader_plugins.autograde.GradingExporter"
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = []
