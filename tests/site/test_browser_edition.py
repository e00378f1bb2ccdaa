"""The browser edition: an exercise wrong and right, work that is there again, a hand-in."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from grader.weave.catalogs import say_in
from tests.browser import lab
from tests.browser.test_student import LAST, NEAREST, SIGNATURE, STUB, WRONG

pytestmark = [pytest.mark.site, pytest.mark.timeout(1800)]
SUBMIT = 'import numpy as np; from pix2net import submit; submit("02_knn", student="ada")'


FIRST = "import numpy as np"  # begins the first cell of a notebook
IN_CHINESE = "import numpy as np; from pix2net import guessed, plots; guessed(None)"
# The heading beside the sliders.
BESIDE_THE_SLIDERS = say_in("zh", "08_preprocessing")("### Be the learning rate").lstrip("# ")


def open_notebook(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}lite/lab/index.html?path={name}.ipynb")
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")


def save(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")).to_have_count(0)


def test_an_exercise_passes_and_is_there_after_a_reload(address: str, open_screen) -> None:
    screen = open_screen("browser-edition")
    page = screen.page
    open_notebook(page, address, "02_knn")
    lab.run(lab.cell_with(page, "import numpy as np"))
    lab.run(lab.cell_with(page, STUB))
    assert "not filled in yet" in lab.check(page, "neighbour_agreement")
    screen.picture("check-on-the-stub")

    lab.answer(page, STUB, WRONG + LAST)
    assert "farthest" in lab.check(page, "neighbour_agreement")
    screen.picture("misconception-named")

    lab.answer(page, STUB, SIGNATURE + NEAREST + LAST)
    assert "✗" not in lab.check(page, "neighbour_agreement")
    screen.picture("passed")
    save(page)

    page.reload()
    page.locator(".jp-DirListing-item", has_text="02_knn").dblclick()
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    expect(lab.cell_with(page, STUB)).to_contain_text("distances.argmin(axis=1)")
    screen.picture("there-again")

    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    lab.answer(page, "import numpy as np", SUBMIT)
    shown = page.locator(".jp-OutputArea", has_text="of 11 tasks done").first
    expect(shown).to_contain_text("1 of 11 tasks done")
    screen.picture("submit")
    with page.expect_download() as download:
        shown.get_by_role("link", name="ada+02_knn.zip").click()
    packed = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = json.loads(packed.read("02_knn.ipynb"))["cells"]
    assert any("argmin(axis=1)" in "".join(cell["source"]) for cell in cells)


def test_a_chinese_notebook_s_kit_speaks_chinese_and_sliders_move(
    address: str, open_screen
) -> None:
    screen = open_screen("browser-edition-zh")
    page = screen.page
    open_notebook(page, address, "zh/08_preprocessing")
    lab.answer(page, FIRST, IN_CHINESE)
    expect(lab.cell_with(page, FIRST).locator(".jp-OutputArea")).to_contain_text("写下你的猜测")

    page.locator(".jp-MarkdownCell", has_text=BESIDE_THE_SLIDERS).first.click()
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")  # the cell below, whose code is folded away
    picture = page.locator(".jupyter-widgets img").first
    picture.wait_for()
    readout = page.locator(".jupyter-widgets .widget-readout").first
    expect(readout).to_have_text("3.00")
    before = picture.get_attribute("src")
    screen.picture("sliders")

    track = page.locator(".jupyter-widgets .noUi-base").first.bounding_box()
    assert track is not None
    page.mouse.click(track["x"] + 0.8 * track["width"], track["y"] + track["height"] / 2)
    expect(readout).to_have_text("5.00")
    expect(picture).not_to_have_attribute("src", str(before))
    expect(picture).to_have_attribute("alt", re.compile("滑块：stretch = 5"))
    screen.picture("slider-moved")

    page.get_by_role("button", name="回到起点").click()
    expect(readout).to_have_text("3.00")
    expect(picture).to_have_attribute("src", str(before))
