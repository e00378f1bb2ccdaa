"""What simulated students hand in: right answers are right in every combination."""

import numpy as np
import pytest

from grader.demo.answers import right_code, used_by
from grader.exercises.registry import chapters
from grader.kit.check import verdict_on
from grader.weave import layout

TRAINS_FOR_MINUTES = "11_capstone"
QUICK = [chapter for name, chapter in chapters().items() if name != TRAINS_FOR_MINUTES]
TOGETHER = [
    (chapter, name)
    for chapter in QUICK
    for exercise in chapter.exercises.values()
    for name in sorted({exercise.name, *used_by(exercise)})
    if used_by(exercise)
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("chapter", QUICK, ids=lambda chapter: chapter.name)
def test_a_student_with_everything_right_passes_every_check(chapter, seed, monkeypatch):
    monkeypatch.setenv("COURSE_KEYS", str(layout.COMMITTED / layout.KEYS_FOLDER))
    rng = np.random.default_rng(seed)
    names = {"np": np, "__name__": "__main__"}
    for exercise in chapter.exercises.values():
        exec(compile(right_code(exercise, chapter, rng), f"<cell {exercise.name}>", "exec"), names)
    failed = [name for name in chapter.exercises if not verdict_on(name, names).passed]
    assert failed == []


@pytest.mark.parametrize(("chapter", "name"), TOGETHER, ids=[name for _, name in TOGETHER])
def test_functions_that_are_judged_together_are_of_one_hand(chapter, name):
    exercise = chapter.exercises[name]
    codes = {right_code(exercise, chapter, np.random.default_rng(seed)) for seed in range(20)}
    assert len(codes) == 1


def test_other_answers_are_written_in_several_ways():
    chapter = chapters()["00_workflow"]
    exercise = chapter.exercises["accuracy"]
    codes = {right_code(exercise, chapter, np.random.default_rng(seed)) for seed in range(20)}
    assert len(codes) > 1
