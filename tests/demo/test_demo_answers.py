"""What simulated students hand in: right answers are right, wrong ones stand alone."""

import ast

import numpy as np
import pytest

from grader.demo.answers import right_code, wrong_code
from grader.exercises.registry import chapters
from grader.weave import layout
from pix2net.desk.checking import verdict_on

TRAINS_FOR_MINUTES = "11_capstone"
QUICK = [chapter for name, chapter in chapters().items() if name != TRAINS_FOR_MINUTES]
by_chapter = pytest.mark.parametrize("chapter", QUICK, ids=lambda chapter: chapter.name)


@by_chapter
def test_a_student_with_everything_right_passes_every_check(chapter, monkeypatch):
    monkeypatch.setenv("COURSE_KEYS", str(layout.COMMITTED / layout.KEYS_FOLDER))
    names = {"np": np, "__name__": "__main__"}
    for exercise in chapter.exercises.values():
        exec(compile(right_code(exercise, chapter), f"<cell {exercise.name}>", "exec"), names)
    failed = [name for name in chapter.exercises if not verdict_on(name, names).passed]
    assert failed == []


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
