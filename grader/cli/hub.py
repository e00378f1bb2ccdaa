"""The command that writes what a JupyterHub needs for a class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.nbgrader_plugins.hub import HubError, Plan, write
from grader.release.course_dir import ClassFolderError, open_class
from grader.weave import layout
from pix2net.cli import console

PORT = 9417


@console.sentences(ClassFolderError, HubError)
def hub(
    target: Annotated[Path, typer.Argument(help="Folder to write the settings to.")] = Path("hub"),
    python: Annotated[
        Path, typer.Option(help="Python of the environment in which students work.")
    ] = Path("/opt/pix2net/bin/python"),
    instructor: Annotated[
        list[str] | None, typer.Option(help="Name on the hub of somebody who teaches.")
    ] = None,
    grader: Annotated[
        list[str] | None, typer.Option(help="Name on the hub of somebody who grades.")
    ] = None,
    account: Annotated[
        str, typer.Option(help="The system's user to whom class folder and clone belong.")
    ] = "course",
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the graders' server on this machine.")
    ] = PORT,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Write the settings of a JupyterHub on which the class works, is graded and grades."""
    folder = open_class(class_dir)
    exchange = folder.exchange()
    if exchange is None:
        console.fail(
            f"{folder.root} has no exchange: set c.Exchange.root in its nbgrader_config.py"
        )
    plan = Plan(folder, exchange, account, instructor or (), grader or (), python.absolute(), port)
    if not (plan.instructors or plan.graders):
        console.fail("name who teaches and grades: --instructor NAME, --grader NAME")
    path = write(plan, target)
    console.say(f"{path} is written. Add this line to your jupyterhub_config.py:")
    console.say(console.clean(f"    load_subconfig({str(path)!r})"))
    console.say("If it is not so yet, once and as root:")
    for line in (
        f"useradd --system --create-home {account}",
        f"mkdir -p {exchange} && chmod 777 {exchange}",
        f"chown -R {account} {folder.root} {layout.ROOT}",
        f"chmod 700 {folder.root} {layout.ROOT}",
    ):
        console.say(console.clean(f"    {line}"))
    console.say(
        "Instructors and graders find formgrader under Services; `course` on this class is run as "
        f"{account}:"
    )
    program = Path(sys.executable).with_name("course")
    console.say(console.clean(f"    sudo -u {account} {program} COMMAND --class-dir {folder.root}"))
