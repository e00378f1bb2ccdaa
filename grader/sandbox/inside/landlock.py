"""Landlock: a second lock on files, TCP, abstract sockets and signals, where the kernel has it.

The mounts already make everything but the scratch folder read-only. Landlock holds even where a
mount was forgotten, and it keeps signals within one session. System calls as described in
landlock(7); their numbers are the same on every architecture.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from grader.sandbox.inside import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_QUERY = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
READ = EXECUTE | READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE  # rights that a rule for a file may name
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FIRST_ABI_RIGHTS = (1 << 13) - 1
BIND_TCP_AND_CONNECT_TCP = 3
ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock that the kernel offers; 0 where there is none."""
    try:
        return kernel.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_QUERY)
    except OSError:
        return 0


def _file_rights(version: int) -> int:
    rights = FIRST_ABI_RIGHTS
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEV)):
        if version >= since:
            rights |= right
    return rights


def restrict(
    writable: Iterable[str], devices: Iterable[str], readable: Iterable[str] = ("/",)
) -> int:
    """Forbid this process and its children everything but reading, except below ``writable``.

    returns   the version in force, 0 where the kernel has no Landlock

    Args:
        writable: folders in which everything stays allowed.
        devices: files that may also be written to, such as /dev/null.
        readable: what may be read, in folders everything below.
    """
    version = abi()
    if version == 0:
        return 0
    rights = _file_rights(version)
    ruleset = _Ruleset(
        rights,
        BIND_TCP_AND_CONNECT_TCP if version >= 4 else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    handle = kernel.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(handle, path, READ if os.path.isdir(path) else READ & OF_FILES)
        for folder in writable:
            _allow(handle, folder, rights)
        for device in devices:
            _allow(handle, device, (READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV) & rights)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.syscall(RESTRICT_SELF, handle, 0)
    finally:
        os.close(handle)
    return version


def _allow(ruleset: int, path: str, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(rights, folder)
        kernel.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(folder)
