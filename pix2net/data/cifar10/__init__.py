"""CIFAR-10: 32 x 32 photographs of ten classes, on demand.

`archive` reads the published archives, `store` finds or fetches one and keeps it.
"""

from __future__ import annotations

from pix2net.data.cifar10.archive import Archive, read_archive
from pix2net.data.cifar10.store import find_archive
from pix2net.data.dataset import Dataset, first_of_each

TRAIN_PER_CLASS, TEST_PER_CLASS = 500, 100  # of the course's subset, as many as picto10 has


def load() -> Dataset:
    """The first 500 training and 100 test images of every class, in their order: the course's set.

    Raises:
        FetchError: the archive is not there and cannot be fetched.
    """
    return _dataset("cifar10", TRAIN_PER_CLASS, TEST_PER_CLASS)


def load_full() -> Dataset:
    """All 50,000 training and 10,000 test images. Raises as `load` does."""
    return _dataset("cifar10_full", None, None)


def _dataset(name: str, train_per_class: int | None, test_per_class: int | None) -> Dataset:
    archive: Archive = read_archive(find_archive())
    train = first_of_each(archive.y_train, train_per_class)
    test = first_of_each(archive.y_test, test_per_class)
    return Dataset(
        name,
        archive.X_train[train],
        archive.y_train[train],
        archive.X_test[test],
        archive.y_test[test],
        archive.class_names,
    )
