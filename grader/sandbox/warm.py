"""The sandbox that graders use: a warm worker that is started once and serves many sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.sandbox.api import Limits, SandboxFailure, Wall
from grader.sandbox.bwrap import Blueprint
from grader.sandbox.session import Session
from grader.sandbox.worker import Worker


class Sandbox:
    """Starts sessions; a context manager. Use it in the thread that made it.

    raises   `SandboxUnavailable` with what to install, `SandboxFailure`

    Attributes:
        limits: of each session.
        support: name below the session's working folder -> file on this machine, seen read-only.
        wall: what sessions run behind; all but the usual one is for machines that cannot build it.
        figures: whether figures are drawn; if not, a figure's output is its description.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        support: Mapping[str, Path] | None = None,
        wall: Wall = "bubblewrap",
        figures: bool = False,
    ) -> None:
        self.limits = limits or Limits()
        self.wall = wall
        files = {name: Path(path) for name, path in (support or {}).items()}
        for name, path in files.items():
            if Path(name).is_absolute() or ".." in Path(name).parts:
                raise ValueError(f"a support file lies below the working folder, not at {name!r}")
            if not path.exists():
                raise FileNotFoundError(f"the support file {path} does not exist")
        self._blueprint = Blueprint(self.limits, files, figures, nested=wall == "bubblewrap")
        self._worker: Worker | None = None
        self._start()

    def _start(self) -> Worker:
        worker = Worker(self._blueprint, self.wall)
        if self._blueprint.nested and not worker.name_spaces_of_their_own:
            # A wall for each session instead of one for all: slower, never thinner.
            worker.close()
            self._blueprint = replace(self._blueprint, nested=False)
            worker = Worker(self._blueprint)
        self._worker = worker
        return worker

    @property
    def one_wall_per_session(self) -> bool:
        """Whether each session starts a worker of its own, for want of nested name spaces."""
        return self.wall == "bubblewrap" and not self._blueprint.nested

    def session(self) -> Session:
        """A fresh process for one submission. Raises `SandboxFailure`; then try once more."""
        worker, self._worker = self._worker, None
        if worker is None or not worker.alive:
            if worker is not None:
                worker.close()
            worker = self._start()
        if not self.one_wall_per_session:
            self._worker = worker
        try:
            return Session(worker, self.limits, owns_worker=self.one_wall_per_session)
        except SandboxFailure:
            self.close()
            raise

    def load_data(self) -> None:
        """Have the data sets ready in the sessions to come, since one has asked for them."""
        if self._worker is not None:
            self._worker.load_data()

    def close(self) -> None:
        """End the worker and every session that is left."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
