"""The inner wall: what one forked process does to itself before it serves a submission.

The order matters. Name spaces come first and give the rights to mount; mounts come next; then
everything that was gained is given up: capabilities, files and signals (Landlock), resource
limits, system calls (seccomp).
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from grader.sandbox.inside import kernel, landlock, places, seccomp

PAGE = os.sysconf("SC_PAGE_SIZE")
# Address space may be reserved without being used; only absurd requests are refused here, with
# a MemoryError that the learner sees. Memory in use is what the trusted side watches.
ADDRESS_SPACE_FACTOR = 4


@dataclass(frozen=True)
class WallPlan:
    """How sessions are walled in; made by the trusted side.

    Attributes:
        nested: each session gets name spaces of its own inside the worker's.
        wall: False only in unsafe mode: no walls at all.
        switch_user: the worker starts as root and must become nobody.
        home: the scratch folder that sessions see as their home.
        memory, processes, file_size, scratch, open_files: limits, as in the trusted side's
            `Limits`.
        support: names of the read-only files laid into the working folder.
        figures: whether figures are drawn.
        output: bytes of output kept a cell.
        readable: what Landlock lets a session read.
        guests: each session is another user's, in a home that is made for it: the wall of a
            container, where no name space can be had.
    """

    nested: bool
    wall: bool
    switch_user: bool
    home: str
    memory: int
    processes: int
    file_size: int
    scratch: int
    open_files: int
    output: int
    support: dict[str, str]
    figures: bool
    readable: tuple[str, ...] = ("/",)
    guests: bool = False


def close_inherited(keep: int) -> None:
    """Close every descriptor but the standard three and ``keep``."""
    os.closerange(3, keep)
    os.closerange(keep + 1, max(1024, resource.getrlimit(resource.RLIMIT_NOFILE)[0]))


def settle(user: int, group: int) -> None:
    """Make new name spaces usable, as their first process.

    Args:
        user, group: this process's ids in the name space that it was forked from.
    """
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{places.USER_ID} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{places.USER_ID} {group} 1")
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    mount_processes()


def mount_processes() -> None:
    """Mount /proc to be read, with what it tells of processes. Where the kernel can (5.8) it tells
    nothing of the whole machine: its load, its memory, its counters of everything."""
    flags = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    try:
        kernel.mount("proc", "/proc", "proc", flags, "subset=pid")
    except OSError:
        kernel.mount("proc", "/proc", "proc", flags)


def mount_scratch(plan: WallPlan) -> None:
    """Put an empty file system of limited size over the home folder."""
    inodes = max(1024, plan.scratch // 16384)
    kernel.mount(
        "tmpfs",
        plan.home,
        "tmpfs",
        kernel.MS_NOSUID | kernel.MS_NODEV,
        f"size={plan.scratch},nr_inodes={inodes},mode=700",
    )


def furnish(plan: WallPlan) -> None:
    """Make the folders of a session's home and lay out the support files; go to work there."""
    home = Path(plan.home)
    for name in (places.WORK, places.TEMPORARY, places.SHARED_MEMORY, places.FONT_CACHE):
        (home / name).mkdir(parents=True, exist_ok=True)
    fonts = Path(places.FONTS)
    for cache in fonts.iterdir() if plan.wall and fonts.is_dir() else ():
        _link(home / places.FONT_CACHE / cache.name, str(cache))
    for name, source in plan.support.items():
        _link(home / places.WORK / name, source)
    os.chdir(home / places.WORK)


def folder_of_its_own(plan: WallPlan, guest: int | None = None) -> WallPlan:
    """The plan with a home for one session alone, for where nothing can be mounted.

    Args:
        guest: the user whose home has been made already.
    """
    if guest is None:
        home = tempfile.mkdtemp(prefix="session-", dir=plan.home)
    else:
        home = os.path.join(plan.home, str(guest))
    os.environ.update(HOME=home, TMPDIR=os.path.join(home, places.TEMPORARY))
    tempfile.tempdir = None
    return replace(plan, home=home)


def _link(link: Path, target: str) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(target)


def limit_resources(plan: WallPlan) -> None:
    """Set the limits that the kernel keeps a process; those of the tree are kept outside."""
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    address_space = in_use + ADDRESS_SPACE_FACTOR * plan.memory
    for name, limit in (
        ("RLIMIT_AS", address_space),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", plan.file_size),
        ("RLIMIT_NOFILE", plan.open_files),
        ("RLIMIT_NPROC", plan.processes),
        ("RLIMIT_MSGQUEUE", 0),
        ("RLIMIT_MEMLOCK", 64 * 1024),
    ):
        number = getattr(resource, name)
        hard = resource.getrlimit(number)[1]
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(number, (limit, limit))


def give_up_rights(plan: WallPlan) -> None:
    """Lock this process in for good: capabilities, Landlock, limits, seccomp."""
    kernel.drop_capabilities()
    devices = (*places.WRITABLE_DEVICES, *(places.READABLE_DEVICES if plan.guests else ()))
    locked = landlock.restrict([plan.home], devices, plan.readable)
    limit_resources(plan)
    filtered = seccomp.restrict()
    if plan.guests and not (locked and filtered):
        raise OSError("Landlock and a filter of system calls are all that this wall has")


def become(user: int) -> None:
    """Be another user for good, in no group but one of the same number."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else /proc/self belongs to root


def introduce(line: socket.socket) -> None:
    """Say hello, so that the trusted side learns this process's id from the kernel, and wait."""
    line.sendall(places.HELLO + os.getpid().to_bytes(4, "big"))
    if line.recv(1) != places.WELCOME:
        os._exit(0)


def fork_below_init(line: socket.socket) -> None:
    """Fork; the child returns. The parent stays, and ends as soon as the child has.

    It adopts and buries orphans, so that all processes of a session and the time of those that
    have ended are found below it. Where it is the first process of a PID name space it cannot be
    signalled from inside and takes every other one with it.
    """
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    child = os.fork()
    if child == 0:
        return
    line.close()
    os.closerange(0, 3)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    _bury_until(child)


def _bury_until(child: int) -> NoReturn:
    while True:
        try:
            pid, _ = os.waitpid(-1, 0)
        except InterruptedError:
            continue
        if pid == child:
            os._exit(0)
