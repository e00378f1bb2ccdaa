"""Reads IDX files, the form in which MNIST and Fashion-MNIST are published."""

from __future__ import annotations

import gzip
import math
import struct
from pathlib import Path

import numpy as np

UNSIGNED_BYTES = 0x08


def read_idx(path: Path) -> np.ndarray:
    """A uint8 array of any number of axes from an IDX file, gzipped or not.

    The file is two zero bytes, the type of its entries (8: unsigned bytes), the number of axes,
    each axis's length as 4 bytes, largest first, and the entries, last axis fastest.

    Raises:
        ValueError: a file that is not of this form.
        OSError: one that cannot be read.
    """
    raw = path.read_bytes()
    content = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] != UNSIGNED_BYTES:
        raise ValueError(f"{path.name} is not an IDX file of unsigned bytes")
    axes, start = content[3], 4 + 4 * content[3]
    if len(content) < start:
        raise ValueError(f"{path.name} ends before its shape does")
    shape = struct.unpack(f">{axes}I", content[4:start])
    if len(content) - start != math.prod(shape):
        raise ValueError(f"{path.name} holds {len(content) - start} entries, its shape {shape}")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)
