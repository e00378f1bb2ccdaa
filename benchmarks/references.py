"""The reference solutions beside scikit-learn, SciPy, autograd and, where it is installed, PyTorch.

One run, float64, one thread. A peer does the same work on the same numbers and is checked to give
the same answer. "Its products alone" are the matrix products that no way of computing it can leave
out; a ratio to them is shown, since not every function has a peer in a library.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.common import Settings, best, ratio
from benchmarks.picto10 import rows
from grader.exercises.registry import chapter_named
from pix2net.cli import console
from pix2net.data import load

TARGET = 1.2
CLASSES, HIDDEN, BATCH, REG = 10, 100, 200, 1e-3
Action = Callable[[], Any]


@dataclass(frozen=True)
class Contest:
    """One reference and its peers: what each computes, as functions of nothing."""

    name: str
    ours: Action
    peers: Mapping[str, Action]
    floor: Action | None = None


@dataclass(frozen=True)
class Numbers:
    """Pixels from 0 to 1 and labels, (N, D) float64 and (N,)."""

    X: np.ndarray
    y: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray


def reference(module: str, name: str) -> Any:
    """A reference solution. Raises `ImportError` or `KeyError` where there is none yet."""
    chapter = chapter_named(module.removeprefix("ch"))
    if chapter is None:
        raise ImportError(f"there is no chapter {module}")
    return chapter.exercises[name].reference


def torch() -> Any:
    """PyTorch on one thread, or None."""
    if importlib.util.find_spec("torch") is None:
        return None
    library = importlib.import_module("torch")
    library.set_num_threads(1)
    return library


def distances(data: Numbers) -> Contest:
    """500 x 2,000 distances of rows of 3,072."""
    from scipy.spatial.distance import cdist
    from sklearn.metrics.pairwise import euclidean_distances

    test, train = data.X_val[:500], data.X[:2000]
    ours = reference("ch02_knn", "l2_distances")
    peers = {
        "scikit-learn": lambda: euclidean_distances(test, train),
        "SciPy": lambda: cdist(test, train),
    }
    if (library := torch()) is not None:
        a, b = library.from_numpy(test.copy()), library.from_numpy(train.copy())
        peers["PyTorch"] = lambda: library.cdist(a, b).numpy()
    return Contest("l2_distances", lambda: ours(test, train), peers, lambda: test @ train.T)


def svm(data: Numbers) -> Contest:
    """Multiclass hinge loss with its gradient; scikit-learn has none for several classes."""
    from autograd import numpy as anp
    from autograd import value_and_grad

    X, y = data.X[:1000], data.y[:1000]
    W = np.random.default_rng(0).normal(scale=0.01, size=(CLASSES, X.shape[1]))
    ours = reference("ch04_svm", "svm_loss")
    every = np.arange(len(y))

    def loss(weights: Any) -> Any:
        scores = anp.dot(X, weights.T)
        margins = anp.maximum(0, scores - scores[every, y][:, None] + 1)
        return anp.sum(margins) / len(y) - 1 + REG * anp.sum(weights * weights)

    peers: dict[str, Action] = {"autograd": lambda: value_and_grad(loss)(W)}
    if (library := torch()) is not None:
        x, t = library.from_numpy(X.copy()), library.from_numpy(y.copy())

        def by_torch() -> Any:
            w = library.from_numpy(W.copy()).requires_grad_()
            margins = library.nn.functional.multi_margin_loss(x @ w.T, t) * CLASSES
            total = margins + REG * (w * w).sum()
            total.backward()
            return total.item(), w.grad.numpy()

        peers["PyTorch"] = by_torch
    return Contest("svm_loss", lambda: ours(W, X, y, REG), peers, lambda: (X @ W.T).T @ X)


def softmax(data: Numbers) -> Contest:
    """Cross-entropy of a softmax with its gradient."""
    from sklearn._loss import HalfMultinomialLoss
    from sklearn.linear_model._linear_loss import LinearModelLoss

    X, y = data.X[:1000], data.y[:1000]
    W = np.random.default_rng(0).normal(scale=0.01, size=(CLASSES, X.shape[1]))
    ours = reference("ch05_softmax", "softmax_loss")
    theirs = LinearModelLoss(HalfMultinomialLoss(n_classes=CLASSES), fit_intercept=False)
    labels, weights = y.astype(np.float64), np.asfortranarray(W)
    peers: dict[str, Action] = {
        "scikit-learn": lambda: theirs.loss_gradient(
            weights, X, labels, l2_reg_strength=2 * REG, n_threads=1
        )
    }
    if (library := torch()) is not None:
        x, t = library.from_numpy(X.copy()), library.from_numpy(y.copy())

        def by_torch() -> Any:
            w = library.from_numpy(W.copy()).requires_grad_()
            total = library.nn.functional.cross_entropy(x @ w.T, t) + REG * (w * w).sum()
            total.backward()
            return total.item(), w.grad.numpy()

        peers["PyTorch"] = by_torch
    return Contest("softmax_loss", lambda: ours(W, X, y, REG), peers, lambda: (X @ W.T).T @ X)


def _network(X: np.ndarray, y: np.ndarray, learning_rate: float) -> Any:
    """scikit-learn's network of the same form, for one pass over the rows."""
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier(
        (HIDDEN,), solver="sgd", alpha=REG, batch_size=BATCH, learning_rate_init=learning_rate,
        momentum=0.0, max_iter=1, random_state=0,
    )  # fmt: skip


def mlp(data: Numbers) -> Contest:
    """MLP.loss of 3072-100-10 on a batch of 200."""
    X, y = data.X[:BATCH], data.y[:BATCH]
    made = reference("ch07_mlp", "MLP")([X.shape[1], HIDDEN, CLASSES], np.random.default_rng(0),
                                        reg=REG)  # fmt: skip
    network = _quiet(lambda: _network(X, y, 0.1).fit(X, y))
    coded = network._label_binarizer.transform(y).astype(bool)
    sizes = [X.shape[1], HIDDEN, CLASSES]
    layers = [X, *(np.empty((BATCH, n)) for n in sizes[1:])]
    deltas = [np.empty_like(layer) for layer in layers[1:]]
    grads = [np.empty((a, b)) for a, b in pairwise(sizes)]
    biases = [np.empty(n) for n in sizes[1:]]

    def theirs() -> Any:
        network._forward_pass(layers)
        return network._backprop(X, coded, None, layers, deltas, grads, biases)

    W1, W2 = made.parameters["W1"], made.parameters["W2"]
    hidden = X @ W1.T

    def products() -> Any:
        """Forward twice, gradients of both weights, and back through the second."""
        scores = (X @ W1.T) @ W2.T
        return scores.T @ hidden, (scores @ W2).T @ X

    peers: dict[str, Action] = {"scikit-learn": theirs}
    if (library := torch()) is not None:
        peers["PyTorch"] = _by_torch(library, made, X, y)
    return Contest("MLP.loss", lambda: made.loss(X, y), peers, products)


class TorchNetwork:
    """PyTorch's network with the parameters of one of ours."""

    def __init__(self, library: Any, made: Any) -> None:
        self.library = library
        copies = {k: library.from_numpy(v.copy()) for k, v in made.parameters.items()}
        self.parameters = {k: copy.requires_grad_() for k, copy in copies.items()}

    def scores(self, x: Any) -> Any:
        """Scores (N, 10) of rows (N, 3072)."""
        w = self.parameters
        return self.library.relu(x @ w["W1"].T + w["b1"]) @ w["W2"].T + w["b2"]

    def gradients(self, x: Any, t: Any) -> dict[str, Any]:
        """Gradients of the loss of a batch, by parameter."""
        for value in self.parameters.values():
            value.grad = None
        penalty = REG * sum((self.parameters[k] ** 2).sum() for k in ("W1", "W2"))
        (self.library.nn.functional.cross_entropy(self.scores(x), t) + penalty).backward()
        return {k: value.grad for k, value in self.parameters.items()}

    def epoch(self, x: Any, t: Any, learning_rate: float) -> None:
        """One pass over shuffled rows in batches."""
        for rows_of_batch in self.library.randperm(len(x)).split(BATCH):
            gradients = self.gradients(x[rows_of_batch], t[rows_of_batch])
            with self.library.no_grad():
                for k, value in self.parameters.items():
                    value -= learning_rate * gradients[k]

    def accuracy(self, x: Any, t: Any) -> float:
        """Share of rows whose largest score is at their label."""
        with self.library.no_grad():
            return float((self.scores(x).argmax(1) == t).double().mean())


def _by_torch(library: Any, made: Any, X: np.ndarray, y: np.ndarray) -> Action:
    x, t = library.from_numpy(X.copy()), library.from_numpy(y.copy())
    network = TorchNetwork(library, made)
    return lambda: {k: v.numpy() for k, v in network.gradients(x, t).items()}


def epoch(data: Numbers) -> Contest:
    """One epoch of train on 5,000 rows, and the accuracies after it."""
    train, network = reference("ch07_mlp", "train"), reference("ch07_mlp", "MLP")

    def ours() -> Any:
        rng = np.random.default_rng(0)
        made = network([data.X.shape[1], HIDDEN, CLASSES], rng, reg=REG)
        return train(made, data.X, data.y, data.X_val, data.y_val, learning_rate=0.1,
                     num_epochs=1, batch_size=BATCH, rng=rng)  # fmt: skip

    def theirs() -> Any:
        made = _quiet(lambda: _network(data.X, data.y, 0.1).fit(data.X, data.y))
        return made.score(data.X, data.y), made.score(data.X_val, data.y_val)

    peers: dict[str, Action] = {"scikit-learn": theirs}
    if (library := torch()) is not None:
        arrays = (data.X, data.y, data.X_val, data.y_val)
        x, t, x_val, t_val = (library.from_numpy(a.copy()) for a in arrays)

        def by_torch() -> Any:
            sizes = [data.X.shape[1], HIDDEN, CLASSES]
            made = TorchNetwork(library, network(sizes, np.random.default_rng(0), reg=REG))
            made.epoch(x, t, 0.1)
            return made.accuracy(x, t), made.accuracy(x_val, t_val)

        peers["PyTorch"] = by_torch
    return Contest("one epoch of train", ours, peers)


def pca(data: Numbers) -> Contest:
    """50 components of 1,000 rows."""
    from sklearn.decomposition import PCA

    X = data.X[:1000]
    ours = reference("ch08_preprocessing", "fit_pca")
    solvers = ("full", "covariance_eigh")
    peers: dict[str, Action] = {
        f"scikit-learn, {solver}": partial(PCA(50, svd_solver=solver).fit, X) for solver in solvers
    }
    if (library := torch()) is not None:
        x = library.from_numpy(X.copy())

        def by_torch() -> Any:
            return library.linalg.svd(x - x.mean(0), full_matrices=False)[2][:50].numpy()

        peers["PyTorch, svd"] = by_torch
    return Contest("fit_pca", lambda: ours(X, 50), peers)


def _quiet(action: Action) -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that one pass does not converge is meant
        return action()


def contests(data: Numbers) -> Iterator[Contest]:
    """The contests whose references are there."""
    for make in (distances, svm, softmax, mlp, epoch, pca):
        try:
            yield make(data)
        except (ImportError, KeyError, AttributeError) as error:
            console.say(f"{make.__name__}: not measured ({error})")


def measure(settings: Settings) -> None:
    """Print the table."""
    d = load()
    data = Numbers(rows(d.X_train), d.y_train, rows(d.X_test), d.y_test)
    body = []
    for contest in contests(data):
        runs = 2 * settings.runs + 1
        own = best(contest.ours, runs)
        times = {name: best(peer, runs) for name, peer in contest.peers.items()}
        fastest = min(times, key=lambda name: times[name])
        floor = f"{own / best(contest.floor, runs):.2f}" if contest.floor else "–"
        body.append([
            contest.name, f"{1000 * own:.2f}",
            ", ".join(f"{name} {1000 * t:.2f}" for name, t in times.items()),
            ratio(own / times[fastest], TARGET), floor,
        ])  # fmt: skip
    console.table(
        "References, ms: the best of some runs, float64, one thread",
        ["reference", "ours", "peers", "ours to the fastest", "to its products alone"],
        body,
    )
