"""What a chapter says in words, taken apart so that each part can be said in another language.

A part is a paragraph, heading, item or row of the text; of code it is a string that is shown, a
docstring or a comment. Whoever weaves gives a function that says a part in a language, `str` for
English; everything around the parts stays as it is.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
import re
import tokenize
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import accumulate

Say = Callable[[str], str]

WORD = re.compile(r"[A-Za-z]{2,}")
BETWEEN = re.compile(r"(\n[ \t]*\n+|\n(?=[ \t]*(?:[-*]|\d+\.) |\|)|^[ \t]*(?:[-*]|\d+\.) )", re.M)
AS_IT_STANDS = re.compile(
    r"^(?:```|>|\$\$|:::)|(?:  |\\)$", re.M
)  # where line breaks mean something
FENCED = re.compile(r"(^[ \t]*```.*?^[ \t]*```$)", re.M | re.S)
SHOWN = re.compile(r"print|(?:plots\.)?(?:Step|Part|Node|Slider|Grid)|(?:plots|ax)\.\w+")
PASSED_ON = frozenset({"enumerate", "zip"})  # calls whose arguments come out of them
TASKS = frozenset({"ready", "mine", "check"})  # whose arguments are names of exercises
CAPTIONS = frozenset({"caption", "alt"})  # what a figure is given, also by way of a function
ARGUMENTS = "stills"  # a keyword whose dicts have arguments as keys, which are words nowhere
SILENT = frozenset({"log", "colors", "color", "cmap", "places", "other", ARGUMENTS})  # keywords
FIELD = re.compile(r"\{\{|\}\}|(\{[^{}]*\})")
# A long string in several lines of code, in a script as wide as Chinese, best after a stop.
LINES = re.compile(r".{1,43}[，。：；？！、]|.{1,44}", re.S)


@dataclass(frozen=True)
class Part:
    """Words in code: from where to where they stand, and what they are.

    Attributes:
        kind: "text", "formatted" (an f-string), "docstring" or "comment".
    """

    start: int
    end: int
    words: str
    kind: str


def prose(text: str, say: Say) -> str:
    """Markdown, each of its parts said."""
    if text.lstrip().startswith("```"):
        return text
    return "".join(
        part if i % 2 or not WORD.search(part) else _said(part, say)
        for i, part in enumerate(BETWEEN.split(text))
    )


def page(text: str, say: Say) -> str:
    """A whole page of Markdown, each of its parts said; blocks of code stay."""
    return "".join(prose(part, say) for part in FENCED.split(text))


def _said(part: str, say: Say) -> str:
    """A part of prose, its lines joined first: it stays the same where they are broken anew."""
    joined = part if AS_IT_STANDS.search(part) else re.sub(r"\s*\n\s*", " ", part)
    said = say(joined)
    return part if said == joined else said


def code(text: str, say: Say) -> str:
    """Code whose shown strings, docstrings and comments are said."""
    return _put(text, parts_of(text), say)


def docstrings(text: str, say: Say, only: Container[str]) -> str:
    """Code of which some docstrings are said."""
    chosen = [p for p in parts_of(text) if p.kind == "docstring" and p.words in only]
    return _put(text, chosen, say)


def docstrings_in(text: str) -> list[str]:
    """The docstrings of some code, as they are catalogued."""
    return [part.words for part in parts_of(text) if part.kind == "docstring"]


def parts_of(text: str) -> list[Part]:
    """The words in some code, in order."""
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    lines = text.split("\n")

    def place(line: int, column: int) -> int:
        """Of a syntax tree's position, whose columns are bytes."""
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    tree = ast.parse(text)
    shown = list(_strings(tree))
    kept = _looked_up(tree, {id(node) for node, _, _ in shown})
    found = [
        Part(
            place(node.lineno, node.col_offset),
            place(node.end_lineno or 0, node.end_col_offset or 0),
            words,
            kind,
        )
        for node, words, kind in shown
        if WORD.search(FIELD.sub("", words) if kind == "formatted" else words)
        and not (kind == "text" and words in kept)
    ]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        words = token.string.lstrip("# ")
        if (
            token.type == tokenize.COMMENT
            and WORD.search(words)
            and not token.string.startswith("###")
        ):
            end = starts[token.end[0] - 1] + token.end[1]
            found.append(Part(end - len(words), end, words, "comment"))
    return sorted(found, key=lambda part: part.start)


def _looked_up(tree: ast.AST, shown: set[int]) -> set[object]:
    """Strings that stand where nothing shows them, exercises' names aside: keys of the code's."""
    found, waiting = set[object](), [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and id(node) not in shown:
            found.add(node.value)
        names = isinstance(node, ast.keyword) and node.arg == ARGUMENTS
        if not (names or (isinstance(node, ast.Call) and ast.unparse(node.func) in TASKS)):
            waiting += ast.iter_child_nodes(node)
    return found


def without_words(text: str) -> str:
    """What code does, whatever it says: syntax, and fields of formatted strings in any order."""
    tree = ast.parse(text)
    said = {id(node): " ".join(sorted(FIELD.findall(words))) if kind == "formatted" else ""
            for node, words, kind in _strings(tree)}  # fmt: skip

    class Blank(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return ast.Constant(said[id(node)]) if id(node) in said else self.generic_visit(node)

    return ast.dump(Blank().visit(tree))


def _put(text: str, parts: list[Part], say: Say) -> str:
    said = [(part, say(part.words)) for part in parts]  # in the order of the text
    for part, words in reversed(said):
        if words != part.words:
            text = text[: part.start] + _written(part, words, text) + text[part.end :]
    return text


def _written(part: Part, words: str, text: str) -> str:
    """Words as code that stands where a part stood."""
    if part.kind == "comment":
        return words
    column = part.start - text.rfind("\n", 0, part.start) - 1
    before = "\n" + " " * column
    if part.kind == "docstring":
        words = words.replace("\\", "\\\\")
        body = "".join(before + line if line else "\n" for line in words.split("\n")).lstrip()
        closing = before if "\n" in words else ""
        return f'"""{body}{closing}"""'
    if part.kind == "formatted":
        return "f" + json.dumps(words, ensure_ascii=False)
    lines = LINES.findall(words)
    several = "\n" in text[part.start : part.end]  # in brackets, then
    return before.join(
        json.dumps(line, ensure_ascii=False) for line in (lines if several else [words])
    )


def _strings(node: ast.AST, shown: bool = False) -> Iterator[tuple[ast.expr, str, str]]:
    """Docstrings, and strings in calls of what shows them; not those that look something up."""
    if isinstance(node, ast.Expr) and _is_text(node.value):
        yield node.value, inspect.cleandoc(ast.literal_eval(node.value)), "docstring"
    elif isinstance(node, ast.JoinedStr):
        if shown:
            yield node, "".join(map(_field, node.values)), "formatted"
    elif isinstance(node, ast.expr) and _is_text(node):
        if shown:
            yield node, ast.literal_eval(node), "text"
    else:
        told = {id(v) for k, v in zip(node.keys, node.values, strict=True)
                if isinstance(k, ast.Constant) and k.value in CAPTIONS
                } if isinstance(node, ast.Dict) else set()  # fmt: skip
        for child in ast.iter_child_nodes(node):
            yield from _strings(child, id(child) in told or _is_shown(child, node, shown))


def _is_shown(child: ast.AST, node: ast.AST, shown: bool) -> bool:
    """Whether the strings of a part are shown, ``shown`` being whether those of the whole are."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        return SHOWN.fullmatch(name) is not None or (shown and name in PASSED_ON)
    if isinstance(node, ast.keyword):
        return (shown and node.arg not in SILENT) or node.arg in CAPTIONS
    if isinstance(node, ast.Subscript):
        return shown and child is not node.slice
    return shown and not isinstance(node, ast.Compare)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _field(value: ast.expr) -> str:
    """A piece of a formatted string as it is written."""
    if isinstance(value, ast.FormattedValue):
        how = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
        form = "".join(map(_field, value.format_spec.values)) if value.format_spec else ""  # type: ignore[attr-defined]
        return "{" + ast.unparse(value.value) + how + (f":{form}" if form else "") + "}"
    return str(ast.literal_eval(value)).replace("{", "{{").replace("}", "}}")
