"""Rasterises the artwork and cuts the background patches that are committed beside this file.

A tool for maintainers: ``python data/picto10/make_artwork.py ICONS PHOTOS CAPSTONE``, where ICONS
is a folder of ``@iconify-json`` packages, PHOTOS holds the photographs that `ARTWORK.md` lists, and
CAPSTONE is the folder that the artwork of the capstone's hidden test goes to. Needs ``resvg_py``.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 48  # pixels of a drawing's side
PATCH = 40  # pixels of a background patch's side
PATCHES = 24  # of each kind
HERE = Path(__file__).parent

ITEMS = {
    "airplane": ["airplane", "airplane-departure", "airplane-arrival", "small-airplane"],
    "automobile": [
        "automobile", "oncoming-automobile", "taxi", "oncoming-taxi", "police-car",
        "sport-utility-vehicle",
    ],
    "bird": [
        "bird", "eagle", "duck", "parrot", "owl", "rooster", "swan", "goose", "dove", "black-bird",
        "blackbird", "turkey", "bird-1", "bird-2",
    ],
    "cat": ["cat", "cat-face", "black-cat", "grinning-cat", "pouting-cat", "pouting-cat-face"],
    "deer": ["deer", "moose"],
    "dog": ["dog", "dog-face", "poodle", "guide-dog", "service-dog", "dogside"],
    "frog": ["frog", "frog-face"],
    "horse": ["horse", "horse-face", "horseface"],
    "ship": [
        "ship", "ferry", "passenger-ship", "motor-boat", "sailboat", "speedboat", "canoe",
    ],
    "truck": [
        "delivery-truck", "articulated-lorry", "fire-engine", "pickup-truck", "deliverytruck",
        "articulatedlorry", "oncoming-fire-engine",
    ],
}  # fmt: skip
SOURCES = (
    "noto", "twemoji", "fluent-emoji", "fluent-emoji-flat", "openmoji", "emojione-v1", "emojione",
    "noto-v1",
)  # fmt: skip
CAPSTONE_SOURCES = ("streamline-emojis", "fxemoji")  # of these everything goes to the capstone
CAPSTONE_ALSO = ("openmoji/deer", "openmoji/moose")  # they have no deer
TEST_EVERY = (
    5  # of a class's drawings, sorted by what they show, this one in so many is for testing
)


def drawings(icons: Path) -> list[tuple[str, str, str, str]]:
    """(split, class, "set/name", SVG) of every drawing that is used."""
    books = {
        source: json.loads((icons / source / "icons.json").read_text())
        for source in (*SOURCES, *CAPSTONE_SOURCES)
    }
    found = []
    for kind, items in ITEMS.items():
        count = 0
        for item in items:
            for source, book in books.items():
                if item not in book["icons"]:
                    continue
                name = f"{source}/{item}"
                if source in CAPSTONE_SOURCES or name in CAPSTONE_ALSO:
                    split = "capstone"
                else:
                    split = "test" if count % TEST_EVERY == TEST_EVERY // 2 else "train"
                    count += 1
                found.append((split, kind, name, svg_of(book, item)))
    return found


def svg_of(book: dict, name: str) -> str:
    """One icon of a set as an SVG document."""
    icon = book["icons"][name]
    width = icon.get("width", book.get("width", 16))
    height = icon.get("height", book.get("height", 16))
    left, top = icon.get("left", book.get("left", 0)), icon.get("top", book.get("top", 0))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}" width="{width}" height="{height}">'
        f"{icon['body']}</svg>"
    )


def raster(svg: str) -> np.ndarray:
    """(SIZE, SIZE, 4) uint8: the drawing, cropped to what is visible and centred in a square."""
    import resvg_py

    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIZE * 8))
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    image = image.crop(box)
    side = max(image.size)
    square = Image.new("RGBA", (side, side))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return np.asarray(square.resize((SIZE, SIZE), Image.Resampling.LANCZOS))


def write_pack(folder: Path, entries: list[tuple[str, str, np.ndarray]], first: int) -> None:
    """Write one pack: an atlas in a row of columns, and what stands in it, numbered on."""
    columns = 16
    rows = -(-len(entries) // columns)
    atlas = np.zeros((rows * SIZE, columns * SIZE, 4), dtype=np.uint8)
    for i, (_, _, image) in enumerate(entries):
        y, x = divmod(i, columns)
        atlas[y * SIZE : (y + 1) * SIZE, x * SIZE : (x + 1) * SIZE] = image
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(atlas).save(folder / "artwork.png", optimize=True)
    listed = [
        {"class": kind, "drawing": name, "group": number}
        for number, (kind, name, _) in enumerate(entries, first)
    ]
    text = json.dumps({"size": SIZE, "columns": columns, "drawings": listed}, indent=1)
    (folder / "artwork.json").write_text(text + "\n")


# Photograph, box (left, top, right, bottom, in parts of the whole), side of a patch in pixels.
PHOTOS: dict[str, list[tuple[str, tuple[float, float, float, float], int]]] = {
    "sky": [("Bridge_by_Sander_Klootwijk.jpg", (0.15, 0.0, 0.45, 0.6), 500),
            ("picosdeeuropa_by_Aitzol_Berasategi.jpg", (0.3, 0.0, 1.0, 0.3), 300)],
    "leaves": [("Dragonfly_by_Bolly.jpg", (0.0, 0.0, 1.0, 1.0), 500),
               ("life_by_Aitzol_Berasategi.jpg", (0.0, 0.0, 1.0, 1.0), 500)],
    "meadow": [("aitzgorri_by_Aitzol_Berasategi.jpg", (0.0, 0.68, 1.0, 1.0), 300),
               ("grass.png", (0, 0, 1, 1), 128)],
    "mountain": [("picosdeeuropa_by_Aitzol_Berasategi.jpg", (0.0, 0.3, 1.0, 1.0), 500),
                 ("aitzgorri_by_Aitzol_Berasategi.jpg", (0.0, 0.1, 1.0, 0.6), 500)],
    "evening": [("sunset_by_Aitzol_Berasategi.jpg", (0.0, 0.0, 1.0, 0.7), 600)],
    "brick": [("brick.png", (0, 0, 1, 1), 160)],
    "gravel": [("gravel.png", (0, 0, 1, 1), 128)],
    "stars": [("hubble_deep_field.jpg", (0, 0, 1, 1), 160)],
}  # fmt: skip
TINTS = {"brick.png": (1.25, 0.75, 0.6), "grass.png": (0.75, 1.15, 0.5), "gravel.png": (1, 1, 1)}
DRAWN = ("sea", "sand")


def photographed(kind: str, photos: Path, rng: np.random.Generator) -> list[np.ndarray]:
    """PATCHES patches of a kind, (PATCH, PATCH, 3) uint8 each, cut from photographs."""
    patches = []
    for i in range(PATCHES):
        name, (left, top, right, bottom), side = PHOTOS[kind][i % len(PHOTOS[kind])]
        photo = Image.open(photos / name).convert("RGB")
        width, height = photo.size
        x0, y0 = int(left * width), int(top * height)
        x1, y1 = int(right * width), int(bottom * height)
        side = min(side, x1 - x0, y1 - y0)
        x = x0 + int(rng.random() * (x1 - x0 - side))
        y = y0 + int(rng.random() * (y1 - y0 - side))
        patch = photo.crop((x, y, x + side, y + side)).resize(
            (PATCH, PATCH), Image.Resampling.LANCZOS
        )
        tint = np.array(TINTS.get(name, (1, 1, 1)))
        patches.append(np.clip(np.asarray(patch) * tint, 0, 255).astype(np.uint8))
    return patches


def drawn(kind: str, rng: np.random.Generator) -> list[np.ndarray]:
    """PATCHES patches of a drawn kind: waves on water, ripples of sand."""
    y, x = np.mgrid[0:PATCH, 0:PATCH] / PATCH
    patches = []
    for _ in range(PATCHES):
        phase, tilt, waves = 6.3 * rng.random(), 2 * rng.random() - 1, 3 + 5 * rng.random()
        ripple = np.sin(6.3 * waves * (y + 0.15 * tilt * np.sin(6.3 * x + phase)) + phase)
        grain = rng.random((PATCH, PATCH)) - 0.5
        low, high = (
            ((20, 70, 130), (90, 160, 200)) if kind == "sea" else ((190, 150, 95), (235, 205, 150))
        )
        share = np.clip(0.5 + 0.25 * ripple + 0.3 * grain + 0.3 * (y - 0.5), 0, 1)[..., None]
        patches.append((np.array(low) + share * (np.array(high) - low)).astype(np.uint8))
    return patches


def main(icons: Path, photos: Path, capstone: Path) -> None:
    """Write every pack."""
    found, first = drawings(icons), 0
    for split in ("train", "test", "capstone"):
        entries = [(kind, name, raster(svg)) for s, kind, name, svg in found if s == split]
        entries.sort(key=lambda e: (e[0], e[1]))
        write_pack(capstone if split == "capstone" else HERE / split, entries, first)
        first += len(entries)
    rng = np.random.default_rng(10)
    kinds = [*PHOTOS, *DRAWN]
    bank = [photographed(k, photos, rng) if k in PHOTOS else drawn(k, rng) for k in kinds]
    sheet = np.concatenate([np.concatenate(row, axis=1) for row in bank], axis=0)
    Image.fromarray(sheet).save(HERE / "backgrounds.png", optimize=True)
    text = json.dumps({"size": PATCH, "kinds": kinds, "patches": PATCHES}, indent=1)
    (HERE / "backgrounds.json").write_text(text + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
