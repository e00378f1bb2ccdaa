"""Parts by drawing: every image in one part at most, no drawing in two, classes evenly shared."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pix2net.data import Dataset, parts_by_drawing


def small(seed):
    """Labels and drawings of 300 images: every drawing has one class."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(60, size=300)
    empty = np.zeros((0, 1, 1, 3), dtype=np.uint8)
    return Dataset(
        "small", np.zeros((300, 1, 1, 3), dtype=np.uint8), groups % 3, empty,
        np.zeros(0, dtype=np.int64), ("a", "b", "c"), group_train=groups,
    )  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([(0.5, 0.5), (0.3, 0.3, 0.4), (0.2,), (0.6, 0.2)]))
def test_parts_have_no_drawing_in_common_and_about_their_share(seed, shares):
    data = small(seed)
    parts = parts_by_drawing(data, shares, np.random.default_rng(seed))
    assert len(parts) == len(shares)
    rows = np.concatenate(parts)
    assert len(np.unique(rows)) == len(rows)
    if sum(shares) == 1:
        assert len(rows) == 300
    drawings = [set(data.group_train[part]) for part in parts]
    assert sum(map(len, drawings)) == len(set().union(*drawings))
    for part, share in zip(parts, shares, strict=True):
        assert np.all(np.diff(part) > 0)
        for label in range(3):
            among = np.count_nonzero(data.y_train == label)
            most = np.bincount(data.group_train).max()
            assert abs(np.count_nonzero(data.y_train[part] == label) - share * among) <= 2 * most


def test_the_generator_decides():
    first, again, other = (
        parts_by_drawing(small(0), (0.5, 0.5), np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first[0], again[0])
    assert not np.array_equal(first[0], other[0])


def test_without_drawings_every_image_is_one_of_its_own():
    data = replace(small(0), group_train=None)
    halves = parts_by_drawing(data, (0.5, 0.5), np.random.default_rng(0))
    counts = [np.bincount(data.y_train[half]) for half in halves]
    assert np.all(abs(counts[0] - counts[1]) <= 1)


@pytest.mark.parametrize("shares", [(0.5, 0.6), (0.0, 0.5), (-0.1,)])
def test_shares_that_cannot_be(shares):
    with pytest.raises(ValueError, match="shares must be above 0"):
        parts_by_drawing(small(0), shares, np.random.default_rng(0))
