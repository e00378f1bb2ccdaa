"""The limits of a submission that a class sets for itself, in its nbgrader_config.py."""

from __future__ import annotations

from dataclasses import fields, replace
from math import inf

from traitlets.config import Config

from grader.grading.released import GradingError
from grader.sandbox import Limits

SECTION = "SubmissionLimits"


def class_limits(config: Config) -> Limits:
    """What ``c.SubmissionLimits.cell_seconds = 60`` and its like say, the usual limits otherwise.

    Args:
        config: the class folder's settings.

    Raises:
        GradingError: a limit that there is none of, or that is no positive number.
    """
    known = {field.name for field in fields(Limits)}
    own = dict(config[SECTION]) if SECTION in config else {}
    for name, value in own.items():
        if name not in known:
            raise GradingError(
                f"nbgrader_config.py sets {SECTION}.{name}, which does not exist; there are "
                + ", ".join(sorted(known))
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < inf:
            raise GradingError(f"nbgrader_config.py: {SECTION}.{name} must be a positive number")
    usual = Limits()
    return replace(usual, **{name: type(getattr(usual, name))(v) for name, v in own.items()})
