"""A backward that is right with its own forward passes, though the forward fails an edge check."""

import sys

import numpy as np
import pytest

from grader.exercises import ChapterDefinition
from grader.exercises.registry import chapters
from grader.keys.checks import solve
from grader.keys.compile import PUBLIC_SEED, Runner, compile_exercise, compile_key
from grader.keys.workshop import TEST_SEEDS
from grader.weave import layout
from pix2net.desk.checking import verdict_on
from pix2net.judging.answer_key import load, save
from solutions.ch07_mlp import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
)
from solutions.ch10_regularization import dropout_backward, dropout_forward


def affine_without_a_row_for_one(x, W, b):
    rows = x.reshape(len(x), -1)
    return (rows @ W.T + b).squeeze(), {"weights": W, "rows": rows, "shape": x.shape}


def affine_by_names(dout, cache):
    dx = (dout @ cache["weights"]).reshape(cache["shape"])
    return dx, dout.T @ cache["rows"], dout.sum(axis=0)


def relu_of_what_is_clear(x):
    return np.where(x > 1e-3, x, 0.0), x > 0


def relu_by_a_mask(dout, cache):
    return np.where(cache, dout, 0.0)


def sigmoid_that_overflows(x):
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(x) / (1 + np.exp(x)), ("x", x)


def sigmoid_by_the_input(dout, cache):
    out = np.exp(-np.logaddexp(0.0, -cache[1]))
    return dout * out * (1 - out)


def dropout_that_also_draws_elsewhere(x, drop_prob, training, rng):
    np.random.random_sample()  # noqa: NPY002
    kept = rng.random(x.shape) >= drop_prob if training else np.ones(x.shape, bool)
    scale = 1 / (1 - drop_prob) if training else 1.0
    return scale * kept * x, (kept, scale)


def dropout_by_a_pair(dout, cache):
    kept, scale = cache
    return scale * kept * dout


PAIRS = [
    (affine_forward, affine_backward, affine_without_a_row_for_one, affine_by_names),
    (relu_forward, relu_backward, relu_of_what_is_clear, relu_by_a_mask),
    (sigmoid_forward, sigmoid_backward, sigmoid_that_overflows, sigmoid_by_the_input),
    (dropout_forward, dropout_backward, dropout_that_also_draws_elsewhere, dropout_by_a_pair),
]
each = pytest.mark.parametrize(
    ("there", "back", "forward", "backward"), PAIRS, ids=[pair[2].__name__ for pair in PAIRS]
)


def names_of(there, back):
    return [module.__name__.rpartition(".")[2] for module in (there, back)]


def of_two(there, back):
    return ChapterDefinition("77_pair", "There and back", [there, back]).build()


@each
def test_it_passes_in_the_notebook(there, back, forward, backward, tmp_path, monkeypatch):
    (tmp_path / "keys").mkdir()
    save(
        compile_key(of_two(there, back), PUBLIC_SEED, hidden=False),
        tmp_path / "keys" / "77_pair.key",
    )
    monkeypatch.setenv("COURSE_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    mine = dict(zip(names_of(there, back), (forward, backward), strict=True))
    on_the_way_there, on_the_way_back = (verdict_on(name, mine) for name in mine)
    assert 0 < on_the_way_there.score < on_the_way_there.max_score
    assert on_the_way_back.passed
    assert on_the_way_back.score == on_the_way_back.max_score


@each
def test_it_passes_when_graded(there, back, forward, backward):
    chapter = of_two(there, back)
    first, second = names_of(there, back)
    key = compile_exercise(chapter.exercises[second], chapter, TEST_SEEDS[0], hidden=True)
    run = Runner(key, {name: each.reference for name, each in chapter.exercises.items()})
    assert solve(key, run, backward, {first: forward}).passed
    halved = solve(key, run, lambda dout, cache: backward(0.5 * dout, cache), {first: forward})
    assert halved.score == 0


def dropout_with_another_mask_in_the_cache(x, drop_prob, training, rng):
    out, mask = dropout_forward.dropout_forward(x, drop_prob, training, rng)
    return out, rng.permutation(mask) if training else mask


def dropout_by_a_mask_of_its_own(dout, cache):
    keep = 1 / cache.max()
    return dout * (np.random.default_rng(0).random(dout.shape) < keep) / keep


def judged_pair(forward, backward):
    chapter = of_two(dropout_forward, dropout_backward)
    exercise = chapter.exercises["dropout_backward"]
    key = compile_exercise(exercise, chapter, TEST_SEEDS[0], hidden=True)
    run = Runner(key, {name: each.reference for name, each in chapter.exercises.items()})
    return solve(key, run, backward, {"dropout_forward": forward})


def test_a_dropout_whose_forward_caches_another_mask_is_right_by_the_docstring_alone():
    reference = dropout_backward.dropout_backward
    verdict = judged_pair(dropout_with_another_mask_in_the_cache, reference)
    assert verdict.passed
    assert "the two do not fit together yet" in verdict.checks[0].message


def test_a_dropout_that_ignores_the_mask_of_its_forward_is_wrong():
    verdict = judged_pair(dropout_forward.dropout_forward, dropout_by_a_mask_of_its_own)
    assert verdict.score == 0
    assert verdict.checks[0].misconception == "a-new-mask"


def test_the_network_finds_a_dropout_whose_two_passes_do_not_fit_together(monkeypatch):
    chapter = chapters()["10_regularization"]
    key = load(layout.key_path(layout.COMMITTED, chapter.name)).exercises["DropoutMLP"]
    run = Runner(key, {name: each.reference for name, each in chapter.exercises.items()})
    network = chapter.exercises["DropoutMLP"].reference
    assert solve(key, run, network).passed
    monkeypatch.setitem(
        vars(sys.modules[network.__module__]), "dropout_forward",
        dropout_with_another_mask_in_the_cache,
    )  # fmt: skip
    assert solve(key, run, network).score == 0
