"""The static site: the book, and the browser edition beside it.

It is made from what the rest of the repository gives: woven chapters, their runs, the docs, the
wheel. Nothing imports it.
"""
