"""The command ``course``; its commands stand in the order of the data's way."""

from grader.cli.app import main

__all__ = ["main"]
