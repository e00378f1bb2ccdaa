"""A filter over system calls: what no notebook needs and what has broken kernels before.

The filter is built here by hand, as the classic BPF program of seccomp(2): a list of calls that
answer "not permitted" (`grader.sandbox.inside.calls`), and conditions on the arguments of a few
more. libseccomp would write the same program, but no Python package ships that library and a fresh
machine may not have it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import signal
import socket
import struct
from functools import cache

from grader.sandbox.inside import calls, kernel

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
NO_SUCH_CALL = 0x00050000 | errno.ENOSYS
NO_SUCH_FAMILY = 0x00050000 | errno.EAFNOSUPPORT

# Opcodes of classic BPF (linux/bpf_common.h).
LOAD, AND, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
OFFSET_NUMBER, OFFSET_ARCH, OFFSET_ARGUMENTS = 0, 4, 16
X32_CALLS = 0x40000000

# Pages of a shared mapping without a file can leave a process's count and stay in memory.
MAP_KIND_AND_ANONYMOUS, SHARED_ANONYMOUS = 0x2F, 0x21
MAP_HUGETLB = 0x40000  # of the machine's own pool, which no count of ours sees either
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
PR_SCHED_CORE = 62
# What fcntl may do to a descriptor. The rest is about the file behind it, which another sandbox may
# see as well (locks, leases, notices, hints), or about memory that no limit counts (F_SETPIPE_SZ).
OF_DESCRIPTORS = (
    0, 1, 2, 3, 4,  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL
    8, 9, 10, 11, 15, 16,  # who gets a signal: F_SETOWN, F_GETOWN, F_SETSIG, F_GETSIG, ..._EX
    1027, 1030, 1032, 1034,  # F_DUPFD_QUERY, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, F_GET_SEALS
)  # fmt: skip

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

INSTRUCTION = struct.Struct("=HBBI")
Instruction = tuple[int, int, int, int]  # opcode, jump if true, jump if false, constant


def _argument(index: int) -> Instruction:
    """Load the low half of an argument; most calls concerned take 32-bit values."""
    return (LOAD, 0, 0, OFFSET_ARGUMENTS + 8 * index)


def _high_half(index: int) -> Instruction:
    """Load the other half of an argument that is an address."""
    return (LOAD, 0, 0, OFFSET_ARGUMENTS + 8 * index + 4)


def _only(index: int, values: tuple[int, ...]) -> list[Instruction]:
    """Allow a call only where an argument has one of some values."""
    tests: list[Instruction] = [
        (JUMP_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)
    ]
    return [_argument(index), *tests, (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]


def _refuse_call(number: int, answer: int) -> list[Instruction]:
    return [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, answer)]


def _on_call(number: int, body: list[Instruction]) -> list[Instruction]:
    """Run ``body``, which ends in a return, for one system call; else skip it."""
    return [(JUMP_EQUAL, 0, len(body), number), *body]


def _argument_conditions(machine: str) -> list[Instruction]:
    """Calls that are allowed or refused by what they are asked for."""
    only_unix: list[Instruction] = [
        _argument(0),
        (JUMP_EQUAL, 0, 1, socket.AF_UNIX),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, NO_SUCH_FAMILY),
    ]
    no_name_spaces: list[Instruction] = [
        _argument(0),
        (JUMP_ANY_BIT, 0, 1, kernel.NEW_NAMESPACES),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    no_typing: list[Instruction] = [
        _argument(1),
        (JUMP_EQUAL, 1, 0, TIOCSTI),
        (JUMP_EQUAL, 0, 1, TIOCLINUX),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    no_uncounted_memory: list[Instruction] = [
        _argument(3),
        (JUMP_ANY_BIT, 2, 0, MAP_HUGETLB),
        (AND, 0, 0, MAP_KIND_AND_ANONYMOUS),
        (JUMP_EQUAL, 0, 1, SHARED_ANONYMOUS),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    # A parent that ignores SIGCHLD has its children buried uncounted. What is to be done stands in
    # memory, where a filter cannot look; asking what is done (no address) stays allowed.
    no_unmourned_children: list[Instruction] = [
        _argument(0),
        (JUMP_EQUAL, 1, 0, signal.SIGCHLD),
        (RETURN, 0, 0, ALLOW),
        _argument(1),
        (JUMP_EQUAL, 0, 2, 0),
        _high_half(1),
        (JUMP_EQUAL, 1, 0, 0),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    no_cores_of_its_own: list[Instruction] = [
        _argument(0),
        (JUMP_EQUAL, 0, 1, PR_SCHED_CORE),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    bodies = {
        "clone": no_name_spaces,
        "socket": only_unix,
        "socketpair": only_unix,
        "ioctl": no_typing,
        "fcntl": _only(1, OF_DESCRIPTORS),
        "mmap": no_uncounted_memory,
        "rt_sigaction": no_unmourned_children,
        "prctl": no_cores_of_its_own,
    }
    numbers = calls.WITH_ARGUMENTS[machine]
    return [step for name, body in bodies.items() for step in _on_call(numbers[name], body)]


def program(machine: str) -> list[Instruction]:
    """The filter for a machine (`platform.machine`). Raises `ValueError` for an unknown one."""
    column = list(ARCHITECTURES).index(machine)
    code: list[Instruction] = [
        (LOAD, 0, 0, OFFSET_ARCH),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, OFFSET_NUMBER),
    ]
    if machine == "x86_64":
        code += [(JUMP_AT_LEAST, 0, 1, X32_CALLS), (RETURN, 0, 0, NO_SUCH_CALL)]
    for numbers in calls.FORBIDDEN.values():
        number = numbers[column]
        if number is not None:
            code += _refuse_call(number, REFUSE)
    for number in calls.UNKNOWN.values():
        code += _refuse_call(number, NO_SUCH_CALL)
    code += _argument_conditions(machine)
    code.append((RETURN, 0, 0, ALLOW))
    return code


def supported() -> bool:
    """Whether this machine's system calls are known here."""
    return platform.machine() in ARCHITECTURES


@cache
def packed_program() -> bytes:
    """The filter of this machine as the kernel takes it; made once, before forking."""
    return b"".join(INSTRUCTION.pack(*each) for each in program(platform.machine()))


def restrict() -> bool:
    """Filter the system calls of this process and its children for good; False if unsupported."""
    if not supported():
        return False
    packed = packed_program()
    buffer = ctypes.create_string_buffer(packed, len(packed))
    header = struct.pack("@HP", len(packed) // INSTRUCTION.size, ctypes.addressof(buffer))
    holder = ctypes.create_string_buffer(header, len(header))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(holder))
    return True
