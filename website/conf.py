"""Sphinx's settings of the book; `website.book` lays them beside the pages."""

project = "Pixels to Networks"
author = "the authors of Pixels to Networks"
copyright = "the authors; text under CC BY 4.0, code under BSD-3-Clause"  # noqa: A001
language = "en"

extensions = ["myst_nb", "sphinx-mathjax-offline"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_dmath_double_inline = True
nb_execution_mode = "off"  # the notebooks come with their outputs
nb_merge_streams = True
exclude_patterns = ["_build"]
suppress_warnings = ["mystnb.unknown_mime_type"]
nitpicky = False

html_theme = "sphinx_book_theme"
html_title = project
html_copy_source = False  # a page's source is the notebook that is offered for download
html_show_sourcelink = False
html_static_path = ["static"]
html_css_files = ["book.css"]
html_extra_path = ["extra"]
html_baseurl = ""
pygments_style = "a11y-high-contrast-light"
html_theme_options = {
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
