"""How much a verdict may tell of hidden inputs: ``python -m benchmarks.bits [CHAPTER ...]``.

A submission sees the inputs of a hidden case and chooses how to fail, so that whoever reads its
feedback learns which of the possible sentences came back. A case of n possible sentences tells
log2(n) bits at most, and a hand-in the sum over its cases. The last column is what `course serve`
tells of an attempt with ``shown_early = "points"``: a count of known checks for each exercise.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Sequence

from grader.exercises.registry import chapters
from grader.keys.compile import compile_exercise
from grader.weave import layout
from pix2net.judging.answer_key import CaseKey, ExerciseKey, load
from pix2net.judging.driver import NO_ANSWERS
from pix2net.judging.ladder import RUNGS
from pix2net.judging.verdicts import SEVERITY

SEED = 2**130 + 1
FORMS = 3  # rungs that what is right in another form may fail
NOTES = 3  # of a case that needs a cache: with whose it was right, or wrong


def sentences(key: ExerciseKey, case: CaseKey) -> int:
    """At most so many different things can be told of a hidden case."""
    error, right, changed, slow = 1, 1, 1, int(case.seconds is not None)
    told = error + right + changed + slow + len(NO_ANSWERS) + len(RUNGS) + FORMS
    told += len(case.answers) + len(case.properties)
    scenario = key.scenarios.get(case.scenario)
    return told * (1 + NOTES if scenario and scenario.otherwise else 1)


def shown_early(chapter: str) -> float:
    """Bits that the points of an attempt tell: a count of checks an exercise, and a status."""
    key = load(layout.COMMITTED / "keys" / f"{chapter}{layout.KEY_SUFFIX}")
    counts = [math.log2(len(exercise.cases) + 1) for exercise in key.exercises.values()]
    return sum(counts) + math.log2(len(SEVERITY))


def main(names: Sequence[str]) -> None:
    """Print a row for each chapter."""
    heads = f"{'chapter':<20} {'cases':>6} {'bits a case':>12} {'most':>6} {'a hand-in':>10}"
    print(f"{heads} {'points':>7}")
    for name, chapter in chapters().items():
        if names and name not in names:
            continue
        bits = [
            math.log2(sentences(key, case))
            for exercise in chapter.exercises.values()
            for key in [compile_exercise(exercise, chapter, SEED, hidden=True)]
            for case in key.cases
        ]
        print(
            f"{name:<20} {len(bits):>6} {statistics.median(bits):>12.1f} {max(bits):>6.1f} "
            f"{sum(bits):>10.0f} {shown_early(name):>7.0f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
