"""What the site is made from: its settings, its pages and its pages' sources."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from grader.exercises.registry import chapters
from grader.weave import layout, leaks, notebook
from grader.weave.weave import filled, weave_committed
from pix2net.judging.wording import worded
from website import book, lite
from website.chapters import FIGURES, page_of
from website.editions import CHINESE, EDITIONS, ENGLISH
from website.runs import runs_of

ROOT = Path(__file__).resolve().parents[2]
WEBSITE = ROOT / "website"
LOCK = (ROOT / "requirements-site.lock").read_text()
GROUP = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["site"]
PICTURE = (
    '<figure><img src="data:image/png;base64,iVBORw0KGgo=" alt="a"><figcaption>A.</figcaption>'
    "</figure>"
)


@pytest.fixture
def ran() -> nbformat.NotebookNode:
    """A chapter with its references, in which every code cell shows a picture."""
    finished = filled(weave_committed(chapters()["02_knn"]))
    for cell in finished.cells:
        if cell.cell_type == "code":
            data = {"text/html": PICTURE, "text/plain": "A."}
            cell.outputs = [nbformat.v4.new_output("display_data", data)]
    return finished


def test_a_page_shows_stubs_and_figures_and_no_answer(ran, tmp_path: Path) -> None:
    chapter = chapters()["02_knn"]
    page = page_of(chapter, ran, tmp_path / FIGURES)
    path = tmp_path / "page.ipynb"
    path.write_text(notebook.to_text(page), encoding="utf-8")
    assert leaks.scan({"page": path}, leaks.secrets_of([chapter])) == []
    text = path.read_text(encoding="utf-8")
    assert text.count("raise NotImplementedError()") == len(chapter.exercises)
    assert "check(" not in "".join(c.source for c in page.cells if c.cell_type == "code")
    assert f'src=\\"{FIGURES}/' in text
    assert "base64" not in text
    assert len(list((tmp_path / FIGURES).iterdir())) == 1


def test_a_chinese_page_is_made_of_the_chinese_notebook(ran, tmp_path: Path) -> None:
    page = page_of(chapters()["02_knn"], ran, tmp_path, CHINESE)
    text = "".join(cell.source for cell in page.cells)
    assert "最近邻" in page.cells[0].source
    assert 'href="../../lite/lab/index.html?path=zh/02_knn.ipynb"' in text
    assert 'href="../notebooks/02_knn.ipynb"' in text
    assert "colab" not in text.lower()  # the cell that installs is for elsewhere
    assert any(cell.metadata.get("mystnb", {}).get("code_prompt_hide") == "收起"
               for cell in page.cells)  # fmt: skip


def test_a_page_from_a_file_is_in_the_language_or_else_english(tmp_path: Path) -> None:
    english, chinese = tmp_path / "a.md", tmp_path / "a.zh.md"
    english.touch()
    assert CHINESE.file(english) == english
    chinese.touch()
    assert (CHINESE.file(english), ENGLISH.file(english)) == (chinese, english)


def test_the_book_s_own_pages_say_the_same_in_both_languages() -> None:
    for path in book.PAGES:
        texts = [each.file(path).read_text(encoding="utf-8") for each in EDITIONS]
        assert texts[0] != texts[1], path.name
        for pattern in (r"^#+ |^```.*$|^- ", r"\]\(([^)]+)\)", r"`[^`\n]+`"):
            assert len(re.findall(pattern, texts[0], re.M)) == len(
                re.findall(pattern, texts[1], re.M)
            ), (path.name, pattern)


def test_what_should_be_guessed_first_is_folded_away(ran, tmp_path: Path) -> None:
    page = page_of(chapters()["02_knn"], ran, tmp_path)
    guesses = [c for c in page.cells if c.cell_type == "code" and "guessed(" in c.source]
    assert len(guesses) > 1
    assert all(cell.metadata.tags == ["hide-cell"] for cell in guesses)


def test_the_sources_of_the_book_load_nothing_from_elsewhere() -> None:
    for path in [*WEBSITE.rglob("*.md"), *WEBSITE.rglob("*.css"), WEBSITE / "conf.py"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(src=|url\(|@import|\]\()\s*["']?(https?:)?//""", text), path.name


def test_every_page_from_the_docs_is_there_and_listed() -> None:
    index = (WEBSITE / "pages" / "index.md").read_text(encoding="utf-8")
    for name in book.FROM_DOCS:
        assert (ROOT / "docs" / name).is_file()
        assert f"\n{Path(name).stem}\n" in index
    for path in book.PAGES:
        assert path.stem == "index" or f"\n{path.stem}\n" in index


def test_the_pictures_of_the_pages_are_there() -> None:
    for path in (WEBSITE / "pages").glob("*.md"):
        for picture in re.findall(r"!\[[^]]+\]\((pictures/[^)]+)\)", path.read_text("utf-8")):
            assert (ROOT / "docs" / picture).is_file(), picture


def test_the_site_s_lock_pins_its_group_with_hashes() -> None:
    pins = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", LOCK, flags=re.MULTILINE))
    pins = {canonicalize_name(name): version for name, version in pins.items()}
    for requirement in map(Requirement, GROUP):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])
    assert set(lite.WHEELS) <= pins.keys()
    assert LOCK.count("--hash=sha256:") > len(pins)
    assert "://" not in LOCK


def test_a_run_that_is_kept_is_not_made_again(tmp_path: Path, monkeypatch) -> None:
    chapter = chapters()["01_images"]

    def run(_chapters, texts, language):
        asked.append((language, sorted(texts)))
        yield from texts.items()

    asked: list[tuple[str | None, list[str]]] = []
    monkeypatch.setattr("website.runs._run", run)
    for language in (None, "zh", None, "zh"):
        ran = runs_of([chapter], lambda _: None, tmp_path, language)
        assert ran.keys() == {"01_images"}
        assert ("一张图像" in str(ran)) == (language == "zh")
    assert asked == [(None, ["01_images"]), ("zh", ["01_images"]), (None, []), ("zh", [])]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.sphinx)
def test_every_notebook_is_offered_for_download(ran, tmp_path: Path, edition) -> None:
    chapter = chapters()["02_knn"]
    book.lay([chapter], {"02_knn": ran}, tmp_path / "book", edition)
    offered = {
        path.name: path.read_bytes() for path in (tmp_path / "book/extra/notebooks").iterdir()
    }
    committed = (layout.COMMITTED / edition.folder).glob("*.ipynb")
    assert offered == {path.name: path.read_bytes() for path in committed}
    assert "chapters/02_knn" in (tmp_path / "book" / "index.md").read_text(encoding="utf-8")


def test_a_link_to_a_guide_in_a_language_leads_to_its_page() -> None:
    said = "[a](students.zh.md#b), [c](../docs/d.zh.md), `course/e.zh.md`, [f](g.md)"
    assert book.TWIN.sub(r"\1.md", said) == (
        "[a](students.md#b), [c](../docs/d.md), `course/e.zh.md`, [f](g.md)"
    )


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.sphinx)
def test_in_a_browser_a_notebook_says_that_it_computes_less(edition) -> None:
    for name, less in (("10_regularization", True), ("02_knn", False)):
        path = layout.COMMITTED / edition.folder / layout.notebook_name(name)
        text = path.read_text(encoding="utf-8")
        made = nbformat.reads(lite.as_in_a_browser(text, edition), as_version=4)
        assert (edition.less in [cell.source for cell in made.cells]) == less
        if not less:
            assert notebook.to_text(made) == text


def test_the_browser_edition_speaks_the_language_of_a_notebook_s_folder(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("pix2net.browser.IN_BROWSER", True)
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)
    for folder, spoken in (("drive", "Note your guess"), ("zh", "写下你的猜测")):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        asked = worded("Note your guess in the cell above and run it; the figure appears here.")
        assert spoken in asked
