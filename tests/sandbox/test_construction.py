"""The wall's command line and the filter of system calls, for machines that are not this one."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from grader.sandbox import Limits, SandboxUnavailable, bwrap
from grader.sandbox.bwrap import Blueprint
from grader.sandbox.inside import calls, seccomp

PLAN = Blueprint(Limits(), {}, figures=False, nested=True)


def _arguments() -> list[str]:
    return bwrap.command(Path("bwrap"), PLAN, 10, 11)


def _mounts(arguments: list[str]) -> list[tuple[str, str]]:
    kinds = ("--ro-bind", "--bind", "--dev-bind")
    return [
        (arguments[at + 1], arguments[at + 2])
        for at, argument in enumerate(arguments)
        if argument in kinds
    ]


def test_an_installed_project_is_covered_where_packages_are_mounted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    for part in ("pix2net", "grader/sandbox", "grader/grading", "solutions", "data"):
        (site / part).mkdir(parents=True)
    (site / "grader" / "__init__.py").touch()
    monkeypatch.setattr(bwrap, "package_root", lambda: site)
    monkeypatch.setattr(bwrap, "python_folders", lambda: [tmp_path / "lib"])
    arguments = _arguments()
    covered = {
        arguments[at + 1] for at, argument in enumerate(arguments) if argument == "--remount-ro"
    }
    assert bwrap.inside(site / "grader") in covered
    assert bwrap.inside(site / "solutions") in covered
    shown = {target for _, target in _mounts(arguments)}
    assert "/course/lib/pix2net" in shown
    assert not any("solutions" in target or "grading" in target for target in shown)


def test_only_what_python_needs_is_mounted() -> None:
    sources = {source for source, _ in _mounts(_arguments())}
    root = bwrap.package_root()
    assert not any(str(source) in ("/", "/etc", "/root", "/home", str(root)) for source in sources)
    for hidden in ("solutions", "course", "grader", "work", ".git"):
        assert str(root / hidden) not in sources
    writable = {source for source in sources if source.startswith("/dev/")}
    assert writable == {"/dev/null", "/dev/full", "/dev/zero", "/dev/random", "/dev/urandom"}


def test_root_is_told_when_nobody_could_not_read_the_course(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kit = tmp_path / "pix2net"
    kit.mkdir()
    (kit / "__init__.py").touch()
    monkeypatch.setattr(bwrap, "package_root", lambda: tmp_path)
    kit.chmod(0o755)
    (kit / "__init__.py").chmod(0o644)
    bwrap.refuse_unreadable()
    kit.chmod(0o700)
    with pytest.raises(SandboxUnavailable, match=r"chmod -R o\+rX"):
        bwrap.refuse_unreadable()


@pytest.mark.parametrize("right", ["--new-session", "--die-with-parent", "--clearenv"])
def test_the_wall_is_a_session_of_its_own_with_an_empty_environment(right: str) -> None:
    assert right in _arguments()


def test_an_ordinary_user_gets_a_user_name_space_and_root_gives_its_rights_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bwrap, "starts_as_root", lambda: False)
    ordinary = _arguments()
    assert "--unshare-user" in ordinary
    assert "--cap-add" not in ordinary
    monkeypatch.setattr(bwrap, "starts_as_root", lambda: True)
    assert "--unshare-user" not in _arguments()


@pytest.mark.parametrize("machine", sorted(seccomp.ARCHITECTURES))
def test_every_jump_of_the_filter_stays_inside_it_and_every_path_returns(machine: str) -> None:
    code = seccomp.program(machine)
    for at, (operation, if_true, if_false, _) in enumerate(code):
        jumps = operation in (seccomp.JUMP_EQUAL, seccomp.JUMP_AT_LEAST, seccomp.JUMP_ANY_BIT)
        targets = [at + 1 + if_true, at + 1 + if_false] if jumps else [at + 1]
        if operation != seccomp.RETURN:
            assert max(targets) < len(code)
    assert code[-1] == (seccomp.RETURN, 0, 0, seccomp.ALLOW)


def test_an_unknown_processor_gets_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    assert not seccomp.supported()
    assert not seccomp.restrict()


def _verdict(machine: str, call: str, *arguments: int) -> int:
    """What the filter answers to a system call on a machine, as the kernel would run it."""
    column = list(seccomp.ARCHITECTURES).index(machine)
    known = {name: numbers[column] for name, numbers in calls.FORBIDDEN.items()}
    number = {**known, **calls.UNKNOWN, **calls.WITH_ARGUMENTS[machine]}[call]
    assert number is not None
    words = [number, seccomp.ARCHITECTURES[machine], 0, 0]
    words += [half for a in arguments for half in (a & 0xFFFFFFFF, a >> 32)] + [0] * 12
    code, at, held = seccomp.program(machine), 0, 0
    while code[at][0] != seccomp.RETURN:
        operation, if_true, if_false, constant = code[at]
        if operation == seccomp.LOAD:
            held = words[constant // 4]
        elif operation == seccomp.AND:
            held &= constant
        else:
            true = {
                seccomp.JUMP_EQUAL: held == constant,
                seccomp.JUMP_AT_LEAST: held >= constant,
                seccomp.JUMP_ANY_BIT: bool(held & constant),
            }[operation]
            at += if_true if true else if_false
        at += 1
    return code[at][3]


ADDRESS = 0x7F00_0000_0000  # whose lower half is zero
BOTH = pytest.mark.parametrize("machine", sorted(seccomp.ARCHITECTURES))


@BOTH
def test_every_call_on_the_lists_is_refused(machine: str) -> None:
    column = list(seccomp.ARCHITECTURES).index(machine)
    there = [name for name, numbers in calls.FORBIDDEN.items() if numbers[column] is not None]
    assert len(there) > 60
    assert {_verdict(machine, name) for name in there} == {seccomp.REFUSE}
    assert {_verdict(machine, name) for name in calls.UNKNOWN} == {seccomp.NO_SUCH_CALL}


@BOTH
@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        ("rt_sigaction", (signal.SIGCHLD, ADDRESS), seccomp.REFUSE),
        ("rt_sigaction", (signal.SIGCHLD, 0x1000), seccomp.REFUSE),
        ("rt_sigaction", (signal.SIGCHLD, 0, ADDRESS), seccomp.ALLOW),
        ("rt_sigaction", (signal.SIGINT, ADDRESS), seccomp.ALLOW),
        ("fcntl", (3, 3), seccomp.ALLOW),
        ("fcntl", (3, 0), seccomp.ALLOW),
        ("fcntl", (3, 1030, 0), seccomp.ALLOW),
        ("fcntl", (3, 1034), seccomp.ALLOW),
        ("fcntl", (3, 6, ADDRESS), seccomp.REFUSE),
        ("fcntl", (3, 1024, 1), seccomp.REFUSE),
        ("fcntl", (3, 1031, 2**20), seccomp.REFUSE),
        ("mmap", (0, 4096, 3, 0x22), seccomp.ALLOW),
        ("mmap", (0, 4096, 3, 0x21), seccomp.REFUSE),
        ("mmap", (0, 2**21, 3, 0x40022), seccomp.REFUSE),
        ("mmap", (0, 4096, 1, 0x01), seccomp.ALLOW),
        ("prctl", (62, 1), seccomp.REFUSE),
        ("prctl", (4, 0), seccomp.ALLOW),
        ("clone", (0x1200011,), seccomp.ALLOW),
        ("clone", (0x10000011,), seccomp.REFUSE),
        ("socket", (1, 1), seccomp.ALLOW),
        ("socket", (2, 1), seccomp.NO_SUCH_FAMILY),
        ("ioctl", (0, 0x5412), seccomp.REFUSE),
        ("ioctl", (0, 0x541B), seccomp.ALLOW),
    ],
)
def test_some_calls_are_refused_for_what_they_ask(
    machine: str, call: str, arguments: tuple[int, ...], answer: int
) -> None:
    assert _verdict(machine, call, *arguments) == answer
