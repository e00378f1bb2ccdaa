"""Answers to chapter 07: the loop that trains a network."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
EXERCISE = "train"


@right(EXERCISE, "as the text says")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for _ in range(num_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            loss, gradients = model.loss(X[rows], y[rows])
            history["loss"].append(loss)
            for name in model.parameters:
                model.parameters[name] -= learning_rate * gradients[name]
        history["train_accuracy"].append(np.mean(model.predict(X) == y))
        history["val_accuracy"].append(np.mean(model.predict(X_val) == y_val))
    return history


@right(EXERCISE, "new arrays under the keys, an even share")
def _(model, X, y, X_val, y_val, **k):
    loss, fits, holds = [], [], []
    sections = max(1, round(len(X) / k["batch_size"]))
    for _ in range(k["num_epochs"]):
        rows = np.arange(len(X))
        k["rng"].shuffle(rows)
        for part in np.array_split(rows, sections):
            value, g = model.loss(X[part], y[part])
            loss.append(float(value))
            for name, w in list(model.parameters.items()):
                model.parameters[name] = w - k["learning_rate"] * g[name]
        fits += [float((model.predict(X) == y).mean())]
        holds += [float((model.predict(X_val) == y_val).mean())]
    return dict(loss=loss, train_accuracy=fits, val_accuracy=holds)


@right(EXERCISE, "all orders drawn first, by random keys")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    orders = rng.random((num_epochs, len(X))).argsort(axis=1)
    found = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for order in orders:
        X_new, y_new = X[order], y[order]
        for i in range(-(-len(X) // batch_size)):
            batch = slice(i * batch_size, (i + 1) * batch_size)
            value, g = model.loss(X_new[batch], y_new[batch])
            found["loss"].append(value)
            for name, slope in g.items():
                np.subtract(
                    model.parameters[name], learning_rate * slope, out=model.parameters[name]
                )
        for name, (rows, labels) in {"train": (X, y), "val": (X_val, y_val)}.items():
            hits = np.count_nonzero(model.predict(rows) == labels)
            found[f"{name}_accuracy"].append(hits / len(labels))
    return found


@right(EXERCISE, "the rest joins the last batch, scores for accuracy")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    def accuracy(rows, labels):
        return np.mean(np.argmax(model.scores(rows), axis=1) == labels)

    losses, fits, holds = [], [], []
    cuts = [batch_size * i for i in range(1, max(1, len(X) // batch_size))]
    for _ in range(num_epochs):
        order = rng.choice(len(X), len(X), replace=False)
        for rows in np.split(order, cuts):
            loss, gradients = model.loss(X.take(rows, axis=0), y.take(rows))
            losses.append(np.float64(loss))
            for name in sorted(gradients):
                model.parameters[name][...] -= gradients[name] * learning_rate
        fits.append(accuracy(X, y))
        holds.append(accuracy(X_val, y_val))
    return {"val_accuracy": holds, "train_accuracy": fits, "loss": losses}


@right(EXERCISE, "a generator of batches, a small one first")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    def batches():
        left = rng.permutation(np.arange(y.size)).tolist()
        small = len(left) % batch_size
        while left:
            take = small or batch_size
            small, rows, left = 0, left[:take], left[take:]
            yield rows

    def steps():
        for rows in batches():
            loss, gradients = model.loss(X[rows], y[rows])
            model.parameters.update(
                {n: w - learning_rate * gradients[n] for n, w in model.parameters.items()}
            )
            yield loss

    history = {name: [] for name in ("loss", "train_accuracy", "val_accuracy")}
    for _ in range(num_epochs):
        history["loss"].extend(steps())
        history["train_accuracy"].append(sum(model.predict(X) == y) / len(y))
        history["val_accuracy"].append(sum(model.predict(X_val) == y_val) / len(y_val))
    return history


@right(EXERCISE, "recursion over the epochs, images and labels shuffled together")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}

    def epoch(left):
        if left == 0:
            return history
        pairs = list(zip(X, y, strict=True))
        rng.shuffle(pairs := np.array(pairs, dtype=object))
        for i in range(0, len(pairs), batch_size):
            rows, labels = zip(*pairs[i : i + batch_size], strict=True)
            loss, gradients = model.loss(np.array(rows), np.array(labels))
            history["loss"].append(loss)
            for name in gradients:
                model.parameters[name] += -learning_rate * gradients[name]
        history["train_accuracy"].append((model.predict(X) == y).mean())
        history["val_accuracy"].append((model.predict(X_val) == y_val).mean())
        return epoch(left - 1)

    return epoch(num_epochs)


@right(EXERCISE, "a class for the trainer")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    class Trainer:
        def __init__(self):
            self.loss, self.fits, self.holds = [], [], []

        def step(self, rows):
            loss, gradients = model.loss(X[rows], y[rows])
            self.loss.append(loss)
            for name, w in model.parameters.items():
                w -= learning_rate * gradients[name]

        def epoch(self):
            order = list(range(len(y)))
            rng.shuffle(order)
            for start in range(0, len(order), batch_size):
                self.step(np.array(order[start : start + batch_size]))
            self.fits.append(np.equal(model.predict(X), y).mean())
            self.holds.append(np.equal(model.predict(X_val), y_val).mean())

    trainer = Trainer()
    for _ in range(num_epochs):
        trainer.epoch()
    return {
        "loss": trainer.loss, "train_accuracy": trainer.fits, "val_accuracy": trainer.holds,
    }  # fmt: skip


def in_order(n, size, rng):
    return [np.arange(n)[i : i + size] for i in range(0, n, size)]


def shuffled(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


def accuracy(model, X, y):
    return np.mean(model.predict(X) == y)


def training(
    *, batches=shuffled, once=False, sign=1.0, record=None, measure=accuracy, before=False, extra=0,
    step=None, give=lambda history: history, labels=lambda y, rows: y[rows], swap=False, decay=1.0,
    momentum=0.0, names=lambda names: names,
):  # fmt: skip
    """A training with something to get wrong."""

    def train(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
        loss, fits, holds, plan, rate, speed = [], [], [], None, learning_rate, {}
        for _ in range(num_epochs + extra):
            if before:
                fits.append(measure(model, X, y))
                holds.append(measure(model, X_val, y_val))
            plan = plan if once and plan else batches(len(X), batch_size, rng)
            for rows in plan:
                value, g = model.loss(X[rows], labels(y, rows))
                for name in names(list(g)):
                    speed[name] = momentum * speed.get(name, 0.0) + g[name]
                    if step:
                        step(model, name, rate, speed[name])
                    else:
                        model.parameters[name] -= sign * rate * speed[name]
                loss.append(record(model, X, y, rows, value) if record else value)
            rate *= decay
            if not before:
                fits.append(measure(model, X, y))
                holds.append(measure(model, X_val, y_val))
        if swap:
            fits, holds = holds, fits
        return give({"loss": loss, "train_accuracy": fits, "val_accuracy": holds})

    return train


def flawed(style, score=None, **settings):
    wrong(EXERCISE, style, score=score)(training(**settings))


def by_epoch(history):
    history["loss"] = history["loss"][:: -(-len(history["loss"]) // len(history["val_accuracy"]))]
    return history


def forgets(model, name, rate, slope):
    w = model.parameters[name]
    w = w - rate * slope


def other_attributes(model, name, rate, slope):
    w = getattr(model, name)
    w -= rate * slope


flawed("rows in their order", batches=in_order)
flawed("shuffled once", once=True)
flawed(
    "drawn with replacement",
    batches=lambda n, k, rng: [rng.integers(n, size=k) for _ in range(-(-n // k))],
)
flawed(
    "each batch without replacement by itself",
    batches=lambda n, k, rng: [rng.permutation(n)[:k] for _ in range(-(-n // k))],
)
flawed(
    "the rest left out", batches=lambda n, k, rng: [b for b in shuffled(n, k, rng) if len(b) == k]
)
flawed(
    "the first row left out",
    batches=lambda n, k, rng: [b[b > 0] for b in shuffled(n, k, rng) if len(b[b > 0])],
)
flawed(
    "the rest filled up", batches=lambda n, k, rng: [np.resize(b, k) for b in shuffled(n, k, rng)]
)
flawed(
    "batches in order, rows inside them not",
    batches=lambda n, k, rng: [rng.permutation(b) for b in in_order(n, k, rng)],
)
flawed(
    "rows in order, batches not",
    batches=lambda n, k, rng: [in_order(n, k, rng)[i] for i in rng.permutation(-(-n // k))],
)
flawed("turned round", batches=lambda n, k, rng: [b[::-1] for b in in_order(n, k, rng)])
flawed(
    "rolled",
    batches=lambda n, k, rng: np.array_split(np.roll(np.arange(n), rng.integers(n)), -(-n // k)),
)
flawed("the whole data", batches=lambda n, k, rng: [rng.permutation(n)])
flawed("single rows", batches=lambda n, k, rng: [[i] for i in rng.permutation(n)])
flawed(
    "as many batches as batch_size says",
    batches=lambda n, k, rng: np.array_split(rng.permutation(n), k),
)
flawed("one batch an epoch", batches=lambda n, k, rng: shuffled(n, k, rng)[:1])
flawed("twice through", batches=lambda n, k, rng: shuffled(n, k, rng) + shuffled(n, k, rng))
flawed("global state", batches=lambda n, k, rng: shuffled(n, k, np.random))
flawed("a generator of its own", batches=lambda n, k, rng: shuffled(n, k, np.random.default_rng(0)))
flawed("labels stay behind", 0, labels=lambda y, rows: y[: len(rows)])
flawed("uphill", 0, sign=-1.0)
flawed("twice the rate", 0, sign=2.0)
flawed("rate decays", decay=0.9)
flawed("momentum", momentum=0.9)
flawed("weights alone", 0, names=lambda names: [n for n in names if n[0] == "W"])
flawed("first layer alone", 0, names=lambda names: names[:2])
flawed("steps that change nothing", 0, step=forgets)
flawed("takes W1 for an attribute", 0, step=other_attributes)
flawed(
    "sign of the gradient",
    0,
    step=lambda m, n, rate, g: m.parameters.__setitem__(n, m.parameters[n] - rate * np.sign(g)),
)
flawed(
    "tiny error",
    step=lambda m, n, rate, g: m.parameters.__setitem__(n, m.parameters[n] - 1.001 * rate * g),
)
flawed(
    "float32",
    step=lambda m, n, rate, g: m.parameters.__setitem__(n, np.float32(m.parameters[n] - rate * g)),
)
flawed("loss after the step", 0, record=lambda m, X, y, rows, value: m.loss(X[rows], y[rows])[0])
flawed("loss of all the data", 0, record=lambda m, X, y, rows, value: m.loss(X, y)[0])
flawed("loss times the batch", 0, record=lambda m, X, y, rows, value: value * len(rows))
flawed("one loss for each epoch", 0, give=by_epoch)
flawed("the last loss", 0, give=lambda h: {**h, "loss": h["loss"][-1:]})
flawed("the last accuracies", give=lambda h: {n: v if n == "loss" else v[-1] for n, v in h.items()})
flawed(
    "best accuracies so far",
    give=lambda h: {n: v if n == "loss" else list(np.maximum.accumulate(v)) for n, v in h.items()},
)
flawed("accuracies before the epoch", before=True)
flawed("per cent", measure=lambda m, X, y: 100 * accuracy(m, X, y))
flawed("hits counted", measure=lambda m, X, y: int(np.sum(m.predict(X) == y)))
flawed("errors", measure=lambda m, X, y: 1 - accuracy(m, X, y))
flawed("accuracy of the first rows", measure=lambda m, X, y: accuracy(m, X[:10], y[:10]))
flawed("training and validation swapped", swap=True)
flawed("one epoch more", extra=1)
flawed("one epoch less", extra=-1)
flawed("a tuple", 0, give=lambda h: tuple(h.values()))
flawed(
    "other names", 0, give=lambda h: dict(zip(["losses", "train", "val"], h.values(), strict=True))
)
flawed("nothing back", 0, give=lambda h: None)


@wrong(EXERCISE, "validation rows, too")
def _(model, X, y, X_val, y_val, **settings):
    both = np.concatenate([X, X_val]), np.concatenate([y, y_val])
    return training()(model, *both, X_val, y_val, **settings)


@wrong(EXERCISE, "accuracies on the training rows alone")
def _(model, X, y, X_val, y_val, **settings):
    return training()(model, X, y, X, y, **settings)


@wrong(EXERCISE, "shuffles X itself")
def _(model, X, y, X_val, y_val, *, learning_rate, num_epochs, batch_size, rng):
    def together(n, size, rng):
        order = rng.permutation(n)
        X[...], y[...] = X[order], y[order]
        return in_order(n, size, rng)

    return training(batches=together)(
        model, X, y, X_val, y_val, learning_rate=learning_rate, num_epochs=num_epochs,
        batch_size=batch_size, rng=rng,
    )  # fmt: skip


@wrong(EXERCISE, "shuffles X alone")
def _(model, X, y, X_val, y_val, **settings):
    return training()(model, settings["rng"].permutation(X), y, X_val, y_val, **settings)


@wrong(EXERCISE, "trains a copy")
def _(model, X, y, X_val, y_val, **settings):
    import copy

    return training()(copy.deepcopy(model), X, y, X_val, y_val, **settings)


@wrong(EXERCISE, "shuffles with one seed for every epoch")
def _(model, X, y, X_val, y_val, **settings):
    seed = int(settings["rng"].integers(2**31))
    return training(batches=lambda n, k, rng: shuffled(n, k, np.random.default_rng(seed)))(
        model, X, y, X_val, y_val, **settings
    )


@wrong(EXERCISE, "goes back to the best weights")
def _(model, X, y, X_val, y_val, **settings):
    history = training()(model, X, y, X_val, y_val, **settings)
    for name in model.parameters:
        model.parameters[name] = model.parameters[name] * 0.9
    return history


@wrong(EXERCISE, "stops early")
def _(model, X, y, X_val, y_val, **settings):
    settings["num_epochs"] = min(2, settings["num_epochs"])
    return training()(model, X, y, X_val, y_val, **settings)
