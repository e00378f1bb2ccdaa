"""What a learner's notebook imports: checks, figures and data sets under one name.

``desk`` is what a learner works with, ``judging`` what decides, there and in grading, ``plots`` the
course's figures, ``data`` its data sets, ``lab`` JupyterLab set up for it, ``handing_in`` the
archive where there is no exchange. Needs NumPy and the standard library; figures need Matplotlib
once they are drawn.
"""

from pix2net.data import load
from pix2net.desk.cells import listen
from pix2net.desk.checking import CheckFailed, UnknownTask, check, ready
from pix2net.desk.guess import guessed
from pix2net.desk.mine import mine
from pix2net.desk.progress import show_progress
from pix2net.desk.watch import watch
from pix2net.handing_in.from_a_cell import submit

listen()  # so that a check can tell which cells of a notebook ran

__all__ = [
    "CheckFailed",
    "UnknownTask",
    "check",
    "guessed",
    "load",
    "mine",
    "ready",
    "show_progress",
    "submit",
    "watch",
]
