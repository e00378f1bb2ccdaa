"""The weaker wall, for root in a container that allows no name spaces.

Each session is another user's, locked in by Landlock and a filter of system calls. Everything of
that user is killed once the session is over. docs/threat-model.md says what this does not hold.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from grader.sandbox import bwrap
from grader.sandbox.api import SandboxFailure, SandboxUnavailable
from grader.sandbox.inside import landlock, seccomp

USERS = range(60_100, 61_000)  # of nobody on any machine; each session takes one that is free
NEEDED = {"CHOWN": 0, "DAC_OVERRIDE": 1, "KILL": 5, "SETGID": 6, "SETUID": 7}  # capabilities
NEEDED_LANDLOCK = 1
SECRET = ("solutions/__init__.py", "grader/cli/__init__.py")  # what no session may be able to read
SETTINGS = ("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime", "/proc")
MOST_LOOKED_AT = 20_000  # files of a session that are counted
SUPPORT = "support"  # the folder of a worker's copies
END_SECONDS = 10.0
SHELL = "/bin/sh"


def refuse_if_impossible() -> None:
    """Raise `SandboxUnavailable` unless this process can build the wall, all of it."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise SandboxUnavailable(
            "`--wall container` makes each submission another user's, which root alone can: run as "
            "root in the container"
        )
    lacking = [name for name, bit in NEEDED.items() if not _capabilities() >> bit & 1]
    if lacking:
        raise SandboxUnavailable(
            f"`--wall container` needs root's right to {', '.join(lacking)}: start the container "
            "with the capabilities that it has by default"
        )
    if landlock.abi() < NEEDED_LANDLOCK:
        raise SandboxUnavailable(
            "`--wall container` needs Landlock, which this kernel or container does not offer "
            "(Linux 5.13 or later, with `landlock` among its security modules)"
        )
    if not seccomp.supported():
        raise SandboxUnavailable("`--wall container` needs a processor of x86-64 or ARM64")
    bwrap.refuse_unreadable()
    _refuse_if_mixed()


def _capabilities() -> int:
    for row in Path("/proc/self/status").read_text().splitlines():
        if row.startswith("CapEff:"):
            return int(row.split()[1], 16)
    return 0


def _refuse_if_mixed() -> None:
    """Raise where the hidden half stands in a folder that a session has to read from, or where
    Python stands in one that it cannot."""
    allowed = [Path(path).resolve() for path in readable({})]
    for name in SECRET:
        path = (bwrap.package_root() / name).resolve()
        if any(path.is_relative_to(folder) for folder in allowed):
            raise SandboxUnavailable(
                f"`--wall container` cannot hide {path}, which stands among Python's packages: "
                "grade from a clone of the course, as `make setup` makes it"
            )
    for folder in sorted({f for path in needed() for f in path.resolve().parents}):
        if not folder.stat().st_mode & 0o001:
            raise SandboxUnavailable(
                f"`--wall container` runs Python as another user, who cannot enter {folder}: run "
                f"`chmod o+x {folder}`, or have Python and the course where everybody can go"
            )


def needed() -> list[Path]:
    """What no session can do without: Python's library, its packages and the course."""
    return [Path(os.__file__), *map(Path, bwrap.python_folders()), bwrap.package_root() / "pix2net"]


def lay_out(support: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The support files where another user can read them: a class folder is its owner's alone."""
    copies = folder / SUPPORT
    copies.mkdir()
    found = {}
    for number, (name, path) in enumerate(support.items()):
        found[name] = copies / str(number)
        if Path(path).is_dir():
            shutil.copytree(path, found[name])
        else:
            shutil.copyfile(path, found[name])
            found[name].chmod(0o644)
    copies.chmod(0o755)
    return found


def readable(support: Mapping[str, Path]) -> list[str]:
    """Everything that a session may read, and nothing else is read.

    Args:
        support: files where `lay_out` has put them.
    """
    root = bwrap.package_root()
    ours = [root / part for part in (*bwrap.OURS, "data")]
    found: Iterable[Path | str] = (
        *bwrap.SYSTEM_FOLDERS, *bwrap.SYSTEM_LINKS, *bwrap.SETTINGS, *SETTINGS,
        *bwrap.python_folders(), *ours, *support.values(),
    )  # fmt: skip
    return sorted({str(Path(path).resolve()) for path in found if Path(path).exists()} | {"/proc"})


class Guest:
    """A user of a session's own, with a home; nobody else is that user until `leave`.

    Attributes:
        user: the number of user and group.
        home: the one folder in which the session can write.
    """

    def __init__(self, folder: Path) -> None:
        self.user, self._claim = _claimed()
        self.home = folder / str(self.user)
        try:
            self.home.mkdir(mode=0o700)
            os.chown(self.home, self.user, self.user)
        except BaseException:
            self._claim.close()
            raise

    def kept(self) -> int:
        """Bytes of the files in its home; as good as endless where there are too many to count."""
        total = 0
        for number, size in enumerate(_sizes(self.home)):
            total += size
            if number > MOST_LOOKED_AT:
                return sys.maxsize
        return total

    def leave(self) -> None:
        """Kill everything of this user's and remove the home.

        Raises:
            SandboxFailure: something of it goes on; then nobody becomes that user any more.
        """
        end = time.monotonic() + END_SECONDS
        while True:
            # Of all ways to kill, this one alone takes processes that are just being made.
            subprocess.run(
                [SHELL, "-c", "kill -KILL -1"], user=self.user, group=self.user, extra_groups=[],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={}, cwd="/", check=False,
            )  # fmt: skip
            if not list(processes_of(self.user)):
                break
            if time.monotonic() > end:
                raise SandboxFailure("processes of a session could not be ended")
            time.sleep(0.01)
        _remove(self.home)
        self._claim.close()


def _claimed() -> tuple[int, socket.socket]:
    """A user that nobody is, and what says so to all other graders until it is closed."""
    for user in USERS:
        with suppress(KeyError):
            pwd.getpwuid(user)
            continue
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0pix2net-guest-{user}")
        except OSError:
            claim.close()
            continue
        if not list(processes_of(user)):
            return user, claim
        claim.close()
    raise SandboxFailure("no user is free for another session")


def processes_of(user: int) -> Iterator[int]:
    """Processes of a user that have not ended."""
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        with suppress(OSError, IndexError, ValueError):
            rows = Path("/proc", entry, "status").read_text().splitlines()
            fields = {row.partition(":")[0]: row.partition(":")[2].split() for row in rows}
            if str(user) in fields["Uid"] and fields["State"][0] not in "ZX":
                yield int(entry)


def _sizes(folder: Path) -> Iterator[int]:
    """What each entry below a folder takes on the disk, links as such."""
    waiting = [str(folder)]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            with suppress(OSError):
                yield 512 * entry.stat(follow_symlinks=False).st_blocks
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def _remove(home: Path) -> None:
    """Remove a folder that a stranger has filled; rm gets through folders of any depth."""
    with suppress(OSError):
        subprocess.run(["rm", "-rf", "--one-file-system", "--", str(home)], check=False)
    shutil.rmtree(home, ignore_errors=True)
