"""Reads an archive of CIFAR-10, in its binary or its Python version, as hostile input.

Nothing is unpacked to disk; members are found by their base name and read up to a limit. Both forms
are described on the data set's home page: five training batches and a test batch of images whose
3,072 bytes are the red, the green and the blue plane, each row by row.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from pix2net.data.cifar10.plain_pickle import UnsafePickle, load_plain

SIDE, CHANNELS = 32, 3
PIXELS = SIDE * SIDE * CHANNELS
CLASSES = 10
MAX_MEMBER = 64 * 2**20  # bytes; a batch of 10,000 images has 31 million
MAX_MEMBERS = 200
TRAIN = tuple(f"data_batch_{number}" for number in range(1, 6))
TEST = "test_batch"


class ArchiveError(ValueError):
    """Why a file is no archive of CIFAR-10, in one sentence."""


@dataclass(frozen=True)
class Archive:
    """What an archive holds.

    Attributes:
        X_train, X_test: (N, 32, 32, 3) uint8 RGB.
        y_train, y_test: (N,) int64 labels, 0..9.
        class_names: 10 names.
    """

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple[str, ...]


Batch = tuple[np.ndarray, np.ndarray]


def read_archive(path: Path) -> Archive:
    """Read a tar archive, compressed or not, of either version.

    Raises:
        ArchiveError: anything that is not one.
        OSError: it cannot be read.
    """
    try:
        members = _members(path)
    except (tarfile.TarError, EOFError, ValueError) as error:
        reason = str(error).split("\n")[0].rstrip(":")
        raise ArchiveError(f"{path.name} is no tar archive that can be read: {reason}") from error
    python = TEST in members
    ending, parse = ("", _python_batch) if python else (".bin", _binary_batch)
    batches = [_batch(members, f"{name}{ending}", parse, path) for name in (*TRAIN, TEST)]
    X_train, y_train = (np.concatenate(parts) for parts in zip(*batches[:-1], strict=True))
    return Archive(X_train, y_train, *batches[-1], _class_names(members, path, python=python))


def _members(path: Path) -> dict[str, bytes]:
    """Base name -> content of the regular files of the archive that a data set needs."""
    wanted = {*TRAIN, TEST, "batches.meta", "batches.meta.txt"}
    wanted |= {f"{name}.bin" for name in (*TRAIN, TEST)}
    found: dict[str, bytes] = {}
    with tarfile.open(path) as tar:
        for count, member in enumerate(tar):
            if count >= MAX_MEMBERS:
                raise ValueError(f"it holds more than {MAX_MEMBERS} files")
            name = PurePosixPath(member.name).name
            if name not in wanted or not member.isreg():
                continue
            if name in found:
                raise ValueError(f"it holds {name} twice")
            if member.size > MAX_MEMBER:
                raise ValueError(f"{name} in it is larger than {MAX_MEMBER:,} bytes")
            file = tar.extractfile(member)
            assert file is not None  # of a regular file
            found[name] = file.read(MAX_MEMBER)
    return found


def _batch(
    members: dict[str, bytes], name: str, parse: Callable[[bytes], Batch], path: Path
) -> Batch:
    if name not in members:
        raise ArchiveError(f"{path.name} is no archive of CIFAR-10: {name} is not in it")
    try:
        images, labels = parse(members[name])
    except (ValueError, UnsafePickle) as error:
        raise ArchiveError(f"{name} in {path.name} is damaged: {error}") from error
    return images, labels


def _binary_batch(content: bytes) -> Batch:
    """Records of a label and 3,072 pixels, a byte each."""
    if not content or len(content) % (1 + PIXELS):
        raise ValueError(f"its {len(content):,} bytes are no whole number of records")
    records = np.frombuffer(content, dtype=np.uint8).reshape(-1, 1 + PIXELS)
    return _images(records[:, 1:]), _labels(records[:, 0])


def _python_batch(content: bytes) -> Batch:
    """A pickled dict of ``data``, (N, 3072) uint8, and ``labels``, N integers."""
    batch = load_plain(content)
    if not isinstance(batch, dict):
        raise ValueError("it is not a dict")
    data, labels = (batch.get(key.encode(), batch.get(key)) for key in ("data", "labels"))
    if not isinstance(data, np.ndarray) or data.dtype != np.uint8 or data.ndim != 2:
        raise ValueError("its data is no table of unsigned bytes")
    if data.shape[1] != PIXELS or not isinstance(labels, list) or len(labels) != len(data):
        raise ValueError("its data and labels do not fit together")
    if not all(type(label) is int for label in labels):
        raise ValueError("its labels are not integers")
    return _images(data), _labels(np.array(labels, dtype=np.int64))


def _images(rows: np.ndarray) -> np.ndarray:
    """(N, 32, 32, 3) images from (N, 3072) planes."""
    planes = rows.reshape(-1, CHANNELS, SIDE, SIDE)
    return np.ascontiguousarray(planes.transpose(0, 2, 3, 1))


def _labels(labels: np.ndarray) -> np.ndarray:
    if len(labels) and not set(np.unique(labels)) <= set(range(CLASSES)):
        raise ValueError(f"a label in it is not in 0..{CLASSES - 1}")
    return labels.astype(np.int64)


def _class_names(members: dict[str, bytes], path: Path, *, python: bool) -> tuple[str, ...]:
    name = "batches.meta" if python else "batches.meta.txt"
    try:
        if python:
            listed = load_plain(members[name])
            raw = listed.get(b"label_names", listed.get("label_names"))
            names = [text.decode() if isinstance(text, bytes) else str(text) for text in raw]
        else:
            names = members[name].decode("ascii").split()
    except (KeyError, AttributeError, TypeError, ValueError, UnsafePickle) as error:
        raise ArchiveError(f"{name} in {path.name} is missing or damaged") from error
    if len(names) != CLASSES:
        raise ArchiveError(f"{name} in {path.name} names {len(names)} classes, not {CLASSES}")
    return tuple(names)
