"""A prediction before its figure: the figure waits until a guess was noted."""

from __future__ import annotations

from pix2net.display import say
from pix2net.judging.wording import worded


def guessed(value: object) -> bool:
    """Whether a learner has noted a guess; if not, one line asks for it.

    Args:
        value: what the cell above holds; None, or something empty, is no guess.
    """
    noted = value is not None and value not in ("", [], (), {})
    if not noted:
        say(worded("Note your guess in the cell above and run it; the figure appears here."))
    return noted
