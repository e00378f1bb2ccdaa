"""Chapter 11: the classifier that stands for the reference, out of the ideas of 01 and 07 to 10."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from grader.exercises import ChapterBuilder

chapter = ChapterBuilder("11_capstone", "The best classifier you can build")


@chapter.exercise(points=12, costly=True)
def build_classifier(X_train: np.ndarray, y_train: np.ndarray, rng):
    """Build the best classifier that you can.

    Args:
        X_train: (N, 32, 32, 3) uint8 training images; X_train itself stays as it is.
        y_train: (N,) integer labels in 0..C-1; every class occurs.
        rng: numpy.random.Generator, the source of everything that is random.

    Returns:
        predict: a function; predict(X) gives the labels, (M,) integers, of any images X,
        (M, 32, 32, 3) uint8.

    Everything is allowed that NumPy can do. Training and predicting together may take 120 seconds
    of computing time (of all processor cores together) and 2 GiB of memory.
    """
    rows = small_rows(X_train)
    mean = rows.mean(axis=0)
    moves = small_moves(X_train.shape[1] // 2)
    parameters = train_network(rows - mean, y_train, moves, rng)

    def predict(X: np.ndarray) -> np.ndarray:
        X_rows = small_rows(X) - mean
        # An image and its moved and mirrored copies vote together.
        votes = sum(network_scores(X_rows[:, move], parameters) for move in moves)
        return np.argmax(votes, axis=1)

    return predict


def small_rows(images: np.ndarray) -> np.ndarray:
    """Images (N, 32, 32, 3) at half their size, (N, 768) float32, from about -2 to 2."""
    n, height, width, channels = images.shape
    blocks = images.reshape(n, height // 2, 2, width // 2, 2, channels)
    # Single precision: half the time, and exact enough to learn from.
    return ((blocks.mean(axis=(2, 4)).reshape(n, -1) - 128) / 64).astype(np.float32)


def small_moves(side: int) -> np.ndarray:
    """(18, D) integers: row[move] is an image moved by up to a pixel each way, or mirrored too."""
    places = np.arange(side * side * 3).reshape(side, side, 3)
    wide = np.pad(places, ((1, 1), (1, 1), (0, 0)), mode="edge")
    crops = [wide[i : i + side, j : j + side] for i in range(3) for j in range(3)]
    return np.array([crop.ravel() for c in crops for crop in (c, c[:, ::-1])])


def network_scores(X: np.ndarray, parameters: list) -> np.ndarray:
    """Scores (N, C) of a network with one hidden layer."""
    W1, b1, W2, b2 = parameters
    return np.maximum(X @ W1.T + b1, 0) @ W2.T + b2


def train_network(
    X: np.ndarray,
    y: np.ndarray,
    moves: np.ndarray,
    rng: np.random.Generator,
    *,
    hidden: int = 512,
    num_epochs: int = 45,
    base_rate: float = 0.3,
    drop_prob: float = 0.3,
    reg: float = 1e-4,
    batch_size: int = 100,
) -> list:
    """Parameters W1, b1, W2, b2 of a network trained with dropout, decay and a cosine schedule.

    Every image of a batch is moved and mirrored at random each time, so that none is seen twice.
    """
    targets = np.eye(y.max() + 1, dtype=np.float32)[y]
    sizes = [X.shape[1], hidden, targets.shape[1]]
    parameters = []
    for fan_in, fan_out in pairwise(sizes):  # He's initial weights
        W = rng.normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_in)
        parameters += [W.astype(np.float32), np.zeros(fan_out, dtype=np.float32)]
    W1, b1, W2, b2 = parameters
    for epoch in range(num_epochs):
        rate = np.float32(base_rate * (1 + np.cos(np.pi * epoch / num_epochs)) / 2)
        for rows in np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size)):
            move = moves[rng.integers(len(moves), size=len(rows))]
            x = np.take_along_axis(X[rows], move, axis=1)
            z = x @ W1.T + b1
            kept = rng.random(z.shape, dtype=np.float32) >= drop_prob
            mask = (kept & (z > 0)).astype(np.float32) / np.float32(1 - drop_prob)
            h = z * mask
            scores = h @ W2.T + b2
            p = np.exp(scores - scores.max(axis=1, keepdims=True))
            dscores = (p / p.sum(axis=1, keepdims=True) - targets[rows]) / np.float32(len(rows))
            dz = dscores @ W2 * mask
            W2 -= rate * (dscores.T @ h + np.float32(2 * reg) * W2)
            b2 -= rate * dscores.sum(axis=0)
            W1 -= rate * (dz.T @ x + np.float32(2 * reg) * W1)
            b1 -= rate * dz.sum(axis=0)
    return parameters
