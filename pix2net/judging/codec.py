"""Plain data as bytes: the one format of answer keys and of the line to the sandbox.

A message is ``header length (4 bytes, big endian) + header (JSON) + array buffers``. JSON carries
None, booleans, numbers, strings and lists as they are; everything else is an object with one tag:

=========  ==========================  =====================================================
tag        content                     meaning
=========  ==========================  =====================================================
``$t``     list of values              tuple
``$d``     list of [key, value]        dict (keys: None, booleans, numbers, strings)
``$a``     [dtype, shape, offset]      NumPy array, C order, in the buffers behind the header
``$s``     [dtype, offset]             NumPy scalar
``$o``     type name                   something that cannot cross (see `Opaque`)
=========  ==========================  =====================================================

The format cannot carry code. `loads` treats its input as hostile: it raises `CodecError` and
nothing else, and allocates no more than the message's own size allows.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

INTEGERS = ("|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8")
FLOATS = ("<f2", "<f4", "<f8", "<c8", "<c16")
DTYPES = frozenset(["|b1", *INTEGERS, *FLOATS])
MAX_INT_BITS = 1024
MAX_KEY_BITS = 60
MAX_NAME = 120
HEADER_BYTES = 4


class CodecError(ValueError):
    """The bytes are not a message, or the value is too large to be one."""


@dataclass(frozen=True)
class Capacity:
    """How large a message may be: ``size`` in bytes, ``depth`` in levels, ``nodes`` in values."""

    size: int = 64 * 2**20
    depth: int = 24
    nodes: int = 200_000


DEFAULT_LIMITS = Capacity()


@dataclass(frozen=True)
class Opaque:
    """Stands for a value that cannot cross; only the name of its type does."""

    type_name: str


@dataclass
class _Writer:
    limits: Capacity
    buffers: list[bytes] = field(default_factory=list)
    offset: int = 0
    nodes: int = 0

    def buffer(self, array: np.ndarray) -> int:
        start = self.offset
        self.offset += array.nbytes
        if self.offset > self.limits.size:
            raise CodecError(f"the value is larger than {self.limits.size} bytes")
        self.buffers.append(array.tobytes())
        return start

    def encode(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > self.limits.depth or self.nodes > self.limits.nodes:
            raise CodecError("the value is nested too deeply or has too many parts")
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return value if value.bit_length() <= MAX_INT_BITS else opaque_tag(value)
        # A named tuple crosses as a tuple, a defaultdict as a dict: by the plain type's methods.
        if isinstance(value, list):
            return [self.encode(part, depth + 1) for part in list.__iter__(value)]
        if isinstance(value, tuple):
            return {"$t": [self.encode(part, depth + 1) for part in tuple.__iter__(value)]}
        if isinstance(value, dict):
            return self.encode_dict(value, depth)
        if kind is Opaque:
            return {"$o": value.type_name[:MAX_NAME]}
        if kind is np.ndarray or isinstance(value, np.generic):
            return self.encode_numpy(value, kind)
        return opaque_tag(value)

    def encode_dict(self, value: dict[Any, Any], depth: int) -> Any:
        if not all(_is_key(key) for key in dict.keys(value)):
            return opaque_tag(value)
        return {
            "$d": [
                [self.encode(key, depth + 1), self.encode(part, depth + 1)]
                for key, part in dict.items(value)
            ]
        }

    def encode_numpy(self, value: Any, kind: type) -> Any:
        array = np.asarray(value)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        if array.dtype.str not in DTYPES:
            return {"$o": f"{type_name(value)} of {array.dtype}"[:MAX_NAME]}
        start = self.buffer(array)
        if kind is np.ndarray:
            return {"$a": [array.dtype.str, list(array.shape), start]}
        return {"$s": [array.dtype.str, start]}


def _is_key(key: Any) -> bool:
    if type(key) is int:
        # Larger ones can be chosen to have equal hashes, which makes a dict of them take hours.
        return key.bit_length() <= MAX_KEY_BITS
    if isinstance(key, np.integer):
        return _is_key(int(key))
    # Complex numbers can be chosen to have equal hashes as well; floats hardly.
    return (
        key is None or type(key) in (bool, float, str) or isinstance(key, (np.bool_, np.floating))
    )


def type_name(value: Any) -> str:
    """The name of a value's type, ``module.Class``, without the module for builtins."""
    kind = type(value)
    module, name = str(kind.__module__), str(kind.__qualname__)
    return (name if module == "builtins" else f"{module}.{name}")[:MAX_NAME]


def opaque_tag(value: Any) -> dict[str, str]:
    """The tag for a value that cannot cross."""
    return {"$o": type_name(value)}


def dumps(value: Any, limits: Capacity = DEFAULT_LIMITS) -> bytes:
    """Encode a value; parts that cannot cross become `Opaque`. Raises `CodecError` if too large."""
    writer = _Writer(limits)
    encoded = writer.encode(value, 0)
    try:
        header = json.dumps(encoded, separators=(",", ":")).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError) as error:
        raise CodecError("the value cannot be written as JSON") from error
    size = HEADER_BYTES + len(header) + writer.offset
    if size > limits.size:
        raise CodecError(f"the value is larger than {limits.size} bytes")
    return len(header).to_bytes(HEADER_BYTES, "big") + header + b"".join(writer.buffers)


def end_of_header(message: bytes) -> int:
    """Where the header of a message ends; what has no arrays ends there, and another may follow."""
    return HEADER_BYTES + int.from_bytes(message[:HEADER_BYTES], "big")


@dataclass
class _Reader:
    buffers: memoryview
    limits: Capacity
    nodes: int = 0

    def decode(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > self.limits.depth or self.nodes > self.limits.nodes:
            raise CodecError("the message is nested too deeply or has too many parts")
        if isinstance(node, list):
            return [self.decode(part, depth + 1) for part in node]
        if not isinstance(node, dict):
            return node
        if len(node) != 1:
            raise CodecError("a tagged value has exactly one tag")
        tag, content = next(iter(node.items()))
        decoders = {"$d": self.decode_dict, "$t": self.decode_tuple}
        if tag in decoders and isinstance(content, list):
            return decoders[tag](content, depth)
        if tag == "$a" and isinstance(content, list) and len(content) == 3:
            return self.array(*content)
        if tag == "$s" and isinstance(content, list) and len(content) == 2:
            return self.array(content[0], [], content[1])[()]
        if tag == "$o" and isinstance(content, str):
            return Opaque(content[:MAX_NAME])
        raise CodecError("unknown tag")

    def decode_tuple(self, content: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.decode(part, depth + 1) for part in content)

    def decode_dict(self, content: list[Any], depth: int) -> dict[Any, Any]:
        result = {}
        for pair in content:
            if not isinstance(pair, list) or len(pair) != 2:
                raise CodecError("a dict is a list of [key, value]")
            key = self.decode(pair[0], depth + 1)
            if not _is_key(key):
                raise CodecError("a dict's key is a number, a string, a boolean or None")
            result[key] = self.decode(pair[1], depth + 1)
        return result

    def array(self, dtype: Any, shape: Any, start: Any) -> np.ndarray:
        if not isinstance(dtype, str) or dtype not in DTYPES:
            raise CodecError("unknown dtype")
        if not isinstance(shape, list) or len(shape) > 16 or not all(_is_size(n) for n in shape):
            raise CodecError("a shape is a short list of sizes")
        if not _is_size(start):
            raise CodecError("an offset is a size")
        length = math.prod(shape) * np.dtype(dtype).itemsize
        if start + length > len(self.buffers):
            raise CodecError("an array reaches beyond the message")
        flat = np.frombuffer(self.buffers[start : start + length], dtype=dtype)
        if dtype == "|b1":  # a byte of 2 would be true, and yet count twice in a sum
            flat = flat.view(np.uint8) != 0
        return flat.reshape(shape).copy()


def _is_size(number: Any) -> bool:
    return type(number) is int and 0 <= number < 2**40


def loads(message: bytes, limits: Capacity = DEFAULT_LIMITS) -> Any:
    """Decode a message that may be hostile. Raises `CodecError`, and nothing else."""
    if not HEADER_BYTES < len(message) <= limits.size:
        raise CodecError("the message is empty or too large")
    length = int.from_bytes(message[:HEADER_BYTES], "big")
    if HEADER_BYTES + length > len(message):
        raise CodecError("the header reaches beyond the message")
    try:
        header = json.loads(
            message[HEADER_BYTES : HEADER_BYTES + length].decode("utf-8", "surrogatepass")
        )
    except (ValueError, RecursionError, MemoryError) as error:
        raise CodecError("the header is not JSON") from error
    reader = _Reader(memoryview(message)[HEADER_BYTES + length :], limits)
    try:
        return reader.decode(header, 0)
    except CodecError:
        raise
    except (ValueError, TypeError, OverflowError, MemoryError, RecursionError) as error:
        raise CodecError("the message does not follow the format") from error
