"""Catalogs hold what is said, follow the English text, and reach notebooks and checks."""

import gettext
import io

import pytest

from grader.cli.translate import SHARED
from grader.exercises.registry import chapters
from grader.weave import catalogs, committed, layout
from grader.weave.weave import weave_committed
from grader.weave.words import without_words
from pix2net.judging import wording

BEGUN = [(language, c) for language in catalogs.languages() for c in chapters().values()
         if catalogs.begun(language, c.name)]  # fmt: skip


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder of catalogs."""
    monkeypatch.setattr(catalogs, "FOLDER", tmp_path)
    return tmp_path


def translate(place, name, english, other):
    path = place / "zh" / f"{name}.po"
    before, after = path.read_text(encoding="utf-8").split(f'msgid "{english}"\nmsgstr ""')
    path.write_text(f'{before}msgid "{english}"\nmsgstr "{other}"{after}', encoding="utf-8")


def test_a_new_catalog_lacks_everything_and_a_changed_text_makes_its_translation_fuzzy(place):
    old = {"The mean of all rows.": "a.md", "Quite another thing!": "a.md"}
    catalogs.update("zh", "a", old)
    assert catalogs.standing("zh", "a", old).missing == tuple(old)
    translate(place, "a", "The mean of all rows.", "各行的平均值。")
    assert catalogs.standing("zh", "a", old).missing == ("Quite another thing!",)
    new = {"The mean of all the rows.": "a.md"}
    assert catalogs.standing("zh", "a", new).fuzzy == tuple(new)
    catalogs.update("zh", "a", new)
    text = (place / "zh" / "a.po").read_text(encoding="utf-8")
    assert "#, fuzzy" in text
    catalogs.update("zh", "a", new)
    assert (place / "zh" / "a.po").read_text(encoding="utf-8") == text


def test_what_is_missing_or_fuzzy_reads_english(place):
    chapter = chapters()["00_workflow"]
    heading = "## Step 2: features"
    catalogs.update("zh", chapter.name, catalogs.of_chapter(chapter))
    translate(place, chapter.name, heading, "## 第二步：特征")
    say = catalogs.say_in("zh", chapter.name)
    assert say(heading) == "## 第二步：特征"
    assert say("## Step 1: data") == "## Step 1: data"
    path = place / "zh" / f"{chapter.name}.po"
    path.write_text(path.read_text(encoding="utf-8").replace(
        f'msgid "{heading}"', f'#, fuzzy\nmsgid "{heading}"'), encoding="utf-8")  # fmt: skip
    assert catalogs.say_in("zh", chapter.name)(heading) == heading


@pytest.mark.parametrize(
    ("language", "chapter"), BEGUN, ids=lambda each: getattr(each, "name", each)
)
def test_a_woven_translation_differs_from_the_english_in_words_alone(language, chapter):
    say = catalogs.say_in(language, chapter.name)
    pairs = zip(weave_committed(chapter).cells, weave_committed(chapter, say).cells, strict=True)
    for one, two in pairs:
        assert (one.id, one.cell_type) == (two.id, two.cell_type)
        if one.cell_type == "code":
            assert without_words(one.source) == without_words(two.source)


@pytest.mark.parametrize("language", catalogs.languages())
def test_the_compiled_catalogs_are_what_the_sources_give(language):
    for path, content in catalogs.compiled(language, chapters().values()).items():
        assert messages_of(content) == messages_of(path.read_bytes()), "run `course translate`"


@pytest.mark.parametrize("language", catalogs.languages())
def test_guides_are_what_their_catalogs_give(language):
    for path, content in catalogs.guides_in(language).items():
        assert path.read_bytes() == content, "run `course translate`"


@pytest.mark.parametrize("name", catalogs.GUIDES)
def test_a_guide_without_translation_is_the_english_one(place, name):
    (place / "zh").mkdir()
    catalogs.update("zh", name, catalogs.of_guide(name))
    (said,) = catalogs.guides_in("zh").values()
    assert said == (catalogs.DOCS / f"{name}.md").read_bytes()


def messages_of(content):
    found = vars(gettext.GNUTranslations(io.BytesIO(content)))["_catalog"]
    return {ident: string for ident, string in found.items() if ident}


@pytest.mark.parametrize("language", catalogs.languages())
def test_the_kit_tells_no_answer(language):
    kit, answers, _ = catalogs.compiled(language, chapters().values()).values()
    told = messages_of(kit)
    for chapter in chapters().values():
        assert not any(why in told for q in chapter.questions.values() for why in q.why.values())
    assert not told.keys() & messages_of(answers).keys()


@pytest.mark.parametrize(
    ("language", "chapter"), BEGUN, ids=lambda each: getattr(each, "name", each)
)
def test_catalogs_know_all_that_their_english_says(language, chapter):
    said = {name: of() for name, of in SHARED.items()} | {
        chapter.name: catalogs.of_chapter(chapter)
    }
    for name, messages in said.items():
        there = {m.id[0] if isinstance(m.id, (tuple, list)) else m.id
                 for m in catalogs.read(language, name)}  # fmt: skip
        wanted = {ident[0] if isinstance(ident, tuple) else ident for ident in messages}
        assert there - {""} == wanted, "run `course translate`"


def test_a_language_is_called_by_its_name_or_by_that_of_a_region():
    assert wording.language_of("zh") == wording.language_of("zh_CN.UTF-8") == "zh"
    assert wording.language_of("") is wording.language_of("en_GB") is None
    with pytest.raises(ValueError, match="there is no language xx"):
        wording.language_of("xx")


def test_a_chapter_is_written_in_each_language_that_it_is_begun_in():
    names = set(committed._names(chapters()["00_workflow"]))
    assert {f"{language}/{layout.notebook_name('00_workflow')}"
            for language in catalogs.languages()} <= names  # fmt: skip
