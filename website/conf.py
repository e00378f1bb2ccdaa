"""Sphinx's settings of the book; `website.book` lays them beside the pages."""

project = "Pixels to Networks"
author = "the authors of Pixels to Networks"
copyright = "the authors; text under CC BY 4.0, code under BSD-3-Clause"
language = "en"

extensions = ["myst_nb", "sphinx-mathjax-offline"]  # MathJax comes with the site
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_dmath_double_inline = True
nb_execution_mode = "off"  # the notebooks come with their outputs
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
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
html_favicon = "static/favicon.svg"
html_context = {"default_mode": "auto"}
pygments_style = "a11y-high-contrast-light"
html_theme_options = {
    "navbar_persistent": [],  # the search stands at the side already
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
