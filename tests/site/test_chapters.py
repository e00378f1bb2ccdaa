"""Every chapter with its references filled in runs under Pyodide: checks pass, demonstrations show.

What each takes is printed (`pytest -s`); no test asserts a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page

from grader.exercises.registry import chapters, pages
from grader.weave.weave import filled, weave_committed
from website.lite import OF_PYODIDE

pytestmark = [pytest.mark.site, pytest.mark.timeout(3600)]
CHAPTERS = {each.name: each for each in [*chapters().values(), *pages()]}
MILLISECONDS = 3_000_000  # for a chapter, on a busy machine
START = """async ([base, packages, books]) => {
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = base + "lite/static/pyodide/pyodide.js";
    script.onload = done; script.onerror = failed;
    document.head.append(script);
  });
  window.python = await loadPyodide({
    indexURL: base + "lite/static/pyodide/", packages: ["ipython", "sqlite3", ...packages],
  });
  python.FS.mkdirTree("/drive");
  for (const [name, text] of Object.entries(books)) python.FS.writeFile("/drive/" + name, text);
  await python.runPythonAsync(`
import json, os, time
os.environ.update(MPLBACKEND="AGG", NBGRADER_EXECUTION="validate")  # so that a check raises
os.chdir("/drive")
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()

def run(text):
    start = time.time()
    ran = shell.run_cell(text)
    error = ran.error_in_exec or ran.error_before_exec
    return json.dumps([time.time() - start, repr(error) if error else ""])
`);
}"""


@pytest.fixture(scope="module")
def books() -> dict[str, NotebookNode]:
    """Every chapter as a learner has it at the end."""
    return {name: filled(weave_committed(chapter)) for name, chapter in CHAPTERS.items()}


@pytest.fixture
def python(
    browser: Browser, address: str, site: Path, books: dict[str, NotebookNode]
) -> Iterator[Page]:
    """A page in which Pyodide waits, with what the site's kernel loads and all chapters."""
    page = browser.new_page()
    page.set_default_timeout(MILLISECONDS)
    page.goto(f"{address}index.html")
    wheels = [f"{address}lite/pypi/{wheel.name}" for wheel in (site / "lite/pypi").glob("*.whl")]
    texts = {f"{name}.ipynb": nbformat.writes(book) for name, book in books.items()}
    page.evaluate(START, [address, [*OF_PYODIDE, *wheels], texts])
    yield page
    page.close()


@pytest.mark.parametrize("name", sorted(CHAPTERS))
def test_a_chapter_runs_in_a_browser(
    name: str, python: Page, books: dict[str, NotebookNode]
) -> None:
    problems, seconds = [], 0.0
    for cell in books[name].cells:
        if cell.cell_type == "code":
            took, error = json.loads(
                python.evaluate("text => python.globals.get('run')(text)", cell.source)
            )
            seconds += took
            if error:
                problems.append(f"{cell.source.strip().splitlines()[0]}: {error}")
    print(f"{name}: {seconds:.0f} s")
    assert problems == []
