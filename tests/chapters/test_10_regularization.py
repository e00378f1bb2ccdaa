"""Chapter 10: references against independent implementations, and the numbers of the prose."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import log_softmax

from benchmarks.second_arc import REMEDIES, remedied
from grader.keys.compile import PUBLIC_SEED, compile_exercise
from grader.weave import layout
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS, to_data
from solutions.ch10_regularization.chapter import chapter
from solutions.ch10_regularization.cosine_decay import cosine_decay
from solutions.ch10_regularization.dropout_backward import dropout_backward
from solutions.ch10_regularization.dropout_forward import dropout_forward
from solutions.ch10_regularization.DropoutMLP import DropoutMLP
from solutions.ch10_regularization.early_stopping_epoch import early_stopping_epoch
from solutions.ch10_regularization.step_decay import step_decay

pytestmark = pytest.mark.some_chapters

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
probabilities = st.floats(0, 0.95)


def rng_of(seed):
    return np.random.default_rng(seed)


# --- dropout --------------------------------------------------------------------------------------


@given(seeds, sizes, sizes, probabilities)
def test_an_entry_is_dropped_or_scaled_and_its_gradient_likewise(seed, n, d, p):
    x, dout = rng_of(seed).uniform(1, 2, size=(2, n, d))
    out, cache = dropout_forward(x, p, True, rng_of(seed))
    dx = dropout_backward(dout, cache)
    for before, after, there, back in zip(x.flat, out.flat, dout.flat, dx.flat, strict=True):
        scale = 0 if after == 0 else 1 / (1 - p)
        assert after == pytest.approx(scale * before)
        assert back == pytest.approx(scale * there)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_entries_are_dropped_by_independent_coins(p):
    dropped = dropout_forward(np.ones((400, 50)), p, True, rng_of(0))[0] == 0
    assert stats.binomtest(int(dropped.sum()), dropped.size, p).pvalue > 1e-4
    table = np.array(
        [
            [np.sum(a & b), np.sum(a & ~b)]
            for a, b in ((dropped[:, :-1], dropped[:, 1:]), (~dropped[:, :-1], dropped[:, 1:]))
        ]
    )
    assert stats.chi2_contingency(table).pvalue > 1e-4
    counts = dropped.sum(axis=1)
    assert counts.var() == pytest.approx(50 * p * (1 - p), rel=0.3)


@given(seeds, probabilities)
def test_outside_training_nothing_happens(seed, p):
    x, dout = rng_of(seed).normal(size=(2, 4, 3))
    out, cache = dropout_forward(x, p, False, None)
    np.testing.assert_array_equal(out, x)
    np.testing.assert_array_equal(dropout_backward(dout, cache), dout)


def test_on_average_nothing_changes():
    x = rng_of(1).normal(size=(3, 4))
    rng = rng_of(2)
    mean = np.mean([dropout_forward(x, 0.3, True, rng)[0] for _ in range(20_000)], axis=0)
    np.testing.assert_allclose(mean, x, atol=0.05)


# --- the network ----------------------------------------------------------------------------------


def fitted(model, seed, scale=1.0):
    rng = rng_of(seed)
    for name, value in model.parameters.items():
        model.parameters[name] = scale * rng.normal(size=value.shape)
    return model


def plain_loss(parameters, X, y, reg):
    """The loss without dropout, layer by layer, with SciPy's log softmax."""
    hidden, depth = X, len(parameters) // 2
    for i in range(1, depth + 1):
        hidden = hidden @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        hidden = hidden.clip(0) if i < depth else hidden
    penalty = sum((parameters[f"W{i}"] ** 2).sum() for i in range(1, depth + 1))
    return -log_softmax(hidden, axis=1)[np.arange(len(y)), y].mean() + reg * penalty, hidden


@settings(max_examples=25)
@given(seeds, sizes, st.lists(sizes, min_size=2, max_size=5))
def test_without_dropout_it_is_the_plain_network(seed, n, layers):
    model = fitted(DropoutMLP(layers, rng_of(seed), reg=0.3), seed)
    X, y = rng_of(seed).normal(size=(n, layers[0])), rng_of(seed).integers(layers[-1], size=n)
    loss, scores = plain_loss(model.parameters, X, y, 0.3)
    assert model.loss(X, y)[0] == pytest.approx(loss, rel=1e-9)
    np.testing.assert_allclose(model.scores(X), scores, atol=1e-9)
    np.testing.assert_array_equal(model.predict(X), scores.argmax(axis=1))


def differences(f, x, step=1e-6):
    slopes = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        keep = x[index]
        x[index] = keep + step
        high = f()
        x[index] = keep - step
        slopes[index] = (high - f()) / (2 * step)
        x[index] = keep
    return slopes


@settings(max_examples=10)
@given(seeds, st.sampled_from([0.0, 0.4]))
def test_gradients_are_differences_of_the_loss_with_the_same_units_dropped(seed, p):
    model = fitted(DropoutMLP([3, 4, 5, 3], rng_of(0), drop_prob=p, reg=0.1), seed)
    X, y = rng_of(seed).normal(size=(5, 3)), rng_of(seed).integers(3, size=5)
    _, gradients = model.loss(X, y, rng_of(seed))
    for name, value in model.parameters.items():
        slopes = differences(lambda: model.loss(X, y, rng_of(seed))[0], value)
        np.testing.assert_allclose(gradients[name], slopes, atol=2e-4)


def test_scores_never_drop_and_losses_do():
    model = fitted(DropoutMLP([3, 40, 3], rng_of(0), drop_prob=0.5), 1)
    X, y = rng_of(2).normal(size=(4, 3)), np.array([0, 1, 2, 0])
    assert len({model.loss(X, y)[0] for _ in range(5)}) == 5
    assert len({model.scores(X).tobytes() for _ in range(5)}) == 1
    alone = {model.loss(X, y, rng_of(7))[0] for _ in range(3)}
    assert len(alone) == 1


def test_new_weights_are_normal_numbers_of_the_asked_scale():
    model = DropoutMLP([80, 100, 10], rng_of(0), weight_scale=0.03)
    assert stats.kstest(model.parameters["W1"].ravel() / 0.03, "norm").pvalue > 1e-3
    assert not model.parameters["b1"].any()


# --- rates and stopping ---------------------------------------------------------------------------


@given(st.integers(0, 60), st.integers(1, 9), st.floats(0.1, 1.5))
def test_a_rate_falls_once_per_full_step(epoch, every, drop):
    rate = 0.1
    for e in range(1, epoch + 1):
        rate *= drop if e % every == 0 else 1
    assert step_decay(0.1, epoch, drop, every) == pytest.approx(rate)


@given(st.integers(0, 60), st.integers(1, 40))
def test_a_cosine_falls_from_the_base_rate_to_0_and_stays_there(epoch, num_epochs):
    rate = cosine_decay(0.3, epoch, num_epochs)
    mirrored = cosine_decay(0.3, num_epochs - epoch, num_epochs) if epoch <= num_epochs else 0.3
    assert rate + mirrored == pytest.approx(0.3)
    assert cosine_decay(0.3, epoch + 1, num_epochs) <= rate + 1e-12


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.integers(1, 13))
def test_the_kept_epoch_is_the_lowest_before_patience_runs_out(losses, patience):
    def is_new(e):
        return all(losses[e] < earlier for earlier in losses[:e])

    ends = [
        e
        for e in range(len(losses))
        if e >= patience and not any(is_new(k) for k in range(e - patience + 1, e + 1))
    ]
    trained = losses[: ends[0] + 1] if ends else losses
    assert early_stopping_epoch(np.array(losses, float), patience) == trained.index(min(trained))


# --- the worked examples --------------------------------------------------------------------------


def test_the_network_of_the_beginning_has_155810_parameters():
    model = DropoutMLP([16 * 16 * 3, 200, 10], rng_of(0))
    assert sum(value.size for value in model.parameters.values()) == 155_810
    assert 155_810 / 1500 > 100


def test_two_weights_under_decay():
    alone, pulled = [2.0], [2.0]
    for _ in range(200):
        alone.append(alone[-1] - 0.1 * (2 * 0.5 * alone[-1]))
        pulled.append(pulled[-1] - 0.1 * (-1 + 2 * 0.5 * pulled[-1]))
    assert alone[1:4] == pytest.approx([1.8, 1.62, 1.458])
    assert pulled[1:4] == pytest.approx([1.9, 1.81, 1.729])
    assert (alone[-1], pulled[-1]) == pytest.approx((0, 1), abs=1e-6)


def test_the_resting_weight_of_the_question():
    w = 2.0
    for _ in range(2000):
        w -= 0.1 * (-3 + 2 * 0.25 * w)
    assert w == pytest.approx(chapter.build().questions["q_resting_weight"].answer)


@pytest.mark.parametrize(("rate", "way"), [(0.5, [0.5, -0.25, 0.375]), (0.1, [0.1, -0.01, 0.091])])
def test_two_batches_that_disagree(rate, way):
    w, found = 0.0, []
    for step in range(3):
        w -= rate * (w - (1 if step % 2 == 0 else -1))
        found.append(w)
    assert found == pytest.approx(way)


def test_the_schedules_by_hand():
    assert [step_decay(0.1, e, 0.5, 5) for e in (4, 5, 9, 12)] == pytest.approx(
        [0.1, 0.05, 0.05, 0.025]
    )
    assert cosine_decay(0.1, 10, 30) == pytest.approx(0.075)


def test_the_stop_by_hand():
    losses = np.array([2.10, 1.70, 1.50, 1.60, 1.40, 1.45, 1.50, 1.42, 1.30])
    assert early_stopping_epoch(losses, 3) == 4
    assert early_stopping_epoch(losses[:8], 3) == 4
    assert early_stopping_epoch(losses, 4) == 8


def test_the_sums_that_the_next_layer_hears_have_the_mean_12():
    said = np.array([4.0, 0.0, 2.0, 6.0])
    masks = np.array(np.meshgrid(*[[0, 2]] * 4)).reshape(4, -1).T
    sums = masks @ said
    assert len(sums) == 16
    assert sums.mean() == 12
    shown = np.array([[2, 0, 0, 2], [0, 2, 2, 0], [2, 2, 2, 2], [0, 0, 0, 0]])
    assert (shown @ said).tolist() == [20, 4, 24, 0]
    assert dropout_backward(np.array([1, 3, -1, 0.5]), shown[0]).tolist() == [2, 0, 0, 1]


def test_the_kept_value_of_the_question():
    out, _ = dropout_forward(np.full(100, 2.0), 0.8, True, rng_of(0))
    assert set(out.round(9)) == {0.0, chapter.build().questions["q_kept_value"].answer}


def test_the_facts_about_dropout_that_the_question_calls_right():
    model = fitted(DropoutMLP([5, 100, 100, 3], rng_of(0), drop_prob=0.5), 1, scale=0.05)
    model.parameters["b1"] += 1.0  # every unit of the first layer is active
    _, gradients = model.loss(np.ones((1, 5)), np.array([0]), rng_of(3))
    dropped = ~gradients["W1"].any(axis=1)
    assert 30 < dropped.sum() < 70
    counts = {(dropout_forward(np.ones(100), 0.5, True, rng_of(s))[0] == 0).sum() for s in range(9)}
    assert len(counts) > 1  # not exactly 50


# --- the trial ------------------------------------------------------------------------------------

COLUMNS = ("right labels", "wrong labels", "validation", "loss")


def test_the_trial_comes_out_as_the_text_says():
    ends = [remedied(0, **REMEDIES[name])[-1] for name in ("nothing", "all together")]
    nothing, together = (dict(zip(COLUMNS, end, strict=True)) for end in ends)
    assert nothing["wrong labels"] > 0.9
    assert together["wrong labels"] < 0.7
    assert together["validation"] > nothing["validation"]
    assert together["loss"] < nothing["loss"] - 0.3


# --- what ships -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(chapter.build().exercises))
def test_the_public_key_of_an_exercise_stays_small(name):
    built = chapter.build()
    key = compile_exercise(built.exercises[name], built, PUBLIC_SEED, hidden=False)
    assert len(codec.dumps(to_data(key), KEY_LIMITS)) < 300_000


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}
