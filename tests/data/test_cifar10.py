"""Reading CIFAR-10's archives: both versions, damaged ones, hostile ones."""

import os
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest

from pix2net.data import cifar10, loading
from pix2net.data.cifar10 import store
from pix2net.data.cifar10.archive import ArchiveError, read_archive
from pix2net.data.cifar10.plain_pickle import UnsafePickle, load_plain
from pix2net.data.dataset import first_of_each
from pix2net.data.fetching import FetchError
from tests.data.cifar_files import NAMES, batch, binary_members, python_members, write_tar

REAL = Path(__file__).resolve().parents[3] / "shared" / "cifar10" / "cifar-10-binary-subset.tar.gz"


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """No archive on this machine but those of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(store.FILE_SETTING, raising=False)
    return tmp_path


@pytest.mark.parametrize("members", [binary_members, python_members])
def test_both_versions_are_read_alike(tmp_path, members):
    archive = read_archive(write_tar(tmp_path / "x.tar.gz", members()))
    train = [batch(seed) for seed in range(5)]
    assert np.array_equal(archive.X_train, np.concatenate([images for images, _ in train]))
    assert np.array_equal(archive.y_train, np.concatenate([labels for _, labels in train]))
    assert np.array_equal(archive.X_test, batch(5)[0])
    assert np.array_equal(archive.y_test, batch(5)[1])
    assert archive.class_names == NAMES
    assert archive.y_train.dtype == np.int64


@pytest.mark.skipif(not REAL.is_file(), reason="the archive of real images is not beside the clone")
def test_the_real_layout_is_read(monkeypatch):
    monkeypatch.setenv(store.FILE_SETTING, str(REAL))
    d = cifar10.load()
    assert d.X_train.shape == (5000, 32, 32, 3)
    assert np.array_equal(np.bincount(d.y_test), [100] * 10)
    assert d.class_names == NAMES
    # Photographs change little from one pixel to the next; misread planes would not.
    steps = np.abs(np.diff(d.X_test.astype(int), axis=2)).mean(axis=(1, 2, 3))
    assert np.median(steps) < 15


def test_the_course_takes_the_first_of_every_class_in_their_order():
    labels = np.array([1, 0, 1, 1, 0, 0, 1])
    assert first_of_each(labels, 2).tolist() == [0, 1, 2, 4]
    assert first_of_each(labels, None).tolist() == list(range(7))


def broken(change):
    members = binary_members()
    change(members)
    return members


DAMAGED = {
    "lacks a batch": broken(lambda m: m.pop("data_batch_3.bin")),
    "lacks the names": broken(lambda m: m.pop("batches.meta.txt")),
    "has a batch cut short": broken(
        lambda m: m.update({"test_batch.bin": m["test_batch.bin"][:-1]})
    ),
    "has an empty batch": broken(lambda m: m.update({"test_batch.bin": b""})),
    "has a label of 10": broken(
        lambda m: m.update({"test_batch.bin": b"\x0a" + m["test_batch.bin"][1:]})
    ),
    "names eleven classes": broken(
        lambda m: m.update({"batches.meta.txt": m["batches.meta.txt"] + b"\nmore\n"})
    ),
    "is another archive": {"readme.txt": b"hello"},
}


@pytest.mark.parametrize("members", DAMAGED.values(), ids=DAMAGED.keys())
def test_an_archive_that(tmp_path, members):
    with pytest.raises(ArchiveError, match="x.tar.gz"):
        read_archive(write_tar(tmp_path / "x.tar.gz", members))


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x1f\x8b\x08broken", os.urandom(3000)])
def test_a_file_that_is_no_archive_is_refused_in_a_sentence(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ArchiveError, match="^x is no tar archive"):
        read_archive(tmp_path / "x")


def test_a_batch_that_is_a_link_is_not_followed(tmp_path):
    members = binary_members()
    content = members.pop("test_batch.bin")
    (tmp_path / "secret").write_bytes(content)
    path = write_tar(tmp_path / "x.tar.gz", members)
    with tarfile.open(tmp_path / "y.tar", "w") as tar:
        with tarfile.open(path) as old:
            for member in old:
                tar.addfile(member, old.extractfile(member))
        link = tarfile.TarInfo("cifar-10/test_batch.bin")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "secret")
        tar.addfile(link)
    with pytest.raises(ArchiveError, match="test_batch.bin is not in it"):
        read_archive(tmp_path / "y.tar")


class Calls:
    """A pickle that has a function called when it is read."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


HOSTILE = {
    "calls a program": Calls(os.system, "touch /tmp/never"),
    "evaluates text": Calls(eval, "1 + 1"),
    "makes an array of objects": np.array([{}, []], dtype=object),
    "makes an array by itself": Calls(np.ndarray, (3,), "O"),
    "holds a structured array": np.zeros(2, dtype=[("a", "u1")]),
    "holds dates": np.array(["2020-01-01"], dtype="M8[D]"),
    "holds a class": Path("/etc"),
}


@pytest.mark.parametrize("protocol", [0, 2])
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_pickle_is_refused_that(value, protocol, tmp_path):
    content = pickle.dumps({b"data": value}, protocol=protocol)
    with pytest.raises(UnsafePickle):
        load_plain(content)
    path = write_tar(tmp_path / "x.tar", {**python_members(), "data_batch_1": content})
    with pytest.raises(ArchiveError, match="data_batch_1 in x.tar is damaged"):
        read_archive(path)


@pytest.mark.parametrize("content", [b"", b"\x80", b"garbage", pickle.dumps(1)[:-1], b"(" * 50])
def test_a_damaged_pickle_is_refused(content):
    with pytest.raises(UnsafePickle):
        load_plain(content)


def test_arrays_of_all_plain_numbers_come_back():
    for dtype in ("u1", "<i4", ">i8", "<f8", "?"):
        array = np.arange(6).reshape(2, 3).astype(dtype)
        back = load_plain(pickle.dumps(array, protocol=2))
        assert back.dtype == array.dtype.newbyteorder("=")
        assert np.array_equal(back, array)


def test_a_users_own_archive_is_kept_only_if_it_can_be_read(alone):
    good = write_tar(alone / "mine.tar.gz", python_members())
    bad = write_tar(alone / "bad.tar.gz", {"x": b"y"})
    with pytest.raises(ArchiveError):
        store.adopt(bad)
    assert store.archive_at_hand() is None
    store.adopt(good)
    assert store.archive_at_hand() == store.kept()
    d = loading._load.__wrapped__("cifar10_full")
    assert d.X_train.shape == (100, 32, 32, 3)


def test_a_setting_that_names_no_file_is_told(alone, monkeypatch):
    monkeypatch.setenv(store.FILE_SETTING, str(alone / "nowhere"))
    with pytest.raises(FetchError, match="names .*nowhere, which is no file"):
        store.find_archive()
