"""Chapter 02: a baseline that looks at pixels. Its exercises stand in the modules imported here."""

from __future__ import annotations

# These register right and wrong ways of writing the exercises.
import solutions._ch02_distances_right
import solutions._ch02_distances_wrong
import solutions._ch02_neighbours_right
import solutions._ch02_neighbours_wrong  # noqa: F401
from solutions._ch02_distances import (
    chapter,
    l2_distances,
    l2_distances_one_loop,
    l2_distances_two_loops,
)
from solutions._ch02_neighbours import cross_validate_k, knn_predict, neighbour_agreement

__all__ = [
    "chapter",
    "cross_validate_k",
    "knn_predict",
    "l2_distances",
    "l2_distances_one_loop",
    "l2_distances_two_loops",
    "neighbour_agreement",
]
