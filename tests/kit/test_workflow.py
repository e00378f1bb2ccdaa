"""The overview of applications, the steps and the confusion table: what they show."""

import numpy as np
import pytest

from pix2net import plots
from pix2net.plots.uses import examples

TEXTS = {"caption": "c", "alt": "a"}
IMAGE = np.full((8, 8, 3), 90, dtype=np.uint8)
PHOTO = np.full((20, 30, 3), 140, dtype=np.uint8)


@pytest.fixture
def drawn(monkeypatch):
    """The figures that the two modules hand to `show`."""
    figures = []
    for module in ("uses", "workflow"):
        target = f"pix2net.plots.{module}.show"
        monkeypatch.setattr(target, lambda fig, *, caption, alt: figures.append(fig))
    return figures


def test_every_application_shows_the_shape_of_what_goes_in_and_of_what_comes_out(drawn):
    plots.areas(IMAGE, PHOTO, **TEXTS)
    labels = [ax.get_xlabel() for ax in drawn[0].axes if ax.axison]
    shown = examples(IMAGE, PHOTO)
    assert len(labels) == 2 * len(shown) == 24
    sides = [side for area in shown for side in (area.given, area.wanted)]
    for label, side in zip(labels, sides, strict=True):
        assert label == f"{side.what}\n{side.shape or side.array.shape}"
    assert labels[0].endswith("(8, 8, 3)")


def test_every_field_of_the_notes_is_there():
    fields = {area.field for area in examples(IMAGE, PHOTO)}
    assert fields == {"Vision", "Language", "Speech", "Medicine", "Biology", "Driving"}


def test_steps_are_numbered_in_order(drawn):
    way = [plots.Step(name, "does", "(N,)") for name in ("data", "features", "model")]
    plots.steps(way, "back", **TEXTS)
    texts = [text.get_text() for text in drawn[0].axes[0].texts]
    assert [t for t in texts if t[:1].isdigit()] == ["1  data", "2  features", "3  model"]
    assert texts[-1] == "back"


def test_a_confusion_table_has_true_classes_as_rows_and_shades_by_their_share(drawn):
    counts = np.array([[8, 2], [1, 0]])
    plots.confusion_table(counts, ["cat", "dog"], **TEXTS)
    ax = drawn[0].axes[0]
    placed = {text.get_position(): text.get_text() for text in ax.texts}
    assert placed == {(0, 0): "8", (1, 0): "2", (0, 1): "1", (1, 1): "0"}
    np.testing.assert_allclose(ax.images[0].get_array(), [[0.8, 0.2], [1, 0]])
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("true class", "predicted class")


def test_a_table_without_any_count_can_be_drawn(drawn):
    plots.confusion_table(np.zeros((2, 2), dtype=int), ["cat", "dog"], **TEXTS)
    assert len(drawn) == 1
