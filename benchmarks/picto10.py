"""Measures the ladder that the course tells: ``python -m benchmarks.picto10``.

Nearest neighbour, a linear classifier and a network with one hidden layer, all of scikit-learn, on
the default set; and the neighbours of the experiment with swapped backgrounds.
"""

from __future__ import annotations

import time

import numpy as np

from pix2net.data.dataset import Dataset
from pix2net.data.picto10 import background_experiment, load


def rows(images: np.ndarray) -> np.ndarray:
    """(N, D) float64 pixels, 0..1."""
    return images.reshape(len(images), -1) / 255.0


def nearest(test: np.ndarray, train: np.ndarray) -> np.ndarray:
    """(num_test,) index of the nearest training row."""
    squares = (train**2).sum(axis=1)[None] - 2 * test @ train.T
    return np.asarray(squares.argmin(axis=1))


def ladder(data: Dataset) -> dict[str, float]:
    """Test accuracy of each rung."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier

    X, X_test = rows(data.X_train), rows(data.X_test)
    mean, std = X.mean(axis=0), X.std(axis=0)
    Z, Z_test = (X - mean) / std, (X_test - mean) / std
    linear = LogisticRegression(C=1e-4, max_iter=200).fit(Z, data.y_train)
    network = MLPClassifier(
        (300,), alpha=3.0, learning_rate_init=3e-4, batch_size=100, max_iter=30, random_state=0
    )
    return {
        "chance": 1 / len(data.class_names),
        "nearest neighbour on pixels": float(
            (data.y_train[nearest(X_test, X)] == data.y_test).mean()
        ),
        "linear classifier": float(linear.score(Z_test, data.y_test)),
        "network, 300 hidden units": float(network.fit(Z, data.y_train).score(Z_test, data.y_test)),
    }


def agreement(data: Dataset) -> dict[str, float]:
    """How often the nearest training row shares the class, and how often the background."""
    assert data.background_train is not None
    assert data.background_test is not None
    found = nearest(rows(data.X_test), rows(data.X_train))
    return {
        "class": float((data.y_train[found] == data.y_test).mean()),
        "background": float((data.background_train[found] == data.background_test).mean()),
    }


def main() -> None:
    """Print both tables."""
    import warnings

    warnings.filterwarnings("ignore")
    start = time.perf_counter()
    data = load()
    print(f"drawn in {time.perf_counter() - start:.1f} s")
    for name, value in ladder(data).items():
        print(f"{name:32} {100 * value:5.1f} %")
    print("swapped backgrounds: the nearest neighbour has the same")
    for name, value in agreement(background_experiment()).items():
        print(f"{name:32} {100 * value:5.1f} %")


if __name__ == "__main__":
    main()
