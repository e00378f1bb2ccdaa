"""Why a machine refuses the name spaces of the sandbox, and what to do, in one sentence.

Kernels say "not permitted" for all of it; which switch, profile or container it was is looked up.
"""

from __future__ import annotations

import os
from pathlib import Path

APPARMOR = "kernel.apparmor_restrict_unprivileged_userns"
COUNT = "user.max_user_namespaces"
DEBIAN = "kernel.unprivileged_userns_clone"
PROFILED = Path("/usr/bin/bwrap")  # the one program that AppArmor's profile of bubblewrap names
# What the worker and bubblewrap fail at where a container covers parts of /proc.
MASKED_PROC = ("mount /proc", "mount proc")
CONTAINERS = (
    "`--security-opt seccomp=unconfined --security-opt systempaths=unconfined` for Docker and "
    "Podman, `seccompProfile: {type: Unconfined}` and `procMount: Unmasked` for Kubernetes"
)
WEAKER = "or, where that cannot be, choose the weaker `--wall container` (docs/containers.md)"


def why_refused(said: str, program: Path) -> str:
    """One sentence on what keeps the sandbox from being built, and what to do.

    Args:
        said: by bubblewrap or the worker, on its standard error.
        program: bubblewrap as it was started.
    """
    words = said.strip().splitlines()
    last = words[-1] if is_masked(said) else words[0] if words else "it said nothing"
    return f"bubblewrap cannot build the sandbox on this machine ({last}): {_reason(said, program)}"


def is_masked(said: str) -> bool:
    """Whether no /proc could be mounted."""
    return any(words in said for words in MASKED_PROC)


def _reason(said: str, program: Path) -> str:
    if is_masked(said):
        return (
            "this is a container that covers parts of /proc, where no new one may be mounted: "
            f"start it with {CONTAINERS}, {WEAKER}"
        )
    if _setting(COUNT) == 0:
        return f"the number of user name spaces is set to 0 here: run `sysctl -w {COUNT}=10000`"
    if _setting(DEBIAN) == 0 and os.geteuid() != 0:
        return f"user name spaces are root's alone here: run `sysctl -w {DEBIAN}=1`, {WEAKER}"
    if _setting(APPARMOR) == 1 and os.geteuid() != 0:
        return f"{_apparmor(program)} allow them to all with `sysctl -w {APPARMOR}=0`"
    if _is_filtered():
        return (
            "this process runs under a filter of system calls that refuses name spaces, as "
            f"containers do: start the container with {CONTAINERS}, {WEAKER}"
        )
    return f"allow unprivileged user name spaces, run with root's rights, {WEAKER}"


def _apparmor(program: Path) -> str:
    """What AppArmor's restriction (Ubuntu since 23.10) means for this bubblewrap."""
    if program.resolve() == PROFILED:
        return (
            "AppArmor refuses user name spaces to programs without a profile, and that of "
            "bubblewrap is not loaded: run `apt-get install apparmor-profiles`, copy "
            "/usr/share/apparmor/extra-profiles/bwrap-userns-restrict to /etc/apparmor.d and "
            "reload AppArmor, or"
        )
    return (
        f"AppArmor refuses user name spaces to programs without a profile, and the profile of "
        f"bubblewrap names {PROFILED}, not {program}: run `apt-get install bubblewrap`, or"
    )


def _setting(name: str) -> int | None:
    """A number that `sysctl` shows; None where this kernel has no such setting."""
    try:
        return int(Path("/proc/sys", *name.split(".")).read_text())
    except (OSError, ValueError):
        return None


def _is_filtered() -> bool:
    """Whether a filter of system calls is on this process, which it has not put there itself."""
    try:
        rows = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return False
    return any(row.split() == ["Seccomp:", "2"] for row in rows)
