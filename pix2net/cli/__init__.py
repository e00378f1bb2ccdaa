"""The command ``course``: what a learner does with it stands here, the rest in ``grader.cli``."""

from pix2net.cli.app import main

__all__ = ["main"]
