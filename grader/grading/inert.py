"""Makes what a submission displays harmless before it is written anywhere.

Whoever opens the result later (formgrader, feedback, report, JupyterLab) shows it as it stands: no
script, handler, remote request, form or style of a student's is in it, and sizes are bounded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

MAX_TEXT = 20_000  # characters of one output
MAX_OUTPUTS = 60  # of one cell
MAX_IMAGE = 2 * 2**20  # characters of one image in base64
MAX_CELL = 6 * 2**20  # characters of all outputs of one cell
MAX_SHOWN = 4_000  # characters of Markdown in an output: rendering may take quadratic time
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
IMAGE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
# TeX that MathJax would turn into links, classes, styles or loaded code.
TEX = re.compile(
    r"\\(?=(?:href|url|class|style|cssId|require|unicode|includegraphics|csname|html|data|"
    r"let|def|newcommand|renewcommand|newenvironment)\b|html)"
)
ESCAPES = re.compile(r"\x1b(?!\[[0-9;]*m)")  # terminal escapes other than colours
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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
        return value if len(value) <= MAX_IMAGE and IMAGE.fullmatch(value) else None
    if (tag, name) == ("a", "href"):
        return value if LINK.match(value) else None
    return value if name == "alt" or name == "rel" or value.isdigit() else None


def markdown(value: str) -> str:
    """A student's Markdown as one inert block of HTML, which is Markdown as well; formulas stay.

    HTML in it shows as text. There is no blank line in the result, since Markdown would take
    what follows one for Markdown again.
    """
    value = text(value)
    try:
        rendered = _renderer().render(value)
    except Exception:  # a renderer of other people's text may fail; the text itself does not
        rendered = f"<pre>{html.escape(value)}</pre>"
    lines = markup(rendered).split("\n")
    return "<div>" + "\n".join(line if line.strip() else "&#8203;" for line in lines) + "</div>"


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    renderer.use(dollarmath_plugin, renderer=_formula)
    return renderer


def _formula(content: str, options: Mapping[str, Any]) -> str:
    sign = "$$" if options.get("display_mode") else "$"
    return f"{sign}{html.escape(content)}{sign}"


def outputs(raw: Iterable[Any]) -> list[dict[str, Any]]:
    """A cell's outputs as they may be written: known kinds, known formats, bounded."""
    kept: list[dict[str, Any]] = []
    total = 0
    for output in raw:
        clean = _output(output) if isinstance(output, Mapping) else None
        if clean is None:
            continue
        total += size(clean)
        if len(kept) == MAX_OUTPUTS or total > MAX_CELL:
            kept.append(_stream("stdout", CUT.strip() + "\n"))
            break
        kept.append(clean)
    return kept


def size(output: Mapping[str, Any]) -> int:
    """About how many characters an output takes in a file."""
    return len(str(output))


def _output(output: Mapping[str, Any]) -> dict[str, Any] | None:
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
        data = dict(_data(output["data"]))
        result = {"output_type": kind, "data": data, "metadata": _metadata(output, data)}
        return {**result, "execution_count": None} if kind == "execute_result" else result
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _stream(name: str, content: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": content}


def _data(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in ("text/plain", "text/html", "text/markdown", "image/png", "image/jpeg"):
        value = data.get(kind)
        if isinstance(value, list):
            value = "".join(part for part in value if isinstance(part, str))
        if not isinstance(value, str):
            continue
        if kind == "text/plain":
            yield kind, text(value)
        elif kind.startswith("image/"):
            if len(value) <= MAX_IMAGE and BASE64.fullmatch(value):
                yield kind, value
        elif len(value) <= MAX_IMAGE:
            shown = markup(value) if kind == "text/html" else markdown(text(value, MAX_SHOWN))
            yield "text/html", shown


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
