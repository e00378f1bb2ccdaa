"""Measures a tree of processes from outside: CPU time, memory, number of processes.

The numbers come from the kernel. On Linux they are read from /proc directly, since this happens
some fifty times a second; where that file system lacks what is needed, psutil reads them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
KERNEL_LISTS_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children").exists()
PROCESS_CLOCK = 2  # CPUCLOCK_SCHED, see clock_getcpuclockid(3): the clock of a whole process
LOOKS = 5  # at a tree that changes all the time


@dataclass(frozen=True)
class Usage:
    """CPU seconds so far, bytes in use, and how many processes there are."""

    seconds: float
    memory: int
    processes: int


@dataclass(frozen=True)
class Shares:
    """CPU seconds so far of one process of a tree and of all the others, ended ones included."""

    own: float
    others: float

    @property
    def total(self) -> float:
        """Of the whole tree."""
        return self.own + self.others


class Tree:
    """A process and all that descends from it. In a PID name space nothing can leave the tree, and
    what has ended is counted with whoever waited for it, at last with the root."""

    def __init__(self, pid: int, below: bool = False) -> None:
        """
        Args:
            pid: of the root.
            below: whether the root is ours, and its memory, which it shares, nobody's: for where
                the kernel does not tell how processes of other users share theirs.
        """
        self.pid = pid
        self._below = below

    def usage(self, enough: int) -> Usage:
        """Measure. Memory that is shared is counted once, at the cost of a slower look, only if
        the quick sum reaches ``enough`` bytes."""
        if not KERNEL_LISTS_CHILDREN:
            return _usage_by_psutil(self.pid)
        members = self.members()
        memory = sum(map(_resident, members))
        if memory > enough:
            memory = sum(map(_proportional, members[1:] if self._below else members))
        return Usage(_sum_of_seconds(members), memory, len(members))

    def seconds(self) -> float:
        """CPU seconds that the tree has used so far."""
        if not KERNEL_LISTS_CHILDREN:
            return _usage_by_psutil(self.pid).seconds
        return _sum_of_seconds(self.members())

    def shares(self, main: int, choose: Callable[[Iterable[float]], float]) -> Shares:
        """CPU seconds of the process ``main`` and of the others, even if some end meanwhile.

        Processes are listed until two lists agree; ``choose`` (`min` or `max`) picks from what was
        measured on the way if they never do.
        """
        if not KERNEL_LISTS_CHILDREN:  # nobody tells them apart; together they count all the same
            return Shares(self.seconds(), 0.0)
        found: list[Shares] = []
        members = self.members()
        for _ in range(LOOKS):
            own = _clock(main)
            found.append(Shares(own, _sum_of_seconds(members) - own))
            before, members = members, self.members()
            if members == before:
                return found[-1]
        return Shares(choose(f.own for f in found), choose(f.others for f in found))

    def members(self) -> list[int]:
        """Ids of the processes, the root first; none once it is gone."""
        found = [self.pid]
        for pid in found:  # grows while it is walked
            try:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    children = _read(f"/proc/{pid}/task/{thread}/children")
                    found.extend(map(int, children.split()))
            except OSError:
                if pid == self.pid:
                    return []
        return found


def _read(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, 65536)
    finally:
        os.close(handle)


def _resident(pid: int) -> int:
    try:
        return int(_read(f"/proc/{pid}/statm").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    """Memory of a process with shared pages divided among those who share them."""
    try:
        for entry in _read(f"/proc/{pid}/smaps_rollup").splitlines():
            if entry.startswith(b"Pss:"):
                return int(entry.split()[1]) * 1024
    except (OSError, IndexError):
        pass
    return _resident(pid)


def _sum_of_seconds(members: Sequence[int]) -> float:
    """CPU seconds of processes. The root comes last: one that ends meanwhile is counted by itself
    or with those that it has waited for, and never with neither."""
    return sum(map(_cpu_seconds, reversed(members)))


def _cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended and been waited for."""
    try:
        fields = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
        return _clock(pid) + (int(fields[13]) + int(fields[14])) / TICKS
    except (OSError, IndexError):
        return 0.0


def _clock(pid: int) -> float:
    """CPU seconds of a process and all its threads."""
    try:
        return time.clock_gettime((~pid << 3) | PROCESS_CLOCK)
    except OSError:
        return 0.0


def waited_for_processor(pid: int) -> float:
    """Seconds so far that a process was ready to run and had to wait for others; 0 where the
    kernel does not say."""
    try:
        return int(_read(f"/proc/{pid}/schedstat").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def _usage_by_psutil(pid: int) -> Usage:
    import psutil

    try:
        root = psutil.Process(pid)
        members = [root, *root.children(recursive=True)]
    except psutil.Error:
        return Usage(0.0, 0, 0)
    seconds, memory = 0.0, 0
    for member in members:
        try:
            seconds += sum(member.cpu_times()[:4])
            memory += member.memory_info().rss
        except psutil.Error:
            continue
    return Usage(seconds, memory, len(members))


def gone(pid: int, seconds: float) -> bool:
    """Whether a process that is not our child ends within ``seconds``."""
    end = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() if sys.platform.startswith("linux") else _exists(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
