"""Lets cells of older releases import what they name: the course was two packages once.

``data`` and ``grader.kit`` are found as parts of ``pix2net``.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import MappingProxyType, ModuleType

TODAY = MappingProxyType({"grader.kit": "pix2net", "data": "pix2net.data"})


class OldNames:
    """A finder, asked first, that gives today's module for an older name; also its loader."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module comes from; None for a name that the course never had."""
        if _today(name) is None:
            return None
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Today's module."""
        module = importlib.import_module(_today(spec.name) or spec.name)
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module, which has run, its own specification back."""
        assert module.__spec__ is not None
        module.__spec__ = module.__spec__.loader_state


def _today(name: str) -> str | None:
    for old, new in TODAY.items():
        if name == old or name.startswith(f"{old}."):
            return new + name.removeprefix(old)
    return None


def accept_old_names() -> None:
    """Find old names from now on, in this process."""
    sys.meta_path.insert(0, OldNames())
