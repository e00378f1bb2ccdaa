"""Each rung of the ladder has its sentence, and right answers in any style pass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pix2net.judging.closeness import Tolerance, errors
from pix2net.judging.codec import Opaque
from pix2net.judging.ladder import compare, equal
from pix2net.judging.transforms import relations

T = Tolerance()
A = np.arange(6.0).reshape(2, 3) + 1


def recognise(*told):
    """The first sentence that a simple transform tells, or None."""
    return next(filter(None, relations(*told).values()), None)


def rung(expected, actual, tolerance=T, reveal=True):
    finding = compare(expected, actual, tolerance, reveal=reveal)
    return finding.rung if finding else "pass"


@pytest.mark.parametrize(
    ("expected", "actual", "found"),
    [
        (A, None, "none"),
        (A, A.tolist(), "type"),
        (A, Opaque("pandas.DataFrame"), "type"),
        (A, A[0], "shape"),
        (A, A.T, "shape"),
        (A, A[:, :2], "shape"),
        (A, A.astype(np.float32), "dtype"),
        (A, A.astype(int), "dtype"),
        (A, A * np.nan, "finite"),
        (A, A + 1e-3, "values"),
        (A, A + 1e-12, "pass"),
        (np.array([1, 2]), np.array([1, 2], dtype=np.int8), "pass"),
        (np.array([1, 2]), np.array([1.0, 2.0]), "dtype"),
        (np.array([1, 2]), np.array([True, True]), "dtype"),
        (np.array([1, 2]), np.array([1, 3]), "values"),
        (np.array([1], dtype=np.uint8), np.array([1]), "dtype"),
        (1.5, 1.5, "pass"),
        (1.5, np.float64(1.5), "pass"),
        (1.5, np.array(1.5), "pass"),
        (2.0, 2, "pass"),
        (1.5, np.float32(1.5), "dtype"),
        (1.5, np.array([1.5]), "shape"),
        (1.5, "1.5", "type"),
        (1.5, True, "type"),
        (1.5, float("nan"), "finite"),
        (3, 3, "pass"),
        (3, np.int64(3), "pass"),
        (3, 3.0, "type"),
        (3, True, "type"),
        (3, 10**400, "finite"),
        (1.5, 10**400, "finite"),
        (True, np.bool_(True), "pass"),
        (True, 1, "type"),
        ((1.0, A), (1.0, A), "pass"),
        ((1.0, A), [1.0, A], "pass"),
        ((1.0, A), (1.0,), "structure"),
        ((1.0, A), A, "type"),
        ((1.0, A), (2.0, A.T), "shape"),
        ({"a": 1}, {"a": 1}, "pass"),
        ({"a": 1}, {"b": 1}, "structure"),
        ({"a": 1}, [1], "type"),
        ({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]}, "values"),
        ("uint8", "uint8", "pass"),
        ("uint8", "int8", "values"),
        ("uint8", Opaque("numpy.dtype"), "type"),
        (None, None, "pass"),
        (None, A, "type"),
        (np.zeros((0, 3)), np.zeros((0, 3)), "pass"),
    ],
)
def test_the_lowest_failing_rung_is_found(expected, actual, found):
    assert rung(expected, actual) == found
    assert rung(expected, actual, reveal=False) == found


def test_a_hidden_message_names_no_value_and_no_size():
    finding = compare(A * 1234.5, A * 9876.5, T, reveal=False)
    assert not any(ch.isdigit() for ch in finding.sentence)
    finding = compare(A, A[:, :2], T, reveal=False)
    assert not any(ch.isdigit() for ch in finding.sentence)


def test_a_public_message_says_where_the_worst_entry_is():
    wrong = A.copy()
    wrong[1, 2] = 60
    finding = compare(A, wrong, T, reveal=True)
    assert "(1, 2)" in finding.sentence
    assert "1 of 6" in finding.sentence
    assert "60" not in finding.sentence
    assert finding.detail == "At index (1, 2) it is 60; it must be 6."


def test_a_part_is_called_by_its_name():
    def told(expected, actual, *names):
        return compare(expected, actual, T, reveal=True, names=names).sentence

    assert told((1.0, A), (1.0, A.T), "loss", "dW") == "`dW` has shape (3, 2); it must be (2, 3)."
    assert told((1.0, A), (2.0, A), "loss", "dW") == "`loss` is wrong."
    assert told((1.0, A), (2.0, A)) == "Value 1 of your result is wrong."
    assert told({"gradients": {"W1": A}}, {"gradients": {"W1": 2 * A}}).startswith(
        "The values of `W1` in `gradients` are wrong"
    )
    assert told({"back": (A, A)}, {"back": (A, None)}, "dx", "dy") == "`dy` in `back` is None."
    # Names of two do not fit three.
    assert told((A, A, A), (A, A, None), "dx", "dy") == "Value 3 of your result is None."


def test_a_wrong_word_is_told_as_it_is():
    expected, actual = {"error": "ValueError"}, {"error": "none"}
    told = compare(expected, actual, T, reveal=True).sentence
    assert told == "`error` is 'none'; it must be 'ValueError'."
    assert compare(expected, actual, T, reveal=False).sentence == "The values are wrong."


@pytest.mark.parametrize(
    "actual",
    [Opaque("secret"), A.astype(np.float16), A[None], np.float32(3), {"secret": 1}, [1] * 17],
)
def test_a_hidden_message_names_no_kind_that_was_given(actual):
    shown = [compare(e, actual, T, reveal=False).sentence for e in (A, 1.5, "x", {"a": 1}, (1, 2))]
    words = ("secret", "16", "32", "17", "dimension", "list", "object")
    assert not [word for word in words if word in " ".join(shown)]


def test_structure_is_told_before_values():
    assert rung((A, A), (A + 1, A.T)) == "shape"


def test_shapes_may_be_free_and_values_unread():
    free = Tolerance(shapes=False, values=False)
    assert rung(A, A[:1] * 7, free) == "pass"
    assert rung(A, A[0], free) == "shape"  # the number of dimensions still counts
    assert rung(A, A * np.inf, free) == "finite"


@pytest.mark.parametrize(
    ("actual", "word"),
    [
        (-A, "sign"), (2 * A, "twice"), (A / 2, "half"), (7 * A, "mean"), (A / 7, "divided"),
        (A.T, "transposed"), (A + 3, "constant"), (A**2, None), (A * np.inf, None),
    ],
)  # fmt: skip
def test_simple_transforms_are_recognised(actual, word):
    told = recognise(A, actual, {"X": np.zeros((7, 3))}, T)
    assert (told is None) if word is None else (word in told)


@pytest.mark.parametrize(
    "inputs",
    [
        {"X": np.zeros((2, 3))}, {"X": np.zeros((3, 2))}, {"x": np.zeros(5), "k": 2},
        {"x": np.zeros(5), "factor": 2.0}, {"x": np.zeros(5), "share": 0.5},
    ],
)  # fmt: skip
def test_twice_and_half_say_nothing_where_2_is_a_size_or_was_handed_in(inputs):
    assert recognise(A, 2 * A, inputs, T) is None
    assert recognise(A, A / 2, inputs, T) is None
    assert "sign" in recognise(A, -A, inputs, T)


def test_a_factor_is_told_by_the_arrays_that_have_so_many_rows():
    inputs = {"W": np.zeros((3, 4)), "X": np.zeros((7, 4)), "y": np.zeros(7)}
    assert "rows in `X` and `y`" in recognise(A, 7 * A, inputs, T)
    assert "rows in `W`" in recognise(A, A / 3, inputs, T)
    assert recognise(A, 4 * A, inputs, T) is None  # of features, nothing is known
    square = {"W": np.zeros((3, 7)), "X": np.zeros((7, 7)), "y": np.zeros(7)}
    assert recognise(A, 7 * A, square, T) is None  # rows or features?


def test_a_short_text_in_place_of_a_number_is_quoted():
    told = compare({"f(3)": 2}, {"f(3)": "raises ValueError"}, T, reveal=True)
    assert told.sentence == "`f(3)` is the string 'raises ValueError'; it must be an integer."
    assert "a string" in compare(2, "x" * 100, T, reveal=True).sentence
    assert "raises" not in compare(2, "raises", T, reveal=False).sentence


def test_a_transformed_part_is_called_by_its_name():
    assert recognise(A, -A, {}, T, "`dW`").startswith("`dW` has the wrong sign")


def test_the_largest_numbers_are_no_transform_and_no_warning():
    largest = np.full(A.shape, np.finfo(float).max)
    with np.errstate(all="raise"):
        assert recognise(A, largest, {}, T) is None
        assert recognise(A, np.where(A.mean() < A, largest, 0.0), {}, T) is None
        assert recognise(A, np.where(A.mean() < A, largest, -largest), {}, T) is None


def test_half_a_count_is_no_transform():
    assert recognise(14, 2, {"X": np.zeros((7, 3))}, T) is None
    assert "divided" in recognise(14.0, 2.0, {"X": np.zeros((7, 3))}, T)


ODD = st.sampled_from(
    [0.0, -0.0, 1.0, 1.0 + 1e-7, 1.0 + 1e-5, 1e-9, 1e300, -1e308, np.nan, np.inf, -np.inf, 5e-324]
)
NUMBER = ODD | st.floats() | st.integers(-3, 3) | st.booleans() | st.just(2**70) | st.just(10**400)
SCALAR = (
    NUMBER
    | ODD.map(np.float64)
    | st.sampled_from([np.float32(1), np.float32(np.inf)])
    | st.integers(0, 3).map(np.uint8)
)
ARRAY = st.lists(ODD, min_size=1, max_size=4).map(np.array) | st.lists(
    st.integers(-2, 2), min_size=1, max_size=4
).map(np.array)
VALUE = st.recursive(
    SCALAR | ARRAY | st.none() | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(VALUE, VALUE, st.sampled_from([Tolerance(), Tolerance(0.0, 0.0), Tolerance(values=False)]))
def test_what_is_found_out_sooner_is_the_same(one, other, tolerance):
    for expected, actual in ((one, other), (one, one), (other, one)):
        found = compare(expected, actual, tolerance, reveal=False)
        assert equal(expected, actual, tolerance) is (found is None)


@given(ODD | st.floats(), ODD | st.floats())
def test_single_numbers_agree_where_their_errors_say_so(expected, actual):
    error, allowed = errors(np.asarray(expected), np.asarray(actual), Tolerance())
    pair = np.asarray([expected]), np.asarray([actual])
    assert equal(expected, actual, Tolerance()) is bool(error <= allowed)
    assert equal(*pair, Tolerance()) is bool(error <= allowed)


@pytest.mark.parametrize("shape", [(), (2,)])
def test_numbers_that_differ_late_are_told_with_their_digits(shape):
    expected, actual = np.full(shape, 2.04036), np.full(shape, 2.04036 + 3e-8)
    finding = compare(expected, actual, Tolerance(1e-12, 1e-12), reveal=True)
    assert "is 2.04036003; it must be 2.04036." in finding.detail
