"""The hidden half of chapter 10: its exercises stand in the modules imported here."""

from __future__ import annotations

# These register cases, and right and wrong ways of writing the exercises.
import solutions._ch10_dropout_right
import solutions._ch10_dropout_wrong
import solutions._ch10_network_cases
import solutions._ch10_network_right
import solutions._ch10_network_wrong
import solutions._ch10_stopping  # noqa: F401
from solutions._ch10_dropout import chapter, dropout_backward, dropout_forward
from solutions._ch10_network import DropoutMLP
from solutions._ch10_rates import cosine_decay, early_stopping_epoch, step_decay

__all__ = [
    "DropoutMLP",
    "chapter",
    "cosine_decay",
    "dropout_backward",
    "dropout_forward",
    "early_stopping_epoch",
    "step_decay",
]
