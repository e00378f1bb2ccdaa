"""Answers to train_linear_classifier: loops of many kinds, and what may go wrong in one."""

from tests.answers.corpus import Answers

answers = Answers(__name__)


def sample_batch(X, y, batch_size, rng):
    """What an answer finds in its notebook."""
    drawn = rng.integers(len(X), size=batch_size)
    return X[drawn], y[drawn]


answers.right("""
weights changed in place, losses in an array
    W, losses = np.zeros((num_classes, X.shape[1])), np.zeros(num_steps)
    for step in range(num_steps):
        rows = rng.choice(len(X), batch_size, replace=True)
        losses[step], dW = loss_function(W, X[rows], y[rows], reg)
        W -= learning_rate * dW
    return W, losses

all batches drawn beforehand
    def train_linear_classifier(loss_function, X, y, num_classes, **settings):
        size = (settings["num_steps"], settings["batch_size"])
        W, losses = np.zeros((num_classes, X.shape[1])), []
        for rows in settings["rng"].integers(0, len(X), size=size):
            loss, slope = loss_function(W, X[rows], y[rows], reg=settings["reg"])
            losses += [loss]
            W = np.subtract(W, settings["learning_rate"] * slope)
        return [W, losses]

a while loop over the others' functions
    W = 0.0 * np.ones((num_classes, np.size(X, 1)))
    losses: list[float] = []
    while len(losses) < num_steps:
        loss, dW = loss_function(W.copy(), *sample_batch(X, y, batch_size, rng), reg)
        losses.append(float(loss))
        W = W + (-learning_rate) * np.asarray(dW)
    return W, tuple(losses)

as the text says
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for _ in range(num_steps):
        loss, dW = loss_function(W, *sample_batch(X, y, batch_size, rng), reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses

in place, choice
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for _ in range(num_steps):
        i = rng.choice(len(y), batch_size)
        loss, dW = loss_function(W, X[i], y[i], reg)
        losses += [float(loss)]
        W -= learning_rate * dW
    return W, losses

keywords in a dict, recursion
    def train_linear_classifier(loss_function, X, y, num_classes, **k):
        def steps(W, left):
            if not left:
                return W, []
            i = (k["rng"].random(k["batch_size"]) * len(X)).astype(int)
            loss, dW = loss_function(W, X[i], y[i], k["reg"])
            last, losses = steps(W - k["learning_rate"] * dW, left - 1)
            return last, [loss, *losses]

        return steps(np.zeros((num_classes, X.shape[1])), k["num_steps"])

a generator of steps
    def run(W):
        for _ in range(num_steps):
            rows = rng.integers(0, X.shape[0], size=(batch_size,))
            loss, dW = loss_function(W, X.take(rows, axis=0), y.take(rows), reg)
            W -= np.multiply(learning_rate, dW)
            yield loss

    W = np.zeros([num_classes, X.shape[1]], order="F")
    return W, list(run(W))

all batches drawn first
    table = rng.integers(len(X), size=(num_steps, batch_size))
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for rows in table:
        value, slope = loss_function(W, X[rows], y[rows], reg)
        losses.append(np.float64(value))
        W = np.add(W, -learning_rate * slope)
    return W, losses

a class for the trainer
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

looks at the whole data now and then, out of interest
    W, losses = np.zeros((num_classes, X.shape[1])), []
    for step in range(num_steps):
        batch = sample_batch(X, y, batch_size, rng)
        loss, dW = loss_function(W, *batch, reg)
        if step % 10 == 0:
            loss_function(W, X, y, reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses
""")

answers.wrong("""
loss of all the data [score=0]
    - losses.append(loss)
    + losses.append(loss_function(W, X, y, reg)[0])

loss without the penalty, of all the data [score=0]
    - losses.append(loss)
    + losses.append(loss_function(W, X, y, 0.0)[0])

starts at ones [score=0]
    - np.zeros(
    + np.ones(

starts at small numbers [score=0]
    - np.zeros((num_classes, X.shape[1]))
    + 1e-3 * np.random.default_rng(0).normal(size=(num_classes, X.shape[1]))

rate decays [score=0]
    - W = W - learning_rate * dW
    + W = W - 0.99**_step * learning_rate * dW

weights kept in single precision
    - return W, losses
    + return W.astype(np.float32).astype(np.float64), losses

gradient cut to entries of 5 at most [hidden]
    - W = W - learning_rate * dW
    + W = W - learning_rate * np.clip(dW, -5, 5)

stops where the loss hardly changes [hidden]
    - losses.append(loss)
    + losses.append(loss)
    + if len(losses) > 10 and abs(losses[-1] - losses[-10]) < 1e-6:
    +     break

stops where the loss grows [hidden]
    - losses.append(loss)
    + losses.append(loss)
    + if len(losses) > 5 and losses[-1] > losses[0]:
    +     break

momentum [score=0]
    - losses = []
    + losses, velocity = [], 0.0
    - W = W - learning_rate * dW
    + velocity = 0.9 * velocity + dW
    + W = W - learning_rate * velocity

one step more [score=0]
    - range(num_steps)
    + range(num_steps + 1)

one step less [score=0]
    - range(num_steps)
    + range(num_steps - 1)

swapped [score=0]
    - return W, losses
    + return losses, W

weights alone [score=0]
    - return W, losses
    + return W

without replacement, all rows at most [score=0]
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = rng.permutation(len(X))[:batch_size]
    + X_batch, y_batch = X[rows], y[rows]

global state [score=0]
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = np.random.randint(0, len(X), batch_size)
    + X_batch, y_batch = X[rows], y[rows]

first rows, all of them at most [score=0]
    - sample_batch(X, y, batch_size, rng)
    + X[:batch_size], y[:batch_size]

a new generator of one seed for every step [score=0]
    - sample_batch(X, y, batch_size, rng)
    + sample_batch(X, y, batch_size, np.random.default_rng(1))

arguments by position alone [score=0]
    def train_linear_classifier(loss_function, X, y, num_classes, rate, reg, steps, size, rng):
        return reference(
            loss_function, X, y, num_classes, learning_rate=rate, reg=reg, num_steps=steps,
            batch_size=size, rng=rng,
        )
""")
