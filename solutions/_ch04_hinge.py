"""Chapter 04, first part: the hinge loss of one example, and the penalty on the weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("04_svm", "Measuring how wrong the scores are")

# The table of the chapter: scores for cat, car and frog of an image of each.
TABLE = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])


@chapter.exercise(points=2)
def hinge_loss(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    """Measure how wrong the scores of one example are: the multiclass hinge loss.

    Args:
        scores: (C,) scores of one example, one for each class.
        label: the right class, an integer in 0..C-1.
        margin: by how much the right score should exceed each of the others.

    Returns:
        A float: the sum, over all classes j other than label, of
        max(0, scores[j] - scores[label] + margin).
    """
    margins = np.maximum(0, scores - scores[label] + margin)
    margins[label] = 0
    return float(np.sum(margins))


def draw_scores(rng: np.random.Generator, c: int, margin: float = 1.0) -> dict[str, Any]:
    """Scores (C,) and a label of which some rivals violate the margin and some do not."""
    while True:
        scores, label = rng.normal(scale=3.0, size=c), int(rng.integers(c))
        rivals = np.delete(scores - scores[label] + margin, label)
        lost, met = np.count_nonzero(rivals > 0.05), np.count_nonzero(rivals < -0.05)
        if lost + met == c - 1 and lost >= 2 and met >= 1:
            return {"scores": scores, "label": label}


@chapter.cases(hinge_loss)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the cat of the table", {"scores": TABLE[0], "label": 0})
    yield Case("the frog of the table", {"scores": TABLE[2], "label": 2})
    yield Case("several classes", draw_scores(rng, int(rng.integers(5, 8))))
    margin = float(rng.uniform(1.5, 4.0))
    yield Case("another margin", {**draw_scores(rng, 6, margin), "margin": margin})
    yield Case("the car of the table: nothing to complain", {"scores": TABLE[1], "label": 1},
               edge=True)  # fmt: skip
    close = np.array([2.0, 2.5, 2.8, -4.0]) + rng.uniform(-3, 3)
    yield Case("the right class wins, but not by enough", {"scores": close, "label": 2})


@chapter.hidden_cases(hinge_loss)
def _(rng: np.random.Generator) -> Iterator[Case]:
    a = float(rng.normal())
    two = {"scores": np.array([a, a + float(rng.uniform(0.2, 0.8))]), "label": 1}
    yield Case("only two classes", two, edge=True)
    small = draw_scores(rng, 5, 0.25)
    yield Case("a small margin", {**small, "margin": 0.25}, edge=True)
    whole = {"scores": np.array([3, -2, 7, 4, 1]), "label": int(rng.choice([0, 3]))}
    yield Case("scores and margin that are whole numbers", {**whole, "margin": 2}, edge=True)
    equal = {"scores": np.full(6, float(rng.normal())), "label": int(rng.integers(6))}
    yield Case("all scores the same", equal, edge=True)
    large = draw_scores(rng, 6)
    yield Case("large scores", {**large, "scores": 1e3 * large["scores"]}, edge=True)


@chapter.misconception(
    hinge_loss, "own-class-counted",
    "You counted the right class as a rival of itself, which adds the margin: it is left out.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, scores - scores[label] + margin).sum())


@chapter.misconception(
    hinge_loss, "no-margin",
    "You left the margin out: a rival that comes closer than the margin counts as well.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, scores - scores[label]).sum())


@chapter.misconception(
    hinge_loss, "margin-always-one",
    "You used 1 as the margin whatever margin you were given.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, np.delete(scores, label) - scores[label] + 1).sum())


@chapter.misconception(
    hinge_loss, "margin-on-the-wrong-side",
    "You subtracted the margin: so a rival may even be ahead by the margin before it counts.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, np.delete(scores, label) - scores[label] - margin).sum())


@chapter.misconception(
    hinge_loss, "rewarded-for-a-lead",
    "You let a rival that is far behind make the loss smaller: each term is cut off at 0.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.sum(np.delete(scores, label) - scores[label] + margin))


@chapter.misconception(
    hinge_loss, "cut-off-after-the-sum",
    "You cut off at 0 once, after the sum: cut each rival's term, then a rival that is far behind "
    "cannot make up for one that is ahead.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return max(0.0, float(np.sum(np.delete(scores, label) - scores[label] + margin)))


@chapter.misconception(
    hinge_loss, "worst-rival-alone",
    "You took the strongest rival alone; every rival that comes too close counts.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return max(0.0, float(np.max(np.delete(scores, label)) - scores[label] + margin))


@chapter.misconception(
    hinge_loss, "mean-over-classes",
    "You took the mean over the classes; one example's loss is the sum over its rivals.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, np.delete(scores, label) - scores[label] + margin).sum()) / len(
        scores
    )


@chapter.misconception(
    hinge_loss, "difference-turned-round",
    "Your difference is the wrong way round: a rival costs something when it is ahead.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.maximum(0, scores[label] - np.delete(scores, label) + margin).sum())


@chapter.misconception(
    hinge_loss, "squared",
    "You squared the terms: that is another loss, the squared hinge.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float((np.maximum(0, np.delete(scores, label) - scores[label] + margin) ** 2).sum())


@chapter.misconception(
    hinge_loss, "rivals-counted",
    "You counted the rivals that come too close; by how much they do is what matters.",
)  # fmt: skip
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.count_nonzero(np.delete(scores, label) - scores[label] + margin > 0))


@chapter.variant(hinge_loss, "a loop over the classes")
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    loss = 0.0
    for j in range(len(scores)):
        if j == label:
            continue
        loss += max(0, scores[j] - scores[label] + margin)
    return loss


@chapter.variant(hinge_loss, "the right class's own term taken off again")
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return np.clip(scores - scores[label] + margin, 0, None).sum() - margin


@chapter.variant(hinge_loss, "a mask of the rivals")
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    rivals = np.arange(scores.size) != label
    behind = scores[rivals] - scores[label] + margin
    return np.dot(behind, behind > 0)


@chapter.exercise(points=1)
def l2_penalty(W: np.ndarray, reg: float) -> float:
    """Measure how large weights are.

    Args:
        W: (C, D) weights.
        reg: how much the penalty counts, a number >= 0.

    Returns:
        A float: reg times the sum of the squares of all entries of W.
    """
    return reg * np.sum(W * W)


@chapter.cases(l2_penalty)
def _(rng: np.random.Generator) -> Iterator[Case]:
    reg = float(rng.uniform(0.2, 0.8))
    two_by_two = {"W": np.array([[1.0, -2.0], [3.0, 0.5]]), "reg": 0.1}
    yield Case("two by two weights", two_by_two)
    c, d = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    yield Case("several classes", {"W": rng.normal(scale=2.0, size=(c, d)), "reg": reg})
    negative = {"W": -rng.uniform(0.5, 2, size=(3, 4)), "reg": float(rng.uniform(1.5, 3))}
    yield Case("weights that are all negative", negative)
    yield Case("reg = 0", {"W": rng.normal(size=(3, 5)), "reg": 0.0}, edge=True)


@chapter.hidden_cases(l2_penalty)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", {"W": rng.normal(size=(1, 6)), "reg": 0.3}, edge=True)
    whole = {"W": rng.integers(-9, 10, size=(4, 3)), "reg": 0.25}
    yield Case("weights that are whole numbers", whole, edge=True)
    yield Case("weights that are all zero", {"W": np.zeros((3, 4)), "reg": 0.5}, edge=True)


@chapter.misconception(
    l2_penalty, "halved",
    "You put a factor 1/2 before the penalty, as some books do; here there is none.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(0.5 * reg * np.sum(W * W))


@chapter.misconception(
    l2_penalty, "sizes-instead-of-squares",
    "You added up the sizes of the weights (an L1 penalty); here it is their squares.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.sum(np.abs(W)))


@chapter.misconception(
    l2_penalty, "square-root",
    "You took the square root of the sum, which gives the length of W; the penalty is the sum of "
    "squares itself.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.sqrt(np.sum(W * W)))


@chapter.misconception(
    l2_penalty, "squared-too-late",
    "You added first and squared then, so that weights of different sign cancel: square each one.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.sum(W) ** 2)


@chapter.misconception(
    l2_penalty, "mean",
    "You took the mean of the squares; it is their sum.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.mean(W * W))


@chapter.misconception(
    l2_penalty, "reg-forgotten",
    "reg has no influence on your result; it says how much the penalty counts.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(np.sum(W * W))


@chapter.misconception(
    l2_penalty, "last-column-left-out",
    "You left out the last column, as if it were a bias; every entry of W is penalised.",
)  # fmt: skip
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.sum(W[:, :-1] ** 2))


@chapter.variant(l2_penalty, "two loops")
def _(W: np.ndarray, reg: float) -> float:
    total = 0.0
    for row in W:
        for w in row:
            total += w**2
    return reg * total


@chapter.variant(l2_penalty, "the norm, squared")
def _(W: np.ndarray, reg: float) -> float:
    return float(reg * np.linalg.norm(W) ** 2)


@chapter.variant(l2_penalty, "a product of the flattened weights")
def _(W: np.ndarray, reg: float) -> float:
    return reg * (W.ravel() @ W.ravel())


@chapter.variant(l2_penalty, "einsum")
def _(W: np.ndarray, reg: float) -> float:
    return np.einsum("cd,cd->", W, W) * reg
