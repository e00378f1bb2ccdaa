"""Small programs that use a `Tensor` class, and read off its numbers, as arrays.

Results are told by name, such as "a.grad" in "a * b", so that a message says what is wrong.
``np.asarray`` leaves the precision as it is, and makes no difference between a NumPy float and an
array without axes. A result is weighted before it is summed up, so that gradients other than 1
arrive.
"""

from __future__ import annotations

import numpy as np


def sum_times(Tensor, x, y, z):
    """(x + y) * z: the result, the gradients, and the operands' own numbers afterwards."""
    x, y, z = Tensor(x), Tensor(y), Tensor(z)
    f = ((x + y) * z).sum()
    f.backward()
    told = {"((x + y) * z).sum()": f.data}
    told |= {f"{name}.grad": t.grad for name, t in (("x", x), ("y", y), ("z", z))}
    told |= {f"{name}.data": t.data for name, t in (("x", x), ("y", y), ("z", z))}
    return {name: np.asarray(v) for name, v in told.items()}


def layer(Tensor, X, W, b, weights):
    """A layer of a network, X @ W + b."""
    X, W, b = Tensor(X), Tensor(W), Tensor(b)
    out = X @ W + b
    (out * Tensor(weights)).sum().backward()
    told = {"X @ W + b": out.data, "X.grad": X.grad, "W.grad": W.grad, "b.grad": b.grad}
    return {name: np.asarray(v) for name, v in told.items()}


def one_operation(Tensor, name, operands, weights):
    """One operation on Tensors, several times: the results and the operands' gradients."""
    operations: dict = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "@": lambda a, b: a @ b,
        "negative": lambda a: -a,
        "exp": lambda a: a.exp(),
        "log": lambda a: a.log(),
        "relu": lambda a: a.relu(),
        "T": lambda a: a.T,
    }
    alone = {"negative": "-a", "T": "a.T"}.get(name, f"a.{name}()")
    results = {}
    for arrays, weight in zip(operands, weights, strict=True):
        tensors = [Tensor(array) for array in arrays]
        out = operations[name](*tensors)
        (out * Tensor(weight)).sum().backward()
        told = {
            "data": out.data,
            **{f"{n}.grad": t.grad for n, t in zip("ab", tensors, strict=False)},
        }
        shapes = " and ".join(str(np.shape(array)) for array in arrays)
        written = f"{alone if len(arrays) == 1 else f'a {name} b'}, {shapes}"
        results[written] = {n: np.asarray(v) for n, v in told.items()}
    return results


def powers(Tensor, base, exponents, weights):
    """One base to several powers."""
    results = {}
    for exponent in exponents:
        a = Tensor(base)
        out = a**exponent
        (out * Tensor(weights)).sum().backward()
        results[f"a ** {exponent}"] = {"data": np.asarray(out.data), "a.grad": np.asarray(a.grad)}
    return results


def along_axes(Tensor, name, x, ways, weights):
    """A sum, mean or maximum, called in several ways: by position and by name."""
    results = {}
    for (given, named), weight in zip(ways, weights, strict=True):
        a = Tensor(x)
        out = getattr(a, name)(*given, **named)
        (out * Tensor(weight)).sum().backward()
        called = ", ".join([*map(str, given), *(f"{k}={v}" for k, v in named.items())])
        told = {"data": np.asarray(out.data), "a.grad": np.asarray(a.grad)}
        results[f"a.{name}({called})"] = told
    return results


def from_a_number(Tensor, names, x):
    """The gradient straight from what everything is reduced to, and from its square."""
    results = {}
    for name in names:
        for squared in (False, True):
            a = Tensor(x)
            out = getattr(a, name)()
            out = out * out if squared else out
            out.backward()
            told = {"data": np.asarray(out.data), "a.grad": np.asarray(a.grad)}
            results[f"out * out, out = a.{name}()" if squared else f"a.{name}()"] = told
    return results


def reshaped(Tensor, x, shapes, weights):
    """The same numbers in several shapes."""
    results = {}
    for shape in shapes:
        a = Tensor(x)
        out = a.reshape(*shape)
        weight = Tensor(np.reshape(weights, np.shape(out.data)))
        (out * weight).sum().backward()
        told = {"data": np.asarray(out.data), "a.grad": np.asarray(a.grad)}
        results[f"a.reshape({', '.join(map(str, shape))})"] = told
    return results


def picked(Tensor, x, rows, columns, weights):
    """Entries of a matrix by their rows and columns."""
    results = {}
    for r, c, weight in zip(rows, columns, weights, strict=True):
        a = Tensor(x)
        out = a[r, c]
        (out * Tensor(weight)).sum().backward()
        results[f"a[{r.tolist()}, {c.tolist()}]"] = {
            "data": np.asarray(out.data),
            "a.grad": np.asarray(a.grad),
        }
    return results


def plain(Tensor, name, side, pairs, weights):
    """A Tensor with a plain number or an array on one side of it.

    What comes out as an array that NumPy has filled with Tensors is told in words.
    """
    operations: dict = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "@": lambda a, b: a @ b,
    }
    results: dict = {}
    for (x, other), weight in zip(pairs, weights, strict=True):
        a = Tensor(x)
        k, shapes = str(other), ""
        if isinstance(other, np.ndarray):
            first, second = (x, other) if side == "right" else (other, x)
            k, shapes = "k", f", {first.shape} and {second.shape}"
        written = (f"a {name} {k}" if side == "right" else f"{k} {name} a") + shapes
        out = operations[name](a, other) if side == "right" else operations[name](other, a)
        if isinstance(out, np.ndarray):
            results[written] = {"data": "an array of NumPy's own, no Tensor", "a.grad": ""}
            continue
        (out * Tensor(weight)).sum().backward()
        results[written] = {"data": np.asarray(out.data), "a.grad": np.asarray(a.grad)}
    return results


def used_twice(Tensor, graphs, a, b):
    """Graphs in which a Tensor goes into several operations, or twice into one."""
    known: dict = {
        "sums": {
            "a + a": lambda a, b: a + a,
            "(a + b) + a": lambda a, b: (a + b) + a,
            "a + (b + a)": lambda a, b: a + (b + a),
        },
        "products": {
            "a * a": lambda a, b: a * a,
            "(a * b) * a": lambda a, b: (a * b) * a,
            "a * (b * a)": lambda a, b: a * (b * a),
        },
        "matrix products": {
            "a @ b + b @ a": lambda a, b: a @ b + b @ a,
            "a @ (b @ a)": lambda a, b: a @ (b @ a),
        },
        "both": {
            "a * b + a": lambda a, b: a * b + a,
            "a + a * b": lambda a, b: a + a * b,
            "(a + b) * a": lambda a, b: (a + b) * a,
            "a * (a + b)": lambda a, b: a * (a + b),
        },
    }
    results = {}
    for written, make in known[graphs].items():
        p, q = Tensor(a), Tensor(b)
        f = make(p, q).sum()
        f.backward()
        told = {"sum": f.data, "a.grad": p.grad, "b.grad": q.grad}
        results[written] = {name: np.asarray(v) for name, v in told.items()}
    return results


def waiting(Tensor, a, b, last):
    """A Tensor that goes into the result, and into the result's other part as well, which is the
    left or the right factor: it has to wait until both have reported."""
    p, q = Tensor(a), Tensor(b)
    early = p * q
    late = early + p
    f = (early * late if last == "right" else late * early).sum()
    f.backward()
    told = {"sum": f.data, "a.grad": p.grad, "b.grad": q.grad}
    return {name: np.asarray(v) for name, v in told.items()}


def crossing_ways(Tensor, a, b):
    """Graphs in which ways of different length meet: a Tensor waits for all that came of it."""
    results = {}
    for swap in (False, True):
        p, q = Tensor(a), Tensor(b)
        early = p * q
        late = early + p
        later = late * early
        f = early + later * late if swap else later * late + early
        f = (f * p if swap else p * f).sum()
        f.backward()
        told = {"sum": f.data, "a.grad": p.grad, "b.grad": q.grad}
        written = "(early + later * late) * a" if swap else "a * (later * late + early)"
        results[written] = {name: np.asarray(v) for name, v in told.items()}
    return results


def one_gradient_for_two(Tensor, a, b, k):
    """Sums whose parts get the same gradient, and then more of their own."""
    results = {}
    for swap in (False, True):
        p, q = Tensor(a), Tensor(b)
        both = p + q
        f = (both * Tensor(k) + p * p).sum() if swap else (p * p + both * Tensor(k)).sum()
        f.backward()
        told = {"sum": f.data, "a.grad": p.grad, "b.grad": q.grad}
        written = "(a + b) * k + a * a" if swap else "a * a + (a + b) * k"
        results[written] = {name: np.asarray(v) for name, v in told.items()}
    return results


def summed_up(Tensor, arrays):
    """A sum that grows by `+=`, and the sum of a list: results, gradients, and the first number."""
    tensors = [Tensor(array) for array in arrays]
    total = first = tensors[0] * Tensor(2.0)
    for tensor in tensors[1:]:
        total += tensor * tensor
    total.sum().backward()
    found = {"total": total.data, "first": first.data}
    found |= {f"tensors[{i}].grad": tensor.grad for i, tensor in enumerate(tensors)}
    others = [Tensor(array) for array in arrays]
    all_of_them = sum(others)
    all_of_them.sum().backward()
    found |= {"sum(others)": all_of_them.data}
    found |= {f"others[{i}].grad": tensor.grad for i, tensor in enumerate(others)}
    return {name: np.asarray(v) for name, v in found.items()}


def in_other_layouts(Tensor, x, weights):
    """Tensors made of an array that lies column by column, and of a read-only window: what comes of
    their transposes laid flat, and of their numbers once these have been changed."""
    window = np.repeat(x, 2, axis=-1)[::-1, ..., ::2]
    window.flags.writeable = False
    results = []
    for given in (np.array(x, order="F"), window):
        a = Tensor(given)
        out = (a.T * Tensor(np.array(weights.T, order="F"))).reshape(-1)
        out.sum().backward()
        results.append([np.array(v) for v in (out.data, a.grad)])
        a.data[...] *= 2.0
        results.append([np.asarray(a.sum(axis=0).data), np.array(given)])
    return results


def alone(Tensor, a):
    """The gradient of a single number that nothing was done to."""
    p = Tensor(a)
    p.backward()
    return [np.asarray(p.data), np.asarray(p.grad)]


def made_of(Tensor, arrays, later):
    """A Tensor's numbers and gradient at the start, and after what it was made from has changed;
    and what that is after a change of the Tensor."""
    results = {}
    for array in arrays:
        given = np.array(array)
        p = Tensor(given)
        told = {"data": np.array(p.data), "grad": np.array(p.grad)}
        given[...] = later
        told["data once the array has changed"] = np.array(p.data)
        p.data[...] = 0.0
        told["array once data has changed"] = given
        results[f"Tensor(array), {array.shape}"] = told
    return results


def before_backward(Tensor, a, b):
    """Gradients before anything was asked for, and of a Tensor that has no part in the result."""
    p, q, r = Tensor(a), Tensor(b), Tensor(a)
    f = (p * q).sum()
    before = {f"{name}.grad": np.array(t.grad) for name, t in zip("abf", (p, q, f), strict=True)}
    f.backward()
    after = {f"{name}.grad": np.asarray(t.grad) for name, t in zip("abc", (p, q, r), strict=True)}
    return {"before backward": before, "after backward": after}


def shared_leaves(Tensor, a, b):
    """Graphs over the same two Tensors, backward through one after the other: two that were made
    before, and one that is made then."""
    p, q = Tensor(a), Tensor(b)
    found = {}
    first, second = (p * q).sum(), (p * p - q * Tensor(3.0)).sum()
    graphs = {
        "(a * b).sum()": lambda: first,
        "(a * a - 3 * b).sum(), the second": lambda: second,
        "(b + b + a).sum(), the third": lambda: (q + q + p).sum(),
    }
    for written, make in graphs.items():
        make().backward()
        found[written] = {"a.grad": np.array(p.grad), "b.grad": np.array(q.grad)}
    return found


def used_elsewhere(Tensor, a, b):
    """A graph whose Tensors also went into others, before and after, that nobody asks."""
    p, q = Tensor(a), Tensor(b)
    product = p * q
    aside = product * Tensor(2.0) + p
    f = (product * Tensor(3.0) + q).sum()
    after = f * f - product.sum()
    f.backward()
    told = {"sum": f.data, "a.grad": p.grad, "b.grad": q.grad}
    told |= {"aside": aside.data, "after": after.data}
    return {name: np.asarray(v) for name, v in told.items()}


def doubled(Tensor, start, times):
    """Twice itself, halved, so and so often: a few Tensors, and 2**times ways through them."""
    p = Tensor(start)
    f = p
    for _ in range(times):
        f = (f + f) * Tensor(0.5)
    f.sum().backward()
    return {"data": np.asarray(f.data), "start.grad": np.asarray(p.grad)}


def long_chain(Tensor, start, factor, steps):
    """``steps`` operations one behind the other; the start enters every second of them."""
    p, k = Tensor(start), Tensor(factor)
    f = p
    for _ in range(steps // 2):
        f = f * k + p
    f.sum().backward()
    told = {"data": f.data, "start.grad": p.grad, "factor.grad": k.grad}
    return {name: np.asarray(v) for name, v in told.items()}


def mixture(Tensor, X, W, b, rows, columns, k):
    """Every operation in one graph."""
    X, W, b = Tensor(X), Tensor(W), Tensor(b)
    h = (X @ W.T + b).relu() / 2 - 0.1 * X.mean(axis=1, keepdims=True)
    z = h - h.max(axis=1, keepdims=True)
    p = z.exp() / z.exp().sum(axis=1, keepdims=True)
    f = -p[rows, columns].log().mean() + (k - W).reshape(-1).sum() ** 2 / 50
    f = f + (1 / (b * b + 1)).max() + (2 - h.T).mean(axis=0).sum()
    f.backward()
    return [np.asarray(v) for v in (f.data, X.grad, W.grad, b.grad)]


PROGRAMS = (
    sum_times,
    layer,
    one_operation,
    powers,
    along_axes,
    from_a_number,
    reshaped,
    picked,
    plain,
    used_twice,
    waiting,
    crossing_ways,
    one_gradient_for_two,
    summed_up,
    in_other_layouts,
    alone,
    made_of,
    before_backward,
    shared_leaves,
    used_elsewhere,
    doubled,
    long_chain,
    mixture,
)
