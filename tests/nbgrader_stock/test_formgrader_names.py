"""A student's name is text on formgrader's pages, whatever is written in it."""

import html
import re

import pytest
from jinja2 import Environment, FileSystemLoader
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from grader.nbgrader_plugins.server import escaping, offline
from tests.grading.pages import Page

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    '";alert(1);//',
    "</script><script>alert(1)</script>",
    "\\",
    "{{ 7 * 7 }}",
]
STUDENT_PAGES = {
    "manage_students_assignments.tpl": ["student_id"],
    "manage_students_notebook_submissions.tpl": ["student_id", "assignment_id"],
    "manage_submissions.tpl": ["assignment_id", "course_dir"],
    "gradebook_notebooks.tpl": ["assignment_id"],
    "gradebook_notebook_submissions.tpl": ["assignment_id", "notebook_id"],
}


@pytest.fixture(scope="module")
def pages():
    return escaping(Environment(loader=FileSystemLoader([handlers.template_path])))


def shape(text):
    page = Page(text)
    return page.live, page.handlers, page.requests


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("template", STUDENT_PAGES)
def test_a_name_adds_nothing_to_a_page_but_text(pages, template, name):
    def page(value):
        values = dict.fromkeys(STUDENT_PAGES[template], value)
        return pages.get_template(template).render(base_url="/base", **values)

    plain, hostile = page("ada"), page(name)
    assert shape(hostile)[:2] == shape(plain)[:2]
    assert len(shape(hostile)[2]) == len(shape(plain)[2])
    assert html.escape(name, quote=False) in html.unescape(hostile.replace("&", "&amp;")) or (
        name in Page(hostile).text
    )


@pytest.mark.parametrize("name", ["O’Brien", "O'Brien", "Müller, Jörg", *HOSTILE])
def test_a_script_of_the_page_gets_the_name_as_it_is(pages, name):
    import json

    template = pages.get_template("manage_students_assignments.tpl")
    page = template.render(base_url="/base", student_id=name)
    (literal,) = re.findall(r"var student_id = (.*);", page)
    assert json.loads(literal) == name
    assert 'var base_url = "/base";' in page


@pytest.mark.parametrize("name", HOSTILE)
def test_the_page_on_which_a_person_grades_shows_names_as_text(tmp_path, name):
    from nbconvert.exporters import HTMLExporter
    from nbformat import v4

    path = tmp_path / "01.ipynb"
    path.write_text(v4.writes_json(v4.new_notebook()))
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    exporter = offline(HTMLExporter(config=config), "/mathjax.js")

    def page(student):
        resources = {
            "assignment_id": "01", "notebook_id": "01", "submission_id": "7", "index": 0,
            "total": 1, "base_url": "/base", "student": student, "last_name": student,
            "first_name": student, "notebook_path": f"submitted/{student}/01.ipynb",
        }  # fmt: skip
        return exporter.from_filename(str(path), resources=resources)[0]

    assert shape(page(name)) == shape(page("ada"))
    assert name in Page(page(name)).text
