"""Makes the files of this folder: ``python -m data.fashion_mnist.make_subset FOLDER``.

FOLDER holds Fashion-MNIST as it is published: four gzipped IDX files. Of each class the first 500
training and 100 test images are taken, in the order in which they are published.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pix2net.data.dataset import first_of_each
from pix2net.data.fashion_mnist import FOLDER, SIDE
from pix2net.data.idx import read_idx

FILES = {"train": ("train", 500), "test": ("t10k", 100)}  # split: published name, images a class
COLUMNS = 100  # images in a row of a sheet


def main(folder: Path) -> None:
    """Write both sheets and the labels."""
    from PIL import Image

    digits = {}
    for split, (published, per_class) in FILES.items():
        labels = read_idx(folder / f"{published}-labels-idx1-ubyte.gz")
        rows = first_of_each(labels, per_class)
        images = read_idx(folder / f"{published}-images-idx3-ubyte.gz")[rows]
        sheet = images.reshape(-1, COLUMNS, SIDE, SIDE).swapaxes(1, 2).reshape(-1, COLUMNS * SIDE)
        Image.fromarray(sheet).save(FOLDER / f"{split}.png", optimize=True)
        digits[split] = "".join(map(str, labels[rows]))
    (FOLDER / "labels.json").write_text(json.dumps(digits) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
