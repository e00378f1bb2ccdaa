"""Names that code looks up are shown in the learner's language, and nothing else changes."""

import ast
import re

import matplotlib.figure
import numpy as np
import pytest

from grader.weave import catalogs, layout
from pix2net.judging import wording
from pix2net.plots.charts import bars
from pix2net.plots.labels import LABELS, in_language, said
from pix2net.plots.show import taking_pictures

PLOTS = [p for p in (layout.ROOT / "pix2net/plots").glob("*.py") if p.stem != "labels"]
STILLS = sorted(layout.ROOT.glob("solutions/*/stills.py"))
SOURCES = sorted(layout.TEXTS.glob("*.md"))
CELLS = re.compile(r"```\{code-cell\}.*?\n(.*?)```", re.S)


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv(wording.VARIABLE, "zh")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("cat", "猫"),
        ("small\nweights", "小权重"),
        ("cosine: 30 epochs", "余弦：30 个轮次"),
        ("batches of 100,\nmixed", "每批 100 张，\n类别混合"),
        ("lowest, reg = 1", "最低处，reg = 1"),
        ("plain, 30 epochs", "普通，30 个轮次"),
        ("Adam, 30 epochs", "Adam，30 个轮次"),
        ("预测 dog", "预测狗"),
        ("3,072 numbers a row", "每行 3,072 个数"),
        ("label: cat\nsays: dog", "标签：猫\n判为：狗"),
        ("$cat$", "$cat$"),
        ("relu", "relu"),
        ("category", "category"),
    ],
)
def test_a_name_is_known_whole_by_its_form_or_word_by_word(english, shown):
    assert said(english) == shown


def drawn():
    fig = matplotlib.figure.Figure()
    ax = fig.subplots()
    ax.plot([0, 1], [0, 1], label="nothing")
    ax.set_xticks([0, 1], ["cat", "dog"], rotation=45)
    ax.set_title("right labels")
    ax.legend()
    in_language(fig)
    fig.canvas.draw()
    return [*(tick.get_text() for tick in ax.get_xticklabels()), ax.get_title(),
            ax.get_legend().get_texts()[0].get_text()]  # fmt: skip


def test_ticks_titles_and_legends_are_shown_in_the_language(monkeypatch):
    assert drawn() == ["cat", "dog", "right labels", "nothing"]
    monkeypatch.setenv(wording.VARIABLE, "zh")
    assert drawn() == ["猫", "狗", "标签正确", "什么都不用"]


@pytest.mark.usefixtures("chinese")
def test_names_that_matplotlib_itself_puts_along_an_axis_are_shown_too():
    fig = matplotlib.figure.Figure()
    ax = fig.subplots()
    ax.bar(["cat", "dog"], [1, 2])
    in_language(fig)
    fig.canvas.draw()
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["猫", "狗"]


def test_a_figure_of_the_kit_is_another_picture_and_its_dict_the_same(monkeypatch):
    groups = {"nothing": {"right labels": 1.0, "wrong labels": 0.5}}
    with taking_pictures() as pictures:
        bars(groups, ylabel="", caption="", alt="")
        monkeypatch.setenv(wording.VARIABLE, "zh")
        bars(groups, ylabel="", caption="", alt="")
    assert pictures[0] != pictures[1]
    assert groups == {"nothing": {"right labels": 1.0, "wrong labels": 0.5}}
    assert np.all([png.startswith(b"\x89PNG") for png in pictures])


@pytest.mark.parametrize("language", catalogs.languages())
def test_every_name_is_translated(language):
    translated = {m.id for m in catalogs.read(language, catalogs.KIT) if m.id and m.string}
    assert {f"in a figure: {name}" for name in LABELS} <= translated


def strings():
    """All strings of the chapters' cells, and their data sets' names, with numbers as {}."""
    from pix2net.data import load

    for path in SOURCES:
        for source in CELLS.findall(path.read_text(encoding="utf-8")):
            code = re.sub(r"\A(?::[^\n]*\n|---\n.*?---\n)+", "", source, flags=re.S)
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield re.sub(r"\d+(?:\.\d+)?", "{}", node.value.replace("\n", " "))
    for path in (*PLOTS, *STILLS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for name in ("picto10", "fashion_mnist"):
        data = load(name)
        yield from (*data.class_names, *(data.background_names or ()))


def test_no_name_is_left_that_nothing_shows_any_more():
    there = " | ".join(strings())
    put_together = {
        "from noise",
        "a truck in the same place",
        "fewest: {}",
        "{} numbers a row",
    }  # by f-strings
    assert [name for name in LABELS if name not in there and name not in put_together] == []
