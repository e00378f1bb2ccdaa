"""Chapter 06, third part: small programs that use a `Value` class, and read off its numbers.

Each scenario gives plain floats: a value's number may be an integer or a float, of Python or of
NumPy. Only the first leaves NumPy's floats as they are, so that their precision shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch06_gates import chapter
from solutions._ch06_value import Value


@chapter.scenario(Value)
def sum_times(Value, x, y, z):
    """(x + y) * z: the result, the gradients, and the operands' own numbers afterwards."""
    x, y, z = Value(x), Value(y), Value(z)
    f = (x + y) * z
    f.backward()
    numbers = (f.data, x.grad, y.grad, z.grad, x.data, y.data, z.data)
    return [v if isinstance(v, np.floating) else float(v) for v in numbers]


@chapter.scenario(Value)
def neuron(Value, w, x):
    """A sigmoid neuron with two inputs."""
    w, x = [Value(float(v)) for v in w], [Value(float(v)) for v in x]
    out = (w[0] * x[0] + w[1] * x[1] + w[2]).sigmoid()
    out.backward()
    return float(out.data), [float(v.grad) for v in w], [float(v.grad) for v in x]


@chapter.scenario(Value)
def used_twice(Value, a, b):
    """Graphs in which a value goes into several operations, or twice into one."""
    results = []
    for make in (
        lambda a, b: a + a,
        lambda a, b: a * a,
        lambda a, b: a * b + a,
        lambda a, b: (a + b) * (a * b),
        lambda a, b: (a * b) * (a * b) + b,
    ):
        p, q = Value(a), Value(b)
        f = make(p, q)
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


@chapter.scenario(Value)
def with_itself(Value, a, b):
    """Graphs in which both sides of a difference or a quotient are one value."""
    results = []
    for make in (
        lambda a, b: (a - a) * b + (a - b) / (a * b),
        lambda a, b: a / a * b - b / (a * a),
    ):
        p, q = Value(a), Value(b)
        f = make(p, q)
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


@chapter.scenario(Value)
def crossing_ways(Value, a, b):
    """Graphs in which ways of different length meet: a value waits for all that came of it."""
    results = []
    for swap in (False, True):
        p, q = Value(a), Value(b)
        early = p * q
        late = early + p
        later = late * early
        f = early + later * late if swap else later * late + early
        f = f * p if swap else p * f
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


@chapter.scenario(Value)
def one_operation(Value, name, operands):
    """One operation on Values: its result and the operands' gradients."""
    operations: dict = {
        "-": lambda a, b: a - b,
        "/": lambda a, b: a / b,
        "negative": lambda a: -a,
        "exp": lambda a: a.exp(),
        "relu": lambda a: a.relu(),
        "sigmoid": lambda a: a.sigmoid(),
    }
    values = [Value(number) for number in operands]
    f = operations[name](*values)
    f.backward()
    return [float(f.data)] + [float(v.grad) for v in values]


@chapter.scenario(Value)
def powers(Value, base, exponents):
    """One base to several powers, each times 3 so that a gradient other than 1 arrives."""
    results = []
    for exponent in exponents:
        a = Value(base)
        f = a**exponent * Value(3.0)
        f.backward()
        results.append([float(f.data), float(a.grad)])
    return results


@chapter.scenario(Value)
def number_on_the_right(Value, a, k):
    """A Value with a plain number on its right."""
    results = []
    for make in (lambda a: a + k, lambda a: a - k, lambda a: a * k, lambda a: a / k):
        p = Value(a)
        f = make(p)
        f.backward()
        results.append([float(f.data), float(p.grad)])
    return results


@chapter.scenario(Value)
def number_on_the_left(Value, a, k):
    """A Value with a plain number on its left, and the sum of a list, which starts from 0."""
    results = []
    for make in (
        lambda a: k + a,
        lambda a: k - a,
        lambda a: k * a,
        lambda a: k / a,
        lambda a: sum([a, a * k, a]),
    ):
        p = Value(a)
        f: Any = make(p)
        f.backward()
        results.append([float(f.data), float(p.grad)])
    return results


@chapter.scenario(Value)
def mixture(Value, a, b, c):
    """Every operation in one graph."""
    p, q, r = Value(a), Value(b), Value(c)
    s = (2 * p - q / 4 + 1) * (-r) + (1 - p) ** 3
    t = (s * 0.1).exp() + (q - r).relu() * p + (3 / r - s).sigmoid()
    f = t**2 / (q * q + 1) - 5 * r.relu() + sum([p, q])
    f.backward()
    return [float(v) for v in (f.data, p.grad, q.grad, r.grad)]


@chapter.scenario(Value)
def before_backward(Value, a, b):
    """Gradients before anything was asked for, and of a value that has no part in the result."""
    p, q, r = Value(a), Value(b), Value(a)
    f = p * q
    before = [float(v.grad) for v in (p, q, f)]
    f.backward()
    return before, [float(v.grad) for v in (p, q, r)]


@chapter.scenario(Value)
def shared_leaves(Value, a, b):
    """Two graphs over the same two values, backward through one and then the other."""
    p, q = Value(a), Value(b)
    (p * q).backward()
    once = [float(p.grad), float(q.grad)]
    (p * p - q * 3).backward()
    return once, [float(p.grad), float(q.grad)]


@chapter.scenario(Value)
def used_elsewhere(Value, a, b):
    """A graph whose values also went into others, before and after, that nobody asks."""
    p, q = Value(a), Value(b)
    product = p * q
    aside = product * 2 + p
    f = product * 3 + q
    after = f * f - product
    f.backward()
    return [float(v) for v in (f.data, p.grad, q.grad, aside.data, after.data)]


@chapter.scenario(Value)
def doubled(Value, start, times):
    """Twice itself, halved, so and so often: a few values, and 2**times ways through them."""
    p = Value(start)
    f = p
    for _ in range(times):
        f = (f + f) * 0.5
    f.backward()
    return float(f.data), float(p.grad)


@chapter.scenario(Value)
def long_chain(Value, start, factor, steps):
    """``steps`` operations one behind the other; the start enters every second of them."""
    p = Value(start)
    f = p
    for _ in range(steps // 2):
        f = f * factor + p
    f.backward()
    return float(f.data), float(p.grad)


def number(rng: np.random.Generator) -> float:
    """A number of ordinary size, of either sign, not near 0 or 1."""
    return float(rng.uniform(1.3, 3.0) * rng.choice([-1.0, 1.0]))


@chapter.cases(Value)
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"x": -2.0, "y": 5.0, "z": -4.0}
    yield Case("(x + y) z of the worked example", example, scenario="sum_times")
    three = {name: number(rng) for name in "xyz"}
    yield Case("(x + y) z of other numbers", three, scenario="sum_times")
    two = {"a": number(rng), "b": number(rng)}
    yield Case("a value that is used twice", two, scenario="used_twice")
    two = {"a": number(rng), "b": number(rng)}
    yield Case("ways of different length that meet", two, scenario="crossing_ways")
    weights = {"w": rng.uniform(0.4, 1.2, size=3), "x": rng.uniform(-1, 1, size=2)}
    yield Case("a sigmoid neuron", weights, scenario="neuron", edge=True)
    yield from cases_of_operations(rng)
    a, k = number(rng), float(rng.integers(2, 6)) + 0.5
    on_the_right: dict[str, Any] = {"scenario": "number_on_the_right", "edge": True}
    yield Case("a plain number on the right", {"a": a, "k": k}, **on_the_right)
    on_the_left: dict[str, Any] = {"scenario": "number_on_the_left", "edge": True}
    yield Case("a plain number on the left", {"a": a, "k": k}, **on_the_left)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("gradients before backward", two, scenario="before_backward", edge=True)
    yield Case("two graphs that share leaves", two, scenario="shared_leaves", edge=True)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("a value and itself", two, scenario="with_itself", edge=True)
    yield Case("values that others use, too", two, scenario="used_elsewhere", edge=True)
    # A right class needs less than a millisecond; walking every single way, seconds.
    ways: dict[str, Any] = {"scenario": "doubled", "edge": True, "seconds": 0.4}
    yield Case("a million ways through 40 operations", {"start": a, "times": 20}, **ways)
    chain = {"start": number(rng), "factor": float(rng.uniform(0.4, 0.9)), "steps": 5000}
    yield Case("a graph 5,000 operations deep", chain, scenario="long_chain", edge=True)


def cases_of_operations(rng: np.random.Generator) -> Iterator[Case]:
    """Each operation by itself, for both keys."""
    one: dict[str, Any] = {"scenario": "one_operation", "edge": True}
    a, b = number(rng), number(rng)
    yield Case("a difference", {"name": "-", "operands": [a, b]}, **one)
    yield Case("a quotient", {"name": "/", "operands": [a, b]}, **one)
    yield Case("the negative of a value", {"name": "negative", "operands": [a]}, **one)
    bases = {"base": float(rng.uniform(1.5, 3)), "exponents": [2, 3, -1, 0.5, 1]}
    yield Case("powers of a positive number", bases, scenario="powers", edge=True)
    yield Case("exp", {"name": "exp", "operands": [float(rng.uniform(-2, -0.5))]}, **one)
    for label, value in (("positive", abs(a)), ("negative", -abs(a)), ("0", 0.0)):
        yield Case(f"relu of {label}", {"name": "relu", "operands": [value]}, **one)
    for label, value in (("small", -1000.0), ("large", 1000.0)):
        inputs = {"name": "sigmoid", "operands": [value]}
        yield Case(f"sigmoid of a very {label} number", inputs, **one)
    inputs = {"name": "sigmoid", "operands": [float(rng.uniform(0.5, 2))]}
    yield Case("sigmoid of an ordinary number", inputs, **one)


@chapter.hidden_cases(Value)
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Away from the kinks of relu: q - r and r are clearly positive or clearly negative.
    for label, c in (("positive", rng.uniform(1, 2)), ("negative", -rng.uniform(1, 2))):
        three = {"a": float(rng.uniform(0.2, 0.8)), "b": 2.6 * float(np.sign(c)), "c": float(c)}
        yield Case(f"every operation at once, {label}", three, scenario="mixture", edge=True)
    bases = {"base": -float(rng.uniform(1.5, 3)), "exponents": [2, 3, -1, -2]}
    yield Case("powers of a negative number", bases, scenario="powers", edge=True)
    bases = {"base": 0.0, "exponents": [2, 3, 1]}
    yield Case("powers of 0", bases, scenario="powers", edge=True)
    whole = [int(k) for k in rng.permutation([3, 4, 5])]
    inputs: dict[str, Any] = {"name": "/", "operands": whole[:2]}
    yield Case("whole numbers divided", inputs, scenario="one_operation", edge=True)
    three = dict(zip("xyz", whole, strict=True))
    yield Case("(x + y) z of whole numbers", three, scenario="sum_times", edge=True)
    minus = {"a": -float(rng.uniform(1.3, 3.0)), "k": -3}
    yield Case("a negative number on the left", minus, scenario="number_on_the_left", edge=True)
    zero = {"a": 0.0, "b": number(rng)}
    yield Case("a value of 0, used twice", zero, scenario="used_twice", edge=True)
    same = dict.fromkeys("xyz", number(rng))
    yield Case("three equal numbers", same, scenario="sum_times", edge=True)
    inputs = {"name": "exp", "operands": [float(rng.uniform(0.5, 3))]}
    yield Case("exp of a positive number", inputs, scenario="one_operation", edge=True)
    inputs = {"name": "sigmoid", "operands": [float(rng.uniform(-9, -7)) * 1e5]}
    yield Case("sigmoid far out", inputs, scenario="one_operation", edge=True)
    chain = {"start": number(rng), "factor": -0.999, "steps": 5000}
    yield Case("another deep graph", chain, scenario="long_chain", edge=True)
