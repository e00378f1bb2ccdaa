"""The commands of instructors and authors, which ``pix2net.cli`` puts together with a learner's."""

from grader import quick  # noqa: F401 - first of all
