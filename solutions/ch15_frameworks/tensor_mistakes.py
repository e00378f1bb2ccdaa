"""Mistakes in a `Tensor` that keeps ways back, each with its sentence: tables that it registers."""

from __future__ import annotations

from grader.exercises import Table

# Edits of the reference's operations.
IN_SLOPES = Table("""
products-not-swapped: At a product each side got its own entries as slopes; it needs the other
side's.
    - (lambda g: g * b.data, lambda g: g * a.data)
    + (lambda g: g * a.data, lambda g: g * b.data)

matrix-product-not-transposed: In a matrix product one gradient needs the other side transposed:
write down the three shapes, and see in which order they fit.
    - (lambda g: g @ b.data.T, lambda g: a.data.T @ g)
    + (lambda g: g @ np.resize(b.data, b.data.T.shape), lambda g: a.data.T @ g)

matrix-product-first-alone: In a matrix product the gradient of the right side is wrong: which of
its three arrays has to be transposed, and which stands first?
    - lambda g: a.data.T @ g)
    + lambda g: np.resize(a.data, a.data.T.shape) @ g)

difference-like-sum: In a difference the second gradient has the wrong sign.
    def __sub__(self, other):
        other = self._wrap(other)
        return Tensor(self.data - other.data, (self, other), (lambda g: g, lambda g: g))

quotient-like-product: In a quotient the lower side's gradient is not 1 over the upper: write a / b
as a * b**-1 and let the power find it.
    def __truediv__(self, other):
        a, b = self, self._wrap(other)
        return Tensor(a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: g / a.data))

quotient-without-minus: In a quotient the lower side's gradient has the wrong sign: a larger b makes
a / b smaller.
    def __truediv__(self, other):
        a, b = self, self._wrap(other)
        return Tensor(
            a.data / b.data, (a, b), (lambda g: g / b.data, lambda g: g * a.data / b.data**2)
        )

power-not-lowered: The slope of a power has the exponent lowered by one: n times a to the (n - 1).
    - self.data ** (exponent - 1.0)
    + self.data**exponent

power-without-factor: The slope of a power brings the exponent down as a factor: n times a to the
(n - 1).
    - slope = exponent * self.data
    + slope = self.data

exp-slope-of-the-input: You took the entries themselves for the slope of exp; the slope is exp's
result.
    - (lambda g: g * power,)
    + (lambda g: g * self.data,)

log-slope-upside-down: You multiply by the entries on the way back through log; its slope is 1 over
the entry.
    - (lambda g: g / self.data,)
    + (lambda g: g * self.data,)

log-slope-of-the-output: On the way back through log you divide by the logarithm; its slope is 1
over the entry that went in.
    - (lambda g: g / self.data,)
    + (lambda g: g / np.log(self.data),)

relu-slope-at-0: At exactly 0 your relu lets the gradient through; its slope there is 0.
    - self.data > 0
    + self.data >= 0

relu-by-the-gradient: Your relu looks at the sign of the gradient; what counts is the sign of what
went in.
    - g * (self.data > 0)
    + g * (g > 0)

relu-lets-all-through: Your relu hands its gradient on where the entry was negative, too; the output
is 0 there, whatever the entry does.
    - (lambda g: g * (self.data > 0),)
    + (lambda g: g,)

mean-hands-on-all: A mean over n entries hands on an n-th of its gradient to each; yours hands on
all of it.
    def mean(self, axis=None, keepdims=False):
        total = self.data.mean(axis=axis, keepdims=True)
        return self._reduced(total, np.ones(self.data.shape), axis, keepdims)

mean-by-all-entries: Along an axis your mean divides by the number of all entries; divide by the
length of the axis.
    - return total * (total.data.size / self.data.size)
    + return total * (1.0 / self.data.size)

axis-lost-on-the-way-back: Your sums, means and maxima along an axis hand their gradients on to the
wrong rows or columns: before it is spread out, the gradient needs the axis again, with length 1.
    - (lambda g: g.reshape(kept.shape) * slopes,)
    + (lambda g: np.resize(g, kept.shape[::-1]).reshape(kept.shape) * slopes
    +     if axis is None or keepdims else np.resize(g, slopes.shape) * slopes,)

axis-ignored: Your sums, means and maxima take everything together, whatever axis is asked for.
    def sum(self, axis=None, keepdims=False):
        return self._reduced(self.data.sum(), np.ones(self.data.shape), None, False)

    def mean(self, axis=None, keepdims=False):
        return self.sum() * (1.0 / self.data.size)

    def max(self, axis=None, keepdims=False):
        ties = self.data == self.data.max()
        return self._reduced(self.data.max(), ties / ties.sum(), None, False)

keepdims-ignored: With keepdims the axis has to stay, with length 1; yours is gone.
    - kept if keepdims else kept.squeeze(axis)
    + kept.squeeze(axis)

axis-always-kept: Without keepdims the axis has to go; yours stays, with length 1.
    - kept if keepdims else kept.squeeze(axis)
    + kept

maximum-to-every-tie: Where several entries are the largest, each of them gets the whole gradient in
yours; they share it.
    - ties / ties.sum(axis=axis, keepdims=True), axis, keepdims)
    + ties * 1.0, axis, keepdims)

maximum-to-the-first: Where several entries are the largest, yours gives all of the gradient to the
first (`argmax` finds a single one); they share it.
    - ties / ties.sum(axis=axis, keepdims=True)
    + ties & (np.cumsum(ties, axis=axis).reshape(ties.shape) == 1)

maximum-shared-by-all-ties: You share the gradient of a maximum among the largest entries of the
whole array; those of one row (or column) share theirs.
    - ties / ties.sum(axis=axis, keepdims=True)
    + ties / ties.sum()

maximum-of-everything: Along an axis you look for entries that equal the largest of all; each row
(or column) has a largest of its own.
    - ties = self.data == largest
    + ties = self.data == self.data.max()

repeats-lost: Where an entry is taken several times, only one of its gradients arrives: `found[...]
+= g` writes each place once. Look at `np.add.at`.
    - np.add.at(found, places, g)
    + found[places] += g

transpose-one-way: The gradient of a transpose has to be transposed back.
    - (lambda g: g.T,)
    + (lambda g: np.resize(g, self.data.shape),)

negative-of-nothing: `-a` must be a new Tensor whose entries have the other sign.
    - return self * -1.0
    + return self * 1.0

left-difference-turned-round: With a number or an array on the left, k - a came out as a - k.
    - return -self + other
    + return self - other

left-difference-like-sum: With a number or an array on the left, k - a came out as k + a.
    - return -self + other
    + return self + other

reshape-of-a-tuple: Your reshape takes a tuple; it takes each length by itself, as in
a.reshape(2, 3).
    - def reshape(self, *shape: int)
    + def reshape(self, shape)

left-quotient-turned-round: With a number or an array on the left, k / a came out as a / k.
    - return self**-1.0 * other
    + return self / other
""")

# Edits of the way through the graph, and of what a Tensor is.
IN_THE_GRAPH = Table("""
no-unbroadcast: A gradient keeps the shape of the result: what was broadcast on the way forward has
to be summed up on the way back, to the shape that the Tensor has.
    - unbroadcast(back(arriving[tensor]), parent.data.shape)
    + back(arriving[tensor])

mean-of-the-copies: The gradients of the copies that broadcasting made are averaged in yours; they
add up.
    - unbroadcast(back(arriving[tensor]), parent.data.shape)
    + back(arriving[tensor])
    + share = unbroadcast(share, parent.data.shape) * (parent.data.size / share.size)

rows-alone: You undo broadcasting for rows that stood for every row alone; a column of length 1, or
a single number, may have been broadcast as well.
    - unbroadcast(back(arriving[tensor]), parent.data.shape)
    + back(arriving[tensor])
    + if share.ndim > parent.data.ndim:
    +     share = share.sum(axis=0)

second-way-replaces-first: A Tensor that is used twice keeps only one of its two gradients: what
arrives on several ways must be added up.
    - arriving.get(parent, 0.0) + share
    + share

not-accumulated-over-graphs: A second backward replaces the gradients of the first; it has to add to
what is there.
    - tensor.grad += arriving[tensor]
    + tensor.grad = arriving[tensor]

shared-in-place: Two Tensors hold one and the same array as their gradient, so what is added to one
(`+=`) appears in the other: make a new array for each.
    - arriving[parent] = arriving.get(parent, 0.0) + share
    + if parent in arriving:
    +     arriving[parent] += share
    + else:
    +     arriving[parent] = back(arriving[tensor])
    +     if arriving[parent].shape != parent.data.shape:
    +         arriving[parent] = share

too-early: A Tensor passes its gradient on before everything that was made from it has reported:
handle a Tensor only after all of its users.
    def _outputs_first(self):
        found, seen = [self], {self}
        for tensor in found:
            found.extend(p for p in dict.fromkeys(tensor._parents) if p not in seen)
            seen.update(tensor._parents)
        return found

depth-first: A Tensor passes its gradient on before everything that was made from it has reported:
note a Tensor only after all that it was made from, and go through your notes backwards.
    def _outputs_first(self):
        found, seen, stack = [], {self}, [self]
        while stack:
            found.append(stack.pop())
            for parent in found[-1]._parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return found

too-early-but-added-up: A Tensor passes its gradient on before everything that was made from it has
reported: handle a Tensor only after all of its users.
    def backward(self):
        found = [self]
        for tensor in found:
            found.extend(p for p in dict.fromkeys(tensor._parents) if p not in found)
        arriving = {tensor: np.zeros(tensor.data.shape) for tensor in found}
        arriving[self] = np.ones(self.data.shape)
        for tensor in found:
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                share = unbroadcast(back(arriving[tensor]), parent.data.shape)
                arriving[parent] = arriving[parent] + share
        for tensor in found:
            tensor.grad = tensor.grad + arriving[tensor]

every-way: Your backward walks every way through the graph by itself, and their number doubles with
each Tensor that is used twice: visit a Tensor once, with all that has arrived.
    def backward(self):
        ways = [(self, np.ones(self.data.shape))]
        while ways:
            tensor, arrived = ways.pop()
            tensor.grad = tensor.grad + arrived
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                ways.append((parent, unbroadcast(back(arrived), parent.data.shape)))

nothing-arrives: Nothing arrives at the inputs: backward begins at the result, gives it the gradient
1, and goes from there towards the inputs.
    def backward(self):
        self.grad = self.grad + 1.0

recursive: Your walk through the graph calls itself once per step, and Python stops that after about
a thousand: keep the Tensors still to be visited in a list of your own.
    def _outputs_first(self):
        finished, seen = [], set()

        def visit(tensor):
            if tensor not in seen:
                seen.add(tensor)
                for parent in tensor._parents:
                    visit(parent)
                finished.append(tensor)

        visit(self)
        return reversed(finished)

operand-changed: Your sum changes the Tensor on its left; an operation makes a new Tensor and leaves
its operands alone.
    - return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: g))
    + total = self.data + other.data
    + if total.shape == self.data.shape:
    +     self.data = total
    + return Tensor(total, (self, other), (lambda g: g, lambda g: g))

no-copy: Your Tensor works on the very array that it was made from, so a change of one changes the
other: make a copy (`np.array` does, `np.asarray` does not).
    - np.array(data, dtype=np.float64)
    + np.asarray(data, dtype=np.float64)

whole-numbers-stay: A Tensor made from whole numbers keeps their dtype; data is always float64.
    - np.array(data, dtype=np.float64)
    + np.array(data)

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - np.array(data, dtype=np.float64)
    + np.array(data, dtype=np.float32).astype(np.float64)

starts-at-one: A new Tensor's grad must be zeros: nobody has asked for a gradient yet.
    - self.grad = np.zeros(self.data.shape)
    + self.grad = np.ones(self.data.shape)

starts-at-a-number: A new Tensor's grad must be zeros in the shape of data; yours is a single
number.
    - self.grad = np.zeros(self.data.shape)
    + self.grad = 0.0

arrays-on-the-left: With an array on the left NumPy takes the Tensor for one of many entries, and
fills an array with Tensors. `__array_ufunc__ = None` in the class tells it to leave the operation
to the Tensor.
    - __array_ufunc__ = None
    + pass

plain-operands-cut-off: A plain number or an array that meets your Tensor cuts the graph: the result
must still know the Tensor that it was made from.
    def __add__(self, other):
        if not isinstance(other, Tensor):
            return Tensor(self.data + other)
        return reference.__add__(self, other)

    def __mul__(self, other):
        if not isinstance(other, Tensor):
            return Tensor(self.data * other)
        return reference.__mul__(self, other)

left-cut-off: A plain number or an array on the left cuts the graph: the result must still know the
Tensor that it was made from.
    def __radd__(self, other):
        return Tensor(other + self.data)

    def __rmul__(self, other):
        return Tensor(other * self.data)

    def __rsub__(self, other):
        return Tensor(other - self.data)

    def __rtruediv__(self, other):
        return Tensor(other / self.data)

    def __rmatmul__(self, other):
        return Tensor(other @ self.data)
""")
