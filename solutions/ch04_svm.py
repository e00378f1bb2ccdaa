"""The hidden half of chapter 04: measuring how wrong the scores are.

The exercises stand in the parts imported here, each with its cases, misconceptions and variants.
"""

from __future__ import annotations

import solutions._ch04_svm_right  # noqa: F401  (registers right ways of writing the SVM loss)
from solutions._ch04_hinge import chapter, hinge_loss, l2_penalty
from solutions._ch04_slopes import numerical_gradient, relative_error
from solutions._ch04_step import sgd_step
from solutions._ch04_svm import svm_loss, svm_loss_naive

__all__ = [
    "chapter",
    "hinge_loss",
    "l2_penalty",
    "numerical_gradient",
    "relative_error",
    "sgd_step",
    "svm_loss",
    "svm_loss_naive",
]
