"""Chapter 14: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch14_convolution import (
    ConvNet,
    conv_backward,
    conv_forward,
    conv_forward_naive,
    conv_output_size,
    max_pool_backward,
    max_pool_forward,
)

chapter = ChapterDefinition(
    "14_convolution",
    "A detector that slides",
    [
        conv_output_size, conv_forward_naive, conv_forward, conv_backward, max_pool_forward,
        max_pool_backward, ConvNet,
    ],
)  # fmt: skip
