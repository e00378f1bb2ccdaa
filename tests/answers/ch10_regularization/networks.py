"""Whole networks with dropout, right in many styles."""

from tests.answers.corpus import Table

STYLES = Table("""
built on a network without dropout, masks of booleans
    class Plain:
        # A network without dropout, as somebody may bring it along from notebook 07.
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            self.reg = reg
            self.parameters = {}
            for i in range(1, len(layer_sizes)):
                d, m = layer_sizes[i - 1], layer_sizes[i]
                self.parameters["W" + str(i)] = rng.standard_normal((m, d)) * weight_scale
                self.parameters["b" + str(i)] = np.zeros((m,))
            self.num_layers = len(layer_sizes) - 1

        def layer(self, i, x):
            return np.einsum("nd,md->nm", x, self.parameters[f"W{i}"]) + self.parameters[f"b{i}"]

        def scores(self, X):
            for i in range(1, self.num_layers):
                X = self.layer(i, X).clip(0)
            return self.layer(self.num_layers, X)

        def predict(self, X):
            return self.scores(X).argmax(1)

    class DropoutMLP(Plain):
        # Dropout added in the loss alone.
        def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
            super().__init__(layer_sizes, rng, "relu", reg, weight_scale)
            self.keep_prob = 1 - drop_prob
            self._generator = rng

        def loss(self, X, y, rng=None):
            generator = rng or self._generator
            p, L, N = self.parameters, self.num_layers, X.shape[0]
            activations, masks = {0: X}, {}
            for i in range(1, L):
                z = self.layer(i, activations[i - 1])
                masks[i] = (z > 0) & (generator.random(z.shape) < self.keep_prob)
                activations[i] = np.where(masks[i], z, 0) / self.keep_prob
            s = self.layer(L, activations[L - 1])
            s -= s.max(1, keepdims=True)
            probabilities = np.exp(s)
            probabilities /= probabilities.sum(1, keepdims=True)
            loss = -np.mean(np.log(probabilities[range(N), y]))
            grads = {}
            d = probabilities.copy()
            d[range(N), y] -= 1
            d /= N
            for i in reversed(range(1, L + 1)):
                grads[f"W{i}"] = np.dot(d.T, activations[i - 1]) + 2 * self.reg * p[f"W{i}"]
                grads[f"b{i}"] = np.sum(d, axis=0)
                loss += self.reg * np.linalg.norm(p[f"W{i}"]) ** 2
                if i > 1:
                    d = np.dot(d, p[f"W{i}"]) * masks[i - 1] / self.keep_prob
            return loss, grads

example by example
    class DropoutMLP:
        # Loops over examples; masks drawn layer by layer for each of them.
        def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
            self.sizes, self.rng, self.p, self.reg = tuple(layer_sizes), rng, drop_prob, reg
            self.parameters = {}
            for i, size in enumerate(self.sizes[1:]):
                W = [rng.normal(0.0, weight_scale, self.sizes[i]) for _ in range(size)]
                self.parameters[f"W{i + 1}"] = np.array(W)
                self.parameters[f"b{i + 1}"] = np.zeros(size)

        def _one(self, x, rng):
            steps: list = []
            for i in range(1, len(self.sizes)):
                z = self.parameters[f"W{i}"].dot(x) + self.parameters[f"b{i}"]
                if i == len(self.sizes) - 1:
                    return z, [*steps, (x, None)]
                factor = (z > 0).astype(float)
                if rng is not None:
                    factor *= np.array([rng.random() >= self.p for _ in z]) / (1 - self.p)
                steps.append((x, factor))
                x = z * factor
            raise AssertionError

        def scores(self, X):
            return np.array([self._one(x, None)[0] for x in X])

        def predict(self, X):
            return np.array([int(np.argmax(s)) for s in self.scores(X)])

        def loss(self, X, y, rng=None):
            rng = self.rng if rng is None else rng
            grads = {name: np.zeros_like(v) for name, v in self.parameters.items()}
            total = 0.0
            for x, label in zip(X, y, strict=True):
                s, steps = self._one(x, rng)
                log_p = s - np.logaddexp.reduce(s)
                total -= log_p[label]
                d = np.exp(log_p) - (np.arange(len(s)) == label)
                for i in range(len(steps), 0, -1):
                    before, _ = steps[i - 1]
                    grads[f"W{i}"] += np.outer(d, before) / len(X)
                    grads[f"b{i}"] += d / len(X)
                    if i > 1:
                        d = (d @ self.parameters[f"W{i}"]) * steps[i - 2][1]
            loss = float(total) / len(X)
            for name, v in self.parameters.items():
                if name.startswith("W"):
                    loss += self.reg * (v**2).sum()
                    grads[name] += 2 * self.reg * v
            return loss, grads

a list of layers, all masks drawn before anything else
    class DropoutMLP:
        # Parameters by layer; the masks of all layers come from one draw.
        def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
            self.widths, self.rng = [int(s) for s in layer_sizes[1:-1]], rng
            self.drop_prob, self.reg = drop_prob, reg
            shapes = zip(layer_sizes[1:], layer_sizes, strict=False)
            weights = [rng.normal(scale=weight_scale, size=shape) for shape in shapes]
            self.parameters: dict = {}
            for i, W in enumerate(weights, start=1):
                self.parameters |= {f"W{i}": W, f"b{i}": np.zeros(len(W))}

        @property
        def depth(self):
            return sum(name.startswith("W") for name in self.parameters)

        def run(self, X, masks):
            values = [np.asarray(X, dtype=np.float64)]
            for i in range(self.depth):
                z = values[i] @ self.parameters[f"W{i + 1}"].T
                z += self.parameters[f"b{i + 1}"][np.newaxis]
                values.append(z if i == self.depth - 1 else np.maximum(0.0, z) * masks[i])
            return values

        def scores(self, X):
            return self.run(X, [1.0] * len(self.widths))[-1]

        def predict(self, X):
            scores = self.scores(X)
            return np.argmax(scores - scores.max(axis=-1, keepdims=True), axis=-1)

        def loss(self, X, y, rng=None):
            generator = self.rng if rng is None else rng
            drawn = generator.binomial(1, 1 - self.drop_prob, (len(X), sum(self.widths)))
            scale = 1 / (1 - self.drop_prob)
            masks = [m * scale for m in np.split(drawn, np.cumsum(self.widths)[:-1], axis=1)]
            values = self.run(X, masks)
            z = values[-1] - values[-1].max(axis=1)[:, None]
            q = np.exp(z) / np.exp(z).sum(axis=1)[:, None]
            data = np.log(np.exp(z).sum(axis=1)) - np.take_along_axis(z, y[:, None], 1)[:, 0]
            q[np.arange(len(y)), y] -= 1.0
            delta, gradients = q / len(y), {}
            for i in range(self.depth, 0, -1):
                W = self.parameters[f"W{i}"]
                gradients[f"b{i}"] = delta.sum(0)
                gradients[f"W{i}"] = delta.T @ values[i - 1] + self.reg * 2 * W
                if i > 1:
                    delta = delta @ W
                    delta *= (values[i - 1] > 0) * masks[i - 2]
            penalty = sum((self.parameters[f"W{i + 1}"] ** 2).sum() for i in range(self.depth))
            return [data.mean() + self.reg * penalty, gradients]

a dataclass with slots, recursion
    from dataclasses import dataclass, field
    from typing import Any

    @dataclass(slots=True)
    class DropoutMLP:
        layer_sizes: Any
        rng: np.random.Generator
        drop_prob: float = 0.0
        reg: float = 0.0
        weight_scale: float = 1e-2
        parameters: dict = field(init=False, default_factory=dict)

        def __post_init__(self):
            for i in range(1, len(self.layer_sizes)):
                shape = self.layer_sizes[i], self.layer_sizes[i - 1]
                self.parameters[f"W{i}"] = self.rng.normal(0.0, self.weight_scale, size=shape)
                self.parameters[f"b{i}"] = np.zeros((shape[0],))

        def layer(self, i, X, tail, draw):
            # What ``tail`` says of layer i's output, and layer i's part of it.
            W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
            z = np.dot(X, W.T) + b
            if f"W{i + 1}" not in self.parameters:
                return tail(z, W, X)
            keep = draw(z.shape)
            loss, dh, gradients = self.layer(i + 1, np.maximum(z, 0) * keep, tail, draw)
            dz = np.where(z > 0, dh * keep, 0.0)
            gradients |= {f"W{i}": dz.T @ X + 2 * self.reg * W, f"b{i}": dz.sum(0)}
            return loss + self.reg * np.vdot(W, W), dz @ W, gradients

        def loss(self, X, y, rng=None):
            rng = rng or self.rng
            last = f"{len(self.layer_sizes) - 1}"

            def tail(z, W, h):
                z = z - z.max(axis=-1, keepdims=True)
                P = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
                own = np.equal.outer(y, np.arange(P.shape[1]))
                dz = (P - own) / len(own)
                gradients = {f"W{last}": dz.T @ h + 2 * self.reg * W, f"b{last}": dz.sum(0)}
                loss = -np.log(P[own]).mean() + self.reg * np.vdot(W, W)
                return loss, dz @ W, gradients

            def draw(shape):
                return rng.binomial(1, 1 - self.drop_prob, shape) / (1 - self.drop_prob)

            loss, _, gradients = self.layer(1, X, tail, draw)
            return float(loss), {name: gradients[name] for name in self.parameters}

        def scores(self, X):
            def tail(z, W, h):
                return 0.0, 0.0 * z @ W, {"scores": z}

            return self.layer(1, X, tail, np.ones)[2]["scores"]

        def predict(self, X):
            return np.argmax(self.scores(X), -1)

a chain of layer objects, parameters as a property
    from itertools import pairwise

    class Affine:
        # A layer that looks its numbers up at each use.
        def __init__(self, network, i):
            self.network, self.names = network, (f"W{i}", f"b{i}")

        def forward(self, x, rng):
            self.x = x
            W, b = (self.network.parameters[name] for name in self.names)
            return np.einsum("nd,md->nm", x, W) + b

        def backward(self, dout, gradients):
            W = self.network.parameters[self.names[0]]
            dW = np.einsum("nm,nd->md", dout, self.x) + 2 * self.network.reg * W
            gradients.update(zip(self.names, (dW, dout.sum(axis=0)), strict=True))
            return dout @ W

    class Rectifier:
        def forward(self, x, rng):
            self.on = x > 0
            return np.where(self.on, x, 0.0)

        def backward(self, dout, gradients):
            return dout * self.on

    class Dropout:
        def __init__(self, drop_prob):
            self.drop_prob = drop_prob

        def forward(self, x, rng):
            self.factor = np.ones(x.shape)
            if rng is not None:
                self.factor = rng.choice(
                    [0, 1 / (1 - self.drop_prob)], x.shape, p=[self.drop_prob, 1 - self.drop_prob]
                )
            return x * self.factor

        def backward(self, dout, gradients):
            return dout * self.factor

    class DropoutMLP:
        def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=0.01):
            self._rng, self.reg, self._parameters, self._layers = rng, reg, {}, []
            for i, shape in enumerate(pairwise(layer_sizes), start=1):
                W = rng.normal(size=shape).T * weight_scale
                self._parameters.update({f"W{i}": W, f"b{i}": np.zeros(shape[1])})
                self._layers += [Affine(self, i), Rectifier(), Dropout(drop_prob)]
            del self._layers[-2:]

        @property
        def parameters(self):
            return self._parameters

        def _run(self, X, rng):
            for layer in self._layers:
                X = layer.forward(X, rng)
            return X

        def scores(self, X: np.ndarray) -> np.ndarray:
            return self._run(X, None)

        def predict(self, X: np.ndarray) -> np.ndarray:
            return np.array([int(np.argmax(row)) for row in self.scores(X)])

        def loss(self, X: np.ndarray, y: np.ndarray, rng=None) -> tuple:
            scores, n = self._run(X, self._rng if rng is None else rng), len(y)
            top = scores.max(axis=1)
            sums = np.exp(scores - top[:, None]).sum(axis=1)
            loss = np.mean(np.log(sums) + top - scores[range(n), y])
            dout = np.exp(scores - top[:, None]) / sums[:, None]
            np.subtract.at(dout, (np.arange(n), y), 1.0)
            dout /= n
            gradients = {}
            for layer in reversed(self._layers):
                dout = layer.backward(dout, gradients)
            weights = [v for k, v in self._parameters.items() if k[0] == "W"]
            return loss + self.reg * sum((W**2).sum() for W in weights), gradients

all coins before the first layer, by single examples
    class DropoutMLP(reference):
        def loss(self, X, y, rng=None):
            rng = self.rng if rng is None else rng
            p, depth = self.drop_prob, len(self.parameters) // 2
            units = [len(self.parameters[f"b{i}"]) for i in range(1, depth)]
            coins = [(rng.uniform(size=(len(X), m)) > p) / (1 - p) for m in units[::-1]][::-1]
            loss, total = 0.0, {k: np.zeros(v.shape) for k, v in self.parameters.items()}
            for n, (x, label) in enumerate(zip(X, y, strict=True)):
                hs = [x]
                for i in range(1, depth):
                    z = self.parameters[f"W{i}"] @ hs[-1] + self.parameters[f"b{i}"]
                    hs.append(np.maximum(z, 0) * coins[i - 1][n])
                s = self.parameters[f"W{depth}"] @ hs[-1] + self.parameters[f"b{depth}"]
                loss += (np.logaddexp.reduce(s) - s[label]) / len(X)
                d = np.exp(s - np.logaddexp.reduce(s)) / len(X)
                d[label] -= 1 / len(X)
                for i in range(depth, 0, -1):
                    total[f"W{i}"] += np.outer(d, hs[i - 1])
                    total[f"b{i}"] += d
                    if i > 1:
                        back = self.parameters[f"W{i}"].T @ d
                        d = back * coins[i - 2][n] * (hs[i - 1] > 0)
            for name in [k for k in total if k.startswith("W")]:
                loss += self.reg * np.linalg.norm(self.parameters[name]) ** 2
                total[name] += 2 * self.reg * self.parameters[name]
            return loss, total

two lists behind a dict of its own kind
    class DropoutMLP:
        class Numbers(dict):
            def ordered(self, letter):
                return [self[f"{letter}{i}"] for i in range(1, len(self) // 2 + 1)]

        def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
            n, (self.p, self.reg, self.rng) = len(layer_sizes), (drop_prob, reg, rng)
            shapes = {f"W{i}": (layer_sizes[i], layer_sizes[i - 1]) for i in range(n - 1, 0, -1)}
            Ws = {name: np.empty(shape) for name, shape in shapes.items()}
            for W in Ws.values():
                W[...] = [[weight_scale * rng.standard_normal() for _ in row] for row in W]
            bs = {f"b{i}": np.zeros(m) for i, m in enumerate(layer_sizes[1:], start=1)}
            self.parameters = DropoutMLP.Numbers({**Ws, **bs})

        def scores(self, X):
            *hidden, last = zip(*map(self.parameters.ordered, "Wb"), strict=True)
            for W, b in hidden:
                X = (X @ W.T + b).clip(min=0)
            return X @ last[0].T + last[1]

        def predict(self, X):
            return np.argmax(self.scores(X), axis=1).astype(np.int32)

        def loss(self, X, y, rng=None):
            generator = rng if rng is not None else self.rng
            Ws, bs = map(self.parameters.ordered, "Wb")
            values, gates = [X], []
            for W, b in zip(Ws[:-1], bs[:-1], strict=True):
                z = values[-1] @ W.T + b
                coins = generator.random(z.T.shape).T
                on = (coins >= self.p) & (z > 0)
                gates.append(np.where(on, 1.0 / (1.0 - self.p), 0.0))
                values.append(z * gates[-1])
            s = values[-1] @ Ws[-1].T + bs[-1]
            e = np.exp(s - s.max(axis=1, keepdims=True))
            probabilities = e / np.sum(e, axis=1, keepdims=True)
            hot = np.zeros_like(s)
            hot[np.arange(len(y)), y] = 1.0
            d = (probabilities - hot) / len(y)
            loss = -np.sum(hot * np.log(probabilities)) / len(y)
            gradients = {}
            for i in range(len(Ws), 0, -1):
                gradients[f"b{i}"] = np.ones(len(X)) @ d
                gradients[f"W{i}"] = (values[i - 1].T @ d).T + self.reg * 2.0 * Ws[i - 1]
                d = d @ Ws[i - 1] * (gates[i - 2] if i > 1 else 1.0)
            return loss + self.reg * sum(np.square(W).sum() for W in Ws), gradients
""")
