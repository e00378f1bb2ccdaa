"""Gradescope's ``results.json`` out of what ``course grade FILE --json`` prints.

    course grade FILE.ipynb --json | python -m grader.network.gradescope > results.json

Gradescope shows results to students after every hand-in, however often they hand in. So what each
exercise earned and why is theirs to see once the assignment is due, and not before; ``--visible``
shows it at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LATER, NOW = "after_due_date", "visible"
MOST_TEXT = 4_000  # characters of what is said of an exercise


def results(verdicts: Iterable[Mapping[str, Any]], *, visible: bool = False) -> dict[str, Any]:
    """The object that Gradescope reads.

    Args:
        verdicts: lines of ``course grade --json``; none if nothing could be graded.
        visible: show students at once what they earned and why.
    """
    found = list(verdicts)
    if not found:
        return {
            "score": 0,
            "output": "This could not be graded: your instructor can see why.",
            "stdout_visibility": "hidden",
        }
    tests = [
        _test(item, NOW if visible else LATER) for v in found for item in v["exercises"].values()
    ]
    said = [f"{v['notebook']}: {v['status']}" + (f" ({v['reason']})" if v.get("reason") else "")
            for v in found]  # fmt: skip
    return {
        "score": sum(v["score"] for v in found),
        "execution_time": sum(v["seconds"] for v in found),
        "output": "\n".join(said),
        "output_format": "text",
        "visibility": NOW if visible else LATER,
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"wall": sorted({v.get("wall", "bubblewrap") for v in found})},
    }


def _test(item: Mapping[str, Any], visibility: str) -> dict[str, Any]:
    failing = [f"{c['label']}: {c['message']}" for c in item["checks"] if not c["passed"]]
    return {
        "name": item["exercise"],
        "score": item["score"],
        "max_score": item["max_score"],
        "status": "passed" if item["passed"] else "failed",
        "output": "\n".join([item.get("reason", ""), *failing]).strip()[:MOST_TEXT],
        "output_format": "text",
        "visibility": visibility,
    }


def main(arguments: Sequence[str]) -> None:
    """Turn lines on standard input into one object on standard output."""
    lines = [json.loads(line) for line in sys.stdin if line.strip()]
    json.dump(results(lines, visible="--visible" in arguments), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
