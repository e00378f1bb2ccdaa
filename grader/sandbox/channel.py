"""The trusted end of the line: frames to and from a peer that may do anything.

The peer may write too early, too much, too slowly or not at all, and may never read. So the
socket never blocks, what is read is bounded before it is read, and a watch is called at fixed
intervals whatever the peer does.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grader.sandbox.inside.places import FRAME_LENGTH_BYTES, HELLO, WELCOME
from pix2net.judging import codec

CHUNK = 1 << 20  # of what is sent
BUFFER = 1 << 16  # for what comes: more would be allocated anew for every short answer
CREDENTIALS = struct.Struct("3i")
# A value of the header needs at least a comma or a bracket, so this bounds what parsing allocates.
MAX_VALUES = 4 * codec.DEFAULT_LIMITS.nodes
MAX_HEADER = 16 * 2**20


class UnreadableError(Exception):
    """What arrived is not one valid frame in its turn."""


class ClosedError(Exception):
    """The peer is gone."""


def parse(frame: bytes) -> Any:
    """Decode a frame that may be hostile. Raises `UnreadableError`, and nothing else."""
    length = int.from_bytes(frame[: codec.HEADER_BYTES], "big")
    if length > MAX_HEADER:
        raise UnreadableError("the header is too large")
    header = memoryview(frame)[codec.HEADER_BYTES : codec.HEADER_BYTES + length].tobytes()
    if sum(map(header.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise UnreadableError("the message has too many parts")
    try:
        return codec.loads(frame)
    except codec.CodecError as error:
        raise UnreadableError(str(error)) from error


class Channel:
    """One end of a connected socket pair.

    Attributes:
        interval: seconds between two calls of a watch.
    """

    def __init__(self, end: socket.socket, interval: float = 0.02) -> None:
        self._end = end
        self._interval = interval
        end.setblocking(False)

    def close(self) -> None:
        """Close the socket."""
        self._end.close()

    def greet(self, seconds: float) -> int:
        """Wait for the peer's hello; returns its process id.

        On Linux the kernel itself attaches the id, as this name space sees it. Raises
        `ClosedError` or `TimeoutError`.
        """
        self._wait(select.POLLIN, seconds)
        size = socket.CMSG_SPACE(CREDENTIALS.size)
        message, ancillary, _, _ = self._end.recvmsg(len(HELLO) + 4, size)
        if not message.startswith(HELLO):
            raise ClosedError(self._last_words(message))
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == getattr(socket, "SCM_CREDENTIALS", None):
                return int(CREDENTIALS.unpack(content[: CREDENTIALS.size])[0])
        return int.from_bytes(message[len(HELLO) :], "big")

    def _last_words(self, message: bytes) -> str:
        with suppress(OSError):
            message += self._end.recv(8192)
        return message.decode("utf-8", "replace")

    def welcome(self) -> None:
        """Let the greeted peer go on. Raises `ClosedError` if it is gone."""
        try:
            self._end.send(WELCOME)
        except OSError as error:
            raise ClosedError from error

    def _wait(self, events: int, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._end, events)
        if not poll.poll(max(0, seconds) * 1000):
            raise TimeoutError

    def exchange(self, request: bytes, limit: int, watch: Callable[[], None]) -> bytes:
        """Send a frame and return the one that answers it, at most ``limit`` bytes.

        raises   `UnreadableError`, `ClosedError`, and what ``watch`` raises

        Args:
            request: body of the frame; empty to send nothing.
            watch: called at least once an interval; ends the wait by raising.
        """
        outgoing = memoryview(b"")
        if request:
            self._refuse_early()
            outgoing = memoryview(len(request).to_bytes(FRAME_LENGTH_BYTES, "big") + request)
            outgoing = self._send(outgoing)  # mostly all of it at once
        incoming = bytearray()
        poll = select.poll()
        poll.register(self._end, select.POLLIN | (select.POLLOUT if outgoing else 0))
        due = time.monotonic() + self._interval
        while True:
            ready = poll.poll(max(0.0, due - time.monotonic()) * 1000)
            if time.monotonic() >= due:
                watch()
                due = time.monotonic() + self._interval
            for _, event in ready:
                if outgoing and event & select.POLLOUT:
                    outgoing = self._send(outgoing)
                    if not outgoing:
                        poll.modify(self._end, select.POLLIN)
                if event & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    body = self._receive(incoming, limit)
                    if outgoing:
                        raise UnreadableError("an answer before the question")
                    if body is not None:
                        return body

    def _refuse_early(self) -> None:
        try:
            early = self._end.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError as error:
            raise ClosedError from error
        if not early:
            raise ClosedError
        raise UnreadableError("an answer before the question")

    def _send(self, outgoing: memoryview) -> memoryview:
        try:
            return outgoing[self._end.send(outgoing[:CHUNK]) :]
        except BlockingIOError:
            return outgoing
        except OSError as error:
            raise ClosedError from error

    def _receive(self, incoming: bytearray, limit: int) -> bytes | None:
        """Read what is there; the body, once it is complete."""
        try:
            part = self._end.recv(BUFFER)
        except BlockingIOError:
            return None
        except OSError as error:
            raise ClosedError from error
        if not part:
            raise ClosedError
        incoming += part
        if len(incoming) < FRAME_LENGTH_BYTES:
            return None
        length = int.from_bytes(incoming[:FRAME_LENGTH_BYTES], "big")
        if length > limit or len(incoming) > FRAME_LENGTH_BYTES + length:
            raise UnreadableError("a frame is too large, or more than one came")
        if len(incoming) < FRAME_LENGTH_BYTES + length:
            return None
        return bytes(incoming[FRAME_LENGTH_BYTES:])
