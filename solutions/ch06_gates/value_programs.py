"""Small programs that use a `Value` class, and read off its numbers.

Each gives plain floats, under names that say in code whose they are: a value's number may be an
integer or a float, of Python or of NumPy. Only the first program leaves NumPy's floats as they are,
so that their precision shows.
"""

from __future__ import annotations

import numpy as np


def sum_times(Value, x, y, z):
    """(x + y) * z: the result, the gradients, and the operands' own numbers afterwards."""
    x, y, z = Value(x), Value(y), Value(z)
    f = (x + y) * z
    f.backward()
    numbers = {"f.data": f.data, "x.grad": x.grad, "y.grad": y.grad, "z.grad": z.grad}
    numbers |= {"x.data": x.data, "y.data": y.data, "z.data": z.data}
    return {k: v if isinstance(v, np.floating) else float(v) for k, v in numbers.items()}


def formulas(Value, formulas, places):
    """The results of formulas and the gradients of their values, a graph for each at each place."""
    found = {}
    for formula in formulas:
        for numbers in places:
            values = {name: Value(number) for name, number in numbers.items()}
            f = eval(formula, dict(values))
            f.backward()
            short = [n if isinstance(n, int) else float(f"{n:.4g}") for n in numbers.values()]
            at = "".join(f"; {name} = {n}" for name, n in zip(numbers, short, strict=True))
            told = f"f = {formula}" + (at if len(places) > 1 else "")
            gradients = {f"{name}.grad": float(value.grad) for name, value in values.items()}
            found[told] = {"f.data": float(f.data), **gradients}
    return found


def plain_numbers(Value, formulas, places):
    """Formulas of one Value and a plain number; what the number has none of, and what Python
    refuses, is told in words."""
    found: dict = {}
    for formula in formulas:
        for a, k in places:
            told, p = f"f = {formula}; a = {a:.4g}, k = {k}", Value(a)
            try:
                f = eval(formula, {"a": p, "k": k})
            except (AttributeError, TypeError) as error:
                said = ("object has no attribute", "unsupported operand type(s)")
                known = [part for part in said if part in str(error)]
                if not known:
                    raise
                found[told] = {"f.data": f"a {type(error).__name__}", "a.grad": known[0]}
                continue
            f.backward()
            found[told] = {"f.data": float(f.data), "a.grad": float(p.grad)}
    return found


def summed_up(Value, numbers):
    """A sum that grows by `+=`, and the sum of a list: results, gradients, and the first number."""
    values = [Value(number) for number in numbers]
    total = first = values[0] * 2
    for value in values[1:]:
        total += value * value
    total.backward()
    others = [Value(number) for number in numbers]
    all_of_them = sum(others)
    all_of_them.backward()
    found: dict = {"t.data": float(first.data)}
    for told, f, each in (
        ("t = f = a * 2; f += b * b; f += c * c", total, values),
        ("f = sum([a, b, c])", all_of_them, others),
    ):
        gradients = {f"{k}.grad": float(v.grad) for k, v in zip("abc", each, strict=True)}
        found[told] = {"f.data": float(f.data), **gradients}
    return found


def mixture(Value, a, b, c):
    """Every operation in one graph."""
    p, q, r = Value(a), Value(b), Value(c)
    s = (2 * p - q / 4 + 1) * (-r) + (1 - p) ** 3
    t = (s * 0.1).exp() + (q - r).relu() * p + (3 / r - s).sigmoid()
    f = t**2 / (q * q + 1) - 5 * r.relu() + sum([p, q])
    f.backward()
    gradients = {"p.grad": float(p.grad), "q.grad": float(q.grad), "r.grad": float(r.grad)}
    return {"f.data": float(f.data), **gradients}


def before_backward(Value, a, b):
    """Gradients before anything was asked for, and of a value that has no part in the result."""
    p, q, r = Value(a), Value(b), Value(a)
    f = p * q
    before = {"a.grad": float(p.grad), "b.grad": float(q.grad), "f.grad": float(f.grad)}
    f.backward()
    after = {"a.grad": float(p.grad), "b.grad": float(q.grad), "c.grad": float(r.grad)}
    return {"f = a * b": before, "f.backward()": after}


def shared_leaves(Value, a, b):
    """Graphs over the same two values, backward through one after the other: two that were made
    before, and one that is made then."""
    p, q = Value(a), Value(b)
    found = {}
    first, second = p * q, p * p - q * 3
    for told, make in (
        ("f = a * b; f.backward()", lambda: first),
        ("g = a * a - b * 3; g.backward()", lambda: second),
        ("h = b * b * a; h.backward()", lambda: q * q * p),
    ):
        make().backward()
        found[told] = {"a.grad": float(p.grad), "b.grad": float(q.grad)}
    return found


def used_elsewhere(Value, a, b):
    """A graph whose values also went into others, before and after, that nobody asks."""
    p, q = Value(a), Value(b)
    product = p * q
    aside = product * 2 + p
    f = product * 3 + q
    after = f * f - product
    f.backward()
    others = {"(a * b * 2 + a).data": float(aside.data), "(f * f - a * b).data": float(after.data)}
    return {"f.data": float(f.data), "a.grad": float(p.grad), "b.grad": float(q.grad), **others}


def doubled(Value, start, times):
    """Twice itself, halved, so and so often: a few values, and 2**times ways through them."""
    p = Value(start)
    f = p
    for _ in range(times):
        f = (f + f) * 0.5
    f.backward()
    return {"f.data": float(f.data), "a.grad": float(p.grad)}


def long_chain(Value, start, factor, steps):
    """``steps`` operations one behind the other; the start enters every second of them."""
    p = Value(start)
    f = p
    for _ in range(steps // 2):
        f = f * factor + p
    f.backward()
    return {"f.data": float(f.data), "a.grad": float(p.grad)}


PROGRAMS = (
    sum_times,
    formulas,
    plain_numbers,
    summed_up,
    mixture,
    before_backward,
    shared_leaves,
    used_elsewhere,
    doubled,
    long_chain,
)
