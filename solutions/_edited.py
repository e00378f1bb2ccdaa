"""Wrong implementations of long references, written as the few words in which they differ."""

from __future__ import annotations

import sys
from typing import Any

from grader.keys.mutate import reference_source


def edited(reference: Any, *changes: tuple[str, str]) -> Any:
    """The reference with some words of its source replaced.

    reference  function or class of a module of ``solutions``
    changes    pairs (words that stand just once in the source, words to put in their place)
    Raises `ValueError` for words that stand there never or several times.
    """
    source = reference_source(reference)
    for old, new in changes:
        if source.count(old) != 1:
            raise ValueError(
                f"{reference.__name__}: {old!r} stands there {source.count(old)} times"
            )
        source = source.replace(old, new)
    namespace = dict(vars(sys.modules[reference.__module__]))
    exec(compile(source, f"<edited {reference.__name__}>", "exec"), namespace)
    return namespace[reference.__name__]
