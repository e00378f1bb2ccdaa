"""The warm process of a worker: everything imported once, forked for each session.

It never runs a submission's code. It waits for the trusted side to hand it one end of a new line,
forks, and goes back to waiting; the fork walls itself in (`grader.sandbox.inside.wall`) and serves.
"""

from __future__ import annotations

import array
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from grader.sandbox.inside import kernel, landlock, places, seccomp, serve, wall
from grader.sandbox.inside import wire as lines
from grader.sandbox.inside.calm import Calm, fix_time_zone, seed_everything
from grader.sandbox.inside.old_names import accept_old_names
from grader.sandbox.inside.shell import Shell, make_shell
from grader.sandbox.inside.wall import WallPlan

NOBODY = 65534
# What a notebook uses. The rest would bring JupyterLab and nbgrader along, a thousand modules whose
# pages every session would have to copy.
NOTEBOOK_ROOMS = ("data", "desk", "judging", "plots")


def become_nobody(nested: bool) -> None:
    """Mount /proc, which needs root's rights, then give those rights up for good.

    Args:
        nested: whether sessions mount another one: they may only where they can see all of this
            one.
    """
    if nested:
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
        kernel.mount("proc", "/proc", "proc", flags)
    else:
        wall.mount_processes()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else /proc/self belongs to root
    kernel.drop_capabilities()


def warm(shell: Shell, figures: bool) -> None:
    """Import and run once whatever is slow the first time; what draws only if ``figures``."""
    import numpy as np

    import pix2net

    np.linalg.svd(np.eye(3))
    np.random.default_rng(0).standard_normal(3)
    known = set(shell.user_ns)
    if figures:
        for room in NOTEBOOK_ROOMS:
            path = [os.path.join(folder, room) for folder in pix2net.__path__]
            for module in pkgutil.walk_packages(path, f"pix2net.{room}."):
                _try_import(module.name)
        draw(shell)
        shell.recorder.start()
        shell.run_cell("def warm(x):\n    return x / 0\nwarm([])", store_history=False)
    shell.recorder.start(active=False)
    for name in set(shell.user_ns) - known:
        del shell.user_ns[name]


def draw(shell: Shell) -> None:
    """Draw a figure once, as notebooks do."""
    import numpy as np
    from matplotlib import pyplot

    shell.run_cell("%matplotlib inline", store_history=False)
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [1, 0], label="$x$")
    axes.imshow(np.zeros((2, 2, 3)))
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    pyplot.close("all")


def load_data() -> None:
    """Make what notebooks load and share it with all sessions to come."""
    from pix2net.data import load
    from pix2net.data.picto10 import background_experiment

    for make in (load, background_experiment):
        with suppress(Exception):  # it will fail in the notebook that needs it
            make()
    gc.freeze()


def _try_import(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception:  # it will fail in the notebook that needs it, where it can be read
        sys.stderr.write(traceback.format_exc())


def probe_name_spaces() -> str:
    """Try in a child whether a session can have name spaces of its own; "" or why not."""
    reader, writer = os.pipe()
    user, group = os.getuid(), os.getgid()
    try:
        pid = kernel.fork_into_name_spaces()
    except OSError as error:
        return str(error)
    if pid == 0:
        wall.close_inherited(writer)
        _answer(writer, lambda: wall.settle(user, group))
    os.close(writer)
    with open(reader, "rb") as answer:
        said = answer.read(2000).decode()
    return "" if said == "ok" else said or "the process ended without a word"


def _answer(writer: int, attempt: Callable[[], None]) -> NoReturn:
    try:
        attempt()
        os.write(writer, b"ok")
    except Exception as error:
        os.write(writer, str(error).encode()[:2000])
    os._exit(0)


def run_session(
    line: socket.socket,
    shell: Shell,
    plan: WallPlan,
    ids: tuple[int, int],
    calm: Calm,
    guest: int | None = None,
) -> NoReturn:
    """What a forked child does: wall itself in, serve, end.

    Args:
        ids: user and group of the worker.
        calm: the worker's state.
        guest: the user that the session becomes, where each has one of its own.
    """
    try:
        serve.reset_signals()
        wall.close_inherited(line.fileno())
        os.setsid()
        if plan.nested:
            wall.settle(*ids)
            wall.mount_scratch(plan)
        if not plan.wall or plan.guests:
            plan = wall.folder_of_its_own(plan, guest)
        wall.introduce(line)
        if guest is not None:
            wall.fork_below_init(line)  # which stays root, where the session cannot end it
            wall.become(guest)
        wall.furnish(plan)
        shell.files.open(plan.home)
        if plan.wall:
            if guest is None:
                wall.fork_below_init(line)
            wall.give_up_rights(plan)
        sys.path.append(os.getcwd())  # last: a file of the learner's shadows no module
        seed_everything()
        serve.serve(line, shell, calm.here())
    except BaseException:
        _confess(line, traceback.format_exc())
    os._exit(0)


def _confess(line: socket.socket, text: str) -> None:
    with suppress(Exception):
        lines.send(line, {"failed": text[-4000:]})


def report(control: socket.socket, nested: str) -> None:
    """Tell the trusted side, once, that this process is warm and which locks there are."""
    facts = {
        "nested": nested,
        "landlock": landlock.abi(),
        "seccomp": seccomp.supported(),
    }
    control.sendall(json.dumps(facts).encode() + b"\n")


def accept(control: socket.socket) -> socket.socket | None:
    """Wait for the line of a new session, making the data sets meanwhile if told to.

    None when the trusted side is gone.
    """
    size = socket.CMSG_SPACE(array.array("i").itemsize)
    message, ancillary, _, _ = control.recvmsg(1, size)
    while message == places.DATA:
        load_data()
        message, ancillary, _, _ = control.recvmsg(1, size)
    if not message:
        return None
    handles = array.array("i")
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            handles.frombytes(content)
    return socket.socket(fileno=handles[0])


def guest_of(control: socket.socket) -> int:
    """The user that the session which was asked for becomes."""
    told = control.recv(places.GUEST_BYTES, socket.MSG_WAITALL)
    return int.from_bytes(told, "big")


def prepare(plan: WallPlan) -> tuple[Shell, Calm]:
    """Everything that is done once: imports, warm-up, a shell, a picture of the state."""
    os.chdir(plan.home)
    fix_time_zone()
    accept_old_names()
    shell = make_shell(plan.output, plan.figures)
    warm(shell, plan.figures)
    calm = Calm.take()
    if seccomp.supported():
        seccomp.packed_program()
    gc.collect()
    gc.freeze()  # the collector would write to every page that forks share
    return shell, calm


def main(arguments: str) -> None:
    """Warm up and fork sessions until the trusted side is gone.

    Args:
        arguments: JSON: ``control``, the descriptor of the control socket, and the fields of
            `WallPlan`.
    """
    settings = json.loads(arguments)
    control = socket.socket(fileno=settings.pop("control"))
    plan = WallPlan(**settings)  # lists of JSON stay lists, which nothing here minds
    if plan.switch_user:
        become_nobody(plan.nested)
    shell, calm = prepare(plan)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    report(control, probe_name_spaces() if plan.nested else "not tried")
    if plan.guests:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)  # what sessions leave is buried here
    ids = os.getuid(), os.getgid()
    fork = kernel.fork_into_name_spaces if plan.nested else os.fork
    while (line := accept(control)) is not None:
        guest = guest_of(control) if plan.guests else None
        if fork() == 0:
            run_session(line, shell, plan, ids, calm, guest)
        line.close()
