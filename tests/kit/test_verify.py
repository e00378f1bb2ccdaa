"""Rule 10 on a toy chapter: what verify finds, and what it does not complain about."""

import dataclasses
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from grader.keys.compile import (
    PUBLIC_SEED,
    Runner,
    compile_exercise,
    compile_key,
    left_as_it_was,
)
from grader.keys.verify import solve, verify_chapter
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


def test_a_misconception_that_passes_is_a_problem(chapter):
    exercise = chapter.exercises["row_means"]
    harmless = dataclasses.replace(
        exercise.misconceptions[0], implementation=lambda X: np.mean(X, axis=1)
    )
    spoilt = dataclasses.replace(exercise, misconceptions=(harmless,))
    bad = dataclasses.replace(chapter, exercises={"row_means": spoilt})
    (problem, *_) = [p for p in verify_chapter(bad) if "full marks" in p.text]
    lines = Path(toy.__file__).read_text().split("\n")
    line = lines.index("columns: You averaged over the columns.") + 2  # where its code begins
    assert str(problem).startswith(f"tests/kit/toy.py:{line}: ")


def test_a_trivial_answer_that_scores_is_a_problem(chapter):
    from grader.exercises import Case

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
