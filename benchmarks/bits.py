"""How much a verdict may tell of hidden inputs: ``python -m benchmarks.bits [CHAPTER ...]``.

A submission sees the inputs of a hidden case and chooses how to fail, so that whoever reads its
feedback learns which of the possible sentences came back. A case of n possible sentences tells
log2(n) bits at most, and a hand-in the sum over its cases.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.exercises.registry import chapters
from grader.keys.compile import compile_exercise
from pix2net.judging.answer_key import CaseKey, ExerciseKey

SEED = 2**130 + 1
WITHOUT_OUTPUT = 7  # an error, missing, no function, unreadable; over time, over memory, killed


def sentences(key: ExerciseKey, case: CaseKey) -> int:
    """At most so many different things can be told of a hidden case."""
    inputs = 2 ** len(case.inputs) - 1  # that were changed
    told = 1 + len(case.answers) + len(case.properties) + inputs + WITHOUT_OUTPUT
    told += _of_output(case.expected, _transforms(case)) + (case.seconds is not None)
    scenario = key.scenarios.get(case.scenario)
    return told * (3 if scenario and scenario.otherwise else 1)  # notes: with whose cache


def _transforms(case: CaseKey) -> int:
    rows = {len(v) for v in case.inputs.values() if isinstance(v, np.ndarray) and v.ndim}
    return 5 + 2 * len(rows)  # minus, twice, half, transposed, a constant; times and by a length


def _of_output(expected: Any, transforms: int) -> int:
    """Sentences of the ladder: what may be wrong with an output or a part of it."""
    if isinstance(expected, (tuple, list)):
        return 3 + sum(_of_output(part, transforms) for part in expected)  # None, type, number
    if isinstance(expected, dict):  # None, type, a key that lacks, one too many
        return 4 + sum(_of_output(part, transforms) for part in expected.values())
    if expected is None or isinstance(expected, str):
        return 3
    # None, type, shape and dtype; the three again where the values are right; NaN, infinite, wrong.
    return 10 + transforms


def main(names: Sequence[str]) -> None:
    """Print a row for each chapter."""
    print(f"{'chapter':<20} {'cases':>6} {'bits a case':>12} {'most':>6} {'a hand-in':>10}")
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
            f"{sum(bits):>10.0f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
