"""Cases that judge another case's output once more, and data that never reaches the learner."""

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, DefinitionError, ExerciseDefinition
from grader.keys.checks import solve
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise, compile_key
from grader.keys.verify import verify_chapter
from pix2net.judging.answer_key import load, save, to_data

SECRET = [3, 1, 4, 1, 5]


def chapter_with(again="five digits"):
    """An exercise that is judged by digits that it must guess, in two steps from one call."""
    exercise = ExerciseDefinition(points=4, costly=True)

    @exercise.reference
    def guessed(count):
        """Digits that the keeper has in mind.

        count  how many
        Returns (count,) integers.
        """
        calls.append(count)
        return np.array([3, 1, 4, 1, 5])[:count]

    @exercise.property("Fewer than three digits are right.")
    def some(inputs, output):
        return np.sum(np.equal(output, inputs["digits"])) >= 3

    @exercise.property("Not every digit is right.")
    def every(inputs, output):
        return all(np.equal(output, inputs["digits"]))

    @exercise.cases
    def _(rng):
        kept = {"compare": False, "withheld": {"digits": SECRET}}
        yield Case("five digits", {"count": 5}, properties=("some",), **kept)
        yield Case("all of them", {}, edge=True, again=again, properties=("every",), **kept)

    exercise.wrong_ways("""
threes: These are all threes.
    calls.append(count)
    return np.full(count, 3)

halves: These are no digits.
    calls.append(count)
    return np.full(count, 0.5)

one-short: One digit is missing.
    return reference(count)[1:]
""")
    return ChapterDefinition("78_toy", "A toy", [exercise]).build()


calls: list[int] = []


@pytest.fixture
def key(monkeypatch):
    built = chapter_with()
    made = compile_exercise(built.exercises["guessed"], built, PUBLIC_SEED, hidden=False)
    calls.clear()
    return made


def test_an_output_is_judged_twice_and_made_once(key):
    told = solve(key, Runner(key, {}), chapter_with().exercises["guessed"].reference)
    assert told.passed
    assert calls == [5]


def test_the_second_judgement_is_worth_a_share_of_its_own(key):
    verdict = solve(key, Runner(key, {}), lambda count: np.array([3, 1, 4, 0, 0]))
    assert [check.passed for check in verdict.checks] == [True, False]
    assert verdict.score == 2
    assert solve(key, Runner(key, {}), lambda count: np.zeros(count, int)).score == 0


def test_what_is_withheld_is_no_input(key):
    seen = {}
    solve(key, Runner(key, {}), lambda **given: seen.update(given) or np.zeros(5, int))
    solve(key, Runner(key, {}), lambda *given: seen.update({0: given}) or np.zeros(5, int))
    assert seen == {0: (5,)}


def test_both_survive_the_file_of_a_key_and_leave_no_trace_where_they_are_not_used(tmp_path, key):
    built = chapter_with()
    save(compile_key(built, 2**130, hidden=True), tmp_path / "a.key")
    first, second = load(tmp_path / "a.key").exercises["guessed"].cases
    assert (first.withheld, first.again) == ({"digits": SECRET}, None)
    assert second.again == "five digits"
    assert "again" not in to_data(first)


def test_a_costly_exercise_is_verified_with_one_hidden_key():
    calls.clear()
    found = list(verify_chapter(chapter_with()))
    assert all("only looks up" in problem.text for problem in found)  # its digits never change
    # Public key and one hidden key: the reference and three misconceptions, each once. And the
    # reference on the public key, for what can be looked up there.
    assert len(calls) == 2 * (1 + 3) + 1


def test_a_case_can_only_judge_again_what_stands_before_it():
    built = chapter_with(again="all of them")
    with pytest.raises(DefinitionError, match="judges again"):
        compile_exercise(built.exercises["guessed"], built, PUBLIC_SEED, hidden=False)
