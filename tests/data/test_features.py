"""The features that the course compares learned ones with."""

import re

import numpy as np

from grader.weave import layout
from pix2net.data.features import edges


def test_edges_are_those_that_chapter_00_shows():
    text = layout.text_path("00_workflow").read_text(encoding="utf-8")
    found = re.search(r"^def edges.*?(?=^\S(?!ef edges))", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    shown = {"np": np}
    exec(found.group(), shown)
    images = np.random.default_rng(0).integers(0, 256, (5, 32, 32, 3)).astype(np.uint8)
    np.testing.assert_array_equal(edges(images), shown["edges"](images))
    np.testing.assert_array_equal(edges(images, squares=4), shown["edges"](images, squares=4))


def test_an_image_without_edges_has_zeros():
    assert not edges(np.full((2, 32, 32, 3), 7, dtype=np.uint8)).any()
