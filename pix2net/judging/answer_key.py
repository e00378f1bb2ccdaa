"""Answer keys: what a check hands in, what must come back, and what mistakes would answer.

A public key travels with the release and serves `check`; a hidden key has the same form, another
seed and more cases, and never leaves the instructor's machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pix2net.judging import codec

FORMAT = 2
KEY_LIMITS = codec.Capacity(size=512 * 2**20, depth=40, nodes=5_000_000)


# An output of another dtype or form than the right one takes some times as many bytes.
ROOM, ROOM_FACTOR = 2**20, 16
SPARSE = {"sparse": True}  # a field that is left out of the file where it is empty


class KeyFileError(ValueError):
    """A file is not an answer key of this version."""


@dataclass(frozen=True)
class Answer:
    """What an implementation answered to a case.

    Attributes:
        status: "returned" or "raised"; ``type_name`` is the exception's.
        value: the output, unless it equals the expected one (``right``).
        failed: names of the case's properties that the output does not have.
        changed: names of inputs that it modified.
        slow: it took longer than the case allows.
    """

    status: str
    value: Any = None
    right: bool = False
    type_name: str = ""
    failed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    slow: bool = False


@dataclass(frozen=True)
class CaseKey:
    """A case with its expected output and the answers of the misconceptions that fail it.

    ``withheld`` and ``again`` are as of `grader.exercises.model.Case`; what is withheld never
    crosses to the untrusted side.
    """

    label: str
    inputs: dict[str, Any]
    expected: Any
    edge: bool
    scenario: str
    compare: bool
    shapes: bool
    properties: tuple[str, ...]
    rtol: float
    atol: float
    seconds: float | None
    answers: dict[str, Answer] = field(default_factory=dict)
    withheld: dict[str, Any] = field(default_factory=dict, metadata=SPARSE)
    again: str | None = field(default=None, metadata=SPARSE)

    @cached_property
    def packed(self) -> bytes:
        """The inputs as the codec's bytes, made once for all submissions."""
        return codec.dumps(self.inputs)

    @cached_property
    def room(self) -> int:
        """Bytes that an output may take in grading: some times what the largest known one does."""
        known = [self.expected, *(answer.value for answer in self.answers.values())]
        return ROOM + ROOM_FACTOR * max(len(codec.dumps(value, KEY_LIMITS)) for value in known)


@dataclass(frozen=True)
class ScenarioKey:
    """A driver's source; see `grader.exercises.model.Scenario`."""

    source: str
    uses: tuple[str, ...]
    otherwise: str | None


@dataclass(frozen=True)
class PropertyKey:
    """A property's source and sentence; see `grader.exercises.model.Property`."""

    source: str
    sentence: str


@dataclass(frozen=True)
class ExerciseKey:
    """Everything needed to judge one exercise.

    Attributes:
        name: of the function or class.
        points: what it is worth.
        scenarios: drivers of its cases, by name.
        properties: what an output must have, by name.
        misconceptions: the sentence of each, by name.
        cases: what is checked.
        results: names of what the function gives, where it gives several things.
        loops: whether a Python loop is what a case against the clock looks for.
    """

    name: str
    points: float
    scenarios: dict[str, ScenarioKey]
    properties: dict[str, PropertyKey]
    misconceptions: dict[str, str]
    cases: tuple[CaseKey, ...]
    results: tuple[str, ...] = field(default=(), metadata=SPARSE)
    loops: bool = field(default=False, metadata=SPARSE)

    @property
    def companions(self) -> tuple[str, ...]:
        """Names of the other exercises whose implementations the scenarios use."""
        return tuple(sorted({name for s in self.scenarios.values() for name in s.uses}))


@dataclass(frozen=True)
class QuestionKey:
    """A concept question; ``answer``, ``why`` and ``rubric`` are empty in a public key."""

    name: str
    points: float
    kind: str
    letters: tuple[str, ...]
    answer: Any = None
    tolerance: float = 0.0
    why: dict[str, str] = field(default_factory=dict)
    rubric: str = ""


@dataclass(frozen=True)
class Key:
    """The answer key of one chapter: ``assignment`` names it, ``release`` tells seeds apart."""

    assignment: str
    release: str
    hidden: bool
    exercises: dict[str, ExerciseKey]
    questions: dict[str, QuestionKey]


_NESTED: dict[tuple[type, str], type] = {
    (Key, "exercises"): ExerciseKey,
    (Key, "questions"): QuestionKey,
    (ExerciseKey, "scenarios"): ScenarioKey,
    (ExerciseKey, "properties"): PropertyKey,
    (ExerciseKey, "cases"): CaseKey,
    (CaseKey, "answers"): Answer,
}


def to_data(value: Any) -> Any:
    """A key as plain data: dataclasses become dicts of their fields."""
    if is_dataclass(value) and not isinstance(value, (type, codec.Opaque)):
        return {
            f.name: to_data(getattr(value, f.name))
            for f in fields(value)
            if not f.metadata.get("sparse") or getattr(value, f.name)
        }
    if type(value) is dict:
        return {key: to_data(part) for key, part in value.items()}
    if type(value) is tuple:
        return tuple(to_data(part) for part in value)
    return value


def from_data(kind: type, data: Mapping[str, Any]) -> Any:
    """The inverse of `to_data` for a dataclass ``kind``."""
    values = dict(data)
    for (owner, name), part in _NESTED.items():
        if owner is not kind:
            continue
        if isinstance(values[name], tuple):
            values[name] = tuple(from_data(part, item) for item in values[name])
        else:
            values[name] = {key: from_data(part, item) for key, item in values[name].items()}
    return kind(**values)


def pack(key: Key) -> bytes:
    """The content of a key's file."""
    return codec.dumps({"format": FORMAT, "key": to_data(key)}, KEY_LIMITS)


def save(key: Key, path: Path) -> None:
    """Write a key file."""
    path.write_bytes(pack(key))


def load(path: Path) -> Key:
    """Read a key file. Raises `KeyFileError` if it is not one, `OSError` if it cannot be read."""
    try:
        data = codec.loads(path.read_bytes(), KEY_LIMITS)
        if data["format"] != FORMAT:
            raise KeyFileError(f"{path} is an answer key of another version: build it again")
        key = from_data(Key, data["key"])
    except (codec.CodecError, KeyError, TypeError) as error:
        raise KeyFileError(f"{path} is not an answer key: build it again") from error
    assert isinstance(key, Key)
    return key
