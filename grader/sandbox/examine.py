"""Which layers of the sandbox are active on this machine, for `course doctor`."""

from __future__ import annotations

import os

from grader.sandbox.api import Layer, SandboxFailure, SandboxUnavailable
from grader.sandbox.bwrap import Blueprint, find_bwrap, starts_as_root
from grader.sandbox.worker import Worker


def layers() -> list[Layer]:
    """The layers in the order in which a submission meets them; starts a worker to see."""
    from grader.sandbox.api import Limits

    try:
        program = find_bwrap()
    except SandboxUnavailable as error:
        return [Layer("bubblewrap", False, str(error))]
    found = [Layer("bubblewrap", True, str(program))]
    try:
        worker = Worker(Blueprint(Limits(), {}, figures=False, nested=True))
    except (SandboxUnavailable, SandboxFailure) as error:
        return [*found, Layer("name spaces", False, str(error))]
    facts = worker.facts
    worker.close()
    if starts_as_root():
        user = "started as root, submissions run as nobody"
    else:
        user = f"started as user {os.geteuid()}, in a user name space"
    nested = worker.name_spaces_of_their_own
    version = facts["landlock"]
    return [
        *found,
        Layer("name spaces", True, f"user, PID, mount, IPC, UTS, cgroup, network; {user}"),
        Layer(
            "nested name spaces",
            nested,
            "each session forked from a warm worker has its own"
            if nested
            else f"each session starts bubblewrap anew, which is slower: {facts['nested']}",
        ),
        Layer("Landlock", version > 0, f"version {version}" if version else "not in this kernel"),
        Layer(
            "seccomp",
            bool(facts["seccomp"]),
            "dangerous system calls are refused" if facts["seccomp"] else "not for this processor",
        ),
        Layer("watch", True, "CPU, memory and processes of the whole tree, every 20 ms"),
    ]
