"""Start JupyterLab without a network on a learner's notebooks.

The settings are in `config/` (Validate and Assignment List on, instructor's tools off) beside this
file; announcements, update checks and the extension manager are off by `common/`. They are put
before the user's own settings by JUPYTER_CONFIG_PATH, for this server alone. So is the language of
JupyterLab's menus, in `languages/`, which a language pack has the words for.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import quote

from pix2net import places
from pix2net.display import say
from pix2net.judging.wording import VARIABLE, counted, speaking, worded
from pix2net.lab.workfolder import Refreshed, refresh

COMMON_CONFIG = Path(__file__).resolve().parent / "common"
CONFIG = Path(__file__).resolve().parent / "config"
SERVICE_CONFIG = Path(__file__).resolve().parent / "service"
EXCHANGE_CONFIG = Path(__file__).resolve().parent / "exchange"
LANGUAGES = Path(__file__).resolve().parent / "languages"
# JupyterLab's languages by ours: the name of each, and the package that has its words.
PACKS = {"zh": ("zh_CN", "jupyterlab-language-pack-zh-CN")}
WORKSPACE = "pixels-to-networks"
# JupyterLab's own `python -m` shows a traceback if Ctrl-C comes while it starts. Written out, since
# importing a module of ours first would take time in which it does so still.
START = """import sys
try:
    from jupyterlab.labapp import main
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
"""


class LabError(Exception):
    """Why JupyterLab cannot be started and what to do, in one sentence."""


@dataclass(frozen=True)
class Launch:
    """A command, the environment to run it in, and the folder to start it in."""

    command: list[str]
    environment: dict[str, str]
    folder: Path


def lab(
    work: Path,
    *,
    notebooks: Path = places.NOTEBOOKS,
    language: str | None = None,
    port: int | None = None,
    browser: bool = True,
) -> int:
    """Fill the work folder, say what changed in it, and run JupyterLab until it ends.

    Args:
        work: the learner's folder; JupyterLab opens on it.
        notebooks: the folder of notebooks that come with the course.
        language: of the notebooks and of all that is said in them; None is English.
        port: TCP port to listen on (loopback only), or None for the first free one from 8888.
        browser: whether to open a browser; the address is printed in any case.

    Returns:
        JupyterLab's exit status.

    Raises:
        LabError: a package is not installed, there are no notebooks, or `work` is a file.
    """
    require("jupyterlab", "nbgrader", "ipykernel")
    if work.is_file():
        told = worded("{path} is a file: name the folder in which your notebooks are", path=work)
        raise LabError(told)
    first = _first_notebook(notebooks)
    changes = refresh(notebooks, work, language)
    with speaking(language):
        for line in (*describe(changes, work), *lacking_pack(language)):
            say(line)
    # Later starts open where the learner left off, the first one at the first page.
    opening = first if first in changes.added else None
    launch = prepare(work, port=port, browser=browser, opening=opening)
    return run(replace(launch, environment=in_language(launch.environment, language)))


def in_language(environment: Mapping[str, str], language: str | None) -> dict[str, str]:
    """An environment in which kernels and JupyterLab's menus speak a language; None is English."""
    result = {**environment, VARIABLE: language or ""}
    if language in PACKS and _has_pack(language):
        result["JUPYTER_CONFIG_PATH"] = config_path(environment, LANGUAGES / language)
    return result


def lacking_pack(language: str | None) -> list[str]:
    """A sentence on how JupyterLab's menus come in a language too, where its words are missing."""
    if language not in PACKS or _has_pack(language):
        return []
    command = f'"{sys.executable}" -m pip install {PACKS[language][1]}'
    return [worded("JupyterLab's menus are in English until you run: {command}", command=command)]


def _has_pack(language: str) -> bool:
    """Whether JupyterLab's words in a language are installed."""
    return bool(entry_points(group="jupyterlab.languagepack", name=PACKS[language][0]))


def run(launch: Launch) -> int:
    """Run a server until it ends; its exit status. A request to end is passed on to it."""
    with subprocess.Popen(launch.command, env=launch.environment, cwd=launch.folder) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue  # the server has had the same Ctrl-C, and asks whether to stop


def require(*packages: str) -> None:
    """Raise `LabError` if one of some packages is not installed."""
    for package in packages:
        if importlib.util.find_spec(package) is None:
            command = f"{sys.executable} -m pip install {package}"
            raise LabError(
                worded(
                    "{package} is not installed here: `{command}`.",
                    package=package,
                    command=command,
                )
            )


def config_path(base: Mapping[str, str], *folders: Path) -> str:
    """JUPYTER_CONFIG_PATH with our folders before those of the user."""
    own = base.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([*map(str, folders), *([own] if own else [])])


def prepare(
    work: Path, *, port: int | None = None, browser: bool = True, opening: str | None = None
) -> Launch:
    """The command and environment that start JupyterLab on a work folder.

    Args:
        work: folder that JupyterLab shows.
        port: TCP port, or None for the first free one from 8888.
        browser: whether JupyterLab opens a browser.
        opening: a notebook to open, relative to `work`; None restores the last session.
    """
    # A workspace of its own: the default one would restore another project's open files.
    url = f"/lab/workspaces/{WORKSPACE}"
    if opening is not None:
        url += f"/tree/{quote(opening)}"
    command = command_for(work, url, port=port, browser=browser)
    # The Assignment List puts what it fetches where the server was started.
    return Launch(command, environment(os.environ), work)


def command_for(root: Path, url: str, *, port: int | None, browser: bool) -> list[str]:
    """The command that starts JupyterLab on a folder and opens it at a page."""
    # -P: a learner's random.py must not take the place of Python's own.
    command = [sys.executable, "-P", "-c", START]
    command += [f"--ServerApp.root_dir={root.resolve()}", f"--LabApp.default_url={url}"]
    # The address is logged as critical, so it still shows; the rest says nothing to a learner.
    command += ["--log-level=ERROR"]
    if port is not None:
        command += [f"--port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command += ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command += ["--allow-root"]
    return command


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """Environment variables for JupyterLab: `base` with the course's settings put first."""
    result = dict(base)
    # A backend chosen for scripts would keep figures out of the notebooks.
    result.pop("MPLBACKEND", None)
    result["PATH"] = with_our_programs(base)
    folders = [CONFIG, COMMON_CONFIG]
    if _has_joined(base):
        folders.append(SERVICE_CONFIG)
    elif not exchange_is_set_up():
        result["COURSE_LAB_EXCHANGE"] = str(_own_exchange())
        folders.append(EXCHANGE_CONFIG)
    result["JUPYTER_CONFIG_PATH"] = config_path(base, *folders)
    return result


def _has_joined(base: Mapping[str, str]) -> bool:
    """Whether the learner's class hands in over the network."""
    from pix2net.handing_in.service import joined

    return joined(base) is not None


def with_our_programs(base: Mapping[str, str]) -> str:
    """PATH with the folders of this Python's programs first: a terminal in the lab finds `course`.

    nbgrader, too, calls a program of its own (alembic) by its bare name. On Windows programs
    are not beside Python unless it is that of a virtual environment.
    """
    folders = [str(Path(sys.executable).parent), sysconfig.get_path("scripts")]
    folders.append(sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")))
    return os.pathsep.join([*dict.fromkeys(folders), base.get("PATH", "")])


def exchange_is_set_up() -> bool:
    """Whether nbgrader's settings on this machine lead to an exchange that can be used."""
    from nbgrader.apps import NbGrader
    from nbgrader.exchange.default import Exchange

    app = NbGrader()
    app.log_level = "ERROR"
    app.load_config_file()
    if "root" in app.config.Exchange or "ExchangeFactory" in app.config:
        return True
    return os.access(Exchange.root.default_value, os.W_OK | os.X_OK)


def describe(changes: Refreshed, work: Path) -> list[str]:
    """What a start did to the work folder, in sentences for the learner."""
    lines = []
    if changes.added:
        lines.append(
            counted(
                "Copied {n} file to {folder}, which is yours to work in.",
                "Copied {n} files to {folder}, which is yours to work in.",
                len(changes.added), folder=work,
            )
        )  # fmt: skip
    if changes.updated:
        lines.append(
            counted(
                "Updated {n} file that you had not changed: {names}.",
                "Updated {n} files that you had not changed: {names}.",
                len(changes.updated), names=worded(", ").join(changes.updated),
            )
        )  # fmt: skip
    for name, parts in changes.kept.items():
        where = (
            worded(", which differs in {places}", places=worded(", ").join(parts)) if parts else ""
        )
        lines.append(
            worded(
                "Kept your {name}; the course has a newer one{where}: rename yours and start again "
                "to get it.",
                name=name, where=where,
            )
        )  # fmt: skip
    for name in changes.strange:
        lines.append(
            worded(
                "Kept your {name}, which is not as the course has it: rename yours and start again "
                "to get the course's.",
                name=name,
            )
        )
    return lines


def _first_notebook(notebooks: Path) -> str:
    found = sorted(path.relative_to(notebooks).as_posix() for path in notebooks.rglob("*.ipynb"))
    if not found:
        raise LabError(
            worded(
                "There are no notebooks in {folder}: install the course anew, or name its folder.",
                folder=notebooks,
            )
        )
    return found[0]


def _own_exchange() -> Path:
    """An exchange folder of this user's, made if missing."""
    from jupyter_core.paths import jupyter_data_dir

    folder = Path(jupyter_data_dir()) / "pixels-to-networks" / "exchange"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
