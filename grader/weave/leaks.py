"""Looks for what must not leave the instructor's machine in what does.

What is secret is a reference's body (and its helpers' bodies), a hidden key and its seed. Bodies
are compared by shape (`grader.weave.shapes`), so other names, comments or line breaks hide nothing:

- a run of statements that makes up most of a body and is no triviality (`LARGE`) must not occur
  in any released code, nor its text in any released text;
- the expression of a body that is one ``return`` likewise;
- a smaller body, which demonstrations cannot help but share (``return np.argmax(s, axis=1)``),
  must not be a whole function of released code: that could be called in place of an answer.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.exercises.model import Chapter
from grader.weave import layout
from grader.weave.helpers import helpers_of
from grader.weave.shapes import (
    FUNCTIONS,
    Shape,
    bare_code,
    blocks,
    function_shape,
    shape,
    size,
    squeezed,
    statements_of,
)
from grader.weave.stub import parse
from pix2net.judging import answer_key as keys

LARGE = 12  # nodes of syntax from which a run of statements is nobody's by chance
SMALL = 4  # a body with fewer says nothing, as in ``return x``
MOST = 0.6  # share of a body that counts as the body
MAX_CODE = 10**6  # characters up to which a text may be code that somebody wrote
MIN_TEXT = 24  # characters from which a run of code is looked for in prose
FENCE = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1", re.DOTALL | re.MULTILINE)
WORD = re.compile(r"\w+")
MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class Leak:
    """Something secret in a released file; ``where`` is the file's path as it was given."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass
class Secrets:
    """What to look for: shapes and texts with the name of the exercise that they give away.

    Attributes:
        kinds: of statements, in their order, of which the runs and functions consist.
        words: of each text; where one of them is missing, the text is not there either.
    """

    runs: dict[Shape, str] = field(default_factory=dict)
    kinds: set[tuple[type, ...]] = field(default_factory=set)
    expressions: dict[Shape, str] = field(default_factory=dict)
    functions: dict[Shape, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)
    sizes: set[int] = field(default_factory=set)
    bytes: dict[bytes, str] = field(default_factory=dict)


def secrets_of(chapters: Iterable[Chapter]) -> Secrets:
    """The bodies of every reference of some chapters, and of the helpers that they use."""
    found = Secrets()
    for chapter in chapters:
        for exercise in chapter.exercises.values():
            _, node = parse(exercise.reference)
            _add_definition(node, exercise.name, found)
            for text in helpers_of(exercise.reference, chapter.tasks):
                for statement in ast.parse(text).body:
                    _add_definition(statement, exercise.name, found)
    return found


def add_hidden(secrets: Secrets, seed: int, key_file: bytes, chapter: str) -> None:
    """Make a hidden key and its seed part of what is looked for."""
    length = (seed.bit_length() + 7) // 8
    forms = [str(seed).encode(), f"{seed:x}".encode(), f"{seed:X}".encode()]
    forms += [seed.to_bytes(length, "big"), seed.to_bytes(length, "little")]
    for form in forms:
        secrets.bytes[form] = f"the secret seed of {chapter} is in it"
    secrets.bytes[key_file] = f"the hidden key of {chapter} is in it"


def scan(files: Mapping[str, Path], secrets: Secrets) -> list[Leak]:
    """Every secret in some files, once per file and exercise; names in messages -> paths."""
    leaks: list[Leak] = []
    for name, path in files.items():
        content = path.read_bytes()
        found = {text for form, text in secrets.bytes.items() if form in content}
        if path.suffix == layout.KEY_SUFFIX:
            found |= set(_key_problems(path))
        code, texts = _content(path, content)
        exercises = {task for source in code for task in _in_code(source, secrets)}
        exercises |= {task for text in texts for task in _in_text(text, secrets)}
        found |= {f"the reference body of {task} is in it" for task in exercises}
        leaks += [Leak(name, text) for text in sorted(found)]
    return leaks


def shipped_files() -> dict[str, Path]:
    """The files of this checkout that every learner has: what notebooks import, and the data."""
    folders = [layout.ROOT / "pix2net", layout.ROOT / "data"]
    return {
        str(path.relative_to(layout.ROOT)): path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _add_definition(node: ast.AST, task: str, found: Secrets) -> None:
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                _add_runs(statements_of(part), task, found)
    elif isinstance(node, ast.FunctionDef):
        body = statements_of(node)
        _add_runs(body, task, found)
        if size(body) >= SMALL:
            found.functions[function_shape(node)] = task
            found.kinds.add(_kinds(body))


def _add_runs(body: Sequence[ast.stmt], task: str, found: Secrets) -> None:
    enough = max(LARGE, MOST * size(body))
    for start in range(len(body)):
        for end in range(start + 1, len(body) + 1):
            run = body[start:end]
            if size(run) < enough:
                continue
            found.runs[shape(run)] = task
            found.kinds.add(_kinds(run))
            found.lengths.add(len(run))
            written = "\n".join(ast.unparse(statement) for statement in run)
            text = bare_code(written)
            if len(text) >= MIN_TEXT:
                found.texts[text] = task
                found.words[text] = frozenset(WORD.findall(written))
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        value = body[0].value
        if size([value]) >= LARGE:
            found.expressions[shape([value])] = task
            found.sizes.add(size([value]))


def _in_code(source: str, secrets: Secrets) -> Iterator[str]:
    """Names of the exercises whose references stand in some Python code."""
    try:
        tree = ast.parse(MAGIC.sub("pass", source))
    except (SyntaxError, ValueError):
        return
    for block in blocks(tree):
        for length in secrets.lengths:
            for start in range(len(block) - length + 1):
                run = block[start : start + length]
                if _kinds(run) in secrets.kinds:  # else it cannot have the shape of any
                    yield from _known(shape(run), secrets.runs)
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS) and _kinds(statements_of(node)) in secrets.kinds:
            yield from _known(function_shape(node), secrets.functions)
        if isinstance(node, ast.expr) and size([node]) in secrets.sizes:
            yield from _known(shape([node]), secrets.expressions)


def _kinds(statements: Sequence[ast.stmt]) -> tuple[type, ...]:
    return tuple(type(statement) for statement in statements)


def _known(found: Shape, among: Mapping[Shape, str]) -> Iterator[str]:
    if found in among:
        yield among[found]


def _in_text(text: str, secrets: Secrets) -> Iterator[str]:
    """Names of the exercises whose references stand in a text word for word."""
    words = set(WORD.findall(text))
    possible = [secret for secret, needed in secrets.words.items() if needed <= words]
    if not possible:
        return
    forms = {squeezed(text)}
    if len(text) < MAX_CODE:
        forms.add(bare_code(text))
    for form in forms:
        yield from (secrets.texts[secret] for secret in possible if secret in form)


def _content(path: Path, content: bytes) -> tuple[list[str], list[str]]:
    """The Python code in a file, and all its texts."""
    if path.suffix == layout.NOTEBOOK_SUFFIX:
        return _notebook_content(json.loads(content))
    if path.suffix == layout.KEY_SUFFIX:
        strings = list(_strings(keys.to_data(keys.load(path))))
        return strings, strings
    text = content.decode("utf-8", errors="replace")
    if path.suffix == ".py":
        return [text], [text]
    return [match[2] for match in FENCE.finditer(text)], [text]


def _notebook_content(data: Any) -> tuple[list[str], list[str]]:
    code: list[str] = []
    for cell in data.get("cells", []):
        source = "".join(cell.get("source", ""))
        fenced = [match[2] for match in FENCE.finditer(source)]
        code += [source] if cell.get("cell_type") == "code" else fenced
    joined = ["".join(strings) for strings in _string_lists(data)]
    return code, [*joined, *_strings(data)]


def _string_lists(value: Any) -> Iterator[Collection[str]]:
    """Lists of strings, as a notebook file keeps texts of several lines."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _string_lists(part)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _strings(name)
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)


def _key_problems(path: Path) -> Iterator[str]:
    key = keys.load(path)
    if key.hidden:
        yield f"it is the hidden key of {key.assignment}"
    for question in key.questions.values():
        if question.answer is not None or question.why:
            yield f"the answer to {question.name} is in it"
