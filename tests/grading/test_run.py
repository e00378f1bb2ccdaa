"""How verdicts come about: rules 1, 3, 6 and 7, with a sandbox that only pretends."""

import random
from dataclasses import replace

import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from grader.grading import judging, run
from grader.grading.run import grade_notebook, limits_for
from grader.sandbox import Limits
from pix2net.judging.driver import Outcome, Raised
from pix2net.judging.judge import CheckResult
from tests.grading.conftest import cell_of, index_of


@pytest.fixture
def grade(merged, key, fake):
    def run_it(submission, **options):
        return grade_notebook(merged(submission), key, fake, **options)

    return run_it


def messages(verdict, task):
    return {check.message for check in verdict.exercises[task].checks if not check.passed}


def add_after(notebook, name, source):
    notebook.cells.insert(index_of(notebook, name) + 1, new_code_cell(source))


def same(verdict):
    return replace(verdict, seconds=0.0).as_json() | {
        "exercises": {n: replace(v, seconds=0.0) for n, v in verdict.exercises.items()}
    }


def test_everything_right_has_full_marks(grade, finished):
    verdict = grade(finished)
    assert (verdict.score, verdict.max_score, verdict.status) == (8.0, 8.0, "graded")
    assert verdict.passed
    assert verdict.manual == {"w_why": 3}


def test_an_untouched_notebook_has_none(grade, released):
    verdict = grade(released)
    assert (verdict.score, verdict.status) == (0.0, "graded")
    assert messages(verdict, "q_one") == {"q_one is still None: put your answer there."}
    assert "not filled in yet" in messages(verdict, "row_means").pop()


def test_rule_01_no_test_cell_reached_is_no_points(key, fake, merged, finished):
    found = merged(finished)
    blind = replace(found, cells=tuple(c for c in found.cells if c.task != "row_means"))
    verdict = grade_notebook(blind, key, fake)
    assert verdict.exercises["row_means"].score == 0
    assert verdict.exercises["double"].score == 1


def test_rule_03_cases_are_called_one_by_one_in_an_order_of_their_own(grade, fake, finished):
    def order(submission):
        fake.log.clear()
        grade(submission)
        return [entry[2] for entry in fake.log if entry[:2] == ("call", "row_means")]

    orders = set()
    for i in range(12):
        finished.metadata["try"] = i
        first = order(finished)
        assert first == order(finished)
        orders.add(tuple(first))
    assert len({frozenset(o) for o in orders}) == 1
    assert len(orders) > 4


def test_rule_03_results_stand_in_the_key_order(grade, finished, key):
    cell_of(
        finished, "row_means"
    ).source = "def row_means(X):\n    return X.mean(axis=1) if len(X) > 1 else None"
    checks = grade(finished).exercises["row_means"].checks
    assert [c.label for c in checks] == [c.label for c in key.exercises["row_means"].cases]
    assert [c.passed for c in checks] == [True, True, True, False]


def test_rule_03_a_right_answer_to_another_case_does_not_help(grade, finished):
    cell_of(
        finished, "row_means"
    ).source = "kept = []\ndef row_means(X):\n    kept.append(X.mean(axis=1))\n    return kept[0]"
    assert grade(finished).exercises["row_means"].score == 0


def test_rule_03_nothing_that_a_call_says_comes_back(grade, finished):
    cell_of(finished, "row_means").source = (
        "def row_means(X):\n"
        "    leak = type(str(X.ravel()[:3]), (Exception,), {})\n"
        "    raise leak('secret', X)"
    )
    cell_of(
        finished, "double"
    ).source = "def double(x):\n    return type('secret' + str(x[0]), (), {})()"
    verdict = grade(finished)
    assert messages(verdict, "row_means") == {
        "row_means raised an exception of its own, in your line `raise leak('secret', X)`."
    }
    assert "secret" not in "".join(messages(verdict, "double"))


def test_rule_08_the_quoted_line_is_the_one_handed_in(grade, finished, fake):
    cell_of(finished, "row_means").source = "def row_means(X):\n    return X.nothing  # here\n"
    told = messages(grade(finished), "row_means").pop()
    assert told.endswith("in your line `return X.nothing  # here`.")


@pytest.mark.parametrize(
    ("file", "line"),
    [(None, 1), ("<cell 99>", 1), ("<cell 1>", 99), ("<cell 1>", 0), ("/etc/passwd", 1),
     ("<cell 1>", "1"), ("<cell 0001> forged", -1)],
)  # fmt: skip
def test_rule_08_a_line_that_is_not_there_is_not_quoted(file, line):
    raised = Raised("ValueError", "secret", file, line, "forged")
    clean = run.disarm(Outcome("raised", raised=raised), {1: "x = 1"})
    assert clean.raised == Raised("ValueError")


def test_rule_07_an_exception_in_a_cell_does_not_stop_the_next(grade, finished):
    add_after(finished, "row_means", "1 / 0")
    assert grade(finished).score == 8.0


@pytest.mark.parametrize("status", ["timeout", "memory", "killed"])
def test_rule_07_a_cell_that_dies_is_left_out_and_costs_no_other(grade, finished, fake, status):
    add_after(finished, "row_means", f"print(1)  # DIE {status}")
    verdict = grade(finished)
    assert (verdict.score, verdict.status) == (8.0, "graded")
    assert fake.sessions == 2
    assert len(verdict.notes) == 1
    assert "was left out" in verdict.notes[0]


@pytest.mark.parametrize("status", ["timeout", "memory", "killed"])
def test_rule_07_an_answer_cell_that_dies_costs_its_exercise(grade, finished, status):
    cell_of(finished, "row_means").source += f"\nwhile True: pass  # DIE {status}"
    verdict = grade(finished)
    assert verdict.status == status
    assert verdict.exercises["row_means"].status == status
    assert "which defines row_means" in verdict.exercises["row_means"].reason
    assert verdict.score == 6.0


def test_rule_07_a_call_that_dies_costs_its_exercise_alone(grade, finished, fake):
    cell_of(finished, "row_means").source = "def row_means(X):\n    raise Die('timeout')"
    verdict = grade(finished)
    assert (verdict.score, verdict.status) == (6.0, "timeout")
    assert [e[1] for e in fake.log].count("row_means") == 1
    assert fake.sessions == 2


def test_a_demonstration_of_what_has_died_is_not_paid_for(key, fake, merged, finished):
    cell_of(finished, "row_means").source = "def row_means(X):\n    raise Die('timeout')"
    found = merged(finished)
    test = next(c for c in found.cells if (c.role, c.task) == ("test", "row_means"))
    demo = replace(test, number=900, role="given", task=None, run=True)
    demos = [
        replace(demo, source="if ready('double', \"row_means\"):\n    shown = 1"),
        replace(demo, number=901, source="def ready(*names): return True\ntold = ready('double')"),
        replace(demo, number=902, role="added", source="told, shown"),
    ]
    place = found.cells.index(test) + 1
    cells = (*found.cells[:place], *demos, *found.cells[place:])
    verdict = grade_notebook(replace(found, cells=cells), key, fake)
    assert verdict.score == 6.0
    assert ("cell", 900) not in fake.log
    assert ("cell", 901) in fake.log
    assert ("cell", 902) in fake.log
    assert "Cell 900 needs row_means, which did not finish" in verdict.notes[0]


def test_rule_03_what_was_answered_is_not_asked_again(grade, finished, fake):
    """A death later in the notebook gives a wrong answer no second try."""
    cell_of(finished, "row_means").source = "def row_means(X):\n    return 0"
    cell_of(finished, "double").source = "def double(x):\n    raise Die('killed')"
    verdict = grade(finished)
    assert fake.sessions == 2
    calls = [e[1] for e in fake.log]
    assert calls.count("row_means") == len(verdict.exercises["row_means"].checks)


def test_answers_before_a_deadly_call_keep_their_result(grade, finished, key):
    """The exercise is lost from that call on; edge cases before it may still have been right."""
    cell_of(finished, "row_means").source = (
        "def row_means(X):\n"
        "    if len(X) == 1:\n        raise Die('killed')\n"
        "    return X.mean(axis=1)"
    )
    verdicts = []
    for i in range(6):
        finished.metadata["try"] = i
        verdicts.append(grade(finished).exercises["row_means"])
    assert {v.status for v in verdicts} == {"killed"}
    assert all(v.score < v.max_score for v in verdicts)
    assert len({sum(c.passed for c in v.checks) for v in verdicts}) > 1


def test_a_companion_that_passes_is_used(grade, fake, finished):
    verdict = grade(finished)
    assert verdict.exercises["double_backward"].score == 1
    assert [e[3] for e in fake.log if e[1] == "double_backward"] == [("double",)]


def test_a_companion_that_fails_gives_way_to_what_is_documented(grade, fake, finished):
    cell_of(finished, "double").source = "def double(x):\n    raise RuntimeError"
    assert grade(finished).exercises["double_backward"].score == 1
    assert [e[3] for e in fake.log if e[1] == "double_backward"] == [("double",), ()]
    cell_of(
        finished, "double_backward"
    ).source = "def double_backward(dout, cache):\n    return dout"
    told = messages(grade(finished), "double_backward").pop()
    assert told.startswith("(Checked with what the docstring says that double gives")
    assert "You forgot the factor 2." in told


def test_a_backward_does_not_pay_for_its_forward(grade, finished, fake):
    """Right with its own forward, which is wrong itself, and useless with the documented cache."""
    cell_of(finished, "double").source = "def double(x):\n    return x, {'x': x}"
    cell_of(
        finished, "double_backward"
    ).source = "def double_backward(dout, cache):\n    return 2 * dout + 0 * cache['x']"
    verdict = grade(finished)
    assert verdict.exercises["double"].score == 0
    assert verdict.exercises["double_backward"].score == 1


def test_a_forward_that_ends_its_process_is_not_called_again(grade, finished, fake):
    cell_of(finished, "double").source = "def double(x):\n    raise Die('timeout')"
    verdict = grade(finished)
    assert verdict.exercises["double"].status == "timeout"
    assert verdict.exercises["double_backward"].score == 1
    assert [e[3] for e in fake.log if e[1] == "double_backward"] == [()]
    (note,) = {check.message for check in verdict.exercises["double_backward"].checks}
    assert note.startswith("Right with what the docstring says that double gives")


def test_an_exercise_that_fails_is_named_where_it_is_called(grade, finished):
    cell_of(finished, "row_means").source = "def row_means(X):\n    return X[:, 0]"
    cell_of(
        finished, "shuffled"
    ).source = "def shuffled(x, rng):\n    return row_means (np.array([x, x]))"
    checks = grade(finished).exercises["shuffled"].checks
    assert checks[0].message.startswith("It calls your `row_means`, which does not pass its own")
    cell_of(finished, "row_means").source = "def row_means(X):\n    return X.mean(axis=1)"
    checks = grade(finished).exercises["shuffled"].checks
    assert "row_means" not in checks[0].message


def test_rule_03_an_error_in_some_hidden_cases_has_no_kind_and_no_line(grade, finished):
    cell_of(finished, "row_means").source = (
        "def row_means(X):\n"
        "    if len(X) == 1:\n"
        "        raise KeyError('secret')\n"
        "    return X.mean(axis=1)"
    )
    assert messages(grade(finished), "row_means") == {"row_means raised an error here."}


@pytest.mark.parametrize(
    ("answer", "points"),
    [("{'a', 'c'}", 1), ("['c', 'A ']", 1), ("'a'", 0), ("{'a', 'b', 'c'}", 0), ("object()", 0),
     ("10 ** 400", 0), ("np.array(['a', 'c'])", 0), ("[[['a']]]", 0)],
)  # fmt: skip
def test_answers_to_questions_are_read_as_data(grade, finished, answer, points):
    cell_of(finished, "q_even").source = f"q_even = {answer}"
    assert grade(finished).exercises["q_even"].score == points


@pytest.mark.parametrize("answer", ["10 ** 400", "float('nan')", "np.float64(3.1)", "True", "3.1j"])
def test_strange_numbers_are_graded(grade, finished, answer):
    cell_of(finished, "q_pi").source = f"q_pi = {answer}"
    assert grade(finished).exercises["q_pi"].score == (1 if "3.1)" in answer else 0)


def test_a_used_up_budget_is_a_timeout_for_what_is_left(grade, finished, fake):
    fake.limits = replace(Limits(), reserve_seconds=1e-9)
    verdict = grade(finished, seconds=-1.0)
    assert (verdict.score, verdict.status) == (0.0, "timeout")
    assert {v.reason for v in verdict.exercises.values()} == {run.NO_TIME}


def test_rule_06_one_failure_of_the_sandbox_is_retried_from_the_start(grade, finished, fake):
    expected = same(grade(finished))
    fake.failures = 1
    assert same(grade(finished)) == expected
    assert fake.closed == 1


def test_rule_06_two_failures_of_the_sandbox_are_told(grade, finished, fake):
    fake.failures = 2
    verdict = grade(finished)
    assert (verdict.score, verdict.status) == (0.0, "killed")
    assert "the sandbox failed" in verdict.reason


def test_rule_06_the_same_submission_has_the_same_verdict(grade, finished):
    cell_of(finished, "row_means").source = "def row_means(X):\n    return X.mean(axis=0)"
    assert same(grade(finished)) == same(grade(finished))


def test_an_output_that_cannot_be_compared_counts_as_unreadable(key, monkeypatch):
    exercise = key.exercises["double"]
    real = judging.judge_exercise

    def explode(key, outcomes, **options):
        if any(o.status == "returned" for o in outcomes):
            raise ZeroDivisionError
        return real(key, outcomes, **options)

    monkeypatch.setattr(judging, "judge_exercise", explode)
    with judging.Watch(10.0) as watch:
        outcomes = [Outcome("returned", np.zeros(3))] * 2
        verdict = judging.judged(exercise, outcomes, ["", ""], watch)
    assert verdict.score == 0
    assert isinstance(verdict.checks[0], CheckResult)


def test_random_seeds_of_cells_do_not_reach_the_grader(grade, finished):
    state = random.getstate()
    grade(finished)
    assert random.getstate() == state


@pytest.mark.parametrize(
    ("source", "defined"),
    [("def f(x): pass", True), ("  class f:\n pass", True), ("f = 3", True), ("f(3)", False),
     ("async def f(): pass", True), ("def ff(): pass", False), ("x = f", False)],
)  # fmt: skip
def test_which_cell_defines_a_name_is_seen_from_its_text(source, defined):
    assert run.defines(source, "f") is defined


def test_limits_leave_a_case_the_time_that_it_promises(key):
    case = replace(key.exercises["double"].cases[0], seconds=120.0)
    long = replace(key.exercises["double"], cases=(case,))
    found = limits_for(replace(key, exercises={"double": long}), Limits())
    assert found.call_seconds == 180.0
    assert limits_for(key, Limits()) == Limits()


@pytest.fixture
def with_demonstration(finished, merged):
    """A merged notebook with a released cell after its checks, and what it displays."""

    def build(source):
        found = merged(finished)
        cell = replace(found.cells[-1], number=900, role="given", task=None, kind="code",
                       source=source, run=True, demonstration=True)  # fmt: skip
        return replace(found, cells=(*found.cells, cell))

    return build


def test_demonstrations_run_only_where_figures_are_asked_for(key, fake, with_demonstration):
    found = with_demonstration("print('shown')")
    plain = grade_notebook(found, key, fake)
    assert ("cell", 900) not in fake.log
    shown = grade_notebook(found, key, fake, figures=True)
    assert shown.outputs[900][0]["text"] == "shown\n"
    assert replace(shown, outputs={}, seconds=0) == replace(plain, outputs={}, seconds=0)


@pytest.mark.parametrize("demo", ["# DIE killed", "raise ValueError", "row_means = None"])
def test_what_a_demonstration_does_changes_no_verdict(key, fake, with_demonstration, demo):
    plain = grade_notebook(with_demonstration("print('shown')"), key, fake)
    shown = grade_notebook(with_demonstration(demo), key, fake, figures=True)
    assert replace(shown, outputs={}, seconds=0) == replace(plain, outputs={}, seconds=0)
