"""Answers to relu_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
maximum
    return np.maximum(0, x), x

where, the mask kept
    mask = x > 0
    return np.where(mask, x, 0.0), mask

zeros on a copy, a list
    out = x.copy()
    out[out < 0] = 0
    return [out, out]

times a mask, in Fortran order
    return np.asfortranarray(x * (x > 0)), (x,)

half of x and its size
    return 0.5 * (x + np.abs(x)), np.sign(x).clip(0)

clip, a copy in a tuple
    return x.clip(min=0), (np.copy(x),)

entry by entry
    out = np.array([max(0.0, v) for v in x.ravel().tolist()]).reshape(x.shape)
    return out, {"alive": np.flatnonzero(out)}
""")

answers.wrong("""
leaks [score=0]
    return np.where(x > 0, x, 0.01 * x), x

capped at 6
    return np.clip(x, 0, 6), x

capped at 1
    return np.clip(x, 0, 1), x

softplus [score=0]
    return np.logaddexp(0, x), x

the largest entry [score=0]
    return np.maximum(0, x.max()), x

the largest of a row
    return np.maximum(0, x.max(axis=-1, keepdims=True)), x

nothing done [score=0]
    return x.copy(), x

float32
    return np.maximum(x, 0).astype(np.float32), x

whole numbers
    return np.maximum(x, 0).astype(int), x

cache first [score=0]
    return x, np.maximum(x, 0)

flat
    return np.maximum(x, 0).ravel(), x

cut at 0.01
    return np.where(x > 0.01, x, 0), x

positive ones alone
    return x[x > 0], x

shifted [score=0]
    return np.maximum(x, 0) + 1e-4, x

everything or nothing
    return x * np.all(x > 0), x

at most two axes
    return np.array([[max(v, 0) for v in row] for row in np.atleast_2d(x)]), x

mirrored [score=0]
    return np.maximum(-x, 0), x
""")
