"""hinge_loss: how wrong the scores of one example are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out, with_keywords
from solutions.shared.precision import SINGLE

# The table of the chapter: scores for cat, car and frog of an image of each.
TABLE = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])

exercise = ExerciseDefinition(points=2)


@exercise.reference
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


exercise.scenario()(in_other_layouts)
exercise.scenario()(with_keywords)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the cat of the table", {"scores": TABLE[0], "label": 0})
    yield Case("the frog of the table", {"scores": TABLE[2], "label": 2})
    yield Case("several classes", draw_scores(rng, int(rng.integers(5, 8))))
    margin = float(rng.uniform(1.5, 4.0))
    yield Case("another margin", {**draw_scores(rng, 6, margin), "margin": margin})
    car = {"scores": TABLE[1], "label": 1}
    yield Case("the car of the table: nothing to complain", car, edge=True)
    close = np.array([2.0, 2.5, 2.8, -4.0]) + rng.uniform(-3, 3)
    yield Case("the right class wins, but not by enough", {"scores": close, "label": 2})


@exercise.hidden_cases
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
    whole = {"scores": np.array([5, -1, 6, 3], dtype=np.int32), "label": int(rng.choice([0, 3]))}
    yield Case("scores as int32, margin 3", {**whole, "margin": 3}, edge=True)
    for kind in (np.uint8, np.int64):
        given = draw_scores(rng, 5)
        given["label"] = kind(given["label"])
        yield Case(f"a label out of an array of {kind.__name__}", given, edge=True)
    for text, margin in (("0", 0.0), ("1, given", 1.0), ("1000", 1000.0)):
        inputs = draw_scores(rng, 5, min(margin, 1.0))
        yield Case(f"margin {text}", {**inputs, "margin": margin}, edge=True)
    tiny = draw_scores(rng, 6, 0.0)
    inputs = {"scores": 1e-12 * tiny["scores"], "label": tiny["label"], "margin": 2e-12}
    yield Case("scores and margin that are tiny", inputs, edge=True, atol=0.0)
    alone = {"scores": np.zeros(1), "label": 0}
    yield Case("a single class: no rivals, no loss", alone, edge=True)
    named = {"given": draw_scores(rng, 6, 2.5), "named": {"margin": 2.5}}
    yield Case("margin by its name", named, edge=True, scenario="with_keywords")
    yield laid_out(**draw_scores(rng, 6))


exercise.wrong_ways("""
own-class-counted: You counted the right class as a rival of itself, which adds the margin: it is
left out.
    - margins[label] = 0

no-margin: You left the margin out: a rival that comes closer than the margin counts as well.
    - scores - scores[label] + margin
    + scores - scores[label]

margin-always-one: You used 1 as the margin whatever margin you were given.
    - scores - scores[label] + margin
    + scores - scores[label] + 1

margin-on-the-wrong-side: You subtracted the margin: so a rival may even be ahead by the margin
before it counts.
    - scores - scores[label] + margin
    + scores - scores[label] - margin

rewarded-for-a-lead: You let a rival that is far behind make the loss smaller: each term is cut off
at 0.
    - np.maximum(0, scores - scores[label] + margin)
    + scores - scores[label] + margin

cut-off-after-the-sum: You cut off at 0 once, after the sum: cut each rival's term, then a rival
that is far behind cannot make up for one that is ahead.
    - np.maximum(0, scores - scores[label] + margin)
    + scores - scores[label] + margin
    - np.sum(margins)
    + max(0, np.sum(margins))

worst-rival-alone: You took the strongest rival alone; every rival that comes too close counts.
    - np.sum(
    + np.max(

mean-over-classes: You took the mean over the classes; one example's loss is the sum over its
rivals.
    - np.sum(
    + np.mean(

mean-over-rivals: You took the mean over the rivals; one example's loss is their sum.
    - float(np.sum(margins))
    + float(np.sum(margins)) / max(1, len(scores) - 1)

one-taken-off: You took 1 off for the right class's own term; that term is the margin, which need
not be 1.
    return reference(scores, label, margin) + margin - 1

difference-turned-round: Your difference is the wrong way round: a rival costs something when it is
ahead.
    - scores - scores[label] + margin
    + scores[label] - scores + margin

squared: You squared the terms: that is another loss, the squared hinge.
    - np.sum(margins)
    + np.sum(margins**2)

rivals-counted: You counted the rivals that come too close; by how much they do is what matters.
    - np.sum(
    + np.count_nonzero(

last-rival-left-out: The last class is never a rival: does your loop end one class early?
    - margins[label] = 0
    + margins[[label, -1]] = 0

rivals-before-the-right-class: The rivals after the right class do not count in your sum: `break`
ends the loop at the right class, and only that one class is to be left out.
    - margins[label] = 0
    + margins[label:] = 0
""")
exercise.wrong_ways(SINGLE)
