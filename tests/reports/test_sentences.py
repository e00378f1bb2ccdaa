"""A class's own sentence of a misconception reaches everybody's feedback and the report."""

import pytest

from grader.exercises.registry import find
from grader.release.course_dir import create_class
from grader.reports.sentences import SentencesError, reworded
from pix2net.judging.judge import CheckResult, ExerciseVerdict
from tests.reports.test_summary import verdict

EXERCISE = "l2_distances"
NAME = find(EXERCISE).misconceptions[0].name
SENTENCE = find(EXERCISE).misconceptions[0].sentence


@pytest.fixture
def folder(tmp_path):
    return create_class(tmp_path / "class")


def told(folder, message):
    check = CheckResult("a case", False, message, NAME)
    other = CheckResult("another", False, "as it was", None)
    found = verdict("ann", ExerciseVerdict(EXERCISE, False, 0.0, 2.0, (check, other)))
    (now,) = reworded(folder, [found])
    return [c.message for c in now.exercises[EXERCISE].checks]


def test_it_takes_the_place_of_the_courses_own(folder):
    (folder.root / "sentences.toml").write_text(f'[{EXERCISE}]\n{NAME} = "Think of Tuesday."\n')
    assert told(folder, SENTENCE) == ["Think of Tuesday.", "as it was"]
    half = f"{SENTENCE} The values are right."
    assert told(folder, half)[0] == "Think of Tuesday. The values are right."


def test_without_a_file_nothing_changes(folder):
    assert told(folder, SENTENCE)[0] == SENTENCE


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[l2_distance]\nx = "y"', "did you mean l2_distances"),
        (f'[{EXERCISE}]\n{NAME}z = "y"', f"did you mean {NAME}"),
        (f"[{EXERCISE}]\n{NAME} = 3", "no sentence in quotes"),
        (f'{EXERCISE} = "y"', "stands a sentence a misconception"),
        ("[", "cannot be read"),
    ],
)
def test_what_would_change_nothing_is_refused(folder, text, sentence):
    (folder.root / "sentences.toml").write_text(text)
    with pytest.raises(SentencesError, match=sentence):
        told(folder, SENTENCE)
