"""The data set: deterministic, disjoint, and as hard as the course says."""

import hashlib
import runpy
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.picto10 import agreement, nearest, rows
from pix2net import data
from pix2net.data.picto10 import CLASS_NAMES, SEEDS, Knobs, background_experiment, make
from pix2net.data.picto10.artwork import pack_folder, read_bank, read_pack
from pix2net.data.picto10.generator import resized
from solutions.ch11_capstone.hidden import ARTWORK

pytestmark = pytest.mark.some_chapters

STILL = Knobs(lighting=0, deformation=0, occlusion=0)


def digest(*arrays):
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()[:16]


@pytest.fixture(scope="module")
def picto10():
    return data.load("picto10")


def test_its_form_is_the_documented_one(picto10):
    assert picto10.X_train.shape == (5000, 32, 32, 3)
    assert picto10.X_test.shape == (1000, 32, 32, 3)
    assert picto10.X_train.dtype == picto10.X_test.dtype == np.uint8
    assert picto10.class_names == CLASS_NAMES
    assert np.bincount(picto10.y_train).tolist() == [500] * 10
    assert np.bincount(picto10.y_test).tolist() == [100] * 10
    known = (picto10.y_train, picto10.background_train, picto10.group_train)
    assert {array.dtype for array in known} == {np.dtype(np.int64)}
    assert {array.shape for array in known} == {(5000,)}
    assert picto10.group_test.shape == (1000,)


def test_it_is_the_same_set_everywhere(picto10):
    assert digest(picto10.X_train, picto10.y_train, picto10.X_test) == "be232a3b81ed8238"
    s = background_experiment()
    assert digest(s.X_train, s.X_test, s.y_train, s.y_test) == "7f69e78f0c5aee16"
    assert s is background_experiment()


def test_a_second_load_is_the_same_object_and_cannot_be_spoilt(picto10):
    assert data.load("picto10") is picto10
    with pytest.raises(ValueError, match="read-only"):
        picto10.X_train[0] = 0


def test_the_default_follows_the_setting(monkeypatch, picto10):
    assert data.load() is picto10
    monkeypatch.setenv("COURSE_DATASET", "nothing")
    with pytest.raises(ValueError, match="there is no data set 'nothing'; there are: picto10"):
        data.load()


def test_no_drawing_of_the_test_split_is_in_training():
    train, test = (read_pack(pack_folder(split)) for split in ("train", "test"))
    assert not set(train.names) & set(test.names)
    flat = {digest(image) for image in train.images}
    assert not flat & {digest(image) for image in test.images}
    for pack in (train, test):
        assert set(pack.labels) == set(range(10))


def drawings_seen(images, pack):
    """Groups of the drawings that images show to which nothing was done but mirroring."""
    placed = np.stack([resized(drawing, width=27) for drawing in pack.images])
    placed = np.concatenate([placed, placed[:, :, ::-1]])
    solid = placed[..., 3] > 0.999
    colours = 255 * placed[..., :3]
    off = [(np.abs(image - colours).sum(axis=3) * solid).sum(axis=(1, 2)) for image in images]
    return np.tile(pack.groups, 2)[np.argmin(off / solid.sum(axis=(1, 2)), axis=1)]


@pytest.mark.parametrize("split", ["train", "test"])
def test_the_group_of_an_image_is_the_drawing_that_it_shows(picto10, split):
    per_class = {"train": 500, "test": 100}[split]
    still = make(per_class, np.random.default_rng(SEEDS[split]), split=split, knobs=STILL)
    groups = getattr(picto10, f"group_{split}")
    np.testing.assert_array_equal(still.groups, groups)  # drawn alike, whatever the knobs say
    pack = read_pack(pack_folder(split))
    assert set(groups) <= set(pack.groups)
    assert len(set(groups)) >= 0.99 * len(set(pack.groups))  # of many drawings chance may miss one
    one_of_each = np.unique(groups, return_index=True)[1]
    shown = drawings_seen(still.images[one_of_each].astype(np.float32), pack)
    np.testing.assert_array_equal(shown, groups[one_of_each])


def test_a_drawing_stands_in_one_class_and_in_one_of_training_test_and_capstone(picto10):
    hidden = make(20, np.random.default_rng(0), artwork=ARTWORK)
    sides = [
        (picto10.group_train, picto10.y_train),
        (picto10.group_test, picto10.y_test),
        (hidden.groups, hidden.labels),
    ]
    owners = [{(group, label) for group, label in zip(*side, strict=True)} for side in sides]
    groups = [group for side in owners for group, _ in side]
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize("label", range(10), ids=CLASS_NAMES)
def test_no_drawing_looks_like_one_on_another_side(label):
    alike = runpy.run_path(str(pack_folder("train").parent / "alike.py"))["alike"]
    packs = [read_pack(folder) for folder in (pack_folder("train"), pack_folder("test"), ARTWORK)]
    train, test, hidden = (pack.images[pack.labels == label] for pack in packs)
    assert len(train) >= 20
    for some, others in ((test, train), (hidden, np.concatenate([train, test]))):
        assert not any(alike(one, others).any() for one in some)


def test_the_measure_of_looking_alike_tells_a_mirrored_drawing_from_another():
    alike = runpy.run_path(str(pack_folder("train").parent / "alike.py"))["alike"]
    pack = read_pack(pack_folder("train"))
    cats = pack.images[pack.labels == CLASS_NAMES.index("cat")]
    ships = pack.images[pack.labels == CLASS_NAMES.index("ship")]
    paler = cats.copy()
    paler[..., :3] = paler[..., :3] // 2 + 60
    assert all(
        alike(cat, np.stack([cat[:, ::-1], pale])).all()
        for cat, pale in zip(cats, paler, strict=True)
    )
    assert not any(alike(cat, ships).any() for cat in cats)


def test_the_experiment_changes_backgrounds_and_not_drawings():
    s = background_experiment()
    pack = read_pack(pack_folder("train"))
    assert set(s.group_test) <= set(s.group_train) | set(pack.groups)
    assert len(set(s.group_test) & set(s.group_train)) > 0.9 * len(set(s.group_test))


def test_a_set_that_does_not_know_its_drawings_says_so():
    photographs = data.load("fashion_mnist")
    assert photographs.group_train is None
    assert photographs.group_test is None


def test_the_same_seed_draws_the_same_images_and_another_others():
    one, same, other = (make(3, np.random.default_rng(seed))[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_backgrounds_are_tied_or_swapped():
    _, labels, kinds, _ = make(5, np.random.default_rng(0), backgrounds="tied")
    np.testing.assert_array_equal(labels, kinds)
    _, labels, kinds, _ = make(50, np.random.default_rng(0), backgrounds="swapped")
    assert not (labels == kinds).any()
    assert len(set(kinds[labels == 0])) == len(read_bank().names) - 1


@pytest.mark.parametrize("knob", ["lighting", "deformation", "occlusion"])
def test_each_knob_moves_the_pixels(knob):
    still = dict.fromkeys(("lighting", "deformation", "occlusion"), 0.0)
    calm = make(9, np.random.default_rng(0), knobs=Knobs(**still))[0]
    moved = make(9, np.random.default_rng(0), knobs=Knobs(**{**still, knob: 1.0}))[0]
    assert np.abs(calm.astype(float) - moved).mean() > 0.5


def test_an_unknown_split_or_mixture_is_named():
    with pytest.raises(ValueError, match="no split 'dev'"):
        make(1, np.random.default_rng(0), split="dev")
    with pytest.raises(ValueError, match="no background mixture 'odd'"):
        make(1, np.random.default_rng(0), backgrounds="odd")


def test_neighbours_follow_the_background_three_times_as_often_as_the_class():
    found = agreement(background_experiment())
    assert found["background"] >= 3 * found["class"]


def test_neighbours_on_pixels_beat_chance_and_stay_below_forty_percent(picto10):
    accuracy = (
        picto10.y_train[nearest(rows(picto10.X_test), rows(picto10.X_train))] == picto10.y_test
    ).mean()
    assert 0.2 < accuracy < 0.4


def test_pictures_are_copies_of_the_documented_form():
    photo = data.photo()
    assert photo.shape == (300, 451, 3)
    photo[:] = 0
    assert data.photo().any()
    foreground, alpha = data.sprite("cat", 2)
    assert foreground.shape == (32, 32, 3)
    assert foreground.dtype == np.uint8
    assert alpha.shape == (32, 32)
    assert alpha.dtype == np.float64
    assert alpha.min() == 0
    assert alpha.max() == 1
    assert data.background("sea", 99).shape == (32, 32, 3)
    for call in (lambda: data.sprite("unicorn"), lambda: data.background("moon")):
        with pytest.raises(ValueError, match="there are: "):
            call()


def test_importing_costs_no_plotting():
    code = "import sys, data; print(sorted(m for m in ('matplotlib', 'PIL') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
