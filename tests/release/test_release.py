"""Releasing through the real nbgrader."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader.exercises import Case, ChapterDefinition, ExerciseDefinition
from grader.release.build import build
from grader.release.course_dir import create_class, load_record
from grader.release.release import release, verify
from grader.weave import notebook
from grader.weave.student_version import student_version
from grader.weave.weave import weave_committed
from tests.fixtures import toy

pytestmark = pytest.mark.some_chapters


def files_of(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_chapter_is_released_as_it_was_woven_and_nothing_is_printed(folder, chapter, capfd):
    result = release(folder, [chapter])
    assert result.refused == ()
    (done,) = result.released
    assert files_of(done.path) == ["01_toy.ipynb", "keys/01_toy.key", "stills/01_picture.png"]
    released = (done.path / "01_toy.ipynb").read_text().rstrip("\n") + "\n"
    assert released == notebook.to_text(student_version(weave_committed(chapter)))
    assert done.exchange is None
    assert capfd.readouterr() == ("", "")


def test_a_gradebook_is_made_that_knows_the_assignment_and_its_points(tmp_path, chapter):
    folder = create_class(tmp_path / "class")
    release(folder, [chapter])
    with Gradebook(folder.course().db_url) as book:
        assert book.find_assignment("01_toy").max_score == 10.5
        cells = {cell.name for cell in book.find_notebook("01_toy", "01_toy").grade_cells}
    assert {"test_weighted_sums", "test_q_sum", "w_why"} <= cells


def test_stock_nbgrader_makes_the_same_of_the_class_folder(folder, chapter):
    release(folder, [chapter])
    path = folder.release("01_toy") / "01_toy.ipynb"
    ours = path.read_bytes()
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "01_toy", "--force"]
    done = subprocess.run(command, cwd=folder.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == ours


def test_a_release_reaches_the_exchange(folder_with_exchange, tmp_path, chapter):
    folder = folder_with_exchange
    (done,) = release(folder, [chapter]).released
    assert done.exchange == tmp_path / "exchange"
    outbound = tmp_path / "exchange" / "pixels-to-networks" / "outbound" / "01_toy"
    assert files_of(outbound) == files_of(done.path)


def test_a_release_can_be_repeated(folder, chapter):
    (first,) = release(folder, [chapter]).released
    (second,) = release(folder, [chapter]).released
    assert second.built.hidden_key == "kept"
    assert second.path == first.path
    assert second.notes == ()


def test_nothing_of_the_hidden_key_is_released(folder, chapter):
    (done,) = release(folder, [chapter]).released
    seed = load_record(folder.key_record("01_toy")).seed
    hidden = folder.hidden_key("01_toy").read_bytes()
    for path in done.path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert hidden not in content
            assert f"{seed:x}".encode() not in content
            assert b"many rows" not in content  # a hidden case's label


def weak_chapter():
    """A chapter whose check does not tell a misconception from the reference."""
    weak = ExerciseDefinition(points=2)

    @weak.reference
    def weighted_sums(rows):
        """Weighted sum of every row."""
        return rows @ [3.0, 5.0]

    @weak.cases
    def _(rng):
        yield Case("all zeros", {"rows": rng.normal(size=(4, 2)) * 0.0})

    weak.wrong_ways("""
equal weights: Every entry has its own weight.
    return rows.sum(axis=1)
""")
    built = ChapterDefinition("01_toy", "Weak", [weak, toy.of_running_total, toy.of_counter])
    return replace(built.build(), questions=toy.chapter.build().questions)


def test_a_check_that_cannot_fail_is_not_released(folder, texts):
    result = release(folder, [weak_chapter()])
    assert result.released == ()
    (refused,) = result.refused
    text = "\n".join(refused.reasons)
    assert "01_toy: weighted_sums: misconception 'equal weights' gets full marks" in text
    assert not folder.release("01_toy").exists()


def test_slots_that_do_not_match_are_not_released(folder, chapter, texts):
    path = texts / "01_toy.md"
    path.write_text(path.read_text().replace("{question} q_half", "{question} q_halve"))
    (refused,) = release(folder, [chapter]).refused
    assert any("did you mean q_half?" in reason for reason in refused.reasons)


def test_a_leak_in_the_text_is_not_released(folder, chapter, texts):
    path = texts / "01_toy.md"
    code = "x = np.array(list(itertools.accumulate([1, 2])), dtype=np.float64)"
    leak = code.replace("[1, 2]", "numbers")
    path.write_text(path.read_text() + f"\n```{{code-cell}} ipython3\n{leak}\n```\n")
    (refused,) = release(folder, [chapter]).refused
    assert refused.reasons == ("01_toy/01_toy.ipynb: the reference body of running_total is in it",)
    assert not folder.release("01_toy").exists()


def test_a_secret_that_was_put_beside_the_notebook_is_not_released(folder, chapter):
    build(folder, [chapter])
    hidden = folder.hidden_key("01_toy").read_bytes()
    (folder.source("01_toy") / "notes.bin").write_bytes(hidden)
    (refused,) = release(folder, [chapter]).refused
    assert refused.reasons == ("01_toy/notes.bin: the hidden key of 01_toy is in it",)


def test_a_refused_chapter_does_not_stop_the_others(folder, chapter):
    import dataclasses

    other = dataclasses.replace(chapter, name="02_missing")
    result = release(folder, [other, chapter])
    assert [r.chapter for r in result.refused] == ["02_missing"], result.refused
    assert [r.chapter for r in result.released] == ["01_toy"]


def test_cells_cannot_change_under_submissions_and_the_sentence_says_so(folder, chapter, texts):
    release(folder, [chapter])
    with Gradebook(folder.course().db_url) as book:
        book.add_student("ada")
        book.add_submission("01_toy", "ada")
    import dataclasses

    path = texts / "01_toy.md"
    path.write_text(path.read_text().replace("```{question} q_half\n```\n", ""))
    questions = {k: v for k, v in chapter.questions.items() if k != "q_half"}
    (refused,) = release(folder, [dataclasses.replace(chapter, questions=questions)]).refused
    assert "there are submissions associated with it" in refused.reasons[0]


def test_verifying_is_remembered_only_for_the_same_key(folder, chapter, monkeypatch):
    build(folder, [chapter])
    assert verify(folder, chapter) == []
    calls = []

    def counted(*args, **kwargs):
        calls.append(kwargs["seeds"])
        return iter(())

    monkeypatch.setattr("grader.release.release.verify_chapter", counted)
    verify(folder, chapter)
    assert calls == []
    build(folder, [chapter], new_seed=True)
    verify(folder, chapter)
    assert calls == [(load_record(folder.key_record("01_toy")).seed,)]


def test_the_source_notebook_is_valid_for_nbgrader_and_holds_the_answers(folder, chapter):
    build(folder, [chapter])
    path = folder.source("01_toy") / "01_toy.ipynb"
    nbformat.validate(nbformat.read(path, as_version=4))
    assert "accumulate" in json.dumps(json.loads(path.read_text()))
    assert os.access(path, os.W_OK)


@pytest.fixture(autouse=True)
def _no_exchange_of_the_machine(monkeypatch, tmp_path):
    monkeypatch.setattr("grader.release.course_dir.STOCK_EXCHANGE", tmp_path / "none")
