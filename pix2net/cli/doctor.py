"""The command that says what of a learner's machine is ready: packages, notebooks, data."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import typer

from pix2net import places
from pix2net.cli import console
from pix2net.cli.options import Json

MIN_PYTHON = (3, 11)
PACKAGES = ("numpy", "matplotlib", "jupyterlab", "nbgrader", "ipykernel", "ipywidgets")


@dataclass(frozen=True)
class Readiness:
    """One thing that was looked at: whether it is there, whether it is needed, and details."""

    name: str
    ready: bool
    needed: bool
    detail: str


def examine() -> list[Readiness]:
    """Look at everything that a learner needs."""
    return [*_python(), *_packages(), *_notebooks(), *_data(), *_machine()]


def _python() -> Iterator[Readiness]:
    version = ".".join(map(str, sys.version_info[:3]))
    ready = sys.version_info >= MIN_PYTHON
    wanted = "" if ready else f": {MIN_PYTHON[0]}.{MIN_PYTHON[1]} or later is needed"
    yield Readiness("Python", ready, True, version + wanted)


def _packages() -> Iterator[Readiness]:
    for name in PACKAGES:
        try:
            yield Readiness(name, True, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            todo = f"not installed: `{sys.executable} -m pip install {name}`"
            yield Readiness(name, False, True, todo)


def _notebooks() -> Iterator[Readiness]:
    found = len(list(places.NOTEBOOKS.glob("*.ipynb")))
    detail = f"{found} in {places.NOTEBOOKS}" if found else f"none in {places.NOTEBOOKS}"
    yield Readiness("notebooks", found > 0, True, detail)


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
    tell({"learn": examine()}, json=json)


def tell(findings: Mapping[str, Sequence[Readiness]], *, json: bool) -> None:
    """Print what was found, and end with status 0 if all that is needed is there, else 2.

    Args:
        findings: what was looked at, by what it is needed for.
        json: print it as JSON instead.
    """
    ready = {
        purpose: all(f.ready or not f.needed for f in rows) for purpose, rows in findings.items()
    }
    if json:
        rows = [vars(finding) for found in findings.values() for finding in found]
        console.print_json({"ready": all(ready.values()), "findings": rows})
        raise typer.Exit(console.DONE if all(ready.values()) else console.FAILED)
    for finding in (finding for found in findings.values() for finding in found):
        mark = "[green]✓[/]" if finding.ready else "[red]✗[/]" if finding.needed else "[dim]–[/]"
        console.say(f"{mark} [bold]{finding.name}[/] {console.clean(finding.detail)}")
    for purpose, is_ready in ready.items():
        console.say(
            f"Ready to {purpose}." if is_ready
            else f"Not ready to {purpose}: see the lines marked ✗."
        )  # fmt: skip
    raise typer.Exit(console.DONE if all(ready.values()) else console.FAILED)
