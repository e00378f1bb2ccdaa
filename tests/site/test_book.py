"""The book: every chapter is there, links lead somewhere, and no answer is in it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from grader.exercises.registry import chapters, pages
from grader.weave import layout, leaks
from website.editions import EDITIONS, Edition

pytestmark = [pytest.mark.site, pytest.mark.timeout(1800)]
NAMES = sorted([*chapters(), *(page.name for page in pages())])
FRAMES = ("search.html", "genindex.html")  # the theme's own, without an article
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """The text of a page, the addresses that it links to, and those that it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language: str | None = None
        self.languages: list[str] = []  # of links, those to the page in another language
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.in_article = False  # else it is the theme's frame, which has a title for printing
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
            if "language" in str(given.get("class")).split():
                self.languages.append(self.links[-1])
        if tag == "html":
            self.language = given.get("lang")
        if tag in LOADS and given.get(LOADS[tag]) and given.get("rel") != "canonical":
            self.loaded.append(str(given[LOADS[tag]]))
        if tag == "img":
            self.images.append(given)
        if tag == "pre":
            self.texts.append("\n```\n")  # code, for the search for answers
        self.in_article |= tag == "article"
        if self.in_article and re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        self.in_article &= tag != "article"
        if tag == "pre":
            self.texts.append("\n```\n")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def book_pages(site: Path) -> list[Path]:
    """The pages of the book, without those of JupyterLab and the theme's templates."""
    return [
        path for path in sorted(site.rglob("*.html")) if not {"lite", "_static"} & set(path.parts)
    ]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.sphinx)
def test_every_chapter_is_a_page_with_figures_and_ways_on(site: Path, edition: Edition) -> None:
    for name in NAMES:
        page = Page(site / edition.folder / "chapters" / f"{name}.html")
        notebook = f"{edition.folder}{name}.ipynb"
        assert f"../{edition.up}lite/lab/index.html?path={notebook}" in page.links
        assert (site / "lite" / "files" / notebook).is_file()
        assert f"../notebooks/{name}.ipynb" in page.links
        if name != "01b_primer":
            assert sum("figures/" in str(image["src"]) for image in page.images) >= 2, name


def test_each_page_is_in_its_language_and_leads_to_its_twin(site: Path) -> None:
    paths = [path for path in book_pages(site) if path.relative_to(site).parts[0] != "zh"]
    for english in paths:
        chinese = site / "zh" / english.relative_to(site)
        for path, twin, language in ((english, chinese, "en"), (chinese, english, "zh-CN")):
            page = Page(path)
            led = {(path.parent / link).resolve() for link in page.languages}
            assert (page.language, led) == (language, {twin}), path
    assert len(book_pages(site)) == 2 * len(paths)


def test_links_and_files_of_the_site_are_there(site: Path) -> None:
    missing = []
    for path in book_pages(site):
        page = Page(path)
        for address in (*page.links, *page.loaded):
            parts = urlsplit(html.unescape(address))
            if parts.scheme or not parts.path:
                continue
            if not (path.parent / unquote(parts.path)).exists():
                missing.append(f"{path.relative_to(site)}: {address}")
    assert missing == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    foreign = {
        address
        for path in book_pages(site)
        for address in Page(path).loaded
        if urlsplit(address).netloc
    }
    assert foreign == set()


def test_every_picture_has_a_text_and_headings_leave_no_step_out(site: Path) -> None:
    for path in book_pages(site):
        page = Page(path)
        assert [image["src"] for image in page.images if not image.get("alt")] == [], path.name
        if path.name in FRAMES:
            continue
        assert page.headings.count(1) == 1, path.name
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), path.name


def test_no_page_holds_a_reference_or_an_answer(site: Path, tmp_path: Path) -> None:
    secrets = leaks.secrets_of(chapters().values())
    texts = {}
    for path in book_pages(site):
        plain = tmp_path / f"{path.stem}.md"
        plain.write_text(Page(path).text, encoding="utf-8")
        texts[str(path.relative_to(site))] = plain
    for number, path in enumerate(sorted(site.glob("**/*.ipynb"))):
        texts[f"{path.relative_to(site)} ({number})"] = path
    assert len(texts) > 2 * len(NAMES)
    assert leaks.scan(texts, secrets) == []
    assert list(site.rglob("*.key")) == []
    assert [path for path in site.glob("_sources/**/*") if path.is_file()] == []


def test_a_reference_on_a_page_would_be_found(tmp_path: Path) -> None:
    """The search above is no search for nothing."""
    chapter = chapters()["02_knn"]
    instructor = layout.ROOT / "solutions" / "ch02_knn" / "l2_distances.py"
    pieces = re.split(r"(\W+)", instructor.read_text(encoding="utf-8"))
    marked = "".join(f"<span>{html.escape(piece)}</span>" for piece in pieces)
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><pre>{marked}</pre></body></html>", encoding="utf-8")
    plain = tmp_path / "a.md"
    plain.write_text(Page(path).text, encoding="utf-8")
    found = leaks.scan({"a": plain}, leaks.secrets_of([chapter]))
    assert any("l2_distances" in leak.text for leak in found)


def test_formulas_are_set_and_the_theme_changes(address: str, open_screen) -> None:
    screen = open_screen("book")
    page = screen.page
    page.goto(f"{address}chapters/02_knn.html")
    page.locator("mjx-container").first.wait_for()
    assert page.locator("mjx-container").count() > 20
    screen.picture("chapter")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.locator("button.theme-switch-button:visible").first.click()
    page.locator("button.theme-change-button[data-mode=dark]:visible").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    screen.picture("dark")
    page.get_by_role("link", name="Next").or_(page.locator("a.right-next")).first.click()
    expect(page.locator("article h1")).to_contain_text("03")


@pytest.mark.parametrize(
    ("place", "word", "title"),
    [
        ("", "broadcasting", "02 Nearest neighbours"),
        ("zh/", "链式法则", "06 门单元"),
        ("zh/", "用 softmax 分类", "05 "),
        ("zh/", "碗", "08 "),
    ],
)
def test_search_finds_a_word_of_a_chapter(
    address: str, open_screen, place: str, word: str, title: str
) -> None:
    page = open_screen("search").page
    page.goto(f"{address}{place}search.html?q={word}")
    expect(page.locator("#search-results a", has_text=title).first).to_be_visible()
