"""What an exercise is: immutable data that weaving, key compiling and reports read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

CALL = "call"  # the scenario that simply calls the function with the inputs in their order
# Tolerance (rtol, atol): honest float64 arithmetic meets it, single precision does not.
EXACT = (1e-9, 1e-12)


class DefinitionError(ValueError):
    """An exercise is defined wrongly; the message names it and says what to mend."""


@dataclass(frozen=True)
class Case:
    """One thing that is checked.

    Attributes:
        label: what the case is about, in words a learner understands; shown for hidden cases too.
        inputs: argument name -> plain data (numbers, strings, lists, dicts, arrays), in the order
            in which the scenario takes them.
        edge: an edge case: an exercise earns nothing until all its ordinary cases pass.
        scenario: name of the exercise's scenario that drives the case.
        compare: whether the output must equal the reference's; False for random outputs, of which
            only type, structure, shape and dtype are held against the reference.
        shapes: whether shapes must equal the reference's (False where they are free).
        properties: names of the exercise's properties that the output must have as well.
        rtol, atol: tolerance: ``abs(output - expected) <= atol + rtol * abs(expected)``.
        seconds: limit in CPU seconds for this case (None: the notebook's limit). One that tells a
            Python loop from array code is measured: the slowest right answer of the corpus, such as
            one that makes an array of all rows by all rows, needs less than half of it, and the
            fastest loop more than twice as much. Few rows, asked about often, leave that much room.
        withheld: plain data that the properties get beside the inputs, and the implementation
            never.
        again: label of an earlier case: its output is judged once more, by other properties, and
            nothing runs twice; such a case has no inputs of its own.
    """

    label: str
    inputs: Mapping[str, Any]
    edge: bool = False
    scenario: str = CALL
    compare: bool = True
    shapes: bool = True
    properties: tuple[str, ...] = ()
    rtol: float = EXACT[0]
    atol: float = EXACT[1]
    seconds: float | None = None
    withheld: Mapping[str, Any] = field(default_factory=dict)
    again: str | None = None


@dataclass(frozen=True)
class Scenario:
    """A short driver: ``function(implementation, *used, **inputs) -> plain data``.

    Its source travels to the untrusted side, so it may use only ``np`` and what it defines itself.
    ``uses`` names other exercises of the chapter whose implementations are handed over after the
    first; where one of them is missing or does not pass its own checks, the scenario
    ``otherwise`` takes over with the same inputs.
    """

    name: str
    function: Callable[..., Any]
    uses: tuple[str, ...] = ()
    otherwise: str | None = None


@dataclass(frozen=True)
class Property:
    """What must hold of an output: ``holds(inputs, output) -> bool``, and the sentence if not.

    What a case withholds stands among the inputs that ``holds`` gets.
    Runs on the trusted side over data that a student produced. Its source travels with the public
    key, so it may use only ``np`` and what it defines itself, and must not contain the answer.
    """

    name: str
    sentence: str
    holds: Callable[[Mapping[str, Any], Any], bool]


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation that people really write, and the sentence that helps.

    Attributes:
        companions: implementations that its scenarios use in place of the references.
        source: Python that defines it under the exercise's name.
        place: ``file:line`` where it is written.
    """

    name: str
    sentence: str
    implementation: Any
    companions: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    place: str = ""


CaseMaker = Callable[[np.random.Generator], Iterable[Case]]


@dataclass(frozen=True)
class Exercise:
    """An exercise: the reference, what checks it and what people get wrong.

    ``cases`` make the cases of both keys, ``hidden_cases`` further ones of the hidden key alone.
    ``rehearsal``: whether ``cases`` are of the public key alone, and the hidden key has only its
    own. ``costly``: a single run of it takes seconds, so it is verified with one hidden key instead
    of several, and not mutated. ``results``: names of what it gives, where its docstring lists
    none.
    """

    name: str
    chapter: str
    points: float
    reference: Any
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    properties: Mapping[str, Property] = field(default_factory=dict)
    misconceptions: tuple[Misconception, ...] = ()
    cases: CaseMaker | None = None
    hidden_cases: CaseMaker | None = None
    rehearsal: bool = False
    costly: bool = False
    results: tuple[str, ...] = ()


QuestionKind = Literal["choice", "choices", "number", "written"]


@dataclass(frozen=True)
class Question:
    """A concept question; its answer is a variable with the question's name.

    Attributes:
        kind: "choice" (one letter), "choices" (a set of letters), "number", "written" (by hand).
        prompt: Markdown.
        options: letter -> text (choice, choices).
        answer: a letter, a frozenset of letters or a number; None for "written".
        tolerance: half-width of the accepted interval for a number.
        why: letter -> one sentence shown after grading; for a number the key "number".
        rubric: for "written": criterion -> points.
    """

    name: str
    chapter: str
    points: float
    kind: QuestionKind
    prompt: str
    options: Mapping[str, str] = field(default_factory=dict)
    answer: Any = None
    tolerance: float = 0.0
    why: Mapping[str, str] = field(default_factory=dict)
    rubric: Mapping[str, float] = field(default_factory=dict)

    @property
    def rubric_text(self) -> str:
        """The rubric as Markdown; "" where there is none."""
        if not self.rubric:
            return ""
        rows = [f"- {criterion} ({points:g})" for criterion, points in self.rubric.items()]
        return "\n".join(["What a full answer holds, with the points of each part:", "", *rows])


@dataclass(frozen=True)
class Chapter:
    """A chapter's hidden half: its exercises and questions by name, in the order of definition."""

    name: str
    title: str
    exercises: Mapping[str, Exercise]
    questions: Mapping[str, Question]

    @property
    def tasks(self) -> dict[str, Exercise | Question]:
        """Everything that a slot in the chapter's text may name."""
        return {**self.exercises, **self.questions}
