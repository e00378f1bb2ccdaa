"""What PyTorch found for the chapter's small network: recorded where it can be installed.

``python -m grader.weave.make_stills --record 15_frameworks``, with PyTorch installed, runs the
chapter's own cells and writes `RECORD`, which is committed. The still that learners without PyTorch
see is drawn from it, on any machine; a test holds it against the references, so that it cannot grow
old unseen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

RECORD = Path(__file__).with_name("pytorch_run.json")


def recorded() -> tuple[list[float], dict[str, np.ndarray]]:
    """Losses of all steps, and the gradients of the first, by parameter."""
    told = json.loads(RECORD.read_text(encoding="utf-8"))
    return told["losses"], {name: np.array(value) for name, value in told["gradients"].items()}


def record(namespace: Mapping[str, Any]) -> None:
    """Write down what the chapter's cells have found by PyTorch.

    Args:
        namespace: of the chapter, run to its end where PyTorch is installed.

    Raises:
        LookupError: PyTorch was not there.
    """
    if namespace["torch"] is None:
        raise LookupError("PyTorch is not installed: pip install torch, and run this again")
    losses, gradients = namespace["theirs"]
    told = {
        "torch": str(namespace["torch"].__version__),
        "losses": losses,
        "gradients": {name: value.tolist() for name, value in gradients.items()},
    }
    RECORD.write_text(json.dumps(told) + "\n", encoding="utf-8")
