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

Value, assigned in every operation => grad-assigned second-way-replaces-first
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad += out.grad
    - other.grad += out.grad
    + self.grad = out.grad
    + other.grad = out.grad
    - self.grad += other.data * out.grad
    - other.grad += self.data * out.grad
    + self.grad = other.data * out.grad
    + other.grad = self.data * out.grad
    - self.grad += other * self.data
    + self.grad = other * self.data
    - self.grad += out.data * out.grad
    + self.grad = out.data * out.grad
    - self.grad += (out.data > 0) * out.grad
    + self.grad = (out.data > 0) * out.grad
    - self.grad += s * (1 - s) * out.grad
    + self.grad = s * (1 - s) * out.grad
    ''')

Value, assigned in the sum alone => sum-assigns-grad
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad += out.grad
    - other.grad += out.grad
    + self.grad = out.grad
    + other.grad = out.grad
    ''')

Value, assigned in the product alone => product-assigns-grad
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad += other.data * out.grad
    - other.grad += self.data * out.grad
    + self.grad = other.data * out.grad
    + other.grad = self.data * out.grad
    ''')

Value, breadth-first each once => too-early depth-first depth-first-by-recursion
too-early-on-both-sides breadth-first
    from tests.answers.told.engine import changed

    Value = changed('''
    def backward(self):
        self.grad = 1.0
        queue, visited = [self], {self}
        while queue:
            node = queue.pop(0)
            node._backward()
            for child in node._prev:
                if child not in visited:
                    visited.add(child)
                    queue.append(child)
    ''')

Value, depth-first with recursion each once => too-early depth-first depth-first-by-recursion
too-early-on-both-sides
    from tests.answers.told.engine import changed

    Value = changed('''
    def backward(self):
        visited = set()
        def walk(node):
            if node in visited:
                return
            visited.add(node)
            node._backward()
            for child in node._prev:
                walk(child)
        self.grad = 1.0
        walk(self)
    ''')

Value, no visited set the queue goes on => handed-on-again
    from tests.answers.told.engine import changed

    Value = changed('''
    def backward(self):
        self.grad = 1.0
        queue = [self]
        for node in queue:
            node._backward()
            queue.extend(node._prev)
    ''')

Value, recursion without a visited set => handed-on-again
    from tests.answers.told.engine import changed

    Value = changed('''
    def backward(self):
        self.grad = 1.0
        def walk(node):
            node._backward()
            for child in node._prev:
                walk(child)
        walk(self)
    ''')

Value, forgets to reverse => from-the-inputs nothing-arrives
    from tests.answers.told.engine import changed

    Value = changed('''
    - reversed(topo)
    + topo
    ''')

Value, forgets the 1 at the result => nothing-arrives
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad = 1.0
    ''')

Value, topological order by recursion => recursive
    from tests.answers.told.engine import changed

    Value = changed('''
    def backward(self):
        topo, visited = [], set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.grad = 1.0
        for node in reversed(topo):
            node._backward()
    ''')

Value, zeroes all gradients first => not-accumulated-over-graphs
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad = 1.0
    + for node in topo:
    +     node.grad = 0.0
    + self.grad = 1.0
    ''')

Value, no __radd__ => left-sum-refused
    from tests.answers.told.engine import changed

    Value = changed('''
    - def __radd__(self, other):
    -     return self + other
    ''')

Value, no __rsub__ => left-difference-refused
    from tests.answers.told.engine import changed

    Value = changed('''
    - def __rsub__(self, other):
    -     return other + (-self)
    ''')

Value, no __rmul__ => left-product-refused
    from tests.answers.told.engine import changed

    Value = changed('''
    - def __rmul__(self, other):
    -     return self * other
    ''')

Value, no __rtruediv__ => left-quotient-refused
    from tests.answers.told.engine import changed

    Value = changed('''
    - def __rtruediv__(self, other):
    -     return other * self**-1
    ''')

Value, rsub the wrong way round => left-difference-turned-round
    from tests.answers.told.engine import changed

    Value = changed('''
    - return other + (-self)
    + return self - other
    ''')

Value, rtruediv the wrong way round => left-quotient-turned-round
    from tests.answers.told.engine import changed

    Value = changed('''
    - return other * self**-1
    + return self / other
    ''')

Value, the sum takes Values alone => sum-takes-values-alone values-only
    from tests.answers.told.engine import changed

    Value = changed('''
    - def __add__(self, other):
    -     other = other if isinstance(other, Value) else Value(other)
    + def __add__(self, other):
    ''')

Value, slope of exp is its input => exp-slope-is-the-input
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad += out.data * out.grad
    + self.grad += self.data * out.grad
    ''')

Value, relu with >= => relu-slope-at-0
    from tests.answers.told.engine import changed

    Value = changed('''
    - (out.data > 0)
    + (self.data >= 0)
    ''')

Value, relu forgets what arrives => relu-without-upstream
    from tests.answers.told.engine import changed

    Value = changed('''
    - (out.data > 0) * out.grad
    + float(out.data > 0)
    ''')

Value, power forgets the factor => power-without-factor
    from tests.answers.told.engine import changed

    Value = changed('''
    - other * self.data ** (other - 1)
    + self.data ** (other - 1)
    ''')

Value, power does not lower the exponent => power-not-lowered
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.data ** (other - 1)
    + self.data**other
    ''')

Value, sigmoid slope of the input => sigmoid-slope-of-the-input
    from tests.answers.told.engine import changed

    Value = changed('''
    - s * (1 - s)
    + self.data * (1 - self.data)
    ''')

Value, math.exp in the sigmoid => sigmoid-overflow
    from tests.answers.told.engine import changed

    Value = changed('''
    - z = np.exp(-abs(self.data))
    - s = 1 / (1 + z) if self.data >= 0 else z / (1 + z)
    + import math
    + s = 1 / (1 + math.exp(-self.data))
    ''')

Value, product without what arrives => product-without-upstream
    from tests.answers.told.engine import changed

    Value = changed('''
    - self.grad += other.data * out.grad
    - other.grad += self.data * out.grad
    + self.grad += other.data
    + other.grad += self.data
    ''')

Value, children in a set by equal numbers => equal-numbers-are-one
equal-numbers-are-one-from-the-right equal-numbers-share-a-gradient equal-numbers-are-met-once
    from tests.answers.told.engine import changed

    Value = changed('''
    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Value) else other)

    def __hash__(self):
        return hash(self.data)
    ''')

Value, division forgets the minus => quotient-without-minus
    from tests.answers.told.engine import changed

    Value = changed('''
    def __truediv__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data / other.data, (self, other), "/")

        def _backward():
            self.grad += out.grad / other.data
            other.grad += self.data / other.data**2 * out.grad

        out._backward = _backward
        return out

    def __rtruediv__(self, other):
        return Value(other) / self
    ''')
""")
