"""What of this machine is ready: packages, sandbox, data, for ``course doctor``."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from grader.sandbox import layers

MIN_PYTHON = (3, 11)
PACKAGES = ("numpy", "matplotlib", "jupyterlab", "nbgrader", "pytest")
NEEDED_LAYERS = ("bubblewrap", "name spaces")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is there, whether grading needs it, and details."""

    name: str
    ready: bool
    needed: bool
    detail: str


def examine() -> list[Finding]:
    """Look at everything that the commands need."""
    return [*_python(), *_packages(), *_sandbox(), *_data(), *_machine()]


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    ready = sys.version_info >= MIN_PYTHON
    wanted = "" if ready else f": {MIN_PYTHON[0]}.{MIN_PYTHON[1]} or later is needed"
    yield Finding("Python", ready, True, version + wanted)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, True, name != "pytest", importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, name != "pytest", "not installed: run `make setup`")


def _sandbox() -> Iterator[Finding]:
    for layer in layers():
        yield Finding(
            f"sandbox: {layer.name}", layer.active, layer.name in NEEDED_LAYERS, layer.detail
        )


def _data() -> Iterator[Finding]:
    from data import load

    try:
        found = load("picto10")
        detail = f"{len(found.X_train)} training and {len(found.X_test)} test images"
        yield Finding("data: picto10", True, True, detail)
    except OSError as error:
        yield Finding("data: picto10", False, True, str(error))


def _machine() -> Iterator[Finding]:
    free = shutil.disk_usage(".").free / 1e9
    yield Finding("cores", True, False, str(os.cpu_count()))
    yield Finding("disk", free > 1, False, f"{free:.0f} GB free here")
