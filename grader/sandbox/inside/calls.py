"""The system calls that the filter refuses, with their numbers on both processors that it knows.

Each group says what its calls would do. A list of what is refused and not of what is allowed:
NumPy, the C library and Python change what they call with every release.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# name -> number on x86_64, on aarch64 (None: the call does not exist there)
FORBIDDEN: Mapping[str, tuple[int | None, int | None]] = MappingProxyType(
    {
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
        # whose turn it is: who waits by their own will must not look as if others kept them waiting
        "sched_setparam": (142, 118),
        "sched_setscheduler": (144, 119),
        "sched_setattr": (314, 274),
        "sched_setaffinity": (203, 122),
        "setpriority": (141, 140),
        "ioprio_set": (251, 30),
        # what one sandbox could do to a file that another one sees, or learn of its use there
        "flock": (73, 32),
        "inotify_init": (253, None),
        "inotify_init1": (294, 26),
        "inotify_add_watch": (254, 27),
        "mincore": (27, 232),
        "cachestat": (451, 451),
        "fadvise64": (221, 223),
        # of what the whole machine has only so many
        "io_setup": (206, 0),
    }
)
# What the C library does without, as on an older kernel: clone3's flags stand in memory, where a
# filter cannot look, and the futexes of version 2 wait on many addresses at once.
UNKNOWN: Mapping[str, int] = MappingProxyType(
    {
        "clone3": 435,
        "futex_waitv": 449,
        "futex_wake": 454,
        "futex_wait": 455,
        "futex_requeue": 456,
    }
)
# Calls that are refused for some of their arguments.
WITH_ARGUMENTS: Mapping[str, Mapping[str, int]] = MappingProxyType({
    "x86_64": {
        "clone": 56, "socket": 41, "socketpair": 53, "ioctl": 16, "fcntl": 72, "mmap": 9,
        "rt_sigaction": 13, "prctl": 157,
    },
    "aarch64": {
        "clone": 220, "socket": 198, "socketpair": 199, "ioctl": 29, "fcntl": 25, "mmap": 222,
        "rt_sigaction": 134, "prctl": 167,
    },
})  # fmt: skip
