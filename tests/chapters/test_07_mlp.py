"""Chapter 07: references against autograd and SciPy, and the numbers of the prose."""

import re

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, log_softmax, softmax

from grader.keys.compile import PUBLIC_SEED, compile_exercise
from grader.weave import layout
from pix2net.data import load
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS, to_data
from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.chapter import chapter
from solutions.ch07_mlp.MLP import MLP
from solutions.ch07_mlp.relu_backward import relu_backward
from solutions.ch07_mlp.relu_forward import relu_forward
from solutions.ch07_mlp.sigmoid_backward import sigmoid_backward
from solutions.ch07_mlp.sigmoid_forward import sigmoid_forward
from solutions.ch07_mlp.softmax_cross_entropy import softmax_cross_entropy
from solutions.ch07_mlp.train import train

pytestmark = pytest.mark.some_chapters

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(1, 4), min_size=0, max_size=4).map(tuple)
few = settings(deadline=None, max_examples=25)  # autograd takes its time over small graphs
QUESTIONS = chapter.build().questions


@given(seeds, shapes)
def test_sigmoid_is_that_of_scipy_and_its_slope_that_of_autograd(seed, shape):
    rng = np.random.default_rng(seed)
    x, dout = np.asarray(rng.normal(scale=4, size=shape)), np.asarray(rng.normal(size=shape))
    out, cache = sigmoid_forward(x)
    np.testing.assert_allclose(out, expit(x), rtol=1e-12)
    theirs = grad(lambda z: anp.sum(dout / (1 + anp.exp(-z))))(x)
    np.testing.assert_allclose(sigmoid_backward(dout, cache), theirs, rtol=1e-9, atol=1e-15)


@pytest.mark.filterwarnings("error")
def test_sigmoid_of_any_size_is_finite_and_warns_of_nothing():
    out, cache = sigmoid_forward(np.array([-1e308, -1e4, -750.0, 0.0, 750.0, 1e308]))
    np.testing.assert_allclose(out, [0, 0, 0, 0.5, 1, 1], atol=1e-300)
    assert np.isfinite(sigmoid_backward(np.ones(6), cache)).all()


@given(seeds, shapes)
def test_relu_cuts_off_and_lets_a_gradient_through_whole_or_not_at_all(seed, shape):
    rng = np.random.default_rng(seed)
    x, dout = np.asarray(rng.normal(size=shape)), np.asarray(rng.normal(size=shape))
    out, cache = relu_forward(x)
    np.testing.assert_array_equal(out, np.where(x > 0, x, 0.0))
    np.testing.assert_array_equal(relu_backward(dout, cache), np.where(x > 0, dout, 0.0))


def test_no_gradient_passes_a_relu_at_0():
    _, cache = relu_forward(np.zeros((2, 3)))
    assert not relu_backward(np.ones((2, 3)), cache).any()


@few
@given(seeds, sizes, sizes, st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_an_affine_layer_is_that_of_autograd_for_inputs_of_any_shape(seed, n, m, shape):
    rng = np.random.default_rng(seed)
    x, b, dout = rng.normal(size=(n, *shape)), rng.normal(size=m), rng.normal(size=(n, m))
    W = rng.normal(size=(m, int(np.prod(shape))))

    def plain(x, W, b):
        return anp.sum(dout * (anp.dot(anp.reshape(x, (n, -1)), W.T) + b))

    out, cache = affine_forward(x, W, b)
    np.testing.assert_allclose(np.sum(dout * out), plain(x, W, b), rtol=1e-9, atol=1e-9)
    for i, ours in enumerate(affine_backward(dout, cache)):
        theirs = grad(plain, i)(x, W, b)
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@given(seeds, sizes, sizes, st.sampled_from([0.0, 1000.0, -1000.0]))
def test_the_loss_is_that_of_scipy_and_its_gradient_the_probabilities_minus_one_hot(
    seed, n, c, height
):
    rng = np.random.default_rng(seed)
    scores, y = height + rng.normal(scale=3, size=(n, c)), rng.integers(c, size=n)
    loss, dscores = softmax_cross_entropy(scores, y)
    assert loss == pytest.approx(-log_softmax(scores, axis=1)[np.arange(n), y].mean(), abs=1e-9)
    theirs = (softmax(scores, axis=1) - np.eye(c)[y]) / n
    np.testing.assert_allclose(dscores, theirs, rtol=1e-7, atol=1e-10)


@few
@given(seeds, st.integers(1, 5), st.lists(st.integers(1, 5), min_size=2, max_size=5), st.data())
def test_the_networks_loss_and_gradients_are_those_of_autograd(seed, n, layer_sizes, data):
    activation = data.draw(st.sampled_from(["relu", "sigmoid"]))
    reg = data.draw(st.sampled_from([0.0, 0.3]))
    rng = np.random.default_rng(seed)
    model = MLP(layer_sizes, rng, activation, reg, weight_scale=0.7)
    for name in model.parameters:  # biases, too: at 0 a dead unit feeds exact zeros to a ReLU
        model.parameters[name] = rng.normal(size=model.parameters[name].shape)
    X, y = rng.normal(size=(n, layer_sizes[0])), rng.integers(layer_sizes[-1], size=n)
    depth = len(layer_sizes) - 1

    def scores_by_hand(parameters):
        h = X
        for i in range(1, depth + 1):
            h = anp.dot(h, parameters[f"W{i}"].T) + parameters[f"b{i}"]
            if i < depth:
                h = anp.maximum(h, 0) if activation == "relu" else 1 / (1 + anp.exp(-h))
        return h

    def loss_by_hand(parameters):
        s = scores_by_hand(parameters)
        s = s - anp.max(s, axis=1, keepdims=True)
        data_loss = anp.mean(anp.log(anp.sum(anp.exp(s), axis=1)) - s[np.arange(n), y])
        return data_loss + reg * sum(anp.sum(w**2) for k, w in parameters.items() if k[0] == "W")

    loss, gradients = model.loss(X, y)
    assert loss == pytest.approx(loss_by_hand(model.parameters), rel=1e-9)
    np.testing.assert_allclose(model.scores(X), scores_by_hand(model.parameters), atol=1e-9)
    np.testing.assert_array_equal(model.predict(X), model.scores(X).argmax(axis=1))
    theirs = grad(loss_by_hand)(model.parameters)
    assert set(gradients) == set(model.parameters)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, theirs[name], rtol=1e-7, atol=1e-9, err_msg=name)


def test_a_network_starts_with_normal_weights_and_no_biases():
    model = MLP([200, 150, 10], np.random.default_rng(0), weight_scale=0.5)
    assert [w.shape for w in model.parameters.values()] == [(150, 200), (150,), (10, 150), (10,)]
    assert model.parameters["W1"].std() == pytest.approx(0.5, rel=0.02)
    assert not model.parameters["b1"].any()


def test_a_network_is_its_dict_of_parameters():
    rng = np.random.default_rng(0)
    model, X = MLP([4, 5, 3], rng), rng.normal(size=(6, 4))
    model.parameters["b2"] += [1.0, 2.0, 3.0]
    np.testing.assert_allclose(model.predict(X), 2)
    model.parameters["b2"] = np.array([9.0, 0.0, 0.0])
    np.testing.assert_allclose(model.predict(X), 0)


def test_an_unknown_activation_is_refused_with_its_name():
    with pytest.raises(ValueError, match='"relu" or "sigmoid", not \'tanh\''):
        MLP([2, 3], np.random.default_rng(0), "tanh")


class Recorder:
    """A model with one parameter that notes which rows it was asked about."""

    def __init__(self):
        self.parameters, self.batches = {"W1": np.zeros((1, 1))}, []

    def loss(self, X, y):
        np.testing.assert_array_equal(X[:, 0], y)
        self.batches.append(y.tolist())
        return float(self.parameters["W1"][0, 0]), {"W1": np.ones((1, 1))}

    def scores(self, X):
        return np.stack([np.zeros(len(X)), self.parameters["W1"][0, 0] + X[:, 0]], axis=1)

    def predict(self, X):
        return self.scores(X).argmax(axis=1)


@given(seeds, st.integers(1, 12), st.integers(1, 15), st.integers(1, 3))
def test_every_epoch_visits_each_row_once_in_batches(seed, n, batch_size, num_epochs):
    model, rows = Recorder(), np.arange(float(n))
    history = train(
        model, rows[:, None], rows, rows[:, None], rows, learning_rate=0.5,
        num_epochs=num_epochs, batch_size=batch_size, rng=np.random.default_rng(seed),
    )  # fmt: skip
    per_epoch = -(-n // batch_size)
    assert len(model.batches) == len(history["loss"]) == num_epochs * per_epoch
    for epoch in range(num_epochs):
        batches = model.batches[epoch * per_epoch : (epoch + 1) * per_epoch]
        assert sorted(row for batch in batches for row in batch) == rows.tolist()
        assert max(map(len, batches)) <= batch_size
    np.testing.assert_allclose(history["loss"], -0.5 * np.arange(len(history["loss"])))
    assert len(history["train_accuracy"]) == len(history["val_accuracy"]) == num_epochs


def test_a_network_with_dropout_of_its_own_is_trained_by_the_same_words():
    class Dropping(MLP):
        def loss(self, X, y, rng=None):
            return super().loss(X * (np.random.default_rng(len(X)).random(X.shape) < 0.9), y)

    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 4))
    y = (X[:, 0] > 0).astype(int)
    history = train(
        Dropping([4, 8, 2], rng, weight_scale=0.5), X, y, X, y,
        learning_rate=0.5, num_epochs=30, batch_size=20, rng=rng,
    )  # fmt: skip
    assert history["train_accuracy"][-1] > 0.9


# --- the numbers of the prose ---------------------------------------------------------------------

X_HAND = np.array([[1.0, 2.0], [3.0, -1.0]])
W_HAND = np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, 1.0]])
B_HAND = np.array([0.0, 1.0, -1.0])
V_HAND = np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]])
C_HAND = np.array([0.0, 1.0])


def test_the_affine_layer_by_hand():
    out, cache = affine_forward(X_HAND, W_HAND, B_HAND)
    assert out.tolist() == [[1, 4, 1.5], [3, -4, -0.5]]
    dx, dW, db = affine_backward(np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]), cache)
    assert dx.tolist() == [[2, 2], [1.5, -1]]
    assert dW.tolist() == [[1, 2], [-3, 1], [5, 3]]
    assert db.tolist() == [1, -1, 3]


def test_two_layers_are_one_by_hand_and_a_bend_between_them_changes_the_winner():
    hidden, _ = affine_forward(X_HAND, W_HAND, B_HAND)
    scores, _ = affine_forward(hidden, V_HAND, C_HAND)
    assert scores.tolist() == [[6, 5], [2, 3]]
    assert (V_HAND @ W_HAND).tolist() == [[1, 2], [2, 2]]
    assert (V_HAND @ B_HAND + C_HAND).tolist() == [1, -1]
    bent, _ = affine_forward(relu_forward(hidden)[0], V_HAND, C_HAND)
    assert bent.tolist() == [[6, 5], [6, 4]]


def test_the_table_of_slopes_by_hand():
    x, dout = np.array([-2.0, 3.0, 1.0, -1.0]), np.array([5.0, -6.0, 7.0, 8.0])
    assert relu_backward(dout, relu_forward(x)[1]).tolist() == [0, -6, 7, 0]
    out, cache = sigmoid_forward(x)
    assert out.round(3).tolist() == [0.119, 0.953, 0.731, 0.269]
    assert sigmoid_backward(np.ones(4), cache).round(3).tolist() == [0.105, 0.045, 0.197, 0.197]
    assert sigmoid_backward(dout, cache).round(3).tolist() == [0.525, -0.271, 1.376, 1.573]


def test_the_gradient_of_the_cats_scores_by_hand():
    loss, dscores = softmax_cross_entropy(np.array([[3.2, 5.1, -1.7]]), np.array([0]))
    assert loss == pytest.approx(2.04, abs=0.005)
    assert dscores.round(2).tolist() == [[-0.87, 0.87, 0.0]]


def number_of_parameters(layer_sizes):
    model = MLP(layer_sizes, np.random.default_rng(0))
    return sum(w.size for w in model.parameters.values())


def test_the_drawn_network_and_the_questions_have_as_many_parameters_as_is_said():
    assert number_of_parameters([4, 5, 5, 3]) == 25 + 30 + 18 == 73
    assert number_of_parameters([4, 3]) == 15
    assert number_of_parameters([3072, 100, 10]) == QUESTIONS["q_parameters"].answer


BENDS = {
    "a": lambda x: 3 * x,
    "b": lambda x: x + 2,
    "c": np.abs,
    "d": lambda x: np.maximum(0, x),
    "e": expit,
}


def test_just_the_bends_that_the_question_calls_right_are_not_affine():
    x, y = np.random.default_rng(0).normal(size=(2, 50))
    bent = {k for k, f in BENDS.items() if not np.allclose(f(x) + f(y), f(x + y) + f(0 * x))}
    assert bent == set(QUESTIONS["q_bend"].answer)


def test_the_gradient_that_four_sigmoids_leave_is_a_thirty_second():
    question = QUESTIONS["q_vanishing"]
    steepest = sigmoid_backward(np.ones(1), sigmoid_forward(np.zeros(1))[1])[0]
    assert steepest == 0.25
    assert steepest**4 * 2**3 == question.answer
    assert round(steepest**6, 6) == 0.000244


def test_a_unit_that_is_off_for_every_row_stays_as_it_is():
    rng = np.random.default_rng(0)
    model, X, y = MLP([3, 4, 2], rng), rng.normal(size=(20, 3)), np.arange(20) % 2
    model.parameters["b1"][2] = -100.0
    _, gradients = model.loss(X, y)
    assert not gradients["W1"][2].any()
    assert gradients["b1"][2] == 0
    assert gradients["W1"][[0, 1, 3]].any(axis=1).all()


def test_the_scores_bend_on_the_lines_of_the_units_and_nowhere_else():
    rng = np.random.default_rng(0)
    model = MLP([2, 3, 3], rng, weight_scale=1.0)
    model.parameters["b1"] = rng.normal(size=3)
    one, other = rng.normal(scale=2, size=(2, 200, 2))
    sides = [affine_forward(p, model.parameters["W1"], model.parameters["b1"])[0] > 0
             for p in (one, other)]  # fmt: skip
    between = (model.scores(one) + model.scores(other)) / 2
    flat = np.isclose(model.scores((one + other) / 2), between).all(axis=1)
    together = (sides[0] == sides[1]).all(axis=1)
    assert 20 < together.sum() < 180
    assert np.array_equal(flat, together)


def images(size=None):
    d = load("picto10")
    rows = d.X_train[:, ::size, ::size] / 255 - 0.5
    return rows.reshape(len(rows), -1), d.y_train


def test_with_more_units_the_fit_improves_and_so_does_the_gap():
    X, y = images(2)
    fits, gaps = [], []
    for width in (1, 10, 100):
        history = train(
            MLP([X.shape[1], width, 10], np.random.default_rng(0), weight_scale=0.02),
            X[:600], y[:600], X[-600:], y[-600:],
            learning_rate=0.1, num_epochs=30, batch_size=30, rng=np.random.default_rng(0),
        )  # fmt: skip
        fits.append(history["train_accuracy"][-1])
        gaps.append(fits[-1] - history["val_accuracy"][-1])
    assert fits[0] + 0.2 < fits[1] < fits[2] - 0.05
    assert gaps[0] + 0.1 < gaps[1] < gaps[2]


def test_six_sigmoids_leave_the_first_layer_a_thousandth_and_six_relus_a_good_part():
    X, y = images(4)
    left = {}
    for activation in ("relu", "sigmoid"):
        model = MLP(
            [X.shape[1], *[100] * 6, 10], np.random.default_rng(0), activation, weight_scale=0.14
        )
        _, gradients = model.loss(X[:500], y[:500])
        size = [np.sqrt(np.mean(gradients[f"W{i}"] ** 2)) for i in range(1, 8)]
        left[activation] = size[0] / size[-1]
    assert left["sigmoid"] < 1e-3
    assert left["relu"] > 1e-2


# --- the text and the checks ----------------------------------------------------------------------


def test_every_still_that_the_text_shows_is_there():
    text = layout.text_path(chapter.name).read_text(encoding="utf-8")
    shown = set(re.findall(r"[\w-]+\.png", text))
    assert shown == {path.name for path in layout.stills_of(chapter.name)}


@pytest.mark.parametrize("name", list(chapter.build().exercises))
def test_the_public_key_of_an_exercise_stays_small(name):
    built = chapter.build()
    key = compile_exercise(built.exercises[name], built, PUBLIC_SEED, hidden=False)
    # What an exercise's mistakes answer is most of its key: 20 kB for each of them, at most.
    bound = max(300_000, 20_000 * len(built.exercises[name].misconceptions))
    assert len(codec.dumps(to_data(key), KEY_LIMITS)) < bound
