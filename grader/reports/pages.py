"""Renders the pages of reports: self-contained, escaped, inert."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from grader.handed_in.languages import ENGLISH, known
from grader.release.templates import escaping
from pix2net.desk.render import set_code
from pix2net.judging.wording import spoken

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@cache
def _environment() -> jinja2.Environment:
    environment = escaping("grader.reports")
    environment.filters["code"] = lambda text: Markup(set_code(text))
    return environment


def highlighted(code: str) -> Markup:
    """Python code as HTML, coloured by the classes of `highlight_css`; "" for no code."""
    from pygments import highlight
    from pygments.lexers import PythonLexer

    return Markup(highlight(code, PythonLexer(), _formatter())) if code.strip() else Markup("")


def highlight_css() -> Markup:
    """The style sheet of `highlighted`."""
    return Markup(_formatter().get_style_defs(".code"))


@cache
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter

    # Of Pygments' coloured styles the one whose every colour can be read on our grey (4.5 to 1).
    return HtmlFormatter(cssclass="code", style="xcode")


def render(template: str, **values: Any) -> str:
    """A page from a template of this package; every value is escaped unless it is `Markup`.

    The page carries a content security policy that lets no script run and nothing be fetched.
    """
    language = known(spoken()) or ENGLISH
    return _environment().get_template(template).render(
        policy=POLICY, language=language, **values
    )  # fmt: skip
