"""Measures what notebooks 08 to 11 say: ``python -m benchmarks.second_arc [PART ...]``.

Every number is measured on five folds by drawing, each with a seed of its own: 1,500 images to
learn from, all images of the fold's drawings to ask about. The networks are those of the notebooks,
trained by the references of chapter 07.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.by_drawing import error_by_drawing, folds_at_random, folds_by_drawing
from benchmarks.capstone_solutions import BUILDERS
from benchmarks.common import print_parts
from pix2net.data import load
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch07_mlp.MLP import MLP
from solutions.ch07_mlp.train import train
from solutions.ch08_preprocessing.fit_pca import fit_pca
from solutions.ch08_preprocessing.fit_standardizer import fit_standardizer
from solutions.ch08_preprocessing.pca_whiten import pca_whiten
from solutions.ch08_preprocessing.standardize import standardize
from solutions.ch09_initialization.init_weights import init_weights
from solutions.ch10_regularization.cosine_decay import cosine_decay
from solutions.ch10_regularization.DropoutMLP import DropoutMLP
from solutions.ch10_regularization.early_stopping_epoch import early_stopping_epoch
from solutions.ch11_capstone.hidden import hidden_images

SEEDS = range(5)
COUNT, CLASSES = 1500, 10
Split = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Treatment = Callable[[np.ndarray], np.ndarray]


@cache
def half_size() -> np.ndarray:
    """Training images at half their size, (5000, 768)."""
    X = load("picto10").X_train
    blocks = X.reshape(len(X), 16, 2, 16, 2, 3).mean(axis=(2, 4))
    return np.asarray(blocks.reshape(len(X), -1))


def split(fold: int) -> Split:
    """X, y to learn from, X, y of the drawings of a fold."""
    d = load("picto10")
    assert d.group_train is not None
    folds = grouped_folds(d.group_train, 5)
    learn, ask = np.flatnonzero(folds != fold)[:COUNT], np.flatnonzero(folds == fold)
    return half_size()[learn], d.y_train[learn], half_size()[ask], d.y_train[ask]


def row(name: str, *columns: list[float], digits: int = 3) -> str:
    """A row of a table: mean and all values of each column."""
    told = [
        f"{np.mean(c):.{digits}f} ({' '.join(f'{value:.{digits}f}' for value in c)})"
        for c in columns
    ]
    return f"| {' | '.join([name, *told])} |"


# --- 08: treatments of the pixels -----------------------------------------------------------------


def treatments(X: np.ndarray) -> dict[str, tuple[Treatment, tuple[float, ...]]]:
    """What notebook 08 does to rows, and the rates among which each has its best."""
    mean, std = fit_standardizer(X)
    center, components, variances = fit_pca(X, X.shape[1])

    def whiten(kept: int) -> Treatment:
        axes, spread = components[:kept], variances[:kept]
        return lambda rows: pca_whiten(rows, center, axes, spread) @ axes

    return {
        "raw": (lambda rows: rows, (1e-4, 3e-4, 1e-3, 3e-3)),
        "centred": (lambda rows: rows - mean, (3e-4, 1e-3, 3e-3, 1e-2)),
        "standardised": (lambda rows: standardize(rows, mean, std), (0.03, 0.1, 0.3)),
        "whitened, 60 kept": (whiten(60), (0.1, 0.3, 1.0, 3.0)),
        "whitened, all kept": (whiten(len(components)), (0.03, 0.1, 0.3, 1.0)),
    }


def started(model: MLP, seed: int) -> None:
    """Give a network He's weights."""
    rng = np.random.default_rng(seed)
    for name, W in model.parameters.items():
        if name[0] == "W":
            model.parameters[name] = init_weights(W.shape[1], W.shape[0], "he", rng)


def preprocessing() -> Iterator[str]:
    """Accuracy on validation images with the best rate: of each treatment, and from He's start."""
    yield "| treatment | validation | training |\n| --- | --- | --- |"
    found: dict[str, list[tuple[float, float]]] = {}
    for seed in SEEDS:
        X, y, X_val, y_val = split(seed)
        for name, (treat, rates) in treatments(X).items():
            for he in (False, True) if name in ("centred", "standardised") else (False,):
                tried = []
                for rate in rates:
                    model = MLP([X.shape[1], 50, CLASSES], np.random.default_rng(seed))
                    if he:
                        started(model, seed)
                    history = train(
                        model, treat(X), y, treat(X_val), y_val, learning_rate=rate, num_epochs=6,
                        batch_size=50, rng=np.random.default_rng(seed + 1),
                    )  # fmt: skip
                    tried.append((history["val_accuracy"][-1], history["train_accuracy"][-1]))
                found.setdefault(f"{name}{', from He' * he}", []).append(max(tried))
    for name, pairs in found.items():
        yield row(name, *(list(column) for column in zip(*pairs, strict=True)))


# --- 09: starts -----------------------------------------------------------------------------------

STARTS = {
    "zeros": ("zeros", 1), "small": ("small", 1), "xavier": ("xavier", 1), "he": ("he", 1),
    "too large": ("he", 4),
}  # fmt: skip


def initialization() -> Iterator[str]:
    """Accuracy and last loss of each start, with the rate of lowest loss out of four."""
    yield "| hidden layers, start | validation | loss of the last batches |\n| --- | --- | --- |"
    for depth in (1, 8):
        for name, (scheme, factor) in STARTS.items():
            best = [_started(seed, depth, scheme, factor) for seed in SEEDS]
            yield row(f"{depth}, {name}", [a for _, a in best], [e for e, _ in best])


def _started(seed: int, depth: int, scheme: str, factor: float) -> tuple[float, float]:
    X, y, X_val, y_val = split(seed)
    X, X_val = (X - X.mean()) / X.std(), (X_val - X.mean()) / X.std()
    tried = []
    for rate in (0.01, 0.03, 0.1, 0.3):
        rng = np.random.default_rng(seed)
        sizes = [X.shape[1]] + [50] * depth + [CLASSES]
        model = MLP(sizes, rng)
        for i, (a, b) in enumerate(pairwise(sizes), start=1):
            model.parameters[f"W{i}"] = factor * init_weights(a, b, scheme, rng)
        with np.errstate(all="ignore"):  # where the loss grows without limit
            history = train(
                model,
                X,
                y,
                X_val,
                y_val,
                learning_rate=rate,
                num_epochs=5,
                batch_size=50,
                rng=np.random.default_rng(seed + 1),
            )
        end = float(np.nan_to_num(np.mean(history["loss"][-20:]), nan=np.inf))
        tried.append((end, history["val_accuracy"][-1]))
    return min(tried)


# --- 10: remedies ---------------------------------------------------------------------------------

EPOCHS = 30


def falling(epoch: int) -> float:
    """The cosine schedule of notebook 10."""
    return cosine_decay(0.1, epoch, EPOCHS)


REMEDIES: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "small weights": {"reg": 0.02},
    "small steps": {"rate": falling},
    "dropout": {"drop_prob": 0.5},
    "all but small steps": {"reg": 0.01, "drop_prob": 0.5},
    "all but small weights": {"rate": falling, "drop_prob": 0.5},
    "all but dropout": {"reg": 0.01, "rate": falling},
    "all together": {"reg": 0.01, "rate": falling, "drop_prob": 0.5},
}


def remedies() -> Iterator[str]:
    """How often right and wrong labels are given, accuracy and loss on validation images."""
    yield "| remedy | right labels | wrong labels | validation | its loss |"
    yield "| --- " * 5 + "|"
    found: dict[str, list[np.ndarray]] = {}
    for seed in SEEDS:
        for name, options in REMEDIES.items():
            epochs = remedied(seed, **options)
            found.setdefault(name, []).append(epochs[-1])
            if name == "nothing":
                kept = early_stopping_epoch(epochs[:, 3].tolist(), 5)
                found.setdefault("early stopping", []).append(epochs[kept])
    for name, ends in found.items():
        yield row(name, *(list(column) for column in np.transpose(ends)))


STRENGTHS: Mapping[str, tuple[float, ...]] = {
    "reg": (0.005, 0.01, 0.02, 0.05, 0.1),
    "drop_prob": (0.1, 0.25, 0.5, 0.75),
}


def strengths() -> Iterator[str]:
    """The same for penalty and dropout alone, in several strengths; 0 is no remedy."""
    yield "| strength | wrong labels | validation | its loss |"
    yield "| --- " * 4 + "|"
    for name, values in STRENGTHS.items():
        for value in (0.0, *values):
            options: dict[str, Any] = {name: value}
            ends = [remedied(seed, **options)[-1, 1:] for seed in SEEDS]
            yield row(f"{name} = {value:g}", *(list(column) for column in np.transpose(ends)))


def remedied(
    seed: int,
    rate: Callable[[int], float] = lambda epoch: 0.1,
    drop_prob: float = 0.0,
    reg: float = 0.0,
) -> np.ndarray:
    """(epochs, 4): right labels and wrong ones given, accuracy and loss on validation images."""
    X, true, X_val, y_val = split(seed)
    X, X_val = (X - 128) / 64, (X_val - 128) / 64
    rng = np.random.default_rng(seed + 1)
    wrong = rng.random(COUNT) < 0.2
    y = np.where(wrong, (true + rng.integers(1, CLASSES, size=COUNT)) % CLASSES, true)
    rng, sizes = np.random.default_rng(seed + 2), [X.shape[1], 200, CLASSES]
    model = DropoutMLP(sizes, rng, drop_prob=drop_prob, reg=reg, weight_scale=0.05)
    plain = DropoutMLP(sizes, rng)
    noted = []
    for epoch in range(EPOCHS):
        train(
            model, X, y, X_val[:1], y_val[:1], learning_rate=rate(epoch), num_epochs=1,
            batch_size=50, rng=rng,
        )  # fmt: skip
        plain.parameters.update(model.parameters)
        given, right = plain.predict(X) == y, plain.predict(X_val) == y_val
        loss = plain.loss(X_val, y_val)[0]
        noted.append((given[~wrong].mean(), given[wrong].mean(), right.mean(), loss))
    return np.array(noted)


# --- depth, in 09 ---------------------------------------------------------------------------------

SHOES = (5, 7, 9)  # sandal, sneaker, ankle boot
WIDTHS = {"one layer of 40": (40,), "two layers of 34 and 40": (34, 40), "one layer of 56": (56,)}


def strips(images: np.ndarray, labels: np.ndarray, count: int, rng: np.random.Generator) -> Any:
    """Rows of four small pictures of clothes side by side, and whether an odd number are shoes."""
    n = len(images)
    rows = images[..., 0].reshape(n, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(n, -1) / 128 - 1
    shoes = np.isin(labels, SHOES)
    wanted = rng.random((count, 4)) < 0.5
    yes = rng.choice(np.flatnonzero(shoes), size=(count, 4))
    no = rng.choice(np.flatnonzero(~shoes), size=(count, 4))
    return rows[np.where(wanted, yes, no)].reshape(count, -1), wanted.sum(axis=1) % 2


def shoes_counted(hidden: tuple[int, ...], seed: int) -> tuple[int, float]:
    """Weights and biases of a network from He's start, and its accuracy on other pictures."""
    d, rng = load("fashion_mnist"), np.random.default_rng(seed)
    X, y = strips(d.X_train[:4000], d.y_train[:4000], 4000, rng)
    X_val, y_val = strips(d.X_train[4000:], d.y_train[4000:], 2000, rng)
    sizes = [X.shape[1], *hidden, 2]
    model = MLP(sizes, rng)
    for i, (a, b) in enumerate(pairwise(sizes), start=1):
        model.parameters[f"W{i}"] = init_weights(a, b, "he", rng)
    history = train(
        model, X, y, X_val, y_val, learning_rate=0.1, num_epochs=20, batch_size=50, rng=rng
    )
    return sum(W.size for W in model.parameters.values()), history["val_accuracy"][-1]


def depth() -> Iterator[str]:
    """Accuracy on strips of other pictures: one hidden layer against two of as many weights."""
    yield "| network, weights and biases | validation |\n| --- | --- |"
    for name, hidden in WIDTHS.items():
        sizes, ends = zip(*(shoes_counted(hidden, seed) for seed in SEEDS), strict=True)
        yield row(f"{name}, {sizes[0]:,}", list(ends))


# --- 11: which images to hold back ----------------------------------------------------------------


def splits() -> Iterator[str]:
    """Accuracy on images held back at random and by drawing, and on the capstone's drawings."""
    yield "| at random | by drawing | its error by drawing | hidden drawings |"
    yield "| --- " * 4 + "|"
    d, build = load("picto10"), dict(BUILDERS)["100 units, He, mirrored, 1 s"]
    assert d.group_train is not None
    found = []
    for seed in SEEDS:
        rights = []
        for folds in (folds_at_random(d, seed), folds_by_drawing(d, seed)):
            rng, asked = np.random.default_rng(seed), folds == 0
            predict = build(d.X_train[~asked], d.y_train[~asked], rng)
            rights.append(predict(d.X_train[asked]) == d.y_train[asked])
        error = error_by_drawing(rights[1], d.group_train[asked])
        X, y = hidden_images(np.random.default_rng([seed, 11]))
        found.append((rights[0].mean(), rights[1].mean(), error, np.mean(predict(X) == y)))
    columns = [list(column) for column in zip(*found, strict=True)]
    yield row("", *columns).replace("|  |", "|", 1)


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "08": preprocessing,
    "09": initialization,
    "10": remedies,
    "11": splits,
    "depth": depth,
    "strengths": strengths,
}


def main() -> None:
    """Print the tables."""
    print_parts(
        "benchmarks.second_arc",
        __doc__,
        PARTS,
        f"{{name}}: mean, and each of {len(SEEDS)} folds and seeds",
    )


if __name__ == "__main__":
    main()
