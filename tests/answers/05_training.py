"""Answers to chapter 05: the loop that trains a linear classifier."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
EXERCISE = "train_linear_classifier"


def sample_batch(X, y, batch_size, rng):
    i = rng.integers(len(X), size=batch_size)
    return X[i], y[i]


@right(EXERCISE, "as the text says")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for _ in range(num_steps):
        loss, dW = loss_function(W, *sample_batch(X, y, batch_size, rng), reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses


@right(EXERCISE, "in place, choice")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for _ in range(num_steps):
        i = rng.choice(len(y), batch_size)
        loss, dW = loss_function(W, X[i], y[i], reg)
        losses += [float(loss)]
        W -= learning_rate * dW
    return W, losses


@right(EXERCISE, "keywords in a dict, recursion")
def _(loss_function, X, y, num_classes, **k):
    def steps(W, left):
        if not left:
            return W, []
        i = (k["rng"].random(k["batch_size"]) * len(X)).astype(int)
        loss, dW = loss_function(W, X[i], y[i], k["reg"])
        last, losses = steps(W - k["learning_rate"] * dW, left - 1)
        return last, [loss, *losses]

    return steps(np.zeros((num_classes, X.shape[1])), k["num_steps"])


@right(EXERCISE, "a generator of steps")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    def run(W):
        for _ in range(num_steps):
            rows = rng.integers(0, X.shape[0], size=(batch_size,))
            loss, dW = loss_function(W, X.take(rows, axis=0), y.take(rows), reg)
            W -= np.multiply(learning_rate, dW)
            yield loss

    W = np.zeros([num_classes, X.shape[1]], order="F")
    return W, list(run(W))


@right(EXERCISE, "all batches drawn first")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    table = rng.integers(len(X), size=(num_steps, batch_size))
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for rows in table:
        value, slope = loss_function(W, X[rows], y[rows], reg)
        losses.append(np.float64(value))
        W = np.add(W, -learning_rate * slope)
    return W, losses


@right(EXERCISE, "a class for the trainer")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    class Trainer:
        __slots__ = ("W", "losses")

        def __init__(self):
            self.W, self.losses = np.zeros((num_classes, X.shape[1])), []

        def step(self):
            X_batch, y_batch = sample_batch(X, y, batch_size, rng)
            loss, dW = loss_function(self.W.copy(), X_batch, y_batch, reg)
            self.losses.append(loss)
            self.W = self.W - dW * learning_rate

    trainer = Trainer()
    while len(trainer.losses) < num_steps:
        trainer.step()
    return trainer.W, trainer.losses


@right(EXERCISE, "looks at the whole data now and then, out of interest")
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for step in range(num_steps):
        batch = sample_batch(X, y, batch_size, rng)
        loss, dW = loss_function(W, *batch, reg)
        if step % 10 == 0:
            loss_function(W, X, y, reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses


def training(
    *, draw=sample_batch, start=np.zeros, after=False, record=None, sign=1.0, decay=1.0, extra=0,
    give=lambda W, losses: (W, losses), punish=1.0, momentum=0.0,
):  # fmt: skip
    """A training with something to get wrong."""

    def train(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
        W, losses, rate = start((num_classes, X.shape[1])), [], learning_rate
        velocity = np.zeros_like(W)
        for _ in range(num_steps + extra):
            batch = draw(X, y, batch_size, rng)
            loss, dW = loss_function(W, *batch, punish * reg)
            velocity = momentum * velocity + dW
            new = W - sign * rate * velocity
            if after:
                loss = loss_function(new, *batch, reg)[0]
            if record:
                loss = record(loss_function, W, X, y, reg)
            losses.append(loss)
            W, rate = new, rate * decay
        return give(W, losses)

    return train


def without_replacement(X, y, batch_size, rng):
    i = rng.permutation(len(X))[:batch_size]
    return X[i], y[i]


def apart(X, y, batch_size, rng):
    return X[rng.integers(len(X), size=batch_size)], y[rng.integers(len(X), size=batch_size)]


def global_state(X, y, batch_size, rng):
    i = np.random.randint(0, len(X), batch_size)  # noqa: NPY002
    return X[i], y[i]


wrong(EXERCISE, "loss after the step", score=0)(training(after=True))
wrong(EXERCISE, "loss of all the data", score=0)(
    training(record=lambda f, W, X, y, reg: f(W, X, y, reg)[0])
)
wrong(EXERCISE, "loss without the penalty", score=0)(
    training(record=lambda f, W, X, y, reg: f(W, X, y, 0.0)[0])
)
wrong(EXERCISE, "uphill", score=0)(training(sign=-1.0))
wrong(EXERCISE, "starts at ones", score=0)(training(start=np.ones))
wrong(EXERCISE, "starts at small numbers", score=0)(
    training(start=lambda shape: 1e-3 * np.random.default_rng(0).normal(size=shape))
)
wrong(EXERCISE, "rate decays", score=0)(training(decay=0.99))
wrong(EXERCISE, "momentum", score=0)(training(momentum=0.9))
wrong(EXERCISE, "ignores reg", score=0)(training(punish=0.0))
wrong(EXERCISE, "one step more", score=0)(training(extra=1))
wrong(EXERCISE, "one step less", score=0)(training(extra=-1))
wrong(EXERCISE, "swapped", score=0)(training(give=lambda W, losses: (losses, W)))
wrong(EXERCISE, "weights alone", score=0)(training(give=lambda W, losses: W))
wrong(EXERCISE, "last loss alone", score=0)(training(give=lambda W, losses: (W, losses[-1])))
wrong(EXERCISE, "transposed", score=0)(training(give=lambda W, losses: (W.T, losses)))
wrong(EXERCISE, "without replacement", score=0)(training(draw=without_replacement))
wrong(EXERCISE, "labels drawn apart", score=0)(training(draw=apart))
wrong(EXERCISE, "global state", score=0)(training(draw=global_state))
wrong(EXERCISE, "the whole data", score=0)(training(draw=lambda X, y, size, rng: (X, y)))
wrong(EXERCISE, "first rows", score=0)(training(draw=lambda X, y, size, rng: (X[:size], y[:size])))
wrong(EXERCISE, "same batch for every step", score=0)(
    training(draw=lambda X, y, size, rng: sample_batch(X, y, size, np.random.default_rng(1)))
)


@wrong(EXERCISE, "one batch for all steps", score=0)
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    batch = sample_batch(X, y, batch_size, rng)
    return training(draw=lambda X, y, size, rng: batch)(
        loss_function, X, y, num_classes, learning_rate=learning_rate, reg=reg,
        num_steps=num_steps, batch_size=batch_size, rng=rng,
    )  # fmt: skip


@wrong(EXERCISE, "an epoch in order of a permutation", score=0)
def _(loss_function, X, y, num_classes, *, learning_rate, reg, num_steps, batch_size, rng):
    order = np.concatenate([rng.permutation(len(X)) for _ in range(num_steps * batch_size)])
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for step in range(num_steps):
        rows = order[step * batch_size : (step + 1) * batch_size]
        loss, dW = loss_function(W, X[rows], y[rows], reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses


@wrong(EXERCISE, "classes counted in y", score=0)
def _(loss_function, X, y, num_classes, **settings):
    return training()(loss_function, X, y, int(y.max()) + 1, **settings)


@wrong(EXERCISE, "arguments by position alone", score=0)
def _(loss_function, X, y, num_classes, rate, reg, steps, size, rng):
    return training()(
        loss_function, X, y, num_classes, learning_rate=rate, reg=reg, num_steps=steps,
        batch_size=size, rng=rng,
    )  # fmt: skip
