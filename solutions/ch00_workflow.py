"""The hidden half of chapter 00: machine learning in four steps.

The exercises stand in the parts imported here, each with its cases, misconceptions and variants.
"""

from __future__ import annotations

from solutions._ch00_centroids import nearest_centroid_fit, nearest_centroid_predict
from solutions._ch00_histogram import color_histogram
from solutions._ch00_scores import accuracy, confusion_matrix
from solutions._ch00_split import chapter, train_test_split

__all__ = [
    "accuracy",
    "chapter",
    "color_histogram",
    "confusion_matrix",
    "nearest_centroid_fit",
    "nearest_centroid_predict",
    "train_test_split",
]
