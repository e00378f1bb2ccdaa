"""A filter over system calls: what no notebook needs and what has broken kernels before.

The filter is built here by hand, as the classic BPF program of seccomp(2): a list of calls that
answer "not permitted", and conditions on the arguments of six more. libseccomp would write the
same program, but no Python package ships that library and a fresh machine may not have it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from functools import cache

from grader.sandbox.inside import kernel

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
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
MAXIMUM_PIPE = 1031  # F_SETPIPE_SZ: kernel memory that no limit of ours counts

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# name -> number on x86_64, on aarch64 (None: the call does not exist there)
FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # looking into other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # name spaces and mounts
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    # the kernel's large surfaces
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "fanotify_init": (300, 262),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    # memory that is charged to no process and to no scratch folder
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    # the machine
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
}
CLONE3 = 435
WITH_ARGUMENTS = {
    "x86_64": {"socket": 41, "socketpair": 53, "ioctl": 16, "fcntl": 72, "mmap": 9},
    "aarch64": {"socket": 198, "socketpair": 199, "ioctl": 29, "fcntl": 25, "mmap": 222},
}

INSTRUCTION = struct.Struct("=HBBI")
Instruction = tuple[int, int, int, int]  # opcode, jump if true, jump if false, constant


def _argument(index: int) -> Instruction:
    """Load the low half of an argument; the calls concerned take 32-bit values."""
    return (LOAD, 0, 0, OFFSET_ARGUMENTS + 8 * index)


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
    no_large_pipes: list[Instruction] = [
        _argument(1),
        (JUMP_EQUAL, 0, 1, MAXIMUM_PIPE),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    no_uncounted_memory: list[Instruction] = [
        _argument(3),
        (AND, 0, 0, MAP_KIND_AND_ANONYMOUS),
        (JUMP_EQUAL, 0, 1, SHARED_ANONYMOUS),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    calls = WITH_ARGUMENTS[machine]
    return [
        *_on_call(kernel.CLONE[machine], no_name_spaces),
        *_on_call(calls["socket"], only_unix),
        *_on_call(calls["socketpair"], only_unix),
        *_on_call(calls["ioctl"], no_typing),
        *_on_call(calls["fcntl"], no_large_pipes),
        *_on_call(calls["mmap"], no_uncounted_memory),
    ]


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
    for numbers in FORBIDDEN.values():
        number = numbers[column]
        if number is not None:
            code += _refuse_call(number, REFUSE)
    # Its flags stand in memory, where a filter cannot look; the C library then uses clone.
    code += _refuse_call(CLONE3, NO_SUCH_CALL)
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
