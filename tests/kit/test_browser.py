"""What the kit does otherwise where Python runs in a browser."""

import nbformat
import numpy as np
import pytest

from pix2net import browser, submit
from pix2net.handing_in.from_a_cell import NotHandedIn


@pytest.fixture
def in_browser(monkeypatch):
    monkeypatch.setattr(browser, "IN_BROWSER", True)
    monkeypatch.setattr(np, "intp", np.int32)


def test_here_everything_is_as_written():
    images, labels = np.zeros((2, 8, 8, 3), np.uint8), np.arange(3)
    assert browser.smaller(20, 5) == 20
    assert browser.coarser(images).shape == images.shape
    assert browser.as_indices(labels) is labels


def test_in_a_browser_demonstrations_are_smaller(in_browser):
    assert browser.smaller(20, 5) == 5
    assert browser.coarser(np.zeros((2, 8, 8, 3))).shape == (2, 4, 4, 3)


def test_in_a_browser_labels_are_integers_that_numpy_counts_with(in_browser):
    given = {"y": np.array([0, 2]), "X": np.array([0.5]), "parts": [np.array([1])], "k": 3}
    narrow = browser.as_indices(given)
    assert narrow["y"].dtype == np.int32
    assert narrow["parts"][0].dtype == np.int32
    assert narrow["X"] is given["X"]
    assert narrow["k"] == 3
    assert browser.as_indices(np.array([2**40])).dtype == np.int64, "no number is lost"


def test_a_notebook_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotHandedIn, match="no notebook 02_knn"):
        submit("02_knn", "ada")
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "mine.ipynb")
    with pytest.raises(NotHandedIn, match="no notebook of the course"):
        submit("mine", "ada")
