"""The command that says what of this machine is ready, the sandbox for grading with it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.sandbox import SandboxUnavailable, layers
from grader.sandbox.container import refuse_if_impossible
from pix2net.cli.doctor import Readiness, examine, tell
from pix2net.cli.options import Json
from pix2net.judging.wording import template

OTHER_WALL = "`--wall container`"
NEEDED_LAYERS = ("bubblewrap", "name spaces")


def _sandbox() -> Iterator[Readiness]:
    for layer in layers():
        yield Readiness(
            f"sandbox: {layer.name}", layer.active, layer.name in NEEDED_LAYERS, layer.detail
        )
    try:
        refuse_if_impossible()
    except SandboxUnavailable as error:
        yield Readiness(OTHER_WALL, False, False, str(error))
    else:
        yield Readiness(OTHER_WALL, True, False, "could be had; it is weaker (docs/containers.md)")


def doctor(json: Json = False) -> None:
    """Say what of this machine is ready, and what to install."""
    tell({"learn": examine(), template("grade"): list(_sandbox())}, json=json)
