"""Shows the kit a Python as on Windows, as far as Linux can play it; a `.pth` file calls it.

To modules of `pix2net`, and to no others, Unix-only modules are missing, `os`, `signal`, `socket`
and `time` lack what they lack on Windows, `os.name` is "nt" and `sys.platform` is "win32". What
libraries and Python itself do is not changed.
"""

from __future__ import annotations

import builtins
import importlib
from typing import Any

KIT = "pix2net"
MISSING = frozenset({
    "crypt", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
})  # fmt: skip
# What Python's documentation marks "Availability: Unix", and the `exec` family, which on Windows
# lets the caller end at once while the new program goes on without a terminal. `geteuid` stays: the
# server of JupyterLab is not played, asks for it, and has to be told that it may run as root.
LACKS = {
    "os": """chown chroot confstr confstr_names ctermid eventfd execl execle execlp execlpe execv
        execve execvp execvpe fchdir fchmod fchown fork forkpty fpathconf fstatvfs getegid
        getgid getgrouplist getgroups getloadavg getpgid getpgrp getpriority getresgid getresuid
        getsid getuid initgroups killpg lchown lockf login_tty major makedev memfd_create minor
        mkfifo mknod nice openpty pathconf pidfd_open posix_fadvise posix_fallocate posix_spawn
        posix_spawnp pread preadv pwrite pwritev readv register_at_fork sched_getaffinity
        sched_getparam sched_getscheduler sched_setaffinity sched_setscheduler sched_yield sendfile
        setegid seteuid setgid setgroups setns setpgid setpriority setregid setresgid setresuid
        setreuid setsid setuid splice statvfs sync sysconf sysconf_names tcgetpgrp tcsetpgrp ttyname
        uname unshare wait wait3 wait4 waitid writev EX_OK EX_USAGE O_CLOEXEC O_DIRECTORY O_NOCTTY
        O_NOFOLLOW O_NONBLOCK O_SYNC WNOHANG WIFEXITED WIFSIGNALED WEXITSTATUS WTERMSIG""",
    "signal": """SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1
        SIGUSR2 SIGXCPU alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt
        sigpending sigtimedwait sigwait sigwaitinfo""",
    "socket": "AF_UNIX CMSG_LEN CMSG_SPACE SCM_RIGHTS recv_fds send_fds socketpair",
    "time": "clock_getres clock_gettime clock_gettime_ns clock_settime pthread_getcpuclockid tzset",
    "sys": "",
}
TELLS = {"os": {"name": "nt"}, "sys": {"platform": "win32"}}


class AsOnWindows:
    """A module without some of its names, and with other values of some."""

    def __init__(self, name: str) -> None:
        vars(self).update(
            _module=importlib.import_module(name),
            _lacks=frozenset(LACKS[name].split()),
            _tells=TELLS.get(name, {}),
        )

    def __getattr__(self, name: str) -> Any:
        if name in self._lacks:
            raise AttributeError(f"on Windows, {self._module.__name__} has no {name!r}")
        return self._tells.get(name, getattr(self._module, name))

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._module, name, value)


def install() -> None:
    """From now on, imports of the kit's modules find the other modules."""
    shown = {name: AsOnWindows(name) for name in LACKS}
    real = builtins.__import__

    def imported(name: str, given: Any = None, *rest: Any, **more: Any) -> Any:
        asking = str((given or {}).get("__name__", ""))
        if asking.partition(".")[0] != KIT:
            return real(name, given, *rest, **more)
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"on Windows there is no module {name!r}", name=name)
        return shown.get(name) or real(name, given, *rest, **more)

    builtins.__import__ = imported
