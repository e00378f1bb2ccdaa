"""What a person gave to an earlier hand-in is told apart from what is given to the last."""

from grader.classroom.attempts import Attempt, Given, History, history_from_json

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
