"""`course grade` says whom something happened to, and what."""

from grader.cli.grading import Summary, happened
from pix2net.judging.judge import ExerciseVerdict
from tests.reports.test_summary import item, verdict


def slow(name):
    return ExerciseVerdict(name, False, 0.0, 2.0, (), "timeout")


def test_a_status_names_the_exercise_and_a_repair_says_what_was_put_right():
    found = verdict("ann", item("f", 2), slow("g"), status="timeout", repairs=("It was put back.",))
    assert list(happened(found)) == ["timeout in g", "It was put back."]
    rejected = verdict("bo", item("f", 0), status="rejected", reason="it is no notebook")
    assert list(happened(rejected)) == ["rejected: it is no notebook"]
    assert list(happened(verdict("cy", item("f", 2)))) == []


def test_the_table_names_the_students(capsys):
    summary = Summary()
    for student in ("bo", "ann"):
        summary.add(verdict(student, slow("g"), status="timeout"))
    summary.add(verdict("cy", item("f", 2)))
    summary.show()
    shown = capsys.readouterr().out
    assert "ann, bo" in shown
    assert "cy" not in shown
