"""Small programs that use a `Value` class, and read off its numbers.

Each gives plain floats: a value's number may be an integer or a float, of Python or of NumPy. Only
the first leaves NumPy's floats as they are, so that their precision shows.
"""

from __future__ import annotations

import numpy as np


def sum_times(Value, x, y, z):
    """(x + y) * z: the result, the gradients, and the operands' own numbers afterwards."""
    x, y, z = Value(x), Value(y), Value(z)
    f = (x + y) * z
    f.backward()
    numbers = (f.data, x.grad, y.grad, z.grad, x.data, y.data, z.data)
    return [v if isinstance(v, np.floating) else float(v) for v in numbers]


def neuron(Value, w, x):
    """A sigmoid neuron with two inputs."""
    w, x = [Value(float(v)) for v in w], [Value(float(v)) for v in x]
    out = (w[0] * x[0] + w[1] * x[1] + w[2]).sigmoid()
    out.backward()
    return float(out.data), [float(v.grad) for v in w], [float(v.grad) for v in x]


def used_twice(Value, graphs, a, b):
    """Graphs in which a value goes into several operations, or twice into one."""
    known: dict = {
        "sums": (lambda a, b: a + a, lambda a, b: (a + b) + a, lambda a, b: a + (b + a)),
        "products": (lambda a, b: a * a, lambda a, b: (a * b) * a, lambda a, b: a * (b * a)),
        "both": (
            lambda a, b: a * b + a,
            lambda a, b: a + a * b,
            lambda a, b: (a + b) * a,
            lambda a, b: a * (a + b),
        ),
    }
    results = []
    for make in known[graphs]:
        p, q = Value(a), Value(b)
        f = make(p, q)
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


def waiting(Value, pairs, last):
    """A value that goes into the result, and into the result's other part as well, which is the
    left or the right factor: it has to wait until both have reported."""
    results = []
    for a, b in pairs:
        p, q = Value(a), Value(b)
        early = p * q
        late = early + p
        f = early * late if last == "right" else late * early
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


def equal_numbers(Value, triples):
    """Two values that have the same number, by two ways, and hand different gradients on."""
    results = []
    for a, j, k in triples:
        p, q = Value(a), Value(2.0 * a)
        f = p * 8.0 * j + q * 4.0 * k
        f.backward()
        results.append([float(f.data), float(p.grad), float(q.grad)])
    return results


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


def one_operation(Value, name, operands):
    """One operation on Values, several times: the results and the operands' gradients.

    Each result is multiplied by 3, so that a gradient other than 1 arrives.
    """
    operations: dict = {
        "-": lambda a, b: a - b,
        "/": lambda a, b: a / b,
        "negative": lambda a: -a,
        "exp": lambda a: a.exp(),
        "relu": lambda a: a.relu(),
        "sigmoid": lambda a: a.sigmoid(),
    }
    results = []
    for numbers in operands:
        values = [Value(number) for number in numbers]
        f = operations[name](*values) * Value(3.0)
        f.backward()
        results.append([float(f.data)] + [float(v.grad) for v in values])
    return results


def powers(Value, base, exponents):
    """One base to several powers, each times 3 so that a gradient other than 1 arrives."""
    results = []
    for exponent in exponents:
        a = Value(base)
        f = a**exponent * Value(3.0)
        f.backward()
        results.append([float(f.data), float(a.grad)])
    return results


def number_on_the_right(Value, name, pairs):
    """A Value with a plain number on its right; what has no `.data` is told in words."""
    operations: dict = {
        "+": lambda a, k: a + k,
        "-": lambda a, k: a - k,
        "*": lambda a, k: a * k,
        "/": lambda a, k: a / k,
    }
    results: list = []
    for a, k in pairs:
        p = Value(a)
        try:
            f = operations[name](p, k)
        except AttributeError as error:
            if "object has no attribute" not in str(error):
                raise
            results.append(["an AttributeError: a plain number", "has no such attribute"])
            continue
        f.backward()
        results.append([float(f.data), float(p.grad)])
    return results


def number_on_the_left(Value, name, pairs):
    """A Value with a plain number on its left; what Python refuses is told in words."""
    operations: dict = {
        "+": lambda a, k: k + a,
        "-": lambda a, k: k - a,
        "*": lambda a, k: k * a,
        "/": lambda a, k: k / a,
    }
    results: list = []
    for a, k in pairs:
        p = Value(a)
        try:
            f = operations[name](p, k)
        except TypeError as error:
            if "unsupported operand type(s)" not in str(error):
                raise
            results.append(["a TypeError:", "unsupported operand types"])
            continue
        f.backward()
        results.append([float(f.data), float(p.grad)])
    return results


def summed_up(Value, numbers):
    """A sum that grows by `+=`, and the sum of a list: results, gradients, and the first number."""
    values = [Value(number) for number in numbers]
    total = first = values[0] * 2
    for value in values[1:]:
        total += value * value
    total.backward()
    found = [float(total.data), float(first.data), *(float(value.grad) for value in values)]
    others = [Value(number) for number in numbers]
    all_of_them = sum(others)
    all_of_them.backward()
    return [*found, float(all_of_them.data), *(float(value.grad) for value in others)]


def alone(Value, a):
    """The gradient of a value that nothing was done to."""
    p = Value(a)
    p.backward()
    return [float(p.data), float(p.grad)]


def mixture(Value, a, b, c):
    """Every operation in one graph."""
    p, q, r = Value(a), Value(b), Value(c)
    s = (2 * p - q / 4 + 1) * (-r) + (1 - p) ** 3
    t = (s * 0.1).exp() + (q - r).relu() * p + (3 / r - s).sigmoid()
    f = t**2 / (q * q + 1) - 5 * r.relu() + sum([p, q])
    f.backward()
    return [float(v) for v in (f.data, p.grad, q.grad, r.grad)]


def before_backward(Value, a, b):
    """Gradients before anything was asked for, and of a value that has no part in the result."""
    p, q, r = Value(a), Value(b), Value(a)
    f = p * q
    before = [float(v.grad) for v in (p, q, f)]
    f.backward()
    return before, [float(v.grad) for v in (p, q, r)]


def shared_leaves(Value, a, b):
    """Graphs over the same two values, backward through one after the other: two that were made
    before, and one that is made then."""
    p, q = Value(a), Value(b)
    found = []
    first, second = p * q, p * p - q * 3
    for make in (lambda: first, lambda: second, lambda: q * q * p):
        make().backward()
        found.append([float(p.grad), float(q.grad)])
    return found


def used_elsewhere(Value, a, b):
    """A graph whose values also went into others, before and after, that nobody asks."""
    p, q = Value(a), Value(b)
    product = p * q
    aside = product * 2 + p
    f = product * 3 + q
    after = f * f - product
    f.backward()
    return [float(v) for v in (f.data, p.grad, q.grad, aside.data, after.data)]


def doubled(Value, start, times):
    """Twice itself, halved, so and so often: a few values, and 2**times ways through them."""
    p = Value(start)
    f = p
    for _ in range(times):
        f = (f + f) * 0.5
    f.backward()
    return float(f.data), float(p.grad)


def long_chain(Value, start, factor, steps):
    """``steps`` operations one behind the other; the start enters every second of them."""
    p = Value(start)
    f = p
    for _ in range(steps // 2):
        f = f * factor + p
    f.backward()
    return float(f.data), float(p.grad)


PROGRAMS = (
    sum_times,
    neuron,
    used_twice,
    waiting,
    equal_numbers,
    with_itself,
    crossing_ways,
    one_operation,
    powers,
    number_on_the_right,
    number_on_the_left,
    summed_up,
    alone,
    mixture,
    before_backward,
    shared_leaves,
    used_elsewhere,
    doubled,
    long_chain,
)
