"""A chapter of two functions and a class, small enough to reason about in a test."""

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("77_toy", "A toy")


@chapter.exercise(points=2)
def row_means(X):
    """Mean of each row.

    X  (N, D) float64
    Returns (N,) float64.
    """
    return X.mean(axis=1)


@chapter.cases(row_means)
def _(rng):
    n, d = rng.integers(3, 6), rng.integers(6, 9)
    yield Case("a few rows", {"X": rng.normal(size=(n, d))})
    yield Case("other rows", {"X": rng.normal(size=(n + 1, d))})
    yield Case("unsigned integers", {"X": rng.integers(0, 256, (3, 4), dtype=np.uint8)}, edge=True)


@chapter.hidden_cases(row_means)
def _(rng):
    yield Case("one row", {"X": rng.normal(size=(1, 5))}, edge=True)


@chapter.misconception(row_means, "columns", "You averaged over the columns.")
def _(X):
    return X.mean(axis=0)


@chapter.misconception(row_means, "mutates", "You centred X itself.")
def _(X):
    means = X.mean(axis=1)
    X[:] = 0
    return means


@chapter.misconception(row_means, "int", "You kept the integers.")
def _(X):
    return (X.sum(axis=1) // X.shape[1]).astype(X.dtype)


@chapter.variant(row_means, "loop")
def _(X):
    return np.array([sum(float(v) for v in row) / len(row) for row in X])


@chapter.exercise(points=1)
def shuffled(x, rng):
    """The entries of x in a random order."""
    return rng.permutation(x)


@chapter.scenario(shuffled)
def twice(shuffled, x, seed):
    first = shuffled(x, np.random.default_rng(seed))
    return first, shuffled(x, np.random.default_rng(seed))


@chapter.property(shuffled, "Every entry must be there once.")
def same_entries(inputs, output):
    return all(np.array_equal(np.sort(part), np.sort(inputs["x"])) for part in output)


@chapter.property(shuffled, "The order must be random.")
def another_order(inputs, output):
    return not np.array_equal(output[0], inputs["x"])


@chapter.cases(shuffled)
def _(rng):
    inputs = {"x": rng.normal(size=40), "seed": int(rng.integers(2**31))}
    yield Case("forty numbers", inputs, scenario="twice", compare=False,
               properties=("same_entries", "another_order"))  # fmt: skip


@chapter.misconception(shuffled, "not shuffled", "You returned x as it was.")
def _(x, rng):
    return x.copy()


@chapter.misconception(shuffled, "with replacement", "You drew with replacement.")
def _(x, rng):
    return rng.choice(x, len(x))


@chapter.exercise(points=1)
def double(x):
    """Twice x. Returns (out, cache); the cache is x."""
    return 2 * x, x


@chapter.cases(double)
def _(rng):
    yield Case("numbers", {"x": rng.normal(size=4)})
    yield Case("more numbers", {"x": rng.normal(size=5)})


@chapter.exercise(points=1)
def double_backward(dout, cache):
    """The gradient."""
    return 2 * dout


@chapter.scenario(double_backward, uses=("double",), otherwise="documented")
def through_own(double_backward, double, x, dout):
    _, cache = double(x)
    return double_backward(dout, cache)


@chapter.scenario(double_backward)
def documented(double_backward, x, dout):
    return double_backward(dout, x)


@chapter.cases(double_backward)
def _(rng):
    inputs = {"x": rng.normal(size=4), "dout": rng.normal(size=4)}
    yield Case("numbers", inputs, scenario="through_own")


@chapter.misconception(double_backward, "forgot two", "You forgot the factor 2.")
def _(dout, cache):
    return dout


chapter.choice(
    "q_one", "What is 1 + 1?", options={"a": "2", "b": "3"}, answer="a",
    why={"a": "Yes.", "b": "No: count again."},
)  # fmt: skip
chapter.choices(
    "q_even", "Which are even?", options={"a": "2", "b": "3", "c": "4"}, answer={"a", "c"},
    why={"a": "2 is even.", "b": "3 is odd.", "c": "4 is even."},
)  # fmt: skip
chapter.number("q_pi", "Pi to one place?", answer=3.1, tolerance=0.05, why="It is 3.1.")
chapter.written("w_why", "Why?", rubric={"says why": 2, "says how": 1})
