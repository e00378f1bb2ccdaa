"""Start JupyterLab on a class folder, opened at formgrader.

The settings are in `instructor/` beside this file, put before the user's own for this server alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from pix2net.lab.launch import COMMON_CONFIG, command_for, config_path, require

INSTRUCTOR_CONFIG = Path(__file__).resolve().parent / "instructor"


def formgrader(class_folder: Path, *, port: int | None = None, browser: bool = True) -> NoReturn:
    """Become JupyterLab on a class folder, opened at formgrader.

    Args:
        class_folder: an nbgrader course directory.
        port, browser: as for `lab`.

    Raises:
        LabError: JupyterLab, nbgrader or its MathJax is not installed.
    """
    require("jupyterlab", "nbgrader", "jupyter_server_mathjax")
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": config_path(os.environ, INSTRUCTOR_CONFIG, COMMON_CONFIG),
        # nbgrader calls alembic by its bare name when it makes a gradebook.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }
    command = command_for(class_folder, "/formgrader", port=port, browser=browser)
    os.chdir(class_folder)  # where nbgrader looks for its settings
    os.execve(command[0], command, environment)
