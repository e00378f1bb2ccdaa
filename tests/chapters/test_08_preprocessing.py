"""Chapter 08: references against scikit-learn, the numbers of the prose, the effects it claims."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from grader.weave import layout
from pix2net.data import load
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch08_preprocessing.chapter import chapter
from solutions.ch08_preprocessing.fit_pca import POINTS, fit_pca
from solutions.ch08_preprocessing.fit_standardizer import fit_standardizer
from solutions.ch08_preprocessing.min_max_scale import min_max_scale
from solutions.ch08_preprocessing.pca_whiten import pca_whiten
from solutions.ch08_preprocessing.standardize import standardize
from solutions.shared.features import ROOMS

pytestmark = pytest.mark.some_chapters

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(2, 9)
dtypes = st.sampled_from([np.float64, np.uint8, np.int64])


def rows(seed, n, d, dtype=np.float64):
    rng = np.random.default_rng(seed)
    X = rng.uniform(0, 255, size=(n, d))
    return X if dtype == np.float64 else X.astype(dtype)


@given(seeds, sizes, sizes, dtypes)
def test_standardising_is_that_of_scikit_learn(seed, n, d, dtype):
    X, new = rows(seed, n, d, dtype), rows(seed + 1, n, d, dtype)
    mean, std = fit_standardizer(X)
    theirs = StandardScaler().fit(X)
    np.testing.assert_allclose(mean, theirs.mean_)
    np.testing.assert_allclose(std, np.sqrt(theirs.var_), rtol=1e-9, atol=1e-9)
    for part in (X, new):
        found = standardize(part, mean, std)
        right = theirs.transform(part)
        # Where a feature is constant, scikit-learn divides by 1, and the course has 0.
        np.testing.assert_allclose(found, np.where(std > 0, right, 0), rtol=1e-9, atol=1e-9)


@given(seeds, sizes, sizes, dtypes)
def test_scaling_to_a_range_is_that_of_scikit_learn(seed, n, d, dtype):
    X, new = rows(seed, n, d, dtype), rows(seed + 1, n, d, dtype)
    low, high = X.min(axis=0), X.max(axis=0)
    theirs = MinMaxScaler().fit(X)
    for part in (X, new):
        right = np.where(low == high, 0, theirs.transform(part))
        np.testing.assert_allclose(min_max_scale(part, low, high), right, atol=1e-9)


def test_constant_features_become_0_in_new_rows_too():
    X = np.array([[7.0, 1.0], [7.0, 3.0]])
    new = np.array([[9.0, 5.0]])
    assert standardize(new, *fit_standardizer(X)).tolist() == [[0.0, 3.0]]
    assert min_max_scale(new, X.min(axis=0), X.max(axis=0)).tolist() == [[0.0, 2.0]]


def turned(components):
    """Rows whose entry of largest magnitude is positive."""
    return np.array([row * np.sign(max(row, key=abs)) for row in components])


def same_pca(X, k, rtol=1e-7):
    theirs = PCA(k, svd_solver="full").fit(X)
    mean, components, variances = fit_pca(X, k)
    right = theirs.explained_variance_ * (len(X) - 1) / len(X)
    np.testing.assert_allclose(mean, theirs.mean_)
    np.testing.assert_allclose(variances, right, rtol=rtol, atol=1e-12 * right[0])
    np.testing.assert_allclose(components, turned(theirs.components_), atol=rtol)
    np.testing.assert_allclose(components @ components.T, np.eye(k), atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(3, 12), st.integers(2, 12), st.data())
def test_principal_components_are_those_of_scikit_learn(seed, n, d, data):
    k = data.draw(st.integers(1, min(n - 1, d)))
    same_pca(rows(seed, n, d), k, rtol=1e-5)


def test_principal_components_of_images_are_those_of_scikit_learn():
    X = load().X_train[:80, ::2, ::2].reshape(80, -1).astype(np.float64)
    same_pca(X, 79)
    same_pca(X[:, :70], 70)


@pytest.mark.parametrize("spread", [1e3, 1e5, 1e7])
def test_principal_components_stay_exact_where_spreads_differ_widely(spread):
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.normal(size=(5, 5)))[0]
    X = rng.normal(size=(60, 5)) * np.geomspace(spread, 1, 5) @ turn
    same_pca(X, 5, rtol=1e-6)


def test_without_any_variance_the_components_are_still_orthonormal():
    for X in (np.full((6, 3), 4.0), np.full((3, 6), 4.0), np.tile(np.arange(6.0), (4, 1))):
        _, components, variances = fit_pca(X, 2)
        np.testing.assert_allclose(components @ components.T, np.eye(2), atol=1e-12)
        np.testing.assert_allclose(variances, 0, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(6, 12), st.integers(2, 5))
def test_whitening_is_that_of_scikit_learn(seed, n, d):
    X, new = rows(seed, n, d), rows(seed + 1, n, d)
    fitted = fit_pca(X, d)
    theirs = PCA(d, svd_solver="full", whiten=True).fit(X)
    signs = np.sign((fitted[1] * theirs.components_).sum(axis=1))
    right = signs * theirs.transform(new) * np.sqrt(n / (n - 1))
    np.testing.assert_allclose(pca_whiten(new, *fitted, 1e-12), right, rtol=1e-6, atol=1e-6)


# --- the numbers of the prose ---------------------------------------------------------------------


def test_the_gradients_of_the_room():
    w, room = np.zeros(2), np.array([40.0, 300.0])

    def loss(w):  # its slope towards the score is 2, as in the text
        return 2 * (w @ room)

    step = 1e-3
    slopes = [(loss(w + step * e) - loss(w - step * e)) / (2 * step) for e in np.eye(2)]
    np.testing.assert_allclose(slopes, [80, 600])


def test_the_four_rooms_by_hand():
    mean, std = fit_standardizer(ROOMS)
    assert mean.tolist() == [25, 250]
    np.testing.assert_allclose(std**2, [125, 12_500])
    assert std.round(2).tolist() == [11.18, 111.8]
    table = [[-1.34, -0.45], [-0.45, -1.34], [0.45, 1.34], [1.34, 0.45]]
    assert standardize(ROOMS, mean, std).round(2).tolist() == table
    in_units = ROOMS * [1, 1000]
    assert fit_standardizer(in_units)[1][1].round() == 111_803
    again = standardize(in_units, *fit_standardizer(in_units))
    np.testing.assert_allclose(again, standardize(ROOMS, mean, std))


def test_the_new_room():
    new = np.array([[45.0, 350.0]])
    question = chapter.build().questions["q_room"]
    area = standardize(new, *fit_standardizer(ROOMS))[0, 0]
    assert abs(area - question.answer) <= question.tolerance / 2
    by_range = min_max_scale(new, ROOMS.min(axis=0), ROOMS.max(axis=0))
    assert by_range.round(2).tolist() == [[1.17, 0.83]]


def test_the_rooms_from_lowest_to_highest():
    found = min_max_scale(ROOMS, ROOMS.min(axis=0), ROOMS.max(axis=0))
    np.testing.assert_allclose(found, np.array([[0, 1], [1, 0], [2, 3], [3, 2]]) / 3)
    areas = np.array([[10.0], [20.0], [30.0], [40.0], [1000.0]])
    squeezed = min_max_scale(areas, areas.min(axis=0), areas.max(axis=0))[:4, 0]
    assert squeezed.round(2).tolist() == [0, 0.01, 0.02, 0.03]


def test_steps_across_and_along_the_stretched_valley():
    def factor(rate, stretch):
        return 1 - 2 * rate * stretch**2

    assert factor(0.4, 6) == pytest.approx(-27.8)
    assert pytest.approx(0.028, abs=5e-4) == 1 / 36
    assert factor(0.99 / 36, 6) > -1 > factor(1.01 / 36, 6)
    along = factor(1 / 36, 1)
    assert along == pytest.approx(0.944, abs=5e-4)
    assert along**41 < 0.1 < along**40
    assert factor(0.5, 1) == 0


def test_the_four_points_by_hand():
    mean, components, variances = fit_pca(POINTS, 2)
    assert mean.tolist() == [10, 5]
    np.testing.assert_allclose(components, [[0.8, 0.6], [-0.6, 0.8]])
    np.testing.assert_allclose(variances, [50, 12.5])
    centred = POINTS - mean
    assert centred.tolist() == [[8, 6], [-8, -6], [-3, 4], [3, -4]]
    C = centred.T @ centred / 4
    assert C.tolist() == [[36.5, 18], [18, 26]]
    np.testing.assert_allclose(C @ [0.8, 0.6], [40, 30])
    np.testing.assert_allclose(
        centred @ components.T, [[10, 0], [-10, 0], [0, 5], [0, -5]], atol=1e-12
    )
    white = pca_whiten(POINTS, mean, components, variances)
    np.testing.assert_allclose(white, [[1.41, 0], [-1.41, 0], [0, 1.41], [0, -1.41]], atol=0.005)
    assert np.sqrt(variances).round(2).tolist() == [7.07, 3.54]
    assert np.degrees(np.arctan2(0.6, 0.8)) == pytest.approx(37, abs=0.2)


def test_what_the_question_says_holds_of_whitened_rows_does_and_nothing_else():
    X = np.random.default_rng(0).normal(size=(50, 4)) * [1, 5, 2, 9] + 3
    white = pca_whiten(X, *fit_pca(X, 4), 1e-12)
    covariance = white.T @ white / len(white)

    def lengths(rows):
        return np.linalg.norm(rows[0] - rows[1:], axis=1)

    holds = {
        "a": np.allclose(white.mean(axis=0), 0),
        "b": np.allclose(white.var(axis=0), 1),
        "c": np.allclose(covariance - np.diag(np.diag(covariance)), 0),
        "d": np.allclose(lengths(white), lengths(X)),
        "e": bool(white[:, 0].var() > 1.01 * white[:, 1].var()),
    }
    right = chapter.build().questions["q_whitened"].answer
    assert {letter for letter, held in holds.items() if held} == set(right)


# --- the effects that the text claims -------------------------------------------------------------


def as_rows(images):
    n, h, w, c = images.shape
    return images.reshape(n, h // 2, 2, w // 2, 2, c).mean(axis=(2, 4)).reshape(n, -1)


@pytest.fixture(scope="module")
def d():
    return load("picto10")


@pytest.fixture(scope="module")
def parts(d):
    """Rows to learn from and rows of other drawings, as the text splits them."""
    folds = grouped_folds(d.group_train, 5)
    return as_rows(d.X_train[folds != 0]), as_rows(d.X_train[folds == 0])


def test_each_treatment_rounds_the_valley(d):
    chosen = np.isin(d.y_train, [0, 9])
    grey = d.X_train[chosen].mean(axis=3)
    X = np.stack([grey.mean(axis=(1, 2)), grey.std(axis=(1, 2))], axis=1)
    mean, std = fit_standardizer(X)
    straight = standardize(X, mean, std)
    forms = [X, X - mean, straight, pca_whiten(straight, *fit_pca(straight, 2))]
    ratios = [np.linalg.cond(form.T @ form) for form in forms]
    assert ratios[0] > 5 * ratios[1] > 15 * ratios[2]
    assert ratios[2] < 2
    assert ratios[3] == pytest.approx(1, abs=1e-4)


def test_pixels_of_the_images_share_a_spread_and_have_a_large_mean(parts):
    mean, std = fit_standardizer(parts[0][:1500])
    assert std.max() < 1.5 * std.min()
    assert mean.mean() > 1.5 * std.mean()


@pytest.mark.parametrize("start", [0, 300, 600])
def test_components_that_have_seen_the_test_rows_promise_too_much(parts, start):
    X, later = parts[0][start : start + 100], parts[1]

    def kept(rows, mean, components):
        places = (rows - mean) @ components.T
        return (places**2).sum() / ((rows - mean) ** 2).sum()

    honest, leaked = fit_pca(X[:50], 40)[:2], fit_pca(X, 40)[:2]
    assert abs(kept(X[50:], *honest) - kept(later, *honest)) < 0.05
    assert kept(X[50:], *leaked) > kept(later, *leaked) + 0.1


def test_own_statistics_of_the_test_rows_hide_the_dusk_and_erase_single_rows(parts):
    X, bright = parts[0][:1500], parts[1]
    dusk = 0.3 * bright
    mean, std = fit_standardizer(X)
    own = standardize(dusk, *fit_standardizer(dusk))
    np.testing.assert_allclose(own, standardize(bright, *fit_standardizer(bright)), atol=1e-9)
    assert abs(standardize(dusk, mean, std).mean()) > 0.5  # while these are far from what was seen
    one = dusk[:1]
    assert not standardize(one, *fit_standardizer(one)).any()


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}
