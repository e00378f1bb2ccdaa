"""Shows in a learner's language what code has as names: classes, keys of a dict, legend entries.

A name that code looks up stays as it is in every language, and so does what it draws with it; only
when a figure is shown are the names in it put into words. Text with numbers in it is known by its
form, "cosine: {} epochs", or by its words one by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pix2net.judging.wording import spoken, translated
from pix2net.plots.style import CHINESE_FAMILY

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# Names in the chapters' cells and stills and in data sets that figures show.
LABELS = (
    "airplane", "automobile", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
    "truck", "sky", "leaves", "meadow", "mountain", "evening", "brick", "gravel", "stars", "sea",
    "sand", "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker",
    "bag", "ankle boot", "colours", "edges", "pixels", "yours", "row", "lighting: half the light",
    "deformation: mirrored", "deformation: leaning by {} pixels",
    "occlusion: the left half covered", "background: elsewhere", "another class",
    "all four at once", "lighting", "deformation", "occlusion", "background", "no loop",
    "one loop", "two loops", "folds at random", "folds by drawing", "the ties hold",
    "backgrounds swapped", "same class", "same background", "background in both",
    "subject in both", "subject in one", "linear scores", "nearest neighbour", "dark", "left",
    "right", "all at once", "example by example", "hinge", "squared hinge", "mistakes",
    "from zeros", "from noise", "zeros", "noise", "lowest", "your gradient",
    "half of the penalty's slope lost", "softmax against SVM", "edges against pixels",
    "trained longer, held back", "trained longer, training images", "yours, held back",
    "softmax on pixels", "softmax on edges", "network on pixels", "hidden unit", "hidden units",
    "arm", "raw", "centred", "standardised", "whitened", "weight of brightness",
    "weight of contrast", "weight of the first number", "weight of the second",
    "training rows' statistics", "new rows' own", "each row its own", "random numbers", "unit",
    "small", "too large", "outputs", "gradients", "hidden layer", "hidden layers", "seed", "and",
    "units", "weights", "constant rate", "cosine", "cosine: {} epochs", "in steps: {} every {}",
    "nothing", "small weights", "small steps", "dropout", "all together", "early stopping",
    "right labels", "wrong labels", "validation", "validation loss", "training", "with penalty",
    "without penalty", "your classifier", "always the commonest label", "images", "drawings",
    "the photograph", "what the network gets", "plain", "momentum", "bowl", "valley", "turned",
    "raw features", "the network of {}", "deep, bad start", "epochs", "batch normalisation",
    "layer normalisation", "batches of {}, mixed", "batches of one class", "one image at a time",
    "running statistics", "scaled", "pixels in order", "pixels shuffled", "dense", "conv",
    "a truck in the same place", "first feature", "second feature", "first number",
    "second number", "left pixel", "right pixel", "first weight", "second weight",
    "size of the gradients", "loss of the step's batch", "fewest: {}", "you wrote it",
    "made of what you wrote", "new", "{} numbers a row", "image", "score", "probability", "loss",
    "mean loss", "accuracy", "epoch", "label", "says", "layer", "layers", "Tensors",
)  # fmt: skip
# Before their translations in the catalog, since text and code of a chapter may say them otherwise.
IN_A_FIGURE = "in a figure: "
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
WORDS = re.compile(r"[A-Za-z](?:[A-Za-z' -]*[A-Za-z])?")
FORMULA = re.compile(r"(\$[^$]*\$)")
WIDE = "\u3000-\u9fff\uff00-\uffef"  # characters of Chinese, with its stops
MIXED = re.compile(rf"(?s)\$.*\$.*[{WIDE}]|[{WIDE}].*\$.*\$")  # Chinese beside a formula


def said(text: str) -> str:
    """A text of a figure with the names in it in the learner's language; formulas stay."""
    flat = text.replace("\n", " ")
    numbers = iter(NUMBER.findall(flat))
    form = NUMBER.sub("{}", flat)
    if form in LABELS:
        shown = re.sub(r"\{\}", lambda _: next(numbers), _named(form))
        return shown.replace("，", "，\n") if "\n" in text else shown
    parts = [p if i % 2 else _by_words(p) for i, p in enumerate(FORMULA.split(text))]
    return "".join(parts)


def messages() -> list[str]:
    """The names as the catalog has them."""
    return [IN_A_FIGURE + name for name in LABELS]


def _named(name: str) -> str:
    return translated(IN_A_FIGURE + name).removeprefix(IN_A_FIGURE)


def _by_words(text: str) -> str:
    found = WORDS.sub(lambda m: _named(m[0]) if m[0] in LABELS else m[0], text)
    if found == text:
        return text
    found = re.sub(rf"(?<=[{WIDE}])(?:, |,(?=\n))", "，", found)
    found = re.sub(rf"(?<=[A-Za-z]), (?=\d* ?[{WIDE}])", "，", found)
    found = re.sub(rf"(?<=[{WIDE}]): ", "：", found)
    return re.sub(rf"(?<=[{WIDE}]) (?=[{WIDE}])", "", found)


def in_language(fig: Figure) -> None:
    """Put the names that a figure shows into the learner's language, where that is not English.

    Beside a formula Matplotlib draws words in the first font of a text alone, so that is set too.
    """
    if not spoken():
        return
    from matplotlib.text import Text

    for text in fig.findobj(Text):
        shown = said(text.get_text())
        if shown != text.get_text():
            text.set_text(shown)
        if MIXED.search(shown):
            text.set_fontfamily(CHINESE_FAMILY)
    for ax in fig.findobj(lambda artist: hasattr(artist, "xaxis")):
        for axis in (ax.xaxis, ax.yaxis):  # type: ignore[attr-defined]
            _name_ticks(axis)


def _name_ticks(axis: Axis) -> None:
    """The same of names along an axis, which are written anew whenever it is drawn."""
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedLocator, FuncFormatter

    at, named = axis.get_major_locator(), axis.get_major_formatter()
    fixed = isinstance(at, FixedLocator) and isinstance(named, FuncFormatter)
    if not (fixed or isinstance(at, StrCategoryLocator)):
        return
    places = axis.get_majorticklocs()
    names = named.format_ticks(list(places))
    shown = [said(name) for name in names]
    if shown != names:
        axis.set_ticks(places, shown)
    if any(map(MIXED.search, shown)):
        axis.set_tick_params(labelfontfamily=CHINESE_FAMILY)
