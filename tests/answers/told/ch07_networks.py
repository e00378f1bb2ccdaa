"""Wrong answers to the networks of chapter 07 and their training, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
MLP, relu after the last layer => activation-after-the-scores
    class MLP:
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            if activation not in ("relu", "sigmoid"):
                raise ValueError(activation)
            self.act, self.reg, self.L = activation, reg, len(layer_sizes) - 1
            self.parameters = {}
            for i in range(self.L):
                shape = (layer_sizes[i + 1], layer_sizes[i])
                self.parameters[f"W{i+1}"] = weight_scale * rng.standard_normal(shape)
                self.parameters[f"b{i+1}"] = np.zeros(layer_sizes[i + 1])

        def f(self, z):
            return np.maximum(z, 0) if self.act == "relu" else 1 / (1 + np.exp(-z))

        def forward(self, X):
            hs, zs = [X], []
            for i in range(1, self.L + 1):
                zs.append(hs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"])
                hs.append(self.f(zs[-1]))
            return hs, zs

        def scores(self, X):
            return self.forward(X)[0][-1]

        def predict(self, X):
            return self.scores(X).argmax(axis=1)

        def loss(self, X, y):
            hs, zs = self.forward(X)
            N = len(X)
            s = hs[-1]
            p = np.exp(s - s.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            loss = -np.log(p[np.arange(N), y]).mean()
            d = p.copy()
            d[np.arange(N), y] -= 1
            d /= N
            grads = {}
            for i in range(self.L, 0, -1):
                d = d * ((zs[i - 1] > 0) if self.act == "relu" else hs[i] * (1 - hs[i]))
                W = self.parameters[f"W{i}"]
                loss += self.reg * (W * W).sum()
                grads[f"W{i}"] = d.T @ hs[i - 1] + 2 * self.reg * W
                grads[f"b{i}"] = d.sum(0)
                d = d @ W
            return loss, grads

MLP, cs231n's half penalty => half-a-penalty
    - loss += self._reg * np.sum(W * W)
    - gradients[f"W{i}"] += 2 * self._reg * W
    + loss += 0.5 * self._reg * np.sum(W ** 2)
    + gradients[f"W{i}"] += self._reg * W

MLP, penalty's slope without 2 => slope-of-the-penalty
    - 2 * self._reg * W
    + self._reg * W

MLP, penalty gradient missing => penalty-without-gradient
    - gradients[f"W{i}"] += 2 * self._reg * W
    + pass

MLP, bias penalised in the loss alone => biases-penalised-in-the-loss
    - loss += self._reg * np.sum(W * W)
    + loss += self._reg * (np.sum(W * W) + np.sum(self.parameters[f"b{i}"] ** 2))

MLP, every parameter penalised => penalty-on-biases
    - if self._reg:
    -     for i in range(1, self._depth + 1):
    -         W = self.parameters[f"W{i}"]
    -         loss += self._reg * np.sum(W * W)
    -         gradients[f"W{i}"] += 2 * self._reg * W
    + for name, p in self.parameters.items():
    +     loss += self._reg * np.sum(p * p)
    +     gradients[name] = gradients[name] + 2 * self._reg * p

MLP, hidden layers not backpropagated through relu => gradient-skips-the-activation
    - dout = self._activate_backward(dout, caches.pop())
    + caches.pop()

MLP, weights stored at the start => keys-do-not-count
    - self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.Ws = [w for name, w in self.parameters.items() if name[0] == "W"]
    + self.bs = [w for name, w in self.parameters.items() if name[0] == "b"]
    - (X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + (X, self.Ws[i - 1], self.bs[i - 1])

MLP, the last of equal scores => last-of-equals
    - return np.argmax(self.scores(X), axis=1)
    + scores = self.scores(X)
    + return np.array([max(range(len(row)), key=lambda k: (row[k], k)) for row in scores])

MLP, the sigmoid keeps its input => sigmoid-slope-of-the-input
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (lambda x: (sigmoid_forward(x)[0], x), lambda d, c: d * c * (1 - c))

MLP, np.random.randn for rng => global-randomness
    - rng.normal(size=shape)
    + np.random.randn(*shape)

MLP, slope 1 at 0 => slope-at-0
    - "relu": (relu_forward, relu_backward)
    + "relu": (relu_forward, lambda dout, x: dout * (x >= 0))

MLP, sum of the losses => sum-over-the-batch
    - gradients = {}
    + loss, dout = loss * len(y), dout * len(y)
    + gradients = {}

MLP, gradient not divided by N => gradient-of-the-sum
    - gradients = {}
    + dout = dout * len(y)
    + gradients = {}

MLP, weights the other way round => columns-as-outputs
    - shape = layer_sizes[i], layer_sizes[i - 1]
    + shape = layer_sizes[i - 1], layer_sizes[i]
    - affine_forward(X, self.parameters[f"W{i}"],
    + affine_forward(X, self.parameters[f"W{i}"].T,

MLP, softmax in scores => probabilities-for-scores
    - return self._forward(X)[0]
    + s = self._forward(X)[0]
    + e = np.exp(s - s.max(axis=1, keepdims=True))
    + return e / e.sum(axis=1, keepdims=True)

train, shuffles the rows in place => shuffles-the-caller's-rows
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs):
        perm = rng.permutation(len(X))
        X[:] = X[perm]
        y[:] = y[perm]
        for i in range(0, len(X), batch_size):
            loss, grads = model.loss(X[i : i + batch_size], y[i : i + batch_size])
            for k in model.parameters:
                model.parameters[k] -= learning_rate * grads[k]
            history["loss"].append(loss)
        history["train_accuracy"].append(np.mean(model.predict(X) == y))
        history["val_accuracy"].append(np.mean(model.predict(X_val) == y_val))
    return history

train, rng.shuffle of X alone => only-X-shuffled labels-apart
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    X = X.copy()
    for epoch in range(num_epochs):
        rng.shuffle(X)
        for i in range(0, len(X), batch_size):
            loss, grads = model.loss(X[i : i + batch_size], y[i : i + batch_size])
            for k in model.parameters:
                model.parameters[k] -= learning_rate * grads[k]
            history["loss"].append(loss)
        history["train_accuracy"].append(np.mean(model.predict(X) == y))
        history["val_accuracy"].append(np.mean(model.predict(X_val) == y_val))
    return history

train, rng.choice as cs231n => drawn-with-replacement drawn-anew-for-each-batch
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    N = X.shape[0]
    iterations = max(N // batch_size, 1)
    for it in range(num_epochs * iterations):
        idx = rng.choice(N, batch_size)
        loss, grads = model.loss(X[idx], y[idx])
        for k in model.parameters:
            model.parameters[k] -= learning_rate * grads[k]
        history["loss"].append(loss)
        if (it + 1) % iterations == 0:
            history["train_accuracy"].append(np.mean(model.predict(X) == y))
            history["val_accuracy"].append(np.mean(model.predict(X_val) == y_val))
    return history

train, np.random.permutation => global-randomness
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs):
        perm = np.random.permutation(len(X))
        for i in range(0, len(X), batch_size):
            idx = perm[i : i + batch_size]
            loss, grads = model.loss(X[idx], y[idx])
            for k in model.parameters:
                model.parameters[k] -= learning_rate * grads[k]
            history["loss"].append(loss)
        history["train_accuracy"].append((model.predict(X) == y).mean())
        history["val_accuracy"].append((model.predict(X_val) == y_val).mean())
    return history

train, accuracy of the batch => last-batch
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs):
        perm = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            idx = perm[i : i + batch_size]
            Xb, yb = X[idx], y[idx]
            loss, grads = model.loss(Xb, yb)
            for k, g in grads.items():
                model.parameters[k] = model.parameters[k] - learning_rate * g
            history["loss"].append(loss)
        history["train_accuracy"].append((model.predict(Xb) == yb).mean())
        history["val_accuracy"].append((model.predict(X_val) == y_val).mean())
    return history

train, last partial batch dropped => rest-left-out
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs):
        perm = rng.permutation(len(X))
        for b in range(len(X) // batch_size):
            idx = perm[b * batch_size : (b + 1) * batch_size]
            loss, grads = model.loss(X[idx], y[idx])
            for k, g in grads.items():
                model.parameters[k] = model.parameters[k] - learning_rate * g
            history["loss"].append(loss)
        history["train_accuracy"].append((model.predict(X) == y).mean())
        history["val_accuracy"].append((model.predict(X_val) == y_val).mean())
    return history

train, accuracy every step => accuracies-per-step
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs):
        perm = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            idx = perm[i : i + batch_size]
            loss, grads = model.loss(X[idx], y[idx])
            for k, g in grads.items():
                model.parameters[k] -= learning_rate * g
            history["loss"].append(loss)
            history["train_accuracy"].append((model.predict(X) == y).mean())
            history["val_accuracy"].append((model.predict(X_val) == y_val).mean())
    return history
""")
