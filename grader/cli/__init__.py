"""The command ``course``; its commands stand in the order of the data's way."""

from grader import quick  # noqa: F401 - first of all
from grader.cli.app import main

__all__ = ["main"]
