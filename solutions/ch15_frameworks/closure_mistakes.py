"""Mistakes in a `Tensor` of closures, each with its sentence: a table that `Tensor` registers."""

from __future__ import annotations

from grader.exercises import Table

# Edits of `closures.Tensor`, where every operation leaves a function that hands gradients back.
IN_CLOSURES = Table("""
sum-without-unbroadcast: The sides of a sum get the gradient in the shape of the result: bring it
back to their own shapes.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    - other.grad += unbroadcast(out.grad, other.data.shape)
    + self.grad = self.grad + out.grad
    + other.grad = other.grad + out.grad

product-without-unbroadcast: The sides of a product get the gradient in the shape of the result:
bring it back to their own shapes.
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + self.grad = self.grad + other.data * out.grad
    + other.grad = other.grad + self.data * out.grad

sum-that-does-not-fit: On the way back through a sum that was broadcast your shapes do not fit: add
up the gradients of all copies (unbroadcast does), and neither reshape them nor take them as they
are.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    - other.grad += unbroadcast(out.grad, other.data.shape)
    + self.grad += out.grad.reshape(self.data.shape)
    + other.grad += out.grad.reshape(other.data.shape)

product-that-does-not-fit: On the way back through a product that was broadcast your shapes do not
fit: add up the gradients of all copies, as unbroadcast does.
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + self.grad += other.data * out.grad
    + other.grad += self.data * out.grad
    - return self * -1
    + return self * -np.ones_like(self.data)

product-and-negative-that-do-not-fit: On the way back through a product that was broadcast your
shapes do not fit: add up the gradients of all copies, as unbroadcast does.
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + self.grad += other.data * out.grad
    + other.grad += self.data * out.grad

unbroadcast-before-the-slope: In a product you sum the gradient up before you multiply it by the
other side's entries; first the slope of each copy, then the sum.
    - unbroadcast(other.data * out.grad, self.data.shape)
    + unbroadcast(unbroadcast(out.grad, self.data.shape) * other.data, self.data.shape)
    - unbroadcast(self.data * out.grad, other.data.shape)
    + unbroadcast(unbroadcast(out.grad, other.data.shape) * self.data, other.data.shape)

right-side-alone: You undo broadcasting on the right side alone; the left one may have been
broadcast as well.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    + self.grad = self.grad + out.grad
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    + self.grad = self.grad + other.data * out.grad

left-factor-alone: In a product only the left side's gradient is brought back to its own shape; the
right side may have been broadcast as well.
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + other.grad = other.grad + self.data * out.grad

left-factor-alone-quotients-right: In a product only the left side's gradient is brought back to its
own shape; the right side may have been broadcast as well.
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + other.grad = other.grad + self.data * out.grad
    - return self * other**-1
    + return self * (other + 0 * self.data) ** -1

grad-assigned: Where a Tensor is used twice, the second gradient that arrives replaces the first: in
each operation, add to grad instead of assigning to it.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    - other.grad += unbroadcast(out.grad, other.data.shape)
    + self.grad = unbroadcast(out.grad, self.data.shape)
    + other.grad = unbroadcast(out.grad, other.data.shape)
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + self.grad = unbroadcast(other.data * out.grad, self.data.shape)
    + other.grad = unbroadcast(self.data * out.grad, other.data.shape)

matrix-product-assigns-grad: Your matrix products assign to grad, so what has arrived there before
is lost: add to it, as in your other operations.
    - self.grad += out.grad @ other.data.T
    - other.grad += self.data.T @ out.grad
    + self.grad = out.grad @ other.data.T
    + other.grad = self.data.T @ out.grad

product-assigns-grad: Your products assign to grad, so what has arrived there before is lost: add to
it, as in your other operations.
    - self.grad += unbroadcast(other.data * out.grad, self.data.shape)
    - other.grad += unbroadcast(self.data * out.grad, other.data.shape)
    + self.grad = unbroadcast(other.data * out.grad, self.data.shape)
    + other.grad = unbroadcast(self.data * out.grad, other.data.shape)

sum-assigns-grad: Your `+` assigns to grad, so what has arrived there before is lost: add to it, as
in your other operations.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    - other.grad += unbroadcast(out.grad, other.data.shape)
    + self.grad = unbroadcast(out.grad, self.data.shape)
    + other.grad = unbroadcast(out.grad, other.data.shape)

product-names-the-left-alone: Your product names only its left side as what it was made from, so
backward never gets to what the right side was made from: name both.
    - self.data * other.data, (self, other)
    + self.data * other.data, (self,)

sum-names-the-left-alone: Your sum names only its left side as what it was made from, so backward
never gets to what the right side was made from: name both.
    - self.data + other.data, (self, other)
    + self.data + other.data, (self,)

sum-without-upstream: A sum of yours hands on ones to both sides; it hands on the gradient that
arrives at it.
    - self.grad += unbroadcast(out.grad, self.data.shape)
    - other.grad += unbroadcast(out.grad, other.data.shape)
    + self.grad += unbroadcast(np.ones_like(out.grad), self.data.shape)
    + other.grad += unbroadcast(np.ones_like(out.grad), other.data.shape)

product-without-upstream: A product of yours hands on its slopes alone; multiply them by the
gradient that arrives at it.
    - unbroadcast(other.data * out.grad, self.data.shape)
    + unbroadcast(other.data * np.ones_like(out.grad), self.data.shape)
    - unbroadcast(self.data * out.grad, other.data.shape)
    + unbroadcast(self.data * np.ones_like(out.grad), other.data.shape)

sum-of-all-hands-on-ones: Your `.sum()` hands on ones; it hands on the gradient that arrives at it.
    - np.ones_like(self.data) * grad
    + np.ones_like(self.data)

exp-without-upstream: Your exp hands on its slope alone; multiply it by the gradient that arrives.
    - self.grad += out.data * out.grad
    + self.grad += out.data

log-without-upstream: Your log hands on its slope alone; multiply it by the gradient that arrives.
    - self.grad += out.grad / self.data
    + self.grad += 1 / self.data

relu-without-upstream: Your relu hands on its slope alone; multiply it by the gradient that arrives.
    - self.grad += (out.data > 0) * out.grad
    + self.grad += out.data > 0

log-hands-nothing-on: Nothing comes back through your log: leave its function where backward looks
for it, as in your other operations.
    - self.grad += out.grad / self.data
    + pass

exp-hands-nothing-on: Nothing comes back through your exp: leave its function where backward looks
for it, as in your other operations.
    - self.grad += out.data * out.grad
    + pass

relu-hands-nothing-on: Nothing comes back through your relu: leave its function where backward looks
for it, as in your other operations.
    - self.grad += (out.data > 0) * out.grad
    + pass

from-the-inputs: Only the Tensors next to the result get a gradient: your order begins with the
inputs. Go through it backwards, from the result.
    - reversed(topo)
    + topo

left-sum-refused: For 3 + a, Python asks the Tensor on the right for `__radd__`, and yours has none
that answers; `sum` begins with 0 + a as well.
    - def __radd__
    + def _no_radd

left-difference-refused: For 3 - a, Python asks the Tensor on the right for `__rsub__`, and yours
has none that answers.
    - def __rsub__
    + def _no_rsub

left-product-refused: For 3 * a, Python asks the Tensor on the right for `__rmul__`, and yours has
none that answers.
    - def __rmul__
    + def _no_rmul

left-quotient-refused: For 3 / a, Python asks the Tensor on the right for `__rtruediv__`, and yours
has none that answers.
    - def __rtruediv__
    + def _no_rtruediv

left-matrix-product-refused: For an array on the left of `@`, Python asks the Tensor on the right
for `__rmatmul__`, and yours has none that answers.
    - def __rmatmul__
    + def _no_rmatmul
""")
