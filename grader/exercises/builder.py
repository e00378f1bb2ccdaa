"""The words in which a chapter module of ``solutions`` defines its exercises.

A module makes one `ChapterBuilder` called ``chapter`` and decorates plain functions and classes::

    chapter = ChapterBuilder("01_images", "An image is an array")

    @chapter.exercise(points=1)
    def flip_horizontal(image):
        \"\"\"Mirror an image left-right. ...\"\"\"
        return image[:, ::-1].copy()

    @chapter.cases(flip_horizontal)
    def _(rng):
        yield Case("a 4 x 5 image", {"image": rng.integers(0, 256, (4, 5, 3), dtype=np.uint8)})

    @chapter.misconception(flip_horizontal, "upside-down", "You mirrored the rows ...")
    def _(image):
        return image[::-1].copy()

Decorators return what they decorate, so references stay ordinary functions. `build` checks the
whole and freezes it; every mistake in a definition is a `DefinitionError` naming the exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from grader.exercises.model import (
    CALL,
    CaseMaker,
    Chapter,
    DefinitionError,
    Exercise,
    Misconception,
    Property,
    Question,
    Scenario,
    Variant,
)

T = TypeVar("T")


class Register(Protocol):
    """A decorator that returns what it decorates, with the type that it has."""

    def __call__(self, thing: T, /) -> T:
        """Note the thing down."""
        ...


@dataclass
class _Draft:
    """What is known of an exercise while its module is being read."""

    reference: Any
    points: float
    costly: bool = False
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    properties: dict[str, Property] = field(default_factory=dict)
    misconceptions: list[Misconception] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    cases: CaseMaker | None = None
    hidden_cases: CaseMaker | None = None


class ChapterBuilder:
    """Collects the definitions of one chapter; `build` makes them a frozen `Chapter`."""

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title
        self._drafts: dict[str, _Draft] = {}
        self._questions: dict[str, Question] = {}

    def exercise(self, points: float, *, costly: bool = False) -> Register:
        """Make the decorated function or class the reference of an exercise worth ``points``.

        costly  one run takes seconds: verify it with a single hidden key, and do not mutate it
        """

        def register(reference: T) -> T:
            self._claim(_name(reference))
            self._drafts[_name(reference)] = _Draft(reference, points, costly)
            return reference

        return register

    def cases(self, of: Any) -> Callable[[CaseMaker], CaseMaker]:
        """The decorated generator ``(rng) -> cases`` makes the cases of both answer keys."""

        def register(make: CaseMaker) -> CaseMaker:
            self._draft(of).cases = make
            return make

        return register

    def hidden_cases(self, of: Any) -> Callable[[CaseMaker], CaseMaker]:
        """Further cases for grading alone: edge cases that the public check does not show."""

        def register(make: CaseMaker) -> CaseMaker:
            self._draft(of).hidden_cases = make
            return make

        return register

    def scenario(
        self, of: Any, *, uses: tuple[str, ...] = (), otherwise: str | None = None
    ) -> Register:
        """The decorated ``(implementation, *used, **inputs)`` drives cases that name it."""

        def register(function: T) -> T:
            name = _name(function)
            self._draft(of).scenarios[name] = Scenario(name, function, uses, otherwise)  # type: ignore[arg-type]
            return function

        return register

    def property(self, of: Any, sentence: str) -> Register:
        """The decorated ``(inputs, output) -> bool`` must hold where a case names it."""

        def register(holds: T) -> T:
            name = _name(holds)
            self._draft(of).properties[name] = Property(name, sentence, holds)  # type: ignore[arg-type]
            return holds

        return register

    def misconception(
        self, of: Any, name: str, sentence: str, companions: Mapping[str, Any] | None = None
    ) -> Register:
        """The decorated wrong implementation is recognised and answered with ``sentence``."""

        def register(implementation: T) -> T:
            found = Misconception(name, sentence, implementation, companions or {})
            self._draft(of).misconceptions.append(found)
            return implementation

        return register

    def variant(self, of: Any, name: str, companions: Mapping[str, Any] | None = None) -> Register:
        """The decorated right solution, written differently, must pass."""

        def register(implementation: T) -> T:
            self._draft(of).variants.append(Variant(name, implementation, companions or {}))
            return implementation

        return register

    def choice(
        self,
        name: str,
        prompt: str,
        *,
        options: Mapping[str, str],
        answer: str,
        why: Mapping[str, str],
        points: float = 1,
    ) -> None:
        """A question with one right letter."""
        self._ask(Question(name, self.name, points, "choice", prompt, options, answer, why=why))

    def choices(
        self,
        name: str,
        prompt: str,
        *,
        options: Mapping[str, str],
        answer: set[str],
        why: Mapping[str, str],
        points: float = 1,
    ) -> None:
        """A question with several right letters, answered by a set or list of them."""
        right = frozenset(answer)
        self._ask(Question(name, self.name, points, "choices", prompt, options, right, why=why))

    def number(
        self,
        name: str,
        prompt: str,
        *,
        answer: float,
        tolerance: float,
        why: str,
        points: float = 1,
    ) -> None:
        """A question answered by a number within ``tolerance``."""
        self._ask(
            Question(
                name,
                self.name,
                points,
                "number",
                prompt,
                answer=answer,
                tolerance=tolerance,
                why={"number": why},
            )
        )

    def written(self, name: str, prompt: str, *, rubric: Mapping[str, float]) -> None:
        """A question answered in words and graded by a person by ``rubric``."""
        points = sum(rubric.values())
        self._ask(Question(name, self.name, points, "written", prompt, rubric=rubric))

    def build(self) -> Chapter:
        """Check the definitions and freeze them. Raises `DefinitionError`."""
        exercises = {name: self._finish(name, draft) for name, draft in self._drafts.items()}
        return Chapter(self.name, self.title, exercises, dict(self._questions))

    def _finish(self, name: str, draft: _Draft) -> Exercise:
        if draft.cases is None:
            raise DefinitionError(f"{self.name}: exercise {name} has no cases")
        if not (draft.reference.__doc__ or "").strip():
            raise DefinitionError(f"{self.name}: exercise {name} has no docstring")
        names = [m.name for m in draft.misconceptions]
        if len(names) != len(set(names)):
            raise DefinitionError(f"{self.name}: {name} names a misconception twice")
        for scenario in draft.scenarios.values():
            if scenario.otherwise not in (None, CALL, *draft.scenarios):
                raise DefinitionError(f"{self.name}: {name} has no scenario {scenario.otherwise}")
        return Exercise(
            name,
            self.name,
            draft.points,
            draft.reference,
            draft.scenarios,
            draft.properties,
            tuple(draft.misconceptions),
            tuple(draft.variants),
            draft.cases,
            draft.hidden_cases,
            draft.costly,
        )

    def _ask(self, question: Question) -> None:
        self._claim(question.name)
        if question.kind in ("choice", "choices"):
            right = {question.answer} if question.kind == "choice" else question.answer
            if not right <= set(question.options):
                raise DefinitionError(f"{self.name}: {question.name}'s answer is no option")
            if set(question.why) != set(question.options):
                raise DefinitionError(f"{self.name}: {question.name} lacks a why for an option")
        self._questions[question.name] = question

    def _claim(self, name: str) -> None:
        if name in self._drafts or name in self._questions:
            raise DefinitionError(f"{self.name}: {name} is defined twice")

    def _draft(self, of: Any) -> _Draft:
        name = _name(of)
        if name not in self._drafts:
            raise DefinitionError(f"{self.name}: {name} is not an exercise of this chapter")
        return self._drafts[name]


def _name(thing: Any) -> str:
    return str(thing.__name__)
