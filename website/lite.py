"""The browser edition: JupyterLite on the course's notebooks, the kit as a wheel of the site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell

from grader.release.package import build_wheel
from grader.weave import layout, notebook
from website.editions import EDITIONS, Edition

LAB = layout.ROOT / "pix2net" / "lab" / "config" / "labconfig"
PYODIDE = "0.27.7"
# Where Pyodide's project has its releases; a folder of one takes its place.
PYODIDE_URL = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/pyodide.js"
PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
# The kernel's worker is a file of this extension: what it loads is named from there.
FROM_WORKER = "../" * 4
# Imports that stand inside of functions: the kernel looks for those of cells alone.
OF_PYODIDE = ("numpy", "matplotlib", "pillow")
# Of our environment; the kernel's own extension has the stand-ins of what they need beside.
WHEELS = ("comm", "ipywidgets", "jupyterlab-widgets", "platformdirs")
LESS = re.compile(r"\b(?:smaller|coarser)\(")
SECONDS = 600


class LiteError(Exception):
    """Why there is no browser edition, and what to do about it."""


def build(work: Path, target: Path, tools: Path, pyodide: Path | None = None) -> None:
    """Build the browser edition.

    Args:
        work: folder for what is made on the way, which is made.
        target: where it is put.
        tools: the environment that JupyterLite is in.
        pyodide: a folder with Pyodide's files that becomes part of the site; without it the
            browser fetches them from their usual address.

    Raises:
        LiteError: a step fails.
    """
    work.mkdir(parents=True)
    wheels = [build_wheel(work / "wheels"), *_download(work / "wheels", tools)]
    contents = work / "contents"
    contents.mkdir()
    for edition in EDITIONS:  # notebooks of another language stand in a folder of its name
        (contents / edition.folder).mkdir(exist_ok=True)
        for path in sorted((layout.COMMITTED / edition.folder).glob(f"*{layout.NOTEBOOK_SUFFIX}")):
            text = as_in_a_browser(path.read_text(encoding="utf-8"), edition)
            (contents / edition.folder / path.name).write_text(text, encoding="utf-8")
    _settings(work, [wheel.name for wheel in wheels])
    if pyodide is not None:
        shutil.copytree(pyodide, work / "static" / "pyodide")
    command = [str(tools / "bin" / "jupyter"), "lite", "build", "--lite-dir", str(work)]
    command += ["--contents", str(contents), "--output-dir", str(target)]
    command += [
        "--LiteBuildConfig.cache_dir",
        str(work / "cache"),
        "--no-sourcemaps",
        "--apps",
        "lab",
    ]
    command += [word for wheel in wheels for word in ("--piplite-wheels", str(wheel))]
    _must("JupyterLite could not be built", command, work)


def as_in_a_browser(text: str, edition: Edition) -> str:
    """A notebook's file; it says below its title if demonstrations compute less in a browser."""
    book = nbformat.reads(text, as_version=4)
    if LESS.search("".join(cell.source for cell in book.cells if cell.cell_type == "code")):
        book.cells.insert(1, new_markdown_cell(edition.less, id="less-in-a-browser"))
    return notebook.to_text(book)


def _download(folder: Path, tools: Path) -> Iterable[Path]:
    """The wheels of the kit's own needs, as requirements-site.lock pins them."""
    lock = (layout.ROOT / "requirements-site.lock").read_text(encoding="utf-8")
    pins = folder / "pins.txt"
    pins.write_text("".join(_pinned(name, lock) for name in WHEELS), encoding="utf-8")
    command = [str(tools / "bin" / "python"), "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "-d", str(folder), "-r", str(pins)]
    before = set(folder.glob("*.whl"))
    _must("the wheels of the browser edition could not be fetched", command, folder)
    pins.unlink()
    return sorted(set(folder.glob("*.whl")) - before)


def _pinned(name: str, lock: str) -> str:
    """The lines of a lock file that pin one package."""
    lines = lock.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next(i for i in range(start, len(lines)) if not lines[i].endswith("\\\n"))
    return "".join(lines[start : end + 1])


def _settings(work: Path, wheels: Iterable[str]) -> None:
    """Write what JupyterLite reads from its folder: how JupyterLab looks, what the kernel loads."""
    shutil.copy(LAB / "default_setting_overrides.json", work / "overrides.json")
    loaded = [*OF_PYODIDE, *(f"{FROM_WORKER}pypi/{name}" for name in wheels)]
    kernel: dict[str, Any] = {
        "disablePyPIFallback": True,  # all that is needed stands in the site
        "loadPyodideOptions": {"packages": loaded},
        "pyodideUrl": PYODIDE_URL,
    }
    page = {"appName": "Pixels to Networks", "litePluginSettings": {PLUGIN: kernel}}
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": page}
    (work / "jupyter-lite.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def _must(problem: str, command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise LiteError(f"{problem}: {said[-1] if said else 'why?'}")
