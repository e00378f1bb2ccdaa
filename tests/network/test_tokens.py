"""The command that gives tokens, of which the class folder keeps none."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from grader.network.limits import Rate, Room
from grader.network.tokens import Tokens
from grader.release.course_dir import create_class
from pix2net.cli.app import app

pytestmark = pytest.mark.some_chapters


@pytest.fixture
def tokens(tmp_path):
    folder = create_class(tmp_path / "class")

    def run(*words):
        place = ["--class-dir", str(folder.root), "-o", str(tmp_path / "tokens.csv"), "--json"]
        return CliRunner().invoke(app, ["tokens", *words, *place])

    run.folder, run.file = folder, tmp_path / "tokens.csv"
    return run


def given(tokens):
    return {student: token for student, _, token in list(csv.reader(tokens.file.open()))[1:]}


def test_each_student_gets_a_token_and_the_class_keeps_none(tokens):
    with tokens.folder.gradebook() as gradebook:
        gradebook.update_or_create_student("ada", email="ada@example.edu")
        gradebook.update_or_create_student("李小龙")
    done = tokens("O'Brien", "--everybody")
    assert json.loads(done.stdout)["given"] == ["O'Brien", "ada", "李小龙"]
    made = given(tokens)
    assert "\nada,ada@example.edu," in tokens.file.read_text()
    assert tokens.file.stat().st_mode & 0o077 == 0
    assert len(set(made.values())) == 3
    known = Tokens(tokens.folder)
    assert all(known.student_of(token) == student for student, token in made.items())
    assert (tokens.folder.root / "tokens.json").stat().st_mode & 0o077 == 0
    kept = (tokens.folder.root / "tokens.json").read_text()
    assert not any(token in kept for token in made.values())


def test_tokens_stay_unless_new_ones_are_asked_for_or_they_are_taken_away(tokens):
    tokens("ada", "bob")
    first = given(tokens)
    assert json.loads(tokens("ada").stdout)["given"] == []
    tokens("ada", "--again")
    second = given(tokens)
    known = Tokens(tokens.folder)
    assert known.student_of(first["ada"]) is None
    assert known.student_of(second["ada"]) == "ada"
    assert json.loads(tokens("bob", "--take-away").stdout) == {"taken_away": ["bob"]}
    assert known.student_of(first["bob"]) is None
    assert json.loads(tokens().stdout) == {"students": ["ada"]}


def test_tokens_that_were_not_sent_yet_stay_in_the_file_and_no_other_file_is_lost(tokens):
    tokens("ada", "bob", "cem")
    first = given(tokens)
    tokens("cem", "--take-away")
    tokens("ada", "--again")
    assert given(tokens) == {"ada": given(tokens)["ada"], "bob": first["bob"]}
    assert given(tokens)["ada"] != first["ada"]
    tokens.file.write_text("student,first_name\nada,Ada\n")
    done = tokens("dan")
    assert done.exit_code == 2
    assert "is no file of tokens" in done.stderr
    assert "Ada" in tokens.file.read_text()
    assert "dan" not in Tokens(tokens.folder).students()


@pytest.mark.parametrize("name", ["../ada", "a/b", "a+b", "", "<b>"])
def test_what_cannot_be_a_students_name_gets_none(tokens, name):
    done = tokens(name)
    assert done.exit_code == 2
    assert "cannot be a student's name" in done.stderr
    assert Tokens(tokens.folder).students() == []


def test_a_rate_is_of_each_and_comes_back_with_time():
    now = [0.0]
    rate = Rate(3, lambda: now[0])
    assert [rate.take("ada") for _ in range(5)] == [True, True, True, False, False]
    assert rate.take("bob")
    now[0] += 20.0
    assert [rate.take("ada") for _ in range(2)] == [True, False]


def test_room_is_for_one_body_each_and_for_so_many_bytes():
    room = Room(100)
    assert room.take("ada", 60)
    assert not room.take("ada", 10)
    assert not room.take("bob", 50)
    room.give_back("ada")
    assert room.take("bob", 50)
