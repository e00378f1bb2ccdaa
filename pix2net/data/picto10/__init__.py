"""picto10: ten classes of drawings on photographed and drawn backgrounds, 32 x 32 RGB.

Drawn anew at each load by a deterministic generator. Drawings of the test split do not occur in the
training split. `ARTWORK.md` beside this file says where everything comes from.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from pix2net.data.dataset import Dataset, protected
from pix2net.data.picto10.artwork import CLASS_NAMES, read_bank
from pix2net.data.picto10.generator import Drawn, Knobs, make

TRAIN_PER_CLASS, TEST_PER_CLASS = 500, 100
SEEDS = {"train": 20_101, "test": 20_102, "tied": 20_103, "swapped": 20_104}

__all__ = ["CLASS_NAMES", "Knobs", "background_experiment", "load", "make"]


def load() -> Dataset:
    """The default set: 5,000 training and 1,000 test images, all knobs at 1."""
    train = make(TRAIN_PER_CLASS, np.random.default_rng(SEEDS["train"]), split="train")
    test = make(TEST_PER_CLASS, np.random.default_rng(SEEDS["test"]), split="test")
    return _dataset("picto10", train, test)


@cache
def background_experiment(train_per_class: int = 100, test_per_class: int = 30) -> Dataset:
    """Objects on swapped backgrounds.

    In training, class k always stands on background kind k; in testing never. The drawings are the
    training split's on both sides, so that only the backgrounds change, and groups are shared.

    Returns:
        A `Dataset` of 10 times so many images with its background kinds; the same one at every
        call, so its arrays are read-only.
    """
    train = make(train_per_class, np.random.default_rng(SEEDS["tied"]), backgrounds="tied")
    test = make(test_per_class, np.random.default_rng(SEEDS["swapped"]), backgrounds="swapped")
    return protected(_dataset("picto10 on tied and swapped backgrounds", train, test))


def _dataset(name: str, train: Drawn, test: Drawn) -> Dataset:
    return Dataset(
        name,
        train.images,
        train.labels,
        test.images,
        test.labels,
        CLASS_NAMES,
        background_train=train.backgrounds,
        background_test=test.backgrounds,
        background_names=read_bank().names,
        group_train=train.groups,
        group_test=test.groups,
    )
