"""Mistakes in a `Value` of closures, each with its sentence: a table that `Value` registers."""

from __future__ import annotations

from grader.exercises import Table

# Edits of `closures.Value`, where every operation leaves a function that hands gradients back.
IN_CLOSURES = Table("""
grad-assigned: Where a value is used twice, the second gradient that arrives replaces the first: in
each operation, add to grad (`+=`) instead of assigning to it.
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

sum-assigns-grad: Your sums assign to grad, so what has arrived there before is lost: add to it
(`+=`), as in your other operations.
    - self.grad += out.grad
    - other.grad += out.grad
    + self.grad = out.grad
    + other.grad = out.grad

product-assigns-grad: Your products assign to grad, so what has arrived there before is lost: add to
it (`+=`), as in your other operations.
    - self.grad += other.data * out.grad
    - other.grad += self.data * out.grad
    + self.grad = other.data * out.grad
    + other.grad = self.data * out.grad

power-assigns-grad: Your powers assign to grad, so what has arrived there before is lost: add to it
(`+=`), as in your other operations.
    - self.grad += other * self.data
    + self.grad = other * self.data

exp-assigns-grad: Your exp assigns to grad, so what has arrived there before is lost: add to
it (`+=`), as in your other operations.
    - self.grad += out.data * out.grad
    + self.grad = out.data * out.grad

relu-assigns-grad: Your relu assigns to grad, so what has arrived there before is lost: add to
it (`+=`), as in your other operations.
    - self.grad += (out.data > 0) * out.grad
    + self.grad = (out.data > 0) * out.grad

sigmoid-assigns-grad: Your sigmoid assigns to grad, so what has arrived there before is lost: add to
it (`+=`), as in your other operations.
    - self.grad += s * (1 - s) * out.grad
    + self.grad = s * (1 - s) * out.grad

too-early-on-both-sides: A value passes its gradient on before everything that was made from it has
reported: begin with the result, and handle a value only after all of its users.
    - reversed(topo)
    + [self, *topo[:-1]]

depth-first-by-recursion: A value passes its gradient on before everything that was made from it has
reported: note a value only after all that it was made from, and go through your notes backwards.
    def backward(self):
        met = set()

        def walk(node):
            if node not in met:
                met.add(node)
                node._backward()
                for child in node._prev:
                    walk(child)

        self.grad = 1.0
        walk(self)

handed-on-again: A value that two ways lead to hands its gradient on twice, the second time with
what it had already handed on: visit every value once, after all that were made from it.
    def backward(self):
        self.grad = 1.0
        queue = [self]
        for node in queue:
            node._backward()
            queue.extend(node._prev)

handed-on-again-depth-first: A value that two ways lead to hands its gradient on twice, the second
time with what it had already handed on: visit every value once, after all that were made from it.
    def backward(self):
        self.grad = 1.0
        stack = [self]
        while stack:
            node = stack.pop()
            node._backward()
            stack.extend(node._prev)

handed-on-again-by-recursion: A value that two ways lead to hands its gradient on twice, the second
time with what it had already handed on: visit every value once, after all that were made from it.
    def backward(self):
        def walk(node):
            node._backward()
            for child in node._prev:
                walk(child)

        self.grad = 1.0
        walk(self)

from-the-inputs: Only the values next to the result get a gradient: your order begins with the
inputs. Go through it backwards, from the result.
    - reversed(topo)
    + topo

sum-without-upstream: A sum of yours hands on 1 to both sides; it hands on the gradient that arrives
at the sum.
    - self.grad += out.grad
    - other.grad += out.grad
    + self.grad += 1.0
    + other.grad += 1.0

product-without-upstream: A product of yours hands on its slopes alone; multiply them by the
gradient that arrives at the product.
    - self.grad += other.data * out.grad
    - other.grad += self.data * out.grad
    + self.grad += other.data
    + other.grad += self.data

power-without-upstream: A power of yours hands on its slope alone; multiply it by the gradient that
arrives.
    - ** (other - 1) * out.grad
    + ** (other - 1)

exp-without-upstream: Your exp hands on its slope alone; multiply it by the gradient that arrives.
    - self.grad += out.data * out.grad
    + self.grad += out.data

relu-without-upstream: Your relu hands on its slope alone; multiply it by the gradient that arrives.
    - (out.data > 0) * out.grad
    + (out.data > 0)

sigmoid-without-upstream: Your sigmoid hands on its slope alone; multiply it by the gradient that
arrives.
    - s * (1 - s) * out.grad
    + s * (1 - s)

exp-slope-is-the-input: You took the number itself for the slope of exp; the slope is exp's result.
    - self.grad += out.data * out.grad
    + self.grad += self.data * out.grad

sigmoid-slope-of-the-input: You built the slope of the sigmoid from its input; it is made of its
output.
    - s * (1 - s)
    + self.data * (1 - self.data)

sum-takes-values-alone: Your sum asks a plain number for its `.data`: make a Value of it first, as
in your other operations.
    - other = other if isinstance(other, Value) else Value(other)
    - out = Value(self.data + other.data
    + out = Value(self.data + other.data

product-takes-values-alone: Your product asks a plain number for its `.data`: make a Value of it
first, as in your other operations.
    - other = other if isinstance(other, Value) else Value(other)
    - out = Value(self.data * other.data
    + out = Value(self.data * other.data

left-sum-refused: For 3 + a, Python asks the value on the right for `__radd__`, and yours has none
that answers; `sum` begins with 0 + a as well.
    - def __radd__
    + def _no_radd

left-difference-refused: For 3 - a, Python asks the value on the right for `__rsub__`, and yours has
none that answers.
    - def __rsub__
    + def _no_rsub

left-product-refused: For 3 * a, Python asks the value on the right for `__rmul__`, and yours has
none that answers.
    - def __rmul__
    + def _no_rmul

left-quotient-refused: For 3 / a, Python asks the value on the right for `__rtruediv__`, and yours
has none that answers.
    - def __rtruediv__
    + def _no_rtruediv

no-unary-minus: For -a, Python asks the value for `__neg__`, and yours has none.
    - def __neg__
    + def _no_neg
    - self + (-other)
    + self + other * -1
    - other + (-self)
    + self * -1 + other

no-unary-minus-for-a-difference: For -a, also in your a - b, Python asks for `__neg__`: none yet.
    - def __neg__
    + def _no_neg

breadth-first: A value passes its gradient on before everything that was made from it has reported:
note a value only after all that it was made from, and go through your notes backwards.
    def backward(self):
        self.grad = 1.0
        queue, met = [self], {self}
        for node in queue:
            node._backward()
            for child in node._prev:
                if child not in met:
                    met.add(child)
                    queue.append(child)

equal-numbers-are-met-once: Two values with equal numbers are taken for one by your backward: a set
compares values of a class that has an __eq__ of its own by it.
    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data

    def __hash__(self):
        return hash(self.data)

exponent-among-the-parents: Your power counts its exponent among what it was made from, and a plain
number has nothing that backward looks for: the base alone is a Value.
    - (self,), f"**{other}"
    + (self, other), f"**{other}"
""")
