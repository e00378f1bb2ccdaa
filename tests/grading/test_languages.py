"""Language changes what is told, and nothing else: one class, graded in English and in Chinese."""

import html
import json
import re
import shutil

import nbformat
import pytest
from typer.testing import CliRunner

from grader.classroom import pool
from grader.classroom.classwide import Options, grade_class
from grader.demo.hand_ins import handed_in
from grader.demo.roster import Student
from grader.exercises.registry import chapters
from grader.handed_in import languages
from grader.release.build import build
from grader.release.course_dir import ClassFolder, create_class
from grader.release.release import release
from grader.reports.write import feedback_for_class
from grader.weave import layout
from grader.weave.notebook import to_text
from grader.weave.student_version import student_version
from pix2net.cli.app import app
from pix2net.judging.wording import VARIABLE
from tests.grading.fake import FakeSandbox

CHAPTER = chapters()["01_images"]
NAME = layout.notebook_name(CHAPTER.name)
STUDENTS = [  # all right, all wrong, some wrong, nothing done
    Student("ann", "Ann", "A"),
    Student("ben", "Ben", "B", wrong=1.0),
    Student("cem", "Cem", "C", wrong=0.6),
    Student("stub", "S", "S", blank=1.0),
]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """A class folder in each language, with the same hidden inputs and the same answers."""
    place = tmp_path_factory.mktemp("classes")
    english, chinese = create_class(place / "en"), ClassFolder(place / "zh")
    assert not release(english, [CHAPTER]).refused
    shutil.copytree(english.root, chinese.root)
    build(chinese, [CHAPTER], language="zh")
    woven = nbformat.read(chinese.source(CHAPTER.name) / NAME, as_version=4)
    (chinese.release(CHAPTER.name) / NAME).write_text(to_text(student_version(woven)))
    folders = {"": english, "zh": chinese}
    for folder in folders.values():
        released = nbformat.read(folder.release(CHAPTER.name) / NAME, as_version=4)
        for student in STUDENTS:
            notebook = handed_in(student, CHAPTER, released, mishap=False)
            if student.id == "cem":  # a cell that was deleted is put back, and told
                del notebook.cells[3]
            target = folder.submitted(student.id, CHAPTER.name)
            target.mkdir(parents=True)
            (target / NAME).write_text(nbformat.writes(notebook))
    return folders


@pytest.fixture
def grade(classes, tmp_path, monkeypatch):
    """Grade a copy of one of the classes; its folder and verdicts."""
    monkeypatch.setattr(pool, "Stoppable", lambda stopped, limits, **_: FakeSandbox())

    def run(released_in, spoken, own=()):
        root = tmp_path / f"{released_in or 'en'}-{spoken or 'en'}-{len(own)}"
        shutil.copytree(classes[released_in].root, root)
        folder = ClassFolder(root)
        languages.note(folder, dict(own))
        monkeypatch.setenv(VARIABLE, spoken)
        verdicts = list(grade_class(root, options=Options(jobs=1)))
        return folder, {v.student: v for v in verdicts}

    return run


def decided(verdicts):
    """All that is decided, without a word of what is told."""
    return {
        (student, name): (
            item.score, item.status,
            [(check.label, check.passed, check.misconception) for check in item.checks],
        )
        for student, verdict in verdicts.items()
        for name, item in verdict.exercises.items()
    }  # fmt: skip


def sentences(verdict):
    return [c.message for v in verdict.exercises.values() for c in v.checks if c.message]


def test_a_class_gets_the_same_points_in_both_languages_and_is_told_in_its_own(grade):
    _, english = grade("", "")
    _, chinese = grade("zh", "zh")
    assert decided(english) == decided(chinese)
    assert english["ann"].passed
    assert english["stub"].score == 0
    found = {c.misconception for v in english["ben"].exercises.values() for c in v.checks}
    assert len(found - {None}) > 1
    for student in ("ben", "cem", "stub"):
        assert sentences(english[student])
        assert all(CHINESE.search(each) for each in sentences(chinese[student]))
        assert not any(CHINESE.search(each) for each in sentences(english[student]))
    assert len(chinese["cem"].repairs) == len(english["cem"].repairs) == 1
    assert CHINESE.search(chinese["cem"].repairs[0])


def test_a_student_reads_their_own_language_in_a_mixed_class(grade):
    folder, verdicts = grade("", "", {"ben": "zh"})
    assert all(CHINESE.search(each) for each in sentences(verdicts["ben"]))
    assert not any(CHINESE.search(each) for each in sentences(verdicts["cem"]))
    pages = {job.student: job.page() for job in feedback_for_class(folder)}
    assert '<html lang="zh">' in pages["ben"]
    assert '<html lang="en">' in pages["cem"]
    question = next(iter(CHAPTER.questions.values()))
    asked = question.prompt.split("\n")[0].split("`")[0][:40].strip()
    assert asked in pages["cem"]
    assert asked not in pages["ben"]
    assert not CHINESE.search(pages["cem"])


def test_an_english_student_of_a_chinese_class_is_asked_and_told_in_english(grade):
    folder, _ = grade("zh", "zh", {"cem": "en"})
    pages = {job.student: job.page() for job in feedback_for_class(folder)}
    prose = re.sub(r"<pre>.*?</pre>", "", pages["cem"], flags=re.S)
    assert not CHINESE.search(prose), CHINESE.findall(prose)
    assert '<html lang="zh">' in pages["ben"]


def test_a_new_language_is_told_of_and_grading_again_is_all_that_it_takes(grade):
    folder, before = grade("", "")
    command = ["student", "add", "ben", "--language", "zh_CN", "--class-dir", str(folder.root)]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 0, said.stderr
    assert "1 notebooks were graded in another language (ben): `course grade`" in said.stderr
    command = ["feedback", "--class-dir", str(folder.root)]
    assert "their pages are in: ben" in CliRunner().invoke(app, command).stderr
    again = []

    def note(event):
        again.extend([event.student] if event.kind == "done" and not event.resumed else [])

    after = {v.student: v for v in grade_class(folder.root, options=Options(1), on_event=note)}
    assert again == ["ben"]
    assert decided(before) == decided(after)
    assert all(CHINESE.search(each) for each in sentences(after["ben"]))
    assert "their pages are in" not in CliRunner().invoke(app, command).stderr


NAMES = re.compile(
    r"\b(?:notebook|jupyter|numpy|alpha|order|ann|ben|cem|stub|\d\d_\w+|[a-z]+(?:[-_][a-z0-9]+)+|uint8|min|s|x)\b",
    re.I,
)

OF_CODE = {"Python", "int", "max", "value", "None", "NotImplementedError"}  # in formulas and lists


def words_of(page, known):
    """English words that a page shows, but for code and names."""
    page = re.sub(r"<style>.*?</style>|<code>.*?</code>|<pre>.*?</pre>|data:[^\"]*", "", page,
                  flags=re.S)  # fmt: skip
    page = html.unescape(page)
    shown = " ".join([*re.findall(r'alt="([^"]*)"', page), re.sub(r"<[^>]*>", " ", page)])
    for name in known:
        shown = shown.replace(name, "")
    return re.findall(r"[A-Za-z]{3,}", NAMES.sub("", shown))


@pytest.mark.parametrize("names", [True, False])
def test_the_report_of_a_class_is_chinese_altogether(grade, names):
    folder, _ = grade("zh", "zh")
    path = folder.root / "page.html"
    command = ["report", "--class-dir", str(folder.root), "-o", str(path)]
    command += [] if names else ["--without-names"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.stderr
    page = path.read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    known = [*CHAPTER.tasks, *(m.name for e in CHAPTER.exercises.values()
                               for m in e.misconceptions)]  # fmt: skip
    assert words_of(page, sorted(known, key=len, reverse=True)) == []
    names = [f"{s.first_name} {s.last_name}" for s in STUDENTS]
    for job in feedback_for_class(folder):
        assert set(words_of(job.page(), [*names, *CHAPTER.tasks])) <= OF_CODE


def test_a_report_tells_misconceptions_in_its_own_language_whoever_was_told_them(grade):
    folder, _ = grade("", "", {"ben": "zh", "cem": "zh"})
    command = ["report", "--class-dir", str(folder.root), "--language"]
    for language, expected in (("en", False), ("zh", True)):
        done = CliRunner().invoke(app, [*command, language, "--json"])
        told = json.loads(done.stdout)["misconceptions"]
        assert told
        assert {bool(CHINESE.search(each["sentence"])) for each in told} == {expected}
