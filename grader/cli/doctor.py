"""The command that says what of this machine is ready, the sandbox for grading with it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.sandbox import layers
from pix2net.cli.doctor import Readiness, examine, tell
from pix2net.cli.options import Json

NEEDED_LAYERS = ("bubblewrap", "name spaces")


def _sandbox() -> Iterator[Readiness]:
    for layer in layers():
        yield Readiness(
            f"sandbox: {layer.name}", layer.active, layer.name in NEEDED_LAYERS, layer.detail
        )


def doctor(json: Json = False) -> None:
    """Say what of this machine is ready, and what to install."""
    tell({"learn": examine(), "grade": list(_sandbox())}, json=json)
