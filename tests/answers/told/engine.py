"""The class `Value` in the widespread style, changed, for the answers of chapter 06."""

from typing import Any

import numpy as np

from grader.exercises.tables import written
from solutions.ch06_gates import closures


def changed(code: str) -> Any:
    """The class with edits, or with other methods, as entries of a table write them."""
    code = code.strip("\n") + "\n"
    return written(code, closures.Value, name="Value", scope={"np": np}).implementation
