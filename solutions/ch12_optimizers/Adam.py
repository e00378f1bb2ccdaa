"""Adam: an optimizer that remembers a state for each parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch12_optimizers.adam_step import adam_step
from solutions.ch12_optimizers.stepping import draw_slopes

exercise = ExerciseDefinition(points=3)


@exercise.reference
class Adam:
    """Moves the parameters of a network by Adam, whatever their names and however many.

    It keeps a state for each key, which begins when the key is first seen.
    """

    def __init__(
        self,
        learning_rate: float = 1e-3,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        """A new optimizer that has taken no step.

        Args:
            learning_rate, beta1, beta2, epsilon: as of adam_step.
        """
        self._settings = learning_rate, beta1, beta2, epsilon
        self._states: dict = {}

    def step(self, parameters: dict, gradients: dict) -> None:
        """Take one step with every parameter that has a gradient.

        Args:
            parameters: dict of float64 arrays; each moves as adam_step moves it, in place or by
                assigning a new array to its key. One without a gradient stays as it is.
            gradients: dict of float64 arrays, shaped like the parameters of the same keys; they
                stay as they are.

        Raises:
            KeyError: gradients has a key that parameters has not; then nothing has moved.
        """
        unknown = set(gradients) - set(parameters)
        if unknown:
            raise KeyError(f"there is no parameter {', '.join(sorted(unknown))}")
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)


@exercise.scenario()
def some_steps(Adam, settings, parameters, steps):
    """The parameters after each step, and whether the gradients are as they were."""
    optimizer = Adam(**settings)
    told: dict[str, Any] = {}
    parameters = {k: v.copy() for k, v in parameters.items()}
    for i, gradients in enumerate(steps, start=1):
        given = {k: v.copy() for k, v in gradients.items()}
        result = optimizer.step(parameters, given)
        same = all(np.array_equal(given[k], v) for k, v in gradients.items())
        told[f"parameters after step {i}"] = {k: np.array(v) for k, v in parameters.items()}
        told |= {f"gradients as they were, step {i}": same, f"result of step {i}": result}
    return told


@exercise.scenario()
def two_optimizers(Adam, settings, others, parameters, steps):
    """Two optimizers that take turns, each with parameters of its own; the second never faster."""
    models = [{k: v.copy() for k, v in parameters.items()} for _ in range(2)]
    pair, told = {"first": Adam(*settings), "second": Adam(*others)}, {}
    for i, gradients in enumerate(steps, start=1):
        for (name, optimizer), model in zip(pair.items(), models, strict=True):
            optimizer.step(model, {k: v.copy() for k, v in gradients.items()})
            now = {k: np.array(v) for k, v in model.items()}
            told[f"parameters of the {name} optimizer after step {i}"] = now
    return told


@exercise.scenario()
def an_unknown_key(Adam, parameters, steps, wrong):
    """What is raised for a key that is no parameter, what has moved, and the next step."""
    optimizer = Adam(0.1)
    parameters = {k: v.copy() for k, v in parameters.items()}
    for gradients in steps:
        optimizer.step(parameters, gradients)
    before, does = {k: np.array(v) for k, v in parameters.items()}, "raises nothing"
    try:
        optimizer.step(parameters, wrong)
    except KeyError:
        does = "raises KeyError"
    except Exception as error:
        does = f"raises {type(error).__name__}"
    moved = [k for k in before if not np.array_equal(before[k], parameters[k])]
    keys = sorted(parameters)
    if does == "raises KeyError" and keys == sorted(before) and not moved:
        optimizer.step(parameters, steps[0])
    after = {k: np.array(v) for k, v in parameters.items()}
    return {"step": does, "moved": moved, "keys": keys, "parameters afterwards": after}


@exercise.scenario()
def replaced_between(Adam, parameters, steps, put):
    """Parameters that somebody else puts into the dict between two steps."""
    optimizer = Adam(0.05)
    parameters = {k: v.copy() for k, v in parameters.items()}
    optimizer.step(parameters, steps[0])
    parameters.update({k: v.copy() for k, v in put.items()})
    optimizer.step(parameters, steps[1])
    return {k: np.array(v) for k, v in parameters.items()}


@exercise.scenario()
def in_other_layouts(Adam, parameters, steps):
    """Parameters that lie column by column, and gradients that are read-only windows onto arrays
    which are written over after each step."""
    optimizer, told = Adam(0.05), []
    parameters = {k: np.array(v, order="F") for k, v in parameters.items()}
    for gradients in steps:
        larger = {k: np.repeat(v, 2, axis=-1) for k, v in gradients.items()}
        windows = {k: v[..., ::2] for k, v in larger.items()}
        for window in windows.values():
            window.flags.writeable = False
        optimizer.step(parameters, windows)
        told.append({k: np.array(v) for k, v in parameters.items()})
        for array in larger.values():
            array[...] = 7.0
    return told


SHAPES = {"W1": (3, 3), "b1": (3,), "W2": (3, 3), "b2": (3,)}  # keys alone tell them apart


def draw_parameters(rng: np.random.Generator, shapes: dict[str, tuple]) -> dict[str, np.ndarray]:
    """Numbers for each key."""
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def draw_gradients(
    rng: np.random.Generator, shapes: dict[str, tuple], count: int
) -> list[dict[str, np.ndarray]]:
    """Gradients for each key, for several steps."""
    return [{k: draw_slopes(rng, *shape) for k, shape in shapes.items()} for _ in range(count)]


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = {"settings": {}, "parameters": draw_parameters(rng, SHAPES)}
    yield Case(
        "a step with the usual settings", {**one, "steps": draw_gradients(rng, SHAPES, 1)},
        scenario="some_steps",
    )  # fmt: skip
    settings = {
        "learning_rate": float(rng.uniform(0.05, 0.2)), "beta1": float(rng.uniform(0.5, 0.8)),
        "beta2": float(rng.uniform(0.85, 0.95)), "epsilon": float(rng.uniform(0.02, 0.2)),
    }  # fmt: skip
    several = {"settings": settings, "parameters": draw_parameters(rng, SHAPES)}
    yield Case(
        "four steps with other settings", {**several, "steps": draw_gradients(rng, SHAPES, 4)},
        scenario="some_steps",
    )  # fmt: skip
    late: dict[str, Any] = {"settings": {"learning_rate": 0.05}}
    late |= {"parameters": draw_parameters(rng, SHAPES)}
    late["steps"] = [*draw_gradients(rng, {"W1": SHAPES["W1"]}, 2)]
    late["steps"] += draw_gradients(rng, SHAPES, 2)
    yield Case("keys that come later, and keys without a gradient", late, scenario="some_steps")
    turns = {
        "settings": [0.1, 0.7, 0.9, 0.1], "others": [0.02], "steps": draw_gradients(rng, SHAPES, 3),
        "parameters": draw_parameters(rng, SHAPES),
    }  # fmt: skip
    yield Case("two optimizers that take turns", turns, scenario="two_optimizers")
    wrong = draw_gradients(rng, {**SHAPES, "W3": (2, 2)}, 1)[0]
    unknown = {
        "parameters": draw_parameters(rng, SHAPES), "steps": draw_gradients(rng, SHAPES, 2),
        "wrong": wrong,
    }  # fmt: skip
    yield Case("a gradient without a parameter", unknown, scenario="an_unknown_key", edge=True)
    put = {
        "parameters": draw_parameters(rng, SHAPES), "steps": draw_gradients(rng, SHAPES, 2),
        "put": draw_parameters(rng, {"W1": SHAPES["W1"], "b2": SHAPES["b2"]}),
    }  # fmt: skip
    yield Case("parameters replaced between two steps", put, scenario="replaced_between", edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    shapes = {"gamma": (4,), "filters": (2, 3, 2, 2)}
    others = {"settings": {"learning_rate": 0.1}, "parameters": draw_parameters(rng, shapes)}
    yield Case(
        "other names and shapes", {**others, "steps": draw_gradients(rng, shapes, 3)},
        scenario="some_steps", edge=True,
    )  # fmt: skip
    nothing = {
        "settings": {}, "parameters": draw_parameters(rng, SHAPES), "steps": [{}, {}],
    }  # fmt: skip
    yield Case("no gradients at all", nothing, scenario="some_steps", edge=True)
    gaps: dict[str, Any] = {"settings": {}, "parameters": draw_parameters(rng, SHAPES)}
    gaps["steps"] = draw_gradients(rng, SHAPES, 3)
    del gaps["steps"][1]["W2"]
    yield Case("a gradient that is missing once", gaps, scenario="some_steps", edge=True)
    slight: dict[str, Any] = {"settings": {}, "parameters": draw_parameters(rng, SHAPES)}
    slight["steps"] = [
        {k: 1e-8 * v for k, v in step.items()} for step in draw_gradients(rng, SHAPES, 2)
    ]
    yield Case("gradients as small as epsilon", slight, scenario="some_steps", edge=True)
    first = draw_gradients(rng, {"a": (2, 2), **SHAPES}, 1)[0]
    unknown = {
        "parameters": draw_parameters(rng, SHAPES), "steps": draw_gradients(rng, SHAPES, 1),
        "wrong": first,
    }  # fmt: skip
    yield Case(
        "an unknown key before the known ones", unknown, scenario="an_unknown_key", edge=True
    )
    laid = {"parameters": draw_parameters(rng, SHAPES), "steps": draw_gradients(rng, SHAPES, 3)}
    yield Case("arrays in other memory layouts", laid, scenario="in_other_layouts", edge=True)
    yield from cases_of_settings(rng)


def cases_of_settings(rng: np.random.Generator) -> Iterator[Case]:
    """Settings of further types and sizes."""
    names = ("learning_rate", "beta1", "beta2", "epsilon")
    settings: dict[str, tuple] = {
        "a rate of 0": (0.0,),
        "settings that are ints, and no memory": (1, 0, 0, 1),
        "NumPy's numbers": tuple(map(np.float64, (0.1, 0.7, 0.9, 0.1))),
        "a huge rate and epsilon": (2000.0, 0.7, 0.9, 5000.0),
        "a tiny rate and epsilon": (1e-10, 0.5, 0.5, 1e-10),
    }
    for label, given in settings.items():
        inputs = {
            "settings": dict(zip(names, given, strict=False)),
            "parameters": {k: np.zeros(shape) for k, shape in SHAPES.items()},
            "steps": draw_gradients(rng, SHAPES, 3),
        }  # fmt: skip
        yield Case(label, inputs, scenario="some_steps", edge=True, atol=0.0)


exercise.wrong_ways("""
one-state-for-all: All your parameters share one state; each key needs m, v and t of its own.
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(w.shape, start)
            parameters[key], self._states[w.shape] = adam_step(
                w, gradient, state, *self._settings
            )

one-t-for-all: A key's t counts the steps in which it had a gradient: it begins when the key is
first seen, and a step without a gradient leaves the key's m, v and t alone.
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        self._t = getattr(self, "_t", 0) + 1
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape)}
            state = {**self._states.get(key, start), "t": self._t - 1}
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)

forgets-its-state: Every step of yours begins from nothing: keep each key's state for the next one.
    - self._states.get(key, start)
    + start

t-counted-for-each-key: You count t once for every parameter; it is one more in a step, however many
parameters there are.
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            w = parameters[key]
            self._t = getattr(self, "_t", 0) + 1
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape)}
            state = {**self._states.get(key, start), "t": self._t - 1}
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)

nothing-moves: The parameters stay as they were: `w = ...` gives a new array a name, the dict keeps
the old one until the new one is put under its key.
    - parameters[key], self._states[key] =
    + w, self._states[key] =

shared-by-all-optimizers: All optimizers share one dict of states: make it in __init__, for each
its own.
    _shared: dict = {}

    def __init__(self, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self._settings = learning_rate, beta1, beta2, epsilon
        self._states = self._shared

settings-ignored: Your steps use the usual settings; take those that the optimizer was made with.
    - *self._settings)
    + self._settings[0])

settings-in-another-order: Your settings stand in another order: after learning_rate come beta1,
beta2 and epsilon.
    - *self._settings)
    + self._settings[0], self._settings[2], self._settings[1], self._settings[3])

unknown-key-passed-over: A gradient without a parameter is passed over in silence; raise KeyError,
or a misspelt name is never found.
    def step(self, parameters, gradients):
        for key, gradient in gradients.items():
            if key in parameters:
                w = parameters[key]
                start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
                state = self._states.get(key, start)
                parameters[key], self._states[key] = adam_step(
                    w, gradient, state, *self._settings
                )

moves-before-it-raises: You raise KeyError when some parameters have moved already: look at all the
keys first.
    - unknown = set(gradients) - set(parameters)
    - if unknown:
    -     raise KeyError(f"there is no parameter {', '.join(sorted(unknown))}")
    + pass

own-copies: You work on copies of the parameters that you made at the first step, so what others put
into the dict is lost: look the arrays up in every step.
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            start = {"m": np.zeros(gradient.shape), "v": np.zeros(gradient.shape), "t": 0}
            w, state = self._states.get(key, (parameters[key].copy(), start))
            w, state = adam_step(w, gradient, state, *self._settings)
            self._states[key] = w, state
            parameters[key] = w.copy()

every-parameter-needs-a-gradient: Your step fails where not every step has the same keys: a
parameter without a gradient stays as it is, and a key that comes later begins its state then.
    def step(self, parameters, gradients):
        if set(gradients) != set(parameters):
            raise KeyError
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)

gives-back-new-ones: Your step gives new parameters back and leaves those that it was given: it
changes the dict itself and returns nothing.
    def step(self, parameters, gradients):
        parameters, given = dict(parameters), parameters
        for key, gradient in gradients.items():
            w = parameters[key]
            start = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0}
            state = self._states.get(key, start)
            parameters[key], self._states[key] = adam_step(w, gradient, state, *self._settings)
        return parameters

uphill: You go uphill: parameters move against their gradients.
    - adam_step(w, gradient, state
    + adam_step(w, -gradient, state

not-corrected: You used m and v as they are: both start at 0 and are too small at first. Divide them
by 1 - beta ** t.
    def step(self, parameters, gradients):
        if set(gradients) - set(parameters):
            raise KeyError
        rate, beta1, beta2, epsilon = self._settings
        for key, gradient in gradients.items():
            m, v = self._states.get(key, (0.0, 0.0))
            m = beta1 * m + (1 - beta1) * gradient
            v = beta2 * v + (1 - beta2) * gradient**2
            self._states[key] = m, v
            parameters[key] = parameters[key] - rate * m / (np.sqrt(v) + epsilon)
""")
