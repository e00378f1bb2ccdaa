"""A backward is tried with its own forward, then with the documented cache; right with either is
right, in the notebook, in verifying and in grading alike."""

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.keys.checks import solve
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise, compile_key
from pix2net.desk.checking import verdict_on
from pix2net.judging.answer_key import save
from pix2net.judging.attempts import attempt
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import Judge

of_squared = ExerciseDefinition(points=1)


@of_squared.reference
def squared(x):
    """x * x.

    Returns:
        (out, cache): the square; cache is what squared_backward needs. If in doubt, take x.
    """
    return x * x, x


@of_squared.scenario()
def output(squared, x):
    return squared(x)[0]


@of_squared.cases
def _(rng):
    yield Case("numbers", {"x": rng.normal(size=9)}, scenario="output")
    yield Case("an even row", {"x": rng.normal(size=8)}, scenario="output", edge=True)


of_backward = ExerciseDefinition(points=2)


@of_backward.reference
def squared_backward(dout, cache):
    """The gradient towards x."""
    return 2 * cache * dout


@of_backward.scenario(uses=("squared",), otherwise="stated")
def own(squared_backward, squared, x, dout):
    return squared_backward(dout, squared(x)[1])


@of_backward.scenario()
def stated(squared_backward, x, dout):
    return squared_backward(dout, x)


@of_backward.cases
def _(rng):
    for label, n in (("numbers", 9), ("more", 11), ("an even row", 8)):
        inputs = {"x": rng.normal(size=n), "dout": rng.normal(size=n)}
        yield Case(label, inputs, scenario="own", edge=n == 8)


of_backward.wrong_ways("""
forgot-dout: You left dout out.
    return 2 * cache + 0 * dout
""")

chapter = ChapterDefinition("79_caches", "Caches", [of_squared, of_backward])


def own_cache(x):
    """A forward with another cache than the docstring's."""
    return x * x, {"input": x}


def own_backward(dout, cache):
    return 2 * dout * cache["input"]


def half_right(x):
    """A forward that fails its edge check alone."""
    return x * x if len(x) % 2 else x, {"input": x}


def broken_for_even(x):
    if len(x) % 2 == 0:
        raise ValueError("even")
    return x * x, {"input": x}


def by_itself(x):
    """A right forward whose cache no backward of the docstring's kind can use."""
    return x * x, None


PAIRS = [
    # forward, backward, score of backward, words in its first message
    (squared, squared_backward, 2, None),
    (own_cache, own_backward, 2, None),
    (half_right, own_backward, 2, None),
    (broken_for_even, own_backward, 1.3333, "since yours is not right yet"),
    (by_itself, squared_backward, 2, "the two do not fit together yet"),
    (lambda x: x * x, squared_backward, 2, "the two do not fit together yet"),
    (None, squared_backward, 2, "there is none of yours"),
    (own_cache, lambda dout, cache: 3 * dout, 0, "are wrong"),
    (half_right, lambda dout, cache: 3 * dout, 0, "since yours is not right yet"),
    (own_cache, lambda dout, cache: 2 * cache["input"], 0, "You left dout out."),
]


@pytest.fixture
def built():
    return chapter.build()


@pytest.mark.parametrize(("forward", "backward", "score", "words"), PAIRS)
def test_a_notebook_says_so(built, tmp_path, monkeypatch, forward, backward, score, words):
    (tmp_path / "keys").mkdir()
    key = compile_key(built, PUBLIC_SEED, hidden=False)
    save(key, tmp_path / "keys" / "79_caches.key")
    monkeypatch.setenv("COURSE_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    names = {"squared_backward": backward} | ({"squared": forward} if forward else {})
    verdict = verdict_on("squared_backward", names)
    assert verdict.score == score
    messages = [check.message for check in verdict.checks if check.message]
    assert any(words in told for told in messages) if words else messages == []


@pytest.mark.parametrize(
    ("forward", "backward", "score", "words"), [pair for pair in PAIRS if pair[0]]
)
def test_verifying_says_so(built, forward, backward, score, words):
    exercise = built.exercises["squared_backward"]
    key = compile_exercise(exercise, built, PUBLIC_SEED, hidden=False)
    run = Runner(key, {name: e.reference for name, e in built.exercises.items()})
    assert solve(key, run, backward, {"squared": forward}).score == score


@pytest.fixture
def case(built):
    key = compile_exercise(built.exercises["squared_backward"], built, PUBLIC_SEED, hidden=False)
    return Judge(key, reveal=True), key.cases[0]


def asked_for(case, answers, **known):
    judge, one = case
    asked = []

    def call(scenario):
        asked.append(scenario)
        return answers[scenario]

    return attempt(judge, one, call, **known), asked


def test_what_is_right_with_its_own_is_not_asked_again(case):
    right = Outcome("returned", case[1].expected)
    found, asked = asked_for(case, {"own": right}, there=["squared"], right=[])
    assert (found.outcome, found.note, asked) == (right, "", ["own"])


def test_a_forward_that_ended_its_process_is_left_alone(case):
    right = Outcome("returned", case[1].expected)
    found, asked = asked_for(case, {"stated": right}, there=[], right=[])
    assert (found.outcome, asked) == (right, ["stated"])


def test_the_better_of_two_wrong_ones_is_told(case):
    listed = Outcome("returned", case[1].expected.tolist())
    wrong = Outcome("returned", case[1].expected + 1)
    for answers in ({"own": listed, "stated": wrong}, {"own": wrong, "stated": listed}):
        found, asked = asked_for(case, answers, there=["squared"], right=["squared"])
        assert (found.outcome, asked) == (listed, ["own", "stated"])


def test_what_cannot_be_compared_is_worth_nothing_and_ends_nothing(case):
    class Odd(np.ndarray):
        def __array_function__(self, *_):
            raise RuntimeError("no")

    odd = Outcome("returned", np.zeros(9).view(Odd))
    found, _ = asked_for(case, {"own": odd, "stated": odd}, there=["squared"], right=["squared"])
    assert found.outcome is odd
