"""Chapter 02: references against independent implementations, and the numbers of the prose."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsClassifier

from grader.keys.compile import PUBLIC_SEED, compile_exercise
from pix2net.data import load
from pix2net.data.picto10 import background_experiment
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS, to_data
from solutions.ch02_knn.chapter import chapter
from solutions.ch02_knn.cross_validate_k import cross_validate_k
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch02_knn.knn_predict import knn_predict
from solutions.ch02_knn.l2_distances import l2_distances
from solutions.ch02_knn.l2_distances_one_loop import l2_distances_one_loop
from solutions.ch02_knn.l2_distances_two_loops import l2_distances_two_loops
from solutions.ch02_knn.neighbour_agreement import neighbour_agreement

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 9)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float64, np.uint8, np.int64])
ways = pytest.mark.parametrize(
    "distances_of", [l2_distances_two_loops, l2_distances_one_loop, l2_distances]
)


def rows(rng, count, columns, dtype=np.float64):
    low = 0 if dtype == np.uint8 else -300
    drawn = rng.uniform(low, 255, size=(count, columns))
    return drawn if dtype == np.float64 else drawn.astype(dtype)


@ways
@given(seed=seeds, n=sizes, m=sizes, d=sizes, dtype=dtypes)
def test_distances_are_those_of_scipy_for_every_dtype(distances_of, seed, n, m, d, dtype):
    rng = np.random.default_rng(seed)
    X_test, X_train = rows(rng, n, d, dtype), rows(rng, m, d, dtype)
    found = distances_of(X_test, X_train)
    assert found.dtype == np.float64
    right = cdist(X_test.astype(float), X_train.astype(float))
    np.testing.assert_allclose(found, right, rtol=1e-9, atol=1e-4)


@ways
def test_distances_leave_their_inputs_alone(distances_of):
    X_test, X_train = rows(np.random.default_rng(0), 4, 6), rows(np.random.default_rng(1), 3, 6)
    before = X_test.copy(), X_train.copy()
    distances_of(X_test, X_train)
    assert np.array_equal(X_test, before[0])
    assert np.array_equal(X_train, before[1])


@given(seed=seeds, n=sizes, d=st.integers(1, 200), scale=st.sampled_from([1e-3, 1.0, 255.0, 1e6]))
def test_a_row_is_at_no_distance_from_itself_and_never_nan(seed, n, d, scale):
    X = scale * (1 + np.random.default_rng(seed).random((n, d)))
    found = l2_distances(X, X.copy())
    assert np.isfinite(found).all()
    longest = np.linalg.norm(X, axis=1).max()
    np.testing.assert_allclose(np.diagonal(found), 0, atol=1e-6 * longest)


def majority(labels):
    """The smallest of the labels that occur most often, by counting them in a dictionary."""
    counts = Counter(labels)
    return min(label for label, count in counts.items() if count == max(counts.values()))


@given(seed=seeds, n=sizes, m=st.integers(1, 12), num_classes=st.integers(1, 5), data=st.data())
def test_votes_are_those_of_a_plain_count(seed, n, m, num_classes, data):
    rng = np.random.default_rng(seed)
    k = data.draw(st.integers(1, m))
    distances, y_train = rng.random((n, m)), rng.integers(0, num_classes, m)
    plain = [
        majority([int(label) for _, label in sorted(zip(row, y_train, strict=True))[:k]])
        for row in distances.tolist()
    ]
    assert knn_predict(distances, y_train, k).tolist() == plain


@pytest.mark.parametrize("k", [1, 2, 4, 9])
def test_labels_are_those_of_scikit_learn(k):
    rng = np.random.default_rng(k)
    X_train, X_test, y_train = rng.normal(size=(80, 3)), rng.normal(size=(40, 3)), np.arange(80) % 4
    theirs = KNeighborsClassifier(k, algorithm="brute").fit(X_train, y_train).predict(X_test)
    ours = knn_predict(l2_distances(X_test, X_train), y_train, k)
    assert np.array_equal(ours, theirs)


@given(seed=seeds, sizes=st.lists(st.integers(1, 9), min_size=2, max_size=20), data=st.data())
def test_groups_are_dealt_out_whole_from_the_largest_to_the_smallest(seed, sizes, data):
    rng = np.random.default_rng(seed)
    num_folds = data.draw(st.integers(1, len(sizes) - 1))
    numbers = rng.choice(np.arange(-99, 99), len(sizes), replace=False)
    groups = rng.permutation(np.repeat(numbers, sizes))
    folds = [[] for _ in range(num_folds)]
    for group, _ in sorted(Counter(groups.tolist()).items(), key=lambda pair: (-pair[1], pair[0])):
        min(folds, key=len).extend([group] * int((groups == group).sum()))
    found = grouped_folds(groups, num_folds)
    assert np.issubdtype(found.dtype, np.integer)
    for number, fold in enumerate(folds):
        assert sorted(groups[found == number].tolist()) == sorted(fold)


def test_of_the_courses_own_images_every_fold_has_nearly_as_many():
    d = load("picto10")
    folds = grouped_folds(d.group_train, 5)
    assert np.ptp(np.bincount(folds)) <= 20
    for fold in range(5):
        held = folds == fold
        assert not set(d.group_train[held]) & set(d.group_train[~held])
        assert set(d.y_train[held]) == set(range(10))


@settings(deadline=None, max_examples=25)  # scikit-learn takes its time over small problems
@given(seed=seeds, count=st.integers(12, 40), num_folds=st.integers(2, 6))
def test_cross_validation_is_that_of_scikit_learn(seed, count, num_folds):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(count, 3)), rng.integers(0, 3, count)
    found = cross_validate_k(X, y, [1, 4], num_folds)
    for k in (1, 4):
        theirs = [
            KNeighborsClassifier(k, algorithm="brute").fit(X[rest], y[rest]).score(X[fold], y[fold])
            for rest, fold in KFold(num_folds).split(X)
        ]
        np.testing.assert_allclose(found[k], theirs)
        assert all(type(accuracy) is float for accuracy in found[k])


@given(seed=seeds, n=sizes, m=sizes)
def test_agreement_is_counted_row_by_row(seed, n, m):
    rng = np.random.default_rng(seed)
    distances = rng.random((n, m))
    test_attribute, train_attribute = rng.integers(0, 3, n), rng.integers(0, 3, m)
    agree = 0
    for row, attribute in zip(distances.tolist(), test_attribute, strict=True):
        agree += train_attribute[row.index(min(row))] == attribute
    found = neighbour_agreement(distances, test_attribute, train_attribute)
    assert found == pytest.approx(agree / n)


def test_agreement_with_the_class_is_the_accuracy_of_one_neighbour():
    rng = np.random.default_rng(0)
    distances, y_train, y_test = rng.random((30, 20)), np.arange(20) % 3, np.arange(30) % 3
    accuracy = np.mean(knn_predict(distances, y_train, 1) == y_test)
    assert neighbour_agreement(distances, y_test, y_train) == pytest.approx(accuracy)


# --- the numbers of the prose ---------------------------------------------------------------------


@ways
def test_the_pixel_of_the_first_table_is_26_away(distances_of):
    a, b = np.array([[200, 10, 30]], np.uint8), np.array([[190, 10, 54]], np.uint8)
    assert distances_of(a, b) == pytest.approx(26)


def test_bytes_wrap_around_as_the_prose_says():
    a, b = np.array([200, 10, 30], np.uint8), np.array([190, 10, 54], np.uint8)
    assert (a - b).tolist() == [10, 0, 232]
    assert ((a - b) ** 2).tolist() == [100, 0, 64]
    assert ((a - b) ** 2).sum() == 164
    question = chapter.build().questions["q_uint8_difference"]
    assert np.array([30], np.uint8) - np.array([200], np.uint8) == question.answer


@ways
def test_the_three_terms_of_the_worked_example(distances_of):
    A, B = np.array([[1, 2], [3, 1]]), np.array([[4, 6], [1, 2], [3, 0]])
    assert (A**2).sum(axis=1).tolist() == [5, 10]
    assert (A @ B.T).tolist() == [[16, 5, 3], [18, 5, 9]]
    assert (B**2).sum(axis=1).tolist() == [52, 5, 9]
    np.testing.assert_allclose(distances_of(A, B) ** 2, [[25, 0, 8], [26, 5, 1]], atol=1e-12)
    assert distances_of(A, B).round(2).tolist() == [[5, 0, 2.83], [5.1, 2.24, 1]]


def test_three_digits_give_a_squared_distance_below_zero():
    def kept(number):
        return float(f"{number:.3g}")

    forwards = kept(kept(100 + 0.36) + 0.36)
    backwards = kept(100 + kept(0.36 + 0.36))
    assert (forwards, backwards) == (100, 101)
    assert forwards - 2 * backwards + forwards == -2


def test_the_array_of_all_differences_would_need_123_gigabytes():
    numbers = 1_000 * 5_000 * 3_072
    assert numbers == 15_360_000_000
    assert round(8 * numbers / 1e9) == 123


def test_the_vote_by_hand():
    points = np.array([[3.0, 4.0], [5.0, 3.0], [3.0, 0.0], [-1.0, 3.0], [6.0, 7.0], [3.0, 9.0]])
    labels = np.array([2, 1, 1, 2, 0, 0])
    distances = l2_distances(np.array([[3.0, 3.0]]), points)
    np.testing.assert_allclose(distances, [[1, 2, 3, 4, 5, 6]])
    winners = [int(knn_predict(distances, labels, k)[0]) for k in range(1, 7)]
    assert winners == [2, 1, 1, 1, 1, 0]


def test_the_agreement_by_hand():
    distances = np.array([[5, 9, 3, 7], [8, 4, 6, 5], [2, 7, 4, 9]])
    cat, dog, grass, sand = 0, 1, 0, 1
    by_class = neighbour_agreement(
        distances, np.array([cat, dog, dog]), np.array([cat, dog, dog, cat])
    )
    by_background = neighbour_agreement(
        distances, np.array([grass, sand, grass]), np.array([grass, sand, grass, sand])
    )
    assert by_class == pytest.approx(1 / 3)
    assert by_background == 1


def ten_pixels(subject, background, subject_pixels=3):
    return np.array([subject] * subject_pixels + [background] * (10 - subject_pixels), np.uint8)


def test_the_ten_pixel_pictures():
    cat, dog, grass, sand = 200, 50, 80, 180
    here = ten_pixels(cat, grass)[None]
    others = np.stack([ten_pixels(cat, sand), ten_pixels(dog, grass)])
    assert l2_distances(here, others).round(1).tolist() == [[264.6, 259.8]]

    def cat_is_nearer(n):
        pictures = np.stack([ten_pixels(cat, sand, n), ten_pixels(dog, grass, n)])
        return l2_distances(ten_pixels(cat, grass, n)[None], pictures).argmin() == 0

    smallest = next(n for n in range(11) if cat_is_nearer(n))
    assert smallest == chapter.build().questions["q_subject_pixels"].answer


def test_the_opening_picture_is_what_the_text_says():
    text = (Path(__file__).parents[2] / "course" / "02_knn.md").read_text(encoding="utf-8")
    asked, a, b, c = map(
        int, re.search(r"asked, candidates = (\d+), \[(\d+), (\d+), (\d+)\]", text).groups()
    )
    s = background_experiment()
    cat, dog, truck = (s.class_names.index(name) for name in ("cat", "dog", "truck"))
    assert s.y_test[asked] == cat
    assert s.y_train[[a, b, c]].tolist() == [dog, cat, truck]
    assert s.background_test[asked] == s.background_train[c]
    distances = l2_distances(s.X_test[[asked]].reshape(1, -1), s.X_train[[a, b, c]].reshape(3, -1))
    assert np.argsort(distances[0]).tolist() == [2, 0, 1]


def test_with_swapped_backgrounds_the_neighbours_follow_the_background():
    s = background_experiment()
    distances = l2_distances(
        s.X_test.reshape(len(s.X_test), -1), s.X_train.reshape(len(s.X_train), -1)
    )
    same_class = neighbour_agreement(distances, s.y_test, s.y_train)
    same_background = neighbour_agreement(distances, s.background_test, s.background_train)
    assert same_background >= 3 * same_class


# --- what the experiment on folds claims ----------------------------------------------------------


@pytest.fixture(scope="module")
def squares():
    """Squared distances among the training images, less what changes no order; and the images."""
    d = load("picto10")
    X = (d.X_train.reshape(len(d.X_train), -1) / 255).astype(np.float32)
    return d, (X**2).sum(axis=1) - 2 * X @ X.T


def right_with(squares, asked, known):
    """How often the nearest one is right, and a vote of the nearest twelve."""
    d, within = squares
    distances = within[np.ix_(asked, known)]
    near = np.argpartition(distances, 12, axis=1)[:, :12]
    order = np.argsort(np.take_along_axis(distances, near, axis=1), axis=1)
    labels = d.y_train[known][np.take_along_axis(near, order, axis=1)]
    votes = [(labels[:, :k, None] == np.arange(10)).sum(axis=1).argmax(axis=1) for k in (1, 12)]
    return np.array([np.mean(vote == d.y_train[asked]) for vote in votes])


def promised(squares, rows):
    """The same, as the mean over five folds of rows, cut in their order."""
    parts = np.array_split(rows, 5)
    pairs = [(part, np.setdiff1d(rows, part)) for part in parts]
    return np.mean([right_with(squares, part, rest) for part, rest in pairs], axis=0)


@pytest.mark.parametrize("fifth", range(5))
def test_random_folds_promise_too_much_and_folds_by_drawing_do_not(squares, fifth):
    d = squares[0]
    held = np.isin(d.group_train, np.unique(d.group_train)[fifth::5])
    known, asked = np.flatnonzero(~held), np.flatnonzero(held)
    folds = grouped_folds(d.group_train[known], 5)
    size = np.bincount(folds).min()
    by_drawing = np.concatenate([known[folds == fold][:size] for fold in range(5)])
    at_random = np.random.default_rng(0).permutation(by_drawing)
    few, more = promised(squares, at_random)
    few_by_drawing, more_by_drawing = promised(squares, by_drawing)
    assert 0.30 < few < 0.36
    assert 0.20 < few_by_drawing <= more_by_drawing < 0.27
    assert more - few < more_by_drawing - few_by_drawing  # by drawing, more neighbours look better
    found = right_with(squares, asked, known)
    assert 0.22 < found[0] < found[1] < 0.31
    assert 0.005 < found[1] - found[0] < 0.045


def test_the_drawings_by_hand_make_two_folds_of_eight():
    groups = np.repeat([0, 1, 2, 3, 4], [5, 4, 3, 3, 1])
    folds = grouped_folds(groups, 2)
    assert [int(folds[groups == g][0]) for g in range(5)] == [0, 1, 1, 0, 1]
    assert np.bincount(folds).tolist() == [8, 8]


# --- the checks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(chapter.build().exercises))
def test_the_public_key_of_an_exercise_stays_small(name):
    built = chapter.build()
    key = compile_exercise(built.exercises[name], built, PUBLIC_SEED, hidden=False)
    assert len(codec.dumps(to_data(key), KEY_LIMITS)) < 300_000
