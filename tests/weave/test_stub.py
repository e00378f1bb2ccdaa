"""The two forms of an answer cell."""

import ast

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import ClearSolutions

from grader.exercises import Question
from grader.weave.helpers import helpers_of
from grader.weave.stub import StubError, exercise_answer, question_answer
from tests.fixtures import toy

CLEARED = "# YOUR CODE HERE\nraise NotImplementedError()"


def cleared_by_nbgrader(source):
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {
        "grade": False, "grade_id": "x", "locked": False, "schema_version": 3,
        "solution": True, "task": False,
    }  # fmt: skip
    notebook, _ = ClearSolutions().preprocess(new_notebook(cells=[cell]), {})
    return notebook.cells[0].source


def answers():
    return [
        exercise_answer(e.reference, helpers_of(e.reference, toy.chapter.build().tasks))
        for e in toy.chapter.build().exercises.values()
    ]


@pytest.mark.parametrize("answer", answers())
def test_the_student_form_is_what_nbgrader_makes_of_the_instructor_form(answer):
    assert cleared_by_nbgrader(answer.instructor) == answer.student


@pytest.mark.parametrize("answer", answers())
def test_both_forms_are_python(answer):
    ast.parse(answer.instructor)
    ast.parse(answer.student)


def test_a_function_keeps_signature_and_docstring_and_nothing_else():
    assert exercise_answer(toy.weighted_sums).student == (
        "def weighted_sums(rows):\n"
        '    """Weighted sum of every row.\n'
        "\n"
        "    rows  (N, 2)\n"
        "    Returns (N,) float64.\n"
        '    """\n'
        "    # YOUR CODE HERE\n"
        "    raise NotImplementedError()"
    )


def test_a_function_in_one_line_is_unfolded():
    answer = exercise_answer(toy.running_total)
    assert answer.student == (
        "def running_total(values):\n"
        '    """Sums of the first 1, 2, ... values."""\n'
        "    # YOUR CODE HERE\n"
        "    raise NotImplementedError()"
    )
    assert "    return np.array(list(itertools.accumulate(values))" in answer.instructor


def test_a_class_keeps_its_public_methods_alone():
    student = exercise_answer(toy.Counter).student
    body = "# YOUR CODE HERE\n        raise NotImplementedError()"
    assert student == (
        "class Counter:\n"
        '    """Counts in steps.\n'
        "\n"
        "    Counter(step).next() -> int\n"
        '    """\n'
        "\n"
        "    def __init__(self, step: int = 1) -> None:\n"
        f"        {body}\n"
        "\n"
        "    def next(self) -> int:\n"
        '        """The next count."""\n'
        f"        {body}\n"
        "\n"
        "    @property\n"
        "    def count(self):\n"
        '        """The last count."""\n'
        f"        {body}"
    )


def test_the_instructor_form_of_a_class_works():
    space = {}
    exec(exercise_answer(toy.Counter).instructor, space)
    counter = space["Counter"](4)
    assert (counter.next(), counter.next(), counter.count, next(counter)) == (4, 8, 8, 12)


def test_the_instructor_form_brings_the_helpers_that_it_needs():
    helpers = helpers_of(toy.weighted_sums, ())
    space = {"np": np}
    exec(exercise_answer(toy.weighted_sums, helpers).instructor, space)
    assert space["weighted_sums"](np.array([[1, 1], [2, 0]])).tolist() == [8, 6]


def _thrown_away():
    """Has the name that a reference's loop throws away."""


_ = _thrown_away


def loops(times):
    """Count."""
    count = 0
    for _ in range(times):
        count += 1
    return count


def test_a_name_that_is_only_written_is_no_helper():
    assert helpers_of(loops, ()) == []


def test_helpers_leave_out_what_the_notebook_has():
    assert helpers_of(toy.weighted_sums, {"_weigh"}) == []


def several_lines(
    first,  # the first
    second=(1, 2),
    *,
    third: "dict[str, int] | None" = None,
) -> "tuple[int, int]":  # why not
    # before the docstring
    r"""Raw \alpha."""

    # after the docstring

    def inner(x):
        return x  # inner remark

    return inner(first), second


def test_a_signature_of_several_lines_stays_whole():
    answer = exercise_answer(several_lines)
    assert answer.student == (
        "def several_lines(\n"
        "    first,  # the first\n"
        "    second=(1, 2),\n"
        "    *,\n"
        '    third: "dict[str, int] | None" = None,\n'
        ') -> "tuple[int, int]":\n'
        '    r"""Raw \\alpha."""\n'
        "    # YOUR CODE HERE\n"
        "    raise NotImplementedError()"
    )
    assert cleared_by_nbgrader(answer.instructor) == answer.student
    assert "# inner remark" in answer.instructor


class ConstantsFirst:
    SIZE = 3

    def size(self): return self.SIZE  # fmt: skip


def test_constants_before_the_first_method_vanish():
    answer = exercise_answer(ConstantsFirst)
    assert answer.student == (
        "class ConstantsFirst:\n"
        "    def size(self):\n"
        "        # YOUR CODE HERE\n"
        "        raise NotImplementedError()"
    )
    space = {}
    exec(answer.instructor, space)
    assert space["ConstantsFirst"]().size() == 3


async def asynchronous():
    """No exercise."""


def strange_default(x=toy.SECRET_WEIGHTS):
    """Its default is nothing that a notebook knows."""
    return x


def marked(x):
    """A body that holds nbgrader's words."""
    text = "### END SOLUTION"
    return text, x


class Private:
    """Nothing to fill in."""

    def _only(self):
        return 1


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        (asynchronous, "async"),
        (strange_default, "its signature uses toy"),
        (marked, "mark solutions"),
        (Private, "needs a public method"),
        (len, "no source"),
    ],
)
def test_what_cannot_be_a_stub_is_refused_with_the_reason(reference, reason):
    with pytest.raises(StubError, match=reason):
        exercise_answer(reference)


@pytest.mark.parametrize(
    ("task", "instructor", "student"),
    [
        ("q_sum", 'q_sum = "a"', 'q_sum = None  # one of "a", "b"'),
        (
            "q_even",
            'q_even = {"a", "c"}',
            'q_even = None  # a set of letters out of "a", "b", "c", all that are right',
        ),
        ("q_half", "q_half = 0.5", "q_half = None  # a number"),
    ],
)
def test_a_question_is_a_variable(task, instructor, student):
    question = toy.chapter.build().questions[task]
    assert isinstance(question, Question)
    answer = question_answer(question)
    assert (answer.instructor, answer.student) == (instructor, student)
