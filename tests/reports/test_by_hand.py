"""Answers that persons grade: one question over all, and two graders who lose nothing."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from grader.classroom.by_hand import (
    Answer,
    ChangedMeanwhile,
    NotSaved,
    answers,
    criteria_met,
    graders,
    prepare,
    questions,
    save,
)
from tests.release.conftest import empty_gradebook  # noqa: F401 - a fixture

pytestmark = pytest.mark.some_chapters

NAME, TASK = "02_knn", "words"


@pytest.fixture
def url(tmp_path, empty_gradebook):  # noqa: F811
    """A gradebook with a question and an exercise, and three students who handed in."""
    shutil.copy(empty_gradebook, tmp_path / "gradebook.db")
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(url) as book:
        book.add_assignment(NAME)
        book.add_notebook(NAME, NAME)
        book.add_grade_cell(TASK, NAME, NAME, max_score=4, cell_type="markdown")
        book.add_solution_cell(TASK, NAME, NAME)
        book.add_grade_cell("test_f", NAME, NAME, max_score=2, cell_type="code")
        for student in ("ada", "bo", "cy"):
            book.add_student(student, first_name=student.title())
            book.add_submission(NAME, student)
        prepare(book.engine)
        prepare(book.engine)
    return url


@pytest.fixture
def db(url):
    with Session(create_engine(url)) as session:
        yield session


def graded(student, score, comment="", criteria=()):
    return Answer(student, "", score, comment, False, criteria=criteria)


def test_only_what_persons_grade_is_a_question(db):
    (found,) = questions(db)
    assert (found.assignment, found.task, found.points) == (NAME, TASK, 4)
    assert (found.answers, found.waiting) == (3, 3)


def test_a_grading_stands_where_formgrader_looks_and_says_who_gave_it(db, url):
    now = save(db, NAME, TASK, graded("bo", 3.0, "Good.", [0, 2]), seen=(None, ""), grader="tom")
    assert (now.score, now.comment, now.waiting, now.grader) == (3, "Good.", False, "tom")
    assert now.criteria == [0, 2]
    assert questions(db)[0].waiting == 2
    with Gradebook(url) as book:
        assert book.find_grade(TASK, NAME, NAME, "bo").manual_score == 3
        assert book.find_comment(TASK, NAME, NAME, "bo").manual_comment == "Good."
        assert book.find_grade(TASK, NAME, NAME, "ada").manual_score is None
        # What formgrader changes afterwards is nobody's on our page.
        book.find_grade(TASK, NAME, NAME, "bo").manual_score = 1
        book.db.commit()
    (seen,) = answers(db, NAME, TASK, "bo")
    assert (seen.score, seen.grader, seen.criteria) == (1, "", [])


@pytest.mark.parametrize(("seen", "score"), [((None, ""), 1.0), ((3.0, "old"), 1.0)])
def test_what_somebody_gave_meanwhile_stays_and_is_shown(db, seen, score):
    save(db, NAME, TASK, graded("ada", 3.0, "Good."), seen=(None, ""), grader="tom")
    with pytest.raises(ChangedMeanwhile, match="tom graded") as told:
        save(db, NAME, TASK, graded("ada", score, "Bad."), seen=seen, grader="ute")
    assert (told.value.now.score, told.value.now.comment) == (3, "Good.")
    now = save(db, NAME, TASK, graded("ada", score, "Bad."), seen=(3.0, "Good."), grader="ute")
    assert (now.score, now.grader) == (1, "ute")


def test_of_many_who_save_at_once_one_is_written_and_the_others_are_told(url):
    engine = create_engine(url)

    def grade(number):
        with Session(engine) as session:
            try:
                save(session, NAME, TASK, graded("cy", float(number)), seen=(None, ""),
                     grader=f"g{number}")  # fmt: skip
            except ChangedMeanwhile:
                return None
            return float(number)

    with ThreadPoolExecutor(4) as pool:
        written = [n for n in pool.map(grade, range(4)) if n is not None]
    with Session(engine) as session:
        (now,) = answers(session, NAME, TASK, "cy")
    assert written == [now.score]
    assert now.grader == f"g{now.score:.0f}"


def test_points_can_be_taken_back(db):
    save(db, NAME, TASK, graded("ada", 3.0), seen=(None, ""), grader="tom")
    now = save(db, NAME, TASK, graded("ada", None), seen=(3.0, ""), grader="tom")
    assert now.waiting
    assert now.score is None


def test_what_does_not_exist_is_not_graded(db):
    with pytest.raises(NotSaved, match="no answer of eve to words"):
        save(db, NAME, TASK, graded("eve", 1.0), seen=(None, ""), grader="tom")


def test_the_criteria_that_were_met_are_known_until_somebody_grades_otherwise(db, url):
    assert criteria_met(db, NAME, TASK, "ada", (None, "")) == []
    save(db, NAME, TASK, graded("ada", 2.0, "Good.", [1, 2]), seen=(None, ""), grader="tom")
    assert criteria_met(db, NAME, TASK, "ada", (2.0, "Good.")) == [1, 2]
    assert criteria_met(db, NAME, TASK, "ada", (3.0, "Good.")) == []


def test_every_answer_counts_for_the_one_who_graded_it_last(db):
    for student, grader in (("ada", "tom"), ("bo", "tom"), ("ada", "ute")):
        (before,) = answers(db, NAME, TASK, student)
        seen = (before.manual, before.comment)
        save(db, NAME, TASK, graded(student, 1.0), seen=seen, grader=grader)
    assert graders(db) == {(NAME, TASK): {"tom": 1, "ute": 1}}
