"""A class with one small assignment, and its service as a program of its own."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.network.tokens import Tokens
from grader.release.course_dir import ClassFolder, create_class
from pix2net.handing_in.service import Joined, Service

NAME = "01_toy"
START_SECONDS = 60
STUDENTS = ("ada", "bob", "O'Brien, Zoë")


def book(text: str = "") -> bytes:
    """A notebook that says something."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    return json.dumps(whole).encode()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    folder = create_class(tmp_path_factory.mktemp("gradebook") / "class")
    with folder.gradebook() as gradebook:
        gradebook.add_assignment(NAME)
    return folder.root / "gradebook.db"


@pytest.fixture
def folder(tmp_path, empty_gradebook) -> ClassFolder:
    return class_in(tmp_path, empty_gradebook)


def class_in(place: Path, empty_gradebook: Path) -> ClassFolder:
    """A class folder with the assignment, in a folder."""
    folder = create_class(place / "class")
    shutil.copy(empty_gradebook, folder.root)
    for place in (folder.source(NAME), folder.release(NAME)):
        (place / "keys").mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_bytes(book("released"))
        (place / "keys" / f"{NAME}.key").write_bytes(b"a public key")
    return folder


def allow(folder: ClassFolder, **policy: object) -> None:
    """Write a policy into the class's settings."""
    with (folder.root / "nbgrader_config.py").open("a") as file:
        for name, value in policy.items():
            file.write(f"c.HandIn.{name} = {value!r}\n")


@dataclass
class Served:
    """A running service, and its students."""

    folder: ClassFolder
    process: subprocess.Popen[str]
    url: str
    tokens: dict[str, str]
    said: list[str] = field(default_factory=list)

    def client(self, student: str) -> Service:
        return Service(Joined(self.url, self.tokens[student], student))

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


def start(folder: ClassFolder, tokens: dict[str, str], *words: str) -> Served:
    """Start the service and wait until it answers."""
    command = [sys.executable, "-m", "pix2net", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--class-dir", str(folder.root), *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    said: list[str] = []

    def read() -> None:
        for line in process.stdout:
            said.append(line)
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    while "taken at" not in (line := lines.get(timeout=START_SECONDS)):
        assert line, f"the service ended: {''.join(said)}"
    url = line.split(" at ")[1].split()[0].rstrip("/")
    return Served(folder, process, url, tokens, said)


@pytest.fixture
def tokens(folder):
    return Tokens(folder).give(STUDENTS)


@pytest.fixture
def serve(folder, tokens):
    """Start the service; what is started is ended."""
    running = []

    def run(*words: str, **policy: object) -> Served:
        allow(folder, **policy)
        running.append(start(folder, tokens, *words))
        return running[-1]

    yield run
    for served in running:
        if served.process.poll() is None:
            served.kill()


def attempts_on_disk(folder: ClassFolder) -> list[Path]:
    return sorted(folder.root.glob("attempts/*/*/[0-9]*"))
