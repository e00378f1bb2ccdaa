"""How anything reaches the learner: rich where a notebook shows it, else as plain text."""

from __future__ import annotations


def in_notebook() -> bool:
    """Whether IPython runs here, so that rich output can be displayed."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None


def say(text: str) -> None:
    """Say one line to the learner."""
    print(text)
