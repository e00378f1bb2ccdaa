"""Chapter 15: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch15_frameworks import Tensor, tensor_mlp_loss, unbroadcast

chapter = ChapterDefinition(
    "15_frameworks",
    "From your Value to a library",
    [unbroadcast, Tensor, tensor_mlp_loss],
)
