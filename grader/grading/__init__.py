"""Grading: a submission made into the released notebook, run in the sandbox, judged outside it."""
