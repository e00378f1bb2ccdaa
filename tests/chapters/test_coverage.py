"""docs/coverage.md holds: what it names is in the chapters, what is in them it names."""

import re

import pytest

from grader.exercises.model import Exercise
from grader.exercises.registry import chapters
from grader.weave import catalogs, layout

# The exercises whose names, signatures and meanings are fixed, by chapter.
OF_THE_NOTES = {
    "00_workflow": "train_test_split color_histogram nearest_centroid_fit nearest_centroid_predict "
    "accuracy confusion_matrix",
    "01_images": "describe crop flip_horizontal to_grayscale change_brightness occlude composite "
    "images_to_rows",
    "02_knn": "l2_distances_two_loops l2_distances_one_loop l2_distances knn_predict "
    "grouped_folds cross_validate_k neighbour_agreement",
    "03_scores": "linear_scores predict_labels append_ones fold_bias class_templates "
    "decision_boundary",
    "04_svm": "hinge_loss l2_penalty svm_loss_naive svm_loss numerical_gradient relative_error "
    "sgd_step",
    "05_softmax": "softmax cross_entropy softmax_loss_naive softmax_loss sample_batch "
    "train_linear_classifier",
    "06_gates": "AddGate MultiplyGate MaxGate SigmoidGate backprop_example sigmoid_neuron Value",
    "07_mlp": "sigmoid_forward sigmoid_backward relu_forward relu_backward affine_forward "
    "affine_backward softmax_cross_entropy two_layer_loss MLP train",
    "08_preprocessing": "fit_standardizer standardize min_max_scale fit_pca pca_whiten",
    "09_initialization": "init_weights activation_statistics count_distinct_units",
    "10_regularization": "dropout_forward dropout_backward DropoutMLP step_decay cosine_decay "
    "early_stopping_epoch",
    "11_capstone": "build_classifier report_on_run",
}
# Part two, which the study notes do not know.
PART_TWO = {
    "12_optimizers": "momentum_step rmsprop_step adam_step Adam",
    "13_normalization": "batchnorm_forward batchnorm_backward layernorm_forward layernorm_backward",
    "14_convolution": "conv_output_size conv_forward_naive conv_forward conv_backward "
    "max_pool_forward max_pool_backward ConvNet",
    "15_frameworks": "unbroadcast Tensor tensor_mlp_loss",
}
FIXED = OF_THE_NOTES | PART_TWO
WRITTEN = {"report_on_run"}  # an exercise of FIXED that is a question, graded by a person
BETWEEN = " · "
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(r"```\{(?:exercise|question)\} (\w+)")

TEXT = (layout.ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")


def table(title):
    """The rows of the table under a heading of docs/coverage.md, without its head."""
    return cells(TEXT.split(f"## {title}\n")[1].split("\n## ")[0])[2:]


def cells(text):
    """The rows of all tables in a text, their heads among them."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names_in(cell):
    return re.findall(r"`(\w+)`", cell)


def sections(chapter):
    """Heading -> the tasks whose slots stand under it, in the order of a chapter's text."""
    path = layout.text_path(chapter)
    assert path.is_file(), f"the chapter {chapter} has no text"
    found, heading, fenced = {}, "", False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("```"):
            slot = SLOT.match(line)
            if slot:
                found[heading].append(slot[1])
            fenced = not fenced
        elif not fenced and re.match(r"#+ ", line):
            heading = line.lstrip("#").strip()
            found.setdefault(heading, [])
    return found


def headings_in(language, chapter):
    """Heading -> the same in a language, as the chapter's catalog has it."""
    say = catalogs.say_in(language, chapter)
    text = layout.text_path(chapter).read_text(encoding="utf-8")
    return {
        line.lstrip("# "): say(line).lstrip("# ") for line in re.findall(r"^#+ .+$", text, re.M)
    }


def exercises_of(chapter):
    """The exercises of a chapter, those that are questions answered in words among them."""
    tasks = chapters()[chapter].tasks
    return {n for n, task in tasks.items() if isinstance(task, Exercise)} | (WRITTEN & set(tasks))


OF_PART_ONE = [row for row in table("The study notes, statement by statement") if row[1]]
OF_PART_TWO = [row for row in table("Part two: what came after the notes") if row[1]]
STATEMENTS = OF_PART_ONE + OF_PART_TWO
EXERCISES = table("Exercise by exercise")


def test_the_course_has_the_chapters_that_the_fixed_exercises_need():
    assert list(chapters()) == list(FIXED)


@pytest.mark.parametrize("chapter", FIXED)
def test_every_fixed_exercise_is_in_its_chapter(chapter):
    tasks = chapters()[chapter].tasks
    assert set(FIXED[chapter].split()) <= exercises_of(chapter)
    assert all(tasks[name].kind == "written" for name in WRITTEN & set(tasks))


@pytest.mark.parametrize("chapter", FIXED)
def test_the_last_table_says_where_each_exercise_stands(chapter):
    told = [row for row in EXERCISES if names_in(row[1]) == [chapter]]
    stands = [
        [f"`{task}`", f"`{chapter}`", heading]
        for heading, tasks in sections(chapter).items()
        for task in tasks
        if task in exercises_of(chapter)
    ]
    assert told == stands


def test_the_last_table_names_no_other_chapter_and_every_exercise_once():
    told = [name for row in EXERCISES for name in names_in(row[0])]
    assert len(told) == len(EXERCISES)
    assert sorted(told) == sorted(name for chapter in FIXED for name in exercises_of(chapter))


@pytest.mark.parametrize("row", STATEMENTS, ids=[row[0][:60] for row in STATEMENTS])
def test_a_statement_is_where_its_table_says(row):
    statement, words, chapter, where, exercises = row
    assert statement
    assert CHINESE.search(words) or words == "LR"  # which the notes write in Latin letters
    [name] = names_in(chapter)
    headings = sections(name)
    named = where.split(BETWEEN)
    assert set(named) <= set(headings), f"{name} has the headings {list(headings)}"
    assert len(set(named)) == len(named)
    practised = names_in(exercises)
    assert exercises == (BETWEEN.join(f"`{task}`" for task in practised) or "–")
    assert set(practised) <= {task for tasks in headings.values() for task in tasks}
    assert set(practised) <= exercises_of(name)


@pytest.mark.parametrize(("rows", "fixed"), [(OF_PART_ONE, OF_THE_NOTES), (OF_PART_TWO, PART_TWO)])
def test_every_chapter_teaches_a_statement_and_every_fixed_exercise_practises_one(rows, fixed):
    assert {name for row in rows for name in names_in(row[2])} == set(fixed)
    practised = {name for row in rows for name in names_in(row[4])}
    assert {name for names in fixed.values() for name in names.split()} <= practised


def test_the_readme_lists_every_chapter_in_its_order():
    readme = (layout.ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\(course/notebooks/(\w+)\.ipynb\)", readme) == list(chapters())


def test_no_statement_is_told_twice():
    told = [(row[0], row[2]) for row in STATEMENTS]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "language", [x for x in catalogs.languages() if catalogs.begun(x, "coverage")]
)
def test_a_translation_tells_the_same_under_the_headings_of_its_chapters(language):
    twin = (layout.ROOT / "docs" / f"coverage.{language}.md").read_text(encoding="utf-8")
    for one, two in zip(cells(TEXT), cells(twin), strict=True):
        named = [n for n, cell in enumerate(one) if cell.strip("`") in FIXED]
        if not named or two == one:  # a head, or a row that reads English until it is translated
            assert len(two) == len(one)
            continue
        [at] = named
        headings = headings_in(language, one[at].strip("`"))
        where = BETWEEN.join(headings[heading] for heading in one[at + 1].split(BETWEEN))
        # Only a statement is said anew: the notes' words, chapter and exercises stay.
        said = [two[0], *one[1:]] if at == 2 else list(one)
        said[at + 1] = where
        assert two == said
