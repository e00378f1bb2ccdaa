"""The rooms of the code are those of the map, in its order; import-linter holds them to it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(c["layers"] for c in CONTRACTS if c["type"] == "layers")
MOST_ROOMS = 13


def rooms_of(package: str) -> set[str]:
    """The packages in a package, and the modules of ``pix2net`` that others build on."""
    found = (ROOT / package).iterdir()
    return {f"{package}.{path.name}" for path in found if (path / "__init__.py").is_file()}


def test_the_map_lists_the_layers_from_the_lowest_up() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \|", MAP, re.M)
    order = [set(layer.split(" : ")) for layer in reversed(LAYERS)]
    for layer in order:
        assert set(rows[: len(layer)]) == layer
        del rows[: len(layer)]
    assert rows == []


def test_every_room_has_its_place() -> None:
    placed = {room for layer in LAYERS for room in layer.split(" : ")}
    assert rooms_of("grader") | rooms_of("pix2net") <= placed
    assert len(rooms_of("grader")) <= MOST_ROOMS
