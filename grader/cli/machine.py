"""Commands about the machine."""

from __future__ import annotations

import typer

from grader.cli import console
from grader.cli.options import Json
from grader.machine import examine


def doctor(json: Json = False) -> None:
    """Say what of this machine is ready, and what to install."""
    findings = examine()
    ready = all(finding.ready or not finding.needed for finding in findings)
    if json:
        console.print_json({"ready": ready, "findings": [vars(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = (
                "[green]✓[/]" if finding.ready else "[red]✗[/]" if finding.needed else "[dim]–[/]"
            )
            console.say(f"{mark} [bold]{finding.name}[/] {console.clean(finding.detail)}")
        console.say("Ready to grade." if ready else "Not ready to grade: see the lines marked ✗.")
    raise typer.Exit(console.DONE if ready else console.FAILED)
