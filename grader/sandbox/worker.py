"""One warm worker: the process of bubblewrap, the zygote inside it, and the socket to it."""

from __future__ import annotations

import array
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from grader.sandbox import bwrap, container
from grader.sandbox.api import SandboxFailure, SandboxUnavailable, Wall
from grader.sandbox.bwrap import Blueprint
from grader.sandbox.inside import places
from grader.sandbox.refusals import is_masked, why_refused

START_SECONDS = 60.0
PASSWD = f"{places.USER}:x:{places.USER_ID}:{places.USER_ID}::{places.HOME}:/bin/sh\n"
GROUP = f"{places.USER}:x:{places.USER_ID}:\n"
BOOT = (
    "import sys; sys.path[:0] = [{library!r}]; sys.path += {sites!r}; "
    "sys.executable = {executable!r}; import site; site.setquit(); site.sethelper(); "
    "from grader.sandbox.inside.zygote import main; main(sys.argv[1])"
)


class Worker:
    """A started worker. Create and use it in a thread that lives as long: bubblewrap ends with it.

    raises     `SandboxUnavailable` if the machine cannot build the wall, `SandboxFailure` if the
               process inside does not start

    Attributes:
        blueprint: the wall.
        wall: of which kind.
    """

    def __init__(self, blueprint: Blueprint, wall: Wall = "bubblewrap") -> None:
        self.blueprint = blueprint
        self.wall = wall
        self._lock = threading.Lock()
        self._folder = "" if wall == "bubblewrap" else tempfile.mkdtemp(prefix="sandbox-")
        self._support = blueprint.support
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self.last_words = ""
        self._has_data = False
        self._control, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = self._spawn(theirs)
        except SandboxUnavailable:
            self._control.close()
            self._errors.close()
            self._remove_folder()
            raise
        self.facts = self._await_ready()

    def _plan(self, control: int) -> str:
        limits = asdict(self.blueprint.limits)
        kept = ("memory", "processes", "file_size", "scratch", "open_files", "output")
        support = {
            name: str(Path(path).resolve()) if self._folder else bwrap.support_place(number)
            for number, (name, path) in enumerate(self._support.items())
        }
        settings: dict[str, Any] = {name: limits[name] for name in kept}
        settings |= {
            "control": control,
            "nested": self.blueprint.nested,
            "wall": self.wall != "none",
            "switch_user": self.wall == "bubblewrap" and bwrap.starts_as_root(),
            "home": self._folder or places.HOME,
            "support": support,
            "figures": self.blueprint.figures,
        }
        if self.wall == "container":
            settings |= {"guests": True, "readable": container.readable(self._support)}
        return json.dumps(settings)

    def _spawn(self, control: socket.socket) -> subprocess.Popen[bytes]:
        if self.wall == "container":
            container.refuse_if_impossible()
            os.chmod(self._folder, 0o711)
            self._support = container.lay_out(self._support, Path(self._folder))
        place = str if self._folder else bwrap.inside
        python = place(os.path.realpath(sys.executable))
        boot = BOOT.format(
            library=str(bwrap.package_root()) if self._folder else places.LIBRARY,
            sites=[place(folder) for folder in bwrap.site_folders()],
            executable=place(sys.executable),
        )
        program = [python, "-s", "-S", "-P", "-c", boot, self._plan(control.fileno())]
        if self._folder:
            surroundings = bwrap.environment(self.blueprint.figures, self._folder)
            return self._popen(program, [control.fileno()], surroundings)
        if bwrap.starts_as_root():
            bwrap.refuse_unreadable()
        with tempfile.TemporaryFile() as passwd, tempfile.TemporaryFile() as group:
            for file, content in ((passwd, PASSWD), (group, GROUP)):
                file.write(content.encode())
                file.seek(0)
            handles = [passwd.fileno(), group.fileno()]
            wall = bwrap.command(bwrap.find_bwrap(), self.blueprint, *handles)
            return self._popen([*wall, *program], [control.fileno(), *handles], {})

    def _popen(
        self, command: list[str], handles: list[int], surroundings: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                command,
                pass_fds=handles,
                env=surroundings,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                start_new_session=True,  # Ctrl-C in a terminal is for us to handle
            )
        except OSError as error:
            raise SandboxUnavailable(f"bubblewrap cannot be run: {error}") from error

    def _await_ready(self) -> dict[str, Any]:
        message = b""
        end = time.monotonic() + START_SECONDS
        while not message.endswith(b"\n"):
            ready, _, _ = select.select([self._control], [], [], max(0, end - time.monotonic()))
            part = self._control.recv(65536) if ready else b""
            if not part:
                raise self._explain()
            message += part
        facts: dict[str, Any] = json.loads(message)
        return facts

    def _explain(self) -> Exception:
        """Why the worker did not start, from what it wrote to stderr."""
        self.close()
        text = self.last_words.strip()
        if text.startswith("bwrap:") or is_masked(text):
            return SandboxUnavailable(why_refused(text, bwrap.find_bwrap()))
        last = text.splitlines()[-1] if text else "it said nothing"
        failure = SandboxFailure(f"the sandbox's worker did not start: {last[:500]}")
        failure.add_note(text[-4000:])  # for who asks for it with COURSE_TRACEBACK
        return failure

    @property
    def alive(self) -> bool:
        """Whether the worker can start sessions."""
        return self._process.poll() is None

    @property
    def name_spaces_of_their_own(self) -> bool:
        """Whether sessions get name spaces inside the worker's."""
        return bool(self.facts["nested"] == "")

    def invite(self) -> container.Guest | None:
        """The user that the next session becomes; None where name spaces keep sessions apart."""
        return container.Guest(Path(self._folder)) if self.wall == "container" else None

    def hand_over(self, end: socket.socket, guest: container.Guest | None = None) -> None:
        """Have the zygote fork a session that serves this end of a line."""
        handles = array.array("i", [end.fileno()])
        who = b"" if guest is None else guest.user.to_bytes(places.GUEST_BYTES, "big")
        with self._lock:
            try:
                self._control.sendmsg(
                    [places.SESSION + who], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)]
                )
            except OSError as error:
                raise SandboxFailure("the sandbox's worker is gone") from error

    def load_data(self) -> None:
        """Have the zygote make the data sets, once; sessions that are forked later share them."""
        if not self._has_data:
            self._has_data = True
            with self._lock, suppress(OSError):  # whoever needs the worker sees that it is gone
                self._control.sendmsg([places.DATA])

    def close(self) -> None:
        """End the worker and with it every session; leaves nothing behind."""
        self._control.close()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._errors.closed:
            return
        self._errors.seek(0)
        self.last_words = self._errors.read(20_000).decode("utf-8", "replace")
        self._errors.close()
        self._remove_folder()

    def _remove_folder(self) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
