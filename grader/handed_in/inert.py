"""Makes what a submission displays harmless before it is written anywhere.

Whoever opens the result later (formgrader, feedback, report, JupyterLab) shows it as it stands: no
script, handler, remote request, form or style of a student's is in it, and sizes are bounded.
"""

from __future__ import annotations

import base64
import html
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from PIL import Image

MAX_TEXT = 20_000  # characters of one output
MAX_OUTPUTS = 60  # of one cell
MAX_IMAGE = 2 * 2**20  # characters of one image in base64
MAX_CELL = 6 * 2**20  # characters of all outputs of one cell
MAX_MARKS = 10_000  # ``<`` and ``=`` of one output's HTML
MAX_MARKUP = 200_000  # characters of one output's HTML, images in base64 not counted
MAX_PIXELS = 40_000_000  # of one image, which a browser unpacks to four bytes each
MAX_SHOWN = 4_000  # characters of Markdown in an output: rendering may take quadratic time
MAX_BARS = 1_000  # of a Markdown text with tables: every row gets as many cells as the first has
CUT = "\n... (cut: there was more)"

TAGS = set(
    """a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var""".split()  # noqa: SIM905 - a list of words
)
DROPPED_WHOLE = {"script", "style", "template", "textarea", "title", "noscript", "iframe", "svg"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
IMAGE = re.compile(r"data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/=\s]+)")
EMBEDDED = re.compile(r";base64,[A-Za-z0-9+/=]+")
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
# TeX that MathJax would turn into links, classes, styles or loaded code, that gives other names
# to such, or that lays black boxes over the page.
TEX = re.compile(
    r"\\(?=(?:href|url|class|style|cssId|require|unicode|includegraphics|csname|html|data|"
    r"mmlToken|bbox|let|def|newcommand|renewcommand|newenvironment|renewenvironment|"
    r"rule|Rule|Space|raise|lower|moveleft|moveright|llap|rlap|mathllap|mathrlap|"
    r"kern|mkern|hskip|mskip|hspace|mspace)(?![A-Za-z])|html)"
)
ESCAPES = re.compile(r"\x1b(?!\[[0-9;]*m)")  # terminal escapes other than colours
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Room:
    """What is left of the work that one notebook may be: parsers of HTML and Markdown take
    quadratic time over what is made for it, and a class waits for each of its notebooks.

    Attributes:
        marks: ``<`` and ``=`` of HTML, which open elements and attributes.
        markup: characters of HTML, images in base64 not counted.
        markdown: characters of Markdown.
        outputs: characters of all outputs.
    """

    marks: int = 40_000
    markup: int = 2 * 2**20
    markdown: int = 120_000
    outputs: int = 24 * 2**20

    def takes_markup(self, value: str) -> bool:
        """Whether some HTML may still be parsed; if so, it is counted."""
        bare = EMBEDDED.sub("", value)
        marks = bare.count("<") + bare.count("=")
        if marks > min(MAX_MARKS, self.marks) or len(bare) > min(MAX_MARKUP, self.markup):
            return False
        self.marks -= marks
        self.markup -= len(bare)
        return True

    def takes_markdown(self, value: str) -> bool:
        """Whether some Markdown may still be rendered; if so, it is counted."""
        if len(value) > self.markdown:
            return False
        self.markdown -= len(value)
        return True


def text(value: Any, limit: int = MAX_TEXT) -> str:
    """Plain text without control characters other than colours, cut at ``limit`` characters."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    cut = len(value) > limit
    value = value[:limit].encode("utf-8", "replace").decode("utf-8")
    return CONTROLS.sub("", ESCAPES.sub("", value)) + (CUT if cut else "")


def markup(value: str) -> str:
    """HTML of which only harmless elements are left."""
    clean = nh3.clean(
        value,
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
    )
    return TEX.sub("&#92;&#8203;", clean)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        image = IMAGE.fullmatch(value)
        return value if image and is_image(image[2]) else None
    if (tag, name) == ("a", "href"):
        return value if LINK.match(value) else None
    return value if name == "alt" or name == "rel" or value.isdigit() else None


def is_image(encoded: str) -> bool:
    """Whether base64 text is a picture that a browser can unpack without harm."""
    if len(encoded) > MAX_IMAGE or not BASE64.fullmatch(encoded):
        return False
    try:
        content = base64.b64decode(encoded)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the size, which is looked at here
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF")) as image:
                return bool(image.width * image.height <= MAX_PIXELS)
    except Exception:  # a reader of other people's files may fail in any way
        return False


def markdown(value: str) -> str:
    """A student's Markdown as one inert block of HTML, which is Markdown as well; formulas stay.

    HTML in it shows as text. There is no blank line in the result, since Markdown would take
    what follows one for Markdown again.
    """
    value = text(value)
    try:
        rendered = _renderer(tables=value.count("|") <= MAX_BARS).render(value)
    except Exception:  # a renderer of other people's text may fail; the text itself does not
        rendered = f"<pre>{html.escape(value)}</pre>"
    lines = markup(rendered).split("\n")
    return "<div>" + "\n".join(line if line.strip() else "&#8203;" for line in lines) + "</div>"


@cache
def _renderer(tables: bool) -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False})
    if tables:
        renderer.enable("table")
    renderer.use(dollarmath_plugin, renderer=_formula)
    return renderer


def _formula(content: str, options: Mapping[str, Any]) -> str:
    sign = "$$" if options.get("display_mode") else "$"
    return f"{sign}{html.escape(content)}{sign}"


def outputs(raw: Iterable[Any], room: Room | None = None) -> list[dict[str, Any]]:
    """A cell's outputs as they may be written: known kinds, known formats, bounded.

    Args:
        room: of the notebook that they are in.
    """
    room = room or Room()
    kept: list[dict[str, Any]] = []
    left = min(MAX_CELL, room.outputs)
    for output in raw:
        clean = _output(output, room) if isinstance(output, Mapping) else None
        if clean is None:
            continue
        left -= size(clean)
        room.outputs -= size(clean)
        if len(kept) == MAX_OUTPUTS or left < 0:
            kept.append(_stream("stdout", CUT.strip() + "\n"))
            break
        kept.append(clean)
    return kept


def size(output: Mapping[str, Any]) -> int:
    """About how many characters an output takes in a file."""
    return len(str(output))


def _output(output: Mapping[str, Any], room: Room) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return _stream(name, text(output.get("text")))
    if kind == "error":
        lines = [line for line in _listed(output.get("traceback")) if isinstance(line, str)]
        return {
            "output_type": "error",
            "ename": text(output.get("ename"), 200),
            "evalue": text(output.get("evalue"), 2000),
            "traceback": text("\n".join(line for line in lines if isinstance(line, str))).split(
                "\n"
            ),
        }
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), Mapping):
        data = dict(_data(output["data"], room))
        result = {"output_type": kind, "data": data, "metadata": _metadata(output, data)}
        return {**result, "execution_count": None} if kind == "execute_result" else result
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _stream(name: str, content: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": content}


def _data(data: Mapping[str, Any], room: Room) -> Iterator[tuple[str, str]]:
    for kind in ("text/plain", "text/html", "text/markdown", "image/png", "image/jpeg"):
        value = data.get(kind)
        if isinstance(value, list):
            value = "".join(part for part in value if isinstance(part, str))
        if not isinstance(value, str):
            continue
        if kind == "text/plain":
            yield kind, text(value)
        elif kind.startswith("image/"):
            if is_image(value):
                yield kind, value
        elif kind == "text/html":
            if len(value) <= MAX_IMAGE:
                yield kind, markup(value) if room.takes_markup(value) else _as_it_stands(value)
        elif room.takes_markdown(value[:MAX_SHOWN]):
            yield "text/html", markdown(text(value, MAX_SHOWN))


def _as_it_stands(value: str) -> str:
    return f"<pre>{html.escape(text(value, MAX_SHOWN))}</pre>"


def _metadata(output: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """What says how an image is shown: its description and size."""
    metadata = output.get("metadata")
    kept: dict[str, Any] = {}
    for kind in data:
        entry = metadata.get(kind) if isinstance(metadata, Mapping) else None
        if not kind.startswith("image/") or not isinstance(entry, Mapping):
            continue
        shown = {n: entry[n] for n in ("width", "height") if type(entry.get(n)) is int}
        if isinstance(entry.get("alt"), str):
            shown["alt"] = text(entry["alt"], 1000)
        kept[kind] = shown
    return kept
