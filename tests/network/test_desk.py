"""What a student can do at the desk, and what the class's policy allows."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from grader.classroom.policy import Policy, PolicyError, policy_of
from grader.classroom.schedule import extend, set_due
from grader.classroom.students import drop, restore
from grader.handed_in.signing import signing_key
from grader.network import desk as module
from grader.network import inbox as inbox_module
from grader.network.desk import Desk, Refused
from grader.network.inbox import VERDICT, Inbox
from grader.release.course_dir import COURSE_ID
from pix2net.handing_in.receipt import check, public_text
from tests.network.conftest import NAME, allow, attempts_on_disk, book

pytestmark = pytest.mark.some_chapters

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def passes(self, **amount):
        self.now += timedelta(**amount)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(folder, clock):
    def run(**policy):
        inbox = Inbox(folder, COURSE_ID, signing_key(folder))
        return Desk(inbox, Policy(**policy), clock)

    return run


def due(folder, when, **extension):
    with Gradebook(f"sqlite:///{folder.root}/gradebook.db", COURSE_ID) as gradebook:
        set_due(gradebook, NAME, when)
        for student, until in extension.items():
            gradebook.update_or_create_student(student)
            extend(gradebook, NAME, student, until)


def submitted(folder, student):
    return (folder.submitted(student, NAME) / f"{NAME}.ipynb").read_bytes()


def test_a_hand_in_is_on_disk_with_a_receipt_and_where_grading_finds_it(make, folder):
    attempt, new = make().hand_in("ada", NAME, book("mine"))
    receipt = check(attempt.receipt(), public_text(signing_key(folder)))
    assert new
    assert (receipt.student, receipt.assignment, receipt.attempt) == ("ada", NAME, 1)
    assert (attempt.folder / f"{NAME}.ipynb").read_bytes() == book("mine")
    assert submitted(folder, "ada") == book("mine")
    stamp = (folder.submitted("ada", NAME) / "timestamp.txt").read_text()
    assert stamp == "2026-10-12 12:00:00.000000 UTC" == receipt.received


def test_the_same_notebook_again_is_the_same_attempt(make, clock):
    desk = make(pause=3600)
    first, _ = desk.hand_in("ada", NAME, book())
    again, new = desk.hand_in("ada", NAME, book())
    assert (again, new) == (first, False)
    assert again.receipt() == first.receipt()


def test_attempts_are_as_many_and_as_often_as_the_policy_says(make, clock):
    desk = make(attempts=2, pause=60)
    desk.hand_in("ada", NAME, book("1"))
    with pytest.raises(Refused, match="again in 60 s") as refused:
        desk.hand_in("ada", NAME, book("2"))
    assert (refused.value.status, refused.value.wait) == (429, 60)
    clock.passes(seconds=60)
    desk.hand_in("ada", NAME, book("2"))
    clock.passes(days=1)
    with pytest.raises(Refused, match="all 2 attempts") as refused:
        desk.hand_in("ada", NAME, book("3"))
    assert refused.value.status == 403
    desk.hand_in("bob", NAME, book("3"))


def test_a_clock_that_was_ahead_once_locks_nobody_out(make, clock):
    desk = make(pause=60)
    clock.passes(days=365)
    desk.hand_in("ada", NAME, book("1"))
    clock.passes(days=-365)
    with pytest.raises(Refused, match="again in 60 s"):
        desk.hand_in("ada", NAME, book("2"))


def test_what_is_moved_away_while_it_waits_is_no_attempt_and_stops_nothing(make, folder, capsys):
    desk = make(graded=True, pause=0)
    first, _ = desk.hand_in("ada", NAME, book("1"))
    second, _ = desk.hand_in("ada", NAME, book("2"))
    second.folder.rename(folder.root / "moved")
    second.write("verdict.json", {"status": "graded"})
    assert not second.folder.exists()
    second.folder.mkdir()  # as a backup that was put back in part leaves it
    assert desk.inbox.of("ada", NAME) == [first]
    third, _ = desk.hand_in("ada", NAME, book("3"))
    assert third.number == 3
    (third.folder / f"{NAME}.ipynb").unlink()
    (third.folder / f"{NAME}.ipynb").symlink_to(first.folder / f"{NAME}.ipynb")
    make(graded=True, pause=0).recover()  # a link is not followed, and the others are served
    assert "ada's 01_toy is not in submitted/ yet" in capsys.readouterr().err


def test_late_hand_ins_are_told_or_refused(make, folder, clock):
    due(folder, NOON, ada=NOON + timedelta(hours=2))
    clock.passes(hours=1)
    desk = make(late=False)
    desk.hand_in("ada", NAME, book())
    with pytest.raises(Refused, match="was due at 2026-10-12 12:00"):
        desk.hand_in("bob", NAME, book())
    make().hand_in("bob", NAME, book())
    assert make().assignments("bob")[0]["attempts"][0]["late"]
    assert not make().assignments("ada")[0]["attempts"][0]["late"]


@pytest.mark.parametrize("pause", [float("nan"), float("inf"), "60", True])
def test_a_pause_is_a_number_of_seconds_that_ends(pause):
    with pytest.raises(PolicyError, match="pause must be a number from 0 to 1,000,000,000"):
        policy_of(Config({"HandIn": {"pause": pause}}))


@pytest.mark.parametrize("content", [b"", b"no notebook", b"PK\x03\x04", b"[]", b'{"a":1}'])
def test_what_is_no_notebook_is_refused(make, folder, content):
    with pytest.raises(Refused, match="no notebook"):
        make().hand_in("ada", NAME, content)
    assert attempts_on_disk(folder) == []


def test_what_is_too_large_or_unknown_is_refused(make, folder):
    with pytest.raises(Refused, match="larger than"):
        make(most_bytes=100).hand_in("ada", NAME, book("x" * 100))
    with pytest.raises(Refused, match="assignment"):
        make().hand_in("ada", "../keys", book())
    assert attempts_on_disk(folder) == []


def test_the_last_attempt_counts_or_the_best_of_those_in_time(make, folder, clock):
    due(folder, NOON + timedelta(hours=1))
    desk = make(counts="best", graded=True, pause=0)
    for number, (score, hour) in enumerate([(3, 0), (7, 0), (5, 0), (9, 2)], start=1):
        clock.now = NOON + timedelta(hours=hour, minutes=number)
        attempt, _ = desk.hand_in("ada", NAME, book(str(number)))
        attempt.write(VERDICT, {"score": score, "status": "graded"})
        desk.settle("ada", NAME)
    assert submitted(folder, "ada") == book("2")
    assert [a["counts"] for a in desk.assignments("ada")[0]["attempts"]] == [
        False,
        True,
        False,
        False,
    ]
    make().settle("ada", NAME)
    assert submitted(folder, "ada") == book("4")


def test_what_was_collected_later_by_another_road_stays(make, folder):
    desk = make()
    desk.hand_in("ada", NAME, book("1"))
    place = folder.submitted("ada", NAME)
    (place / f"{NAME}.ipynb").write_bytes(book("by mail"))
    (place / "timestamp.txt").write_text("2026-10-13 12:00:00.000000 UTC")
    desk.settle("ada", NAME)
    assert submitted(folder, "ada") == book("by mail")


def test_a_start_puts_in_place_what_counts_and_queues_what_was_not_graded(make, folder, clock):
    desk = make(graded=True, pause=0)
    first, _ = desk.hand_in("ada", NAME, book("1"))
    clock.passes(seconds=1)
    second, _ = desk.hand_in("bob", NAME, book("2"))
    first.write(VERDICT, {"score": 1.0})
    (folder.submitted("bob", NAME) / f"{NAME}.ipynb").unlink()
    new = make(graded=True)
    new.recover()
    assert list(new.waiting.names) == [second.name]
    assert submitted(folder, "bob") == book("2")


def test_places_in_the_queue_are_told_to_each(make):
    desk = make(graded=True, shown_early="points")
    for student in ("ada", "bob"):
        desk.hand_in(student, NAME, book(student))
    assert desk.assignments("ada")[0]["attempts"][0]["place"] == 1
    assert desk.assignments("bob")[0]["attempts"][0]["place"] == 2


def test_feedback_waits_for_ones_own_due_date(make, folder, clock):
    due(folder, NOON + timedelta(hours=1), bob=NOON + timedelta(hours=9))
    for student in ("ada", "bob"):
        page = folder.root / "feedback" / student / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"feedback of {student}")
    with pytest.raises(Refused, match="no feedback"):
        make().feedback("ada", NAME)
    assert make(shown_early="all").feedback("ada", NAME) == b"feedback of ada"
    clock.passes(hours=2)
    assert make().feedback("ada", NAME) == b"feedback of ada"
    with pytest.raises(Refused, match="no feedback"):
        make().feedback("bob", NAME)
    with pytest.raises(Refused, match="no feedback"):
        make().feedback("eve", NAME)


@pytest.mark.parametrize("step", ["fsync", "rename", "mkdir"])
def test_a_disk_that_fails_at_any_step_keeps_nothing_and_says_so(make, folder, monkeypatch, step):
    desk = make()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "mkdir":
        monkeypatch.setattr(inbox_module.tempfile, "mkdtemp", fail)
    else:
        monkeypatch.setattr(inbox_module.os, step, fail)
    with pytest.raises(Refused, match="nothing was kept") as refused:
        desk.hand_in("ada", NAME, book())
    assert refused.value.status == 507
    assert attempts_on_disk(folder) == []
    assert [p for p in folder.root.glob("attempts/*/*/*") if not p.name.startswith(".")] == []


def test_all_of_it_is_on_disk_before_it_can_be_seen(make, folder, monkeypatch):
    done: list[str] = []
    fsync, rename = os.fsync, os.rename

    def note_sync(handle):
        done.append(os.readlink(f"/proc/self/fd/{handle}").rpartition("/")[2])
        fsync(handle)

    def note_rename(source, target):
        done.append("moved")
        rename(source, target)

    monkeypatch.setattr(inbox_module.os, "fsync", note_sync)
    monkeypatch.setattr(inbox_module.os, "rename", note_rename)
    make().hand_in("ada", NAME, book())
    before = done[: done.index("moved")]
    assert {f"{NAME}.ipynb", "timestamp.txt", "receipt.json"} <= set(before)
    assert before[-1].startswith(".attempt")
    assert done[done.index("moved") + 1] == NAME


def test_a_full_disk_is_told_before_anything_is_written(make, folder, monkeypatch):
    monkeypatch.setattr(module, "NEEDED", 2**80)
    with pytest.raises(Refused, match="disk is full"):
        make().hand_in("ada", NAME, book())
    assert attempts_on_disk(folder) == []


def test_a_policy_is_read_from_the_class_and_mistakes_are_told(folder):
    allow(folder, attempts=3, graded=True, shown_early="points")
    assert policy_of(folder.config()) == Policy(attempts=3, graded=True, shown_early="points")
    for wrong in (
        {"atempts": 3}, {"attempts": 0}, {"counts": "first"}, {"late": 1}, {"pause": -1},
        {"pause": 1e30},
        {"second_looks": -1}, {"second_looks": True}, {"second_looks": 1.5},
        {"address": "handin.example.edu"}, {"address": "http://handin.example.edu"}, {"address": 1},
    ):  # fmt: skip
        allow(folder, **wrong)
        with pytest.raises(PolicyError, match=f"HandIn.{next(iter(wrong))}"):
            policy_of(folder.config())
        text = (folder.root / "nbgrader_config.py").read_text()
        (folder.root / "nbgrader_config.py").write_text(text.rpartition("c.HandIn")[0])
    allow(folder, second_looks=0, address="https://x.example/course")
    assert policy_of(folder.config()).second_looks == 0
    assert policy_of(folder.config()).address == "https://x.example/course/"
    allow(folder, graded=False)
    with pytest.raises(PolicyError, match="need HandIn.graded"):
        policy_of(folder.config())


def test_an_assignment_may_have_a_policy_of_its_own(make):
    desk = make(attempts=3, pause=0, assignments={NAME: Policy(attempts=1)})
    desk.hand_in("ada", NAME, book())
    assert desk.assignments("ada")[0]["attempts_left"] == 0
    with pytest.raises(Refused, match="all 1 attempts"):
        desk.hand_in("ada", NAME, book("another"))


def test_what_an_assignment_does_not_say_is_as_for_the_class(folder):
    own = {"02_knn": {"attempts": 1}, "11_capstone": {"graded": True, "counts": "best"}}
    allow(folder, attempts=3, pause=0, assignments=own)
    policy = policy_of(folder.config())
    found = [policy.of(name) for name in ("01_images", "02_knn", "11_capstone")]
    assert [(p.attempts, p.pause) for p in found] == [(3, 0), (1, 0), (3, 0)]
    assert [(p.graded, p.counts) for p in found] == [(False, "last")] * 2 + [(True, "best")]
    assert policy.grades


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"02_knn": {"atempts": 3}}, r"assignments\[.*\]\.atempts, which does not exist"),
        ({"02_knn": {"requests": 3}}, r"assignments\[.*\]\.requests, which does not exist"),
        ({"02_knn": {"attempts": 0}}, r"assignments\[.*\]\.attempts must be a whole number"),
        ({"02_knn": {"counts": "best"}}, r"need .*assignments\[.*\]\.graded = True"),
        ({"02_knn": 3}, "gives each assignment its settings"),
        (["02_knn"], "gives each assignment its settings"),
        ({"02_kn": {"attempts": 3}}, "did you mean 02_knn"),
    ],
)
def test_mistakes_in_the_policy_of_an_assignment_are_told(folder, own, told):
    allow(folder, assignments=own)
    with pytest.raises(PolicyError, match=told):
        policy_of(folder.config())


def test_records_that_cannot_be_read_hide_nothing_else(make):
    desk = make(graded=True, shown_early="points", pause=0)
    attempt, _ = desk.hand_in("ada", NAME, book())
    desk.waiting.names.clear()
    (attempt.folder / "shown.json").write_text("[" * 10_000)
    assert desk.assignments("ada")[0]["attempts"][0]["shown"] is None
    (attempt.folder / "shown.json").write_text(json.dumps({"status": "graded"}))
    assert desk.assignments("ada")[0]["attempts"][0]["shown"] == {"status": "graded"}


def test_nothing_is_taken_of_whoever_was_dropped_and_a_start_brings_nothing_back(make, folder):
    make(pause=0).hand_in("ada", NAME, book("1"))
    with Gradebook(f"sqlite:///{folder.root}/gradebook.db", COURSE_ID) as gradebook:
        gradebook.update_or_create_student("ada")
        drop(folder, gradebook, "ada")
        desk = make(pause=0)
        desk.recover()
        with pytest.raises(Refused, match="not in this class any more"):
            desk.hand_in("ada", NAME, book("2"))
        assert attempts_on_disk(folder) == []
        assert not folder.submitted("ada", NAME).exists()
        restore(folder, gradebook, "ada")
    desk.hand_in("ada", NAME, book("2"))
    assert [attempt["number"] for attempt in desk.assignments("ada")[0]["attempts"]] == [1, 2]
