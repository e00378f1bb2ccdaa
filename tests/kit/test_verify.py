"""Rule 10 on a toy chapter: what verify finds, and what it does not complain about."""

import dataclasses
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition, Table
from grader.exercises.places import place_of
from grader.keys.checks import solve
from grader.keys.compile import (
    PUBLIC_SEED,
    Runner,
    compile_exercise,
    compile_key,
    left_as_it_was,
)
from grader.keys.verify import main, verify_chapter
from pix2net.judging import codec
from pix2net.judging.answer_key import load, save, to_data
from pix2net.judging.judge import judge_question
from tests.kit import toy


@pytest.fixture(scope="module")
def chapter():
    return toy.chapter.build()


def verdict(chapter, name, implementation, *, hidden=True):
    key = compile_exercise(chapter.exercises[name], chapter, 2**130, hidden=hidden)
    run = Runner(key, {n: e.reference for n, e in chapter.exercises.items()})
    return solve(key, run, implementation)


def test_a_sound_chapter_has_no_problems(chapter):
    assert list(verify_chapter(chapter)) == []


def of_sums(cases=None, wrong=""):
    """An exercise like the toy's first, with cases and a table of one's own."""
    exercise = ExerciseDefinition(points=2)

    @exercise.reference
    def row_sums(X):
        """Sum of each row."""
        return X.sum(axis=1)

    @exercise.cases
    def _(rng):
        yield Case("a few rows", {"X": rng.normal(size=(4, 3))})
        yield Case("other rows", {"X": rng.normal(size=(3, 4))})

    if cases is not None:
        exercise.cases(cases)
    exercise.wrong_ways(wrong or THREE)
    return exercise


THREE = Table("""
columns: You summed the columns.
    return X.sum(axis=0)

means: You took means.
    return X.mean(axis=1)

products: You multiplied.
    return X.prod(axis=1)
""")


def problems_of(**parts):
    return list(verify_chapter(ChapterDefinition("77_sums", "Sums", [of_sums(**parts)]).build()))


def line_of(words):
    """The place of the first line of this file that holds some words, joined by a blank."""
    lines = Path(__file__).read_text().split("\n")
    found = next(i for i, text in enumerate(lines, start=1) if " ".join(words) in text)
    return f"tests/kit/{Path(__file__).name}:{found}"


def test_a_misconception_that_passes_is_told_with_the_line_it_stands_in():
    assert problems_of() == []
    (problem, *_) = problems_of(
        wrong=Table("""
columns: You summed the columns.
    return X.sum(axis=0)

right: You are right.
    return X.T.sum(0)

means: You took means.
    return X.mean(axis=1)
""")
    )
    place = line_of(["return", "X.T.sum(0)"])
    said = "misconception 'right' gets full marks (public and hidden key)"
    assert str(problem) == f"{place}: 77_sums: row_sums: {said}"


def test_an_exercise_needs_three_misconceptions():
    (problem,) = problems_of(
        wrong=Table("""
columns: You summed the columns.
    return X.sum(axis=0)

means: You took means.
    return X.mean(axis=1)
""")
    )
    assert problem.text == "it has 2 misconceptions, and needs 3 at least"
    assert problem.place == line_of(["@exercise.reference"])


@pytest.mark.parametrize("makes", ["nothing", "no generator"])
def test_cases_that_yield_none_are_told_as_such(makes):
    def nothing(rng):
        yield from ()

    def no_generator(rng):
        Case("forgot to yield it", {"X": rng.normal(size=(4, 3))})

    cases = nothing if makes == "nothing" else no_generator
    (problem,) = problems_of(cases=cases)
    assert problem.text == "its cases yield no case"
    assert problem.place == place_of(cases)


def test_cases_that_cannot_be_drawn_are_told_with_the_line_that_fails():
    def cases(rng):
        yield Case("a few rows", {"X": rng.normal(size=(4, 3))})
        yield Case("more", {"X": rng.normal(sizes=3)})

    (problem,) = problems_of(cases=cases)
    assert "its cases cannot be drawn: TypeError" in problem.text
    assert problem.place == line_of(["rng.normal(sizes=3)"])


def test_a_reference_whose_cases_are_all_edge_cases_is_told():
    def cases(rng):
        yield Case("a few rows", {"X": rng.normal(size=(4, 3))}, edge=True)

    assert any(
        "all its cases are edge cases" in problem.text for problem in problems_of(cases=cases)
    )


def test_a_misconception_that_fails_for_want_of_a_name_is_an_error_of_its_table():
    problems = problems_of(
        wrong=Table("""
columns: You summed the columns.
    return X.sum(axis=0)

misspelt: You took means.
    return nump.mean(X, axis=1)

unbound: You never began at 0.
    for row in X:
        total += row
    return total

not there: You used another library.
    import nump.linalg
    return nump.linalg.norm(X)

wide: You took three rows or more for one.
    return X.sum() if len(X) < 4 else undefined(X)
""")
    )
    told = {problem.text.partition(" (")[0]: problem for problem in problems}
    start = "fails for want of a name, so its entry in the table is wrong: "
    assert set(told) == {
        f"misconception 'misspelt' {start}NameError: name 'nump' is not defined",
        f"misconception 'unbound' {start}UnboundLocalError: cannot access local variable 'total' "
        "where it is not associated with a value",
        f"misconception 'not there' {start}ModuleNotFoundError: No module named 'nump'",
    }
    assert problems[0].place == line_of(["return", "nump.mean(X, axis=1)"])


def test_a_trivial_answer_that_scores_is_a_problem(chapter):
    def cases(rng):
        yield Case("all zeros", {"X": np.zeros((3, 4))})

    exercise = dataclasses.replace(
        chapter.exercises["row_means"], cases=cases, hidden_cases=None, misconceptions=()
    )
    bad = dataclasses.replace(chapter, exercises={"row_means": exercise})
    assert any("trivial answer zeros" in p.text for p in verify_chapter(bad))


def test_partial_credit_needs_every_ordinary_case(chapter):
    wraps = verdict(chapter, "row_means", lambda X: X.sum(axis=1, dtype=X.dtype) / X.shape[1])
    assert 0 < wraps.score < wraps.max_score
    assert verdict(chapter, "row_means", lambda X: X.mean(axis=0)).score == 0


def test_the_misconception_is_named_per_check(chapter):
    result = verdict(chapter, "row_means", lambda X: np.average(X, axis=0))
    assert result.checks[0].misconception == "columns"
    assert result.checks[0].message == "You averaged over the columns."


def test_a_property_is_held_against_random_outputs(chapter):
    result = verdict(chapter, "shuffled", lambda x, rng: x[::-1])
    assert result.passed  # another order with every entry: all that these properties ask for
    assert not verdict(chapter, "shuffled", lambda x, rng: x).passed
    assert not verdict(chapter, "shuffled", lambda x, rng: 0 * x).passed


def test_hidden_seeds_give_other_inputs_and_a_seed_gives_the_same(chapter):
    one = compile_key(chapter, 2**130, hidden=True)
    same = compile_key(chapter, 2**130, hidden=True)
    other = compile_key(chapter, 2**130 + 1, hidden=True)
    inputs = [k.exercises["row_means"].cases[0].inputs["X"].ravel()[0] for k in (one, same, other)]
    assert inputs[0] == inputs[1] != inputs[2]


def test_a_public_key_holds_no_answer_to_a_question(chapter, tmp_path):
    key = compile_key(chapter, PUBLIC_SEED, hidden=False)
    assert all(q.answer is None and q.why == {} for q in key.questions.values())


def test_a_key_survives_its_file(chapter, tmp_path):
    key = compile_key(chapter, 2**130, hidden=True)
    save(key, tmp_path / "toy.key")
    again = load(tmp_path / "toy.key")
    assert again.questions == key.questions
    assert again.exercises["row_means"].misconceptions == key.exercises["row_means"].misconceptions
    np.testing.assert_array_equal(
        again.exercises["row_means"].cases[0].expected, key.exercises["row_means"].cases[0].expected
    )


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("q_one", "a", True), ("q_one", " A ", True), ("q_one", "b", False), ("q_one", None, False),
        ("q_one", ["a"], False), ("q_even", ["c", "a"], True), ("q_even", ["a"], False),
        ("q_even", ["a", "b", "c"], False), ("q_even", "ac", True), ("q_pi", 3.14, True),
        ("q_pi", np.float64(3.1), True), ("q_pi", 3.2, False), ("q_pi", float("nan"), False),
        ("q_pi", True, False), ("q_pi", "3.1", False),
    ],
)  # fmt: skip
def test_questions_are_judged_by_their_hidden_answer(chapter, name, value, right):
    key = compile_key(chapter, 2**130, hidden=True).questions[name]
    result = judge_question(key, value)
    assert result.passed is right
    assert result.score == (key.points if right else 0)
    assert result.checks[0].message


def test_an_answer_that_remembers_is_compiled_and_judged_the_same_every_time(chapter):
    """A mistake whose memory outlives its call must not make one key differ from the next."""

    def remembers(X):
        kept = vars(remembers).setdefault("kept", [])
        kept.append(len(X))
        remembers.calls = len(kept)
        return np.mean(X, axis=1) + len(kept)

    exercise = chapter.exercises["row_means"]
    wrong = dataclasses.replace(exercise.misconceptions[0], implementation=remembers)
    spoilt = dataclasses.replace(exercise, misconceptions=(wrong,))
    bad = dataclasses.replace(chapter, exercises={"row_means": spoilt})
    keys = [codec.dumps(to_data(compile_key(bad, PUBLIC_SEED, hidden=False))) for _ in range(2)]
    assert keys[0] == keys[1]
    found = [verdict(chapter, "row_means", remembers).as_json() for _ in range(2)]
    assert found[0] | {"seconds": 0} == found[1] | {"seconds": 0}
    assert vars(remembers) == {}


def test_what_a_class_shares_is_put_back(chapter):
    class Counter:
        made: ClassVar = []
        name = "first"

    with left_as_it_was(Counter):
        Counter.made.append(1)
        Counter.name, Counter.extra = "second", 2
    assert (Counter.made, Counter.name, hasattr(Counter, "extra")) == ([], "first", False)


def test_more_hidden_keys_are_looked_at_if_wanted(monkeypatch, capsys):
    looked_at = []

    def verified(exercises, chapter, seeds, workshop):
        looked_at.append(len(set(seeds)))
        return iter(())

    monkeypatch.setattr("grader.keys.verify.verify_exercises", verified)
    assert main(["accuracy"]) == main(["accuracy", "--keys", "30"]) == 0
    assert looked_at == [2, 32]
    assert capsys.readouterr().out.startswith("00_workflow: 1 exercises, 0 problems")
