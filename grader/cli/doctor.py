"""The command that says what of this machine is ready: packages, sandbox, data."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import typer

from grader.cli import console
from grader.cli.options import Json
from grader.sandbox import layers

MIN_PYTHON = (3, 11)
PACKAGES = ("numpy", "matplotlib", "jupyterlab", "nbgrader", "pytest")
NEEDED_LAYERS = ("bubblewrap", "name spaces")


@dataclass(frozen=True)
class Readiness:
    """One thing that was looked at: whether it is there, whether grading needs it, and details."""

    name: str
    ready: bool
    needed: bool
    detail: str


def examine() -> list[Readiness]:
    """Look at everything that the commands need."""
    return [*_python(), *_packages(), *_sandbox(), *_data(), *_machine()]


def _python() -> Iterator[Readiness]:
    version = ".".join(map(str, sys.version_info[:3]))
    ready = sys.version_info >= MIN_PYTHON
    wanted = "" if ready else f": {MIN_PYTHON[0]}.{MIN_PYTHON[1]} or later is needed"
    yield Readiness("Python", ready, True, version + wanted)


def _packages() -> Iterator[Readiness]:
    for name in PACKAGES:
        try:
            yield Readiness(name, True, name != "pytest", importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Readiness(name, False, name != "pytest", "not installed: run `make setup`")


def _sandbox() -> Iterator[Readiness]:
    for layer in layers():
        yield Readiness(
            f"sandbox: {layer.name}", layer.active, layer.name in NEEDED_LAYERS, layer.detail
        )


def _data() -> Iterator[Readiness]:
    from pix2net.data import load

    try:
        found = load("picto10")
        detail = f"{len(found.X_train)} training and {len(found.X_test)} test images"
        yield Readiness("data: picto10", True, True, detail)
    except OSError as error:
        yield Readiness("data: picto10", False, True, str(error))


def _machine() -> Iterator[Readiness]:
    free = shutil.disk_usage(".").free / 1e9
    yield Readiness("cores", True, False, str(os.cpu_count()))
    yield Readiness("disk", free > 1, False, f"{free:.0f} GB free here")


def doctor(json: Json = False) -> None:
    """Say what of this machine is ready, and what to install."""
    findings = examine()
    ready = all(finding.ready or not finding.needed for finding in findings)
    if json:
        console.print_json({"ready": ready, "findings": [vars(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = (
                "[green]✓[/]" if finding.ready else "[red]✗[/]" if finding.needed else "[dim]–[/]"
            )
            console.say(f"{mark} [bold]{finding.name}[/] {console.clean(finding.detail)}")
        console.say("Ready to grade." if ready else "Not ready to grade: see the lines marked ✗.")
    raise typer.Exit(console.DONE if ready else console.FAILED)
