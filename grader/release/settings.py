"""What every class folder sets in nbgrader, kept here so that old folders follow new versions."""

from __future__ import annotations

from traitlets.config import Config

from grader.nbgrader_plugins import configure
from grader.release.exchange import CollectRegularFiles
from grader.weave.student import RELEASE_PREPROCESSORS


def settings() -> Config:
    """nbgrader's settings for releasing, collecting and grading this course."""
    config = Config()
    config.GenerateAssignment.preprocessors = RELEASE_PREPROCESSORS
    config.ExchangeFactory.collect = CollectRegularFiles
    configure(config)
    return config
