"""A real JupyterLab on loopback, asked what a learner's browser would ask."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import websocket

SECONDS_TO_START = 240  # on a busy machine


@dataclass
class Server:
    address: str
    token: str
    opened: str
    output: Path | None = None

    def said(self) -> str:
        """What the command has printed."""
        assert self.output is not None
        return self.output.read_text()

    def request(self, path: str, body: Any = None) -> bytes:
        """The answer to a GET, or to a POST if there is a body; raises HTTPError."""
        request = urllib.request.Request(
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=240) as answer:
            content: bytes = answer.read()
        return content

    def json(self, path: str, body: Any = None) -> Any:
        return json.loads(self.request(path, body))

    def page_config(self) -> dict[str, Any]:
        page = self.request("/lab").decode()
        found = re.search(
            r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.S
        )
        assert found is not None
        config: dict[str, Any] = json.loads(found[1])
        return config

    def run_cell(self, code: str, notebook: str) -> str:
        """What a cell prints and shows as text, run in the notebook's kernel as a browser does."""
        session = {"path": notebook, "type": "notebook", "name": notebook, "kernel": {}}
        kernel = self.json("/api/sessions", session)["kernel"]["id"]
        link = websocket.create_connection(
            f"{self.address.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels",
            header=[f"Authorization: token {self.token}"],
            timeout=240,
        )
        ident = uuid.uuid4().hex
        header = {"msg_id": ident, "msg_type": "execute_request", "username": "", "session": "s"}
        message = {"header": {**header, "version": "5.3"}, "parent_header": {}, "metadata": {}}
        content = {"code": code, "silent": False}
        link.send(json.dumps({**message, "content": content, "channel": "shell", "buffers": []}))
        printed = ""
        while True:
            reply = json.loads(link.recv())
            if reply["parent_header"].get("msg_id") != ident:
                continue
            content = reply["content"]
            if reply["msg_type"] in ("stream", "error"):
                printed += content.get("text", "") + content.get("evalue", "")
            if reply["msg_type"] == "display_data":
                printed += content["data"].get("text/plain", "")
            if reply["msg_type"] == "status" and content["execution_state"] == "idle":
                link.close()
                return printed


def wait_for_address(process: subprocess.Popen[str], output: Path) -> re.Match[str]:
    """The address that the server prints; fails if it ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"(http://127\.0\.0\.1:\d+)(\S*)\?token=(\w+)", output.read_text())
        if found:
            return found
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{output.read_text()}")


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[Server]:
    """A command that becomes JupyterLab, started in a folder and ended afterwards."""
    output = folder / "output"
    with output.open("w") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            text=True,
            cwd=folder,
            start_new_session=True,
        )
    try:
        address, opened, token = wait_for_address(process, output).groups()
        yield Server(address, token, opened, output)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # as a terminal that is closed ends all in it
        process.wait(timeout=60)
