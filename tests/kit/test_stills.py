"""Stills: figures taken instead of displayed, and picked out of a chapter that was run."""

import numpy as np
import pytest

from grader.weave.make_stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures


def show_something():
    image = np.zeros((4, 4, 3), dtype=np.uint8)
    plots.image_grid([image], caption="A black square.", alt="Black.")


def test_figures_are_taken_and_not_displayed(capsys):
    with taking_pictures() as pictures:
        show_something()
        show_something()
    assert [png[:8] for png in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert capsys.readouterr().out == ""


def test_afterwards_figures_are_displayed_again(capsys):
    with taking_pictures() as pictures, pytest.raises(ZeroDivisionError):
        1 / 0  # noqa: B018
    show_something()
    assert pictures == []
    assert capsys.readouterr().out == "A black square.\n"


RUN = Run({}, [("a = 1", []), ("plots.bars(a)", [b"first", b"last"]), ("plots.still(a)", [b"x"])])


def test_a_still_is_the_last_figure_of_the_cell_that_has_the_words():
    assert RUN.picture("bars") == b"last"


@pytest.mark.parametrize("words", ["a = 1", "plots", "nowhere"])
def test_words_that_name_no_one_picture_are_refused(words):
    with pytest.raises(LookupError, match="just one cell"):
        RUN.picture(words)
