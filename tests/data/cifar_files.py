"""Makes small archives in the layouts of CIFAR-10, right ones and broken ones."""

from __future__ import annotations

import io
import pickle
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
BATCHES = (*(f"data_batch_{k}" for k in range(1, 6)), "test_batch")


def batch(seed: int, count: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Images (N, 32, 32, 3) uint8 and labels (N,), every class alike."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8), rng.permutation(count) % 10


def planes(images: np.ndarray) -> np.ndarray:
    """(N, 3072): red, green and blue plane, each row by row."""
    return np.concatenate([images[..., c].reshape(len(images), -1) for c in range(3)], axis=1)


def binary_members() -> dict[str, bytes]:
    members = {"batches.meta.txt": ("\n".join(NAMES) + "\n\n").encode()}
    for seed, name in enumerate(BATCHES):
        images, labels = batch(seed)
        records = np.column_stack([labels.astype(np.uint8), planes(images)])
        members[f"{name}.bin"] = records.tobytes()
    return members


def python_members() -> dict[str, bytes]:
    """As the published archive has it: pickles of protocol 2 with keys in bytes."""
    meta = {b"label_names": [name.encode() for name in NAMES], b"num_vis": 3072}
    members = {"batches.meta": pickle.dumps(meta, protocol=2)}
    for seed, name in enumerate(BATCHES):
        images, labels = batch(seed)
        content = {b"data": planes(images), b"labels": [int(label) for label in labels]}
        members[name] = pickle.dumps(content, protocol=2)
    return members


def write_tar(path: Path, members: Mapping[str, bytes], folder: str = "cifar-10/") -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(folder + name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path
