"""The hidden half of chapter 05: from scores to probabilities, and the loop that learns."""

from __future__ import annotations

import solutions._ch05_classifier_wrong  # noqa: F401  registers wrong ways of training
from solutions._ch05_classifier import train_linear_classifier
from solutions._ch05_loss import softmax_loss, softmax_loss_naive
from solutions._ch05_probabilities import chapter, cross_entropy, softmax
from solutions._ch05_training import sample_batch

__all__ = [
    "chapter",
    "cross_entropy",
    "sample_batch",
    "softmax",
    "softmax_loss",
    "softmax_loss_naive",
    "train_linear_classifier",
]
