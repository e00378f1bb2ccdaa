"""Answers to numerical_gradient: entries nudged in place, on copies, and by unit vectors."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
nudged in place, put back
    gradient = np.zeros_like(x)
    entries = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not entries.finished:
        i = entries.multi_index
        old = x[i]
        x[i] = old + step
        up = f(x)
        x[i] = old - step
        down = f(x)
        x[i] = old
        gradient[i] = (up - down) / (2 * step)
        entries.iternext()
    return gradient

nudged there and back, up to rounding
    gradient = np.empty(x.size)
    for i in range(x.size):
        x.flat[i] += step
        gradient[i] = f(x)
        x.flat[i] -= 2 * step
        gradient[i] -= f(x)
        x.flat[i] += step
    return gradient.reshape(x.shape) / (2 * step)

rows of the unit matrix
    nudges = step * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + nudge) - f(x - nudge)) / step / 2 for nudge in nudges]
    return np.array(slopes).reshape(x.shape)

nudges in place and puts back
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + step
        above = f(x)
        x[index] = old - step
        grad[index] = (above - f(x)) / (2 * step)
        x[index] = old
    return grad

copies
    grad = np.empty(x.shape)
    for index, _ in np.ndenumerate(x):
        up, down = x.copy(), x.copy()
        up[index] += step
        down[index] -= step
        grad[index] = (f(up) - f(down)) / (2.0 * step)
    return grad

unit vectors
    units = np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(float(f(x + step * e)) - float(f(x - step * e))) / (2 * step) for e in units]
    return np.array(slopes).reshape(x.shape)

nditer, adds and subtracts in place
    grad = np.zeros(x.shape, dtype=np.float64)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        x[i] += step
        a = f(x)
        x[i] -= 2 * step
        b = f(x)
        x[i] += step
        grad[i] = (a - b) / step / 2
        it.iternext()
    return grad

a flat view of a copy, Fortran order
    work = np.array(x, order="C")
    flat, grad = work.reshape(-1), np.zeros(x.size)
    for k in range(x.size):
        keep = flat[k]
        values = []
        for sign in (1, -1):
            flat[k] = keep + sign * step
            values.append(f(work))
        flat[k], grad[k] = keep, (values[0] - values[1]) / (2 * step)
    return np.asfortranarray(grad.reshape(x.shape))

recursion over axes
    def slopes(prefix):
        if len(prefix) == x.ndim:
            e = np.zeros_like(x)
            e[prefix] = step
            return (f(x + e) - f(x - e)) / (2 * step)
        return [slopes((*prefix, i)) for i in range(x.shape[len(prefix)])]

    return np.array(slopes(()), dtype=float)
""")

answers.wrong("""
no default
    def numerical_gradient(f, x, step):
        return reference(f, x, step)

large default
    def numerical_gradient(f, x, step=1e-1):
        return reference(f, x, step)

tiny default
    def numerical_gradient(f, x, step=1e-13):
        return reference(f, x, step)

f in single precision
    - (f(up) - f(down))
    + float(np.float32(f(up)) - np.float32(f(down)))

nudges reach a copy
    gradient, flat = np.zeros(x.size), x.reshape(-1)
    for k in range(x.size):
        flat[k] += step
        gradient[k] = f(x)
        flat[k] -= 2 * step
        gradient[k] = (gradient[k] - f(x)) / (2 * step)
        flat[k] += step
    return gradient.reshape(x.shape)

another name for the step [hidden]
    def numerical_gradient(f, x, h=1e-5):
        return reference(f, x, h)

transposed
    - return gradient
    + return gradient.T

float32 [score=0]
    - return gradient
    + return gradient.astype(np.float32)

of two axes alone
    return reference(f, x, step) if x.ndim == 2 else np.zeros_like(x)

relative step
    return (f(x * (1 + step)) - f(x * (1 - step))) / (2 * step * x)

last entry forgotten [score=0]
    - return gradient
    + gradient.flat[-1] = 0
    + return gradient

an alias instead of two copies [score=0]
    - up, down = x.copy(), x.copy()
    + up = down = x.copy()
""")
