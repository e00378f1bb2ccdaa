"""What the measurements share: commands, medians, one BLAS thread a process."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Settings:
    """How much is measured.

    Attributes:
        students: of the class that is graded, by ours and as the bare limit.
        peers: students of it that stock nbgrader grades, which takes some hundred times as long.
        runs: of each measurement; medians are shown.
        jobs: submissions at a time.
    """

    students: int = 200
    peers: int = 2
    runs: int = 3
    jobs: int = 2


def with_tools(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which stock nbgrader finds the programs that it calls by name."""
    return {**environment, "PATH": f"{Path(sys.executable).parent}:{environment.get('PATH', '')}"}


def tool(name: str) -> str:
    """The path of a command that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def run(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    good: Iterable[int] = (0,),
) -> str:
    """What a command prints. Raises `RuntimeError` with its last words if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=with_tools({**os.environ, **ONE_THREAD, **(environment or {})}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in good:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout


def seconds(action: Callable[[], object]) -> float:
    """Wall seconds of an action."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median(action: Callable[[], float], runs: int) -> float:
    """The median of what some runs of an action give."""
    return statistics.median(action() for _ in range(runs))


def best(action: Callable[[], object], runs: int) -> float:
    """The shortest of some runs of a quick action, which noise can only lengthen; the first run,
    which wakes things up, is not counted."""
    action()
    return min(seconds(action) for _ in range(runs))


def ratio(value: float, target: float) -> str:
    """A ratio with its target, and whether it is met."""
    return f"{value:.3g} (at most {target:g}: {'met' if value <= target else 'MISSED'})"


def print_parts(
    module: str, about: str | None, parts: Mapping[str, Callable[[], Iterator[str]]], head: str
) -> None:
    """Print the parts of a measurement that the command line names, all of them if it names none.

    Args:
        module: what stands behind ``python -m``.
        about: what its help says.
        parts: name -> what gives the lines of a part.
        head: what stands above a part, with ``{name}`` in it.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}")
    chosen = parser.parse_args().parts or list(parts)
    unknown = sorted(set(chosen) - set(parts))
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(parts)}")
    for name in chosen:
        print(f"\n{head.format(name=name)}\n")
        for line in parts[name]():
            print(line, flush=True)
