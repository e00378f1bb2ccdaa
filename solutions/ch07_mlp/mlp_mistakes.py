"""Mistakes in an `MLP`, each with its sentence: a table of edits of the reference."""

from __future__ import annotations

from grader.exercises import Table

MISTAKES = Table("""
activation-after-the-scores: The last layer's scores go through the activation as well: scores may
be any numbers, so nothing follows the last affine layer.
    - if i < self._depth:
    + if True:
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(scores, y)
    + dout = self._activate_backward(dout, caches.pop())

no-activation: There is no activation between your layers, so that all of them together are one
layer.
    - if i < self._depth:
    + if False:
    - dout = self._activate_backward(dout, caches.pop())

gradient-skips-the-activation: Your gradient goes past the activations on the way back: it has to
pass each of them.
    - dout = self._activate_backward(dout, caches.pop())
    + caches.pop()

always-relu: Your network uses ReLU whatever `activation` says.
    - layers[activation]
    + layers["relu"]

forgets-reg: `reg` changes nothing in your model: the penalty on the weights is missing.
    - self._reg = reg
    + self._reg = 0.0

penalty-on-biases: Your penalty counts the biases as well; only the W are penalised.
    - W = self.parameters[f"W{i}"]
    + W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
    + loss += self._reg * np.sum(b * b)
    + gradients[f"b{i}"] += 2 * self._reg * b

penalty-on-the-first-layer: Your penalty counts W1 alone; every W has its part.
    - for i in range(1, self._depth + 1):
    -     W =
    + for i in [1]:
    +     W =

penalty-on-hidden-layers: Your penalty leaves out the last W; every W has its part.
    - for i in range(1, self._depth + 1):
    -     W =
    + for i in range(1, self._depth):
    +     W =

penalty-without-gradient: The loss has its penalty, the gradients do not: the penalty has a slope,
too.
    - gradients[f"W{i}"] += 2 * self._reg * W

gradient-without-penalty: The gradients have the penalty's part, but the loss itself lacks it.
    - loss += self._reg * np.sum(W * W)

slope-of-the-penalty: The penalty's part of the gradients has the wrong factor: what is the slope of
w * w?
    - += 2 * self._reg
    + += self._reg

half-a-penalty: You count half of the penalty; here it is reg * sum(W * W), without 1 / 2.
    - self._reg = reg
    + self._reg = reg / 2

penalty-per-example: You divide the penalty by the number of rows; only the data loss is a mean.
    - np.sum(W * W)
    + np.sum(W * W) / len(X)
    - += 2 * self._reg * W
    + += 2 * self._reg * W / len(X)

columns-as-outputs: Your W are the wrong way round: one row per output, (outputs, inputs).
    - size=shape
    + size=shape[::-1]
    - (X, self.parameters[f"W{i}"],
    + (X, self.parameters[f"W{i}"].T,

uniform: Your weights are uniform random numbers; normal ones are asked for.
    - rng.normal(size=shape)
    + rng.uniform(-(3**0.5), 3**0.5, shape)

forgets-weight-scale: The weights do not have the standard deviation `weight_scale`: it multiplies
normal random numbers, once.
    - weight_scale * rng
    + 0.01 * rng

random-biases: Your biases start at other numbers than zero.
    - np.zeros(layer_sizes[i])
    + weight_scale * rng.normal(size=layer_sizes[i])

global-randomness: Your weights do not come from rng: np.random has a generator of its own, and no
seed brings the same network back.
    - rng.normal
    + np.random.normal

own-seed: Every network starts with the same weights, whatever rng's seed: draw them from the rng
that you are given.
    - self.parameters = {}
    + self.parameters, rng = {}, np.random.default_rng(0)

accepts-any-activation: An activation that does not exist must raise ValueError; yours is taken for
"sigmoid".
    - if activation not in layers:
    -     raise ValueError(f'activation must be "relu" or "sigmoid", not {activation!r}')
    + activation = "relu" if activation == "relu" else "sigmoid"

error-of-the-dict: An activation that does not exist must raise ValueError with a sentence, not the
KeyError of a dict.
    - if activation not in layers:
    + if False:

keys-do-not-count: Your model keeps its arrays in a second place: one that is put into .parameters
under its key changes nothing. Look the arrays up in the dict each time.
    - = np.zeros(layer_sizes[i])
    + = np.zeros(layer_sizes[i])
    + self._kept = dict(self.parameters)
    - (X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + (X, self._kept[f"W{i}"], self._kept[f"b{i}"])

keys-do-not-count-in-the-penalty: Your model keeps its arrays in a second place: one that is put
into .parameters under its key changes nothing. Look the arrays up in the dict each time.
    - = np.zeros(layer_sizes[i])
    + = np.zeros(layer_sizes[i])
    + self._kept = dict(self.parameters)
    - (X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + (X, self._kept[f"W{i}"], self._kept[f"b{i}"])
    - W = self.parameters[f"W{i}"]
    + W = self._kept[f"W{i}"]

parameters-are-copies: What .parameters holds is a copy: changing it does not change the model.
    - = np.zeros(layer_sizes[i])
    + = np.zeros(layer_sizes[i])
    + self._kept = {name: value.copy() for name, value in self.parameters.items()}
    - (X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + (X, self._kept[f"W{i}"], self._kept[f"b{i}"])

shared-by-all-models: All your models share one dict of parameters: make it in __init__, for each
its own.
    - self.parameters = {}
    + self.parameters = MLP.kept = getattr(MLP, "kept", {})

activation-of-the-last-model: All your models share one activation, that of the model made last:
keep it on self.
    - self._activate, self._activate_backward = layers[activation]
    + MLP._activate, MLP._activate_backward = map(staticmethod, layers[activation])

gradients-add-up: Your gradients add to those of the call before: each call of loss begins with
none.
    - return loss, gradients
    + old = vars(self).get("_old", {})
    + self._old = {k: v + old.get(k, 0.0) for k, v in gradients.items()}
    + return loss, self._old

layers-by-the-alphabet: With ten layers and more yours come in the wrong order: sorted as words, W10
stands before W2.
    - X, cache = affine_forward(X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + k = sorted(map(str, range(1, self._depth + 1)))[i - 1]
    + X, cache = affine_forward(X, self.parameters[f"W{k}"], self.parameters[f"b{k}"])

layers-by-the-alphabet-there-and-back: With ten layers and more yours come in the wrong order:
sorted as words, W10 stands before W2.
    - X, cache = affine_forward(X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
    + k = sorted(map(str, range(1, self._depth + 1)))[i - 1]
    + X, cache = affine_forward(X, self.parameters[f"W{k}"], self.parameters[f"b{k}"])
    - if self._reg:
    + order = sorted(map(str, range(1, self._depth + 1)))
    + gradients = {f"{k[0]}{order[int(k[1:]) - 1]}": g for k, g in gradients.items()}
    + if self._reg:

last-of-equals: Where two classes share the highest score, predict takes the last; the first has to
win.
    - return np.argmax(self.scores(X), axis=1)
    + s = self.scores(X)
    + return s.shape[1] - 1 - np.argmax(s[:, ::-1], axis=1)

scores-for-labels: predict gives the highest scores; what is asked for is the classes that have
them.
    - np.argmax
    + np.max

slope-at-0: At exactly 0 your ReLU lets the gradient through (`>=` does that); its slope there is 0,
as in relu_backward.
    - "relu": (relu_forward, relu_backward)
    + "relu": (relu_forward, lambda dout, x: dout * (x >= 0))

sum-over-the-batch: You add up the losses of the rows; the loss is their mean, and so are its
gradients.
    - scores, caches = self._forward(X)
    - loss, dout = softmax_cross_entropy(scores, y)
    + scores, caches = self._forward(X)
    + loss, dout = softmax_cross_entropy(scores, y)
    + loss, dout = loss * len(y), dout * len(y)

gradient-of-the-sum: The loss is a mean over the rows, and your gradients are those of their sum: a
1 / N is missing on the way back.
    - scores, caches = self._forward(X)
    - loss, dout = softmax_cross_entropy(scores, y)
    + scores, caches = self._forward(X)
    + loss, dout = softmax_cross_entropy(scores, y)
    + dout = dout * len(y)

divided-by-n-twice: Your gradients are divided by the number of rows twice: softmax_cross_entropy
has done it already.
    - scores, caches = self._forward(X)
    - loss, dout = softmax_cross_entropy(scores, y)
    + scores, caches = self._forward(X)
    + loss, dout = softmax_cross_entropy(scores, y)
    + dout = dout / len(y)

probabilities-for-scores: scores gives probabilities; give what the last layer computes, before
softmax.
    - return self._forward(X)[0]
    + s = self._forward(X)[0]
    + e = np.exp(s - s.max(axis=1, keepdims=True))
    + return e / e.sum(axis=1, keepdims=True)

softmax-twice: Your loss takes the softmax of probabilities: it wants the scores.
    - scores, caches = self._forward(X)
    - loss
    + scores, caches = self._forward(X)
    + scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    + scores = scores / scores.sum(axis=1, keepdims=True)
    + loss

biases-penalised-in-the-loss: The penalty in your loss counts the biases as well; only the W are
penalised.
    - np.sum(W * W)
    + (np.sum(W * W) + np.sum(self.parameters[f"b{i}"] ** 2))

biases-penalised-in-the-gradients: Your gradients of the b have a part of the penalty; only the W
are penalised.
    - gradients[f"W{i}"] += 2 * self._reg * W
    + gradients[f"W{i}"] += 2 * self._reg * W
    + gradients[f"b{i}"] += 2 * self._reg * self.parameters[f"b{i}"]

mean-of-squares: Your penalty takes the mean of the squares; it is their sum.
    - np.sum(W * W)
    + np.mean(W * W)

root-of-the-sum: Your penalty takes the root of the sum of squares (np.linalg.norm does); it is the
sum itself.
    - np.sum(W * W)
    + np.linalg.norm(W)

bias-gradients-are-means: Your gradients of the b are divided by the number of rows once more: their
mean was taken with the loss.
    - return loss, gradients
    + return loss, {k: g / len(X) if k[0] == "b" else g for k, g in gradients.items()}

loss-alone: loss gives one thing; it has to give two, (loss, gradients).
    - return loss, gradients
    + return loss

gradients-in-a-list: Your gradients come in a list; give a dict with the keys of .parameters.
    - return loss, gradients
    + return loss, [gradients[name] for name in self.parameters]

no-gradients-of-the-biases: Your gradients have no keys for the b; every parameter has a gradient.
    - return loss, gradients
    + return loss, {name: g for name, g in gradients.items() if name[0] == "W"}

labels-in-a-column: predict gives a column, (N, 1); labels are (N,).
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self.scores(X), axis=1)[:, None]

predicts-over-the-batch: predict looks for the largest score along the wrong axis: every row gets
the class of its own largest one.
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self.scores(X), axis=0)

least-likely: predict gives the class with the lowest score; the highest wins.
    - np.argmax
    + np.argmin

biases-as-rows: Your b have two axes, (1, outputs); they are (outputs,).
    - np.zeros(layer_sizes[i])
    + np.zeros((1, layer_sizes[i]))

zeros-for-weights: Your weights start at 0, so all units of a layer stay alike: draw them from rng.
    - weight_scale * rng.normal(size=shape)
    + np.zeros(shape)

layers-counted-from-0: Your keys begin with W0; the first layer's are W1 and b1.
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        reference.__init__(self, layer_sizes, rng, activation, reg, weight_scale)
        self.parameters = {
            f"{name[0]}{int(name[1:]) - 1}": value for name, value in self.parameters.items()
        }

takes-a-step: loss changes the parameters; it only measures: a step is the business of train.
    - return loss, gradients
    + for name in gradients:
    +     self.parameters[name] -= 1e-2 * gradients[name]
    + return loss, gradients

sigmoid-slope-of-the-input: On the way back your sigmoid takes its input for its output: the slope
is out (1 - out).
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (lambda x: (sigmoid_forward(x)[0], x), sigmoid_backward)

relu-slope-for-both: On the way back you always take the slope of ReLU, also where the activation is
the sigmoid.
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (sigmoid_forward, relu_backward)

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - return X, caches
    + return X.astype(np.float32).astype(np.float64), caches

parameters-in-single-precision: Your parameters are float32; they are float64, as NumPy's generators
give them.
    - weight_scale * rng.normal(size=shape)
    + np.float32(weight_scale * rng.normal(size=shape))

activation-after-the-scores-on-the-way-there: The last layer's scores go through the activation as
well: scores may be any numbers, so nothing follows the last affine layer. (On your way back nothing
does.)
    - if i < self._depth:
    + if True:
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(scores, y)
    + caches.pop()

half-of-the-sigmoid-slope: A factor of the sigmoid's slope is missing on the way back: the slope is
out times something else.
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (sigmoid_forward, lambda dout, out: dout * out)

penalty-per-example-in-the-loss: You divide the penalty in your loss by the number of rows; only the
data loss is a mean. Your gradients are right.
    - np.sum(W * W)
    + np.sum(W * W) / len(X)

probabilities-alone: Your gradients start from the probabilities alone; at the right class of each
row, subtract 1 before you divide by the number of rows.
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(scores, y)
    + dout = dout + np.eye(scores.shape[1])[y] / len(y)

no-bias: Your layers leave out the biases: every output gets its own b added.
    - self.parameters[f"b{i}"])
    + 0.0 * self.parameters[f"b{i}"])

uphill: Your gradients have the wrong sign: they should say where the loss grows.
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(scores, y)
    + dout = -dout

bend-of-the-gradient: On the way back your ReLU goes by the sign of the gradient; what decides is
the sign of its input on the way forward.
    - "relu": (relu_forward, relu_backward)
    + "relu": (relu_forward, lambda dout, x: np.maximum(dout, 0))

always-relu-on-the-way-there: On the way there your network uses ReLU whatever `activation` says.
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (lambda x: (relu_forward(x)[0],) * 2, sigmoid_backward)

falling-sigmoid: Your sigmoid falls where it should rise: mind the sign in front of x in the
exponent.
    - "sigmoid": (sigmoid_forward, sigmoid_backward)
    + "sigmoid": (lambda x: sigmoid_forward(-x), sigmoid_backward)

sigmoid-after-the-scores: The last layer's scores go through a sigmoid: scores may be any numbers,
so nothing follows the last affine layer.
    - return X, caches
    + return sigmoid_forward(X)[0], caches

softmax-after-the-scores: What comes out of your last layer goes through a softmax before the loss,
which has one already: nothing follows the last affine layer.
    - return X, caches
    + e = np.exp(X - X.max(axis=1, keepdims=True))
    + return e / e.sum(axis=1, keepdims=True), caches
""")
