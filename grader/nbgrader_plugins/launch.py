"""Start JupyterLab on a class folder, opened at formgrader.

The settings are in `instructor/` beside this file, put before the user's own for this server alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from pix2net.lab.launch import (
    COMMON_CONFIG,
    Launch,
    command_for,
    config_path,
    require,
    run,
    with_our_programs,
)

INSTRUCTOR_CONFIG = Path(__file__).resolve().parent / "instructor"


def formgrader(class_folder: Path, *, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab on a class folder, opened at formgrader, until it ends; its exit status.

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
        "PATH": with_our_programs(os.environ),
    }
    command = command_for(class_folder, "/formgrader", port=port, browser=browser)
    return run(Launch(command, environment, class_folder))  # nbgrader reads the settings there
