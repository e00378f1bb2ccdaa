"""``course doctor`` says which layers of the sandbox are active, and what to install."""

import json
import sys

import pytest
from typer.testing import CliRunner

from grader.sandbox import SandboxUnavailable, layers
from grader.sandbox.inside import landlock, seccomp
from pix2net.cli.app import app

LAYERS = ["bubblewrap", "name spaces", "nested name spaces", "Landlock", "seccomp", "watch"]


def doctor(*arguments):
    return CliRunner().invoke(app, ["doctor", *arguments])


@pytest.fixture
def refused(monkeypatch):
    """A machine without bubblewrap."""

    def refuse():
        raise SandboxUnavailable("the sandbox needs bubblewrap: install bubblewrap")

    module = sys.modules["grader.sandbox.examine"]  # the package has a function of this name
    monkeypatch.setattr(module, "find_bwrap", refuse)


def test_every_layer_is_told_with_whether_this_kernel_has_it():
    found = {f["name"]: f for f in json.loads(doctor("--json").stdout)["findings"]}
    told = {name: found[f"sandbox: {name}"] for name in LAYERS if f"sandbox: {name}" in found}
    if set(told) != set(LAYERS):
        pytest.skip("this machine cannot build the wall")
    assert told["Landlock"]["ready"] == (landlock.abi() > 0)
    assert told["seccomp"]["ready"] == seccomp.supported()
    assert told["watch"]["ready"]
    assert all(layer["detail"] for layer in told.values())
    assert not told["Landlock"]["needed"]
    assert told["name spaces"]["needed"]


def test_a_machine_without_the_wall_is_told_what_to_install(refused):
    done = doctor()
    assert done.exit_code == 2
    assert "install bubblewrap" in done.stdout
    assert "Not ready to grade" in done.stdout
    assert layers()[0].active is False
