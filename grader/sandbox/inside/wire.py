"""The untrusted end of the line: frames with their length before them, in and out."""

from __future__ import annotations

import socket
from typing import Any

from grader.sandbox.inside.places import FRAME_LENGTH_BYTES
from pix2net.judging import codec


class LineClosedError(Exception):
    """The trusted side is gone; so this process has nothing left to do."""


def _receive_exactly(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = line.recv(min(count - len(parts), 1 << 20))
        if not part:
            raise LineClosedError
        parts += part
    return bytes(parts)


def receive(line: socket.socket) -> Any:
    """Wait for a request and decode it. Raises `LineClosedError` when there will be none.

    A request holds no arrays. What follows it in its frame are the inputs of a call.
    """
    length = int.from_bytes(_receive_exactly(line, FRAME_LENGTH_BYTES), "big")
    body = _receive_exactly(line, length)
    request = codec.loads(body)
    inputs = body[codec.end_of_header(body) :]
    if inputs:
        request["inputs"] = codec.loads(inputs)
    return request


def send(line: socket.socket, value: Any, room: int = codec.DEFAULT_LIMITS.size) -> None:
    """Send a reply. Raises `codec.CodecError` if it is larger than ``room`` bytes; then nothing has
    been sent."""
    body = codec.dumps(value, codec.Capacity(size=room))
    line.sendall(len(body).to_bytes(FRAME_LENGTH_BYTES, "big") + body)
