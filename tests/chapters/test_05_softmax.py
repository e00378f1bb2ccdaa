"""Chapter 05: references against independent implementations, and the numbers of the prose."""

import re

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import value_and_grad
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_softmax
from scipy.special import softmax as scipy_softmax
from scipy.stats import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from grader.weave import layout
from pix2net.data import load
from pix2net.data.features import edges
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch05_softmax.chapter import chapter
from solutions.ch05_softmax.cross_entropy import cross_entropy
from solutions.ch05_softmax.sample_batch import sample_batch
from solutions.ch05_softmax.softmax import softmax
from solutions.ch05_softmax.softmax_loss import softmax_loss
from solutions.ch05_softmax.softmax_loss_naive import softmax_loss_naive
from solutions.ch05_softmax.train_linear_classifier import train_linear_classifier

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 7)
seeds = st.integers(0, 2**32 - 1)
heights = st.sampled_from([-1000.0, -20.0, 0.0, 1.0, 1000.0])
both = pytest.mark.parametrize("loss_of", [softmax_loss_naive, softmax_loss])


def drawn(seed, n, c, d):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(c, d)), rng.normal(size=(n, d)), rng.integers(0, c, n)


@given(seeds, sizes, sizes, st.sampled_from([1e-3, 1.0, 30.0, 1e5]), heights)
def test_probabilities_are_those_of_scipy(seed, n, c, scale, height):
    scores = height + scale * np.random.default_rng(seed).normal(size=(n, c))
    before = scores.copy()
    found = softmax(scores)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, scipy_softmax(before, axis=1), rtol=1e-9, atol=1e-300)
    assert np.array_equal(scores, before)


@given(seeds, sizes, st.integers(2, 7))
def test_cross_entropy_is_the_log_loss_of_scikit_learn(seed, n, c):
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.full(c, 2.0), size=n) * 0.98 + 0.02 / c
    y = rng.integers(0, c, n)
    assert cross_entropy(P, y) == pytest.approx(log_loss(y, P, labels=range(c)))


@both
@given(seeds, sizes, sizes, sizes, st.sampled_from([0.0, 0.1, 3.0]))
def test_loss_and_gradient_are_those_of_autograd(loss_of, seed, n, c, d, reg):
    W, X, y = drawn(seed, n, c, d)

    def formula(W):
        scores = anp.dot(X, W.T)
        rivals = anp.log(anp.sum(anp.exp(scores), axis=1))
        return anp.mean(rivals - scores[np.arange(n), y]) + reg * anp.sum(W**2)

    loss, dW = value_and_grad(formula)(W)
    found, slopes = loss_of(W, X, y, reg)
    assert found == pytest.approx(loss, rel=1e-9)
    assert slopes.shape == W.shape
    np.testing.assert_allclose(slopes, dW, rtol=1e-7, atol=1e-10)


@both
@given(seeds, sizes, st.integers(2, 6), st.sampled_from([1000.0, -1000.0]))
def test_the_loss_of_scores_near_1000_is_that_of_scipy(loss_of, seed, n, c, height):
    W, X, y = drawn(seed, n, c, 3)
    W[:, 0], X[:, 0] = 1.0, height
    loss, dW = loss_of(W, X, y, 0.0)
    assert loss == pytest.approx(-log_softmax(X @ W.T, axis=1)[np.arange(n), y].mean(), abs=1e-9)
    assert np.isfinite(dW).all()


@both
def test_scores_of_one_row_may_be_700_apart(loss_of):
    W, X = np.array([[0.0], [350.0]]), np.array([[1.0], [-1.0], [2.0]])
    loss, dW = loss_of(W, X, np.array([0, 1, 0]), 0.0)
    assert loss == pytest.approx((350 + 350 + 700) / 3)
    np.testing.assert_allclose(dW, [[-4 / 3], [4 / 3]])


@both
def test_the_gradient_is_zero_where_scikit_learn_finds_the_best_weights(loss_of):
    W, X, _ = drawn(3, 60, 4, 5)
    y = np.argmax(X @ W.T + np.random.default_rng(0).gumbel(size=(60, 4)), axis=1)
    # Its objective is the sum of the losses plus half the squares over C.
    best = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-10, max_iter=2000).fit(X, y)
    _, dW = loss_of(best.coef_, X, y, 0.5 / 60)
    assert np.abs(dW).max() < 1e-6


@given(seeds, st.integers(1, 30), st.integers(1, 40))
def test_a_batch_holds_rows_with_their_labels_and_comes_from_the_generator(seed, n, size):
    X = np.arange(n)[:, None] * np.array([1.0, -3.0])
    y = 7 * np.arange(n)
    X_batch, y_batch = sample_batch(X, y, size, np.random.default_rng(seed))
    assert X_batch.shape == (size, 2)
    assert np.array_equal(7 * X_batch[:, 0], y_batch)
    again = sample_batch(X, y, size, np.random.default_rng(seed))
    assert np.array_equal(again[1], y_batch)


def test_every_row_is_drawn_equally_often():
    y = np.arange(20)
    _, drawn_rows = sample_batch(y[:, None], y, 20_000, np.random.default_rng(1))
    counts = np.bincount(drawn_rows, minlength=20)
    assert chi2.sf(((counts - 1000) ** 2 / 1000).sum(), df=19) > 1e-4


def test_training_finds_the_weights_of_scikit_learn_where_batches_are_large():
    W, X, _ = drawn(8, 150, 3, 4)
    y = np.argmax(X @ W.T + np.random.default_rng(0).gumbel(size=(150, 3)), axis=1)
    best = LogisticRegression(C=1 / (2 * 150 * 0.05), fit_intercept=False, tol=1e-9).fit(X, y)
    found, losses = train_linear_classifier(
        softmax_loss, X, y, 3, learning_rate=0.1, reg=0.05, num_steps=300, batch_size=4000,
        rng=np.random.default_rng(5),
    )  # fmt: skip
    assert len(losses) == 300
    assert losses[0] == pytest.approx(np.log(3))
    np.testing.assert_allclose(found, best.coef_, atol=0.05)


# --- the numbers of the prose ---------------------------------------------------------------------

TABLE = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
W_HAND = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
X_HAND, Y_HAND = np.array([[1.0, 2.0], [2.0, -1.0]]), np.array([0, 2])


def question(name):
    return chapter.build().questions[name]


def test_the_cat_by_hand():
    powers = np.exp(TABLE[0])
    assert powers[:2].round(1).tolist() == [24.5, 164.0]
    assert powers[2] == pytest.approx(0.18, abs=0.005)
    assert powers.sum() == pytest.approx(188.7, abs=0.05)
    assert softmax(TABLE[:1]).round(2).tolist() == [[0.13, 0.87, 0.0]]
    assert softmax(TABLE[:1])[0, 2] == pytest.approx(0.00097, abs=5e-6)
    assert np.exp(1.9) == pytest.approx(6.7, abs=0.05)
    assert np.exp(TABLE[0] - 5.1).round(3).tolist() == [0.150, 1.0, 0.001]
    assert np.exp(TABLE[0] - 5.1).sum() == pytest.approx(1.151, abs=5e-4)


def test_the_cat_loses_2_04_by_the_natural_logarithm_and_0_89_by_the_other():
    loss = cross_entropy(softmax(TABLE[:1]), np.array([0]))
    assert loss == pytest.approx(2.04, abs=0.005)
    assert loss / np.log(10) == pytest.approx(0.89, abs=0.005)
    assert np.log(10) == pytest.approx(2.303, abs=5e-4)


def test_the_three_images_of_notebook_04():
    P = softmax(TABLE)
    assert np.exp(TABLE).sum(axis=1).round(1).tolist() == [188.7, 145.3, 21.3]
    assert np.diag(P).round(4).tolist() == [0.13, 0.9239, 0.0021]
    assert (-np.log(np.diag(P))).round(2).tolist() == [2.04, 0.08, 6.16]
    assert cross_entropy(P, np.arange(3)) == pytest.approx(2.76, abs=0.005)


def test_the_largest_power_that_a_float_holds():
    with np.errstate(over="ignore", under="ignore"):
        assert np.isfinite(np.exp(709.7))
        assert np.isinf(np.exp(709.8))
        assert np.isinf(np.exp(2 * (437.9 - 3.2)))  # the dog of notebook 03, twice as bright
        assert np.exp(-1000.0) == 0
    assert softmax(np.array([[1000.0, 999.0]])).round(2).tolist() == [[0.73, 0.27]]


@both
def test_the_two_images_by_hand(loss_of):
    P = softmax(X_HAND @ W_HAND.T)
    assert P.round(4).tolist() == [[0.09, 0.2447, 0.6652], [0.7054, 0.0351, 0.2595]]
    assert (-np.log(P[[0, 1], Y_HAND])).round(3).tolist() == [2.408, 1.349]
    slopes = P - np.eye(3)[Y_HAND]
    together = slopes.T @ X_HAND
    assert together.round(3).tolist() == [[0.501, -2.525], [0.315, 0.454], [-0.816, 2.071]]
    loss, dW = loss_of(W_HAND, X_HAND, Y_HAND, 0.1)
    assert loss == pytest.approx(2.278, abs=5e-4)
    assert dW.round(2).tolist() == [[0.45, -1.26], [0.16, 0.43], [-0.21, 1.24]]


def test_raising_the_cat_to_7_8_brings_its_loss_below_a_tenth_and_raising_all_changes_nothing():
    assert cross_entropy(softmax(np.array([[7.8, 5.1, -1.7]])), np.array([0])) < 0.1
    np.testing.assert_allclose(softmax(TABLE + 2), softmax(TABLE))


def test_the_slope_of_the_car_is_what_the_question_says():
    asked = question("q_slope")
    rise = np.diff([cross_entropy(softmax(np.array([[3.2, car, -1.7]])), np.array([0]))
                    for car in (5.1, 5.2)]).item()  # fmt: skip
    by_slope = softmax(TABLE[:1])[0, 1] * 0.1
    assert abs(rise - asked.answer) <= asked.tolerance
    assert abs(by_slope - asked.answer) <= asked.tolerance
    assert abs(0.09 - asked.answer) <= asked.tolerance
    assert abs(softmax(TABLE[:1])[0, 0] * 0.1 - asked.answer) > asked.tolerance


def test_the_first_loss_is_that_of_equal_probabilities():
    asked = question("q_first_loss")
    X, y = np.random.default_rng(0).normal(size=(9, 5)), np.arange(9) % 4
    loss, _ = softmax_loss(np.zeros((4, 5)), X, y, 0.0)
    assert abs(loss - asked.answer) <= asked.tolerance
    assert abs(1.39 - asked.answer) <= asked.tolerance
    assert abs(np.log10(4) - asked.answer) > asked.tolerance


def test_doubled_scores_make_the_likeliest_class_likelier():
    once, twice = softmax(TABLE[:1])[0], softmax(2 * TABLE[:1])[0]
    assert np.array_equal(np.argsort(once), np.argsort(twice))
    assert twice.max() > once.max()
    assert question("q_doubled_scores").answer == "b"
    assert once[1] / once[0] == pytest.approx(6.7, abs=0.05)
    assert twice[1] / twice[0] == pytest.approx(45, abs=0.5)


def test_the_satisfied_image_moves_the_softmax_loss_alone():
    before, after = np.array([[9.0, 3.0, 2.0]]), np.array([[12.0, 3.0, 2.0]])
    hinge = [np.maximum(0, s[0, 1:] - s[0, 0] + 1).sum() for s in (before, after)]
    p = [softmax(s)[0, 0] for s in (before, after)]
    assert hinge == [0, 0]
    assert [round(float(q), 4) for q in p] == [0.9966, 0.9998]
    assert question("q_satisfied").answer == "b"


# --- what the experiments are said to show --------------------------------------------------------


def rows(images):
    return images.reshape(len(images), -1) / 255 - 0.5


def trained_on(X, y, rate, reg, steps):
    """Weights after the chapter's loop, on batches of 100."""
    return train_linear_classifier(
        softmax_loss, X, y, 10, learning_rate=rate, reg=reg, num_steps=steps, batch_size=100,
        rng=np.random.default_rng(0),
    )[0]  # fmt: skip


@pytest.fixture(scope="module")
def held():
    """The images of picto10 and whether each is held back, by drawing."""
    d = load("picto10")
    return d.X_train, d.y_train, grouped_folds(d.group_train, 5) == 0


@pytest.fixture(scope="module")
def trained(held):
    """Pixels and labels to learn from and held back; weights of a short and of a long training."""
    images, labels, back = held
    X, y = rows(images[~back]), labels[~back]
    weights = trained_on(X, y, 0.03, 0.001, 500), trained_on(X, y, 0.1, 0.0, 2000)
    return X, y, rows(images[back]), labels[back], weights


def claims(W, X, y):
    """How probable the answers are on average, and how often they are right."""
    P = softmax(X @ W.T)
    return P.max(axis=1).mean(), np.mean(P.argmax(axis=1) == y)


def test_long_training_makes_too_sure_on_new_drawings_alone(trained):
    X, y, X_new, y_new, (short, long) = trained
    claimed, right = claims(short, X_new, y_new)
    assert abs(right - claimed) < 0.05
    assert right > 0.3  # where guessing gets 0.1
    claimed, right = claims(long, X_new, y_new)
    assert claimed - right > 0.1
    claimed, right = claims(long, X, y)
    assert right - claimed > 0.1


def test_edges_serve_the_same_classifier_far_better_than_pixels(held, trained):
    images, labels, back = held
    found = 10 * edges(images)
    W = trained_on(found[~back], labels[~back], 0.1, 0.001, 500)
    _, right = claims(W, found[back], labels[back])
    assert right - claims(trained[4][0], *trained[2:4])[1] > 0.05


def test_the_paired_comparison_by_hand():
    assert 250 + 80 == 330
    assert 250 + 60 == 310
    assert 250 + 80 + 60 + 610 == 1000
    assert (80 - 60) / np.sqrt(140) == pytest.approx(1.7, abs=0.05)
    tosses = np.random.default_rng(0).choice([-1, 1], size=(20_000, 140)).sum(axis=1)
    assert np.std(tosses) == pytest.approx(np.sqrt(140), rel=0.02)


def test_ten_times_the_images_make_an_estimate_about_three_times_better(trained):
    X, y = trained[:2]
    rng = np.random.default_rng(1)
    W = 0.01 * rng.normal(size=(10, X.shape[1]))
    spread = [
        np.std([softmax_loss(W, *sample_batch(X, y, size, rng), 0.0)[0] for _ in range(200)])
        for size in (4, 40)
    ]
    assert 2.6 < spread[0] / spread[1] < 3.9


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}
