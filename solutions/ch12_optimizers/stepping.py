"""What the steps of chapter 12 share: inputs, and programs that take more than one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def draw_slopes(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Slopes of both signs and of several sizes, none of them near 0."""
    sizes = 10.0 ** rng.uniform(-1, 1.2, size=shape)
    return sizes * rng.choice([-1.0, 1.0], size=shape)


def weights_of_all_sizes() -> np.ndarray:
    """Five weights: none of them is like the others but two that are 0."""
    return np.array([0.0, 3e4, -2e-10, 0.0, 1.5])


def several_steps(
    implementation: Callable[..., Any], w: np.ndarray, slopes: np.ndarray, state: Any, rates: list
) -> Any:
    """Every place on the way, and the state in the end: a slope and a rate for each step."""
    places = []
    for dw, rate in zip(slopes, rates, strict=True):
        w, state = implementation(w, dw, state, rate)
        places.append(np.array(w))
    return places, state


def written_over(
    implementation: Callable[..., Any],
    w: np.ndarray,
    dw: np.ndarray,
    state: Any,
    rate: float,
    settings: dict | None = None,
) -> Any:
    """Where a step leads, and what was given to it, after its results have been written over."""
    new, after = implementation(w, dw, state, rate, **(settings or {}))
    kept = np.array(new)
    new[...] = 7.0
    for part in after.values() if isinstance(after, dict) else [after]:
        if isinstance(part, np.ndarray):
            part[...] = 7.0
    return [kept, w, dw, state]
