"""Splits images so that those made from one drawing stay together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pix2net.data.dataset import Dataset


def parts_by_drawing(
    data: Dataset, shares: Sequence[float], rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Share out the training images among parts of which no two have a drawing in common.

    Every class is shared out by itself: its drawings come in a random order, and each goes to the
    part that has the least of what it should have. Where a data set does not know its drawings,
    every image counts as one of its own.

    Args:
        data: a data set; its test images are not looked at.
        shares: how much of each class the parts should have; they add up to 1 or less.
        rng: decides which drawings go where.

    Returns:
        For each share the row numbers of its images, in ascending order.

    Raises:
        ValueError: a share is not above 0, or they add up to more than 1.
    """
    if min(shares) <= 0 or sum(shares) > 1 + 1e-9:
        raise ValueError("shares must be above 0 and add up to 1 at most")
    wanted = np.array([*shares, 1 - sum(shares)])[: len(shares) + (sum(shares) < 1 - 1e-9)]
    groups = np.arange(len(data.y_train)) if data.group_train is None else data.group_train
    part = np.empty(len(groups), dtype=np.intp)
    for label in np.unique(data.y_train):
        rows = np.flatnonzero(data.y_train == label)
        filled = np.zeros(len(wanted))
        for drawing in rng.permutation(np.unique(groups[rows])):
            its = rows[groups[rows] == drawing]
            chosen = int(np.argmin(filled / wanted))
            part[its] = chosen
            filled[chosen] += len(its)
    return tuple(np.flatnonzero(part == p) for p in range(len(shares)))
