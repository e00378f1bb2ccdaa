"""The built site, served to a real Chromium on this machine's own address."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.conftest import browser, open_screen
from tests.site import pyodide

__all__ = ["browser", "open_screen"]
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "site-test"
MINUTES = 25 * 60
BUILT = "COURSE_SITE_BUILT"  # set by who knows that the site there is the one to try


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def pyodide_files() -> Path:
    return pyodide.fetch(ROOT / "build" / f"pyodide-{pyodide.PYODIDE}")


@pytest.fixture(scope="session")
def site(pyodide_files: Path) -> Path:
    """A site that needs nothing from elsewhere, made by the command of `make site`."""
    command = [sys.executable, "-m", "website", str(SITE), "--pyodide", str(pyodide_files)]
    if not os.environ.get(BUILT):
        subprocess.run(command, cwd=ROOT, check=True, timeout=MINUTES)
    return SITE


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    yield from serving(site)


def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
