"""Rebuilds the outputs that an untrusted process sent: known kinds, plain text, bounded size.

What comes out is well-formed nbformat v4. Its content stays untrusted; whoever shows it as HTML
makes it harmless first.
"""

from __future__ import annotations

import re
from typing import Any

from grader.sandbox.inside.capture import CUT_NOTE, IMAGE_MARGIN, MIME_TYPES

BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
MAX_OUTPUTS = 2000
MAX_TRACEBACK_LINES = 200


class _Budget:
    def __init__(self, limit: int) -> None:
        self.left = limit
        self.cut = False

    def take(self, text: str) -> str:
        """As much of the text as fits, counted in bytes and fit to be written as UTF-8."""
        encoded = text.encode("utf-8", "replace")
        if len(encoded) > self.left:
            encoded, self.cut = encoded[: self.left], True
        self.left -= len(encoded)
        return encoded.decode("utf-8", "ignore")

    def all_or_nothing(self, text: str, weight: int = 1) -> str | None:
        """The whole text, for what is worthless when cut; None if it does not fit."""
        encoded = text.encode("utf-8", "replace")
        if len(encoded) // weight > self.left:
            self.cut = True
            return None
        self.left -= len(encoded) // weight
        return encoded.decode("utf-8")


def rebuild(untrusted: Any, limit: int) -> list[dict[str, Any]]:
    """Outputs made anew from a decoded reply.

    Args:
        untrusted: anything; what does not look like a list of outputs is dropped.
        limit: bytes kept in all.
    """
    if not isinstance(untrusted, list):
        return []
    budget = _Budget(limit)
    makers = {
        "stream": _stream,
        "display_data": _display,
        "execute_result": _display,
        "error": _error,
    }
    outputs = []
    for output in untrusted[:MAX_OUTPUTS]:
        kind = output.get("output_type") if isinstance(output, dict) else None
        made = makers[kind](output, budget) if isinstance(kind, str) and kind in makers else None
        if made is not None:
            outputs.append(made)
    if budget.cut or len(untrusted) > MAX_OUTPUTS:
        outputs.append({"output_type": "stream", "name": "stderr", "text": CUT_NOTE})
    return outputs


def _stream(output: dict[Any, Any], budget: _Budget) -> dict[str, Any] | None:
    name, text = output.get("name"), output.get("text")
    # Whatever is no text comes first: an array's ``==`` gives no truth value.
    if not isinstance(name, str) or not isinstance(text, str):
        return None
    if name not in ("stdout", "stderr"):
        return None
    return {"output_type": "stream", "name": name, "text": budget.take(text)}


def _display(output: dict[Any, Any], budget: _Budget) -> dict[str, Any] | None:
    data = output.get("data")
    if not isinstance(data, dict):
        return None
    bundle = {}
    for kind in MIME_TYPES:
        text = data.get(kind)
        if not isinstance(text, str):
            continue
        if kind in ("image/png", "image/jpeg") and not BASE64.fullmatch(text):
            continue
        kept = budget.all_or_nothing(text, IMAGE_MARGIN if kind.startswith("image/") else 1)
        if kept is not None:
            bundle[kind] = kept
    if not bundle:
        return None
    made: dict[str, Any] = {"output_type": output["output_type"], "data": bundle, "metadata": {}}
    if output["output_type"] == "execute_result":
        count = output.get("execution_count")
        made["execution_count"] = count if type(count) is int and 0 <= count < 10**6 else None
    return made


def _error(output: dict[Any, Any], budget: _Budget) -> dict[str, Any] | None:
    name, text, lines = (output.get(key) for key in ("ename", "evalue", "traceback"))
    if not isinstance(name, str) or not isinstance(text, str) or not isinstance(lines, list):
        return None
    kept = [budget.take(line) for line in lines[:MAX_TRACEBACK_LINES] if isinstance(line, str)]
    return error_output(budget.take(name[:200]), budget.take(text), kept)


def error_output(name: str, text: str, lines: list[str] | None = None) -> dict[str, Any]:
    """An nbformat error output."""
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": lines or []}
