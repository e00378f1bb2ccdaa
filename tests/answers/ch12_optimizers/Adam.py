"""Answers to Adam."""

from solutions.ch12_optimizers.adam_step import adam_step  # noqa: F401
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
in place, three dicts
    class Adam:
        def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
            self.rate, self.b1, self.b2, self.eps = learning_rate, beta1, beta2, epsilon
            self.m, self.v, self.t = {}, {}, {}

        def step(self, parameters, gradients):
            for key in gradients:
                if key not in parameters:
                    raise KeyError(key)
            for key, g in gradients.items():
                t = self.t[key] = self.t.get(key, 0) + 1
                self.m[key] = self.b1 * self.m.get(key, 0.0) + (1 - self.b1) * g
                self.v[key] = self.b2 * self.v.get(key, 0.0) + (1 - self.b2) * g**2
                m, v = self.m[key] / (1 - self.b1**t), self.v[key] / (1 - self.b2**t)
                parameters[key] -= self.rate * m / (np.sqrt(v) + self.eps)

looked up first
    class Adam:
        def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
            self.options = dict(beta1=beta1, beta2=beta2, epsilon=epsilon)
            self.learning_rate, self.states = learning_rate, {}

        def step(self, parameters, gradients):
            chosen = {key: parameters[key] for key in gradients}
            for key, w in chosen.items():
                zero = np.zeros_like(w)
                state = self.states.setdefault(key, {"m": zero, "v": zero, "t": 0})
                new, self.states[key] = adam_step(
                    w, gradients[key], state, self.learning_rate, **self.options
                )
                parameters[key] = new

all at once, then update
    class Adam:
        def __init__(self, *args, **kwargs):
            self.state, self.args, self.kwargs = {}, args or (1e-3,), kwargs
            if "learning_rate" in kwargs:
                self.args = ()

        def step(self, parameters, gradients):
            moved = {}
            for key, g in gradients.items():
                w = parameters[key]
                old = self.state.get(key) or {"m": 0 * w, "v": 0 * w, "t": 0}
                args = dict(zip(("learning_rate", "beta1", "beta2", "epsilon"), self.args))
                moved[key] = adam_step(w, g, old, **args, **self.kwargs)
            for key, (w, state) in moved.items():
                parameters[key][...] = w
                self.state[key] = state

a small class for each parameter
    class One:
        def __init__(self, shape):
            self.m, self.v, self.t = np.zeros(shape), np.zeros(shape), 0

        def move(self, g, rate, b1, b2, eps):
            self.t += 1
            self.m += (1 - b1) * (g - self.m)
            self.v += (1 - b2) * (g * g - self.v)
            root = np.sqrt(self.v / (1 - b2**self.t)) + eps
            return -rate * self.m / (1 - b1**self.t) / root

    class Adam:
        def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
            self.all, self.settings = {}, (learning_rate, beta1, beta2, epsilon)

        def step(self, parameters, gradients):
            missing = [key for key in gradients if key not in parameters]
            if missing:
                raise KeyError(missing[0])
            for key in gradients:
                one = self.all.setdefault(key, One(np.shape(gradients[key])))
                parameters[key] = parameters[key] + one.move(gradients[key], *self.settings)

through the parameters, in their order
    class Adam:
        def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
            self.settings, self.states = [learning_rate, beta1, beta2, epsilon], {}

        def step(self, parameters, gradients):
            if not gradients.keys() <= parameters.keys():
                raise KeyError("unknown")
            for key in list(parameters):
                if key in gradients:
                    state = self.states.get(key)
                    if state is None:
                        state = {n: np.zeros(parameters[key].shape) for n in "mv"} | {"t": 0}
                    w, state = adam_step(parameters[key], gradients[key], state, *self.settings)
                    parameters[key], self.states[key] = w, state

a default dict
    from collections import defaultdict

    class Adam:
        def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
            self.settings = learning_rate, beta1, beta2, epsilon
            self.states = defaultdict(lambda: {"m": 0.0, "v": 0.0, "t": 0})

        def step(self, parameters, gradients):
            for key in gradients:
                parameters[key]
            for key, gradient in gradients.items():
                parameters[key], self.states[key] = adam_step(
                    parameters[key], gradient, self.states[key], *self.settings
                )
""")

answers.wrong("""
gradients overwritten
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)
            gradient *= 0

plain steps [score=0]
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            parameters[key] -= self._settings[0] * gradient

only W and b [hidden]
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key in ("W1", "b1", "W2", "b2"):
            if key in gradients:
                w = parameters[key]
                start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
                state = self._states.get(key, start)
                parameters[key], self._states[key] = adam_step(
                    w, gradients[key], state, *self._settings
                )

forgets keys that are missing once [hidden]
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        self._states = {k: s for k, s in self._states.items() if k in gradients}
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)

ValueError for an unknown key
    - raise KeyError(
    + raise ValueError(

a new key is added
    def step(self, parameters, gradients):
        for key, gradient in gradients.items():
            w = parameters.setdefault(key, np.zeros(gradient.shape))
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)

another default rate
    - learning_rate: float = 1e-3
    + learning_rate: float = 1e-2

another default beta2 [score=0]
    - beta2: float = 0.999
    + beta2: float = 0.99

a setting of 0 is the usual one [hidden]
    - self._settings = learning_rate, beta1, beta2, epsilon
    + self._settings = learning_rate or 1e-3, beta1 or 0.9, beta2 or 0.999, epsilon

through a flat array [hidden]
    - parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)
    + new, self._states[key] = adam_step(w, gradient, state, *self._settings)
    + w.reshape(-1)[:] = new.reshape(-1)

all gradients so far, as they were handed over [hidden]
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            seen = self._states.setdefault(key, [])
            seen.append(gradient)
            state = {"m": 0.0, "v": 0.0, "t": 0}
            for old in seen:
                moved, state = adam_step(parameters[key], old, state, *self._settings)
            parameters[key] = moved

a number of Python's or an error [hidden]
    def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
        if type(learning_rate) not in (int, float):
            raise TypeError("a number is needed")
        reference.__init__(self, learning_rate, beta1, beta2, epsilon)

an epsilon of 1e-8 at the least [hidden]
    - self._settings = learning_rate, beta1, beta2, epsilon
    + self._settings = learning_rate, beta1, beta2, max(epsilon, 1e-8)
""")
