"""Wrong answers to the class `Value` of chapter 06, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
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

Value, recursion without a visited set => handed-on-again-by-recursion
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
