"""Chapter 06, third part: the `Value` classes that people write instead."""

from __future__ import annotations

from solutions._ch06_gates import chapter
from solutions._ch06_value import Value
from solutions._edited import edited

ORDER = """\
        finished, seen, stack = [], {self}, [(self, iter(self._parents))]
        while stack:
            value, parents = stack[-1]
            parent = next((p for p in parents if p not in seen), None)
            if parent is None:
                finished.append(value)
                stack.pop()
            else:
                seen.add(parent)
                stack.append((parent, iter(parent._parents)))
        return reversed(finished)
"""
BREADTH_FIRST = """\
        found, seen = [self], {self}
        for value in found:
            found.extend(p for p in dict.fromkeys(value._parents) if p not in seen)
            seen.update(value._parents)
        return found
"""
RECURSIVE = """\
        finished, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value._parents:
                    visit(parent)
                finished.append(value)

        visit(self)
        return reversed(finished)
"""
SUM = 'return self._result(self.data + other.data, "+", (self, 1.0), (other, 1.0))'
SECOND_WAY = "arriving[parent] = arriving.get(parent, 0.0) + slope * arriving[value]"
POWER = "slope = exponent * self.data ** (exponent - 1)"
SIGMOID = "s = np.exp(-np.logaddexp(0.0, -self.data))"
WRAP = "return other if isinstance(other, Value) else Value(other)"

WRONG = {
    "second-way-replaces-first": (
        "A value that is used twice keeps only one of its two gradients: what arrives on several "
        "ways must be added up.",
        [(SECOND_WAY, "arriving[parent] = slope * arriving[value]")],
    ),
    "not-accumulated-over-graphs": (
        "A second backward replaces the gradients of the first; it has to add to what is there.",
        [("value.grad += arriving[value]", "value.grad = arriving[value]")],
    ),
    "too-early": (
        "A value passes its gradient on before everything that was made from it has reported: "
        "handle a value only after all of its users.",
        [(ORDER, BREADTH_FIRST)],
    ),
    "nothing-arrives": (
        "Nothing arrives at the inputs: backward begins at the result, gives it the gradient 1, "
        "and goes from there towards the inputs.",
        [
            ("return reversed(finished)", "return finished"),
            ("value.grad += arriving[value]", "value.grad += arriving.setdefault(value, 0.0)"),
        ],
    ),
    "recursive": (
        "Your walk through the graph calls itself once per step, and Python stops that after "
        "about a thousand: keep the values still to be visited in a list of your own.",
        [(ORDER, RECURSIVE)],
    ),
    "operand-changed": (
        "Your sum changes the value on its left; an operation makes a new Value and leaves its "
        "operands alone.",
        [(SUM, "self.data = self.data + other.data\n        " + SUM.replace(" + other.data", ""))],
    ),
    "not-swapped": (
        "At a product each side got its own value as slope; it needs the other side's.",
        [("(self, other.data), (other, self.data)", "(self, self.data), (other, other.data)")],
    ),
    "difference-like-sum": (
        "In a difference the second value's gradient has the wrong sign.",
        [
            (
                "return self + -self._wrap(other)",
                "other = self._wrap(other)\n        return self._result("
                'self.data - other.data, "-", (self, 1.0), (other, 1.0))',
            )
        ],
    ),
    "quotient-like-product": (
        "In a quotient the lower value's slope is not 1 over the upper: write a / b as a * b**-1 "
        "and let the power find it.",
        [
            (
                "return self * self._wrap(other) ** -1.0",
                'b = self._wrap(other)\n        return self._result(self.data / b.data, "/", '
                "(self, 1 / b.data), (b, 1 / self.data))",
            )
        ],
    ),
    "quotient-without-minus": (
        "In a quotient the lower value's gradient has the wrong sign: a larger b makes a / b "
        "smaller.",
        [
            (
                "return self * self._wrap(other) ** -1.0",
                'b = self._wrap(other)\n        return self._result(self.data / b.data, "/", '
                "(self, 1 / b.data), (b, self.data / b.data**2))",
            )
        ],
    ),
    "power-not-lowered": (
        "The slope of a power has the exponent lowered by one: n times a to the (n - 1).",
        [(POWER, "slope = exponent * self.data ** exponent")],
    ),
    "power-without-factor": (
        "The slope of a power brings the exponent down as a factor: n times a to the (n - 1).",
        [(POWER, "slope = self.data ** (exponent - 1)")],
    ),
    "exp-by-the-power-rule": (
        "You differentiated e to the a as if a were the base; the slope of exp is exp itself.",
        [("(self, power))", "(self, self.data * np.exp(self.data - 1.0)))")],
    ),
    "relu-slope-at-0": (
        "At exactly 0 your relu lets the gradient through; its slope there is 0.",
        [("if self.data > 0 else 0.0", "if self.data >= 0 else 0.0")],
    ),
    "relu-lets-all-through": (
        "Your relu hands its gradient on where the input was negative, too; the output is 0 "
        "there, whatever the input does.",
        [("(self, 1.0 if self.data > 0 else 0.0)", "(self, 1.0)")],
    ),
    "sigmoid-slope": (
        "The slope of your sigmoid is the output alone; a second factor, 1 minus the output, is "
        "missing.",
        [("(self, s * (1.0 - s))", "(self, s)")],
    ),
    "sigmoid-infinity": (
        "For a large value your sigmoid divides infinity by infinity: let the large power of e "
        "stand in the denominator alone.",
        [(SIGMOID, "s = np.exp(self.data) / (1.0 + np.exp(self.data))")],
    ),
    "sigmoid-overflow": (
        "`math.exp` refuses numbers above about 700, and your sigmoid meets one for a very small "
        "value: use a form whose power of e stays small.",
        [(SIGMOID, "import math\n        s = 1.0 / (1.0 + math.exp(-self.data))")],
    ),
    "values-only": (
        "Your operations take Values alone; a plain number has no `.data`, so make a Value of it "
        "first.",
        [(WRAP, "return other")],
    ),
    "left-numbers-refused": (
        "With a plain number on the left, Python asks the value on the right for `__radd__`, "
        "`__rsub__`, `__rmul__` and `__rtruediv__`.",
        [(f"def __r{name}__", f"def _unused_r{name}") for name in ("add", "sub", "mul", "truediv")],
    ),
    "left-difference-turned-round": (
        "With the number on the left, k - a came out as a - k.",
        [("return -self + other", "return self + -self._wrap(other)")],
    ),
    "left-quotient-turned-round": (
        "With the number on the left, k / a came out as a / k.",
        [("return self**-1.0 * other", "return self * self._wrap(other) ** -1.0")],
    ),
    "negative-of-nothing": (
        "`-a` must be a new Value whose number has the other sign.",
        [("return self * -1.0", "return self * 1.0")],
    ),
    "starts-at-one": (
        "A new Value's grad must be 0.0: nobody has asked for a gradient yet.",
        [("self.grad = 0.0", "self.grad = 1.0")],
    ),
}
for name, (sentence, changes) in WRONG.items():
    chapter.misconception(Value, name, sentence)(edited(Value, *changes))
