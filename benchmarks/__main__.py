"""``python -m benchmarks [TABLE ...]``: measurements as tables, with the peers in the same run.

Without a name it prints them all.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.common import Settings

TABLES = (
    "startup", "references", "convolution", "profile", "feedback", "scaling", "hostile", "chapters",
    "autograde", "handing_in",
)  # fmt: skip


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}")
    usual = Settings()
    parser.add_argument("--students", type=int, default=usual.students, help="graded by ours")
    parser.add_argument("--peers", type=int, default=usual.peers, help="graded by stock nbgrader")
    parser.add_argument("--runs", type=int, default=usual.runs, help="of each; the median counts")
    parser.add_argument("--jobs", type=int, default=usual.jobs, help="submissions at a time")
    given = parser.parse_args()
    unknown = sorted(set(given.tables) - set(TABLES))
    if unknown:
        parser.error(f"there is no table {unknown[0]}; there are {', '.join(TABLES)}")
    settings = Settings(given.students, given.peers, given.runs, given.jobs)
    for name in TABLES:
        if name in (given.tables or TABLES):
            import_module(f"benchmarks.{name}").measure(settings)


if __name__ == "__main__":
    main()
