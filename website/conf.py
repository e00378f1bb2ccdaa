"""Sphinx's settings of the book; `website.book` lays them beside the pages."""

import re

from sphinx import search
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search.zh import SearchChinese

project = "Pixels to Networks"
author = "the authors of Pixels to Networks"
copyright = "the authors; text under CC BY 4.0, code under BSD-3-Clause"
language = "en"  # or another one, by `-D language=zh_CN`
IN = {  # settings that differ
    "zh_CN": {
        "project": "从像素到网络",
        "html_title": "从像素到网络",
        "author": "《从像素到网络》的作者",
        "copyright": "本书作者。文字采用 CC BY 4.0，代码采用 BSD-3-Clause",
        "mathjax_path": "../../_static/mathjax/tex-chtml.js",  # that of the English edition
        "nb_code_prompt_show": "显示代码",
        "nb_code_prompt_hide": "收起代码",
    }
}

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
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["book.css"]
html_extra_path = ["extra"]
html_favicon = "static/favicon.svg"
html_context = {"default_mode": "auto"}
pygments_style = "a11y-high-contrast-light"
html_theme_options = {
    "article_header_end": ["language", "article-header-buttons"],
    "navbar_persistent": [],  # the search stands at the side already
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def in_its_language(_: Sphinx, config: Config) -> None:
    """Set what differs in the language that Sphinx was started with."""
    for name, words in IN.get(config.language, {}).items():
        setattr(config, name, words)


class SearchPairs(SearchChinese):
    """Finds Chinese by pairs of neighbouring characters: no dictionary is needed for that."""

    language_name = "English"  # of the stemmer, which is for the words between the Chinese
    chinese = re.compile("[\u3400-\u9fff]+")
    js_splitter_code = r"""
function splitQuery(query) {
  const found = query.match(/[a-zA-Z0-9_]+|[\u3400-\u9fff]+/g) || [];
  const pairs = (run) => [...run].slice(1).map((after, i) => run[i] + after);
  const isChinese = (run) => run.length > 1 && /[\u3400-\u9fff]/.test(run);
  return found.flatMap((run) => (isChinese(run) ? pairs(run) : [run]));
}
"""

    def split(self, input: str) -> list[str]:
        pairs = [
            run[i : i + length]
            for run in self.chinese.findall(input)
            for length in (1, 2)
            for i in range(len(run) + 1 - length)
        ]
        return pairs + super().split(input)

    def word_filter(self, stemmed_word: str) -> bool:
        return super().word_filter(stemmed_word) or bool(self.chinese.match(stemmed_word))


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    search.languages["zh"] = SearchPairs
    app.connect("config-inited", in_its_language, priority=1)
