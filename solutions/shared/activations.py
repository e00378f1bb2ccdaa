"""What the exercises of chapter 07 on sigmoid and ReLU, forward and back, check alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case


def output_of_forward(forward, x):
    """The output; the cache is the student's own business, but there must be one."""
    given = forward(x)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


def outputs_in_other_layouts(forward, x):
    """The outputs for an array that lies column by column, and for a read-only window."""
    window = np.repeat(x, 2, axis=-1)[::-1, ..., ::2]
    window.flags.writeable = False
    found = []
    for given in (np.array(x, order="F"), window):
        result = forward(given)
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        found.append(result[0] if pair else result)
    return found


def away_from_0(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of ordinary size and either sign, none near 0; of several, both signs occur."""
    signs = np.resize([1.0, -1.0], shape)
    return rng.uniform(0.2, 3.0, size=shape) * rng.permuted(signs.ravel()).reshape(shape)


def of_all_sizes(rng: np.random.Generator) -> np.ndarray:
    """Small, ordinary and large numbers of either sign, (4, 4)."""
    return away_from_0(rng, 4, 4) * rng.permutation([2e-3, 1.0, 10.0, 1e4])


def cases_of_forward(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of both keys for an activation's forward pass."""
    there: dict[str, Any] = {"scenario": "output_of_forward"}
    yield Case("the numbers of the text", {"x": np.array([[-2.0, 3.0], [1.0, -1.0]])}, **there)
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("a batch", {"x": away_from_0(rng, n, m)}, **there)
    yield Case("one axis", {"x": away_from_0(rng, int(rng.integers(5, 9)))}, **there)
    yield Case("four axes", {"x": away_from_0(rng, 2, n, 3, 2)}, edge=True, **there)


def hidden_cases_of_forward(rng: np.random.Generator) -> Iterator[Case]:
    """Further cases of the hidden key for an activation's forward pass."""
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("a single number in an array", {"x": away_from_0(rng, 1, 1)}, **there)
    sizes = rng.permutation([0.0, 0.0, 2e-12, -3e-12, 4e-9, -1.0, 1.0, 1.0, 2e5, -3e5, 40.0, -40.0])
    yield Case("numbers of all sizes", {"x": sizes.reshape(3, 4)}, **there)
    layouts: dict[str, Any] = {"scenario": "outputs_in_other_layouts", "edge": True}
    inputs = {"x": away_from_0(rng, 3, 4, 2)}
    yield Case("arrays in other memory layouts", inputs, **layouts)
