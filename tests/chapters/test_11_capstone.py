"""Chapter 11: the reference beats its thresholds; what the text says of grading is so."""

import re
import time

import numpy as np
import pytest

from grader.grading.run import limits_for
from grader.keys.compile import compile_key, make_cases
from grader.sandbox import Limits
from grader.weave import layout
from pix2net.data import load, photo
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import judge_exercise
from solutions.ch11_capstone.build_classifier import (
    BY_ITSELF,
    FEW_THRESHOLD,
    SECONDS,
    THRESHOLDS,
    build_classifier,
)
from solutions.ch11_capstone.chapter import chapter
from solutions.ch11_capstone.hidden import hidden_images

pytestmark = pytest.mark.some_chapters

TEXT = layout.text_path("11_capstone").read_text()


@pytest.fixture(scope="module")
def built():
    """The reference's classifier, and the CPU seconds that it took."""
    d = load("picto10")
    start = time.process_time()
    predict = build_classifier(d.X_train, d.y_train, np.random.default_rng(3))
    return predict, time.process_time() - start


def test_the_reference_beats_the_highest_threshold_on_hidden_images_with_room(built):
    images, labels = hidden_images(np.random.default_rng(5))
    assert np.mean(built[0](images) == labels) > THRESHOLDS[-1] + 0.03


def test_hidden_images_are_of_every_class_and_differ_by_seed():
    images, labels = hidden_images(np.random.default_rng(5))
    assert np.array_equal(np.bincount(labels), [200] * 10)
    assert not np.array_equal(images, hidden_images(np.random.default_rng(6))[0])


def test_labels_are_integers_for_any_number_of_images(built):
    d = load("picto10")
    for count in (1, 7):
        labels = built[0](d.X_test[:count])
        assert labels.shape == (count,)
        assert labels.dtype.kind == "i"


def test_it_is_the_same_for_the_same_generator_and_leaves_its_images_alone():
    d = load("picto10")
    X, y = d.X_train[:300].copy(), d.y_train[:300].copy()
    one, two = (build_classifier(X, y, np.random.default_rng(1))(d.X_test[:50]) for _ in "ab")
    assert np.array_equal(one, two)
    assert np.array_equal(X, d.X_train[:300])
    assert np.array_equal(y, d.y_train[:300])


def test_the_text_publishes_thresholds_and_budget():
    table = [int(found) / 100 for found in re.findall(r"^\| (\d+) % \|", TEXT, re.M)]
    assert tuple(table) == THRESHOLDS
    assert f"**{SECONDS:g} seconds**" in TEXT
    assert Limits().memory == 2 * 2**30
    assert "**2 GiB**" in TEXT
    assert THRESHOLDS[0] > FEW_THRESHOLD


@pytest.fixture(scope="module")
def key():
    return compile_key(chapter.build(), 2**130 + 9, hidden=True)


def outcomes_for(exercise, labels, alone=None):
    """What comes of a classifier that gives labels, and to single images perhaps others."""
    sums = next(c.withheld["checksums"] for c in exercise.cases if "checksums" in c.withheld)
    first = exercise.cases[0].inputs["first"]
    single = labels[:first] if alone is None else alone[:first]
    return [Outcome("returned", (labels, single, labels[:first], *sums))] * len(exercise.cases)


def test_each_threshold_earns_the_published_points(key):
    exercise = key.exercises["build_classifier"]
    unseen = exercise.cases[0].withheld["labels"]
    published = re.findall(r"^\| (\d+) % \|.*\| ([\d.]+) \|$", TEXT, re.M)
    for percent, points in published:
        right = np.arange(len(unseen)) < (int(percent) + 1) / 100 * len(unseen)
        labels = np.where(right, unseen, (unseen + 1) % 10)
        outcomes = outcomes_for(exercise, labels)
        assert judge_exercise(exercise, outcomes, reveal=False).score == float(points)
    labels = (unseen + (np.arange(len(unseen)) % 4 > 0)) % 10  # 25 % right
    assert judge_exercise(exercise, outcomes_for(exercise, labels), reveal=False).score == 0


def test_a_predict_that_answers_otherwise_for_single_images_loses_points(key):
    exercise = key.exercises["build_classifier"]
    unseen = exercise.cases[0].withheld["labels"]
    outcomes = outcomes_for(exercise, unseen, alone=np.zeros_like(unseen))
    verdict = judge_exercise(exercise, outcomes, reveal=False)
    assert verdict.score == pytest.approx(12 * 4 / 5)
    assert [check.label for check in verdict.checks if not check.passed] == [BY_ITSELF]


def test_grading_trains_once_and_the_public_check_says_that_it_is_not_the_grade(key):
    (trained,) = (c for c in key.exercises["build_classifier"].cases if c.again is None)
    assert trained.scenario == "all_images"
    public = make_cases(chapter.build().exercises["build_classifier"], 1, hidden=False)
    assert [c.scenario for c in public if c.again is None] == ["few_images"]
    assert "not the grade" in public[0].label


def test_a_submission_gets_the_published_time(key):
    limits = limits_for(key, Limits())
    assert limits.call_seconds > SECONDS
    assert limits.notebook_seconds > SECONDS


def test_the_error_worked_by_hand():
    assert np.sqrt(0.5 * 0.5 / 1000) == pytest.approx(0.0158, abs=5e-5)
    question = chapter.build().questions["q_standard_error"]
    assert np.sqrt(0.5 * 0.5 / question.answer) == pytest.approx(0.005)


def test_the_photograph_is_averaged_block_by_block():
    cell = next(part for part in re.findall(r"```\{code-cell\}[^\n]*\n(.*?)```", TEXT, re.S)
                if "def as_input" in part)  # fmt: skip
    namespace = {"np": np}
    exec(cell[: cell.index("\n\n\nmy_photo")], namespace)
    small = namespace["as_input"](photo(), 30)  # 300 rows: blocks of ten by ten
    square = photo()[:, 75:375]
    plain = square.reshape(30, 10, 30, 10, 3).mean(axis=(1, 3))
    assert np.abs(small - plain).max() <= 0.5
    assert small.dtype == np.uint8
