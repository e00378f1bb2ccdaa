"""What a learner hears of a check that takes long, and of one that they interrupt."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pix2net.browser import IN_BROWSER
from pix2net.display import OneSentence, in_notebook, say
from pix2net.judging.driver import Raised, describe_error
from pix2net.judging.wording import worded

SECONDS = 20.0  # until a check says that it is still at work


class CheckInterrupted(OneSentence):
    """The learner ended a check."""

    named = False


def _interrupted(name: str, raised: Raised) -> str:
    if not raised.line:
        return worded("You interrupted the check of {name}.", name=name)
    return worded(
        "You interrupted the check of {name} in line {line} of your code: `{code}`.",
        name=name,
        line=raised.line,
        code=raised.text,
    )


@contextmanager
def told_if_long(name: str, seconds: float = SECONDS) -> Iterator[None]:
    """Say after some seconds that the check of an exercise still runs; name where it was ended.

    Raises:
        CheckInterrupted: the learner interrupted the kernel meanwhile.
    """
    timer = threading.Timer(
        seconds,
        say,
        [
            worded(
                "Still checking {name}. If it should have ended by now, interrupt the kernel (■).",
                name=name,
            )
        ],
    )
    timer.daemon = True
    if in_notebook() and not IN_BROWSER:  # where no second thread can speak up
        timer.start()
    try:
        yield
    except KeyboardInterrupt as error:
        raised = describe_error(error)
        raise CheckInterrupted(_interrupted(name, raised)) from None
    finally:
        timer.cancel()
