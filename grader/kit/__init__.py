"""What a learner's notebook imports: `check`, `ready`, `mine`, `watch` and the course's figures.

Needs NumPy and the standard library; figures need Matplotlib once they are drawn.
"""

from grader.kit.check import CheckFailed, UnknownTask, check, ready
from grader.kit.mine import mine
from grader.kit.progress import show_progress
from grader.kit.watch import watch

__all__ = ["CheckFailed", "UnknownTask", "check", "mine", "ready", "show_progress", "watch"]
