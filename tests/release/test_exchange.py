"""Collecting from nbgrader's exchange, into which students write."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from grader.handed_in.collect import collect
from grader.release.build import build
from grader.release.release import release

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


def test_an_entry_that_claims_to_be_older_than_it_is_is_pointed_out(folder, inbound):
    entry(inbound, "ada", when=datetime.now(UTC) - timedelta(days=2))
    result = collect(folder)
    assert any("was last changed at" in note for note in result.notes)


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
