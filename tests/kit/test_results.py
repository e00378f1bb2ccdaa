"""What an exercise's results are called is read from its docstring, or said by the exercise."""

import pytest

from grader.exercises.registry import chapters
from grader.keys.compile import PUBLIC_SEED, compile_exercise
from grader.keys.results import result_names
from tests.kit import toy

# Every exercise that gives several things, with their names.
NAMES = {
    "train_test_split": "X_train y_train X_test y_test",
    "decision_boundary": "normal offset",
    "svm_loss": "loss dW",
    "svm_loss_naive": "loss dW",
    "softmax_loss": "loss dW",
    "softmax_loss_naive": "loss dW",
    "sample_batch": "X_batch y_batch",
    "train_linear_classifier": "W losses",
    "backprop_example": "f df_dx df_dy df_dz",
    "sigmoid_neuron": "out dw dx",
    "AddGate": "dx dy",
    "MultiplyGate": "dx dy",
    "MaxGate": "dx dy",
    "affine_forward": "out cache",
    "sigmoid_forward": "out cache",
    "relu_forward": "out cache",
    "affine_backward": "dx dW db",
    "softmax_cross_entropy": "loss dscores",
    "fit_standardizer": "mean std",
    "fit_pca": "mean components variances",
    "dropout_forward": "out cache",
    "two_layer_loss": "loss gradients",
    "batchnorm_backward": "dx dgamma dbeta",
    "layernorm_forward": "out cache",
    "layernorm_backward": "dx dgamma dbeta",
    "conv_forward_naive": "out cache",
    "conv_forward": "out cache",
    "conv_backward": "dx dW db",
    "max_pool_forward": "out cache",
    "tensor_mlp_loss": "loss",
}


def test_whoever_gives_several_things_names_them():
    found = {
        name: " ".join(exercise.results or result_names(exercise.reference))
        for chapter in chapters().values()
        for name, exercise in chapter.exercises.items()
    }
    assert {name: names for name, names in found.items() if names} == NAMES


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("(loss, dW): both of them.", "loss dW"),
        ("(N, D) float64: a row for each.", ""),
        ("loss and dW, just as before.", "loss dW"),
        ("a, b, and c.", "a b c"),
        ("A float: the mean of a, b and c.", ""),
        ("Index, from 0, of the lowest.", ""),
        ("loss: a float,\n    over lines, and\ndW: (C, D).", "loss dW"),
        ("predict: a function.", ""),
        ('dict: "loss", a list; and\n"more", another.', ""),
        ("x and x + 1.", ""),
    ],
)
def test_names_stand_at_the_start_of_the_section(section, names):
    def reference():
        pass

    body = section.replace("\n", "\n        ")
    reference.__doc__ = (
        f"Do it.\n\n    Args:\n        x: (a, b): no.\n\n    Returns:\n        {body}\n"
    )
    assert " ".join(result_names(reference)) == names


def test_a_key_carries_them_where_there_are_some():
    chapter = toy.chapter.build()
    key = compile_exercise(chapter.exercises["row_means"], chapter, PUBLIC_SEED, hidden=False)
    assert (key.results, key.loops) == ((), False)
    known = chapters()["04_svm"]
    key = compile_exercise(known.exercises["svm_loss"], known, PUBLIC_SEED, hidden=False)
    assert (key.results, key.loops) == (("loss", "dW"), True)
