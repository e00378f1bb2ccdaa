"""``python -m grader.weave`` writes the student notebooks that are committed."""

import sys

from grader.exercises.registry import chapters
from grader.weave import layout
from grader.weave.committed import write


def main() -> int:
    """Write them, say what changed; 1 if a chapter could not be woven."""
    done = write(chapters().values())
    for name in done.changed:
        print(f"wrote   {name}")
    for name in done.removed:
        print(f"removed {name}")
    for problem in done.problems:
        print(problem, file=sys.stderr)
    if not (done.changed or done.removed or done.problems):
        print(f"{layout.COMMITTED.relative_to(layout.ROOT)} is in step with its sources")
    return int(bool(done.problems))


if __name__ == "__main__":
    sys.exit(main())
