"""`make setup` and `.ci/run`: what they promise on a machine that has nothing of ours."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {"setup", "demo", "lab", "test", "bench", "verify"}


@pytest.fixture
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "scripts" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outside_of_make() -> dict[str, str]:
    """The environment without the settings of a make around us."""
    return {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}


def make(*arguments: str) -> str:
    """What make would run, without running it."""
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=outside_of_make(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_setup_runs_before_anything_is_installed() -> None:
    code = "import runpy, sys; sys.argv = ['x']; runpy.run_path('scripts/setup.py')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, check=True)


def test_a_pin_is_taken_from_the_lock_with_its_hashes_and_nothing_else(setup: ModuleType) -> None:
    lock = (
        "a==1 \\\n    --hash=sha256:11\nuv==2 \\\n    --hash=sha256:22 \\\n    --hash=sha256:33\n"
    )
    lock += "    # via x\nuvloop==3 \\\n    --hash=sha256:44\n"
    assert setup.locked("uv", lock) == ("uv==2 \\\n    --hash=sha256:22 \\\n    --hash=sha256:33\n")


def test_the_lock_has_the_installer_that_setup_takes_from_it(setup: ModuleType) -> None:
    assert re.match(r"uv==\d.*--hash=sha256:", setup.locked("uv", setup.LOCK.read_text()), re.S)


def test_a_python_without_virtual_environments_is_one_sentence_with_the_package(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "succeeds", lambda *command: False)
    with pytest.raises(setup.SetupError, match="apt-get install python3-venv"):
        setup.create(tmp_path / "venv")


def test_without_ensurepip_a_pip_outside_the_environment_stands_in(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def debian(*command: object) -> bool:
        words = tuple(str(word) for word in command)
        ran.append(words)
        return "--without-pip" in words or "--python" in words

    monkeypatch.setattr(setup, "succeeds", debian)
    setup.create(tmp_path / "venv")
    assert ran[-1][-2:] == ("install", "pip")


def test_without_uv_the_lock_is_installed_with_pip(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(setup, "succeeds", lambda *command: False)
    monkeypatch.setattr(
        setup, "must", lambda problem, *command: ran.append(" ".join(map(str, command)))
    )
    setup.install(tmp_path)
    assert len(ran) == 2
    assert ran[0].endswith(f"--require-hashes -r {setup.LOCK}")
    assert ran[1].endswith(f"--editable {ROOT}")


def test_an_old_python_is_one_sentence(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "OLDEST", (99, 0))
    assert setup.main() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "needs Python" in line
    assert "PYTHON=" in line


def test_every_promised_target_sets_up_first(tmp_path: Path) -> None:
    for target in sorted(TARGETS):
        first, *_ = make(target, f"READY={tmp_path}/.ready").splitlines()
        assert first.endswith("scripts/setup.py"), target


def test_a_second_run_sets_nothing_up(tmp_path: Path) -> None:
    ready = tmp_path / ".ready"
    ready.touch()
    for target in sorted(TARGETS):
        assert "scripts/setup.py" not in make(target, f"READY={ready}"), target


def test_make_test_checks_style_types_and_behaviour() -> None:
    lines = make("test")
    for tool in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert f".venv/bin/{tool}" in lines, tool


@pytest.mark.parametrize(
    ("tests", "browser", "printed"),
    [
        ("echo ran", "echo clicked", "ran\nclicked\n"),
        ("exit 3", "echo clicked", None),
        ("echo ran", "exit 3", None),
    ],
)
def test_ci_fails_when_a_part_of_it_fails(
    tmp_path: Path, tests: str, browser: str, printed: str | None
) -> None:
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "run"
    script.write_text((ROOT / ".ci" / "run").read_text())
    (tmp_path / "Makefile").write_text(f"test:\n\t@{tests}\ntest-browser:\n\t@{browser}\n")
    done = subprocess.run(["bash", script], capture_output=True, text=True, env=outside_of_make())
    assert (done.returncode == 0) == (printed is not None)
    if printed is not None:
        assert done.stdout == printed


def test_a_missing_browser_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "browser.py"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "install it" in done.stderr
    assert "Traceback" not in done.stderr
