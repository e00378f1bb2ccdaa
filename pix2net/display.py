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


def say(text: str) -> None:
    """Say a text to the learner; a terminal that lacks one of its signs shows `?` there."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
