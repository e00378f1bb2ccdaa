"""The words in which ``solutions`` defines a chapter and its exercises.

An exercise is a file, read from top to bottom::

    exercise = ExerciseDefinition(points=1)

    @exercise.reference
    def flip_horizontal(image):
        \"\"\"Mirror an image left-right. ...\"\"\"
        return image[:, ::-1].copy()

    @exercise.cases
    def _(rng):
        yield Case("a 4 x 5 image", {"image": rng.integers(0, 256, (4, 5, 3), dtype=np.uint8)})

    exercise.wrong_ways(\"\"\"
    upside-down: You mirrored the rows ...
        return image[::-1].copy()
    \"\"\")

(with the table's entries at the margin; `grader.exercises.tables` says how they are written). The
chapter's own file names its exercises in their order and asks its questions::

    chapter = ChapterDefinition("01_images", "An image is an array", [describe, crop, ...])

Decorators return what they decorate, so references stay ordinary functions. `build` checks the
whole and freezes it; every mistake in a definition is a `DefinitionError` naming the exercise.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
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
)
from grader.exercises.places import place_of, relative
from grader.exercises.tables import Entry, Table, written

T = TypeVar("T")


class Register(Protocol):
    """A decorator that returns what it decorates, with the type that it has."""

    def __call__(self, thing: T, /) -> T:
        """Note the thing down."""
        ...


@dataclass
class ExerciseDefinition:
    """Collects what one file says of an exercise; `build` makes it a frozen `Exercise`.

    Attributes:
        points: what the exercise is worth.
        costly: one run takes seconds: verify it with a single hidden key, and do not mutate it.
        results: names of the several things that it gives, where the docstring's "Returns" does
            not list them, as that of a class.
    """

    points: float
    costly: bool = False
    results: tuple[str, ...] = ()
    _reference: Any = None
    _cases: CaseMaker | None = None
    _hidden_cases: CaseMaker | None = None
    _rehearsal: bool = False
    _scenarios: dict[str, Scenario] = field(default_factory=dict)
    _properties: dict[str, Property] = field(default_factory=dict)
    _wrong: list[tuple[Table, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note where it is written: two calls up, above the one that the dataclass makes."""
        frame = sys._getframe(2)
        self._place = relative(f"{frame.f_code.co_filename}:{frame.f_lineno}")

    def reference(self, thing: T) -> T:
        """The decorated function or class is what the exercise asks for, and gives it its name."""
        self._reference = thing
        return thing

    def cases(self, make: CaseMaker) -> CaseMaker:
        """The decorated generator ``(rng) -> cases`` makes the cases of both answer keys."""
        self._cases = make
        return make

    def rehearsal(self, make: CaseMaker) -> CaseMaker:
        """The decorated generator makes the cases of the public key alone.

        It stands in place of `cases` where a run is long: a learner tries it out at a small size,
        and grading, which asks for the whole, does not repeat that.
        """
        self._cases, self._rehearsal = make, True
        return make

    def hidden_cases(self, make: CaseMaker) -> CaseMaker:
        """Further cases for grading alone: edge cases that the public check does not show."""
        self._hidden_cases = make
        return make

    def scenario(self, *, uses: tuple[str, ...] = (), otherwise: str | None = None) -> Register:
        """The decorated ``(implementation, *used, **inputs)`` drives cases that name it."""

        def register(function: T) -> T:
            name = _name(function)
            self._scenarios[name] = Scenario(name, function, uses, otherwise)  # type: ignore[arg-type]
            return function

        return register

    def property(self, sentence: str) -> Register:
        """The decorated ``(inputs, output) -> bool`` must hold where a case names it."""

        def register(holds: T) -> T:
            self._properties[_name(holds)] = Property(_name(holds), sentence, holds)  # type: ignore[arg-type]
            return holds

        return register

    def wrong_ways(self, table: Table | str, of: Any = None) -> None:
        """Wrong answers that are recognised, each with its sentence: ``name: sentence``, code.

        Args:
            table: its text, as `grader.exercises.tables` describes it, or one that others use as
                well.
            of: the function that edits change and ``reference`` means (default: the reference).
        """
        if isinstance(table, str):
            table = Table(table, callers=2)
        self._wrong.append((table, of))

    def build(self, chapter: str) -> Exercise:
        """Check the definition and freeze it. Raises `DefinitionError`."""
        if self._reference is None:
            raise DefinitionError(f"{self._place}: {chapter}: this exercise has no reference")
        name = _name(self._reference)
        where = f"{place_of(self._reference)}: {chapter}: {name}"
        if self._cases is None:
            raise DefinitionError(f"{where} has no cases")
        if not (self._reference.__doc__ or "").strip():
            raise DefinitionError(f"{where} has no docstring")
        for scenario in self._scenarios.values():
            if scenario.otherwise not in (None, CALL, *self._scenarios):
                raise DefinitionError(f"{where} has no scenario {scenario.otherwise}")
        if self._rehearsal and self._hidden_cases is None:
            raise DefinitionError(f"{where} has a rehearsal and no hidden_cases to rehearse for")
        wrong = [
            self._misconception(table, entry, self._reference if of is None else of)
            for table, of in self._wrong
            for entry in table.entries
        ]
        names = [m.name for m in wrong]
        if len(names) != len(set(names)):
            doubled = ", ".join(sorted({n for n in names if names.count(n) > 1}))
            raise DefinitionError(f"{where} names a misconception twice: {doubled}")
        return Exercise(
            name=name,
            chapter=chapter,
            points=self.points,
            reference=self._reference,
            scenarios=dict(self._scenarios),
            properties=dict(self._properties),
            misconceptions=tuple(wrong),
            cases=self._cases,
            hidden_cases=self._hidden_cases,
            rehearsal=self._rehearsal,
            costly=self.costly,
            results=self.results,
        )

    def _misconception(self, table: Table, entry: Entry, base: Any) -> Misconception:
        name, _, sentence = entry.head.partition(": ")
        place = relative(f"{table.file}:{table.line(entry)}")
        if not sentence:
            raise DefinitionError(f"{place}: {name!r} has no sentence")
        made = written(
            entry.code,
            base,
            name=_name(self._reference),
            scope={**vars(sys.modules[table.module]), **vars(sys.modules[base.__module__])},
            uses=tuple(use for scenario in self._scenarios.values() for use in scenario.uses),
            file=table.file,
            line=table.line(entry),
        )
        return Misconception(
            name, sentence, made.implementation, made.companions, made.source, place
        )


class ChapterDefinition:
    """A chapter's title, its exercises in their order, and its questions."""

    def __init__(
        self, name: str, title: str, exercises: Iterable[ModuleType | ExerciseDefinition]
    ) -> None:
        """Take the name and title of a chapter, and its exercises, or modules with one each."""
        self.name = name
        self.title = title
        self._exercises = [_definition(each) for each in exercises]
        self._questions: dict[str, Question] = {}

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
        built = [exercise.build(self.name) for exercise in self._exercises]
        names = [exercise.name for exercise in built] + list(self._questions)
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise DefinitionError(f"{self.name}: defined twice: {', '.join(doubled)}")
        return Chapter(self.name, self.title, {e.name: e for e in built}, dict(self._questions))

    def _ask(self, question: Question) -> None:
        if question.name in self._questions:
            raise DefinitionError(f"{self.name}: {question.name} is defined twice")
        if question.kind in ("choice", "choices"):
            right = {question.answer} if question.kind == "choice" else question.answer
            if not right <= set(question.options):
                raise DefinitionError(f"{self.name}: {question.name}'s answer is no option")
            if set(question.why) != set(question.options):
                raise DefinitionError(f"{self.name}: {question.name} lacks a why for an option")
        self._questions[question.name] = question


def _definition(each: ModuleType | ExerciseDefinition) -> ExerciseDefinition:
    found = getattr(each, "exercise", each)
    if not isinstance(found, ExerciseDefinition):
        place = relative(f"{getattr(each, '__file__', each)}:1")
        raise DefinitionError(f"{place}: there is no `exercise = ExerciseDefinition(...)` in it")
    return found


def _name(thing: Any) -> str:
    return str(thing.__name__)
