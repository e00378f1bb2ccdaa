"""What `Tensor` is asked: the cases of both keys, and those of grading alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case

Shape = tuple[int, ...]
# How a sum, a mean and a maximum are called: by position, and by name.
WAYS: dict[str, list[list[Any]]] = {
    "of everything": [[[], {}], [[], {"axis": None}], [[None, False], {}]],
    "along an axis": [[[0], {}], [[1], {}], [[], {"axis": 0}], [[-1], {}], [[], {"axis": -2}]],
    "along an axis that is kept": [
        [[0, True], {}], [[], {"axis": 1, "keepdims": True}], [[-1, True], {}],
        [[], {"keepdims": True}],
    ],
}  # fmt: skip


def numbers(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of ordinary size, of either sign, not near 0 or 1."""
    return rng.uniform(1.3, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def weights_for(rng: np.random.Generator, ways: list[list[Any]], shape: Shape) -> list[np.ndarray]:
    """Weights for what comes of an array that is reduced in these ways."""
    asked = [{**dict(zip(("axis", "keepdims"), given, strict=False)), **n} for given, n in ways]
    return [numbers(rng, *np.sum(np.zeros(shape), **how).shape) for how in asked]


def paired(rng: np.random.Generator, name: str, *shapes: tuple[Shape, Shape]) -> dict[str, Any]:
    """Inputs of `one_operation` for pairs of shapes that broadcasting brings together."""
    operands = [[numbers(rng, *shape) for shape in pair] for pair in shapes]
    outs = [np.broadcast_shapes(*pair) for pair in shapes]
    return {"name": name, "operands": operands, "weights": [numbers(rng, *out) for out in outs]}


def products(rng: np.random.Generator, *sizes: tuple[int, int, int]) -> dict[str, Any]:
    """Inputs of `one_operation` for matrix products."""
    operands = [[numbers(rng, n, m), numbers(rng, m, k)] for n, m, k in sizes]
    weights = [numbers(rng, n, k) for n, _, k in sizes]
    return {"name": "@", "operands": operands, "weights": weights}


def singles(rng: np.random.Generator, name: str, *arrays: Any) -> dict[str, Any]:
    """Inputs of `one_operation` for operations on one Tensor each."""
    shapes = [np.shape(np.transpose(a) if name == "T" else a) for a in arrays]
    weights = [numbers(rng, *shape) for shape in shapes]
    return {"name": name, "operands": [[np.asarray(a)] for a in arrays], "weights": weights}


def three_sizes(rng: np.random.Generator) -> tuple[int, int, int]:
    """Three lengths, none like another: a swap of two shows."""
    a, b, c = (int(i) for i in rng.permutation([3, 4, 5]))
    return a, b, c


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """The cases of both keys."""
    yield from first_cases(rng)
    yield from cases_of_graphs(rng)
    yield from cases_of_operations(rng)
    yield from cases_of_reductions(rng)
    yield from cases_of_plain_operands(rng)


def first_cases(rng: np.random.Generator) -> Iterator[Case]:
    """What +, *, @, sum and backward must do before anything else counts."""
    n, m, k = three_sizes(rng)
    three = {name: numbers(rng, n, m) for name in "xyz"}
    yield Case("(x + y) z of arrays of equal shape", three, scenario="sum_times")
    for sign, label in (("+", "sums"), ("*", "products")):
        rows = paired(rng, sign, ((n, m), (m,)), ((k,), (n, k)), ((n, 1), (n, m)))
        yield Case(f"{label} that broadcast rows and columns", rows, scenario="one_operation")
    yield Case("matrix products", products(rng, (n, m, k), (m, n, k)), scenario="one_operation")
    text: dict[str, Any] = {
        "X": np.array([[1.0, 2.0], [3.0, -1.0]]),
        "W": np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]]), "b": np.array([0.0, 1.0, -1.0]),
        "weights": np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]),
    }  # fmt: skip
    yield Case("the layer of the text", text, scenario="layer")
    for graphs, label in (("sums", "sums"), ("products", "products"), ("both", "sums of products")):
        two = {"graphs": graphs, "a": numbers(rng, m), "b": numbers(rng, m)}
        yield Case(f"{label} in which a Tensor is used twice", two, scenario="used_twice")
    for last in ("right", "left"):
        two = {"a": numbers(rng, n, m), "b": numbers(rng, n, m), "last": last}
        label = f"a Tensor that is used early, and again as the {last} factor of the result"
        yield Case(label, two, scenario="waiting")
    two = {"a": numbers(rng, m), "b": numbers(rng, m)}
    yield Case("ways of different length that meet", two, scenario="crossing_ways")


def cases_of_graphs(rng: np.random.Generator) -> Iterator[Case]:
    """Graphs of several kinds, long, wide and shared; and what a Tensor is made from."""
    n, m, _ = three_sizes(rng)
    two = {"a": numbers(rng, n, m), "b": numbers(rng, n, m)}
    squares = {"graphs": "matrix products", "a": numbers(rng, m, m), "b": numbers(rng, m, m)}
    yield Case("matrix products of one Tensor twice", squares, scenario="used_twice", edge=True)
    three = {**two, "k": numbers(rng, n, m)}
    label = "two Tensors that get the same gradient, and one of them more"
    yield Case(label, three, scenario="one_gradient_for_two", edge=True)
    yield Case("gradients before backward", two, scenario="before_backward", edge=True)
    yield Case("three graphs that share leaves", two, scenario="shared_leaves", edge=True)
    yield Case("Tensors that others use, too", two, scenario="used_elsewhere", edge=True)
    arrays = {"arrays": [numbers(rng, m) for _ in range(3)]}
    yield Case("sums by += and of a list", arrays, scenario="summed_up", edge=True)
    given = {"arrays": [numbers(rng, n, m), numbers(rng, m)], "later": 7.0}
    yield Case("a copy of what it was made from", given, scenario="made_of", edge=True)
    whole = {"arrays": [rng.integers(2, 9, size=(n, m))], "later": 1}
    yield Case("whole numbers become float64", whole, scenario="made_of", edge=True)
    # A right class needs less than a millisecond; walking every single way, seconds.
    ways: dict[str, Any] = {"scenario": "doubled", "edge": True, "seconds": 0.6}
    yield Case(
        "a million ways through 40 operations", {"start": numbers(rng, 2), "times": 20}, **ways
    )
    chain: dict[str, Any] = {"start": numbers(rng, 2), "steps": 2000}
    chain["factor"] = rng.uniform(0.4, 0.9, size=2)
    yield Case("a graph 2,000 operations deep", chain, scenario="long_chain", edge=True)


def cases_of_operations(rng: np.random.Generator) -> Iterator[Case]:
    """The operations that give an entry for an entry, or put entries elsewhere."""
    one: dict[str, Any] = {"scenario": "one_operation", "edge": True}
    n, m, k = three_sizes(rng)
    pairs: tuple[tuple[Shape, Shape], ...]
    pairs = ((n, m), (n, m)), ((n, m), (m,)), ((n, 1), (n, m))
    yield Case("differences", paired(rng, "-", *pairs), **one)
    yield Case("quotients", paired(rng, "/", *pairs), **one)
    pairs = ((), (n, m)), ((n, m), ()), ((), ())
    for sign, label in (("+", "sums"), ("*", "products")):
        yield Case(f"{label} with a Tensor without axes", paired(rng, sign, *pairs), **one)
    pairs = ((n, 1), (1, m)), ((n, 1, k), (m, 1)), ((1, m), (n, m)), ((m,), (m, m))
    yield Case("both sides broadcast", paired(rng, "*", *pairs), **one)
    yield Case("matrix products of squares", products(rng, (n, n, n), (m, m, m)), **one)
    yield Case("matrix products with single rows", products(rng, (1, m, k), (n, m, 1)), **one)
    a = numbers(rng, n, m)
    yield Case("the negative", singles(rng, "negative", a, numbers(rng, k)), **one)
    yield Case("exp", singles(rng, "exp", a, [0.0, -2.5, 1.5], -1.5), **one)
    positive = rng.uniform(0.2, 5.0, size=(n, m))
    yield Case("log", singles(rng, "log", positive, [0.25, 1.0, 4.0], 2.5), **one)
    yield Case("relu on both sides of 0", singles(rng, "relu", a, [3e-9, -3e-9, 2.0]), **one)
    yield Case("relu at 0", singles(rng, "relu", [0.0, -0.0, 1.5, 0.0, -2.5]), **one)
    yield Case("transposes", singles(rng, "T", a, numbers(rng, k, k), numbers(rng, 1, k)), **one)
    base = {"base": rng.uniform(1.5, 3.0, size=(n, m)), "exponents": [2, 3, -1, 0.5, 1, 0]}
    base["weights"] = numbers(rng, n, m)
    yield Case("powers", base, scenario="powers", edge=True)
    shapes = {"x": numbers(rng, 4, 6), "shapes": [[6, 4], [24], [2, -1, 3], [4, 6], [1, 24]]}
    shapes["weights"] = numbers(rng, 24)
    yield Case("other shapes", shapes, scenario="reshaped", edge=True)
    shapes = {"x": numbers(rng, 1, 1), "shapes": [[1], [1, 1, 1]], "weights": numbers(rng, 1)}
    yield Case("a single number in other shapes", shapes, scenario="reshaped", edge=True)
    yield from cases_of_picking(rng)


def cases_of_picking(rng: np.random.Generator) -> Iterator[Case]:
    """Entries by their rows and columns."""
    rows = [np.arange(5), np.array([3, 0, 4])]
    columns = [rng.integers(0, 4, size=5), rng.integers(0, 4, size=3)]
    inputs: dict[str, Any] = {"x": numbers(rng, 5, 4), "rows": rows, "columns": columns}
    inputs["weights"] = [numbers(rng, len(r)) for r in rows]
    yield Case("an entry of every row", inputs, scenario="picked", edge=True)
    r, c = rng.integers(0, 4, size=(2, 6))
    inputs = {
        "x": numbers(rng, 5, 4), "weights": [numbers(rng, 9), numbers(rng, 4)],
        "rows": [np.array([*r, r[0], r[1], r[0]]), np.array([2, 2, 2, 2])],
        "columns": [np.array([*c, c[0], c[1], c[0]]), np.array([1, 1, 3, 1])],
    }  # fmt: skip
    yield Case("an entry that is taken several times", inputs, scenario="picked", edge=True)


def cases_of_reductions(rng: np.random.Generator) -> Iterator[Case]:
    """Sums, means and maxima."""
    n, m, _ = three_sizes(rng)
    one: dict[str, Any] = {"scenario": "along_axes", "edge": True}
    for name, title in (("sum", "sums"), ("mean", "means"), ("max", "maxima")):
        for label, ways in WAYS.items():
            inputs = {"name": name, "x": numbers(rng, n, m), "ways": ways}
            inputs["weights"] = weights_for(rng, ways, (n, m))
            yield Case(f"{title} {label}", inputs, **one)
    tied = rng.integers(1, 4, size=(n, m)) * 1.0
    tied[0], tied[:, 0] = 5.0, 5.0
    ways = [[[], {}], [[0], {}], [[1], {}], [[1, True], {}]]
    inputs = {"name": "max", "x": tied, "ways": ways, "weights": weights_for(rng, ways, (n, m))}
    yield Case("maxima that several entries share", inputs, **one)
    inputs = {"names": ["sum", "mean", "max"], "x": numbers(rng, n, m)}
    yield Case("backward from what was reduced", inputs, scenario="from_a_number", edge=True)


def cases_of_plain_operands(rng: np.random.Generator) -> Iterator[Case]:
    """Plain numbers and arrays on either side of an operator."""
    n, m, k = three_sizes(rng)
    for side in ("right", "left"):
        for name in "+-*/":
            plain: list[Any] = [2.5, -3, numbers(rng, n, m), numbers(rng, m)]
            pairs = [[numbers(rng, n, m), other] for other in plain]
            pairs.append([numbers(rng, m), numbers(rng, n, m)])
            inputs: dict[str, Any] = {"name": name, "side": side, "pairs": pairs}
            inputs["weights"] = [numbers(rng, n, m) for _ in pairs]
            shown = f"a {name} 2.5" if side == "right" else f"2.5 {name} a"
            label = f"a plain number or an array on the {side}, as in {shown}"
            yield Case(label, inputs, scenario="plain", edge=True)
        pairs = [[numbers(rng, n, m), numbers(rng, m, k)], [numbers(rng, k, k), numbers(rng, k, k)]]
        pairs = pairs if side == "right" else [pair[::-1] for pair in pairs]
        inputs = {"name": "@", "side": side, "pairs": pairs}
        inputs["weights"] = [numbers(rng, n, k), numbers(rng, k, k)]
        yield Case(f"an array on the {side} of @", inputs, scenario="plain", edge=True)


def hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Further cases of grading."""
    n, m, k = three_sizes(rng)
    inputs: dict[str, Any] = {
        "X": numbers(rng, 6, m), "W": numbers(rng, k, m), "b": numbers(rng, k),
        "rows": np.arange(6), "columns": rng.integers(0, k, size=6), "k": 0.5,
    }  # fmt: skip
    yield Case("every operation at once", inputs, scenario="mixture", edge=True)
    base = {"base": -rng.uniform(1.5, 3, size=(n, m)), "exponents": [2, 3, -1, -2]}
    base["weights"] = numbers(rng, n, m)
    yield Case("powers of negative numbers", base, scenario="powers", edge=True)
    base = {"base": np.array([0.0, 2.0]), "exponents": [2, 3], "weights": numbers(rng, 2)}
    yield Case("powers of 0", base, scenario="powers", edge=True)
    yield Case("a single number by itself", {"a": -2.5}, scenario="alone", edge=True)
    arrays = [np.array([[0, 255, 1]], dtype=np.uint8), np.array([2, 3], dtype=np.int32)]
    made: dict[str, Any] = {"arrays": arrays, "later": 9}
    yield Case("bytes become float64", made, scenario="made_of", edge=True)
    singly = {"arrays": [np.array([0.1, 0.7], dtype=np.float32)], "later": 1.0}
    yield Case("float32 becomes float64", singly, scenario="made_of", edge=True)
    ways: list[list[Any]] = [[[1], {}], [[0, True], {}], [[2], {}], [[], {}], [[-3], {}]]
    for name in ("sum", "mean", "max"):
        inputs = {"name": name, "x": numbers(rng, n, m, k), "ways": ways}
        inputs["weights"] = weights_for(rng, ways, (n, m, k))
        yield Case(f"three axes, for {name}", inputs, scenario="along_axes", edge=True)
    ways = [[[0], {}], [[0, True], {}], [[], {}]]
    for name in ("sum", "mean", "max"):
        inputs = {"name": name, "x": numbers(rng, 1), "ways": ways}
        inputs["weights"] = weights_for(rng, ways, (1,))
        yield Case(f"an array of one number, for {name}", inputs, scenario="along_axes", edge=True)
    inputs = {"name": "max", "x": np.full((n, m), -1.5), "ways": [[[], {}], [[0], {}]]}
    inputs["weights"] = weights_for(rng, inputs["ways"], (n, m))
    yield Case("maxima where all entries are equal", inputs, scenario="along_axes", edge=True)
    for dtype in (np.uint8, np.int32):
        inputs = {"x": numbers(rng, 3, 4), "weights": [numbers(rng, 4)]}
        inputs["rows"] = [np.array([0, 1, 1, 2], dtype=dtype)]
        inputs["columns"] = [np.array([3, 1, 1, 0], dtype=dtype)]
        label = f"rows and columns as {dtype.__name__}"
        yield Case(label, inputs, scenario="picked", edge=True)
    numpys = [[numbers(rng, n), np.float64(2.5)], [numbers(rng, n), np.int64(3)]]
    for name in "-*":
        inputs = {"name": name, "side": "left", "pairs": numpys}
        inputs["weights"] = [numbers(rng, n), numbers(rng, n)]
        label = f"a number of NumPy's on the left, for {name}"
        yield Case(label, inputs, scenario="plain", edge=True)
    bytes_of = rng.integers(2, 6, size=m, dtype=np.uint8)
    for side in ("right", "left"):
        for name in "-/":
            inputs = {"name": name, "side": side, "weights": [numbers(rng, n, m)]}
            inputs["pairs"] = [[numbers(rng, n, m), bytes_of]]
            label = f"an array of bytes on the {side}, for {name}"
            yield Case(label, inputs, scenario="plain", edge=True)
    layouts = {"x": numbers(rng, n, m), "weights": numbers(rng, n, m)}
    yield Case("arrays in other memory layouts", layouts, scenario="in_other_layouts", edge=True)
    sizes = {"x": 3e-11, "y": -1e-12, "z": 5e7}
    yield Case("numbers of all sizes, without axes", sizes, scenario="sum_times", edge=True)
