"""A mistake is named where the answers speak for it, not where a few numbers agree by chance."""

from dataclasses import replace

import numpy as np
import pytest

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.keys.checks import solve
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise
from pix2net.desk.render import as_text, summary
from pix2net.judging.closeness import Tolerance
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import judge_exercise
from pix2net.judging.transforms import relations

of_positives = ExerciseDefinition(points=1)


@of_positives.reference
def positives(x):
    """How many entries of x are positive."""
    return int((x > 0).sum())


@of_positives.cases
def _(rng):
    yield Case("two of three", {"x": np.array([1.0, -2.0, 3.0])})
    yield Case("one of four", {"x": np.array([-1.0, 0.0, 3.0, -4.0])})


of_positives.wrong_ways("""
all: You counted all entries.
    return len(x)
""")


of_shifted = ExerciseDefinition(points=1)


@of_shifted.reference
def shifted(x):
    """x + 1."""
    return x + 1


@of_shifted.cases
def _(rng):
    yield Case("numbers", {"x": rng.normal(size=9)})
    yield Case("whole numbers", {"x": np.arange(9)}, edge=True)


of_shifted.wrong_ways("""
down: You went down.
    return x - 1
""")


def verdict(exercise, answer):
    built = chapter.build()
    references = {name: e.reference for name, e in built.exercises.items()}
    key = compile_exercise(built.exercises[exercise], built, PUBLIC_SEED, hidden=False)
    return solve(key, Runner(key, references), answer, {})


def told(exercise, answer):
    """What is told of each case that fails."""
    checks = verdict(exercise, answer).checks
    return [check.message for check in checks if not check.passed]


def test_a_count_that_agrees_everywhere_is_named():
    assert told("positives", np.size) == ["You counted all entries."] * 2


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: 3,
        lambda x: 3 if len(x) == 3 else positives(x),
        lambda x: len(x) if len(x) < 4 else 2,
    ],
    ids=["another number", "right elsewhere", "by chance"],
)
def test_a_count_that_agrees_here_and_not_there_is_just_told(answer):
    first = told("positives", answer)[0]
    assert "You counted" not in first
    assert "wrong" in first


def test_many_numbers_speak_for_themselves():
    def answer(x):
        return x - 1 if x.dtype == np.float64 else 3 * x

    assert [text.startswith("You went down") for text in told("shifted", answer)] == [True, False]


def test_a_case_that_passes_speaks_against_a_mistake_that_fails_there():
    texts = told("shifted", lambda x: x - 1 if x.dtype == np.float64 else x + 1)
    assert len(texts) == 1
    assert "You went down" not in texts[0]


of_pair = ExerciseDefinition(points=1)


@of_pair.reference
def pair(x):
    """x and x + 1."""
    return x, x + 1


@of_pair.cases
def _(rng):
    yield Case("a number", {"x": 2.5})
    yield Case("numbers", {"x": rng.normal(size=9)})


of_pair.wrong_ways("""
one: You gave one of two.
    if isinstance(x, float):
        raise TypeError("no")
    return x
""")


of_scaled = ExerciseDefinition(points=1)


@of_scaled.reference
def scaled(X):
    """X minus its smallest entry, divided by its range.

    No Python loop over the rows.
    """
    return (X - X.min()) / (X.max() - X.min())


@of_scaled.cases
def _(rng):
    yield Case("two numbers", {"X": np.array([1.0, 4.0])})
    for n in (9, 10, 11):
        yield Case(f"{n} rows", {"X": rng.normal(size=(n, 4))})


of_scaled.wrong_ways("""
no-shift: You divided without a shift.
    return X / (X.max() - X.min())

one-for-all: You gave a single number.
    return np.full(X.shape, X.mean())

each-column: You took each column by itself.
    low, high = X.min(axis=0), X.max(axis=0)
    return (X - low) / (high - low)
""")


chapter = ChapterDefinition("78_counts", "Counts", [of_positives, of_shifted, of_pair, of_scaled])


def no_shift(X):
    return X / (X.max() - X.min())


def test_the_first_named_mistake_leads_before_shapes_and_numbers():
    def answer(X):
        return no_shift(X) if len(X) > 2 else X[None]

    first = verdict("scaled", answer).leading
    assert (first.label, first.misconception) == ("9 rows", "no-shift")
    assert verdict("scaled", answer).checks[0].message.startswith("The array that your function")
    assert summary(verdict("scaled", answer)).endswith("You divided without a shift.")
    assert "You divided without a shift." in as_text(verdict("scaled", answer), level=1)


def test_a_mistake_that_other_cases_speak_against_does_not_lead():
    def answer(X):
        return no_shift(X) if len(X) == 11 else 7 * scaled(X) ** 2 + X

    found = verdict("scaled", answer)
    assert found.checks[-1].misconception == "no-shift"
    assert found.leading is found.checks[0]


def test_a_simple_change_of_the_right_result_leads_before_shapes():
    def answer(X):
        return -scaled(X) if len(X) == 11 else scaled(X)[None]

    assert verdict("scaled", answer).leading.message.startswith("Your result has the wrong sign")

    def other(X):
        return answer(X) if len(X) > 2 else X[5]

    assert "IndexError" in verdict("scaled", other).leading.message


def test_one_number_for_all_is_known_in_either_form():
    assert verdict("scaled", lambda X: X.mean()).leading.misconception == "one-for-all"


def test_what_one_case_shows_beyond_doubt_is_no_chance_in_another():
    def answer(X):
        return no_shift(X) if len(X) < 11 else X

    names = [check.misconception for check in verdict("scaled", answer).checks]
    assert names == ["no-shift"] * 3 + [None]


def test_a_list_of_a_mistakes_numbers_is_that_mistake_and_single_precision_is_not():
    assert verdict("scaled", lambda X: no_shift(X).tolist()).leading.misconception == "no-shift"
    assert verdict("scaled", lambda X: scaled(X).tolist()).leading.misconception is None
    assert verdict("scaled", lambda X: scaled(X).astype(np.float32)).leading.misconception is None


def test_nothing_leads_where_nothing_fails():
    assert verdict("scaled", scaled).leading is None
    assert summary(verdict("scaled", scaled)) == "scaled: all checks pass."


def test_a_loop_is_asked_about_where_the_docstring_forbids_one():
    def slow_in(exercise):
        built = chapter.build()
        key = compile_exercise(built.exercises[exercise], built, PUBLIC_SEED, hidden=False)
        cases = tuple(replace(case, seconds=0.5) for case in key.cases)
        key = replace(key, cases=cases)
        outcomes = [Outcome("returned", case.expected, seconds=0.6) for case in cases]
        return judge_exercise(key, outcomes, reveal=True).checks[0].message

    assert slow_in("scaled").endswith("Is there a Python loop over the examples?")
    assert slow_in("positives").endswith("more than 0.5 s of computing time.")


def test_an_error_that_may_come_from_anywhere_names_no_mistake_that_other_cases_do_not_show():
    assert told("pair", lambda x: x[:])[0] == "You gave one of two."
    (raised,) = told("pair", lambda x: (x[:], x[:] + 1))
    assert raised.startswith("pair raised TypeError: 'float' object is not subscriptable.")


def test_a_simple_change_of_one_part_is_not_said_of_the_whole():
    assert told("pair", lambda x: (x, -x - 1))[0].startswith(
        "Value 2 of your result has the wrong sign"
    )
    assert told("shifted", lambda x: -x - 1)[0].startswith("Your result has the wrong sign")


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (np.trunc, "has the right numbers without their fractions"),
        (np.round, "has the right numbers, but rounded"),
        (abs, "has the right numbers without their signs"),
        (lambda right: np.maximum(right, 0), "has 0 in the place of what is negative"),
        (lambda right: np.where(np.arange(len(right)) == 0, right, 0), "is right at index 0 and 0"),
        (lambda right: np.where(np.arange(len(right)) == 8, right, 0), "at the last index and 0"),
    ],
)
def test_what_was_lost_on_the_way_to_the_right_numbers_is_told(lost, said):
    assert said in told("pair", lambda x: (x, lost(x + 1) if np.ndim(x) else x + 1))[0]


def test_a_loss_that_only_some_of_the_wrong_cases_show_is_not_told():
    (text, _) = told("shifted", lambda x: abs(x + 1) if x.dtype == np.float64 else x + 2)
    assert "wrong in" in text


def test_zeros_are_not_told_to_be_numbers_without_their_fractions():
    probabilities = np.array([[0.2, 0.8], [0.6, 0.4]])
    assert relations(probabilities, np.zeros((2, 2)), {}, Tolerance(1e-9, 0.0)) == {}
    large = 7 * probabilities
    assert list(relations(large, np.trunc(large), {}, Tolerance(1e-9, 0.0))) == ["whole"]
