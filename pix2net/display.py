"""How anything reaches the learner: rich where a notebook shows it, else as plain text."""

from __future__ import annotations

import sys


def in_notebook() -> bool:
    """Whether IPython runs here, so that rich output can be displayed."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None


class OneSentence(Exception):
    """What is shown without a traceback, by nbgrader's Validate, too.

    Attributes:
        named: whether the kind is told before the sentence.
    """

    named = True

    def _render_traceback_(self) -> list[str]:
        """IPython's hook: the lines to show in place of a traceback."""
        return [f"{type(self).__name__}: {self}" if self.named else str(self)]


def say(text: str) -> None:
    """Say a text to the learner; a terminal that lacks one of its signs shows `?` there."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
