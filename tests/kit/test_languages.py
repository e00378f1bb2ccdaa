"""In another language a check decides the same, and figures show its characters."""

import ast
import logging

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from grader.exercises.registry import chapters
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise
from grader.weave import catalogs, cut_font, layout
from pix2net.desk.render import as_text
from pix2net.judging import wording
from pix2net.judging.judge import judge_exercise
from pix2net.plots.labels import FORMULA, MIXED
from pix2net.plots.show import png_of, taking_pictures
from pix2net.plots.style import CHINESE_FONT, styled
from pix2net.plots.workflow import Step, confusion_table, steps

CHAPTER = chapters()["00_workflow"]
EXERCISE = CHAPTER.exercises["accuracy"]
KEY = compile_exercise(EXERCISE, CHAPTER, PUBLIC_SEED, hidden=False)
WRONG = [EXERCISE.reference, *(m.implementation for m in EXERCISE.misconceptions)]


def verdict(implementation, language, monkeypatch):
    monkeypatch.setenv(wording.VARIABLE, language)
    run = Runner(KEY, {})
    return judge_exercise(KEY, [run(case, implementation) for case in KEY.cases], reveal=True)


@pytest.mark.parametrize("implementation", WRONG, ids=range(len(WRONG)))
def test_a_verdict_does_not_depend_on_the_language(implementation, monkeypatch):
    english, chinese = (verdict(implementation, each, monkeypatch) for each in ("", "zh_CN"))
    assert (english.passed, english.score) == (chinese.passed, chinese.score)
    for one, two in zip(english.checks, chinese.checks, strict=True):
        assert (one.label, one.passed, one.misconception) == (
            two.label, two.passed, two.misconception,
        )  # fmt: skip
    # A sentence that is not translated yet stays English; those of the kit are all translated.
    assert english.passed or as_text(english) != as_text(chinese)


def test_what_a_check_says_is_chinese_altogether(monkeypatch):
    count = dict(zip((m.name for m in EXERCISE.misconceptions), WRONG[1:], strict=True))["count"]
    text = as_text(verdict(count, "zh", monkeypatch))
    assert "你返回的是对了多少个；要求的是占全部的比例。" in text
    assert "例子里的八只动物" in text


def test_an_answer_key_is_the_same_bytes_in_every_language(monkeypatch):
    from pix2net.judging.answer_key import Key, pack

    monkeypatch.setenv(wording.VARIABLE, "zh")
    again = compile_exercise(EXERCISE, CHAPTER, PUBLIC_SEED, hidden=False)
    packed = [pack(Key("a", "b", False, {"accuracy": key}, {})) for key in (KEY, again)]
    assert packed[0] == packed[1]


def test_the_font_has_every_character_of_the_translations():
    there = {chr(code) for code in FT2Font(str(CHINESE_FONT)).get_charmap()}
    lacking = cut_font.needed() - there
    assert not lacking, "run `python -m grader.weave.cut_font NotoSansSC-Regular.otf`"


def test_figures_show_chinese_without_a_warning(caplog, recwarn, monkeypatch):
    monkeypatch.setenv(wording.VARIABLE, "zh")
    with caplog.at_level(logging.WARNING), taking_pictures() as pictures:
        steps(
            [Step("数据", "图像", "(N,)"), Step("模型", "学习", "(C, D)")], "", caption="", alt=""
        )
        confusion_table(np.eye(2), ["猫", "狗"], caption="", alt="")
    assert len(pictures) == 2
    assert not caplog.records
    assert not [str(each.message) for each in recwarn if "Glyph" in str(each.message)]


def mixed():
    """Strings of the Chinese chapters' cells that have Chinese beside a formula; values are 1."""
    for path in sorted((layout.COMMITTED / "zh").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                for node in ast.walk(ast.parse(cell.source)):
                    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
                    text = "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "1" for part in parts
                    )
                    if MIXED.search(text):
                        yield text


@styled
def labelled(labels):
    fig = Figure()
    ax = fig.subplots()
    for label in labels:
        ax.text(0.5, 0.5, label)
    ax.set_title(labels[0])
    ax.set_xticks(range(len(labels)), labels)
    return png_of(fig)


def test_chinese_beside_a_formula_is_drawn_whole(caplog, recwarn, monkeypatch):
    monkeypatch.setenv(wording.VARIABLE, "zh")
    written = [str(m.string) for c in chapters() for m in catalogs.read("zh", c) if m.id]
    beside = {c for t in written if MIXED.search(t) for c in FORMULA.sub("", t)}
    beside -= set("$\n\\⁻⁸¹")  # the last are those of 10⁻⁸, which stands in running text alone
    labels = [*mixed(), "$x$" + "".join(sorted(beside))]
    assert len(labels) > 4
    assert len(beside) > 500
    with caplog.at_level(logging.WARNING):
        labelled(["坡度 $dw$：2", "$10^{-2}$ 的小数，每批 100 张"])
        labelled(labels)
    assert not [record.getMessage() for record in caplog.records]
    assert not [str(each.message) for each in recwarn if "lyph" in str(each.message)]
