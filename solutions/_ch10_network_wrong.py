"""Chapter 10, third part: the networks that people write in place of a `DropoutMLP`."""

from __future__ import annotations

from solutions._ch10_dropout import chapter
from solutions._ch10_network import DropoutMLP
from solutions._edited import edited

DROP = "kept, cache = dropout_forward(active, self.drop_prob, training, rng)"
ROOM = " " * 16  # how far that line is indented
BACK = "gradient = dropout_backward(gradient @ W, caches[i - 2])"
OWN_OR_GIVEN = "rng = self.rng if rng is None else rng"
W_PART = "+ 2 * self.reg * W"

WRONG = {
    "drops-when-scoring": (
        "Your scores change from call to call: units are dropped in training alone, never in "
        "scores or predict.",
        [("return self._forward(X, False, None)[0]", "return self._forward(X, True, self.rng)[0]")],
    ),
    "never-drops": (
        "Your loss drops nothing: dropout belongs behind every hidden activation while training.",
        [("self._forward(X, True, rng)", "self._forward(X, False, rng)")],
    ),
    "not-scaled": (
        "The units that stay must be scaled up, or the scores of training and of testing do not "
        "fit together.",
        [(DROP, f"{DROP}\n{ROOM}kept, cache = active * (cache > 0), 1.0 * (cache > 0)")],
    ),
    "keeps-instead": (
        "You keep units with probability drop_prob; it is the probability of dropping them.",
        [(DROP, DROP.replace("self.drop_prob", "1 - self.drop_prob"))],
    ),
    "one-mask-for-the-batch": (
        "You drop the same units for all examples of the batch; each example loses units of its "
        "own.",
        [(DROP, f"_, row = {DROP[len('kept, cache = '):].replace('active', 'active[:1]')}\n"
                f"{ROOM}kept, cache = active * row, row + 0 * active")],
    ),
    "one-layer-only": (
        "You drop units of one hidden layer alone; dropout follows every hidden activation.",
        [(DROP, DROP.replace("training", "training and i == last - 1"))],
    ),
    "scores-dropped": (
        "You drop scores, too; dropout is for hidden units, and every class needs its score.",
        [("return out, inputs, caches",
          "return dropout_forward(out, self.drop_prob, training, rng)[0], inputs, caches")],
    ),
    "features-dropped": (
        "You drop features of X before the first layer; only hidden units are dropped here.",
        [("inputs, caches = [X], []",
          "inputs, caches = [dropout_forward(X, self.drop_prob, training, rng)[0]], []")],
    ),
    "mask-forgotten-on-the-way-back": (
        "Your gradients pass through units that were dropped: on the way back they go through the "
        "same mask.",
        [("caches.append(cache)", "caches.append(active > 0)"),
         (BACK, "gradient = gradient @ W"), ("(inputs[i - 1] > 0)", "caches[i - 2]")],
    ),
    "scale-forgotten-on-the-way-back": (
        "Your gradients stop at the dropped units but are not scaled at those that were kept.",
        [(BACK, "gradient = gradient @ W")],
    ),
    "new-mask-on-the-way-back": (
        "Your gradients go through another mask than the loss did: keep the forward pass's mask "
        "for the way back.",
        [(BACK, "gradient, _ = dropout_forward(gradient @ W, self.drop_prob, True, rng)")],
    ),
    "rng-ignored": (
        "Your loss always drops by the network's own generator, also when it is given another.",
        [(OWN_OR_GIVEN, "rng = self.rng")],
    ),
    "same-units-every-step": (
        "Without rng, your loss drops the same units at every call: let the network's generator go "
        "on from call to call.",
        [(OWN_OR_GIVEN, "rng = np.random.default_rng(0) if rng is None else rng")],
    ),
    "unrepeatable": (
        "Without rng, the losses of two networks made alike differ: drop by the generator that the "
        "network was made with, not by one made in loss, nor by one of an earlier call.",
        [(OWN_OR_GIVEN, "rng = np.random.default_rng() if rng is None else rng")],
    ),
    "global-random-numbers": (
        "You draw from NumPy's global random numbers; take every random number from a generator "
        "that you were given.",
        [(OWN_OR_GIVEN, "rng = np.random if rng is None else rng")],
    ),
    "biases-penalised": (
        "You penalised the biases as well; the penalty is on every W and on no b.",
        [('gradients[f"b{i}"] = gradient.sum(axis=0)',
          'b = self.parameters[f"b{i}"]\n            loss += self.reg * np.sum(b * b)\n'
          '            gradients[f"b{i}"] = gradient.sum(axis=0) + 2 * self.reg * b')],
    ),
    "penalty-not-in-the-loss": (
        "The penalty is in your gradients but not in your loss.",
        [("loss += self.reg * np.sum(W * W)", "pass")],
    ),
    "penalty-without-gradient": (
        "The penalty is in your loss but not in your gradients, so training never feels it.",
        [(W_PART, "")],
    ),
    "half-a-penalty": (
        "Your loss adds half the penalty: here it is reg * sum(W * W), without a factor 1/2.",
        [("loss += self.reg * np.sum(W * W)", "loss += self.reg * np.sum(W * W) / 2"),
         (W_PART, "+ self.reg * W")],
    ),
    "square-not-derived": (
        "The derivative of reg * W * W towards W is 2 * reg * W; your gradients have half of it.",
        [(W_PART, "+ self.reg * W")],
    ),
    "relu-forgotten-on-the-way-back": (
        "Your gradients pass through units that ReLU had set to 0.",
        [("gradient = gradient * (inputs[i - 1] > 0)", "pass")],
    ),
    "relu-on-the-scores": (
        "You put ReLU behind the last layer as well; scores may be negative.",
        [("return out, inputs, caches", "return np.maximum(out, 0), inputs, caches")],
    ),
    "sum-over-the-batch": (
        "You summed the data loss over the batch; it is a mean over its examples.",
        [("return -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)",
          "return -np.sum(right * log_p), np.exp(log_p) - right")],
    ),
    "weight-scale-left-out": (
        "Your weights ignore weight_scale.",
        [("= weight_scale * rng.normal(size=shape)", "= 0.01 * rng.normal(size=shape)")],
    ),
    "uniform-weights": (
        "Your weights are uniform numbers; standard normal ones are asked for.",
        [("rng.normal(size=shape)", "rng.uniform(-(3**0.5), 3**0.5, size=shape)")],
    ),
    "options-in-another-order": (
        "Your options stand in another order: after rng come drop_prob, reg and weight_scale.",
        [("drop_prob: float = 0.0, reg: float = 0.0", "reg: float = 0.0, drop_prob: float = 0.0")],
    ),
    "parameters-copied": (
        "Your network works with copies made when it was new, so changing an entry of parameters "
        "changes nothing: look entries up when you use them.",
        [('self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])',
          'self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])\n'
          '        self._own = {k: v.copy() for k, v in self.parameters.items()}'),
         ('inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]',
          'inputs[-1] @ self._own[f"W{i}"].T + self._own[f"b{i}"]')],
    ),
}  # fmt: skip

for _name, (_sentence, _changes) in WRONG.items():
    chapter.misconception(DropoutMLP, _name, _sentence)(edited(DropoutMLP, *_changes))
