"""Collecting from nbgrader's exchange, into which students write."""

import json
import os
import pwd
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from grader.handed_in.collect import collect
from grader.release.build import build
from grader.release.release import release
from grader.weave import layout
from pix2net.cli.app import app
from tests.sandbox.helpers import only_root

pytestmark = pytest.mark.some_chapters

COURSE = "pixels-to-networks"


@pytest.fixture
def folder(folder_with_exchange, chapter):
    """A class folder with the toy chapter and an exchange into which students can write."""
    build(folder_with_exchange, [chapter])
    return folder_with_exchange


@pytest.fixture
def inbound(folder, tmp_path):
    path = tmp_path / "exchange" / COURSE / "inbound"
    path.mkdir(parents=True)
    return path


def entry(inbound, student, *, when=None, secret="abc", content=b"{}"):
    """What `nbgrader submit` leaves in the exchange."""
    stamp = (when or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    path = inbound / f"{student}+01_toy+{stamp}+{secret}"
    path.mkdir()
    (path / "01_toy.ipynb").write_bytes(content)
    (path / "timestamp.txt").write_text(stamp)
    return path


def test_what_stock_nbgrader_submits_is_collected(folder, tmp_path, chapter):
    assert release(folder, [chapter]).refused == ()
    work = tmp_path / "home"
    work.mkdir()
    nbgrader = [sys.executable, "-m", "nbgrader"]
    options = [f"--Exchange.root={tmp_path / 'exchange'}", f"--course={COURSE}"]
    cache = [f"--Exchange.cache={tmp_path / 'cache'}"]
    for step in ("fetch_assignment", "submit"):
        command = [*nbgrader, step, "01_toy", *options, *cache]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    (collected,) = collect(folder).collected
    assert (collected.assignment, collected.status) == ("01_toy", "new")
    assert (collected.path / "01_toy.ipynb").read_bytes() == (
        work / "01_toy" / "01_toy.ipynb"
    ).read_bytes()
    assert abs(datetime.now(UTC) - collected.received) < timedelta(minutes=5)


def test_the_latest_entry_counts_and_a_second_collecting_changes_nothing(folder, inbound):
    now = datetime.now(UTC)
    entry(inbound, "ada", when=now - timedelta(hours=1), content=b"old")
    entry(inbound, "ada", when=now, secret="def", content=b"new")
    assert [c.status for c in collect(folder).collected] == ["new"]
    assert (folder.submitted("ada", "01_toy") / "01_toy.ipynb").read_bytes() == b"new"
    assert [c.status for c in collect(folder).collected] == ["unchanged"]


def test_the_time_comes_from_the_exchange_not_from_the_file_handed_in(folder, inbound):
    path = entry(inbound, "ada", when=datetime.now(UTC))
    (path / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC")
    assert collect(folder).collected[0].received.year == datetime.now(UTC).year


def test_a_link_in_an_entry_is_not_followed_and_costs_that_entry_alone(folder, inbound, tmp_path):
    secret = folder.hidden_key("01_toy")
    bad = entry(inbound, "mallory")
    (bad / "notes.txt").symlink_to(secret)
    worse = entry(inbound, "trudy")
    (worse / "01_toy.ipynb").unlink()
    (worse / "01_toy.ipynb").symlink_to(entry(inbound, "ada") / "01_toy.ipynb")
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    (inbound / f"oscar+01_toy+{stamp}+x").symlink_to(folder.keys)
    result = collect(folder)
    assert [c.student for c in result.collected] == ["ada"]
    assert len(result.refused) == 3
    assert sorted(os.listdir(folder.root / "submitted")) == ["ada"]


@pytest.mark.parametrize(
    "name",
    [
        "..+01_toy+2026-01-01 00:00:00.0 UTC+x",
        "eve+01_toy+no time+x",
        ".+01_toy+2026-01-01 00:00:00.0 UTC+x",
    ],
)
def test_an_entry_with_a_strange_name_leads_nowhere_and_stops_nobody(folder, inbound, name):
    (inbound / name).mkdir()
    (inbound / name / "01_toy.ipynb").write_bytes(b"{}")
    entry(inbound, "ada")
    result = collect(folder)
    assert [c.student for c in result.collected] == ["ada"]
    assert not (folder.root / "01_toy").exists()


def test_an_entry_that_is_too_large_costs_itself_alone(folder, inbound):
    settings = folder.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.CourseDirectory.max_dir_size = 5\n")
    entry(inbound, "mallory", content=b"0" * 9000)
    entry(inbound, "ada")
    result = collect(folder)
    assert [c.student for c in result.collected] == ["ada"]
    assert "too large" in result.refused[0].reason


def give(path, user):
    """Make an entry and all that is in it another user's."""
    for place in (path, *path.rglob("*")):
        os.chown(place, user, user, follow_symlinks=False)


def in_place(folder, student="ada"):
    return (folder.submitted(student, "01_toy") / "01_toy.ipynb").read_bytes()


def test_a_time_in_a_name_is_not_believed_and_the_hand_in_is_shown(folder, inbound):
    entry(inbound, "ada", when=datetime.now(UTC) - timedelta(days=2))
    result = collect(folder)
    (collected,) = result.collected
    assert datetime.now(UTC) - collected.received < timedelta(minutes=5)
    (doubtful,) = result.doubtful
    assert (doubtful.student, doubtful.assignment) == ("ada", "01_toy")
    assert "was last changed at" in doubtful.reason
    again = collect(folder)
    assert [one.status for one in again.collected] == ["unchanged"]
    assert again.doubtful == ()


@pytest.mark.parametrize("days", [-2, 400])
def test_what_claims_another_time_never_takes_the_place_of_another(folder, inbound, days):
    entry(inbound, "ada", content=b"honest")
    late = entry(inbound, "ada", when=datetime.now(UTC) + timedelta(days=days), content=b"lying")
    for _ in range(2):
        result = collect(folder)
        assert in_place(folder) == b"honest"
        (doubtful,) = result.doubtful
        assert doubtful.source == late.name
        assert (doubtful.path / "01_toy.ipynb").read_bytes() == b"lying"
        assert folder.root / "doubtful" in doubtful.path.parents


def test_work_that_was_changed_after_it_was_handed_in_does_not_pass_for_punctual(
    folder, inbound, monkeypatch
):
    """The folder's own time stays as it was when a file in it is written over."""
    monkeypatch.setattr("grader.handed_in.inbound.SLACK", 0.5)
    path = entry(inbound, "ada", when=datetime.now(UTC), content=b"punctual")
    collect(folder)
    time.sleep(0.8)
    (path / "01_toy.ipynb").write_bytes(b"finished later")
    (doubtful,) = collect(folder).doubtful
    assert in_place(folder) == b"punctual"
    assert (doubtful.path / "01_toy.ipynb").read_bytes() == b"finished later"


def test_what_was_only_touched_since_is_what_it_was(folder, inbound, monkeypatch):
    monkeypatch.setattr("grader.handed_in.inbound.SLACK", 0.5)
    path = entry(inbound, "ada", when=datetime.now(UTC), content=b"punctual")
    collect(folder)
    time.sleep(0.8)
    path.chmod(0o777)
    result = collect(folder)
    assert (result.doubtful, result.refused) == ((), ())
    assert in_place(folder) == b"punctual"


def test_the_names_of_an_exchange_that_was_copied_can_be_believed(folder, inbound):
    settings = folder.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.CollectRegularFiles.believe_names = True\n")
    when = datetime.now(UTC) - timedelta(days=2)
    entry(inbound, "ada", when=when)
    result = collect(folder)
    assert abs(result.collected[0].received - when) < timedelta(seconds=1)
    assert result.doubtful == ()


@only_root
def test_nobody_replaces_the_work_of_another(folder, inbound):
    give(entry(inbound, "ada", content=b"hers"), 61_001)
    give(entry(inbound, "mallory", content=b"his"), 61_002)
    collect(folder)
    give(entry(inbound, "ada", secret="x", content=b"forged"), 61_002)
    for _ in range(2):
        result = collect(folder)
        assert in_place(folder) == b"hers"
        (doubtful,) = result.doubtful
        assert doubtful.reason == "it belongs to user 61002, and ada is user 61001"
        assert (doubtful.path / "01_toy.ipynb").read_bytes() == b"forged"
    assert {one.status for one in result.collected} == {"unchanged"}


@only_root
def test_who_was_first_is_seen_although_both_came_before_collecting(folder, inbound):
    give(entry(inbound, "ada", content=b"hers"), 61_001)
    give(entry(inbound, "bob"), 61_003)
    time.sleep(0.05)
    give(entry(inbound, "ada", secret="x", content=b"forged"), 61_002)
    assert len(collect(folder).doubtful) == 1
    assert in_place(folder) == b"hers"


@only_root
def test_a_login_says_whose_name_it_is(folder, inbound):
    """``daemon`` and ``bin`` are users of every machine."""
    forged = entry(inbound, "daemon", content=b"forged")
    give(forged, pwd.getpwnam("bin").pw_uid)
    give(entry(inbound, "bin"), pwd.getpwnam("bin").pw_uid)
    result = collect(folder)
    assert [one.student for one in result.collected] == ["bin"]
    assert "it belongs to bin (user" in result.doubtful[0].reason
    give(entry(inbound, "daemon", secret="x", content=b"own"), pwd.getpwnam("daemon").pw_uid)
    collect(folder)
    assert in_place(folder, "daemon") == b"own"


@only_root
def test_who_hands_in_under_a_second_name_is_told(folder, inbound):
    """Nobody has handed in under that name yet, and no login says whose it is."""
    for user, student in ((61_001, "ada"), (61_002, "mallory"), (61_003, "bob")):
        give(entry(inbound, student), user)
    time.sleep(0.05)
    give(entry(inbound, "eve", content=b"forged"), 61_002)
    result = collect(folder)
    assert [one.student for one in result.collected] == ["ada", "bob", "mallory"]
    (doubtful,) = result.doubtful
    assert doubtful.reason == "it belongs to user 61002, who hands in as mallory"


@only_root
def test_a_file_that_another_put_into_a_hand_in_is_doubtful(folder, inbound):
    """nbgrader makes the folder of a hand-in writable for all."""
    give(entry(inbound, "bob"), 61_003)
    path = entry(inbound, "ada", content=b"hers")
    give(path, 61_001)
    os.chown(path / "01_toy.ipynb", 61_002, 61_002)
    (doubtful,) = collect(folder).doubtful
    assert doubtful.reason == "its files belong to several users"
    assert not folder.submitted("ada", "01_toy").exists()


@only_root
def test_a_service_that_hands_in_for_all_is_no_doubt(folder, inbound):
    for number, student in enumerate(("ada", "bob", "cid", "dee")):
        give(entry(inbound, student), 61_000 + number % 2)  # one of its two machines
    result = collect(folder)
    assert result.doubtful == ()
    assert [one.status for one in result.collected] == ["new"] * 4


@only_root
def test_doubts_can_be_switched_off_as_in_nbgrader(folder, inbound):
    settings = folder.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.ExchangeCollect.check_owner = False\n")
    give(entry(inbound, "ada"), 61_001)
    collect(folder)
    give(entry(inbound, "ada", secret="x", content=b"later"), 61_002)
    assert collect(folder).doubtful == ()
    assert in_place(folder) == b"later"


@only_root
def test_a_flood_of_forged_hand_ins_fills_no_disk(folder, inbound):
    give(entry(inbound, "ada", content=b"hers"), 61_001)
    give(entry(inbound, "bob"), 61_003)
    collect(folder)
    for number in range(8):
        give(entry(inbound, "ada", secret=str(number), content=b"forged"), 61_002)
    result = collect(folder)
    assert len(list((folder.root / "doubtful" / "ada" / "01_toy").iterdir())) <= 3
    assert any("5 more doubtful ones" in one.reason for one in result.doubtful)


def test_a_broken_later_hand_in_does_not_remove_an_earlier_one(folder, inbound):
    entry(inbound, "ada", when=datetime.now(UTC) - timedelta(seconds=20), content=b"good")
    collect(folder)
    bad = entry(inbound, "ada", secret="x", content=b"bad")
    (bad / "data.csv").symlink_to("/etc/passwd")
    result = collect(folder)
    assert in_place(folder) == b"good"
    assert [(one.source, one.student) for one in result.refused] == [(bad.name, "ada")]


def test_the_wrong_notebook_is_told_and_an_earlier_right_one_stays(folder, inbound):
    entry(inbound, "ada", content=(folder.source("01_toy") / "01_toy.ipynb").read_bytes())
    collect(folder)
    before = in_place(folder)
    other = (layout.COMMITTED / "01_images.ipynb").read_bytes()
    entry(inbound, "ada", secret="x", content=other)
    (refused,) = collect(folder).refused
    assert "this is 01_images, handed in as 01_toy" in refused.reason
    assert in_place(folder) == before


def test_folders_without_end_and_names_that_cannot_be_shown(folder, inbound):
    deep = entry(inbound, "mallory")
    for _ in range(40):
        deep = deep / "d"
        deep.mkdir()
    odd = entry(inbound, "ada", content=b"{}")
    for name in (b"a\nb.txt", b"\xff.txt", b".hidden", b"plain.txt"):
        with open(os.fsencode(odd) + b"/" + name, "wb"):
            pass
    result = collect(folder)
    assert [one.student for one in result.collected] == ["ada"]
    assert "nested too deeply" in result.refused[0].reason
    names = sorted(os.listdir(folder.submitted("ada", "01_toy")))
    assert names == ["01_toy.ipynb", "plain.txt", "timestamp.txt"]
    assert sum(note.startswith("Left out of") for note in result.notes) == 3


def test_a_hand_in_cannot_keep_others_from_being_collected(folder, inbound):
    """Whatever is in it costs itself alone: a folder where we write a file, a path too long."""
    odd = entry(inbound, "mallory")
    (odd / "timestamp.txt").unlink()
    (odd / "timestamp.txt" / "x").mkdir(parents=True)
    (odd / "timestamp.txt" / "x" / "y.txt").write_text("")
    long = entry(inbound, "trudy")
    for _ in range(4):
        long = long / ("d" * 200)
        long.mkdir()
    (long / "x.txt").write_text("")
    entry(inbound, "zoe")
    result = collect(folder)
    assert [one.student for one in result.collected] == ["mallory", "zoe"]
    assert [one.reason for one in result.refused] == ["a path in it is too long"]


def test_what_stands_in_the_exchange_and_is_no_hand_in_is_told(folder, inbound):
    entry(inbound, "ada")
    (inbound / "ada+01_toy.zip").write_bytes(b"")
    (inbound / "eve+09_none+2026-01-01 00:00:00.0 UTC+x").mkdir()
    os.mkfifo(inbound / "notes")
    (inbound / ".hidden").mkdir()
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    os.mkfifo(inbound / f"bob+01_toy+{stamp}+x")
    result = collect(folder)
    told = {one.source.partition("+2")[0]: one.reason for one in result.refused}
    assert told == {
        ".hidden": "its name is not STUDENT+ASSIGNMENT+TIME",
        "ada+01_toy.zip": "its name is not STUDENT+ASSIGNMENT+TIME",
        "eve+09_none": "there is no assignment '09_none'; there are 01_toy",
        "notes": "its name is not STUDENT+ASSIGNMENT+TIME",
        f"bob+01_toy+{stamp}+x".partition("+2")[0]: "it is no folder",
    }


def test_warnings_of_nbgrader_and_doubts_reach_the_screen(folder, inbound):
    words = ["collect", "--class-dir", str(folder.root)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert "No submissions of '01_toy'" in done.stderr
    entry(inbound, "ada", when=datetime.now(UTC) - timedelta(days=2))
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 1
    (doubtful,) = json.loads(done.stdout)["doubtful"]
    assert doubtful["student"] == "ada"
    assert "was last changed at" in done.stderr


def test_stock_collect_of_nbgrader_logs_the_same(folder, inbound):
    entry(inbound, "ada", when=datetime.now(UTC) - timedelta(days=2))
    command = [sys.executable, "-m", "nbgrader", "collect", "01_toy"]
    done = subprocess.run(command, cwd=folder.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Doubtful" in done.stderr
    assert (folder.submitted("ada", "01_toy") / "01_toy.ipynb").is_file()
