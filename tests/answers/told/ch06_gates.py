"""Wrong answers to the exercises of chapter 06, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
backprop_example, adds in the end => times-the-input
    q = x + y
    f = q * z
    return f, z * x, z * y, q

backprop_example, value alone => value-alone
    f = (x + y) * z
    return f

backprop_example, product rule of a sum => another-bracket
    f = x + y * z
    dfdx = 1.0
    dfdy = z
    dfdz = y
    return f, dfdx, dfdy, dfdz

backprop_example, swaps dz and dx => sum-for-x-and-y not-swapped
    q = x + y
    f = q * z
    dq = q
    dz = z
    return f, dq, dq, dz

backprop_example, a dict => nothing
    q = x + y
    return {"f": q * z, "df_dx": z, "df_dy": z, "df_dz": q}

AddGate, forgets dout => no-upstream
    class AddGate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return x + y

        def backward(self, dout):
            return np.ones_like(self.x) * 1.0, np.ones_like(self.y) * 1.0

AddGate, hands on once => single added-together
    class AddGate:
        def __init__(self):
            pass

        def forward(self, x, y):
            return x + y

        def backward(self, dout):
            dx = dout
            dy = dout
            return dx + dy

AddGate, multiplies => like-a-multiply-gate times-the-inputs
    class AddGate:
        def forward(self, x, y):
            self.x = x
            self.y = y
            return x + y

        def backward(self, dout):
            dx = self.y * dout
            dy = self.x * dout
            return dx, dy

MultiplyGate, same side => not-swapped
    class MultiplyGate:
        def __init__(self):
            self.x = None
            self.y = None

        def forward(self, x, y):
            self.x = x
            self.y = y
            return x * y

        def backward(self, dout):
            dx = dout * self.x
            dy = dout * self.y
            return dx, dy

MultiplyGate, keeps the output for the inputs => times-the-product
    class MultiplyGate:
        def forward(self, x, y):
            self.out = x * y
            return self.out

        def backward(self, dout):
            return dout * self.out, dout * self.out

MultiplyGate, adds dout => adds-dout
    class MultiplyGate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return x * y

        def backward(self, dout):
            return dout + self.y, dout + self.x

MultiplyGate, class attributes => memory-of-all-gates
    class MultiplyGate:
        cache = {}

        def forward(self, x, y):
            self.cache["x"], self.cache["y"] = x, y
            return np.multiply(x, y)

        def backward(self, dout):
            return dout * self.cache["y"], dout * self.cache["x"]

MaxGate, strict both => tie-to-nobody
    class MaxGate:
        def forward(self, x, y):
            self.x, self.y = np.asarray(x), np.asarray(y)
            return np.maximum(x, y)

        def backward(self, dout):
            dx = np.where(self.x > self.y, dout, 0.0)
            dy = np.where(self.y > self.x, dout, 0.0)
            return dx, dy

MaxGate, lenient both => tie-to-both
    class MaxGate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return np.maximum(x, y)

        def backward(self, dout):
            return dout * (self.x >= self.y), dout * (self.x <= self.y)

MaxGate, else branch for x => tie-to-y
    class MaxGate:
        def forward(self, x, y):
            self.mask = y >= x
            return np.where(self.mask, y, x)

        def backward(self, dout):
            return np.where(self.mask, 0.0, dout), np.where(self.mask, dout, 0.0)

MaxGate, max and if => numbers-only
    class MaxGate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return max(x, y)

        def backward(self, dout):
            if self.x >= self.y:
                return dout, 0.0
            return 0.0, dout

MaxGate, multiplies by the winner => times-the-winner
    class MaxGate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return np.maximum(x, y)

        def backward(self, dout):
            m = np.maximum(self.x, self.y)
            return dout * m * (self.x >= self.y), dout * m * (self.x < self.y)

SigmoidGate, naive both ends => infinity-over-infinity
    class SigmoidGate:
        def forward(self, x):
            e = np.exp(x)
            self.out = e / (e + 1)
            return self.out

        def backward(self, dout):
            return self.out * (1 - self.out) * dout

SigmoidGate, math => one-number-at-a-time if-on-an-array
    import math

    class SigmoidGate:
        def forward(self, x):
            if x >= 0:
                self.s = 1 / (1 + math.exp(-x))
            else:
                self.s = math.exp(x) / (1 + math.exp(x))
            return self.s

        def backward(self, dout):
            return dout * self.s * (1 - self.s)

SigmoidGate, slope of the input => slope-of-x
    class SigmoidGate:
        def forward(self, x):
            self.x = x
            return 0.5 * (1 + np.tanh(0.5 * x))

        def backward(self, dout):
            return dout * self.x * (1 - self.x)

SigmoidGate, local gradient alone => no-upstream
    class SigmoidGate:
        def forward(self, x):
            self.out = 0.5 * (1 + np.tanh(0.5 * x))
            return self.out

        def backward(self, dout):
            return self.out * (1 - self.out)

SigmoidGate, overflowing slope => slope-overflows
    class SigmoidGate:
        def forward(self, x):
            self.x = x
            return 1 / (1 + np.exp(-x))

        def backward(self, dout):
            e = np.exp(-self.x)
            return e / (1 + e) ** 2 * dout

sigmoid_neuron, forgets the sigmoid => no-sigmoid-slope
    s = w[0] * x[0] + w[1] * x[1] + w[2]
    out = 1 / (1 + np.exp(-s))
    dw = np.array([x[0], x[1], 1.0])
    dx = np.array([w[0], w[1]])
    return out, dw, dx

sigmoid_neuron, bias gets nothing => bias-slope-is-zero
    out = 1 / (1 + np.exp(-(w[:2] @ x + w[2])))
    g = out * (1 - out)
    return out, g * np.append(x, 0.0), g * w[:2]

sigmoid_neuron, whole w for x => bias-has-an-input
    out = 1 / (1 + np.exp(-(w[:2] @ x + w[2])))
    g = out * (1 - out)
    return out, g * np.append(x, 1.0), g * w

sigmoid_neuron, sum returned => sum-for-output
    s = np.dot(w[:2], x) + w[2]
    out = 1 / (1 + np.exp(-s))
    g = out * (1 - out)
    return s, g * np.append(x, 1.0), g * w[:2]

MultiplyGate, the second gradient from the first => second-of-both
    def backward(self, dout):
        dx = dout * self.y
        dy = dx * self.x
        return dx, dy

SigmoidGate, one over one plus a power => no-brackets
    def forward(self, x):
        self.out = 1 / 1 + np.exp(-x)
        return self.out
""")
