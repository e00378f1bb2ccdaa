"""What a submission gives back cannot keep the judge busy."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from grader.grading.judging import TOO_LONG, OverrunError, Watch, judged
from pix2net.judging.answer_key import ROOM, ROOM_FACTOR, Answer, PropertyKey
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import Judge


def within(seconds, action):
    with Watch(seconds) as watch:
        return watch.within(action)


def spin(seconds=60.0):
    begin = time.thread_time()
    while time.thread_time() < begin + seconds:
        pass
    return "done"


def with_properties(key, answers=(), **sources):
    """The toy's exercise with one case of these properties, each ``holds(inputs, output)``."""
    exercise = key.exercises["row_means"]
    properties = {
        name: PropertyKey(f"def holds(inputs, output):\n    {source}", f"{name} must hold.")
        for name, source in sources.items()
    }
    case = replace(
        exercise.cases[0], compare=False, properties=tuple(sources), answers=dict(answers)
    )
    return replace(exercise, properties=properties, cases=(case,))


def outcome_of(exercise):
    return Outcome("returned", exercise.cases[0].expected)


def test_what_computes_too_long_is_ended():
    with pytest.raises(OverrunError):
        within(0.05, spin)


def test_what_catches_everything_ordinary_is_ended():
    def stubborn():
        while True:
            try:
                spin()
            except Exception:
                continue

    with pytest.raises(OverrunError):
        within(0.05, stubborn)


def test_what_ends_in_time_is_not_disturbed_later():
    with Watch(0.2) as watch:
        assert watch.within(lambda: 3) == 3
        assert spin(0.4) == "done"


def test_each_action_has_its_time_anew():
    with Watch(0.3) as watch:
        for _ in range(3):
            assert watch.within(lambda: spin(0.2)) == "done"
        with pytest.raises(OverrunError):
            watch.within(spin)
        assert watch.within(lambda: spin(0.2)) == "done"


def test_waiting_is_not_computing():
    assert within(0.05, lambda: time.sleep(0.3)) is None


def test_an_exception_of_its_own_comes_through():
    with pytest.raises(ZeroDivisionError):
        within(1.0, lambda: 1 / 0)


def test_it_holds_in_any_thread():
    found = []

    def work():
        try:
            within(0.05, spin)
        except OverrunError:
            found.append("ended")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["ended"]


@pytest.mark.parametrize("source", ["while True: pass", "return all(1 for _ in iter(int, 1))"])
def test_an_endless_judge_is_a_verdict(key, source):
    exercise = with_properties(key, endless=source)
    with Watch(0.1) as watch:
        verdict = judged(exercise, [outcome_of(exercise)], [""], watch)
    assert (verdict.score, verdict.status, verdict.reason) == (0.0, "timeout", TOO_LONG)
    assert verdict.max_score == exercise.points


COUNTED = {
    "first": "inputs['seen'].append('first'); return False",
    "second": "inputs['seen'].append('second'); return True",
    "third": "inputs['seen'].append('third'); return False",
}


def looked_at(key, answers=(), thorough=False):
    exercise = with_properties(key, answers, **COUNTED)
    case, seen = exercise.cases[0], []
    case = replace(case, inputs={**case.inputs, "seen": seen})
    found = Judge(exercise, reveal=False, thorough=thorough).examine(case, outcome_of(exercise))
    return seen, found.failed


def test_properties_stop_at_the_first_that_fails(key):
    assert looked_at(key) == (["first"], ("first",))


def test_a_key_is_made_by_all_of_them(key):
    assert looked_at(key, thorough=True) == (["first", "second", "third"], ("first", "third"))


def test_they_go_on_as_long_as_a_known_mistake_fails_alike(key):
    def known(*failed):
        return {"known": Answer("returned", right=True, failed=failed)}

    assert looked_at(key, known("first", "third")) == (list(COUNTED), ("first", "third"))
    assert looked_at(key, known("first", "second")) == (["first", "second"], ("first",))
    assert looked_at(key, known("second")) == (["first"], ("first",))


def test_an_answer_has_room_for_the_largest_that_is_known(key):
    case = key.exercises["row_means"].cases[0]
    assert ROOM < case.room < 2 * ROOM
    large = replace(case, answers={"broad": Answer("returned", np.zeros(10**6))})
    assert large.room > ROOM_FACTOR * 8 * 10**6
