"""unbroadcast: bring a gradient back to the shape that was broadcast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts

exercise = ExerciseDefinition(points=2)


@exercise.reference
def unbroadcast(gradient: np.ndarray, shape: tuple) -> np.ndarray:
    """Bring a gradient back to the shape of an array that broadcasting had repeated.

    Args:
        gradient: float64 array, the gradient of what the array was broadcast to. It stays as it is.
        shape: of the array before it was broadcast: tuple of ints. NumPy can broadcast it to the
            shape of gradient.

    Returns:
        float64 array of that shape: each entry is the sum of the gradients of all its copies. For
        the shape () it is an array without axes, or a NumPy float.
    """
    added = gradient.ndim - len(shape)
    stretched = (axis for axis, length in enumerate(shape, start=added) if length == 1)
    axes = (*range(added), *stretched)
    return gradient.sum(axis=axes).reshape(shape) if axes else gradient


@exercise.scenario()
def brought_back(unbroadcast, gradient, shape):
    """What comes of a gradient, as an array: of a single number its kind does not matter."""
    found = unbroadcast(gradient, tuple(shape))
    return np.asarray(found) if isinstance(found, (float, np.floating)) else found


exercise.scenario()(in_other_layouts)


def to_shape(rng: np.random.Generator, label: str, old: tuple, new: tuple, **more: Any) -> Case:
    """A case: a gradient of the new shape is brought back to the old one."""
    inputs = {"gradient": rng.uniform(-3, 3, size=new), "shape": list(old)}
    return Case(label, inputs, scenario="brought_back", **more)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    chapter = {"gradient": np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]), "shape": [3]}
    yield Case("the bias of the text", chapter, scenario="brought_back")
    n, m, k = (int(i) for i in rng.permutation([3, 4, 5]))
    yield to_shape(rng, "a row that stood for every row", (m,), (n, m))
    yield to_shape(rng, "a column that stood for every column", (n, 1), (n, m))
    yield to_shape(rng, "a row in two axes", (1, m), (n, m))
    yield to_shape(rng, "an array that was not broadcast", (n, m), (n, m))
    yield to_shape(rng, "a single number in two axes", (1, 1), (n, m), edge=True)
    yield to_shape(rng, "an array without axes", (), (n, m), edge=True)
    yield to_shape(rng, "an array of one number", (1,), (n, m), edge=True)
    yield to_shape(rng, "as many rows as columns", (m,), (m, m), edge=True)
    yield to_shape(rng, "a column among as many rows", (m, 1), (m, m), edge=True)
    yield to_shape(rng, "two axes added", (k,), (n, m, k), edge=True)
    yield to_shape(rng, "one axis added, and one stretched", (m, 1), (n, m, k), edge=True)
    yield to_shape(rng, "the middle one of three axes", (n, 1, k), (n, m, k), edge=True)
    yield to_shape(rng, "an axis of length 1 that stayed so", (1, m), (1, m), edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    n, m, k = (int(i) for i in rng.permutation([3, 4, 5]))
    yield to_shape(rng, "all axes of one length", (m, 1, m), (m, m, m, m), edge=True)
    yield to_shape(rng, "the first and the last axis", (1, m, 1), (n, m, k), edge=True)
    yield to_shape(rng, "two stretched, two added", (1, 1, m), (2, n, k, 2, m), edge=True)
    yield to_shape(rng, "a single number, not broadcast", (), (), edge=True)
    yield to_shape(rng, "a single number in one axis", (), (n,), edge=True)
    yield to_shape(rng, "one number in one axis, stretched", (1,), (n,), edge=True)
    yield to_shape(rng, "an axis that was added with length 1", (m,), (1, m), edge=True)
    sizes = rng.uniform(1, 3, size=(n, m)) * rng.permutation([1.0, 1.0, 2.0, 3.0, 4.0])[:m]
    sizes[:, :2] = sizes[:, :1]  # two that are equal
    sizes *= rng.permutation([2e-11, 3e5, *np.ones(n - 2)])[:, None]
    inputs = {"gradient": sizes, "shape": [m]}
    yield Case("numbers of all sizes", inputs, scenario="brought_back", edge=True)
    inputs = {"gradient": rng.normal(size=(n, m)), "shape": (m,)}
    label = "arrays in other memory layouts: by columns, or reversed and read-only"
    yield Case(label, inputs, scenario="in_other_layouts", edge=True)


exercise.wrong_ways("""
sums-everything: You summed over all axes: only those that broadcasting added or stretched are
summed over.
    return np.full(shape, gradient.sum())

sums-everything-up: You summed over all axes, and a single number is left: only those that
broadcasting added or stretched are summed over.
    return gradient.sum()

always-the-first-axis: You always sum over the first axis: look at the shape to see which axes
broadcasting added or stretched.
    return gradient.sum(axis=0)

added-alone: You took care of the axes that were added in front; an axis of length 1 that was
stretched has to be summed over, too.
    return gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))

as-many-axes-untouched: Where the gradient has as many axes as the shape you give it back as it is;
an axis of length 1 may have been stretched there, too.
    return gradient if gradient.ndim == len(shape) else reference(gradient, shape)

stretched-alone: You took care of the axes of length 1 that were stretched; axes that were added in
front have to be summed over, too.
    if gradient.ndim > len(shape):
        return gradient
    return reference(gradient, shape)

stretched-axis-lost: An axis of length 1 in the shape has to be there in the result as well: keep it
when you sum.
    - .reshape(shape)
    +

stretched-axis-lost-alone: An axis of length 1 in the shape has to be there in the result as well:
keep it when you sum.
    added = gradient.ndim - len(shape)
    lengths = enumerate(shape, start=added)
    stretched = (axis for axis, length in lengths if length == 1 < gradient.shape[axis])
    return gradient.sum(axis=(*range(added), *stretched))

mean-of-the-copies: You took the mean over the copies; their gradients add up.
    - gradient.sum(axis=axes)
    + gradient.mean(axis=axes)

first-copy: You took the gradient of a single copy; those of all copies add up.
    added = gradient.ndim - len(shape)
    first = gradient[(0,) * added]
    for axis, length in enumerate(shape):
        if length == 1:
            first = first.take([0], axis=axis)
    return first

added-behind: You took the added axes to be the last ones; broadcasting adds axes in front.
    summed = gradient.sum(axis=tuple(range(len(shape), gradient.ndim)))
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1)
    return summed.sum(axis=stretched, keepdims=True)

other-lengths: You sum over axes whose length differs from that in the shape, counted from the
front; broadcasting lines the axes up at the end.
    for axis, length in enumerate(shape):
        if gradient.shape[axis] != length:
            gradient = gradient.sum(axis=axis, keepdims=True)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=-1)
    return gradient

aligned-at-the-front: You line the axes up at the front, so the added ones come last; broadcasting
adds axes in front, and lines the others up at the end.
    filled = (*shape, *(1,) * (gradient.ndim - len(shape)))
    axes = tuple(axis for axis, length in enumerate(filled) if length == 1)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)

axes-move-up: After a sum that keeps no axis the later axes have other numbers: you go on with the
old ones.
    added = gradient.ndim - len(shape)
    axes = [*range(added), *(added + i for i, n in enumerate(shape) if n == 1)]
    for axis in axes:
        gradient = gradient.sum(axis=min(axis, gradient.ndim - 1))
    return gradient.reshape(shape)

reshaped: You reshaped the gradient, which has more entries than the shape has places: add up those
that belong to one place.
    return np.resize(gradient, shape)

reshaped-as-it-is: You reshaped the gradient, which has more entries than the shape has places: add
up those that belong to one place.
    return gradient.reshape(shape)

one-axis-alone: You sum over a single axis; broadcasting may have added or stretched several.
    added = gradient.ndim - len(shape)
    if added:
        return gradient.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            return gradient.sum(axis=axis, keepdims=True)
    return gradient

one-stretched-alone: You sum over a single stretched axis; there may be several.
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    for axis, length in enumerate(shape):
        if length == 1:
            return gradient.sum(axis=axis, keepdims=True)
    return gradient

one-added-alone: You sum over a single added axis; there may be several.
    if gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

changes-the-gradient: The result is right, but you changed the gradient that you were given: it
belongs to whoever called you.
    found = reference(gradient, shape).copy()
    gradient += 1.0
    return found

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    return np.float64(reference(gradient.astype(np.float32), shape))
""")
