"""Chapter 06, third part: the `Value` classes that people write instead."""

from __future__ import annotations

from solutions._ch06_gates import chapter
from solutions._ch06_value import Value
from solutions._edited import edited

ORDER = """\
        finished, seen, stack = [], {self}, [self]
        while stack:
            unseen = [parent for parent in stack[-1]._parents if parent not in seen]
            if unseen:
                seen.add(unseen[0])
                stack.append(unseen[0])
            else:
                finished.append(stack.pop())
        return reversed(finished)
"""
BREADTH_FIRST = """\
        found, seen = [self], {self}
        for value in found:
            found.extend(p for p in dict.fromkeys(value._parents) if p not in seen)
            seen.update(value._parents)
        return found
"""
DEPTH_FIRST = """\
        found, seen, stack = [], {self}, [self]
        while stack:
            found.append(stack.pop())
            for parent in found[-1]._parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
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
BEFORE = """\
        arriving = {self: 1.0}
        for value in self._outputs_first():
"""
ARRIVED = "            value.grad += arriving[value]\n"
EVERY_WAY = """\
        ways = [(self, 1.0)]
        while ways:
            value, arrived = ways.pop()
            value.grad += arrived
"""
SUM = "return Value(self.data + other.data, (self, other), (1.0, 1.0))"
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
    "every-way": (
        "Your backward walks every way through the graph by itself, and their number doubles with "
        "each value that is used twice: visit a value once, with all that has arrived.",
        [
            (BEFORE, EVERY_WAY),
            (ARRIVED, ""),
            (SECOND_WAY, "ways.append((parent, slope * arrived))"),
        ],
    ),
    "depth-first": (
        "A value passes its gradient on before everything that was made from it has reported: "
        "note a value only after all that it was made from, and go through your notes backwards.",
        [(ORDER, DEPTH_FIRST)],
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
        [("(self, other), (other.data, self.data)", "(self, other), (self.data, other.data)")],
    ),
    "difference-like-sum": (
        "In a difference the second value's gradient has the wrong sign.",
        [
            (
                "return self + -other",
                "other = self._wrap(other)\n        "
                "return Value(self.data - other.data, (self, other), (1.0, 1.0))",
            )
        ],
    ),
    "quotient-like-product": (
        "In a quotient the lower value's slope is not 1 over the upper: write a / b as a * b**-1 "
        "and let the power find it.",
        [
            (
                "return self * other**-1.0",
                "b = self._wrap(other)\n        return Value(self.data / b.data, (self, b), "
                "(1 / b.data, 1 / self.data))",
            )
        ],
    ),
    "quotient-without-minus": (
        "In a quotient the lower value's gradient has the wrong sign: a larger b makes a / b "
        "smaller.",
        [
            (
                "return self * other**-1.0",
                "b = self._wrap(other)\n        return Value(self.data / b.data, (self, b), "
                "(1 / b.data, self.data / b.data**2))",
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
        [("(power,))", "(self.data * np.exp(self.data - 1.0),))")],
    ),
    "relu-slope-at-0": (
        "At exactly 0 your relu lets the gradient through; its slope there is 0.",
        [("if self.data > 0 else 0.0", "if self.data >= 0 else 0.0")],
    ),
    "relu-lets-all-through": (
        "Your relu hands its gradient on where the input was negative, too; the output is 0 "
        "there, whatever the input does.",
        [("1.0 if self.data > 0 else 0.0", "1.0")],
    ),
    "sigmoid-slope": (
        "The slope of your sigmoid is the output alone; a second factor, 1 minus the output, is "
        "missing.",
        [("(s * (1.0 - s),)", "(s,)")],
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
    "numbers-cut-off": (
        "A plain number that meets your Value cuts the graph: the result must still know the "
        "Value that it was made from.",
        [
            (
                'on the left"""\n        return self * other\n',
                'on the left"""\n        return Value(other * self.data)\n',
            )
        ],
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
        [("return -self + other", "return self + -1.0 * other")],
    ),
    "left-quotient-turned-round": (
        "With the number on the left, k / a came out as a / k.",
        [("return self**-1.0 * other", "return self * other**-1.0")],
    ),
    "negative-of-nothing": (
        "`-a` must be a new Value whose number has the other sign.",
        [("return -1.0 * self", "return 1.0 * self")],
    ),
    "starts-at-one": (
        "A new Value's grad must be 0.0: nobody has asked for a gradient yet.",
        [("self.grad = 0.0", "self.grad = 1.0")],
    ),
}
for name, (sentence, changes) in WRONG.items():
    chapter.misconception(Value, name, sentence)(edited(Value, *changes))
