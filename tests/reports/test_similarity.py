"""Submissions that resemble each other beyond what the exercise forces."""

from grader.reports.similarity import similar_pairs
from grader.reports.student_code import without_comments

USUAL = "def f(X):\n    total = X.sum(axis=1)\n    return total / X.shape[1]\n"
OWN = (
    "def g(a, b):\n"
    "    out = []\n"
    "    for i, row in enumerate(a):\n"
    "        best, place = None, -1\n"
    "        for j in range(len(b)):\n"
    "            gap = sum((p - q) ** 2 for p, q in zip(row, b[j]))\n"
    "            if best is None or gap < best:\n"
    "                best, place = gap, j\n"
    "        out.append(place if place >= 0 else i)\n"
    "    return np.array(out, dtype=int)\n"
)
RENAMED = OWN.replace("best", "nearest").replace("gap", "d2").replace("out", "result")
OTHER = "def g(a, b):\n    return np.argmin(np.linalg.norm(a[:, None] - b[None], axis=2), axis=1)\n"


def class_of(**special):
    """A class of twelve who all write f as usual; g is each one's own."""
    answers = {}
    for i in range(12):
        student = f"s{i:02d}"
        code = special.get(student, f"def g(a, b):\n    return a @ b.T + {'(a - b) * ' * i}1\n")
        answers[student, "02_knn"] = {"f": USUAL, "g": code}
    return answers


def test_what_everybody_writes_is_no_reason_to_look():
    assert similar_pairs(class_of(), {}) == []


def test_a_renamed_copy_is_found():
    (pair,) = similar_pairs(class_of(s03=OWN, s07=RENAMED), {})
    assert (pair.first, pair.second, pair.assignment) == ("s03", "s07", "02_knn")
    assert pair.share > 0.9


def test_two_right_answers_of_their_own_are_not():
    assert similar_pairs(class_of(s03=OWN, s07=OTHER), {}) == []


def test_stubs_do_not_count():
    stub = OWN
    assert similar_pairs(class_of(s03=stub, s07=stub), {"g": stub}) == []


def test_the_result_is_the_same_each_time():
    answers = class_of(s03=OWN, s07=RENAMED, s09=OWN.replace("np", "numpy"))
    assert similar_pairs(answers, {}) == similar_pairs(dict(reversed(answers.items())), {})


def test_code_that_cannot_be_read_is_compared_as_text():
    broken = "def g(:\n  " + "x = 1 + 'a\n" * 20
    similar_pairs(class_of(s03=broken, s07=broken), {})


def test_an_example_loses_the_comments_in_which_a_name_may_stand():
    assert without_comments("x = 1  # by Ada\n# me\ny = '# not'\n") == "x = 1\n\ny = '# not'\n"
    assert without_comments("def f(:\n '''") == ""
