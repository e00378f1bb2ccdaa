"""nbgrader's plug-ins: its own commands, done by the functions of ``course``."""

from grader.release.settings import configure

__all__ = ["configure"]
