"""Chapter 07: the networks that people write instead, as the words in which they differ."""

from __future__ import annotations

from solutions._ch07_activations import chapter
from solutions._ch07_mlp import MLP
from solutions._edited import edited

DRAW = 'self.parameters[f"W{i}"] = weight_scale * rng.normal(size=shape)'
ZERO = 'self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])'
EVERY_W = "for i in range(1, self._depth + 1):\n                W ="
PENALTY = "loss += self._reg * np.sum(W * W)"
PULL = 'gradients[f"W{i}"] += 2 * self._reg * W'
LAYER = 'X, cache = affine_forward(X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])'
GO_BACK = "dout = self._activate_backward(dout, caches.pop())"
REFUSE = """\
        if activation not in layers:
            raise ValueError(f'activation must be "relu" or "sigmoid", not {activation!r}')
"""
BIAS_TOO = """
                b = self.parameters[f"b{i}"]
                loss += self._reg * np.sum(b * b)
                gradients[f"b{i}"] += 2 * self._reg * b"""
KEPT = """\
        self._kept = dict(self.parameters)
"""
OWN = 'X, cache = affine_forward(X, self._kept[f"W{i}"], self._kept[f"b{i}"])'
COPIES = """\
        self._kept = {name: value.copy() for name, value in self.parameters.items()}
"""
LAST = '            self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])\n'

WRONG = {
    "activation-after-the-scores": (
        "The last layer's scores go through the activation as well: scores may be any numbers, so "
        "nothing follows the last affine layer.",
        [
            ("            if i < self._depth:\n", "            if True:\n"),
            (
                "loss, dout = softmax_cross_entropy(scores, y)",
                "loss, dout = softmax_cross_entropy(scores, y)\n"
                "        dout = self._activate_backward(dout, caches.pop())",
            ),
        ],
    ),
    "no-activation": (
        "There is no activation between your layers, so that all of them together are one layer.",
        [
            ("X, cache = self._activate(X)", "pass"),
            ("                caches.append(cache)\n        return", "        return"),
            (GO_BACK, "pass"),
        ],
    ),
    "gradient-skips-the-activation": (
        "Your gradient goes past the activations on the way back: it has to pass each of them.",
        [(GO_BACK, "caches.pop()")],
    ),
    "always-relu": (
        "Your network uses ReLU whatever `activation` says.",
        [("layers[activation]", 'layers["relu"]')],
    ),
    "forgets-reg": (
        "`reg` changes nothing in your model: the penalty on the weights is missing.",
        [("self._reg = reg", "self._reg = 0.0")],
    ),
    "penalty-on-biases": (
        "Your penalty counts the biases as well; only the W are penalised.",
        [(PULL, PULL + BIAS_TOO)],
    ),
    "penalty-on-the-first-layer": (
        "Your penalty counts W1 alone; every W has its part.",
        [(EVERY_W, EVERY_W.replace("range(1, self._depth + 1)", "(1,)"))],
    ),
    "penalty-on-hidden-layers": (
        "Your penalty leaves out the last W; every W has its part.",
        [(EVERY_W, EVERY_W.replace(" + 1", ""))],
    ),
    "penalty-without-gradient": (
        "The loss has its penalty, the gradients do not: the penalty has a slope, too.",
        [(PULL, "pass")],
    ),
    "gradient-without-penalty": (
        "The gradients have the penalty's part, but the loss itself lacks it.",
        [(PENALTY, "pass")],
    ),
    "slope-of-the-penalty": (
        "The penalty's part of the gradients has the wrong factor: what is the slope of w * w?",
        [(PULL, 'gradients[f"W{i}"] += self._reg * W')],
    ),
    "half-a-penalty": (
        "You count half of the penalty; here it is reg * sum(W * W), without 1 / 2.",
        [(PENALTY, "loss += 0.5 * self._reg * np.sum(W * W)"), (PULL, PULL.replace("2 * ", ""))],
    ),
    "penalty-per-example": (
        "You divide the penalty by the number of rows; only the data loss is a mean.",
        [(PENALTY, "loss += self._reg * np.sum(W * W) / len(X)"), (PULL, PULL + " / len(X)")],
    ),
    "columns-as-outputs": (
        "Your W are the wrong way round: one row per output, (outputs, inputs).",
        [
            (DRAW, DRAW.replace("shape", "shape[::-1]")),
            (LAYER, LAYER.replace('W{i}"]', 'W{i}"].T')),
        ],
    ),
    "uniform": (
        "Your weights are uniform random numbers; normal ones are asked for.",
        [(DRAW, DRAW.replace("rng.normal(size=shape)", "rng.uniform(-(3**0.5), 3**0.5, shape)"))],
    ),
    "forgets-weight-scale": (
        "The weights do not have the standard deviation `weight_scale`: it multiplies normal "
        "random numbers, once.",
        [(DRAW, DRAW.replace("weight_scale", "0.01"))],
    ),
    "random-biases": (
        "Your biases start at other numbers than zero.",
        [(ZERO, ZERO.replace("np.zeros(", "weight_scale * rng.normal(size="))],
    ),
    "global-randomness": (
        "Your weights do not come from rng: np.random has a generator of its own, and no seed "
        "brings the same network back.",
        [(DRAW, DRAW.replace("rng.", "np.random."))],
    ),
    "own-seed": (
        "Every network starts with the same weights, whatever rng's seed: draw them from the rng "
        "that you are given.",
        [("self.parameters = {}", "self.parameters = {}\n        rng = np.random.default_rng(0)")],
    ),
    "accepts-any-activation": (
        'An activation that does not exist must raise ValueError; yours is taken for "sigmoid".',
        [
            (REFUSE, ""),
            ("layers[activation]", 'layers["relu" if activation == "relu" else "sigmoid"]'),
        ],
    ),
    "error-of-the-dict": (
        "An activation that does not exist must raise ValueError with a sentence, not the KeyError "
        "of a dict.",
        [(REFUSE, "")],
    ),
    "keys-do-not-count": (
        "Your model keeps its arrays in a second place: one that is put into .parameters under its "
        "key changes nothing. Look the arrays up in the dict each time.",
        [(LAST, LAST + KEPT), (LAYER, OWN)],
    ),
    "keys-do-not-count-in-the-penalty": (
        "Your model keeps its arrays in a second place: one that is put into .parameters under its "
        "key changes nothing. Look the arrays up in the dict each time.",
        [(LAST, LAST + KEPT), (LAYER, OWN),
         ('W = self.parameters[f"W{i}"]', 'W = self._kept[f"W{i}"]')],
    ),
    "parameters-are-copies": (
        "What .parameters holds is a copy: changing it does not change the model.",
        [(LAST, LAST + COPIES), (LAYER, OWN)],
    ),
    "shared-by-all-models": (
        "All your models share one dict of parameters: make it in __init__, for each its own.",
        [("self.parameters = {}", "self.parameters = vars(MLP).get('kept') or {}"),
         (LAST, LAST + "        MLP.kept = self.parameters\n")],
    ),
    "activation-of-the-last-model": (
        "All your models share one activation, that of the model made last: keep it on self.",
        [
            ("self._activate, self._activate_backward = layers",
             "MLP._activate, MLP._activate_backward = map(staticmethod, layers"),
            ("layers[activation]", "layers[activation])"),
        ],
    ),
    "gradients-add-up": (
        "Your gradients add to those of the call before: each call of loss begins with none.",
        [
            ("        return loss, gradients\n",
             "        old = vars(self).get('_old') or {}\n"
             "        self._old = {k: v + old.get(k, 0.0) for k, v in gradients.items()}\n"
             "        return loss, self._old\n"),
        ],
    ),
    "layers-by-the-alphabet": (
        "With ten layers and more yours come in the wrong order: sorted as words, W10 stands "
        "before W2.",
        [(LAYER, "i_, i = i, sorted(map(str, range(1, self._depth + 1)))[i - 1]; " + LAYER
          + "; i = i_")],
    ),
    "last-of-equals": (
        "Where two classes share the highest score, predict takes the last; the first is agreed.",
        [("return np.argmax(self.scores(X), axis=1)",
          "s = self.scores(X)\n        return s.shape[1] - 1 - np.argmax(s[:, ::-1], axis=1)")],
    ),
    "scores-for-labels": (
        "predict gives the highest scores; what is asked for is the classes that have them.",
        [("return np.argmax(self.scores(X), axis=1)", "return np.max(self.scores(X), axis=1)")],
    ),
}  # fmt: skip
for name, (sentence, changes) in WRONG.items():
    chapter.misconception(MLP, name, sentence)(edited(MLP, *changes))
