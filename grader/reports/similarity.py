"""Pairs of submissions that share more code than the exercises force.

Code is compared as copydetect does it: names and literals are made alike, then every run of K
characters is a fingerprint. A short exercise has few right answers, so what many of the class share
says nothing: such fingerprints are left out, and only rare ones count. A pair is a reason to look,
not a verdict.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from grader.reports.student_code import StudentCode

K = 20  # characters of a fingerprint, after names and literals are made alike
COMMON = 0.1  # of the class: what more than this share have is forced or usual
AT_LEAST = 3  # students who have it, in a small class
SHARED = 40  # rare fingerprints that two must share to be named
SHARE = 0.5  # of the rare fingerprints of the one who has fewer


@dataclass(frozen=True)
class Pair:
    """Two students whose answers to an assignment resemble each other.

    Attributes:
        shared: rare fingerprints that both have.
        share: of those of the one who has fewer, 0..1.
    """

    assignment: str
    first: str
    second: str
    shared: int
    share: float


def similar_pairs(answers: StudentCode, stubs: Mapping[str, str]) -> list[Pair]:
    """The pairs that share the most rare code, the most alike first.

    Args:
        answers: (student, assignment) -> exercise -> code.
        stubs: exercise -> what its cell held when it was released.
    """
    found: list[Pair] = []
    for assignment in sorted({name for _, name in answers}):
        own = {
            student: _fingerprints(code, stubs)
            for (student, name), code in sorted(answers.items())
            if name == assignment
        }
        found += _pairs(assignment, own)
    return sorted(found, key=lambda p: (-p.share, -p.shared, p.assignment, p.first, p.second))


def _pairs(assignment: str, prints: Mapping[str, frozenset[int]]) -> Iterator[Pair]:
    counts = Counter(one for own in prints.values() for one in own)
    limit = max(AT_LEAST, math.ceil(COMMON * len(prints)))
    rare = {s: frozenset(f for f in own if counts[f] < limit) for s, own in prints.items()}
    for first, second in combinations(sorted(rare), 2):
        shared = len(rare[first] & rare[second])
        fewer = min(len(rare[first]), len(rare[second]))
        if shared >= SHARED and shared >= SHARE * fewer:
            yield Pair(assignment, first, second, shared, shared / fewer)


def _fingerprints(code: Mapping[str, str], stubs: Mapping[str, str]) -> frozenset[int]:
    """The fingerprints of one student's answers, those of untouched stubs left out."""
    from copydetect import CodeFingerprint

    found: set[int] = set()
    for exercise, text in code.items():
        if text.strip() == stubs.get(exercise, "").strip():
            continue
        made = CodeFingerprint("answer.py", K, 1, fp=io.StringIO(text), language="python")
        found.update(int(one) for one in made.hashes)
    return frozenset(found)
