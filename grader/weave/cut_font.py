"""Cuts the figures' Chinese font down to the characters that translations have.

``python -m grader.weave.cut_font NotoSansSC-Regular.otf`` takes the whole font, which is at
https://github.com/notofonts/noto-cjk, and writes the one that the kit carries.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset

from grader.weave import catalogs
from pix2net.plots.style import CHINESE_FONT

FIRST = "\u2e80"  # from here on characters are not those of Latin and its neighbours
STOPS = "，。：；？！、（）“”‘’《》—…·"
# What stands beside Chinese in a label with a formula, all of which is drawn in this font.
BESIDE = string.ascii_letters + string.digits + string.punctuation + " −×÷√²³°½→←≥≤≈"


def needed() -> set[str]:
    """The characters of all translations that the figures' usual font lacks, and `BESIDE`."""
    said = "".join(
        str(message.string)
        for language in catalogs.languages()
        for path in (catalogs.FOLDER / language).glob("*.po")
        for message in catalogs.read(language, path.stem)
    )
    return {character for character in said if character >= FIRST} | set(STOPS + BESIDE)


def cut(whole: Path, target: Path = CHINESE_FONT) -> None:
    """Write a font that has the characters needed, and no hints, which figures do not use."""
    options = subset.Options(
        hinting=False, desubroutinize=True, layout_features=[], notdef_outline=True
    )
    font = subset.load_font(str(whole), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(needed())))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(arguments: Sequence[str]) -> int:
    """Cut the font that is named."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("name the file of the whole font, NotoSansSC-Regular.otf", file=sys.stderr)
        return 2
    cut(Path(arguments[0]))
    print(f"wrote {CHINESE_FONT}, {CHINESE_FONT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
