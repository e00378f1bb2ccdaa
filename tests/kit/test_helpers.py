"""A failing exercise that another one calls is named before what goes wrong in that one."""

import numpy as np
import pytest

from grader.keys.compile import PUBLIC_SEED, compile_key
from pix2net.desk.checking import verdict_on
from pix2net.judging.answer_key import save
from pix2net.judging.helpers import mend_first, names_in
from tests.kit import toy


@pytest.fixture(autouse=True)
def toy_key(tmp_path, monkeypatch):
    (tmp_path / "keys").mkdir()
    path = tmp_path / "keys" / "77_toy.key"
    save(compile_key(toy.chapter.build(), PUBLIC_SEED, hidden=False), path)
    monkeypatch.setenv("COURSE_KEYS", str(path.parent))
    monkeypatch.chdir(tmp_path)


def told(name, source):
    names = {"np": np}
    exec(source, names)
    first = verdict_on(name, names).leading
    return first.message if first else ""


RIGHT = "def row_means(X):\n    return X.mean(axis=1)\n"
WRONG = "def row_means(X):\n    return X.mean(axis=0)\n"
USES = "def double(x):\n    return row_means(np.array([x, 3 * x]).T), x + 1\n"
INSIDE = "def double(x):\n    def again():\n        return row_means(x)\n    return again(), 0\n"


@pytest.mark.parametrize("caller", [USES, INSIDE])
def test_the_failing_one_comes_first(caller):
    assert told("double", WRONG + caller).startswith("It calls your `row_means`, which does not")
    assert "row_means" not in told("double", RIGHT + caller)
    assert "row_means" not in told("double", WRONG + "def double(x):\n    return x, x\n")


def test_two_that_call_each_other_come_to_an_end():
    source = (
        "def double(x):\n    return row_means(x), x\ndef row_means(X):\n    return double(X)[0]\n"
    )
    assert told("double", source).startswith("It calls your `row_means`")
    assert told("row_means", source).startswith("It calls your `double`")


def test_names_are_found_in_functions_methods_and_what_stands_inside_them():
    class Gate:
        def forward(self):
            return [alone(x) for x in ()]  # noqa: F821

        @staticmethod
        def helper():
            return lambda: deep()  # noqa: F821

    assert {"alone", "deep"} <= names_in(Gate)
    assert "deep" in names_in(Gate().helper)
    assert names_in(3) == names_in(len) == frozenset()


def test_one_and_several_read_well():
    assert mend_first([]) == ""
    assert (
        mend_first(["a"])
        == "It calls your `a`, which does not pass its own check: mend that first."
    )
    assert mend_first(["a", "b"]).startswith("It calls your `a` and `b`, which do not pass")
