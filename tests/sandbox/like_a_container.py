"""Runs a command as a container without special rights has it: for tests of what is refused there.

``python like_a_container.py COMMAND ARGUMENT...`` keeps root's name and the capabilities that
Docker leaves, and refuses what Docker's filter does: name spaces and mounts.
"""

import ctypes
import os
import struct
import sys

DOCKERS_CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
ALL_CAPABILITIES = 41
CALLS = {"unshare": 272, "mount": 165, "umount2": 166, "pivot_root": 155, "setns": 308}  # x86-64
CLONE, CLONE3, NAME_SPACES = 56, 435, 0x7E020000
ALLOW, REFUSE, NO_SUCH_CALL = 0x7FFF0000, 0x00050001, 0x00050026
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
libc = ctypes.CDLL(None, use_errno=True)


def leave_capabilities() -> None:
    for capability in set(range(ALL_CAPABILITIES)) - set(DOCKERS_CAPABILITIES):
        libc.prctl(24, capability, 0, 0, 0)
    kept = sum(1 << capability for capability in DOCKERS_CAPABILITIES)
    low, high = kept & 0xFFFFFFFF, kept >> 32
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    assert libc.capset(header, (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)) == 0


def filter_calls() -> None:
    code = [(LOAD, 0, 0, 0)]
    for number in CALLS.values():
        code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    code += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, NO_SUCH_CALL)]
    code += [(EQUAL, 0, 3, CLONE), (LOAD, 0, 0, 16), (ANY_BIT, 0, 1, NAME_SPACES)]
    code += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    packed = b"".join(struct.pack("=HBBI", *step) for step in code)
    program = ctypes.create_string_buffer(packed, len(packed))
    header = struct.pack("@HP", len(code), ctypes.addressof(program))
    holder = ctypes.create_string_buffer(header, len(header))
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # no new privileges
    assert libc.prctl(22, 2, ctypes.c_ulong(ctypes.addressof(holder)), 0, 0) == 0


if __name__ == "__main__":
    leave_capabilities()
    filter_calls()
    os.execvp(sys.argv[1], sys.argv[1:])
