"""The prepared list of the machine's fonts that Matplotlib would else make anew in each worker."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pix2net.files import APP, cache_folder, digest


def _build(folder: Path) -> None:
    """Have Matplotlib write its list of fonts to a folder, in a process without our settings."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "MPLCONFIGDIR": str(folder), "PATH": os.defpath}
        # The list is an optimisation: where it cannot be made, workers start slower.
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=120,
        )


@cache
def font_lists() -> tuple[Path, ...]:
    """Files to lay into a worker's Matplotlib folder; made once for a version and prefix."""
    identity = f"{sys.prefix} {version('matplotlib')}"
    name = f"fonts-{digest(identity)[:16]}"
    try:
        target = cache_folder() / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(target.parent, os.W_OK) and not target.is_dir():
            raise PermissionError
    except (OSError, RuntimeError):
        parent = Path(tempfile.mkdtemp(prefix=APP))
        atexit.register(shutil.rmtree, parent, ignore_errors=True)
        target = parent / name
    if not target.is_dir():
        _make(target)
    return tuple(sorted(target.glob("fontlist-*.json")))


def _make(target: Path) -> None:
    making = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=target.parent))
    _build(making)
    making.chmod(0o755)
    lists = list(making.glob("fontlist-*.json"))
    for made in lists:
        made.chmod(0o644)
    if not lists:  # nothing to keep; the next worker's start tries again
        shutil.rmtree(making, ignore_errors=True)
        return
    try:
        making.rename(target)
    except OSError:  # another process was faster
        shutil.rmtree(making, ignore_errors=True)
