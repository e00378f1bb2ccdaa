"""Whatever a learner reads from the judge or the desk, a catalog can say in another language."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import pix2net
from pix2net.judging import wording
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import judge_exercise
from pix2net.judging.wording import counted, listed, translated, worded
from tests.kit.test_forms import a_case, a_key

ROOT = Path(pix2net.__file__).parent
MODULES = sorted(path for room in ("judging", "desk") for path in (ROOT / room).rglob("*.py"))
LOOKS_UP = {"worded": 1, "counted": 2}  # functions, with how many templates they take
WORDS = re.compile(r"[A-Za-z]{2,}[,:;]? [a-z]{2,}")
# What these say is read by who makes keys and grades, not by who learns.
OF_MAKERS = {"CodecError", "KeyFileError"}


def named(node):
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def bypassing(source):
    """Texts of f-strings, and of joined or formatted ones, that hold words of a sentence."""
    tree = ast.parse(source)
    exempt = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and named(node.exc) in OF_MAKERS
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in exempt:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(p.value) if isinstance(p, ast.Constant) else "\0" for p in node.values
            )
        elif (isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add))) or (
            isinstance(node, ast.Attribute) and node.attr == "format"
        ):
            part = node.left if isinstance(node, ast.BinOp) else node.value
            text = part.value if isinstance(part, ast.Constant) else ""
        else:
            continue
        # Styles of HTML are no sentences.
        if WORDS.search(re.sub(r"<[^>]*>", "", str(text))):
            yield text


def templates(source):
    """(templates, names of the values) of every call that looks a sentence up."""
    for node in ast.walk(ast.parse(source)):
        count = LOOKS_UP.get(named(node), 0)
        if count:
            yield node.args[:count], [keyword.arg for keyword in node.keywords]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_sentence_is_put_together_beside_the_catalog(path):
    assert list(bypassing(path.read_text())) == []


def test_the_search_finds_what_it_looks_for():
    bad = (
        'f"{name} is not here"',
        '"a word and " + name',
        '"it is %s" % name',
        '"so {} it is".format(1)',
    )
    good = (
        'worded("{name} is not here", name=1)',
        'f"{name}: {told}"',
        'f"`{name}`"',
        'raise CodecError(f"the value {x} is wrong")',
    )
    assert all(list(bypassing(source)) for source in bad)
    assert not any(list(bypassing(source)) for source in good)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_template_is_written_out_and_gets_its_values(path):
    for texts, values in templates(path.read_text()):
        for text in texts:
            assert isinstance(text, ast.Constant), ast.unparse(text)
            fields = {field for _, field, _, _ in string.Formatter().parse(text.value) if field}
            if None not in values:  # else they come as a mapping
                assert fields <= {*values, "n"}, text.value


@pytest.fixture
def other_language(tmp_path, monkeypatch):
    """A catalog with a few sentences, chosen."""
    catalog = Catalog(locale="de", domain=wording.DOMAIN)
    catalog.add("Your function gave None: is a `return` missing?", "Nichts kam zurück.")
    catalog.add("{names} and {last}", "{names} und {last}")
    catalog.add(("{n} thing", "{n} things"), ("{n} Ding", "{n} Dinge"))
    catalog.add("You averaged.", "Du hast gemittelt.")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{wording.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    monkeypatch.setenv(wording.VARIABLE, "de")


@pytest.mark.usefixtures("other_language")
def test_a_catalog_says_it_in_its_language_and_the_rest_stays_english():
    key = a_key(a_case(1.5), a_case(2.5, "more"))
    outcomes = [Outcome("returned", None), Outcome("returned", 3.5)]
    messages = [check.message for check in judge_exercise(key, outcomes, reveal=True).checks]
    assert messages == ["Nichts kam zurück.", "The number that your function gave is wrong."]
    assert listed(["a", "b", "c"]) == "a, b und c"
    assert [counted("{n} thing", "{n} things", n) for n in (1, 3)] == ["1 Ding", "3 Dinge"]
    assert translated("You averaged.") == "Du hast gemittelt."
    assert translated("") == ""


@pytest.mark.parametrize("language", ["", "de", "xx_YY", "../../etc"])
def test_without_a_catalog_everything_is_english(monkeypatch, language):
    monkeypatch.setenv(wording.VARIABLE, language)
    assert worded("{name} gave {what}.", name="f", what="{braces}") == "f gave {braces}."
    assert [listed(names) for names in ([], ["a"], ["a", "b"])] == ["", "a", "a and b"]
