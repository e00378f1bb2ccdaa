"""Chapter 00: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score
from sklearn.metrics import confusion_matrix as confusion_matrix_of_scikit_learn
from sklearn.neighbors import NearestCentroid

from grader.weave import layout
from pix2net.data import load
from solutions.ch00_workflow.accuracy import accuracy
from solutions.ch00_workflow.chapter import chapter
from solutions.ch00_workflow.color_histogram import color_histogram
from solutions.ch00_workflow.confusion_matrix import confusion_matrix
from solutions.ch00_workflow.nearest_centroid_fit import nearest_centroid_fit
from solutions.ch00_workflow.nearest_centroid_predict import nearest_centroid_predict
from solutions.ch00_workflow.train_test_split import train_test_split
from solutions.ch02_knn.grouped_folds import grouped_folds

pytestmark = pytest.mark.some_chapters

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.integers(1, 60), st.floats(0, 1))
def test_a_split_has_every_row_once_with_its_label(seed, n, fraction):
    X, y = np.arange(2.0 * n).reshape(n, 2), 7 * np.arange(n)
    X_train, y_train, X_test, y_test = train_test_split(X, y, fraction, np.random.default_rng(seed))
    assert len(X_test) == len(y_test) == round(n * fraction)
    rows = np.concatenate([X_train, X_test])
    assert np.array_equal(rows[np.argsort(rows[:, 0])], X)
    assert np.array_equal(np.concatenate([y_train, y_test]), 7 * rows[:, 0] / 2)


def test_a_split_depends_on_the_seed_and_on_nothing_else():
    X, y = np.arange(100.0)[:, None], np.arange(100)
    one, same, other = (
        train_test_split(X, y, 0.3, np.random.default_rng(seed))[3] for seed in (5, 5, 6)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(y, np.arange(100))


@settings(deadline=None)
@given(seeds, st.integers(1, 4), st.sampled_from([1, 2, 3, 5, 8, 16, 256]))
def test_histograms_are_those_of_numpy(seed, n, bins):
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, size=(n, 5, 7, 3), dtype=np.uint8)
    found = color_histogram(images, bins)
    theirs = [
        np.histogram(image[:, :, c], bins=bins, range=(0, 256))[0] / 35
        for image in images
        for c in range(3)
    ]
    np.testing.assert_allclose(found, np.reshape(theirs, (n, 3 * bins)))
    np.testing.assert_allclose(found.reshape(n, 3, bins).sum(axis=2), 1)


@settings(deadline=None)
@given(seeds, st.integers(2, 6), st.integers(1, 5))
def test_centroids_and_predictions_are_those_of_scikit_learn(seed, c, d):
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(30) % c)
    X, asked = rng.normal(size=(30, d)) + y[:, None], rng.normal(size=(20, d))
    theirs = NearestCentroid().fit(X, y)
    centroids = nearest_centroid_fit(X, y, c)
    np.testing.assert_allclose(centroids, theirs.centroids_)
    assert np.array_equal(nearest_centroid_predict(centroids, asked), theirs.predict(asked))


def test_the_smallest_label_wins_a_tie():
    centroids = np.array([[5.0, 5.0], [1.0, 0.0], [-1.0, 0.0], [1.0, 0.0]])
    asked = np.array([[0.0, 0.0], [2.0, 0.0]])
    assert nearest_centroid_predict(centroids, asked).tolist() == [1, 1]


@given(seeds, st.integers(2, 50), st.integers(2, 6))
def test_accuracy_and_confusion_are_those_of_scikit_learn(seed, n, c):
    y_pred, y_true = np.random.default_rng(seed).integers(0, c, size=(2, n))
    y_pred[0], y_true[0] = 0, 1  # scikit-learn warns about a single label
    assert accuracy(y_pred, y_true) == pytest.approx(accuracy_score(y_true, y_pred))
    table = confusion_matrix(y_pred, y_true, c)
    theirs = confusion_matrix_of_scikit_learn(y_true, y_pred, labels=range(c))
    assert np.array_equal(table, theirs)
    assert np.trace(table) / n == pytest.approx(accuracy(y_pred, y_true))


# --- the numbers of the prose ---------------------------------------------------------------------


def text():
    return layout.text_path(chapter.name).read_text(encoding="utf-8")


def test_the_split_by_hand():
    y, order, num_test = np.array([0, 0, 1, 1, 2]), np.array([3, 0, 4, 2, 1]), round(5 * 0.4)
    assert num_test == 2
    assert y[order[:num_test]].tolist() == [1, 0]
    assert y[order[num_test:]].tolist() == [2, 1, 0]


def test_the_histogram_by_hand():
    pixels = [[10, 200, 70], [60, 210, 90], [130, 220, 100], [250, 255, 120]]
    image = np.array(pixels, dtype=np.uint8).reshape(1, 2, 2, 3)
    by_hand = [0.5, 0, 0.25, 0.25, 0, 0, 0, 1, 0, 1, 0, 0]
    assert color_histogram(image, 4).tolist() == [by_hand]
    assert f"{130 * 4 / 256:.2f}" == "2.03"


def test_the_centroids_by_hand():
    X = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0], [6.0, 4.0], [8.0, 6.0]])
    centroids = nearest_centroid_fit(X, np.array([0, 0, 0, 1, 1]), 2)
    assert centroids.tolist() == [[2, 2], [7, 5]]
    distances = np.linalg.norm([4, 4] - centroids, axis=1)
    assert distances.round(2).tolist() == [2.83, 3.16]
    assert nearest_centroid_predict(centroids, np.array([[4.0, 4.0]])).tolist() == [0]


def test_the_eight_animals():
    y_true, y_pred = np.array([0, 0, 0, 1, 1, 2, 2, 2]), np.array([0, 1, 1, 1, 1, 2, 0, 2])
    assert np.flatnonzero(y_true == y_pred).tolist() == [0, 3, 4, 5, 7]
    assert accuracy(y_pred, y_true) == 0.625
    assert confusion_matrix(y_pred, y_true, 3).tolist() == [[1, 2, 0], [0, 2, 0], [1, 0, 2]]


def test_the_question_about_a_matrix():
    table = np.array([[8, 1, 1], [2, 5, 3], [0, 4, 6]])
    y_true, y_pred = (np.repeat(axis, table.ravel()) for axis in np.indices((3, 3)).reshape(2, -1))
    assert np.array_equal(confusion_matrix(y_pred, y_true, 3), table)
    question = chapter.build().questions["q_read_matrix"]
    assert abs(accuracy(y_pred, y_true) - question.answer) <= question.tolerance
    assert abs(0.633 - question.answer) <= question.tolerance


def test_a_detection_is_five_numbers():
    detections = [[0, 10, 20, 30, 40]] * 7  # class, left, top, width, height
    question = chapter.build().questions["q_detector_shape"]
    assert question.options[question.answer] == str(np.shape(detections))


def test_a_model_that_knows_its_images_by_heart_says_nothing_about_new_ones():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(100, 3)), rng.integers(0, 10, size=100)  # labels at random
    by_heart = {tuple(row): label for row, label in zip(X, y, strict=True)}
    known = [by_heart[tuple(row)] for row in X]
    assert accuracy(np.array(known), y) == 1.0
    new = nearest_centroid_predict(nearest_centroid_fit(X, y, 10), rng.normal(size=(100, 3)))
    assert accuracy(new, rng.integers(0, 10, size=100)) < 0.3
    assert chapter.build().questions["q_why_test"].answer == "d"


# --- what the experiment claims -------------------------------------------------------------------


@pytest.fixture(scope="module")
def edges():
    """The chapter's own function for edges."""
    source = re.search(r"^def edges.*?(?=^\S(?!ef edges))", text(), re.DOTALL | re.MULTILINE)[0]
    namespace = {"np": np}
    exec(source, namespace)
    return namespace["edges"]


def split_by_drawing(d, rng):
    """Numbers of the images to learn from and of those held back, as the chapter has it."""
    drawings, first = np.unique(d.group_train, return_index=True)
    learn, _, ask, _ = train_test_split(drawings[:, None], d.y_train[first], 0.2, rng)
    return (np.flatnonzero(np.isin(d.group_train, part)) for part in (learn, ask))


@pytest.fixture(scope="module")
def sets(edges):
    """The three kinds of features."""
    images = load("picto10").X_train
    return {
        "edges": edges(images),
        "pixels": images.reshape(len(images), -1) / 255,
        "colours": color_histogram(images, 8),
    }


@pytest.fixture(scope="module")
def measured(sets):
    """Mean accuracy of each kind of features with 60 and with 240 images of each class."""
    d = load("picto10")
    found = {name: {60: [], 240: []} for name in sets}
    for seed in (1, 2, 3):
        rng = np.random.default_rng(seed)
        for _ in range(4):
            learn, ask = split_by_drawing(d, rng)
            for name, features in sets.items():
                for size in (60, 240):
                    of_class = [learn[d.y_train[learn] == c][:size] for c in range(10)]
                    rows = np.concatenate(of_class)
                    model = nearest_centroid_fit(features[rows], d.y_train[rows], 10)
                    predicted = nearest_centroid_predict(model, features[ask])
                    found[name][size].append(accuracy(predicted, d.y_train[ask]))
    return {name: {k: np.mean(v) for k, v in sizes.items()} for name, sizes in found.items()}


def test_other_features_move_the_ceiling_to_about_twice_the_height(measured):
    assert 1.8 < measured["edges"][240] / measured["colours"][240] < 2.4
    assert measured["edges"][240] / measured["pixels"][240] > 1.6
    assert measured["colours"][240] > 0.15  # better than guessing


def test_four_times_as_many_images_bring_a_few_points_at_most(measured):
    gains = [sizes[240] - sizes[60] for sizes in measured.values()]
    assert max(gains) < 0.04


def test_no_image_held_back_shows_a_drawing_that_was_learned():
    d = load("picto10")
    learn, ask = split_by_drawing(d, np.random.default_rng(11))
    assert not set(d.group_train[learn]) & set(d.group_train[ask])
    assert len(learn) + len(ask) == len(d.y_train)
    assert set(d.y_train[ask]) == set(range(10))
    assert "default_rng(11)" in text()


@pytest.fixture(scope="module")
def told(sets):
    """Answers of the nearest centroid to every image, each held back once with its drawing."""
    d = load("picto10")
    found = {name: np.empty(len(d.y_train), dtype=int) for name in sets}
    folds = grouped_folds(d.group_train, 5)
    for fold in range(5):
        held = folds == fold
        for name, features in sets.items():
            model = nearest_centroid_fit(features[~held], d.y_train[~held], 10)
            found[name][held] = nearest_centroid_predict(model, features[held])
    return found


def test_the_yardstick_is_what_the_table_says(told):
    right = {name: np.mean(found == load("picto10").y_train) for name, found in told.items()}
    assert right["edges"] == pytest.approx(0.42, abs=0.02)
    assert right["pixels"] == pytest.approx(0.24, abs=0.02)
    assert right["colours"] == pytest.approx(0.23, abs=0.02)


def test_by_colour_automobile_and_truck_get_a_twentieth_of_the_answers(told):
    names = load("picto10").class_names
    answers = np.bincount(told["colours"], minlength=10)
    wheels = [names.index(name) for name in ("automobile", "truck")]
    assert answers[wheels].sum() < 0.06 * answers.sum()


def test_by_edges_airplanes_are_taken_for_ships_and_automobiles_for_trucks(told):
    d = load("picto10")
    table = confusion_matrix(told["edges"], d.y_train, 10)
    np.fill_diagonal(table, 0)
    airplane, automobile, ship, truck = map(
        d.class_names.index, ("airplane", "automobile", "ship", "truck")
    )
    assert table[airplane].argmax() == ship
    assert table[automobile].argmax() == truck
    assert table[truck].argmax() == automobile
