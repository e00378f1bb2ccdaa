"""What a JupyterHub needs for a class: groups, a service for instructors and graders, settings.

Instructors and graders share one server, a service of the hub that runs as an account of its own.
The class folder and the clone belong to that account alone, so no student can read them, and nobody
has to share files. Who grades is known by the hub's name of the visitor.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.nbgrader_plugins.launch import INSTRUCTOR_CONFIG
from grader.release.course_dir import COURSE_ID, ClassFolder
from pix2net.files import replace_file
from pix2net.lab.launch import COMMON_CONFIG, with_our_programs

CONFIG = "course_hub.py"
STUDENT = "student"  # folder of the settings that students' servers read
ASK = (
    "import json, pix2net.lab.launch as l; "
    "print(json.dumps([str(l.CONFIG), str(l.COMMON_CONFIG)])); import jupyterhub, nbgrader"
)
FOR_ALL = 0o755
PUBLIC = 0o644


class HubError(Exception):
    """Why the settings of a hub cannot be written, in a sentence."""


@dataclass(frozen=True)
class Plan:
    """A hub for one class.

    Attributes:
        folder: of the class.
        exchange: where students fetch and hand in.
        account: the system's user to whom class folder and clone belong.
        instructors: names on the hub; they may open formgrader as graders do, and manage the hub.
        graders: names on the hub.
        python: of the environment in which students' servers and kernels run.
        port: of the service, on this machine.
    """

    folder: ClassFolder
    exchange: Path
    account: str
    instructors: Sequence[str]
    graders: Sequence[str]
    python: Path
    port: int


TEMPLATE = '''\
"""The hub of this class, written by `course hub`: load it in your jupyterhub_config.py with

    load_subconfig({path!r})
"""

c = get_config()

c.JupyterHub.load_groups.update({groups!r})
c.JupyterHub.load_roles.append({role!r})
c.JupyterHub.services.append({service!r})

# Students' servers run in an environment that has the package and not the answers.
c.Spawner.cmd = {command!r}
c.Spawner.default_url = "/lab"
c.Spawner.environment.update({environment!r})
'''
STUDENTS_SETTINGS = '''\
"""nbgrader's settings of every student, written by `course hub`."""

c = get_config()
c.Exchange.root = {exchange!r}
c.CourseDirectory.course_id = {course!r}
'''


def write(plan: Plan, target: Path) -> Path:
    """Write the settings into a folder that all can read; the path of the hub's own.

    Raises:
        HubError: students' Python lacks something.
    """
    settings = _settings_of(plan.python)
    target.mkdir(parents=True, exist_ok=True)
    student = target.resolve() / STUDENT
    student.mkdir(exist_ok=True)
    for place in (target, student):
        place.chmod(FOR_ALL)
    text = STUDENTS_SETTINGS.format(exchange=str(plan.exchange), course=COURSE_ID)
    replace_file(student / "nbgrader_config.py", text, PUBLIC)
    path = target.resolve() / CONFIG
    replace_file(path, _config(plan, path, [str(student), *settings]), PUBLIC)
    return path


def _config(plan: Plan, path: Path, settings: Iterable[str]) -> str:
    group = f"formgrade-{COURSE_ID}"
    scopes = [f"{what}:services!service={COURSE_ID}" for what in ("access", "list")]
    return TEMPLATE.format(
        path=str(path),
        groups={group: {"users": sorted({*plan.instructors, *plan.graders})}},
        role={"name": group, "groups": [group], "scopes": scopes},
        service=_service(plan),
        command=[str(plan.python), "-P", "-m", "jupyterhub.singleuser"],
        environment={"JUPYTER_CONFIG_PATH": ":".join(settings)},
    )


def _service(plan: Plan) -> dict[str, object]:
    """The server that instructors and graders share."""
    root = str(plan.folder.root)
    frames = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
    return {
        "name": COURSE_ID,
        "url": f"http://127.0.0.1:{plan.port}",
        "command": [
            sys.executable, "-P", "-m", "jupyterhub.singleuser",
            f"--ServerApp.root_dir={root}", "--ServerApp.default_url=/formgrader",
            # JupyterLab's own menu opens formgrader in a frame, which a hub forbids.
            f"--ServerApp.tornado_settings={json.dumps(frames)}",
        ],
        "user": plan.account,
        "cwd": root,
        "environment": {
            "JUPYTER_CONFIG_PATH": f"{INSTRUCTOR_CONFIG}:{COMMON_CONFIG}",
            "PATH": with_our_programs({"PATH": "/usr/local/bin:/usr/bin:/bin"}),
        },
        "oauth_no_confirm": True,
    }  # fmt: skip


def _settings_of(python: Path) -> list[str]:
    """The folders of a learner's settings, as an environment of students has them."""
    try:
        done = subprocess.run(
            [python, "-P", "-c", ASK], capture_output=True, text=True, timeout=120, cwd="/"
        )
    except OSError as error:
        raise HubError(f"{python} cannot be run ({error.strerror})") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise HubError(
            f"{python} is no environment for students ({last}): install jupyterhub and the "
            "package of `make package` into it"
        )
    found: list[str] = json.loads(done.stdout.splitlines()[0])
    return found
