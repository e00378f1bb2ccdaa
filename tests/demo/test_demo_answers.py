"""What simulated students hand in: right answers are right, wrong ones stand alone."""

import ast

import numpy as np
import pytest

from grader.demo.answers import right_code, wrong_code
from grader.exercises.registry import chapters
from grader.weave import layout
from pix2net.desk.checking import verdict_on

pytestmark = pytest.mark.some_chapters

by_chapter = pytest.mark.parametrize("chapter", chapters().values(), ids=lambda each: each.name)


@pytest.mark.parametrize("costly", [False, pytest.param(True, marks=pytest.mark.thorough)])
@by_chapter
def test_a_student_with_everything_right_passes_every_check(chapter, costly, monkeypatch):
    monkeypatch.setenv("COURSE_KEYS", str(layout.COMMITTED / layout.KEYS_FOLDER))
    names = {"np": np, "__name__": "__main__"}
    for exercise in chapter.exercises.values():
        exec(compile(right_code(exercise, chapter), f"<cell {exercise.name}>", "exec"), names)
    checked = [name for name, each in chapter.exercises.items() if each.costly == costly]
    assert [name for name in checked if not verdict_on(name, names).passed] == []


@by_chapter
def test_wrong_answers_are_of_several_kinds_and_define_what_is_asked(chapter):
    for exercise in chapter.exercises.values():
        codes = {
            wrong_code(exercise, chapter, np.random.default_rng(seed)) or "" for seed in range(20)
        }
        assert len(codes) > 1
        for code in codes:
            names = {"np": np, "__name__": "__main__"}
            exec(compile(ast.parse(code), f"<cell {exercise.name}>", "exec"), names)
            assert exercise.name in names
