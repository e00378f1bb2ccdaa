"""Answers to backprop_example."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
multiplied out
    return x * z + y * z, z, z, x + y

as arrays and a list
    total = np.add(x, y)
    upstream = np.array(1.0)
    dq, dz = upstream * z, upstream * total
    return [total * z, dq, dq, dz]

by the chain rule with names
    q = x + y
    df = 1.0
    dz = df * q
    dq = df * z
    dx, dy = dq, dq
    return q * z, dx, dy, dz

float64
    x, y, z = map(np.float64, (x, y, z))
    return (x + y) * z, z * 1.0, 1.0 * z, np.add(x, y)

0-d arrays
    x, y, z = (np.array(v, dtype=float) for v in (x, y, z))
    return np.multiply(x + y, z), z, z.copy(), np.add(x, y)

linear in each, so by differences
    def f(x, y, z):
        return (x + y) * z

    return f(x, y, z), f(1, 0, z) - f(0, 0, z), f(0, 1, z) - f(0, 0, z), f(x, y, 1) - f(x, y, 0)

gates of its own
    class Swap:
        def __init__(self, a, b):
            self.a, self.b, self.out = a, b, a * b

        def back(self, d):
            return d * self.b, d * self.a

    product = Swap(x + y, z)
    dq, dz = product.back(1)
    return tuple([product.out, *[dq] * 2, dz])
""")

answers.wrong("""
forward alone [score=0]
    return (x + y) * z

gradients alone [score=0]
    return z, z, x + y

no swap [score=0]
    return (x + y) * z, x + y, x + y, z

without parentheses [score=0]
    return x + y * z, z, z, x + y

the text's numbers [score=0]
    return -12, -4, -4, 3

f hands back f [score=0]
    return (x + y) * z, (x + y) * z * z, (x + y) * z * z, x + y

absolute
    return (x + y) * z, abs(z), abs(z), abs(x + y)

whole numbers
    return tuple(int(v) for v in reference(x, y, z))

rounded
    return tuple(round(v, 3) for v in reference(x, y, z))

order [score=0]
    return (x + y) * z, x + y, z, z

dz of x alone [score=0]
    return (x + y) * z, z, z, x

a dict [score=0]
    return {"f": (x + y) * z, "df_dx": z, "df_dy": z, "df_dz": x + y}

a coarse nudge of z squared [score=0]
    return (x + y) * z, z + 1e-4, z, x + y
""")
