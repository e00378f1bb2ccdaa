"""Mistakes in a `DropoutMLP`, each with its sentence: a table of edits of the reference."""

from __future__ import annotations

from grader.exercises import Table

MISTAKES = Table("""
drops-when-scoring: Your scores change from call to call: units are dropped in training alone, never
in scores or predict.
    - (X, False, None)
    + (X, True, self.rng)

never-drops: Your loss drops nothing: dropout belongs behind every hidden activation while training.
    - (X, True, rng)
    + (X, False, rng)

not-scaled: The units that stay must be scaled up, or the scores of training and of testing do not
fit together.
    - inputs.append(kept)
    - caches.append(cache)
    + inputs.append(active * (cache > 0))
    + caches.append(1.0 * (cache > 0))

keeps-instead: You keep units with probability drop_prob; it is the probability of dropping them.
    - (active, self.drop_prob,
    + (active, (self.drop_prob > 0) * (1 - self.drop_prob),

keeps-instead-and-nothing-at-0: You keep units with probability drop_prob; it is the probability of
dropping them.
    - (active, self.drop_prob,
    + (active, 1 - self.drop_prob,

one-mask-for-the-batch: You drop the same units for all examples of the batch; each example loses
units of its own.
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + _, row = dropout_forward(active[:1], self.drop_prob, training, rng)
    + kept, cache = active * row, row + 0 * active

one-layer-only: You drop units of one hidden layer alone; dropout follows every hidden activation.
    - (active, self.drop_prob, training,
    + (active, self.drop_prob, training and i == last - 1,

scores-dropped: You drop scores, too; dropout is for hidden units, and every class needs its score.
    - return out, inputs
    + return dropout_forward(out, self.drop_prob, training, rng)[0], inputs

features-dropped: You drop features of X before the first layer; only hidden units are dropped here.
    - = [X], []
    + = [dropout_forward(X, self.drop_prob, training, rng)[0]], []

mask-forgotten-on-the-way-back: Your gradients pass through units that were dropped: on the way back
they go through the same mask.
    - caches.append(cache)
    + caches.append(active > 0)
    - dropout_backward(gradient @ W, caches[i - 2])
    + gradient @ W
    - (inputs[i - 1] > 0)
    + caches[i - 2]

scale-forgotten-on-the-way-back: Your gradients stop at the dropped units but are not scaled at
those that were kept.
    - dropout_backward(gradient @ W, caches[i - 2])
    + gradient @ W

new-mask-on-the-way-back: Your gradients go through another mask than the loss did: keep the forward
pass's mask for the way back.
    - dropout_backward(gradient @ W, caches[i - 2])
    + dropout_forward(gradient @ W, self.drop_prob, True, rng)[0]

rng-ignored: Your loss always drops by the network's own generator, also when it is given another.
    - self.rng if rng is None else rng
    + self.rng

same-units-every-step: Without rng, your loss drops the same units at every call: let the network's
generator go on from call to call.
    - self.rng if rng
    + np.random.default_rng(0) if rng

unrepeatable: Without rng, the losses of two networks made alike differ: drop by the generator that
the network was made with, not by one made in loss, nor by one of an earlier call.
    - self.rng if rng
    + np.random.default_rng() if rng

global-random-numbers: You draw from NumPy's global random numbers; take every random number from a
generator that you were given.
    - self.rng if rng
    + np.random if rng

global-random-masks: What is dropped comes from NumPy's global random numbers; take every random
number from a generator that you were given.
    - (active, self.drop_prob, training, rng)
    + (active, self.drop_prob, training, np.random)

biases-penalised: You penalised the biases as well; the penalty is on every W and on no b.
    - gradients[f"b{i}"] = gradient.sum(axis=0)
    + b = self.parameters[f"b{i}"]
    + loss += self.reg * np.sum(b * b)
    + gradients[f"b{i}"] = gradient.sum(axis=0) + 2 * self.reg * b

penalty-not-in-the-loss: The penalty is in your gradients but not in your loss.
    - loss += self.reg * np.sum(W * W)

penalty-without-gradient: The penalty is in your loss but not in your gradients, so training never
feels it.
    - + 2 * self.reg * W

half-a-penalty: Your loss adds half the penalty: here it is reg * sum(W * W), without a factor 1/2.
    - np.sum(W * W)
    + np.sum(W * W) / 2
    - 2 * self.reg * W
    + self.reg * W

square-not-derived: The derivative of reg * W * W towards W is 2 * reg * W; your gradients have half
of it.
    - 2 * self.reg * W
    + self.reg * W

relu-forgotten-on-the-way-back: Your gradients pass through units that ReLU had set to 0.
    - gradient = gradient * (inputs[i - 1] > 0)

relu-on-the-scores: You put ReLU behind the last layer as well; scores may be negative.
    - return out, inputs
    + return np.maximum(out, 0), inputs

sum-over-the-batch: You summed the data loss over the batch; it is a mean over its examples.
    - -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)
    + -np.sum(right * log_p), np.exp(log_p) - right

weight-scale-left-out: Your weights ignore weight_scale.
    - weight_scale * rng
    + 0.01 * rng

uniform-weights: Your weights are uniform numbers; standard normal ones are asked for.
    - rng.normal(size=shape)
    + rng.uniform(-(3**0.5), 3**0.5, size=shape)

options-in-another-order: Your options stand in another order: after rng come drop_prob, reg and
weight_scale.
    - drop_prob: float = 0.0, reg: float = 0.0
    + reg: float = 0.0, drop_prob: float = 0.0

parameters-copied: Your network works with copies made when it was new, so changing an entry of
parameters changes nothing: look entries up when you use them.
    - self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self._own = {k: v.copy() for k, v in self.parameters.items()}
    - inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
    + inputs[-1] @ self._own[f"W{i}"].T + self._own[f"b{i}"]

first-arrays-kept: Your network keeps the arrays that it was made with, so another array under a key
of parameters changes nothing: look entries up when you use them.
    - self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self._own = dict(self.parameters)
    - inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
    + inputs[-1] @ self._own[f"W{i}"].T + self._own[f"b{i}"]
    - W = self.parameters[f"W{i}"]
    + W = self._own[f"W{i}"]

penalty-averaged: You divided the penalty by the number of examples; only the data loss is a mean.
    - self.reg * np.sum(W * W)
    + self.reg * np.sum(W * W) / len(y)
    - 2 * self.reg * W
    + 2 * self.reg * W / len(y)

softmax-over-everything: You divided by the sum over the whole batch; the probabilities of each
example sum to 1 by themselves.
    - np.exp(shifted).sum(axis=1, keepdims=True)
    + np.exp(shifted).sum()

scaled-when-scoring: Your scores are scaled down by 1 - drop_prob; in inverted dropout all scaling
happens in training, and scores leave the hidden numbers as they are.
    - inputs.append(kept)
    + inputs.append(kept if training else kept * (1 - self.drop_prob))

no-shift: e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN or infinity:
subtract each row's largest score first, which changes no probability.
    - scores - scores.max(axis=1, keepdims=True)
    + scores
    - shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    + np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))

no-shift-in-the-logarithms: e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN
or infinity: subtract each row's largest score first, which changes no probability.
    - scores - scores.max(axis=1, keepdims=True)
    + scores

no-shift-and-the-logarithm-of-the-sum: e^1000 is infinite and e^-1000 is 0, so scores of that size
end in NaN or infinity: subtract each row's largest score first, which changes no probability.
    - scores - scores.max(axis=1, keepdims=True)
    + scores
    - right = np.eye(scores.shape[1])[y]
    - return -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)
    + right = np.eye(scores.shape[1])[y]
    + p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    + return -log_p[right > 0].mean(), (p - right) / len(y)

one-shift-for-all: You subtract the largest score of the whole batch: a row that lies far below it
is all zeros after exp. Every row needs its own largest.
    - scores.max(axis=1, keepdims=True)
    + scores.max()
    - shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    + np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))

one-shift-for-all-in-the-logarithms: You subtract the largest score of the whole batch: a row that
lies far below it is all zeros after exp. Every row needs its own largest.
    - scores.max(axis=1, keepdims=True)
    + scores.max()

one-shift-for-all-and-the-logarithm-of-the-sum: You subtract the largest score of the whole batch: a
row that lies far below it is all zeros after exp. Every row needs its own largest.
    - scores.max(axis=1, keepdims=True)
    + scores.max()
    - right = np.eye(scores.shape[1])[y]
    - return -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)
    + right = np.eye(scores.shape[1])[y]
    + p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    + return -log_p[right > 0].mean(), (p - right) / len(y)
""")
