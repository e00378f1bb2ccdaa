"""What a verdict on hidden cases may tell is bounded, and counted in the threat model."""

import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bits import main, sentences
from grader.grading.disarm import disarm
from pix2net.judging.codec import Opaque
from pix2net.judging.driver import NO_ANSWERS, Outcome, Raised
from pix2net.judging.judge import judge_exercise

THREATS = Path(__file__).resolve().parents[2] / "docs" / "threat-model.md"
SOURCES = {3: "def answer(x):\n    return x\n"}


def answers(expected):
    """What a submission may do that wants to be told apart."""
    for value in (
        None, 3, 3.5, 4, True, "text", "more", [1], [1, 2], (1,), {"a": 1}, {7: 1}, Opaque("list"),
        Opaque("secret"), *(np.zeros(n, dtype) for n in range(4) for dtype in ("f4", "f8", "i2")),
        *(np.zeros((1,) * n) for n in range(9)), expected * np.nan, expected * np.inf, -expected,
        *(k * expected for k in range(9)), expected + 1, expected.tolist(), expected[None],
        expected.astype(np.float32), expected.astype(complex), expected,
    ):  # fmt: skip
        yield Outcome("returned", value)
        yield Outcome("returned", value, ("X",))
        yield Outcome("returned", value, seconds=1e9)
    for kind in ("ValueError", "KeyError", "NotImplementedError", "secret", "ZeroDivisionError"):
        for line in (1, 2, None):
            yield Outcome("raised", raised=Raised(kind, "secret", "<cell 3>", line))
    for status in NO_ANSWERS:
        yield Outcome(status)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_case_tells_no_more_than_is_counted(key, place):
    """Whatever one case answers while the others are right."""
    exercise = key.exercises["row_means"]
    told = set()
    for outcome in answers(exercise.cases[place].expected):
        outcomes = [Outcome("returned", case.expected) for case in exercise.cases]
        outcomes[place] = disarm(outcome, SOURCES)
        verdict = judge_exercise(exercise, outcomes, reveal=False)
        told.add((verdict.checks[place].message, verdict.checks[place].misconception))
    assert 10 < len(told) <= sentences(exercise, exercise.cases[place])
    assert not [message for message, _ in told if "secret" in message or re.search(r"\d", message)]


def test_an_error_in_every_case_is_told_once_with_its_line(key):
    exercise = key.exercises["row_means"]
    raised = Raised("ValueError", "secret", "<cell 3>", 2)
    outcomes = [disarm(Outcome("raised", raised=raised), SOURCES)] * len(exercise.cases)
    (message,) = {c.message for c in judge_exercise(exercise, outcomes, reveal=False).checks}
    assert message == "row_means raised ValueError, in the line `return x` of your `answer`."
    outcomes[-1] = Outcome("returned", exercise.cases[-1].expected)
    checks = judge_exercise(exercise, outcomes, reveal=False).checks
    assert {c.message for c in checks if not c.passed} == {"row_means raised an error here."}


def test_the_threat_model_has_the_figures(capsys):
    main(["03_scores"])
    most = float(capsys.readouterr().out.splitlines()[-1].split()[3])
    said = re.search(r"at most (\d+) bits\s+a\s+case", THREATS.read_text())
    assert 4 < most <= int(said[1])
