"""Every value that an argument may have is drawn by some case, or a table says why it is not.

``chNN_name.toml`` is the table of a chapter. Of every exercise and of each of its arguments it
names, for every aspect (zero, negative, read-only, ...), a case that draws it, or says why none
does::

    [reasons]                          # sentences that several blanks share
    counts = "it counts something"

    [l2_penalty]
    twice = "weights in other layouts" # a case that calls it twice
    same = "no: it takes one array"    # ... that hands over one array for two arguments
    result = "no: it returns a number" # ... that sees whether the result is the caller's own array
    long = "no: ..."                   # only where an array is longer than `ROWS`: why it may be

    [l2_penalty.W]
    kind = "floats"                    # see `tests.values.drawn.ASPECTS`
    zero = "weights that are all zero"
    negative = "several classes"
    tiny = "no: counts"                # a reason by its name, or in words
    "fortran strided read_only" = "weights in other layouts"   # several aspects at once

An argument of a class's method is ``[MLP."loss.X"]``, one of its constructor ``[MLP.reg]``. Keys
beyond those that the kind asks for are welcome; a text has a key for each value that it may have.

``[l2_penalty.precision]`` says how exact it has to be::

    used = 1e-6                        # of its tolerances, by right answers (`precision.py`)
    single = "float32, cast back"      # the answer of the corpus that computes in single precision
    loose = "..."                      # why some edge cases have a wider tolerance than `EXACT`
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from grader.exercises.registry import chapters
from grader.keys.compile import make_cases
from tests.answers.corpus import answers_to
from tests.values.drawn import (
    ASPECTS,
    NOT_SEEN,
    OF_DEFAULT,
    OF_EXERCISE,
    argument_names,
    drawn_by,
)
from tests.values.precision import is_loose, right_answers_use

pytestmark = pytest.mark.some_chapters

HERE = Path(__file__).parent
SEEDS = (2**130 + 1, 2**131 + 5)
TABLES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in HERE.glob("ch*.toml")}
OF_ALL = {f"ch{name}": chapter for name, chapter in chapters().items()}
EXERCISES = [
    (table, name) for table in sorted(TABLES) for name in TABLES[table] if name != "reasons"
]
BLANK = "no: "
each = pytest.mark.parametrize(("table", "name"), EXERCISES)


@cache
def drawn(table, name):
    """What the cases of an exercise draw, a dict for each seed."""
    chapter = OF_ALL[table]
    references = {n: e.reference for n, e in chapter.exercises.items()}
    return [drawn_by(chapter.exercises[name], references, seed) for seed in SEEDS]


def claims(table, name):
    """(argument or "", aspect, the case's label or the blank's reason) of an exercise."""
    for key, value in TABLES[table][name].items():
        if not isinstance(value, dict):
            yield from (("", aspect, value) for aspect in key.split())
        elif key != "precision":
            told = {k: v for k, v in value.items() if k != "kind"}
            yield from ((key, aspect, told[k]) for k in told for aspect in k.split())


def aspects(table, name):
    """(argument or "", aspect) of all that the table has to speak of."""
    yield from (("", aspect) for aspect in OF_EXERCISE)
    for argument, has_default in argument_names(OF_ALL[table].exercises[name].reference).items():
        row = TABLES[table][name].get(argument, {"kind": "other"})
        wanted = ASPECTS[row["kind"]] + (OF_DEFAULT if has_default else ())
        yield from ((argument, aspect) for aspect in wanted)


def has(case, argument, aspect):
    return aspect in (case.facts.get(argument, ()) if argument else case.of_exercise())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_speaks_of_every_exercise_and_argument(table):
    exercises = OF_ALL[table].exercises
    assert set(TABLES[table]) - {"reasons"} == set(exercises)
    for name, exercise in exercises.items():
        rows = {key for key, value in TABLES[table][name].items() if isinstance(value, dict)}
        assert rows - {"precision"} == set(argument_names(exercise.reference)), name


@each
def test_every_aspect_is_drawn_or_explained(table, name):
    told = {(argument, aspect) for argument, aspect, _ in claims(table, name)}
    assert set(aspects(table, name)) - told == set()


@each
def test_the_case_that_is_named_draws_it(table, name):
    wrong = []
    for cases in drawn(table, name):
        for argument, aspect, told in claims(table, name):
            if told.startswith(BLANK):
                continue
            known = told in cases
            seen = aspect in NOT_SEEN or OF_ALL[table].exercises[name].costly
            if not known or not (seen or has(cases[told], argument, aspect)):
                wrong.append((argument, aspect, told))
    assert wrong == []


@each
def test_what_is_left_blank_has_a_reason_and_is_drawn_by_no_case(table, name):
    reasons, wrong = TABLES[table].get("reasons", {}), []
    for argument, aspect, told in claims(table, name):
        if not told.startswith(BLANK):
            continue
        why = told.removeprefix(BLANK)
        assert len(reasons.get(why, why)) > 8, (name, argument, aspect)
        by = [[label for label, case in cases.items() if has(case, argument, aspect)]
              for cases in drawn(table, name)]  # fmt: skip
        if all(by):  # by one seed alone it may be by chance
            wrong.append((argument, aspect, by[0]))
    assert wrong == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_reason_is_left_over(table):
    used = {told.removeprefix(BLANK) for _, name in EXERCISES if name in TABLES[table]
            for _, _, told in claims(table, name)}  # fmt: skip
    assert set(TABLES[table].get("reasons", {})) - used == set()


ROWS = 10_000  # an array of float64, so many by so many, is 0.8 GB: less than half of what there is


@each
def test_an_array_of_all_rows_by_all_rows_fits_into_memory(table, name):
    """Slow code may be refused for its time, and right code that makes such an array must not be.

    A loop is told from array code by how often few rows are asked about.
    """
    longest = {label: case.longest for cases in drawn(table, name) for label, case in cases.items()}
    assert (max(longest.values()) > ROWS) == ("long" in TABLES[table][name]), longest


MARGIN = 100  # between what right answers need and what a tolerance allows


def precision(table, name):
    return OF_ALL[table].exercises[name], TABLES[table][name]["precision"]


@each
def test_right_answers_stay_far_within_the_tolerances(table, name):
    exercise, told = precision(table, name)
    if not exercise.costly:
        part, where = right_answers_use(OF_ALL[table], name, SEEDS[0])
        assert part * MARGIN <= 1, where
        assert part <= 10 * told["used"], where  # the record is not out of date


@each
def test_a_wide_tolerance_has_a_reason(table, name):
    exercise, told = precision(table, name)
    wide = [case.label for case in make_cases(exercise, SEEDS[0], hidden=True) if is_loose(case)]
    assert bool(wide) == ("loose" in told), wide


@each
def test_the_corpus_has_an_answer_in_single_precision(table, name):
    _, told = precision(table, name)
    if not told["single"].startswith(BLANK):
        known = {m.name for m in OF_ALL[table].exercises[name].misconceptions}
        assert told["single"] in {*known, *answers_to()[name].styles(right=False)}
