"""Mistakes in a `ConvNet`, each with its sentence: a table of edits of the reference."""

from __future__ import annotations

from grader.exercises import Table

MISTAKES = Table("""
no-relu: There is no ReLU between filters and pooling.
    - max_pool_forward(np.maximum(maps, 0), 2)
    + max_pool_forward(maps, 2)
    - max_pool_backward(dpooled, pool_cache) * (maps > 0)
    + max_pool_backward(dpooled, pool_cache)

gradient-skips-the-relu: Your gradient goes past the ReLU on the way back: where a map was negative,
nothing comes back.
    - max_pool_backward(dpooled, pool_cache) * (maps > 0)
    + max_pool_backward(dpooled, pool_cache)

slope-at-0: At exactly 0 your ReLU lets the gradient through (`>=` does that); its slope there is 0,
as in relu_backward.
    - (maps > 0)
    + (maps >= 0)

without-padding: Your maps are smaller than the image: pad by half of the kernel, (kernel - 1) / 2.
    - (kernel - 1) // 2
    + 0
    - num_filters * (height // 2) * (width // 2)
    + num_filters * ((height - kernel + 1) // 2) * ((width - kernel + 1) // 2)

padding-of-one: You always pad by 1; it depends on the kernel how much it takes.
    - (kernel - 1) // 2
    + 1
    - num_filters * (height // 2) * (width // 2)
    + num_filters * ((height - kernel + 3) // 2) * ((width - kernel + 3) // 2)

not-pooled: The affine layer gets the maps before pooling: a window of 2 x 2 gives one number.
    - num_filters * (height // 2) * (width // 2)
    + num_filters * height * width
    - max_pool_forward(np.maximum(maps, 0), 2)
    + max_pool_forward(np.maximum(maps, 0), 1)

a-quarter-of-all-pixels: Of an odd side pooling leaves H // 2, and a row left over is lost: the
features of a map are H // 2 * (W // 2), not H * W // 4.
    - num_filters * (height // 2) * (width // 2)
    + num_filters * height * width // 4

a-quarter-of-a-map: Of an odd side pooling leaves H // 2, and a row left over is lost: the features
of a map are H // 2 * (W // 2), not H * W // 4.
    - num_filters * (height // 2) * (width // 2)
    + num_filters * (height * width // 4)

pooled-by-averages: You pool by the mean of each window; the largest number is kept.
    def _forward(self, X):
        p = self.parameters
        maps, conv_cache = conv_forward(X, p["W1"], p["b1"], 1, self._padding)
        n, f, h, w = maps.shape
        cut = np.maximum(maps, 0)[:, :, : h // 2 * 2, : w // 2 * 2]
        pooled = cut.reshape(n, f, h // 2, 2, w // 2, 2).mean(axis=(3, 5))
        pool_cache = max_pool_forward(np.maximum(maps, 0), 2)[1]
        scores = pooled.reshape(n, -1) @ p["W2"].T + p["b2"]
        return scores, (conv_cache, maps, pool_cache, pooled)

maps-last: You laid the pooled maps out place by place; W2 expects them map by map, each of them row
by row.
    - np.sqrt(2 / features)
    + np.sqrt(2 / features)
    - dscores.T @ pooled.reshape(len(X), -1)
    + dscores.T @ pooled.transpose(0, 2, 3, 1).reshape(len(X), -1)
    - (dscores @ p["W2"]).reshape(pooled.shape)
    + (dscores @ p["W2"]).reshape(pooled.transpose(0, 2, 3, 1).shape).transpose(0, 3, 1, 2)
    - scores = pooled.reshape(len(X), -1)
    + scores = pooled.transpose(0, 2, 3, 1).reshape(len(X), -1)

columns-first: You laid each pooled map out column by column; W2 expects it row by row.
    - dscores.T @ pooled.reshape(len(X), -1)
    + dscores.T @ pooled.swapaxes(2, 3).reshape(len(X), -1)
    - (dscores @ p["W2"]).reshape(pooled.shape)
    + (dscores @ p["W2"]).reshape(pooled.swapaxes(2, 3).shape).swapaxes(2, 3)
    - scores = pooled.reshape(len(X), -1)
    + scores = pooled.swapaxes(2, 3).reshape(len(X), -1)

relu-after-the-scores: Your scores go through a ReLU; scores may be any numbers.
    - return scores, (conv_cache
    + return np.maximum(scores, 0), (conv_cache

not-he: Neither W has He's standard deviation, the root of 2 / fan-in: not of 1 / fan-in, and not a
fixed number such as 0.01.
    - np.sqrt(2 / fan_in)
    + 0.01
    - np.sqrt(2 / features)
    + 0.01

channels-not-counted: The fan-in of W1 is too small in your network: a sum under a filter is made of
kernel x kernel numbers of every channel.
    - fan_in, features = channels * kernel**2,
    + fan_in, features = kernel**2,

fan-in-of-the-filters-for-both: Your W2 does not have He's standard deviation, the root of
2 / fan-in; its fan-in is the number of features.
    - np.sqrt(2 / features)
    + np.sqrt(2 / fan_in)

random-biases: Your biases start at other numbers than zero.
    - np.zeros(num_filters),
    + rng.normal(size=num_filters),

global-randomness: Your weights do not come from rng: np.random has a generator of its own, and no
seed brings the same network back.
    - W1 = rng.normal
    + W1 = np.random.normal
    - W2 = rng.normal
    + W2 = np.random.normal

own-seed: Every network starts with the same weights, whatever rng's seed: draw them from the rng
that you are given.
    - channels, height, width = image_shape
    + channels, height, width = image_shape
    + rng = np.random.default_rng(0)

uniform: Your weights are uniform random numbers; normal ones are asked for.
    - W1 = rng.normal(
    + W1 = rng.uniform(-(3**0.5), 3**0.5,
    - W2 = rng.normal(
    + W2 = rng.uniform(-(3**0.5), 3**0.5,

columns-as-outputs: Your W2 is the wrong way round: one row per class.
    - W2 = rng.normal(size=(num_classes, features))
    + W2 = rng.normal(size=(features, num_classes))
    - dscores.T @ pooled.reshape(len(X), -1)
    + pooled.reshape(len(X), -1).T @ dscores
    - (dscores @ p["W2"])
    + (dscores @ p["W2"].T)
    - @ p["W2"].T + p["b2"]
    + @ p["W2"] + p["b2"]

forgets-reg: `reg` changes nothing in your model: the penalty on the weights is missing.
    - self._reg, self._padding = reg,
    + self._reg, self._padding = 0.0,

penalty-on-biases: Your penalty counts the biases as well; only the W are penalised.
    - for name in ("W1", "W2"):
    + for name in ("W1", "W2", "b1", "b2"):

penalty-on-the-filters-alone: Your penalty counts W1 alone; W2 has its part.
    - for name in ("W1", "W2"):
    + for name in ["W1"]:

penalty-on-the-last-layer-alone: Your penalty counts W2 alone; the filters have their part.
    - for name in ("W1", "W2"):
    + for name in ["W2"]:

penalty-without-gradient: The loss has its penalty, the gradients do not: the penalty has a slope,
too.
    - gradients[name] += 2 * self._reg * p[name]

gradient-of-the-filters-without-penalty: The gradient of W1 lacks the penalty's part, which the loss
and the gradient of W2 have.
    - += 2 * self._reg
    + += (name == "W2") * 2 * self._reg

gradient-of-the-last-layer-without-penalty: The gradient of W2 lacks the penalty's part, which the
loss and the gradient of W1 have.
    - += 2 * self._reg
    + += (name == "W1") * 2 * self._reg

gradient-without-penalty: The gradients have the penalty's part, but the loss itself lacks it.
    - loss += self._reg * np.sum(p[name] ** 2)

slope-of-the-penalty: The penalty's part of the gradients has the wrong factor: what is the slope of
w * w?
    - += 2 * self._reg
    + += self._reg

half-a-penalty: You count half of the penalty; here it is reg * sum(W * W), without 1 / 2.
    - self._reg, self._padding = reg,
    + self._reg, self._padding = reg / 2,

sum-over-the-batch: You add up the losses of the images; the loss is their mean, and so are its
gradients.
    - log_probabilities[rows, y].mean()
    + log_probabilities[rows, y].sum()
    - dscores /= len(y)
    + pass

gradient-of-the-sum: The loss is a mean over the images, and your gradients are those of their sum:
a 1 / N is missing on the way back.
    - dscores /= len(y)
    + pass

gradient-of-the-filters-not-averaged: The 1 / N of the mean is missing in your gradients of W1 and
b1: what goes back from the scores has to have it already.
    - conv_backward(dmaps, conv_cache)
    + conv_backward(dmaps * len(y), conv_cache)

keys-do-not-count: Your model keeps its arrays in a second place: one that is put into .parameters
under its key changes nothing. Look the arrays up in the dict each time.
    - self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    + self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    + self._kept = dict(self.parameters)
    - p = self.parameters
    - scores, (conv_cache
    + p = self._kept
    + scores, (conv_cache
    - p = self.parameters
    - maps, conv_cache
    + p = self._kept
    + maps, conv_cache

parameters-are-copies: What .parameters holds is a copy: changing it does not change the model.
    - self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    + self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    + self._kept = {name: value.copy() for name, value in self.parameters.items()}
    - p = self.parameters
    - scores, (conv_cache
    + p = self._kept
    + scores, (conv_cache
    - p = self.parameters
    - maps, conv_cache
    + p = self._kept
    + maps, conv_cache

shared-by-all-models: All your models share one dict of parameters: make it in __init__, for each
its own.
    - self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    + self.parameters = ConvNet.kept = getattr(ConvNet, "kept", {})
    + self.parameters.update(W1=W1, b1=b1, W2=W2, b2=b2)

gradients-of-the-biases-missing: Your gradients have no keys for the b; every parameter has a
gradient.
    - return loss, gradients
    + return loss, {name: g for name, g in gradients.items() if name[0] == "W"}

takes-a-step: loss changes the parameters; it only measures: a step is the business of train.
    - return loss, gradients
    + for name in gradients:
    +     p[name] -= 1e-2 * gradients[name]
    + return loss, gradients

scores-for-labels: predict gives the highest scores; what is asked for is the classes that have
them.
    - np.argmax
    + np.max

last-of-equals: Where two classes share the highest score, predict takes the last; the first is
agreed.
    - return np.argmax(self.scores(X), axis=1)
    + s = self.scores(X)
    + return s.shape[1] - 1 - np.argmax(s[:, ::-1], axis=1)

overflows: Scores near 1,000 make your loss infinite or NaN: take the largest score of a row off
before you exponentiate.
    - shifted = scores - scores.max(axis=1, keepdims=True)
    + shifted = scores

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - return scores, (conv_cache
    + return scores.astype(np.float32).astype(np.float64), (conv_cache

penalty-averaged: You divided the penalty by the number of images; only the data loss is a mean.
    - np.sum(p[name] ** 2)
    + np.sum(p[name] ** 2) / len(y)
    - 2 * self._reg * p[name]
    + 2 * self._reg * p[name] / len(y)

softmax-over-everything: You divided by the sum over the whole batch; the probabilities of each
image sum to 1 by themselves.
    - np.exp(shifted).sum(axis=1, keepdims=True)
    + np.exp(shifted).sum()

no-relu-on-the-way-forward: Your way forward has no ReLU between filters and pooling; your way back
has one.
    - max_pool_forward(np.maximum(maps, 0), 2)
    + max_pool_forward(maps, 2)

maps-last-and-back: You laid the pooled maps out place by place; W2 expects them map by map, each of
them row by row.
    - dscores.T @ pooled.reshape(len(X), -1)
    + dscores.T @ pooled.transpose(0, 2, 3, 1).reshape(len(X), -1)
    - scores = pooled.reshape(len(X), -1)
    + scores = pooled.transpose(0, 2, 3, 1).reshape(len(X), -1)

slope-of-the-filters-penalty: The penalty's part of the gradient of W1 has the wrong factor: what is
the slope of w * w?
    - += 2 * self._reg
    + += (1 if name == "W1" else 2) * self._reg

slope-of-the-last-penalty: The penalty's part of the gradient of W2 has the wrong factor: what is
the slope of w * w?
    - += 2 * self._reg
    + += (1 if name == "W2" else 2) * self._reg

one-shift-for-all: You subtract the largest score of the whole batch: a row that lies far below it
is all zeros after exp. Every row needs its own largest.
    - scores.max(axis=1, keepdims=True)
    + scores.max()

one-shift-for-all-probabilities: You subtract the largest score of the whole batch: a row that lies
far below it is all zeros after exp. Every row needs its own largest.
    - scores.max(axis=1, keepdims=True)
    + scores.max()
    - shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    + np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))

overflowing-probabilities: Scores near 1,000 make your loss infinite or NaN: take the largest score
of a row off before you exponentiate.
    - shifted = scores - scores.max(axis=1, keepdims=True)
    + shifted = scores
    - shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    + np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))
""")
