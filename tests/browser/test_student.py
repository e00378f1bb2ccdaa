"""A student's evening: `course lab`, an exercise wrong and right, Validate."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import lab
from tests.browser.conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

STUB = "def neighbour_agreement"
SIGNATURE = "def neighbour_agreement(distances, test_attribute, train_attribute):\n    "
NEAREST = "nearest = distances.argmin(axis=1)\n    "
WRONG = f"{SIGNATURE}nearest = distances.argmax(axis=1)\n    "
LAST = "return float(np.mean(train_attribute[nearest] == test_attribute))"


def test_an_exercise_fails_with_help_and_passes(tmp_path: Path, open_screen) -> None:
    screen = open_screen("student")
    page = screen.page
    with serving(["lab", str(tmp_path / "work")], tmp_path / "home", {}) as server:
        page.goto(server.url())
        lab.wait_for_notebook(page)
        assert page.locator(".jp-Dialog").count() == 0
        expect(page.locator(".jp-MarkdownCell h1").first).to_be_visible()
        screen.picture("lab-opens-in-the-course")

        page.goto(server.url("/lab/tree/02_knn.ipynb"))
        lab.wait_for_notebook(page)
        formulas = page.locator("mjx-container")
        formulas.first.wait_for()
        assert formulas.count() > 20, "formulas are set offline"
        lab.run(lab.cell_with(page, "import numpy as np"))

        lab.run(lab.cell_with(page, STUB))
        assert "not filled in yet" in lab.check(page, "neighbour_agreement")
        screen.picture("check-on-the-stub")

        lab.answer(page, STUB, WRONG + LAST)
        first = lab.check(page, "neighbour_agreement")
        assert "farthest" in first
        screen.picture("misconception-named")
        again = lab.check(page, "neighbour_agreement")
        assert len(again) > len(first), "the second try says more"
        screen.picture("second-try-says-more")

        lab.answer(page, STUB, SIGNATURE + NEAREST + LAST)
        told = lab.check(page, "neighbour_agreement")
        assert "✗" not in told
        assert "1 of 7 exercises pass" in told
        screen.picture("check-passes")

        lab.save(page, tmp_path / "work" / "02_knn.ipynb", "distances.argmin(axis=1)")
        page.get_by_role("button", name="Validate").click()
        dialog = page.locator(".jp-Dialog")
        dialog.wait_for(timeout=300_000)
        expect(dialog).to_contain_text("not filled in yet")
        expect(dialog).not_to_contain_text('check("neighbour_agreement")')
        screen.picture("validate")
