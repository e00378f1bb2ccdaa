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
from pix2net.judging.wording import template, translated, worded

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
    least = ".".join(map(str, MIN_PYTHON))
    wanted = "" if ready else worded(": {version} or later is needed", version=least)
    yield Readiness("Python", ready, True, version + wanted)


def _packages() -> Iterator[Readiness]:
    for name in PACKAGES:
        try:
            yield Readiness(name, True, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            command = f"{sys.executable} -m pip install {name}"
            todo = worded("not installed: `{command}`", command=command)
            yield Readiness(name, False, True, todo)


def _notebooks() -> Iterator[Readiness]:
    found = len(list(places.NOTEBOOKS.glob("*.ipynb")))
    detail = worded("none in {folder}", folder=places.NOTEBOOKS)
    if found:
        detail = worded("{n} in {folder}", n=found, folder=places.NOTEBOOKS)
    yield Readiness(template("notebooks"), found > 0, True, detail)


def _data() -> Iterator[Readiness]:
    from pix2net.data import load

    try:
        found = load("picto10")
        detail = worded(
            "{train} training and {test} test images",
            train=len(found.X_train), test=len(found.X_test),
        )  # fmt: skip
        yield Readiness(template("data: picto10"), True, True, detail)
    except OSError as error:
        yield Readiness("data: picto10", False, True, str(error))


def _machine() -> Iterator[Readiness]:
    free = shutil.disk_usage(".").free / 1e9
    yield Readiness(template("cores"), True, False, str(os.cpu_count()))
    yield Readiness(template("disk"), free > 1, False, worded("{n:.0f} GB free here", n=free))


def doctor(json: Json = False) -> None:
    """Say what of this machine is ready, and what to install."""
    tell({template("learn"): examine()}, json=json)


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
        name = translated(finding.name)
        console.say(f"{mark} [bold]{name}[/] {console.clean(finding.detail)}")
    for purpose, is_ready in ready.items():
        console.say(
            worded("Ready to {purpose}.", purpose=translated(purpose)) if is_ready
            else worded(
                "Not ready to {purpose}: see the lines marked ✗.", purpose=translated(purpose)
            )
        )  # fmt: skip
    raise typer.Exit(console.DONE if all(ready.values()) else console.FAILED)
