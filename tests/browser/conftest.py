"""A real Chromium, and the servers that a learner and an instructor open in it.

Every page is watched: a request to another machine fails the test. A picture of each step is put
into ``build/screenshots``.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / ".venv" / "bin" / "course"
PICTURES = ROOT / "build" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START = 120  # seconds that a server may take to start
PATIENCE = 150_000  # milliseconds that a step may take on a busy machine
expect.set_options(timeout=PATIENCE)
LOCAL = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)[:/]")
INSIDE = re.compile(r"^(data|blob|about|file):")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of this machine."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("no Chromium on this machine: `apt install chromium`, or `make test-browser`")
    with sync_playwright() as playwright:
        # A browser started by root has no sandbox of its own.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=program, args=flags)
        yield running
        running.close()


@dataclass
class Screen:
    """A browser's page, the foreign addresses that it asked for, and pictures of its steps."""

    page: Page
    story: str
    foreign: list[str] = field(default_factory=list)
    taken: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda link: self._note(link.url))

    def _note(self, url: str) -> None:
        if not (LOCAL.match(url) or INSIDE.match(url)):
            self.foreign.append(url)

    def picture(self, step: str) -> None:
        """Keep a picture of this step."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        self.page.screenshot(path=PICTURES / f"{self.story}-{self.taken:02d}-{step}.png")


@pytest.fixture
def open_screen(browser: Browser):
    """Open pages; at the end none of them has asked another machine for anything."""
    screens: list[Screen] = []

    def open_one(story: str) -> Screen:
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        screens.append(Screen(context.new_page(), story))
        return screens[-1]

    yield open_one
    for screen in screens:
        screen.picture("end")
        screen.page.context.close()
    assert [url for screen in screens for url in screen.foreign] == []


@dataclass
class Server:
    """A running server: its address, the page that it opens, its token."""

    address: str
    opening: str
    token: str

    def url(self, path: str = "") -> str:
        """The address of a page, signed in."""
        return f"{self.address}{path or self.opening}?token={self.token}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(words: list[str], home: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """``course WORDS`` as somebody with a home of their own starts it, until the block ends."""
    home.mkdir(exist_ok=True)
    log = home / "server.log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment |= {"HOME": str(home), **settings}
    command = [str(COURSE), *words, "--no-browser", "--port", str(free_port())]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=home, env=environment)
    try:
        yield _wait(process, log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], log: Path) -> Server:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"(http://127\.0\.0\.1:\d+)(\S*)\?token=(\w+)", log.read_text())
        if found:
            return Server(*found.groups())
        time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
