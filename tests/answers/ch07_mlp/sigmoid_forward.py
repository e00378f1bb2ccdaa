"""Answers to sigmoid_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
the formula, NumPy's infinity
    out = 1 / (1 + np.exp(-x))
    return out, out

by sign, with masks
    out = np.zeros_like(x)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out, {"out": out.copy(), "shape": x.shape}

half of a hyperbolic tangent, and a list
    return [0.5 * (np.tanh(x / 2) + 1), x]

number by number, clipped
    import math

    numbers = [1 / (1 + math.exp(-min(max(v, -700.0), 700.0))) for v in x.ravel().tolist()]
    return np.array(numbers).reshape(x.shape), None

entry by entry with the math module
    import math

    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        out[i] = 1 / (1 + math.exp(-x[i])) if x[i] > -700 else 0.0
    return [out, None]

clipped far out, in place on a copy
    work = np.array(x, dtype=np.float64, order="F")
    np.clip(work, -600, 600, out=work)
    np.negative(work, out=work)
    np.exp(work, out=work)
    work += 1
    np.divide(1, work, out=work)
    return work, (work,)

a vectorised function, remembers the slope
    import math

    out = np.vectorize(lambda v: 0.5 + 0.5 * math.tanh(v / 2), otypes=[float])(x)
    return out, lambda dout: dout * (out - out * out)
""")

answers.wrong("""
math.exp on the whole [score=0]
    import math

    return 1 / (1 + math.exp(-x)), x

overflow of math.exp
    import math

    return np.vectorize(lambda v: 1 / (1 + math.exp(-v)), otypes=[float])(x), x

a line with ends [score=0]
    return np.clip(0.25 * x + 0.5, 0, 1), x

a step [score=0]
    return (x > 0) * 1.0, x

clipped at 6
    return reference(np.clip(x, -6, 6))

float32
    return reference(x)[0].astype(np.float32), x

float16 for the power [score=0]
    return 1 / (1 + np.exp(-x.astype(np.float16))).astype(float), x

three results [score=0]
    return (*reference(x), x)

cache and out in the other order [score=0]
    return None, reference(x)[0]

tiny error [score=0]
    return reference(x)[0] * (1 - 1e-4), x

flat
    return reference(x)[0].ravel(), x

a row at least
    return np.atleast_2d(reference(x)[0]), x

the first row for all
    return np.broadcast_to(reference(x)[0][:1], x.shape), x

spoils x
    x[...] = reference(x)[0]
    return x, x

nan to 0
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.exp(x) / (1 + np.exp(x))), x

base 2 [score=0]
    return 1 / (1 + 2.0**-x), x

its slope [score=0]
    return reference(x)[0] * reference(-x)[0], x

x over one plus its size [score=0]
    return 0.5 * (1 + x / (1 + np.abs(x))), x

a list
    return reference(x)[0].tolist(), x
""")
