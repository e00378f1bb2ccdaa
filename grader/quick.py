"""Keeps a second out of the start of every command. Import it before anything of Jupyter's."""

from __future__ import annotations

import sys

# jsonschema, which nbformat imports, would use this package, if it is there, to check whether text
# is an IRI, which nothing here asks. Importing it builds a grammar, which takes 0.8 s.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
