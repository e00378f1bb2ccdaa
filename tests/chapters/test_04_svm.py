"""Chapter 04: references against independent implementations, and the numbers of the prose."""

import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.metrics import hinge_loss as hinge_loss_of_scikit_learn

from grader.weave import layout
from pix2net.data import load
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch04_svm.chapter import chapter
from solutions.ch04_svm.hinge_loss import hinge_loss
from solutions.ch04_svm.l2_penalty import l2_penalty
from solutions.ch04_svm.numerical_gradient import numerical_gradient
from solutions.ch04_svm.relative_error import relative_error
from solutions.ch04_svm.sgd_step import sgd_step
from solutions.ch04_svm.svm_loss import svm_loss
from solutions.ch04_svm.svm_loss_naive import svm_loss_naive

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 7)
seeds = st.integers(0, 2**32 - 1)
ways = pytest.mark.parametrize("loss_of", [svm_loss_naive, svm_loss])


def batch(seed, n, c, d):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(c, d)), rng.normal(size=(n, d)), rng.integers(0, c, size=n)


def plain_hinge(scores, label, margin):
    """One example's loss in plain Python."""
    right = float(scores[label])
    rivals = [float(s) for j, s in enumerate(scores) if j != label]
    return sum(max(0.0, s - right + margin) for s in rivals)


@given(seeds, st.integers(2, 9), st.floats(0.1, 5))
def test_the_hinge_loss_is_the_sum_that_plain_python_makes(seed, c, margin):
    rng = np.random.default_rng(seed)
    scores, label = rng.normal(scale=3, size=c), int(rng.integers(c))
    found = hinge_loss(scores, label, margin)
    assert found == pytest.approx(plain_hinge(scores, label, margin))
    assert hinge_loss(scores, label) == pytest.approx(plain_hinge(scores, label, 1.0))


def test_with_two_classes_the_mean_hinge_loss_is_that_of_scikit_learn():
    rng = np.random.default_rng(1)
    scores, y = rng.normal(scale=2, size=(60, 2)), np.arange(60) % 2
    ours = np.mean([hinge_loss(row, label) for row, label in zip(scores, y, strict=True)])
    assert ours == pytest.approx(hinge_loss_of_scikit_learn(y, scores[:, 1] - scores[:, 0]))


@ways
@settings(deadline=None)
@given(seed=seeds, n=sizes, c=st.integers(2, 6), d=sizes, reg=st.floats(0, 2))
def test_loss_and_gradient_are_those_of_automatic_differentiation(loss_of, seed, n, c, d, reg):
    W, X, y = batch(seed, n, c, d)

    def total(weights):
        scores = anp.dot(X, weights.T)
        behind = anp.maximum(0.0, scores - scores[np.arange(n), y][:, None] + 1.0)
        return (anp.sum(behind) - n) / n + reg * anp.sum(weights**2)  # each own term is 1

    loss, dW = loss_of(W, X, y, reg)
    assert loss == pytest.approx(total(W))
    np.testing.assert_allclose(dW, autograd.grad(total)(W), rtol=1e-8, atol=1e-8)


@ways
def test_a_loss_leaves_its_inputs_alone(loss_of):
    given_ = batch(3, 5, 4, 6)
    before = [a.copy() for a in given_]
    loss_of(*given_, 0.3)
    assert all(np.array_equal(a, b) for a, b in zip(given_, before, strict=True))


@given(seeds, sizes, sizes, st.floats(0, 9))
def test_the_penalty_is_the_square_of_the_length_of_all_weights(seed, c, d, reg):
    W = np.random.default_rng(seed).normal(size=(c, d))
    assert l2_penalty(W, reg) == pytest.approx(reg * np.linalg.norm(W.ravel()) ** 2)


@settings(deadline=None)
@given(seed=seeds, shape=st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_slopes_by_nudging_are_those_of_automatic_differentiation(seed, shape):
    rng = np.random.default_rng(seed)
    x, a = rng.normal(size=(2, *shape))

    def f(v):
        return anp.sum(anp.sin(a * v)) + anp.sum(v) ** 2

    found = numerical_gradient(f, x.copy())
    assert found.shape == x.shape
    np.testing.assert_allclose(found, autograd.grad(f)(x), rtol=1e-6, atol=1e-6)


def test_slopes_of_a_square_are_exact_with_any_step_and_x_is_left_alone():
    x = np.array([[3.0, -2.0]])
    found = numerical_gradient(lambda v: float(np.sum(v**2)), x, 0.5)
    np.testing.assert_allclose(found, [[6.0, -4.0]])
    assert x.tolist() == [[3.0, -2.0]]


@given(seeds, st.integers(1, 20))
def test_the_relative_error_is_between_0_and_1_and_does_not_depend_on_the_unit(seed, n):
    a, b = np.random.default_rng(seed).normal(size=(2, n))
    found = relative_error(a, b)
    worst = max(abs(p - q) / (abs(p) + abs(q)) for p, q in zip(a, b, strict=True))
    assert found == pytest.approx(worst)
    assert 0 <= found <= 1 + 1e-12
    assert relative_error(1000 * a, 1000 * b) == pytest.approx(found)
    assert relative_error(b, a) == pytest.approx(found)
    assert relative_error(a, a) == 0


def test_gradient_descent_ends_where_scipy_finds_the_lowest_loss():
    W, X, y = batch(5, 40, 3, 4)
    shape, reg = W.shape, 0.2
    for step in range(4000):
        W = sgd_step(W, svm_loss(W, X, y, reg)[1], 0.5 / (1 + 0.05 * step))
    best = minimize(
        lambda w: svm_loss(w.reshape(shape), X, y, reg)[0], np.zeros(W.size), method="Powell",
        options={"xtol": 1e-6, "ftol": 1e-9, "maxiter": 60},
    )  # fmt: skip
    assert svm_loss(W, X, y, reg)[0] == pytest.approx(best.fun, abs=2e-3)


# --- the numbers of the prose ---------------------------------------------------------------------

TABLE = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
W_HAND = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
X_HAND = np.array([[1.0, 2.0], [2.0, -1.0]])
Y_HAND = np.array([0, 2])
STEPPED = np.array([[0.98, 0.25], [-0.05, 0.88], [1.03, 0.83]])


def text():
    return layout.text_path(chapter.name).read_text(encoding="utf-8")


def test_the_table_of_scores():
    losses = [hinge_loss(row, label) for row, label in zip(TABLE, range(3), strict=True)]
    assert losses == pytest.approx([2.9, 0, 12.9])
    assert TABLE.argmax(axis=1).tolist() == [1, 1, 1]  # it calls all three a car
    better = TABLE[2] + [0, 0, 5.1]
    assert better.argmax() == 1  # with 2.0 for the frog the number of mistakes is the same


def test_the_pictures_of_the_table_are_a_cat_a_car_and_a_frog():
    picked = re.search(r'load\("picto10"\)\.X_train\[\[(\d+), (\d+), (\d+)\]\]', text()).groups()
    d = load("picto10")
    names = [d.class_names[d.y_train[int(i)]] for i in picked]
    assert names == ["cat", "automobile", "frog"]


def test_two_weights_with_one_score_have_different_penalties():
    w1, w2 = np.array([[1.0, 0, 0, 0]]), np.full((1, 4), 0.25)
    whole, covered = np.ones(4), np.array([0.0, 1, 1, 1])
    assert (w1 @ whole).item() == (w2 @ whole).item() == 1
    assert ((w1 @ covered).item(), (w2 @ covered).item()) == (0, 0.75)
    assert (l2_penalty(w1, 1), l2_penalty(w2, 1)) == (1, 0.25)


def test_with_the_penalty_one_place_of_the_map_is_the_lowest():
    ticks = np.linspace(-0.5, 1.5, 61)

    def height(a, b, reg):
        return hinge_loss(np.array([a + b, 0.0]), 0) + l2_penalty(np.array([[a, b]]), reg)

    assert height(1, 0, 0) == height(0.5, 0.5, 0) == 0
    lowest = min((height(a, b, 0.5), a, b) for a in ticks for b in ticks)
    assert lowest[1:] == pytest.approx((0.5, 0.5), abs=0.02)


@ways
def test_the_two_images_of_the_worked_example(loss_of):
    assert (X_HAND @ W_HAND.T).tolist() == [[1, 2, 3], [2, -1, 1]]
    loss, dW = loss_of(W_HAND, X_HAND, Y_HAND, 0.1)
    assert loss == pytest.approx(3.9)
    np.testing.assert_allclose(dW, [[0.2, -2.5], [0.5, 1.2], [-0.3, 1.7]])
    assert loss_of(W_HAND, X_HAND, Y_HAND, 0.0)[0] == pytest.approx(3.5)
    new = sgd_step(W_HAND, dW, 0.1)
    np.testing.assert_allclose(new, STEPPED)
    assert f"{loss_of(new, X_HAND, Y_HAND, 0.1)[0]:.2f}" == "2.81"


def test_the_slopes_by_hand():
    both_sides, one_side = (3.1**2 - 2.9**2) / 0.2, (3.1**2 - 3.0**2) / 0.1
    assert (both_sides, one_side) == pytest.approx((6, 6.1))
    found = numerical_gradient(lambda x: x[0] ** 2 + x[0] * x[1], np.array([3.0, 2.0]), 0.1)
    np.testing.assert_allclose(found, [8, 3])


def test_the_relative_error_by_hand():
    a, b = np.array([2, -0.5, 0]), np.array([2.1, -0.4, 0])
    assert relative_error(a, b) == pytest.approx(0.111, abs=5e-4)
    assert relative_error(a[:1], b[:1]) == pytest.approx(0.024, abs=5e-4)


def test_nudging_takes_two_evaluations_a_weight():
    calls = []
    numerical_gradient(lambda v: float(len(calls.append(0) or "")), np.zeros((4, 5)))
    assert len(calls) == 2 * 20
    assert 2 * 10 * 32 * 32 * 3 == 61_440


def test_the_three_walks_by_hand():
    missing = 6.0  # from a lead of -5 to the margin
    seen = [missing := missing * 0.8 for _ in range(3)]
    assert seen == pytest.approx([4.8, 3.84, 3.07], abs=5e-3)

    def hinge_of(lead):
        return hinge_loss(np.array([lead.item(), 0.0]), 0)

    lead = np.array([[-5.0]])
    for _ in range(60):
        lead = sgd_step(lead, numerical_gradient(hinge_of, lead), 0.1)
    assert lead.item() == pytest.approx(1, abs=1e-6)
    lead = np.array([[-5.0]])
    squared = numerical_gradient(lambda v: hinge_of(v) ** 2, lead)
    assert sgd_step(lead, squared, 0.1).item() == pytest.approx(1 - 4.8)
    assert numerical_gradient(lambda v: float(v.item() < 0), lead).item() == 0


# --- the questions, recomputed --------------------------------------------------------------------


def test_an_untrained_classifier_of_ten_classes():
    assert hinge_loss(np.zeros(10), 4) == chapter.build().questions["q_untrained"].answer


def test_the_car_keeps_its_margin():
    after = TABLE[1] - [0, 1.5, 0]
    changes = {"a": 1.5, "b": 3.0, "c": 0.0}
    right = [letter for letter, loss in changes.items() if hinge_loss(after, 1) == loss]
    assert right == [chapter.build().questions["q_car_lead"].answer]


def test_what_holds_for_doubled_weights():
    W, X, y = np.array([[1.5, 0.0], [0.0, 1.5]]), np.eye(2), np.array([0, 1])
    once, twice, half = (svm_loss(k * W, X, y, 0.0)[0] for k in (1, 2, 0.5))
    holds = {
        "a": np.array_equal((X @ W.T).argmax(axis=1), (X @ (2 * W).T).argmax(axis=1)),
        "b": once == twice == 0,
        "c": l2_penalty(2 * W, 1) == 2 * l2_penalty(W, 1),
        "d": svm_loss(2 * W, X, y, 0.1)[0] > svm_loss(W, X, y, 0.1)[0],
        "e": half == 0,
    }
    right = {letter for letter, yes in holds.items() if yes}
    assert right == set(chapter.build().questions["q_doubled"].answer)


# --- what the experiment on images claims ---------------------------------------------------------


@pytest.fixture(scope="module")
def runs():
    """Weights at the end of the chapter's four runs, by start and reg, and the images."""
    d = load("picto10")
    folds = grouped_folds(d.group_train, 5)
    learn, held = np.flatnonzero(folds != 0)[:300], np.flatnonzero(folds == 0)
    images = d.X_train.reshape(len(d.X_train), -1)
    average = images[learn].mean(axis=0)
    X, X_new = ((images[rows] - average) / 255 for rows in (learn, held))
    shape = (10, X.shape[1])
    noise = 0.1 * np.random.default_rng(0).normal(size=shape)
    ends = {}
    for reg in (0, 1):
        for start, W in (("zeros", np.zeros(shape)), ("noise", noise)):
            for _ in range(250):
                W = sgd_step(W, svm_loss(W, X, d.y_train[learn], reg)[1], 0.02)
            ends[start, reg] = W
    return ends, (X, d.y_train[learn]), (X_new, d.y_train[held])


def right_share(W, images):
    X, y = images
    return np.mean((X @ W.T).argmax(axis=1) == y)


def test_without_a_penalty_two_runs_are_twins_in_training_and_not_on_new_images(runs):
    ends, train, new = runs
    for start in ("zeros", "noise"):
        assert svm_loss(ends[start, 0], *train, 0)[0] < 0.1
        assert right_share(ends[start, 0], train) > 0.98
    assert right_share(ends["zeros", 0], new) > right_share(ends["noise", 0], new) + 0.03


def test_with_a_penalty_both_runs_end_at_one_place_and_the_noise_costs_nothing(runs):
    ends, train, new = runs
    zeros, noise = ends["zeros", 1], ends["noise", 1]
    assert np.linalg.norm(zeros - noise) < 0.12 * np.linalg.norm(zeros)
    for W in (zeros, noise):
        assert right_share(W, new) > right_share(ends["noise", 0], new) + 0.03
        assert right_share(W, train) < right_share(ends["zeros", 0], train)


def test_no_step_of_a_length_raises_the_loss_more_than_one_along_the_gradient():
    gradient, length = np.array([8.0, 3.0]), 0.1
    along = length * gradient / np.linalg.norm(gradient)
    assert along.round(4).tolist() == [0.0936, 0.0351]
    assert gradient @ along == pytest.approx(0.854, abs=5e-4)
    turns = np.linspace(0, 2 * np.pi, 1000)
    steps = length * np.stack([np.cos(turns), np.sin(turns)])
    assert (gradient @ steps).max() <= gradient @ along + 1e-12
    u, v = steps
    left = 73 * (u**2 + v**2) - (8 * u + 3 * v) ** 2
    np.testing.assert_allclose(left, (8 * v - 3 * u) ** 2, atol=1e-12)


def test_the_squared_hinge_is_within_a_tenth_of_the_margin_after_19_steps():
    assert 6 * 0.8**19 < 0.1 < 6 * 0.8**18
