"""Reads the submissions of ``tests/submissions/``: hostile and messy ones, a TOML file each.

Every file starts from the released toy chapter with everything right (`tests/kit/toy.py`):

    about     what it does, in a sentence
    answers   task -> text of its answer cell
    added     cells put in: {after = task, "top" or "end", source, kind = "code"}
    edit      source of ``edit(notebook)``: changes the notebook, a dict, and may return another,
              or bytes
    place     source of ``place(folder, name)``: changes the folder that is handed in

and says what must come of it, where everything that is not named has full marks:

    lost      tasks that earn nothing
    partly    task -> points
    status    of the notebook, if not "graded"
    statuses  task -> its status, if not "graded"
    told      task -> words that one of its messages or its reason must have
    repairs   words of the repairs that must be reported, one text each; none by default
    notes     words that must be among the notes
    reason    words of the reason of a rejection
    absent    words that may be in nothing that comes back
"""

from __future__ import annotations

import copy
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "submissions"
POINTS = {
    "row_means": 2, "shuffled": 1, "double": 1, "double_backward": 1,
    "q_one": 1, "q_even": 1, "q_pi": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """One submission and what must come of it; see the module."""

    name: str
    about: str
    answers: dict[str, str] = field(default_factory=dict)
    added: list[dict[str, str]] = field(default_factory=list)
    edit: str = ""
    place: str = ""
    lost: list[str] = field(default_factory=list)
    partly: dict[str, float] = field(default_factory=dict)
    status: str = "graded"
    statuses: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    absent: list[str] = field(default_factory=list)

    @property
    def scores(self) -> dict[str, float]:
        """Points by task that it must get."""
        if self.status == "rejected":
            return dict.fromkeys(POINTS, 0.0)
        return {t: 0.0 if t in self.lost else self.partly.get(t, p) for t, p in POINTS.items()}

    def content(self, finished: dict[str, Any]) -> bytes:
        """The notebook that is handed in, made from one with everything right."""
        notebook = copy.deepcopy(finished)
        for task, source in self.answers.items():
            cell_of(notebook, task)["source"] = source.strip("\n")
        for cell in self.added:
            notebook["cells"].insert(_place(notebook, cell["after"]), _new(cell))
        edited = _function(self.edit, "edit")(notebook) if self.edit else None
        made = notebook if edited is None else edited
        return made if isinstance(made, bytes) else json.dumps(made).encode()

    def hand_in(self, folder: Path, name: str, finished: dict[str, Any]) -> None:
        """Put it into a student's folder of an assignment, as collecting would."""
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_bytes(self.content(finished))
        if self.place:
            _function(self.place, "place")(folder, name)


def recipes() -> list[Recipe]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def read(path: Path) -> Recipe:
    """A submission from its file."""
    return Recipe(path.stem, **tomllib.loads(path.read_text(encoding="utf-8")))


def cell_of(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The first cell that nbgrader calls ``name``."""
    return next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def _place(notebook: dict[str, Any], after: str) -> int:
    if after in ("top", "end"):
        return 0 if after == "top" else len(notebook["cells"])
    return notebook["cells"].index(cell_of(notebook, after)) + 1


def _new(cell: dict[str, str]) -> dict[str, Any]:
    kind = cell.get("kind", "code")
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    source = cell["source"].strip("\n")
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def _function(source: str, name: str) -> Any:
    names: dict[str, Any] = {"cell_of": cell_of}
    exec(source, names)
    return names[name]
