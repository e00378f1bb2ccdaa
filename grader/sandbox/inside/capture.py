"""What a cell shows, collected as plain data and bounded in size."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Mapping
from typing import Any

MIME_TYPES = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
)
IMAGE_MARGIN = 16  # an image may be this many times as large as text: it is one thing to look at
CUT_NOTE = "\n[more output than is kept: the rest is cut]\n"


class Recorder:
    """Collects the outputs of one cell, at most ``limit`` bytes of them."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.active = False
        self.start(active=False)

    def start(self, active: bool = True) -> None:
        """Forget everything; collect only if ``active``."""
        self.outputs: list[dict[str, Any]] = []
        self.pieces: list[str] = []
        self.display_ids: dict[str, list[int]] = {}
        self.used = 0
        self.full = False
        self.clear_next = False
        self.active = active

    def _reserve(self, size: int) -> bool:
        if self.clear_next:
            self.clear()
        if not self.active or self.full:
            return False
        self.used += size
        self.full = self.used > self.limit
        return not self.full

    def clear(self) -> None:
        """Drop what was shown so far, as a notebook's clear_output does."""
        self.start(self.active)

    def stream(self, name: str, text: str) -> None:
        """Add printed text; what does not fit is cut."""
        was_full, before = self.full, self.used
        if not self._reserve(len(text)):
            if was_full or not self.active:
                return
            text = text[: max(0, self.limit - before)] + CUT_NOTE
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            self.pieces.append(text)
            return
        self._join()
        self.pieces = [text]
        self.outputs.append({"output_type": "stream", "name": name, "text": ""})

    def _join(self) -> None:
        if self.pieces:
            self.outputs[-1]["text"] = "".join(self.pieces)
            self.pieces = []

    def display(
        self,
        data: Mapping[str, Any],
        count: int | None = None,
        display_id: str | None = None,
        update: bool = False,
    ) -> None:
        """Add something displayed; with ``count`` it is the result of the cell."""
        bundle = {kind: as_text(kind, data[kind]) for kind in MIME_TYPES if kind in data}
        images = sum(len(text) for kind, text in bundle.items() if kind.startswith("image/"))
        texts = sum(len(text) for kind, text in bundle.items()) - images
        if not bundle or not self._reserve(texts + images // IMAGE_MARGIN):
            return
        if update:
            for index in self.display_ids.get(display_id or "", ()):
                self.outputs[index]["data"] = bundle
            return
        self._join()
        kind = "display_data" if count is None else "execute_result"
        output: dict[str, Any] = {"output_type": kind, "data": bundle}
        if count is not None:
            output["execution_count"] = count
        if display_id:
            self.display_ids.setdefault(display_id, []).append(len(self.outputs))
        self.outputs.append(output)

    def error(self, name: str, text: str, lines: list[str]) -> None:
        """Add an exception with its traceback; kept even when the cell printed too much."""
        if not self.active:
            return
        self._join()
        kept = [str(line)[:20_000] for line in lines[:200]]
        self.outputs.append(
            {
                "output_type": "error",
                "ename": str(name)[:200],
                "evalue": str(text)[:10_000],
                "traceback": kept,
            }
        )

    def finish(self) -> list[dict[str, Any]]:
        """The outputs so far."""
        self._join()
        return self.outputs


def as_text(kind: str, content: Any) -> str:
    """One representation of a displayed thing as text; images in base 64."""
    if isinstance(content, bytes):
        if kind in ("image/png", "image/jpeg"):
            return base64.b64encode(content).decode("ascii")
        return content.decode("utf-8", "replace")
    return content if type(content) is str else str(content)


class _Bytes(io.RawIOBase):
    """The binary face of a stream, for code that writes to ``sys.stdout.buffer``."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        content = bytes(content)
        self._stream.write(content.decode("utf-8", "replace"))
        return len(content)


class Stream(io.TextIOBase):
    """A stand-in for ``sys.stdout`` or ``sys.stderr`` that writes to a recorder."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, recorder: Recorder, name: str, descriptor: int) -> None:
        self._recorder, self._name, self._descriptor = recorder, name, descriptor
        self.buffer = _Bytes(self)

    @property
    def name(self) -> str:
        """``stdout`` or ``stderr`` between angle brackets, as Python's own streams are named."""
        return f"<{self._name}>"

    def writable(self) -> bool:
        """Always true."""
        return True

    def isatty(self) -> bool:
        """Never true."""
        return False

    def fileno(self) -> int:
        """The descriptor that child processes may write to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Record text; returns its length."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.stream(self._name, text)
        return len(text)

    def close(self) -> None:
        """Stay open: a learner who closes the stream has not ended the notebook."""


class DescriptorFiles:
    """Files behind descriptors 1 and 2: what C code and child processes write ends there."""

    def __init__(self) -> None:
        self._files = {1: "stdout", 2: "stderr"}

    def open(self, folder: str) -> None:
        """Put an unlinked file of ``folder`` behind each of the two descriptors."""
        for descriptor, name in self._files.items():
            path = os.path.join(folder, f".{name}")
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            handle = os.open(path, flags, 0o600)
            os.dup2(handle, descriptor)
            os.close(handle)
            os.unlink(path)

    def drain(self, recorder: Recorder) -> None:
        """Hand what was written since the last call to the recorder, and empty the files."""
        for descriptor, name in self._files.items():
            try:
                size = os.fstat(descriptor).st_size
                if size:
                    content = os.pread(descriptor, min(size, recorder.limit + 1), 0)
                    os.ftruncate(descriptor, 0)
                    recorder.stream(name, content.decode("utf-8", "replace"))
            except OSError:
                continue  # the learner closed the descriptor; their output is gone, nothing else
