"""Mistakes in a `Value` that keeps slopes, each with its sentence: a table that it registers."""

from __future__ import annotations

from grader.exercises import Table

# Edits of the reference, where a value keeps the slopes towards those that it was made from.
IN_SLOPES = Table("""
second-way-replaces-first: A value that is used twice keeps only one of its two gradients: what
arrives on several ways must be added up.
    - arriving.get(parent, 0.0) + slope
    + slope

not-accumulated-over-graphs: A second backward replaces the gradients of the first; it has to add to
what is there.
    - value.grad += arriving
    + value.grad = arriving

emptied-by-the-first: A graph made before another one's backward gets no gradients any more: your
backward empties the list of operations that all graphs share.
    tape = []

    def __init__(self, data, _parents=(), _slopes=()):
        self.data, self.grad, self._parents, self._slopes = data, 0.0, _parents, _slopes
        if _parents:
            Value.tape.append(self)

    def backward(self):
        self.grad, arriving = 1.0, {self: 1.0}
        while Value.tape:
            value = Value.tape.pop()
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                arriving[parent] = arriving.get(parent, 0.0) + slope * arriving.get(value, 0.0)
                parent.grad += slope * arriving.get(value, 0.0)

too-early: A value passes its gradient on before everything that was made from it has reported:
handle a value only after all of its users.
    def _outputs_first(self):
        found, seen = [self], {self}
        for value in found:
            found.extend(p for p in dict.fromkeys(value._parents) if p not in seen)
            seen.update(value._parents)
        return found

every-way: Your backward walks every way through the graph by itself, and their number doubles with
each value that is used twice: visit a value once, with all that has arrived.
    def backward(self):
        ways = [(self, 1.0)]
        while ways:
            value, arrived = ways.pop()
            value.grad += arrived
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                ways.append((parent, slope * arrived))

depth-first: A value passes its gradient on before everything that was made from it has reported:
note a value only after all that it was made from, and go through your notes backwards.
    def _outputs_first(self):
        found, seen, stack = [], {self}, [self]
        while stack:
            found.append(stack.pop())
            for parent in found[-1]._parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return found

nothing-arrives: Nothing arrives at the inputs: backward begins at the result, gives it the gradient
1, and goes from there towards the inputs.
    - return reversed(finished)
    + return finished
    - value.grad += arriving[value]
    + value.grad += arriving.setdefault(value, 0.0)

recursive: Your walk through the graph calls itself once per step, and Python stops that after about
a thousand: keep the values still to be visited in a list of your own.
    def _outputs_first(self):
        finished, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value._parents:
                    visit(parent)
                finished.append(value)

        visit(self)
        return reversed(finished)

operand-changed: Your sum changes the value on its left; an operation makes a new Value and leaves
its operands alone.
    - return Value(self.data + other.data, (self, other), (1.0, 1.0))
    + self.data = self.data + other.data
    + return Value(self.data, (self, other), (1.0, 1.0))

not-swapped: At a product each side got its own value as slope; it needs the other side's.
    - (other.data, self.data)
    + (self.data, other.data)

minus-cut-off: Your -a does not know a any more: make it by an operation, such as -1 * a, or tell
the new Value what it was made from, and its slope, -1.
    def __neg__(self):
        return Value(-self.data)

difference-like-sum: In a difference the second value's gradient has the wrong sign.
    def __sub__(self, other):
        other = self._wrap(other)
        return Value(self.data - other.data, (self, other), (1.0, 1.0))

quotient-like-product: In a quotient the lower value's slope is not 1 over the upper: write a / b as
a * b**-1 and let the power find it.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data / b.data, (self, b), (1 / b.data, 1 / self.data))

quotient-without-minus: In a quotient the lower value's gradient has the wrong sign: a larger b
makes a / b smaller.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data / b.data, (self, b), (1 / b.data, self.data / b.data**2))

power-not-lowered: The slope of a power has the exponent lowered by one: n times a to the (n - 1).
    - self.data ** (exponent - 1)
    + self.data**exponent

power-without-factor: The slope of a power brings the exponent down as a factor: n times a to the
(n - 1).
    - slope = exponent * self.data
    + slope = self.data

exp-by-the-power-rule: You differentiated e to the a as if a were the base; the slope of exp is exp
itself.
    - (power,))
    + (self.data * np.exp(self.data - 1.0),))

relu-slope-at-0: At exactly 0 your relu lets the gradient through; its slope there is 0.
    - if self.data > 0 else 0.0
    + if self.data >= 0 else 0.0

relu-lets-all-through: Your relu hands its gradient on where the input was negative, too; the output
is 0 there, whatever the input does.
    - 1.0 if self.data > 0 else 0.0
    + 1.0

sigmoid-slope: The slope of your sigmoid is the output alone; a second factor, 1 minus the output,
is missing.
    - (s * (1.0 - s),)
    + (s,)

sigmoid-infinity: For a large value your sigmoid divides infinity by infinity: let the large power
of e stand in the denominator alone.
    - np.exp(-np.logaddexp(0.0, -self.data))
    + np.exp(self.data) / (1.0 + np.exp(self.data))

sigmoid-overflow: `math.exp` refuses numbers above about 700, and your sigmoid meets one for a very
small value: use a form whose power of e stays small.
    - s = np.exp(-np.logaddexp(0.0, -self.data))
    + import math
    + s = 1.0 / (1.0 + math.exp(-self.data))

numbers-cut-off: A plain number that meets your Value cuts the graph: the result must still know the
Value that it was made from.
    def __rmul__(self, other):
        return Value(other * self.data)

values-only: Your operations take Values alone; a plain number has no `.data`, so make a Value of it
first.
    - other if isinstance(other, Value) else Value(other)
    + other

left-numbers-refused: With a plain number on the left, Python asks the value on the right for
`__radd__`, `__rsub__`, `__rmul__` and `__rtruediv__`.
    - def __radd__
    + def _unused_radd
    - def __rsub__
    + def _unused_rsub
    - def __rmul__
    + def _unused_rmul
    - def __rtruediv__
    + def _unused_rtruediv

left-difference-turned-round: With the number on the left, k - a came out as a - k.
    - return -self + other
    + return self + -1.0 * other

left-quotient-turned-round: With the number on the left, k / a came out as a / k.
    - self**-1.0 * other
    + self * other**-1.0

negative-of-nothing: `-a` must be a new Value whose number has the other sign.
    - return -1.0 * self
    + return 1.0 * self

starts-at-one: A new Value's grad must be 0.0: nobody has asked for a gradient yet.
    - self.grad = 0.0
    + self.grad = 1.0

equal-numbers-are-one: Two values with equal numbers are taken for one by your backward: note which
values it has met, not which numbers (and mind that a class with an __eq__ of its own is compared by
it).
    - seen, stack = [], {self}
    + seen, stack = [], {self.data}
    - parent not in seen
    + parent.data not in seen
    - seen.add(unseen[0])
    + seen.add(unseen[0].data)

equal-numbers-are-one-from-the-right: Two values with equal numbers are taken for one by your
backward: note which values it has met, not which numbers (and mind that a class with an __eq__ of
its own is compared by it).
    def _outputs_first(self):
        finished, seen, stack = [], {self.data}, [self]
        while stack:
            unseen = [parent for parent in stack[-1]._parents if parent.data not in seen]
            if unseen:
                seen.add(unseen[-1].data)
                stack.append(unseen[-1])
            else:
                finished.append(stack.pop())
        return reversed(finished)

equal-numbers-share-a-gradient: Two values with equal numbers share one gradient in yours: if a
class has an __eq__ of its own, a dict or a set takes equal values for one.
    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data

    def __hash__(self):
        return hash(self.data)

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - self.data = data
    + self.data = float(np.float32(data))

a-minus-that-adds: In a difference the second value's number is added: a - b comes out as a + b.
    - return self + -other
    + return self + other

division-of-whole-parts: Your quotients are cut to whole numbers (`//` does that); use `/`.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data // b.data, (self, b), (1 / b.data, -self.data / b.data**2))

sum-cut-off: Nothing goes back through your sums: their result must know what it was made from, and
how to hand a gradient on.
    - Value(self.data + other.data, (self, other), (1.0, 1.0))
    + Value(self.data + other.data)

product-cut-off: Nothing goes back through your products: their result must know what it was made
from, and how to hand a gradient on.
    - Value(self.data * other.data, (self, other), (other.data, self.data))
    + Value(self.data * other.data)

power-cut-off: Nothing goes back through your powers: their result must know what it was made from,
and how to hand a gradient on.
    - Value(self.data**exponent, (self,), (slope,))
    + Value(self.data**exponent)

exp-cut-off: Nothing goes back through your exp: its result must know what it was made from, and how
to hand a gradient on.
    - Value(power, (self,), (power,))
    + Value(power)

relu-cut-off: Nothing goes back through your relu: its result must know what it was made from, and
how to hand a gradient on.
    - Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))
    + Value(max(0.0, self.data))

sigmoid-cut-off: Nothing goes back through your sigmoid: its result must know what it was made from,
and how to hand a gradient on.
    - Value(s, (self,), (s * (1.0 - s),))
    + Value(s)

exp-slope-is-1: The slope of exp is exp itself, not 1.
    - Value(power, (self,), (power,))
    + Value(power, (self,), (1.0,))

relu-leaks: Your relu lets something through below 0; it gives 0 there, and so does its slope.
    - max(0.0, self.data)
    + max(self.data / 100, self.data)
    - else 0.0
    + else 0.01

relu-multiplies-by-the-number: The slope of your relu is the number itself; where it is positive,
the slope is 1.
    - 1.0 if self.data > 0
    + self.data if self.data > 0

second-slope-of-itself: In a / b your gradient of b is that of 1 / b alone: a takes part as well.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data / b.data, (self, b), (1 / b.data, -1 / b.data**2))
""")
