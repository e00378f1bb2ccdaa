"""Whether what a kernel holds is what stands on the page.

A check judges the function that ran last. After a syntax error, a new name or a change that was not
run that is an older one than the learner sees. IPython tells which cells ran, in JupyterLab with
the ids that the course's notebooks give them; what a notebook's file holds tells what was changed
since. Where neither is known, a check judges what it finds.
"""

from __future__ import annotations

import ast
import json
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pix2net.judging.wording import worded

EVENT = "pre_run_cell"
SAVED = "JPY_SESSION_NAME"  # the notebook's path, as Jupyter's server tells its kernels
SAVED_VS_CODE = "__vsc_ipynb_file__"  # the same as a variable of the learner's, from VS Code
VS_CODE = "vscode-notebook-cell:"  # begins what VS Code tells as a cell's id, which is in no file
MAX_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Ran:
    """A cell that ran.

    Attributes:
        source: its text.
        cell: its id in the notebook, "" where the front end does not tell.
        when: seconds since the epoch.
    """

    source: str
    cell: str
    when: float


@dataclass
class Listener:
    """Remembers the cells of this kernel that ran, of each id or definition the last one."""

    latest: dict[str, Ran] = field(default_factory=dict)

    def __call__(self, info: Any) -> None:
        """Take note of a cell: IPython's event before it runs."""
        source = str(getattr(info, "raw_cell", "") or "")
        cell = str(getattr(info, "cell_id", "") or "")
        ran = Ran(source, cell, time.time())
        for name in {cell, *_defined_in(source)} - {""}:
            self.latest[name] = ran


def listen() -> None:
    """Take note of cells from now on, once for each kernel; nothing outside of IPython."""
    shell = _shell()
    if shell is not None and _listener(shell) is None:
        shell.events.register(EVENT, Listener())


def out_of_step(name: str) -> str:
    """Why the definition of an exercise is not what its cell says now: a sentence, or ""."""
    shell = _shell()
    listener = _listener(shell) if shell is not None else None
    ran = listener.latest.get(name) if listener else None
    if ran is None:
        return ""
    return (
        _syntax_problem(name, ran, shell) or _renamed(name, ran) or _changed_since(name, ran, shell)
    )


def _shell() -> Any:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _listener(shell: Any) -> Listener | None:
    registered = shell.events.callbacks.get(EVENT, [])
    return next((each for each in registered if isinstance(each, Listener)), None)


def _defined_in(source: str) -> set[str]:
    """Names that a cell defines at its margin, by its look: it need not be Python."""
    return set(re.findall(r"^(?:def|class)\s+(\w+)", source, re.M))


def _syntax_problem(name: str, ran: Ran, shell: Any) -> str:
    try:
        ast.parse(shell.transform_cell(ran.source))
    except SyntaxError as error:
        return worded(
            "Your latest `{name}` did not run: there is a syntax error in line {line} of its cell "
            "({error}). Mend it and run the cell; until then nothing new is checked.",
            name=name,
            line=error.lineno,
            error=error.msg,
        )
    except ValueError:  # a null byte: told by Python when the cell runs
        return ""
    return ""


def _renamed(name: str, ran: Ran) -> str:
    """A cell that is the exercise's by its id, and defines another name now."""
    defined = _defined_in(ran.source)
    bound = re.search(
        rf"^\s*{re.escape(name)}\s*=|import\b.*\b{re.escape(name)}\b", ran.source, re.M
    )
    if ran.cell != name or name in defined or bound:
        return ""
    if not defined:
        return worded(
            "The cell of `{name}` does not define `{name}` any more. Give it this name again and "
            "run the cell.",
            name=name,
        )
    return worded(
        "The cell of `{name}` does not define `{name}` any more. It defines `{other}` now. Give it "
        "this name again and run the cell.",
        name=name,
        other=min(defined),
    )


def _changed_since(name: str, ran: Ran, shell: Any) -> str:
    """A cell that was changed on the page, and saved, after it ran."""
    path = Path(str(shell.user_ns.get(SAVED_VS_CODE) or os.environ.get(SAVED, "")))
    in_vs_code = ran.cell.startswith(VS_CODE)
    try:
        newer = path.suffix == ".ipynb" and path.stat().st_mtime > ran.when
        if not newer or path.stat().st_size > MAX_BYTES:
            return ""
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = {cell["id"]: "".join(cell["source"]).strip() for cell in cells}
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    # What ran in VS Code may stand in a cell of the learner's own, since it does not tell which.
    saved = sources.values() if in_vs_code else [sources.get(ran.cell)]
    if ran.source.strip() in saved or (name if in_vs_code else ran.cell) not in sources:
        return ""
    return worded(
        "The cell of `{name}` was changed after you ran it: run it, then check again.", name=name
    )
