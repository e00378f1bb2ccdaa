"""Stills of chapter 12: the first steps of four walkers, and the race that needs chapter 10."""

from __future__ import annotations

from typing import Any

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures

# Name of a still -> words of the cell whose figure it is.
CELLS = {name: f'"{name}"' for name in ("12_rates.png", "12_race.png", "12_patient.png")}
ORDER = ("momentum", "RMSProp", "plain", "Adam")  # as the letters A to D


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    made = {name: run.picture(words) for name, words in CELLS.items()}
    made["12_first_steps.png"] = first_steps(run)
    return made


def first_steps(run: Run) -> bytes:
    """Ten steps of each in the turned valley, under letters."""
    cells = run.namespace
    loss, slope, lowest, start = cells["landscapes"]["turned"]
    steps = cells["steps_of_all"]()
    panels: dict[str, Any] = {}
    for letter, name in zip("ABCD", ORDER, strict=True):
        step, state = steps[name]
        rate = cells["fastest"](step, state, slope, start, lowest)[1]
        panels[letter] = loss, lowest, {"": cells["walk"](step, state, slope, start, rate, 10)}
    with taking_pictures() as pictures:
        plots.descents(panels, half=2.6, caption="", alt="")
    return pictures[0]
