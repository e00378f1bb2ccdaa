"""What a learner does in JupyterLab, as steps on a page."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SAVING = 60  # seconds
_NUMBERED = re.compile(r"^\[\d+\]:$")


def wait_for_notebook(page: Page) -> None:
    """Until a notebook is shown and its kernel waits."""
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    expect(page.locator(".jp-StatusBar-Widget, #jp-main-statusbar").first).to_contain_text("| Idle")


def cell_with(page: Page, text: str) -> Locator:
    """The first code cell that holds a text."""
    return page.locator(".jp-Notebook .jp-CodeCell").filter(has_text=text).first


def run(cell: Locator) -> None:
    """Run a cell with the keys that a learner uses, and wait until it has run."""
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputArea-prompt")).to_have_text(_NUMBERED)


def answer(page: Page, stub: str, text: str) -> None:
    """Put an answer in the place of a cell's whole text and run it."""
    cell = cell_with(page, stub)
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    run(cell)


def check(page: Page, exercise: str) -> str:
    """Run an exercise's check and read what it shows."""
    cell = cell_with(page, f'check("{exercise}")')
    before = cell.locator(".jp-InputArea-prompt").inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    prompt = cell.locator(".jp-InputArea-prompt")
    expect(prompt).to_have_text(_NUMBERED)
    expect(prompt).not_to_have_text(before)
    cell.locator(".jp-OutputArea").scroll_into_view_if_needed()
    return cell.locator(".jp-OutputArea").inner_text()


def save(page: Page, notebook: Path, text: str) -> None:
    """Save the notebook and wait until a text that was typed stands in its file."""
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    deadline = time.monotonic() + SAVING
    while text not in notebook.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, f"{notebook} was not saved"
        page.wait_for_timeout(200)
