"""Mutates references and lists the mutants that the checks do not catch.

``python -m grader.keys.mutate [CHAPTER | EXERCISE ...]``. A mutant is the reference with one small
change: an operator, a comparison, a constant, a sign, a call or a slice left out, a statement
deleted. One that passes every check is a survivor: either the checks have a hole, or the change
makes no difference; then ``solutions/equivalent_mutants.toml`` says why, one entry a mutant.
"""

from __future__ import annotations

import ast
import copy
import importlib
import sys
import time
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.exercises.model import Chapter, Exercise
from grader.exercises.registry import HIDDEN
from grader.exercises.tables import source_of
from grader.keys.compile import Runner, bare_key, left_as_it_was
from grader.keys.verify import chosen, ended
from grader.keys.workshop import TEST_SEEDS
from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome

EQUIVALENT = "equivalent_mutants.toml"
# A case of a mutant is stopped after so many times the CPU seconds that the reference takes for the
# slowest one of its key, and so many more.
SLOWER, LONGER = 20, 1.0

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {
    "argmin": "argmax", "argmax": "argmin", "min": "max", "max": "min", "minimum": "maximum",
    "maximum": "minimum", "floor": "ceil", "ceil": "floor", "zeros": "ones", "ones": "zeros",
    "sum": "mean", "mean": "sum", "std": "var", "rint": "floor", "round": "floor",
    "zeros_like": "ones_like", "ones_like": "zeros_like", "float64": "float32",
    "exp": "expm1", "log": "log1p", "sin": "cos", "cos": "sin", "any": "all", "all": "any",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One changed reference: what was changed (with its line's text) and the changed source."""

    exercise: str
    change: str
    source: str


def mutants(exercise: Exercise) -> Iterator[Mutant]:
    """Every mutant of an exercise's reference."""
    source = source_of(exercise.reference)
    tree = _without_annotations(ast.parse(source))
    lines = source.splitlines()
    for index, node in enumerate(ast.walk(tree)):
        for change, replace in _changes(node):
            mutant = copy.deepcopy(tree)
            replace(_Place(mutant, index))
            text = ast.unparse(ast.fix_missing_locations(mutant))
            line = lines[node.lineno - 1].strip() if hasattr(node, "lineno") else ""
            yield Mutant(exercise.name, f"{change}: {line}", text)


def _without_annotations(tree: ast.Module) -> ast.Module:
    """The tree with its functions' annotations taken out: no check can see a change of those."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    return tree


class _Place:
    """A node of a copied tree, found by its place in the walk, and the means to change it."""

    def __init__(self, tree: ast.AST, index: int) -> None:
        self.node: Any = list(ast.walk(tree))[index]
        self._tree = tree

    def become(self, other: ast.AST) -> None:
        """Put ``other`` where the node stands."""
        for parent in ast.walk(self._tree):
            for name, value in ast.iter_fields(parent):
                if value is self.node:
                    setattr(parent, name, other)
                    return
                if isinstance(value, list) and any(part is self.node for part in value):
                    setattr(parent, name, [other if p is self.node else p for p in value])
                    return


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """(description, function of a `_Place`) for every change of this node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        other = COMPARISONS[type(node.ops[0])]
        yield f"comparison to {other.__name__}", lambda at: at.node.ops.__setitem__(0, other())
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS:
        op = OPERATORS[type(node.op)]
        yield f"operator to {op.__name__}", lambda at: setattr(at.node, "op", op())
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    if isinstance(node, ast.UnaryOp):
        yield "unary operator left out", lambda at: at.become(at.node.operand)
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        name = NAMES[node.attr]
        yield f"{node.attr} to {name}", lambda at: setattr(at.node, "attr", name)
    if isinstance(node, ast.Call):
        yield from _calls(node)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield "subscript left out", lambda at: at.become(at.node.value)
    if isinstance(node, ast.IfExp):
        yield "always the first", lambda at: at.become(at.node.body)
        yield "always the second", lambda at: at.become(at.node.orelse)
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr)) and not _is_docstring(node):
        yield "statement deleted", lambda at: at.become(ast.Pass())


def _constants(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield f"{value} to {not value}", lambda at: setattr(at.node, "value", not value)
    elif isinstance(value, int):
        for other in (value + 1, value - 1):
            yield f"{value} to {other}", lambda at, v=other: setattr(at.node, "value", v)
    elif isinstance(value, float):
        for scaled in (value * 2 or 1.0, value / 2 if value else -1.0):
            yield f"{value} to {scaled}", lambda at, v=scaled: setattr(at.node, "value", v)
    elif value is None:
        yield "None to 0", lambda at: setattr(at.node, "value", 0)


def _calls(node: ast.Call) -> Iterator[tuple[str, Any]]:
    if isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
    ):
        yield f".{node.func.attr}() left out", lambda at: at.become(at.node.func.value)
    if node.args:
        yield "call replaced by its first argument", lambda at: at.become(at.node.args[0])
    if len(node.args) > 1:
        yield "call replaced by its second argument", lambda at: at.become(at.node.args[1])
    for i, keyword in enumerate(node.keywords):
        yield f"argument {keyword.arg} left out", lambda at, k=i: at.node.keywords.pop(k)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def survivors(
    exercise: Exercise, chapter: Chapter, among: Iterable[Mutant] | None = None
) -> Iterator[Mutant]:
    """The mutants of an exercise, or those among some of them, that pass every hidden check."""
    keys = [bare_key(exercise, chapter, seed, hidden=True) for seed in TEST_SEEDS]
    trials = [Trial(key, exercise, chapter) for key in keys]
    for mutant in mutants(exercise) if among is None else among:
        implementation = _load(mutant, exercise.reference)
        if implementation is not None and all(trial.passed_by(implementation) for trial in trials):
            yield mutant


class Trial:
    """Holds implementations against one key, up to the first case that they do not pass."""

    def __init__(self, key: ExerciseKey, exercise: Exercise, chapter: Chapter) -> None:
        """Take a key, and see how long the reference takes for it."""
        references = {name: e.reference for name, e in chapter.exercises.items()}
        run = Runner(key, references)
        with left_as_it_was(exercise.reference):
            slowest = max(run(case, exercise.reference).seconds for case in _run_once(key))
        self._cases = key.cases
        self._run = Runner(key, references, default_seconds=SLOWER * slowest + LONGER)

    def passed_by(self, implementation: Any) -> bool:
        """Whether an implementation passes all cases."""
        outcomes: dict[str, Outcome] = {}
        with left_as_it_was(implementation):
            for case in self._cases:
                again = outcomes.get(case.again or "")
                outcome = again or self._run.attempt(case, implementation).outcome
                outcomes[case.label] = outcome
                if self._run.judge.credit(case, outcome) < 1:
                    return False
        return True


def _run_once(key: ExerciseKey) -> list[CaseKey]:
    return [case for case in key.cases if case.again is None]


def _load(mutant: Mutant, reference: Any) -> Any:
    module = sys.modules[reference.__module__]
    namespace = dict(vars(module))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            exec(compile(mutant.source, "<mutant>", "exec"), namespace)
    except Exception:  # it does not even define itself: caught
        return None
    return namespace[mutant.exercise]


@dataclass(frozen=True)
class Equivalent:
    """Why a mutant makes no difference, as ``solutions/equivalent_mutants.toml`` says."""

    exercise: str
    change: str
    reason: str


def equivalent() -> list[Equivalent]:
    """All explanations of survivors."""
    path = Path(importlib.import_module(HIDDEN).__path__[0]) / EQUIVALENT
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return [Equivalent(e["exercise"], e["change"], e["reason"]) for e in entries]


def unexplained(found: Iterable[Mutant], known: Iterable[Equivalent]) -> list[str]:
    """A sentence for each survivor that nobody has explained."""
    explained = {(e.exercise, e.change) for e in known}
    return [
        f"{m.exercise}: no case notices this change, and {EQUIVALENT} does not say why: {m.change}"
        for m in found
        if (m.exercise, m.change) not in explained
    ]


def idle(exercise: Exercise, found: Iterable[Mutant], known: Iterable[Equivalent]) -> list[str]:
    """A sentence for each explanation of an exercise's mutants that explains no survivor."""
    changes = {mutant.change for mutant in found}
    return [
        f"{exercise.name}: {EQUIVALENT} explains what does not survive: {e.change}"
        for e in known
        if e.exercise == exercise.name and e.change not in changes
    ]


def main(arguments: Sequence[str]) -> int:
    """Print survivors that nobody has explained, and explanations of none; 1 if there are any."""
    known, count, problems = equivalent(), 0, list[str]()
    for chapter, exercises in chosen(arguments):
        for exercise in exercises:
            if exercise.costly:
                print(f"{chapter.name}: {exercise.name}: left out: every run of it takes seconds")
                continue
            made, start = list(mutants(exercise)), time.process_time()
            found = list(survivors(exercise, chapter, made))
            told = unexplained(found, known) + idle(exercise, found, known)
            count, problems = count + len(made), problems + told
            seconds = time.process_time() - start
            print(f"{chapter.name}: {exercise.name}: {len(made)} mutants, {len(found)} survive, "
                  f"{seconds:.1f} s", *told, sep="\n    ", flush=True)  # fmt: skip
    print(f"{count} mutants, {len(problems)} problems")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(ended(main, sys.argv[1:]))
