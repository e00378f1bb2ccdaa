"""Answers to train."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
as the text says
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

numbers of rows shuffled on and on, split evenly, labels from scores
    out = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    numbers = np.arange(X.shape[0])
    for _ in range(num_epochs):
        rng.shuffle(numbers)
        for batch in np.array_split(numbers, -(-len(numbers) // batch_size)):
            loss, grads = model.loss(X=X[batch], y=y[batch])
            for key in model.parameters:
                model.parameters[key] = model.parameters[key] - learning_rate * grads[key]
            out["loss"] += [loss]
        for key, a, b in (("train_accuracy", X, y), ("val_accuracy", X_val, y_val)):
            out[key] += [np.count_nonzero(np.argmax(model.scores(a), axis=1) == b) / len(b)]
    return out

shuffled copies, the rest in the last batch, arrays, looks at all rows
    start, losses, first, second = model.loss(X, y)[0], [], [], []
    for _ in range(num_epochs):
        order = np.argsort(rng.random(len(X)))
        X_new, y_new = X[order], y[order]
        count = max(1, len(X) // batch_size)
        for i in range(count):
            end = len(X) if i == count - 1 else (i + 1) * batch_size
            part = slice(i * batch_size, end)
            losses.append(float(model.loss(X_new[part], y_new[part])[0]))
            _, grads = model.loss(X_new[part], y_new[part])
            for name, w in model.parameters.items():
                grads[name] *= learning_rate
                w -= grads[name]
        first.append(sum(int(a) == int(b) for a, b in zip(model.predict(X), y)) / len(y))
        second.append((model.predict(X_val) == y_val).mean())
    found = dict(loss=losses, train_accuracy=first, val_accuracy=second)
    return {**{name: np.array(values) for name, values in found.items()}, "start": start}

drawn without replacement, fewer and larger batches, two at a time
    loss, train_accuracy, val_accuracy = [], [], []
    while len(val_accuracy) < num_epochs:
        order = rng.choice(len(y), len(y), replace=False)
        for rows in np.array_split(order, max(1, len(y) // batch_size)):
            value, grads = model.loss(X[rows], y[rows])
            loss.append(np.float64(value))
            for layer in range(1, len(model.parameters) // 2 + 1):
                for key in (f"W{layer}", f"b{layer}"):
                    w = model.parameters[key]
                    np.subtract(w, learning_rate * grads[key], out=w)
        right = np.concatenate([model.predict(X[i : i + 2]) for i in range(0, len(X), 2)]) == y
        train_accuracy.append(np.mean(right))
        val_accuracy.append(np.mean(model.predict(X_val) == y_val))
    return dict(loss=loss, train_accuracy=train_accuracy, val_accuracy=val_accuracy)

new arrays under the keys, an even share
    def train(model, X, y, X_val, y_val, **k):
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

all orders drawn first, by random keys
    orders = rng.random((num_epochs, len(X))).argsort(axis=1)
    found = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for order in orders:
        X_new, y_new = X[order], y[order]
        for i in range(-(-len(X) // batch_size)):
            batch = slice(i * batch_size, (i + 1) * batch_size)
            value, g = model.loss(X_new[batch], y_new[batch])
            found["loss"].append(value)
            for name, slope in g.items():
                model.parameters[name] = model.parameters[name] - learning_rate * slope
        for name, (rows, labels) in {"train": (X, y), "val": (X_val, y_val)}.items():
            hits = np.count_nonzero(model.predict(rows) == labels)
            found[f"{name}_accuracy"].append(hits / len(labels))
    return found

the rest joins the last batch, scores for accuracy
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

a generator of batches, a small one first
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

recursion over the epochs, images and labels shuffled together
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

a class for the trainer
    class Trainer:
        def __init__(self):
            self.loss, self.train_accuracy, self.val_accuracy = [], [], []

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
            self.train_accuracy.append(np.equal(model.predict(X), y).mean())
            self.val_accuracy.append(np.equal(model.predict(X_val), y_val).mean())

    trainer = Trainer()
    for _ in range(num_epochs):
        trainer.epoch()
    return vars(trainer)
""")

answers.wrong("""
steps in single precision
    - model.parameters[name] -= learning_rate * gradient
    + step = np.float32(learning_rate) * gradient.astype(np.float32)
    + model.parameters[name] -= step

drawn with replacement
    - order[start : start + batch_size]
    + rng.integers(len(X), size=batch_size)

each batch without replacement by itself
    - order[start : start + batch_size]
    + rng.permutation(len(X))[:batch_size]

the first row left out
    - rng.permutation(len(X))
    + rng.permutation(np.arange(1, len(X)))
    - range(0, len(X), batch_size)
    + range(0, len(X) - 1, batch_size)

the rest filled up
    - order[start : start + batch_size]
    + np.resize(order[start : start + batch_size], batch_size)

rows in order, batches not
    - rng.permutation(len(X))
    + np.arange(len(X))
    - range(0, len(X), batch_size)
    + rng.permutation(range(0, len(X), batch_size))

turned round
    - order[start : start + batch_size]
    + np.arange(len(X))[start : start + batch_size][::-1]

rolled
    - rng.permutation(len(X))
    + np.roll(np.arange(len(X)), rng.integers(len(X)))

single rows
    - range(0, len(X), batch_size)
    + range(len(X))
    - start + batch_size
    + start + 1

as many batches as batch_size says
    - for start in range(0, len(X), batch_size):
    -     rows = order[start : start + batch_size]
    + for rows in np.array_split(order, batch_size):

twice through
    - rng.permutation(len(X))
    + np.append(rng.permutation(len(X)), rng.permutation(len(X)))
    - range(0, len(X), batch_size)
    + range(0, 2 * len(X), batch_size)

a generator of its own
    - rng.permutation
    + np.random.default_rng(0).permutation

twice the rate [score=0]
    - -= learning_rate
    + -= 2 * learning_rate

rate decays
    - history["train_accuracy"]
    + learning_rate *= 0.9
    + history["train_accuracy"]

momentum
    - history: dict
    + speed = dict.fromkeys(model.parameters, 0.0)
    + history: dict
    - model.parameters[name] -= learning_rate * gradient
    + speed[name] = 0.9 * speed[name] + gradient
    + model.parameters[name] -= learning_rate * speed[name]

first layer alone [score=0]
    - -= learning_rate
    + -= (name[1] == "1") * learning_rate

takes W1 for an attribute [score=0]
    - model.parameters[name] -= learning_rate * gradient
    + w = getattr(model, name)
    + w -= learning_rate * gradient

sign of the gradient [score=0]
    - learning_rate * gradient
    + learning_rate * np.sign(gradient)

tiny error
    - -= learning_rate
    + -= 1.001 * learning_rate

float32
    - model.parameters[name] -= learning_rate * gradient
    + w = model.parameters[name] - learning_rate * gradient
    + model.parameters[name] = np.float32(w)

loss of all the data [score=0]
    - float(loss)
    + model.loss(X, y)[0]

loss times the batch [score=0]
    - float(loss)
    + len(rows) * loss

one loss for each epoch [score=0]
    - return history
    + return {**history, "loss": history["loss"][:: len(history["loss"]) // num_epochs]}

the last loss [score=0]
    - return history
    + return {**history, "loss": history["loss"][-1:]}

the last accuracies
    - return history
    + return {k: v if k == "loss" else v[-1] for k, v in history.items()}

best accuracies so far
    - return history
    + return {k: v if k == "loss" else np.maximum.accumulate(v) for k, v in history.items()}

hits counted
    - np.mean(model.predict(X) == y)
    + np.sum(model.predict(X) == y)
    - np.mean(model.predict(X_val) == y_val)
    + np.sum(model.predict(X_val) == y_val)

errors
    - return history
    + return {k: v if k == "loss" else [1 - a for a in v] for k, v in history.items()}

accuracy of the first rows
    - model.predict(X) == y
    + model.predict(X[:10]) == y[:10]
    - model.predict(X_val) == y_val
    + model.predict(X_val[:10]) == y_val[:10]

training and validation swapped
    - return history
    + loss, fits, holds = history.values()
    + return {"loss": loss, "train_accuracy": holds, "val_accuracy": fits}

one epoch less
    - range(num_epochs)
    + range(num_epochs - 1)

other names [score=0]
    - return history
    + return dict(zip(["losses", "train", "val"], history.values()))

nothing back [score=0]
    - return history

validation rows, too
    - history: dict
    + X, y = np.concatenate([X, X_val]), np.concatenate([y, y_val])
    + history: dict

shuffles X alone
    - history: dict
    + X = rng.permutation(X)
    + history: dict

goes back to the best weights
    - return history
    + for name in model.parameters:
    +     model.parameters[name] = model.parameters[name] * 0.9
    + return history

stops early
    - range(num_epochs)
    + range(min(2, num_epochs))
""")
