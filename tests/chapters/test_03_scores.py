"""Chapter 03: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MinMaxScaler, add_dummy_feature

from grader.weave import layout
from pix2net.data import load
from solutions.ch03_scores.append_ones import append_ones
from solutions.ch03_scores.chapter import chapter
from solutions.ch03_scores.class_templates import class_templates
from solutions.ch03_scores.decision_boundary import decision_boundary
from solutions.ch03_scores.fold_bias import fold_bias
from solutions.ch03_scores.linear_scores import linear_scores
from solutions.ch03_scores.predict_labels import predict_labels

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 7)
seeds = st.integers(0, 2**32 - 1)


def drawn(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.normal(scale=3.0, size=shape) for shape in shapes]


@given(seeds, sizes, sizes, sizes)
def test_scores_are_the_sums_that_plain_python_makes(seed, n, c, d):
    X, W, b = drawn(seed, (n, d), (c, d), c)
    plain = [
        [sum(float(w) * float(x) for w, x in zip(row, example, strict=True)) + float(bias)
         for row, bias in zip(W, b, strict=True)]
        for example in X
    ]  # fmt: skip
    np.testing.assert_allclose(linear_scores(X, W, b), plain, rtol=1e-10, atol=1e-10)


def test_scores_and_labels_are_those_of_a_linear_classifier_of_scikit_learn():
    X, noise = drawn(5, (90, 4), 90)
    y = np.digitize(X[:, 0] + 0.3 * noise, [-1.0, 1.0])
    fitted = LogisticRegression().fit(X, y)
    scores = linear_scores(X, fitted.coef_, fitted.intercept_)
    np.testing.assert_allclose(scores, fitted.decision_function(X), rtol=1e-10)
    assert np.array_equal(predict_labels(scores), fitted.predict(X))


def test_pixels_as_uint8_are_scored_without_wrapping_around():
    X = np.array([[255, 255, 255]], dtype=np.uint8)
    scores = linear_scores(X, np.ones((1, 3)), np.zeros(1))
    assert scores.dtype == np.float64
    assert scores == 765.0


@given(seeds, sizes, sizes)
def test_the_label_is_the_first_class_that_no_other_outscores(seed, n, c):
    scores = np.random.default_rng(seed).integers(-2, 3, size=(n, c)).astype(float)
    plain = [list(row).index(max(row)) for row in scores.tolist()]
    assert predict_labels(scores).tolist() == plain


@given(seeds, sizes, sizes, sizes)
def test_folding_the_bias_changes_no_score(seed, n, c, d):
    X, W, b = drawn(seed, (n, d), (c, d), c)
    np.testing.assert_allclose(
        append_ones(X) @ fold_bias(W, b).T, linear_scores(X, W, b), rtol=1e-10, atol=1e-10
    )


@given(seeds, sizes, sizes)
def test_appended_ones_are_those_of_scikit_learn_at_the_other_end(seed, n, d):
    (X,) = drawn(seed, (n, d))
    np.testing.assert_array_equal(append_ones(X), np.roll(add_dummy_feature(X), -1, axis=1))


@given(seeds, sizes, st.sampled_from([(2, 3, 3), (4, 4, 3), (3, 5), (1, 2)]))
def test_templates_are_the_rows_scaled_as_scikit_learn_scales_them(seed, c, shape):
    (W,) = drawn(seed, (c, int(np.prod(shape))))
    scaled = MinMaxScaler((0, 255)).fit_transform(W.T).T
    templates = class_templates(W, shape)
    assert templates.dtype == np.uint8
    assert templates.shape == (c, *shape)
    # Not the rounded values themselves: near a half, another order of operations decides.
    assert np.abs(templates.reshape(c, -1) - scaled).max() <= 0.5 + 1e-9
    assert templates.reshape(c, -1).min(axis=1).tolist() == [0] * c
    assert templates.reshape(c, -1).max(axis=1).tolist() == [255] * c


def test_a_template_of_equal_weights_is_black():
    W = np.array([[0.1] * 12, [*range(12)]])
    templates = class_templates(W, (2, 2, 3))
    assert not templates[0].any()
    assert templates[1].max() == 255


@given(seeds, st.integers(2, 6), sizes, sizes)
def test_a_boundary_measures_by_how_much_one_class_outscores_the_other(seed, c, d, n):
    X, W, b = drawn(seed, (n, d), (c, d), c)
    i, j = np.random.default_rng(seed).choice(c, size=2, replace=False)
    normal, offset = decision_boundary(W, b, i, j)
    scores = linear_scores(X, W, b)
    np.testing.assert_allclose(X @ normal + offset, scores[:, i] - scores[:, j], atol=1e-9)


@given(seeds, st.integers(2, 5))
def test_the_nearest_point_of_a_boundary_lies_along_its_normal(seed, d):
    W, b, steps = drawn(seed, (2, d), 2, (40, d))
    normal, offset = decision_boundary(W, b, 0, 1)
    foot = -offset * normal / (normal @ normal)
    on_line = foot + steps - np.outer(steps @ normal, normal) / (normal @ normal)
    np.testing.assert_allclose(on_line @ normal + offset, 0, atol=1e-8)
    origin = np.zeros((1, d))
    assert cdist(origin, on_line).min() >= cdist(origin, foot[None]).item() - 1e-9


# The worked examples of the chapter.

X_HAND = np.array([[56.0, 231.0, 24.0, 2.0], [10.0, 0.0, 0.0, 100.0]])
W_HAND = np.array([[0.2, -0.5, 0.1, 2.0], [1.5, 1.3, 2.1, 0.0], [0.0, 0.25, 0.2, -0.3]])
B_HAND = np.array([1.1, 3.2, -1.2])
W_PLANE = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
B_PLANE = np.array([0.0, 2.0, 13.0])


def test_the_four_pixels_by_hand():
    scores = linear_scores(X_HAND, W_HAND, B_HAND)
    np.testing.assert_allclose(scores, [[-96.8, 437.9, 60.75], [203.1, 18.2, -31.2]])
    assert predict_labels(scores).tolist() == [1, 0]  # a dog, a cat


def test_the_ship_question_takes_the_score_with_its_bias_and_not_the_one_without():
    question = chapter.build().questions["q_ship_score"]
    with_bias = linear_scores(X_HAND, W_HAND, B_HAND)[0, 2]
    without = linear_scores(X_HAND, W_HAND, 0 * B_HAND)[0, 2]
    assert abs(with_bias - question.answer) <= question.tolerance
    assert without == pytest.approx(61.95)
    assert abs(without - question.answer) > question.tolerance


def test_a_black_image_scores_the_bias():
    assert linear_scores(np.zeros((1, 4)), W_HAND, B_HAND).tolist() == [B_HAND.tolist()]


def test_the_template_by_hand():
    row = np.array([[-0.2, 0.1, 0.3, 0.0]])
    assert class_templates(row, (2, 2)).ravel().tolist() == [0, 153, 255, 102]


def test_the_plane_by_hand():
    scores = linear_scores(np.array([[8.0, 1.0], [2.0, 8.0], [5.0, 3.0]]), W_PLANE, B_PLANE)
    assert scores.tolist() == [[8.0, 3.0, 4.0], [2.0, 10.0, 3.0], [5.0, 5.0, 5.0]]
    normal, offset = decision_boundary(W_PLANE, B_PLANE, 0, 1)
    assert (normal.tolist(), offset) == ([1.0, -1.0], -2.0)
    on_line = np.array([[2.0, 0.0], [5.0, 3.0], [10.0, 8.0]])
    assert (on_line @ normal + offset).tolist() == [0.0, 0.0, 0.0]
    assert normal @ [8.0, 1.0] + offset == 5.0
    assert normal @ [2.0, 8.0] + offset == -8.0


def test_two_more_of_bias_shift_the_line_by_two_over_the_length_of_its_normal():
    normal, before = decision_boundary(W_PLANE, B_PLANE, 0, 1)
    _, after = decision_boundary(W_PLANE, np.add(B_PLANE, [2.0, 0.0, 0.0]), 0, 1)
    assert after == 0.0
    assert (after - before) / np.linalg.norm(normal) == pytest.approx(1.41, abs=0.005)


CHANGES = {
    "a": lambda W, b, v: (2 * W, 2 * b),
    "b": lambda W, b, v: (W, b + 5),
    "c": lambda W, b, v: (W + v, b),
    "d": lambda W, b, v: (2 * W, b),
    "e": lambda W, b, v: (-W, -b),
}


def test_just_the_changes_that_the_question_calls_right_leave_every_prediction():
    X, W, b, v = drawn(11, (400, 6), (5, 6), 5, 6)
    before = predict_labels(linear_scores(X, W, 4 * b))
    kept = {
        letter
        for letter, change in CHANGES.items()
        if np.array_equal(predict_labels(linear_scores(X, *change(W, 4 * b, v))), before)
    }
    assert kept == set(chapter.build().questions["q_same_predictions"].answer)


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}


# --- what the game claims -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judged():
    """(red, green, bias) of truck -> mistakes and loss on the 80 images of the game."""
    d = load("picto10")
    truck, frog = d.class_names.index("truck"), d.class_names.index("frog")
    chosen = np.flatnonzero(np.isin(d.y_train, [truck, frog]))[:80]
    averages = d.X_train[chosen].mean(axis=(1, 2))[:, :2]
    side = np.where(d.y_train[chosen] == truck, 1, -1)

    def judge(red, green, bias):
        score = averages @ [red, green] + bias
        wrong = np.where(score >= 0, 1, -1) != side
        return int(wrong.sum()), float(np.maximum(0, 10 - side * score).mean())

    return judge


def test_the_game_is_not_won_where_it_starts_and_can_be_won(judged):
    assert judged(1.0, 0.0, -100.0)[0] > 20
    assert judged(0.7, -0.7, 8.0)[0] == 8


def test_over_the_bias_the_loss_is_a_valley_and_the_mistakes_a_staircase(judged):
    biases = np.arange(-60, 61)
    mistakes, losses = np.transpose([judged(1.0, -1.0, bias) for bias in biases])
    assert (mistakes[0], mistakes.min()) == (41, 7)
    assert np.any(np.diff(mistakes) == 0)
    bottom = losses.argmin()
    assert abs(biases[bottom] - 10) <= 3
    assert abs(biases[mistakes.argmin()] - biases[bottom]) <= 3
    assert (np.diff(losses[: bottom + 1]) < 0).all()
    assert (np.diff(losses[bottom:]) > 0).all()
    uphill = np.diff(mistakes[: mistakes.argmin()])
    assert (uphill > 0).any()  # on the way down, some steps of the staircase go up
