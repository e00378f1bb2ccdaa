"""The embedded subset of Fashion-MNIST, and the reader of the files that it is made from."""

import gzip
import struct

import numpy as np
import pytest

from pix2net.data import load
from pix2net.data.dataset import first_of_each
from pix2net.data.idx import read_idx


def test_it_has_the_form_of_every_data_set():
    d = load("fashion_mnist")
    assert d.X_train.shape == (5000, 28, 28, 3)
    assert d.X_test.shape == (1000, 28, 28, 3)
    assert d.X_train.dtype == np.uint8
    assert np.array_equal(np.bincount(d.y_train), [500] * 10)
    assert np.array_equal(np.bincount(d.y_test), [100] * 10)
    assert len(d.class_names) == 10
    assert not d.X_train.flags.writeable


def test_grey_is_the_same_in_the_three_channels():
    images = load("fashion_mnist").X_test
    assert np.array_equal(images[..., 0], images[..., 1])
    assert np.array_equal(images[..., 0], images[..., 2])


def test_labels_belong_to_their_images():
    """Neighbours on pixels are right about as often as is published for small training sets."""
    d = load("fashion_mnist")
    X, T = (a[..., 0].reshape(len(a), -1).astype(float) for a in (d.X_train, d.X_test))
    nearest = ((X**2).sum(axis=1) - 2 * T @ X.T).argmin(axis=1)
    assert (d.y_train[nearest] == d.y_test).mean() > 0.75


def test_the_first_of_each_class_are_taken_in_their_order():
    labels = np.array([*range(10), *range(9, -1, -1), *range(10)])
    assert np.array_equal(first_of_each(labels, 2), np.arange(20))


def idx(array, kind=8):
    header = struct.pack(">HBB", 0, kind, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.tobytes()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_idx_file_is_read_with_its_shape(tmp_path, pack):
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    (tmp_path / "x").write_bytes(pack(idx(array)))
    assert np.array_equal(read_idx(tmp_path / "x"), array)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\x08", idx(np.zeros(3, np.uint8), kind=13), idx(np.zeros((2, 3), np.uint8))[:-1],
     idx(np.zeros((2, 3), np.uint8)) + b"x", b"\0\0\x08\x03\0\0", b"PK\x03\x04 and more"],
)  # fmt: skip
def test_what_is_no_idx_file_is_refused_in_a_sentence(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ValueError, match="^x "):
        read_idx(tmp_path / "x")
