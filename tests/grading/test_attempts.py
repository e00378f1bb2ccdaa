"""What a person gave to an earlier hand-in is told apart from what is given to the last."""

from nbgrader.api import Gradebook

from grader.classroom.attempts import Attempt, Given, History, history_from_json
from grader.classroom.classwide import grade_class
from grader.nbgrader_plugins.server import earlier
from grader.reports.feedback import Remark
from grader.reports.write import feedback_for_class
from tests.grading.conftest import cell_of

NAME = "77_toy"

FIRST = Attempt("2026-10-12 11:00:00.000000 UTC", {"f": "1", "w": "1"})
SECOND = Attempt("2026-10-14 09:00:00.000000 UTC", {"f": "1", "w": "2"})
THIRD = Attempt("2026-10-15 09:00:00.000000 UTC", {"f": "3", "w": "3"})
GIVEN = {"f": Given(comment="Neat."), "w": Given(2.0, "Too short.")}


def test_only_what_was_given_to_another_answer_is_of_an_earlier_hand_in():
    history = History().after(FIRST, {}).after(SECOND, GIVEN)
    found = history.earlier("w")
    assert (found.score, found.comment) == (2.0, "Too short.")
    assert history.when(found) == "2026-10-12 11:00 UTC"
    assert history.earlier("f") is None  # the same code as before


def test_what_stays_over_several_hand_ins_is_of_the_one_that_it_was_given_to():
    history = History().after(FIRST, {}).after(SECOND, GIVEN)
    new = {"f": GIVEN["f"], "w": Given(3.0, "Better.")}
    history = history.after(THIRD, new)
    assert history.when(history.earlier("f")) == "2026-10-12 11:00 UTC"
    assert history.when(history.earlier("w")) == "2026-10-14 09:00 UTC"


def test_grading_again_is_no_hand_in():
    history = History().after(FIRST, {}).after(FIRST, GIVEN)
    assert len(history.attempts) == 1
    assert history.earlier("w") is None


def test_it_survives_being_written_down():
    history = History().after(FIRST, {}).after(SECOND, GIVEN)
    assert history_from_json(history.as_json()).earlier("w") == history.earlier("w")
    for damaged in (None, {}, {"attempts": 3, "given": {}}, {"attempts": [], "given": [1]}):
        assert history_from_json(damaged) == History()


def test_a_resubmission_shows_what_was_given_to_the_earlier_one(classroom, hand_in, finished):
    hand_in("amy", finished, "2026-10-12 11:00:00.000000 UTC")
    list(grade_class(classroom.root))
    course = classroom.course()
    with Gradebook(course.db_url, course.course_id) as book:
        words = book.find_grade("w_why", NAME, NAME, "amy")
        words.manual_score, words.needs_manual_grade = 2, False
        book.find_comment("w_why", NAME, NAME, "amy").manual_comment = "Too short."
        book.find_comment("row_means", NAME, NAME, "amy").manual_comment = "Neat."
        book.db.commit()
    cell_of(finished, "w_why").source = "Because of this, and of that."
    hand_in("amy", finished, "2026-10-14 09:00:00.000000 UTC")
    list(grade_class(classroom.root))
    (job,) = feedback_for_class(classroom)
    assert job.by_hand.before == {"w_why": (2.0, "2026-10-12 11:00 UTC")}
    assert job.by_hand.comments["w_why"] == [Remark("Too short.", "2026-10-12 11:00 UTC")]
    assert job.by_hand.comments["row_means"] == [Remark("Neat.")]  # that answer is the same
    assert job.by_hand.attempts == 2
    above = earlier(classroom.root / "autograded" / "amy" / NAME / f"{NAME}.ipynb")
    assert "w_why, hand-in of 2026-10-12 11:00 UTC: 2 points “Too short.”" in above
    assert "row_means" not in above
    with Gradebook(course.db_url, course.course_id) as book:  # a person looks at it again
        book.find_grade("w_why", NAME, NAME, "amy").needs_manual_grade = False
        book.db.commit()
    (job,) = feedback_for_class(classroom)
    assert job.by_hand.scores == {"w_why": 2.0}
    assert job.by_hand.comments["w_why"] == [Remark("Too short.")]
