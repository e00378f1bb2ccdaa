"""Answers to sigmoid_neuron."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one more input that is 1
    inputs = np.append(x, 1.0)
    e = np.exp(-(w @ inputs))
    slope = e / (1 + e) ** 2
    return 1 / (1 + e), slope * inputs, (slope * w)[:-1]

loops and a filled array
    total = float(w[2])
    for i in range(2):
        total += float(w[i]) * float(x[i])
    out = (1 + np.tanh(total / 2)) / 2
    dw, dx = np.empty(3), np.empty(2)
    for i in range(2):
        dw[i] = out * (1 - out) * x[i]
        dx[i] = out * (1 - out) * w[i]
    dw[2] = out * (1 - out)
    return [out, dw, dx]

by hand
    import math

    out = 1 / (1 + math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = out * (1 - out)
    dw = np.array([slope * x[0], slope * x[1], slope])
    return out, dw, np.array([slope * w[0], slope * w[1]])

append, tanh
    with_one = np.append(x, 1.0)
    out = 0.5 * (1 + np.tanh(np.dot(w, with_one) / 2))
    return out, (out - out**2) * with_one, (out - out**2) * w[:2]

a chain of gates
    s = w[:2] @ x + w[-1]
    power = np.exp(-s)
    below = 1 + power
    out = 1 / below
    dbelow = -1 / below**2
    dminus = dbelow * power
    ds = -dminus
    return float(out), np.concatenate([ds * x, [ds]]), w[0:2] * ds

stable, 0-d, loops
    s = np.array(w[2], dtype=float)
    for i in range(2):
        s = s + w[i] * x[i]
    e = np.exp(-np.abs(s))
    out = np.where(s >= 0, 1 / (1 + e), e / (1 + e))
    dw, dx = np.zeros(3), np.zeros(2)
    for i in range(2):
        dw[i] += out * (1 - out) * x[i]
        dx[i] += out * (1 - out) * w[i]
    dw[2] = out * (1 - out)
    return out, dw, dx

float64 and einsum
    row = np.ones(3)
    row[:-1] = x
    out = np.float64(np.exp(-np.logaddexp(0, -np.einsum("i,i", w, row))))
    outer = np.outer(out * (1 - out), [*row, *w[:-1]])[0]
    return out, outer[:3], outer[3:]

centred differences, fine ones
    def f(v):
        return 1 / (1 + np.exp(-(v[0] * v[3] + v[1] * v[4] + v[2])))

    at = np.concatenate([w, x]).astype(float)
    slopes = np.array([(f(at + n) - f(at - n)) / 2e-5 for n in 1e-5 * np.eye(5)])
    return f(at), slopes[:3], slopes[3:]
""")

answers.wrong("""
one minus out [score=0]
    - dsum = out * (1.0 - out)
    + dsum = 1.0 - out

bias hands 1 [score=0]
    out, dw, dx = reference(w, x)
    return out, np.array([dw[0], dw[1], 1]), dx

the sum [score=0]
    return w[:2] @ x + w[2], *reference(w, x)[1:]

three inputs [score=0]
    - dsum * w[:2]
    + dsum * w

bias first [score=0]
    - np.array([x[0], x[1], 1.0])
    + np.array([1.0, x[1], x[0]])

sign [score=0]
    out, dw, dx = reference(w, x)
    return out, -dw, -dx

out alone [score=0]
    return reference(w, x)[0]

float32
    return tuple(np.float32(part) for part in reference(w, x))

two decimals [score=0]
    out, dw, dx = reference(w, x)
    return round(out, 2), dw.round(2), dx

columns [score=1]
    out, dw, dx = reference(w, x)
    return out, dw[:, None], dx[:, None]

tiny error [score=0]
    out, dw, dx = reference(w, x)
    return out, dw + 1e-4, dx

writes into w
    out, dw, dx = reference(w, x)
    w[:] = dw
    return out, w, dx

gradients as lists of numbers, gate by gate [score=1]
    dot = w[0] * x[0] + w[1] * x[1] + w[2]
    f = 1.0 / (1 + np.exp(-dot))
    ddot = (1 - f) * f
    return f, [x[0] * ddot, x[1] * ddot, 1.0 * ddot], [w[0] * ddot, w[1] * ddot]
""")
