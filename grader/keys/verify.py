"""Verifies the checks themselves: right solutions pass, untouched, trivial and wrong ones do not.

``python -m grader.keys.verify [--keys N] [CHAPTER | EXERCISE ...]`` prints what is wrong, then a
line for each chapter. N hidden keys more show which cases tell only by luck.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from grader.exercises.model import Chapter, DefinitionError, Exercise
from grader.exercises.registry import chapters
from grader.keys.checks import Problem
from grader.keys.workshop import TEST_SEEDS, Workshop
from pix2net.judging.wording import unknown


def verify_chapter(
    chapter: Chapter,
    *,
    only: Sequence[str] = (),
    seeds: Sequence[int] = TEST_SEEDS,
    workshop: Workshop | None = None,
) -> Iterator[Problem]:
    """What does not hold of a chapter's exercises; see `verify_exercise`."""
    wanted = [each for each in chapter.exercises.values() if not only or each.name in only]
    yield from verify_exercises(wanted, chapter, seeds, workshop)


def verify_exercises(
    exercises: Sequence[Exercise],
    chapter: Chapter,
    seeds: Sequence[int] = TEST_SEEDS,
    workshop: Workshop | None = None,
) -> Iterator[Problem]:
    """Rule 10 for exercises of a chapter, on the public key and on hidden keys, and what authors
    promise.

    Args:
        exercises: of the chapter.
        chapter: for what their scenarios use.
        seeds: of the hidden keys; for a costly exercise the first of them.
        workshop: that may know some of it already (default: one that begins from nothing).
    """
    shop = workshop or Workshop()
    with shop.working_on([(each, chapter, seeds) for each in exercises]):
        for exercise in exercises:
            yield from shop.problems(exercise, chapter, seeds)


def main(arguments: Sequence[str]) -> int:
    """Verify all chapters, or the named ones and exercises; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m grader.keys.verify", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CHAPTER | EXERCISE", help="default: all")
    parser.add_argument("--keys", type=int, default=0, metavar="N", help="hidden keys more")
    given = parser.parse_args(arguments)
    seeds = (*TEST_SEEDS, *range(2**132, 2**132 + given.keys))
    wrong, workshop = False, Workshop.of_this_machine()
    for chapter, exercises in chosen(given.names):
        start = time.perf_counter()
        problems = list(verify_exercises(exercises, chapter, seeds, workshop))
        for problem in problems:
            print(problem)
        wrong = wrong or bool(problems)
        seconds = time.perf_counter() - start
        print(f"{chapter.name}: {len(exercises)} exercises, {len(problems)} problems, "
              f"{seconds:.1f} s")  # fmt: skip
    return int(wrong)


def chosen(names: Sequence[str]) -> list[tuple[Chapter, list[Exercise]]]:
    """The chapters and exercises of some names, in the course's order; all where none is named.

    Raises:
        DefinitionError: there is no chapter or exercise of a name, or the course cannot be read.
    """
    known = chapters()
    strange = set(names) - set(known) - {e for c in known.values() for e in c.exercises}
    if strange:
        names_known = [*known, *(e for c in known.values() for e in c.exercises)]
        raise DefinitionError(unknown("chapter or exercise", min(strange), names_known))
    found = [
        (chapter, [e for e in chapter.exercises.values()
                   if not names or chapter.name in names or e.name in names])
        for chapter in known.values()
    ]  # fmt: skip
    return [(chapter, exercises) for chapter, exercises in found if exercises]


def ended(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit status of a command over the hidden package: 2 where that cannot be read."""
    try:
        return command(arguments)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(ended(main, sys.argv[1:]))
