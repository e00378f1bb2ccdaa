"""What the losses of chapters 04 and 05 share: their cases, and the slips around the data loss.

They are functions ``(W, X, y, reg) -> (loss, dW)``: a mean over examples plus ``reg * sum(W * W)``.
They differ in one example's loss alone, so everything around it is checked alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, Table
from solutions.shared.calls import laid_out

# The worked example of chapter 04: two images of two pixels, three classes.
W_EXAMPLE = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
X_EXAMPLE = np.array([[1.0, 2.0], [2.0, -1.0]])
Y_EXAMPLE = np.array([0, 2])

CLEAR = 1e-3  # no margin is nearer to 0: at 0 the hinge has no slope
# An array of all rows by all rows, of which only the diagonal is needed, is no reason to refuse an
# answer; so the rows are few enough for that, and asked about often enough to tell a loop. Measured
# (CPU seconds): array code 0.01 to 0.04, a loop for the gradient alone 0.28, loops over rows or
# lists 0.33 and more. A busy machine makes all of them slower: array code has the wider room.
MANY, TIMES = 600, 200
LIMIT = 0.15  # CPU seconds for them


def draw_batch(rng: np.random.Generator, n: int, c: int, d: int, reg: float) -> dict[str, Any]:
    """Weights (C, D), examples (N, D), labels (N,) of which several rivals come close, and reg."""
    while True:
        W, X = rng.normal(size=(c, d)), rng.normal(size=(n, d))
        y = rng.integers(0, c, size=n)
        if is_clear(W, X, y):
            return {"W": W, "X": X, "y": y, "reg": reg}


def is_clear(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> bool:
    """Whether no rival's score is just 1 below the right one."""
    scores = X @ W.T
    margins = scores - scores[np.arange(len(y)), y][:, None] + 1
    return bool(np.abs(margins).min() > CLEAR)


def common_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of both keys."""
    example = {"W": W_EXAMPLE, "X": X_EXAMPLE, "y": Y_EXAMPLE, "reg": 0.1}
    yield Case("the two images of the worked example", example)
    n, c, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("the data alone, without a penalty", draw_batch(rng, n + 2, c, d, 0.0))
    n, c, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("data and penalty", draw_batch(rng, n + 1, c, d, float(rng.uniform(0.1, 0.4))))
    yield Case(
        "as many examples as classes and features",
        draw_batch(rng, 4, 4, 4, float(rng.uniform(0.1, 0.4))),
    )
    yield Case("a single example", draw_batch(rng, 1, 4, 6, 0.2), edge=True)
    yield Case("only two classes", draw_batch(rng, 9, 2, 3, 0.3), edge=True)
    small = draw_batch(rng, 8, 5, 3, 0.1)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", small, edge=True)


def common_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    start = draw_batch(rng, 7, 4, 5, 0.5)
    start["W"] = np.zeros((4, 5))
    yield Case("all weights zero", start, edge=True)
    whole = draw_batch(rng, 6, 3, 4, 0.1)
    whole["y"] = whole["y"].astype(np.int32)
    yield Case("labels as int32", whole, edge=True)
    yield Case("a single feature", draw_batch(rng, 6, 4, 1, 0.2), edge=True)
    strong = draw_batch(rng, 5, 3, 6, float(rng.uniform(20, 50)))
    yield Case("a strong penalty", strong, edge=True)
    few = draw_batch(rng, 3, 7, 5, 0.1)
    yield Case("more classes than examples", few, edge=True)
    met = draw_batch(rng, 6, 6, 9, 0.05)
    met["y"] = rng.permutation(6)
    met["X"] = 9.0 * met["W"][met["y"]] + 0.1 * met["X"]
    if is_clear(met["W"], met["X"], met["y"]):
        yield Case("scores far apart, most of them right", met, edge=True)
    yield Case("reg = 1, an int", draw_batch(rng, 5, 3, 4, 1), edge=True)
    yield Case("reg = 0, an int", draw_batch(rng, 5, 3, 4, 0), edge=True)
    faint = draw_batch(rng, 6, 3, 4, 1e-12)
    faint["W"] *= 1e-12
    yield Case("weights and reg that are tiny", faint, edge=True)
    small = draw_batch(rng, 6, 3, 4, 0.0)
    small["X"] *= 1e-12
    yield Case("features that are tiny", small, edge=True, atol=0.0)
    for label, scale in (("weights in the thousands", 1e4), ("features in the thousands", 1e-4)):
        large = draw_batch(rng, 6, 3, 4, 1e-7)
        large |= {"W": scale * large["W"], "X": large["X"] / scale}
        yield Case(label, large, edge=True)
    unseen = draw_batch(rng, 6, 5, 3, 0.2)
    unseen["y"] = rng.permutation([0, 1, 1, 3, 3, 3])
    if is_clear(unseen["W"], unseen["X"], unseen["y"]):
        yield Case("classes that do not occur", unseen, edge=True)
    dark = draw_batch(rng, 5, 3, 4, 0.3)
    dark["X"][2] = 0.0
    yield Case("an example whose features are all 0", dark, edge=True)
    yield Case("a penalty far above the data", draw_batch(rng, 5, 3, 4, 1e4), edge=True)
    yield laid_out(**draw_batch(rng, 6, 3, 4, 0.2))


def many_examples(
    implementation: Callable[..., Any], num_examples: int, times: int, seed: int
) -> Any:
    """Loss and gradient on many examples of five features and three classes, again and again."""
    rng = np.random.default_rng(seed)
    X, y = rng.random((num_examples, 5)), rng.integers(0, 3, size=num_examples)
    W = rng.random((3, 5))
    for _ in range(times):
        found = implementation(W, X, y, 0.1)
    return found


def many_case(rng: np.random.Generator) -> Case:
    """The case of `many_examples` against the clock."""
    inputs = {"num_examples": MANY, "times": TIMES, "seed": int(rng.integers(2**31))}
    return Case(
        "many examples, no Python loop over them", inputs, scenario="many_examples", seconds=LIMIT
    )


# Where a loop over the examples begins and ends: an edit of either reference that has one.
ENDS = Table("""
last-example-left-out: The last example is never looked at: does your loop end one early?
    - range(len(X))
    + range(len(X) - 1)

first-example-left-out: The first example is never looked at: examples are counted from 0.
    - range(len(X))
    + range(1, len(X))

first-example-alone: Only the first example counts: the `return` stands inside the loop over the
examples, so move it out, to the left.
    - range(len(X))
    + range(1)
""")

# What somebody makes of mean and penalty; the data loss in ``reference`` is right.
SLIPS = Table("""
summed: You added up the losses of the examples; the loss is their mean, and so is the gradient.
    loss, dW = reference(W, X, y, 0.0)
    return len(y) * loss + reg * np.sum(W * W), len(y) * dW + 2 * reg * W

gradient-not-averaged: Your loss is a mean over the examples, your gradient still a sum: what is
divided in the one is divided in the other.
    loss, _ = reference(W, X, y, reg)
    return loss, len(y) * reference(W, X, y, 0.0)[1] + 2 * reg * W

loss-not-averaged: Your gradient is a mean over the examples, your loss still a sum.
    loss, _ = reference(W, X, y, 0.0)
    return len(y) * loss + reg * np.sum(W * W), reference(W, X, y, reg)[1]

no-penalty: The penalty is missing: reg has no influence on what you return.
    return reference(W, X, y, 0.0)

penalty-without-gradient: Your loss contains the penalty, your gradient does not: the penalty has a
slope too.
    return reference(W, X, y, reg)[0], reference(W, X, y, 0.0)[1]

gradient-without-penalty-in-the-loss: Your gradient contains the penalty, your loss does not.
    return reference(W, X, y, 0.0)[0], reference(W, X, y, reg)[1]

penalty-gradient-halved: The penalty's part of your gradient is half of what it should be: what is
the slope of w * w?
    loss, dW = reference(W, X, y, reg)
    return loss, dW - reg * W

half-in-the-penalty: You put a factor 1/2 before the penalty, as some books do; here it is
reg * sum(W * W).
    return reference(W, X, y, reg / 2)

penalty-averaged: You added the penalty before you divided by N, so more examples make it weaker;
only the data loss is averaged.
    return reference(W, X, y, reg / len(y))

penalty-gradient-averaged: You divided the penalty's part of the gradient by N as well, so it is not
the slope of your loss any more: only the data's part is a mean.
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W / len(y)

penalty-per-example: You added the penalty once for every example; it is added once, after the mean
over the examples.
    return reference(W, X, y, reg * len(y))

penalty-per-example-in-the-loss: You added the penalty to your loss once for every example; it is
added once, after the mean over the examples. Your gradient is right.
    return reference(W, X, y, reg * len(y))[0], reference(W, X, y, reg)[1]

penalty-gradient-per-example: Your gradient holds the penalty once for every example; it belongs
there once.
    return reference(W, X, y, reg)[0], reference(W, X, y, reg * len(y))[1]

uphill: Your gradient points the wrong way: an entry is positive where raising that weight raises
the loss.
    loss, dW = reference(W, X, y, reg)
    return loss, -dW

last-column-not-penalised: You left the last column of W out of the penalty, as if it were a bias;
here every entry is penalised.
    loss, dW = reference(W, X, y, 0.0)
    punished = np.where(np.arange(W.shape[1]) < W.shape[1] - 1, W, 0.0)
    return loss + reg * np.sum(punished**2), dW + 2 * reg * punished

penalty-averaged-in-the-loss: You added the penalty to your loss before you divided by N, so more
examples make it weaker; only the data's part is averaged. Your gradient is right.
    return reference(W, X, y, reg / len(y))[0], reference(W, X, y, reg)[1]

penalty-uphill: The penalty's part of your gradient has the wrong sign: larger weights make the loss
larger.
    loss, dW = reference(W, X, y, reg)
    return loss, dW - 4 * reg * W

penalty-subtracted: You subtracted the penalty; it is added to the loss, and so is its slope.
    return reference(W, X, y, -reg)

penalty-subtracted-from-the-loss: You subtracted the penalty from your loss; it is added. Your
gradient is right.
    return reference(W, X, y, -reg)[0], reference(W, X, y, reg)[1]

root-of-the-sum: Your penalty takes the root of the sum of squares (np.linalg.norm does); it is the
sum itself. Your gradient is right.
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.linalg.norm(W), dW + 2 * reg * W

mean-of-squares: Your penalty takes the mean of the squares; it is their sum. Your gradient is
right.
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.mean(W * W), dW + 2 * reg * W

square-of-the-sum: Your penalty takes the square of the sum; it is the sum of the squares. Your
gradient is right.
    loss, dW = reference(W, X, y, 0.0)
    return loss + reg * np.sum(W) ** 2, dW + 2 * reg * W

no-gradient: Your dW is all zeros still: work out how fast the loss grows with each weight, and put
it there.
    return reference(W, X, y, reg)[0], np.zeros_like(W)

penalty-gradient-alone: The penalty's part of your gradient is there, the data's part is missing.
    return reference(W, X, y, reg)[0], 2 * reg * W
""")
