"""Rasterises the drawings that `chosen.toml` names and shares them out.

A tool for maintainers: ``python data/picto10/make_artwork.py ICONS CLIPART CAPSTONE``, where ICONS
is the folder ``json`` of the package ``@iconify/json``, CLIPART the folder of the SVG files of
Debian's ``openclipart-svg``, and CAPSTONE the folder that the artwork of the capstone's hidden test
goes to. Needs ``resvg_py``. Says how many drawings there are.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from alike import alike, families
from PIL import Image, ImageDraw

SIZE = 48  # pixels of a drawing's side
HERE = Path(__file__).parent
CHOSEN = tomllib.loads((HERE / "chosen.toml").read_text(encoding="utf-8"))
CLASSES = [name for name, value in CHOSEN.items() if isinstance(value, dict)]
TEST_EVERY = 5  # one in so many families of drawings is for testing
SCALE, CLIPART_SCALE = 8, 20  # how much larger a drawing is rendered
CLIPART = "openclipart"
ISOLATED = 800  # units of room around a picture of Open Clip Art, whose page may cut it

# Sets that have no colours of their own are coloured in; what is blue in icon-park, as well.
BODY = {"deer": "#b07a45", "frog": "#5fa845"}
GREY = "#777777"
ACCENT = "#2F88FF"
DISC = re.compile(r'<path fill="#[0-9a-f]+" d="M24 47.998c[^"]*"/>')  # of streamline-kameleon-color


@dataclass(frozen=True)
class Drawing:
    """One drawing: its class, its name "set/item", and (SIZE, SIZE, 4) uint8 colours, opacity."""

    kind: str
    name: str
    image: np.ndarray

    @property
    def hand(self) -> tuple[str, str]:
        """The same for drawings that sets of one hand have of one item."""
        source, item = self.name.split("/")
        sets = next((group for group in CHOSEN["same_hand"] if source in group), [source])
        items = next((group for group in CHOSEN["same_item"] if item in group), [item])
        return sets[0], items[0]

    @property
    def hidden(self) -> bool:
        """Whether it is kept for the capstone."""
        source = self.name.split("/")[0]
        return source in CHOSEN["capstone_sets"] or self.name in CHOSEN["capstone_also"]


def chosen(kind: str, icons: Path) -> Iterator[str]:
    """The names of a class's drawings, in the order of `chosen.toml`."""
    sets = [*CHOSEN["emoji_sets"], *CHOSEN["capstone_sets"]]
    left_out = CHOSEN[kind].get("left_out", [])
    for item in CHOSEN[kind]["items"]:
        for source in sets:
            name = f"{source}/{item}"
            if item in book(icons / f"{source}.json")["icons"] and name not in left_out:
                yield name
    yield from CHOSEN[kind]["others"]


@cache
def book(path: Path) -> dict[str, Any]:
    """An icon set."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def draw(kind: str, name: str, icons: Path, clipart: Path) -> Drawing:
    """Rasterise one drawing."""
    source, item = name.split("/")
    if source == CLIPART:
        file = min(clipart.rglob(f"{item}.svg"))
        svg = on_its_own(file.read_text(encoding="utf-8", errors="replace"))
        return Drawing(kind, name, fitted(rendered(svg, CLIPART_SCALE)))
    icon_set = book(icons / f"{source}.json")
    body = BODY.get(kind, ACCENT)
    image = rendered(DISC.sub("", svg_of(icon_set, item).replace(ACCENT, body)), SCALE)
    if not icon_set["info"].get("palette"):
        image = coloured_in(image, BODY.get(kind, GREY))
    return Drawing(kind, name, fitted(image))


def svg_of(icon_set: dict[str, Any], item: str) -> str:
    """One icon of a set as an SVG document."""
    icon = icon_set["icons"][item]
    width = icon.get("width", icon_set.get("width", 16))
    height = icon.get("height", icon_set.get("height", 16))
    left, top = (icon.get(side, icon_set.get(side, 0)) for side in ("left", "top"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}" width="{width}" height="{height}">'
        f"{icon['body']}</svg>"
    )


def on_its_own(svg: str) -> str:
    """A document without its page, which may be too small or in units that mean nothing."""
    found = re.search(r"<svg[^>]*>", svg)
    assert found is not None
    head = found.group()
    sides = [re.search(rf'\s{side}="([\d.]+)(mm)?', head) for side in ("width", "height")]
    width, height = (
        float(side[1]) * (3.5433 if side[2] else 1) + ISOLATED if side else 2 * ISOLATED
        for side in sides
    )
    bare = re.sub(r'\s(width|height)="[^"]*"', "", head)[:-1]
    if "viewBox" not in bare:
        bare += f' viewBox="{-ISOLATED // 2} {-ISOLATED // 2} {width:.0f} {height:.0f}"'
    return svg.replace(head, f'{bare} width="{width:.0f}" height="{height:.0f}">')


def rendered(svg: str, scale: int) -> Image.Image:
    """A document as a picture, so many times as wide as a drawing."""
    import resvg_py

    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIZE * scale))
    return Image.open(io.BytesIO(data)).convert("RGBA")


def coloured_in(image: Image.Image, colour: str) -> Image.Image:
    """A drawing in one colour, in two: body and ink.

    A solid drawing is the body, and what it encloses is ink; a drawing in lines is ink.
    """
    opacity = np.asarray(image)[..., 3]
    height, width = opacity.shape
    solid = Image.new("L", (width + 2, height + 2), 0)
    solid.paste(Image.fromarray((opacity > 100).astype(np.uint8) * 255), (1, 1))
    ImageDraw.floodfill(solid, (0, 0), 128)
    outside = np.asarray(solid)[1:-1, 1:-1] == 128
    body = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
    pair = (body, 0.35 * body)
    drawn, enclosed = pair if (opacity > 100).sum() > 0.6 * (~outside).sum() else pair[::-1]
    share = opacity[..., None] / 255
    colours = np.where(outside[..., None], drawn, drawn * share + enclosed * (1 - share))
    full = np.where(outside, opacity, 255)[..., None]
    return Image.fromarray(np.concatenate([colours, full], axis=2).astype(np.uint8), "RGBA")


def fitted(image: Image.Image) -> np.ndarray:
    """(SIZE, SIZE, 4) uint8: a picture cropped to what is visible and centred in a square."""
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    image = image.crop(box)
    side = max(image.size)
    square = Image.new("RGBA", (side, side))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return np.asarray(square.resize((SIZE, SIZE), Image.Resampling.LANCZOS))


def shared_out(drawings: list[Drawing]) -> list[tuple[str, int]]:
    """Split and family of each drawing of a class; what is alike is in one family.

    A family that has a member in the capstone belongs there; of the others, from the largest to the
    smallest, every TEST_EVERY-th is for testing.
    """
    images = np.stack([d.image for d in drawings])
    pairs = [
        (i, int(j)) for i, one in enumerate(images) for j in np.flatnonzero(alike(one, images))
    ]
    hands, names = [d.hand for d in drawings], [d.name for d in drawings]
    pairs += [(hands.index(hand), i) for i, hand in enumerate(hands)]
    pairs += [(names.index(a), names.index(b)) for a, b in CHOSEN["same"] if a in names]
    family = families(len(drawings), pairs)
    hidden = {f for f, d in zip(family, drawings, strict=True) if d.hidden}
    seen = sorted(set(family) - hidden, key=lambda f: (-family.count(f), f))
    tests = seen[TEST_EVERY - 1 :: TEST_EVERY]
    return [("capstone" if f in hidden else "test" if f in tests else "train", f) for f in family]


def write_pack(folder: Path, entries: list[tuple[Drawing, int]]) -> None:
    """Write one pack: an atlas in a row of columns, and what stands in it, with its family."""
    columns = 16
    rows = -(-len(entries) // columns)
    atlas = np.zeros((rows * SIZE, columns * SIZE, 4), dtype=np.uint8)
    for i, (drawing, _) in enumerate(entries):
        y, x = divmod(i, columns)
        atlas[y * SIZE : (y + 1) * SIZE, x * SIZE : (x + 1) * SIZE] = drawing.image
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(atlas).save(folder / "artwork.png", optimize=True)
    listed = [{"class": d.kind, "drawing": d.name, "group": group} for d, group in entries]
    text = json.dumps({"size": SIZE, "columns": columns, "drawings": listed}, indent=1)
    (folder / "artwork.json").write_text(text + "\n")


def main(icons: Path, clipart: Path, capstone: Path) -> None:
    """Write every pack."""
    packs: dict[str, list[tuple[Drawing, int]]] = {"train": [], "test": [], "capstone": []}
    numbered = 0
    for kind in CLASSES:
        drawings = [draw(kind, name, icons, clipart) for name in chosen(kind, icons)]
        places = shared_out(drawings)
        number = {f: numbered + i for i, f in enumerate(sorted({f for _, f in places}))}
        numbered += len(number)
        for drawing, (split, family) in zip(drawings, places, strict=True):
            packs[split].append((drawing, number[family]))
    for split, entries in packs.items():
        entries.sort(key=lambda entry: (entry[0].kind, entry[0].name))
        write_pack(capstone if split == "capstone" else HERE / split, entries)
        for what in (Counter(d.kind for d, _ in entries), len({g for _, g in entries})):
            print(split, len(entries), what)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
