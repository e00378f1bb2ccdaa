"""The one place that renders HTML pages: self-contained, escaped, inert."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from grader.handed_in.languages import ENGLISH, known
from pix2net.desk.render import set_code
from pix2net.judging.wording import counted, spoken, worded

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def escaping(package: str) -> jinja2.Environment:
    """What reads a package's templates: every value is escaped, and none may be missing."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _environment() -> jinja2.Environment:
    environment = escaping("grader.reports")
    environment.globals.update(worded=worded, counted=counted)
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
