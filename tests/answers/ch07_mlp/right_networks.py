"""Right answers to MLP: the same network in many ways."""

from grader.exercises import Table
from tests.answers import networks

Net, sigmoid, softmax = networks.Net, networks.sigmoid, networks.softmax

RIGHT = Table("""
small methods
    MLP = Net

everything by itself, gradients from the last layer to the first
    class MLP:
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            if activation != "relu" and activation != "sigmoid":
                raise ValueError("unknown activation")
            self.reg, self.sigmoid, self.L = reg, activation == "sigmoid", len(layer_sizes) - 1
            self.parameters = {}
            for l in range(self.L):
                # (in, out) drawn and turned: any order of drawing will do
                W = rng.standard_normal((layer_sizes[l], layer_sizes[l + 1])).T * weight_scale
                self.parameters["b" + str(l + 1)] = np.zeros((layer_sizes[l + 1],))
                self.parameters["W" + str(l + 1)] = W

        def run(self, X):
            hs = [X]
            for l in range(1, self.L + 1):
                z = hs[-1].dot(self.parameters[f"W{l}"].T) + self.parameters[f"b{l}"]
                if l < self.L:
                    z = 0.5 * (1 + np.tanh(z / 2)) if self.sigmoid else np.where(z > 0, z, 0)
                hs.append(z)
            return hs

        def scores(self, X):
            return self.run(X)[-1]

        def predict(self, X):
            return self.scores(X).argmax(axis=1).astype(np.int32)

        def loss(self, X, y):
            hs, n = self.run(X), X.shape[0]
            d = hs[-1] - hs[-1].max(axis=1, keepdims=True)
            total = -d[range(n), y].sum() + np.log(np.exp(d).sum(axis=1)).sum()
            d = np.exp(d) / np.exp(d).sum(axis=1, keepdims=True)
            d[range(n), y] -= 1
            d /= n
            grads = {}
            for l in range(self.L, 0, -1):
                W = self.parameters[f"W{l}"]
                grads[f"b{l}"] = np.einsum("nm->m", d)
                grads[f"W{l}"] = np.einsum("nm,nd->md", d, hs[l - 1]) + self.reg * 2.0 * W
                d = d @ W
                if l > 1:
                    d = d * hs[l - 1] * (1 - hs[l - 1]) if self.sigmoid else d * (hs[l - 1] > 0)
            penalty = sum((self.parameters[f"W{l + 1}"] ** 2).sum() for l in range(self.L))
            return [np.float64(total / n + self.reg * penalty), grads]

lists of caches in an ordered dict, drawn by standard_normal
    from collections import OrderedDict
    from itertools import pairwise

    class MLP:
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            self.num_layers = len(layer_sizes) - 1
            self.reg = reg
            if activation == "relu":
                self.f = lambda x: (np.where(x > 0, x, 0), x)
                self.f_back = lambda dout, x: np.where(x > 0, dout, 0)
            elif activation == "sigmoid":
                self.f = lambda x: (sigmoid(x), sigmoid(x))
                self.f_back = lambda dout, s: dout * s * (1 - s)
            else:
                raise ValueError(activation)
            self.parameters = OrderedDict()
            for i, (into, out) in enumerate(pairwise(layer_sizes)):
                self.parameters["W" + str(i + 1)] = rng.standard_normal((out, into)) * weight_scale
                self.parameters["b" + str(i + 1)] = np.zeros((out,))

        def forward(self, X):
            caches, h = [], X
            for i in range(1, self.num_layers + 1):
                W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
                cache, bent = (h, W), None
                h = h @ W.T + b
                if i < self.num_layers:
                    h, bent = self.f(h)
                caches.append((cache, bent))
            return h, caches

        def scores(self, X):
            return self.forward(X)[0]

        def loss(self, X, y):
            scores, caches = self.forward(X)
            p = softmax(scores)
            loss = np.mean(-np.log(p[np.arange(len(y)), y]))
            dout = (p - np.eye(p.shape[1])[y]) / len(y)
            gradients = {}
            while caches:
                i = len(caches)
                (x, W), bent = caches.pop()
                if bent is not None:
                    dout = self.f_back(dout, bent)
                loss += self.reg * np.sum(W * W)
                gradients[f"W{i}"] = dout.T.dot(x) + 2 * self.reg * W
                gradients[f"b{i}"] = np.sum(dout, axis=0)
                dout = dout.dot(W)
            return float(loss), gradients

        def predict(self, X):
            return np.argmax(self.scores(X), axis=-1)

recursion through the layers
    class MLP(Net):
        def down(self, h, i, y):
            # Loss and gradients of the layers from i on, and the gradient along h.
            W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
            out = np.einsum("nd,md->nm", h, W) + b
            if i == len(self.sizes) - 1:
                loss, dout = self.data_loss(out, y)
                gradients = {}
            else:
                loss, gradients, dout = self.down(self.bend(out), i + 1, y)
                dout = dout * self.slope(self.bend(out))
            gradients[f"W{i}"] = np.einsum("nm,nd->md", dout, h) + 2 * self.reg * W
            gradients[f"b{i}"] = np.einsum("nm->m", dout)
            return loss + self.reg * np.vdot(W, W), gradients, dout @ W

        def loss(self, X, y):
            return self.down(X, 1, y)[:2]

all weights drawn at once, arrays that are views of one vector, stored the other way round
    class MLP(reference):
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            super().__init__(layer_sizes, np.random.default_rng(0), activation, reg)
            shapes = list(zip(layer_sizes[:-1], layer_sizes[1:]))
            ends = np.cumsum([a * b for a, b in shapes])
            parts = np.split(weight_scale * rng.standard_normal(ends[-1]), ends[:-1])
            for i, (part, shape) in enumerate(zip(parts, shapes), start=1):
                self.parameters[f"W{i}"] = part.reshape(shape).T

the last layer drawn first, number by number
    class MLP(Net):
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            super().__init__(layer_sizes, np.random.default_rng(0), activation, reg)
            for i in range(len(layer_sizes) - 1, 0, -1):
                for place in np.ndindex(self.parameters[f"W{i}"].shape):
                    self.parameters[f"W{i}"][place] = rng.normal(scale=weight_scale)

objects for layers
    class Affine:
        def __init__(self, parameters, i):
            self.parameters, self.W, self.b = parameters, f"W{i}", f"b{i}"

        def forward(self, x):
            self.x = x
            return np.add(np.matmul(x, self.parameters[self.W].T), self.parameters[self.b])

        def backward(self, dout, gradients):
            gradients[self.W] = np.tensordot(dout, self.x, axes=(0, 0))
            gradients[self.b] = dout.sum(0)
            return np.matmul(dout, self.parameters[self.W])

    class Bend:
        def __init__(self, activation):
            self.f, self.slope = Net.bends[activation]

        def forward(self, x):
            self.out = self.f(x)
            return self.out

        def backward(self, dout, gradients):
            return dout * self.slope(self.out)

    class MLP:
        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            if activation not in ("relu", "sigmoid"):
                raise ValueError("activation must be relu or sigmoid")
            self.reg, self.parameters, self.layers = reg, {}, []
            sizes = tuple(layer_sizes)
            for i in range(1, len(sizes)):
                self.parameters |= {
                    f"W{i}": rng.normal(scale=weight_scale, size=(sizes[i], sizes[i - 1])),
                    f"b{i}": np.zeros(sizes[i]),
                }
                self.layers += [Affine(self.parameters, i), Bend(activation)]
            self.layers.pop()

        def scores(self, X):
            for layer in self.layers:
                X = layer.forward(X)
            return X

        def loss(self, X, y):
            scores = self.scores(X)
            total = np.logaddexp.reduce(scores, axis=1)
            loss = (total - scores[range(len(y)), y]).mean()
            dout = np.exp(scores - total[:, None])
            dout[range(len(y)), y] -= 1.0
            dout /= len(y)
            gradients = dict.fromkeys(self.parameters)
            for layer in reversed(self.layers):
                dout = layer.backward(dout, gradients)
            for name, w in self.parameters.items():
                if name.startswith("W"):
                    loss = loss + self.reg * (w**2).sum()
                    gradients[name] = gradients[name] + 2 * self.reg * w
            return loss, gradients

        def predict(self, X):
            return np.array([int(np.argmax(row)) for row in self.scores(X)])

slots, a property, example by example
    class MLP:
        __slots__ = ("_made", "kind", "penalty")

        def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
            if activation not in {"relu", "sigmoid"}:
                raise ValueError
            self.kind, self.penalty, self._made = activation, reg, {}
            for i, (out, into) in enumerate(zip(layer_sizes[1:], layer_sizes[:-1], strict=True)):
                self._made[f"W{i + 1}"] = np.multiply(rng.normal(size=(out, into)), weight_scale)
            for i, out in enumerate(layer_sizes[1:]):
                self._made[f"b{i + 1}"] = np.zeros(out)

        @property
        def parameters(self):
            return self._made

        def one(self, x):
            depth, kept = len(self._made) // 2, [x]
            for i in range(1, depth + 1):
                x = self._made[f"W{i}"] @ x + self._made[f"b{i}"]
                if i != depth:
                    x = np.maximum(x, 0) if self.kind == "relu" else sigmoid(x)
                kept.append(x)
            return kept

        def scores(self, X):
            return np.array([self.one(x)[-1] for x in X])

        def loss(self, X, y):
            g = {name: np.zeros_like(w) for name, w in self._made.items()}
            loss = 0.0
            for x, label in zip(X, y, strict=True):
                kept = self.one(x)
                p = softmax(kept[-1][None])[0]
                loss -= np.log(p[label]) / len(X)
                d = p / len(X)
                d[label] -= 1 / len(X)
                for i in range(len(kept) - 1, 0, -1):
                    h = kept[i - 1]
                    g[f"W{i}"] += np.outer(d, h)
                    g[f"b{i}"] += d
                    d = d @ self._made[f"W{i}"] * (h > 0 if self.kind == "relu" else h * (1 - h))
            for name in self._made:
                if name[0] == "W":
                    loss += self.penalty * np.square(self._made[name]).sum()
                    g[name] += 2 * self.penalty * self._made[name]
            return loss, g

        def predict(self, X):
            return np.fromiter((row.argmax() for row in self.scores(X)), dtype=np.int32)

a dataclass
    from dataclasses import dataclass, field

    @dataclass(eq=False)
    class MLP(Net):
        layer_sizes: list
        rng: np.random.Generator
        activation: str = "relu"
        reg: float = 0.0
        weight_scale: float = 1e-2
        parameters: dict = field(init=False, default_factory=dict)

        def __post_init__(self):
            Net.__init__(
                self, self.layer_sizes, self.rng, self.activation, self.reg, self.weight_scale
            )

a dict that copies what is assigned, bias as one more weight inside
    class Watched(dict):
        def __setitem__(self, name, value):
            super().__setitem__(name, np.array(value, dtype=float))

    class MLP(Net):
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            made, self.parameters = self.parameters, Watched()
            for name in sorted(made):
                self.parameters[name] = made[name]

        def activations(self, X):
            hs = [X]
            for i, (W, b) in enumerate(self.weights(), 1):
                folded = np.column_stack([W, b])
                sums = np.column_stack([hs[-1], np.ones(len(X))]) @ folded.T
                hs.append(self.bend(sums) if i < len(self.sizes) - 1 else sums)
            return hs
""")
