"""Translations keep code, numbers, formulas and placeholders, and use the glossary's terms."""

import re
import string
from collections import Counter

import pytest
from jupytext.myst import get_parser

from grader.exercises.registry import chapters, pages
from grader.weave import catalogs, layout, words

GLOSSARY = layout.ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(\w+)` \|$", re.M)
CODE = re.compile(r"`[^`]+`")
FORMULA = re.compile(r"\$[^$]+\$")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CJK = "\u4e00-\u9fff"
# English words that also have a meaning beside the term, and what they are called then.
ALSO = {
    "accuracy": ["预测有多少是对的"],
    "image": ["图", "镜像"],
    "language": ["自然语言处理"],
    "lighting": ["光照"],
    "loss": ["损失"],
    "object detection": ["检测器"],
    "regularization": ["正则化"],
    "ReLU": ["ReLU"],
    "SVM": ["SVM"],
}
# Words of the glossary that everyday English uses in other senses as well, and parts of its entries
# that are no terms by themselves.
EVERYDAY = {
    "batch", "bias", "feature map", "filter", "framework", "gate", "kernel", "layer", "map",
    "margin", "subject", "translation", "unit", "weights", "padding", "data", "getting",
    "shape", "change of", "background", "dominating", "blending into it", "driving", "autonomous",
    "occlusion", "partial", "channels", "number of", "model", "building a", "query",
}  # fmt: skip


def terms():
    """(English, Chinese) of the glossary, of words that mean one thing."""
    for english, chinese, _ in ROW.findall(GLOSSARY.read_text(encoding="utf-8")):
        for term in english.split(", "):
            if "(" not in term and ":" not in term and term not in EVERYDAY:
                yield term, [chinese, *ALSO.get(term, [])]


def translations():
    """(catalog, English, Chinese) of everything that is translated."""
    for language in catalogs.languages():
        for path in sorted((catalogs.FOLDER / language).glob("*.po")):
            for message in catalogs.read(language, path.stem):
                if message.id and catalogs._done(message):
                    one = message.id if isinstance(message.id, str) else message.id[-1]
                    said = message.string if isinstance(message.string, str) else message.string[0]
                    yield path.stem, one, said


ALL = list(translations())
CATALOGS = sorted({name for name, _, _ in ALL})


def wrong(name, kept):
    """The translations of a catalog in which something is not what it is in English."""
    return [(one, said) for n, one, said in ALL if n == name and kept(one) != kept(said)]


@pytest.mark.parametrize("name", CATALOGS)
def test_placeholders_are_the_same(name):
    def fields(text):
        found = string.Formatter().parse(text)
        return sorted((field, form) for _, field, form, _ in found if field is not None)

    if name in (catalogs.KIT, catalogs.GRADER):
        assert wrong(name, fields) == []
    else:
        assert wrong(name, lambda text: Counter(words.FIELD.findall(text))) == []


@pytest.mark.parametrize("name", CATALOGS)
def test_code_and_formulas_are_the_same(name):
    assert wrong(name, lambda text: Counter(CODE.findall(text))) == []
    assert wrong(name, lambda text: Counter(FORMULA.findall(text))) == []


def in_digits(text):
    """A Chinese text with the numbers of steps in digits, as in 第一步."""
    return re.sub(r"(?<=第)[一二三四](?=步)", lambda found: str("零一二三四".index(found[0])), text)


@pytest.mark.parametrize("name", sorted({*CATALOGS} - {catalogs.KIT}))
def test_no_number_is_lost(name):
    lost = [
        (one, said)
        for n, one, said in ALL
        if n == name and not set(NUMBER.findall(one)) <= set(NUMBER.findall(in_digits(said)))
    ]
    assert lost == []


@pytest.mark.parametrize("name", CATALOGS)
def test_terms_are_those_of_the_glossary(name):
    known = list(terms())
    for n, one, said in ALL:
        if n != name:
            continue
        text = re.sub(r"`[^`]+`|\bnp\.\w+|mirror image", "", one)
        longest = [t for t, _ in known if re.search(rf"\b{re.escape(t)}s?\b", text, re.I)]
        for term, accepted in known:
            covered = any(term != other and term in other for other in longest)
            if term in longest and not covered:
                assert any(each in said for each in accepted), f"{term}: {one!r}: {said!r}"


@pytest.mark.parametrize("name", CATALOGS)
def test_emphasis_beside_chinese_is_seen_as_such(name):
    """CommonMark takes ** for emphasis only where a side of it is no letter and no full stop."""
    for n, _, said in ALL:
        if n == name and "*" in said and not said.startswith(("`", "(")):
            html = get_parser().render(said)
            left = re.sub(r"<code>.*?</code>|\$[^$]*\$|\{[^}]*\}", "", html)
            assert "**" not in left, said


QUOTED = re.compile(r"(?<!^)\|[^|]+(?=\| `)")  # a table's column before the chapter's: the notes'
AS_ONE = ("k近邻", "Softmax分类器", "MAX门")  # without a space, as the glossary writes them


@pytest.mark.parametrize("name", CATALOGS)
def test_punctuation_and_spaces_are_chinese(name):
    for n, _, said in ALL:
        if n != name:
            continue
        plain = QUOTED.sub("", said) if name == "coverage" else said
        text = FORMULA.sub("x", CODE.sub("x", re.sub("|".join(AS_ONE), "", plain)))
        assert not re.search(rf"[{CJK}][,;:?!]|[{CJK}]\.(?:\s|$)", text), said
        assert not re.search(rf"[{CJK}] +[{CJK}]", text), said
        assert not re.search(rf"[{CJK}][A-Za-z0-9]|[A-Za-z0-9][{CJK}]", text), said


def test_every_catalog_is_of_something_that_there_is():
    known = {
        catalogs.KIT,
        catalogs.GRADER,
        *catalogs.GUIDES,
        *chapters(),
        *(page.name for page in pages()),
    }
    assert set(CATALOGS) <= known
