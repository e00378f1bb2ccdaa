"""A chapter of two functions and a class, small enough to reason about in a test."""

import numpy as np

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition

of_row_means = ExerciseDefinition(points=2)


@of_row_means.reference
def row_means(X):
    """Mean of each row.

    X  (N, D) float64
    Returns (N,) float64.
    """
    return X.mean(axis=1)


@of_row_means.cases
def _(rng):
    n, d = rng.integers(3, 6), rng.integers(6, 9)
    yield Case("a few rows", {"X": rng.normal(size=(n, d))})
    yield Case("other rows", {"X": rng.normal(size=(n + 1, d))})
    yield Case("unsigned integers", {"X": rng.integers(0, 256, (3, 4), dtype=np.uint8)}, edge=True)


@of_row_means.hidden_cases
def _(rng):
    yield Case("one row", {"X": rng.normal(size=(1, 5))}, edge=True)


of_row_means.wrong_ways("""
columns: You averaged over the columns.
    return X.mean(axis=0)
""")


of_row_means.wrong_ways("""
mutates: You centred X itself.
    means = X.mean(axis=1)
    X[:] = 0
    return means
""")


of_row_means.wrong_ways("""
int: You kept the integers.
    return (X.sum(axis=1) // X.shape[1]).astype(X.dtype)
""")


of_shuffled = ExerciseDefinition(points=1)


@of_shuffled.reference
def shuffled(x, rng):
    """The entries of x in a random order."""
    return rng.permutation(x)


@of_shuffled.scenario()
def twice(shuffled, x, seed):
    first = shuffled(x, np.random.default_rng(seed))
    return first, shuffled(x, np.random.default_rng(seed))


@of_shuffled.property("Every entry must be there once.")
def same_entries(inputs, output):
    return all(np.array_equal(np.sort(part), np.sort(inputs["x"])) for part in output)


@of_shuffled.property("The order must be random.")
def another_order(inputs, output):
    return not np.array_equal(output[0], inputs["x"])


@of_shuffled.cases
def _(rng):
    inputs = {"x": rng.normal(size=40), "seed": int(rng.integers(2**31))}
    yield Case("forty numbers", inputs, scenario="twice", compare=False,
               properties=("same_entries", "another_order"))  # fmt: skip


of_shuffled.wrong_ways("""
not shuffled: You returned x as it was.
    return x.copy()
""")


of_shuffled.wrong_ways("""
with replacement: You drew with replacement.
    return rng.choice(x, len(x))

one short: You left an entry out.
    return rng.permutation(x[1:])
""")


of_double = ExerciseDefinition(points=1)


@of_double.reference
def double(x):
    """Twice x. Returns (out, cache); the cache is x."""
    return 2 * x, x


@of_double.cases
def _(rng):
    yield Case("numbers", {"x": rng.normal(size=4)})
    yield Case("more numbers", {"x": rng.normal(size=5)})


of_double.wrong_ways("""
squared: You squared x.
    return x * x, x

cache of twice: Your cache is twice x, not x.
    return 2 * x, 2 * x

three times: You tripled x.
    return 3 * x, x
""")


of_double_backward = ExerciseDefinition(points=1)


@of_double_backward.reference
def double_backward(dout, cache):
    """The gradient."""
    return 2 * dout


@of_double_backward.scenario(uses=("double",), otherwise="documented")
def through_own(double_backward, double, x, dout):
    _, cache = double(x)
    return double_backward(dout, cache)


@of_double_backward.scenario()
def documented(double_backward, x, dout):
    return double_backward(dout, x)


@of_double_backward.cases
def _(rng):
    inputs = {"x": rng.normal(size=4), "dout": rng.normal(size=4)}
    yield Case("numbers", inputs, scenario="through_own")


of_double_backward.wrong_ways("""
forgot two: You forgot the factor 2.
    return dout

times cache: The gradient of 2x does not depend on x.
    return 2 * dout * cache

half: You divided by 2 on the way back.
    return dout / 2
""")


chapter = ChapterDefinition(
    "77_toy", "A toy", [of_row_means, of_shuffled, of_double, of_double_backward]
)

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
