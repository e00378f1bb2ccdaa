"""The editions of the book: one for each language, and what its pages say around the chapters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """The book in a language.

    Attributes:
        language: as the catalogs call it; None is English.
        sphinx: the same as Sphinx calls it.
        work, download: the ways on from a chapter.
        less: what a notebook says in the browser edition whose demonstrations compute less there.
        guess, hide_again: what a cell says that is folded away until a reader has guessed.
    """

    language: str | None
    sphinx: str
    work: str
    download: str
    less: str
    guess: str
    hide_again: str

    @property
    def folder(self) -> str:
        """Of this edition in the site, and of its notebooks in any folder of notebooks."""
        return f"{self.language}/" if self.language else ""

    @property
    def up(self) -> str:
        """From this edition's folder to the site's."""
        return "../" if self.language else ""

    def file(self, english: Path) -> Path:
        """A page's source in this language; the English one where there is no other."""
        own = english.with_suffix(f".{self.language}.md") if self.language else english
        return own if own.is_file() else english


ENGLISH = Edition(
    language=None,
    sphinx="en",
    work="Open in the browser edition",
    download="Download the notebook",
    less="*In the browser edition some demonstrations of this notebook take less than the text and "
    "captions say (fewer epochs, images or pixels), so that none computes for minutes. What you "
    "see then differs somewhat from the numbers of the text. Exercises and checks are the same.*",
    guess="Guess first, then look",
    hide_again="Hide it again",
)
CHINESE = Edition(
    language="zh",
    sphinx="zh_CN",
    work="在浏览器版中打开",
    download="下载 notebook",
    less="*在浏览器版里，这个 notebook 的一些演示用的轮次、图像或像素比正文和图注说的少，"
    "免得一算就是几分钟。所以你看到的数字会和正文里的有些出入。练习和检查完全一样。*",
    guess="先猜一猜，再打开看",
    hide_again="收起",
)
EDITIONS = (ENGLISH, CHINESE)
