"""The one place that says how our HTML templates are read: escaped, in the reader's language."""

from __future__ import annotations

import jinja2

from pix2net.judging.wording import counted, worded


def escaping(package: str, folder: str = "templates") -> jinja2.Environment:
    """What reads a package's templates: every value is escaped, and none may be missing.

    Templates say `worded("...")` and `counted("...", "...", n)`.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(worded=worded, counted=counted)
    return environment
