"""The service's end of the line to the process that grades attempts as they come."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from grader.network.at_hand_in import READY
from grader.network.desk import Waiting
from grader.sandbox import Wall

START_SECONDS = 120.0
PAUSE_SECONDS = 2.0  # before a process that has ended is started again


class NoGrading(Exception):
    """This machine cannot grade at hand-in; the message says why."""


class Line:
    """Keeps a grading process running, tells it what waits, and hears what is done.

    What waits is on disk and in ``waiting``: a process that ends loses nothing, and the next one is
    told all of it again.
    """

    def __init__(
        self,
        root: Path,
        jobs: int,
        wall: Wall,
        waiting: Waiting,
        done: Callable[[str], Awaitable[None]],
    ) -> None:
        self._command = [
            sys.executable, "-m", "grader.network.at_hand_in", str(root), str(jobs), wall,
        ]  # fmt: skip
        self._waiting = waiting
        self._done = done
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the process; returns once it can grade. Raises `NoGrading`."""
        await self._spawn()
        self._task = asyncio.create_task(self._keep_running())

    async def _spawn(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for us to handle
        )
        assert self._process.stdout is not None
        first = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        if first.decode().strip() != READY:
            await self._process.wait()
            raise NoGrading("grading at hand-in cannot start: its reason stands above")
        for name in list(self._waiting.names):
            self.tell(name)

    def tell(self, name: str) -> None:
        """Say that an attempt waits."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{name}\n".encode())

    async def _keep_running(self) -> None:
        while True:
            assert self._process is not None
            assert self._process.stdout is not None
            while line := await self._process.stdout.readline():
                name = line.decode().rstrip("\n")
                self._waiting.names.pop(name, None)
                await self._done(name)
            await self._process.wait()
            await asyncio.sleep(PAUSE_SECONDS)
            try:
                await self._spawn()
            except (NoGrading, TimeoutError) as error:
                print(f"course serve: {error}; trying again", file=sys.stderr, flush=True)

    async def stop(self) -> None:
        """End the process; what waits is graded after the next start."""
        if self._task is not None:
            self._task.cancel()
        if self._process is not None and self._process.returncode is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                await asyncio.wait_for(self._process.wait(), 10)
            except TimeoutError:
                self._process.kill()
