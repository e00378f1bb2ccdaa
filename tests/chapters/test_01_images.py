"""Chapter 01: references against independent implementations, and the numbers of the prose."""

import re
from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pix2net.data import background, load, sprite
from solutions.ch01_images.change_brightness import change_brightness
from solutions.ch01_images.chapter import chapter
from solutions.ch01_images.composite import composite
from solutions.ch01_images.crop import crop
from solutions.ch01_images.describe import describe
from solutions.ch01_images.flip_horizontal import TINY, flip_horizontal
from solutions.ch01_images.images_to_rows import images_to_rows
from solutions.ch01_images.occlude import occlude
from solutions.ch01_images.to_grayscale import to_grayscale

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 9)
seeds = st.integers(0, 2**32 - 1)


def drawn(seed, *shape):
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)


@given(seeds, sizes, sizes)
def test_a_description_is_what_lists_of_lists_say(seed, height, width):
    image = drawn(seed, height, width)
    rows = image.tolist()
    numbers = [number for row in rows for pixel in row for number in pixel]
    assert describe(image) == {
        "height": len(rows), "width": len(rows[0]), "channels": 3, "dtype": "uint8",
        "min": min(numbers), "max": max(numbers),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("dtype", "kind"), [("uint8", int), ("int64", int), ("float64", float), ("float32", float)]
)
def test_min_and_max_are_python_numbers_of_the_images_kind(dtype, kind):
    said = describe(np.array([[3, 7], [5, 4]], dtype=dtype))
    assert type(said["min"]) is kind
    assert type(said["max"]) is kind
    assert (said["min"], said["max"], said["channels"], said["dtype"]) == (3, 7, 1, dtype)


@given(seeds, st.data())
def test_a_crop_is_what_pillow_cuts(seed, data):
    image = drawn(seed, 7, 9)
    top, left = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 8))
    height, width = data.draw(st.integers(1, 7 - top)), data.draw(st.integers(1, 9 - left))
    box = (left, top, left + width, top + height)
    piece = crop(image, top, left, height, width)
    np.testing.assert_array_equal(piece, np.asarray(Image.fromarray(image).crop(box)))
    assert not np.shares_memory(piece, image)


@given(seeds, sizes, sizes)
def test_a_mirror_image_is_pillows_and_its_mirror_image_is_the_image(seed, height, width):
    image = drawn(seed, height, width)
    mirrored = flip_horizontal(image)
    pillows = Image.fromarray(image).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    np.testing.assert_array_equal(mirrored, np.asarray(pillows))
    np.testing.assert_array_equal(flip_horizontal(mirrored), image)


@given(seeds, sizes, sizes)
def test_grey_is_pillows_luma_before_rounding(seed, height, width):
    image = drawn(seed, height, width)
    grey = to_grayscale(image)
    assert grey.dtype == np.float64
    assert np.abs(grey - np.asarray(Image.fromarray(image).convert("L"))).max() <= 0.51


@given(seeds, sizes, sizes, st.integers(-300, 900))
def test_brightness_is_plain_arithmetic_limited_to_a_byte(seed, height, width, hundredths):
    image = drawn(seed, height, width)
    plain = image.astype(np.int64) * hundredths
    halves = plain % 100 == 50  # ways of rounding may differ there
    expected = np.minimum(np.maximum((plain + 50) // 100, 0), 255)
    result = change_brightness(image, hundredths / 100)
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(result[~halves], expected[~halves])


@given(seeds, st.integers(-12, 12), st.integers(-12, 12), st.integers(1, 15), st.integers(1, 15))
def test_occluding_is_pasting_with_pillow_wherever_the_rectangle_lies(
    seed, top, left, height, width
):
    image = drawn(seed, 6, 8)
    pasted = Image.fromarray(image)
    pasted.paste((77, 77, 77), (left, top, left + width, top + height))
    before = image.copy()
    np.testing.assert_array_equal(occlude(image, top, left, height, width, 77), np.asarray(pasted))
    np.testing.assert_array_equal(image, before)


@given(seeds, sizes, sizes)
def test_a_composite_is_plain_python_arithmetic(seed, height, width):
    front, back = drawn(seed, height, width), drawn(seed + 1, height, width)
    parts = np.random.default_rng(seed).integers(0, 98, (height, width))
    mixed = composite(front, parts / 97, back)
    for index in np.ndindex(front.shape):
        a = int(parts[index[:2]])
        total = a * int(front[index]) + (97 - a) * int(back[index])
        assert mixed[index] == (2 * total + 97) // (2 * 97)
    assert mixed.dtype == np.uint8


@given(seeds, st.integers(1, 4), sizes, sizes)
def test_a_row_holds_an_images_bytes_in_order(seed, count, height, width):
    images = drawn(seed, count, height, width)
    rows = images_to_rows(images)
    assert rows.dtype == np.float64
    assert rows.shape == (count, height * width * 3)
    assert [bytes(int(v) for v in row) for row in rows] == [image.tobytes() for image in images]


def test_the_small_image_of_the_chapter_is_the_one_that_its_first_mirror_check_uses():
    text = source()
    listed = text[text.index("tiny = np.array(") :].split("```")[0]
    namespace = {"np": np}
    exec(listed, namespace)
    np.testing.assert_array_equal(namespace["tiny"], TINY)
    assert TINY[0, 2, 2] == 255
    assert TINY[1, 2, 1] == 255
    row = ", ".join(str(int(v)) for v in images_to_rows(TINY[None])[0, :13])
    assert row in text


def test_grey_of_the_worked_pixel():
    pixel = np.array([[[200, 100, 50]]], dtype=np.uint8)
    assert isclose(to_grayscale(pixel)[0, 0], 124.2)
    assert isclose(pixel.mean(), 116.67, abs_tol=0.04)


def test_the_table_of_wrapped_and_saturated_numbers():
    before = np.array([[[100, 170, 172], [200, 254, 0]]], dtype=np.uint8)
    np.testing.assert_array_equal(
        change_brightness(before, 1.5).ravel(), [150, 255, 255, 255, 255, 0]
    )
    wrapped = (before.astype(np.int64) * 3 // 2).astype(np.uint8)
    np.testing.assert_array_equal(wrapped.ravel(), [150, 255, 2, 44, 125, 0])
    assert 0b100101100 == 300
    assert np.array([-50]).astype(np.uint8)[0] == 206


def test_the_worked_composite():
    front, back = np.full((1, 3, 3), 200, np.uint8), np.full((1, 3, 3), 100, np.uint8)
    mixed = composite(front, np.array([[1, 0, 0.25]]), back)
    np.testing.assert_array_equal(mixed[0, :, 0], [200, 100, 125])


def test_the_worked_distances():
    flat = np.full((32, 32, 3), 100, dtype=np.uint8)

    def distance(a, b):
        return np.linalg.norm(images_to_rows(a[None]) - images_to_rows(b[None]))

    assert isclose(distance(flat, change_brightness(flat, 1.2)), 20 * sqrt(3072))
    assert isclose(20 * sqrt(3072), 1108.5, abs_tol=0.05)
    assert isclose(distance(flat, occlude(flat, 4, 4, 8, 8)), 100 * sqrt(192))
    assert isclose(100 * sqrt(192), 1385.6, abs_tol=0.05)
    assert isclose(distance(0 * flat, change_brightness(flat, 9)), 255 * sqrt(3072))
    assert isclose(255 * sqrt(3072), 14134, abs_tol=0.5)


def test_the_answers_to_the_questions_with_a_number():
    questions = chapter.build().questions
    assert questions["q_wrap_around"].answer == (np.array([90], dtype=np.uint8) * 3)[0]
    batch = np.zeros((5, 48, 64, 3), dtype=np.uint8)  # a hundredth of the pixels
    assert questions["q_row_length"].answer == 100 * images_to_rows(batch).shape[1]
    assert sqrt(32 * 32 * 3) > 55  # so the mean difference of q_small_distance is below 1


def source():
    from grader.weave.layout import text_path

    return text_path("01_images").read_text(encoding="utf-8")


# --- what the experiment claims -------------------------------------------------------------------


def fooled(seed):
    """How often a changed thing is further away than another, by the chapter's own code."""
    names = {"np": np, "load": load, "background": background, "sprite": sprite}
    for exercise in (change_brightness, flip_horizontal, crop, occlude, composite, images_to_rows):
        names[exercise.__name__] = exercise
    for body in re.findall(r"^```\{code-cell\} ipython3\n(.*?)^```$", source(), re.S | re.M):
        if body.startswith(("def distance", "def lean", "ALL = ")):
            exec(body, names)  # the course's own text
    rng = np.random.default_rng(seed)
    trials = [names["compare"](rng) for _ in range(200)]
    return {
        kind: np.mean([trial[kind] > trial["another class"] for trial in trials])
        for kind in trials[0]
    }


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_distance_is_fooled_as_often_as_the_text_says(seed):
    share = fooled(seed)
    assert share["occlusion"] < 0.03
    assert 0.2 < share["lighting"] < 0.4
    assert 0.25 < share["background"] < 0.4
    assert 0.58 < share["all four at once"] < 0.73
