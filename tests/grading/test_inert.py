"""Rule 8: whatever a submission displays is written harmless."""

import base64
import copy
import io
import re
from html.parser import HTMLParser

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from PIL import Image

from grader.grading.autograded import autograded
from grader.grading.run import grade_notebook
from grader.handed_in import inert

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.png'>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action='https://evil.example'><input name=password><button>ok</button></form>",
    "<iframe src='https://evil.example'></iframe>",
    "<style>* { display: none }</style>",
    "<div style='position:fixed;inset:0;background:url(https://evil.example)'>x</div>",
    "<div class='modal' id='menu' name='forms'>x</div>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example'><link rel=stylesheet href='https://evil.example'>",
    "<object data='https://evil.example'></object><embed src='https://evil.example'>",
    "<video src='https://evil.example' autoplay></video><audio src='//evil.example'></audio>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<table background='https://evil.example'><tr><td>x</td></tr></table>",
    "<!--><script>alert(1)</script>-->",
    "$\\href{javascript:alert(1)}{x}$ $\\class{modal}{x}$ $\\require{html}$",
    "$\\mmlToken{mi}[href='javascript:alert(1)']{x}$ $\\bbox[position:fixed]{x}$ $\\href3{x}$",
    "$\\kern-99em\\rule{999em}{999em}$ $\\llap{\\Rule{99em}{99em}{0em}}$ $\\hspace{-99em}x$",
]
MARKDOWN = [
    *ATTACKS,
    "![x](https://evil.example/pixel.png)",
    "[x](javascript:alert(1))",
    "`![x](https://evil.example/pixel.png)`",
    "```\n\n![x](https://evil.example/pixel.png)\n\n```",
    "    indented\n\n![x](https://evil.example/pixel.png)",
    "</div>\n\n<script>alert(1)</script>",
    "[x]: https://evil.example\n\n![x][x]",
    "$a$\n\n$$\n![x](https://evil.example/pixel.png)\n\n$$",
    "<https://evil.example/pixel.png>",
]
DANGER = re.compile(
    r"""<\s*(script|style|iframe|form|input|button|svg|math|meta|base|link|object|embed|video|audio)\b
    | <[^>]*\s(on\w+|style|class|id|name|background|data)\s*=
    | <[^>]*(href|src)\s*=\s*["']?\s*(javascript|vbscript|data:text|data:image/svg)
    | <img[^>]*src\s*=\s*["']?(https?:)?//
    | \\(href|class|require|style|cssId|mmlToken|bbox|rule|Rule|kern|llap|hspace)(?![A-Za-z])""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_rule_08_html_is_made_harmless(attack):
    assert not DANGER.search(inert.markup(f"<p>before</p>{attack}<p>after</p>"))
    assert "before" in inert.markup(f"<p>before</p>{attack}<p>after</p>")


@pytest.mark.parametrize("attack", MARKDOWN)
def test_rule_08_markdown_is_made_harmless_for_good(attack):
    """What is written is harmless as HTML and when it is read as Markdown once more."""
    once = inert.markdown(f"before\n\n{attack}\n\nafter")
    again = markdown2html_mistune(once)
    assert not DANGER.search(once)
    assert not DANGER.search(again)
    assert "before" in again


@given(st.text(alphabet=st.sampled_from("<>![]()`*_$\n \\\"'=/:#-|ascript&;.0dimg"), max_size=60))
def test_no_text_becomes_dangerous_markdown(text):
    assert not DANGER.search(markdown2html_mistune(inert.markdown(text)))


def test_ordinary_markdown_keeps_its_form():
    shown = inert.markdown("# Title\n\n*So* $a_1 < b$:\n\n| a |\n|---|\n| 1 |\n\n- one")
    for part in ("<h1>Title</h1>", "<em>So</em>", "$a_1 &lt; b$", "<td>1</td>", "<li>one</li>"):
        assert part in shown
    assert "\n\n" not in shown


def test_tables_and_pictures_of_an_output_stay():
    frame = "<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    assert inert.markup(frame) == frame
    picture = f'<img src="data:image/png;base64,{png(3, 2)}" alt="a plot" width="10">'
    assert inert.markup(picture) == picture


def png(width, height):
    """A picture in one colour, in base64."""
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize(
    "encoded", ["aGVsbG8=", "", "====", "iVBORw0KGgo=", png(9000, 9000), png(3, 2)[:40], "\u00e9"]
)
def test_what_is_no_picture_or_unpacks_to_too_many_pixels_is_not_shown(encoded):
    for kind in ("image/png", "image/jpeg"):
        assert inert.outputs([{"output_type": "display_data", "data": {kind: encoded}}]) == [
            {"output_type": "display_data", "data": {}, "metadata": {}}
        ]
    assert "src" not in inert.markup(f'<img src="data:image/png;base64,{encoded}">')


def shown_html(room, value):
    output = {"output_type": "display_data", "data": {"text/html": value}}
    return inert.outputs([output], room)[0]["data"].get("text/html", "")


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 100_000, "<a " + " ".join(f"a{i}=" for i in range(60_000)) + ">",
     "<a " + " ".join(f"a{i}" for i in range(60_000)) + ">"],
    ids=["nested", "attributes", "bare attributes"],
)  # fmt: skip
def test_html_that_would_hold_up_the_grader_is_shown_as_text(bomb):
    shown = shown_html(inert.Room(), bomb)
    assert shown.startswith("<pre>&lt;")
    assert len(shown) < 10 * inert.MAX_SHOWN


def test_a_notebook_has_room_for_so_much_html_and_markdown_and_no_more():
    room = inert.Room()
    rich = [shown_html(room, "<b>x</b>" * 2000) for _ in range(20)]
    assert rich[0].startswith("<b>")
    assert rich[-1].startswith("<pre>")
    text = {"output_type": "display_data", "data": {"text/markdown": "*x* " * 900}}
    many = [inert.outputs([text], room)[0]["data"] for _ in range(60)]
    assert "<em>" in many[0]["text/html"]
    assert many[-1] == {}


def test_a_wide_and_long_table_is_not_laid_out():
    table = "|a" * 4000 + "\n" + "|-" * 4000 + "\n" + "|a\n" * 500
    assert "<td>" not in inert.markdown(table)


@pytest.mark.parametrize(
    "output",
    [
        None, {}, {"output_type": "update_display_data", "data": {}},
        {"output_type": "display_data", "data": 7},
        {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=alert(1)>"}},
        {"output_type": "display_data", "data": {"image/png": '"><script>alert(1)</script>'}},
        {"output_type": "display_data", "data": {"text/html": ["<b onclick=x>", 3]}},
        {"output_type": "display_data", "data": {"text/latex": "$\\href{javascript:1}{x}$"}},
        {"output_type": "stream", "name": {}, "text": {"a": 1}},
        {"output_type": "error", "ename": 3, "evalue": [], "traceback": "x"},
        {"output_type": "display_data", "data": {"text/plain": "x"},
         "metadata": {"image/png": {"alt": 3}}},
        {"output_type": "display_data", "data": {"image/png": "aaaa"},
         "metadata": {"image/png": {"alt": "x" * 9999, "width": "1;", "onload": "x"}}},
    ],
)  # fmt: skip
def test_any_output_becomes_a_valid_harmless_one(output):
    clean = inert.outputs([output])
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell(outputs=[dict(o) for o in clean])])
    nbformat.validate(nbformat.from_dict(notebook))
    assert not DANGER.search(str(clean))
    assert "alert" not in str(clean)


def test_sizes_are_bounded():
    flood = [{"output_type": "stream", "name": "stdout", "text": "x" * 10**6}] * 500
    clean = inert.outputs(flood)
    assert len(clean) <= inert.MAX_OUTPUTS + 1
    assert sum(map(inert.size, clean)) < 2 * 10**6
    assert "cut" in clean[-1]["text"]


def test_terminal_escapes_other_than_colours_are_taken_out():
    assert inert.text("\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x08\u202e") == (
        "\x1b[31mred\x1b[0m ]0;title [2J"
    )


def test_rule_08_the_autograded_notebook_as_a_page_holds_nothing_live(merged, finished, key, fake):
    honest = copy.deepcopy(finished)
    for attack in MARKDOWN:
        finished.cells.append(new_markdown_cell(attack))
        finished.cells.append(new_raw_cell(attack))
        finished.cells.append(new_code_cell(f"print({attack!r})"))
    found = merged(finished)
    verdict = grade_notebook(found, key, fake)
    notebook = autograded(found, verdict, key)
    nbformat.validate(notebook)
    plain = autograded(merged(honest), verdict, key)
    ours, theirs = Elements(plain), Elements(notebook)
    assert theirs.scripts == ours.scripts
    assert theirs.handlers == ours.handlers
    assert theirs.requests == ours.requests
    assert "evil.example" in theirs.text


class Elements(HTMLParser):
    """What a page made of a notebook does by itself: scripts, handlers, requests."""

    def __init__(self, notebook):
        super().__init__()
        self.scripts, self.handlers, self.requests, self.text = 0, [], [], ""
        page, _ = HTMLExporter().from_notebook_node(notebook)
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.scripts += tag in ("script", "iframe", "object", "embed", "form", "style", "svg")
        self.handlers += [name for name, _ in attributes if name.startswith("on")]
        self.requests += [
            value for name, value in attributes
            if name in ("src", "background", "data") and not str(value).startswith("data:image/png")
        ]  # fmt: skip

    def handle_data(self, data):
        self.text += data


def test_the_verdict_is_shown_below_its_test_cell(merged, released, key, fake):
    found = merged(released)
    verdict = grade_notebook(found, key, fake)
    notebook = autograded(found, verdict, key)
    cell = next(c for c in notebook.cells if c.id == "test_row_means")
    assert "0 of 2 points" in cell.outputs[0].data["text/plain"]
    assert "not filled in yet" in cell.outputs[0].data["text/html"]


def test_repairs_stand_at_the_top(merged, finished, key, fake):
    del finished.cells[4]
    found = merged(finished)
    notebook = autograded(found, grade_notebook(found, key, fake), key)
    assert found.repairs[0].split("_")[0] in notebook.cells[0].source
