"""The one form in which every data set is given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pix2net.browser import as_indices


@dataclass(frozen=True)
class Dataset:
    """Images and labels, split into training and test; the arrays are read-only.

    background_train,  (N,) int64 kinds of background, where the set knows them, else None
    background_test
    group_train,       (N,) int64 drawing that an image was made from, where the set knows it,

    Attributes:
        X_train, X_test: (N, H, W, 3) uint8 RGB.
        y_train, y_test: (N,) int64 labels in 0..C-1.
        class_names: C names.
        background_names: names of the kinds.
        group_test: else None; no drawing stands in both.
    """

    name: str
    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple[str, ...]
    background_train: np.ndarray | None = None
    background_test: np.ndarray | None = None
    background_names: tuple[str, ...] = ()
    group_train: np.ndarray | None = None
    group_test: np.ndarray | None = None


def protected(dataset: Dataset) -> Dataset:
    """The same data set with arrays that nobody can write into."""
    arrays: dict[str, Any] = {}
    for field, value in vars(dataset).items():
        if isinstance(value, np.ndarray):
            arrays[field] = as_indices(value).copy()
            arrays[field].flags.writeable = False
    return replace(dataset, **arrays)


def first_of_each(labels: np.ndarray, count: int | None) -> np.ndarray:
    """Ascending positions of the first ``count`` of every label; of all for None."""
    if count is None:
        return np.arange(len(labels))
    found = [np.flatnonzero(labels == label)[:count] for label in np.unique(labels)]
    return np.sort(np.concatenate(found))
