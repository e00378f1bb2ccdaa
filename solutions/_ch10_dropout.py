"""Chapter 10, first part: dropout as a layer."""

from __future__ import annotations

import numpy as np

from grader.exercises import ChapterBuilder

chapter = ChapterBuilder("10_regularization", "What to do about overfitting")


@chapter.exercise(points=2)
def dropout_forward(x: np.ndarray, drop_prob: float, training: bool, rng) -> tuple:
    """Drop entries at random, and scale up those that stay (inverted dropout).

    Args:
        x: float64 array of any shape; x itself stays as it is.
        drop_prob: probability with which an entry is dropped, 0 <= drop_prob < 1.
        training: whether the network is being trained. If not, nothing is dropped or scaled.
        rng: numpy.random.Generator that decides which entries are dropped, each by itself;
            may be None when not training.

    Returns:
        (out, cache): out is float64, shaped like x: 0 where an entry was dropped, else
        x / (1 - drop_prob); when not training, out is x. cache is what dropout_backward needs,
        in the form that you like best. If you have no opinion, take the array that x was
        multiplied by: 0 where dropped, 1 / (1 - drop_prob) where kept, all 1 when not training.

    Source: Srivastava et al., "Dropout", JMLR 15 (2014), in its inverted form.
    """
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.exercise(points=1)
def dropout_backward(dout: np.ndarray, cache) -> np.ndarray:
    """Send a gradient back through dropout_forward.

    Args:
        dout: float64, shaped like x: the gradient of the loss towards out.
        cache: what dropout_forward gave (your own; where yours does not pass its check yet, the
            array that x was multiplied by).

    Returns:
        dx: float64, shaped like x: the gradient of the loss towards x, by the mask of that very
        forward pass.
    """
    mask = cache
    return dout * mask


def draw_seed(rng: np.random.Generator) -> int:
    """A seed for the generator that a learner's function is handed."""
    return int(rng.integers(2**32))
