"""The mess that real submissions are, through the real sandbox."""

import json
import sys
from dataclasses import replace

import pytest

from grader.grading.run import grade_notebook
from grader.handed_in.merge import merge
from grader.sandbox import Limits, Sandbox
from grader.weave import layout
from tests.grading.conftest import cell_of, to_bytes

pytestmark = pytest.mark.some_chapters

LIMITS = Limits(cell_seconds=3, call_seconds=3, notebook_seconds=60, memory=512 * 2**20)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITS) as started:
        yield started


@pytest.fixture
def grade(released, key, sandbox):
    return lambda notebook: grade_notebook(merge(released, to_bytes(notebook)), key, sandbox)


def test_everything_right_has_full_marks(grade, finished):
    assert grade(finished).score == 8.0


def test_an_untouched_notebook_has_none(grade, released):
    assert grade(released).score == 0


NOISE = [
    "import sys; print('noise', file=sys.stderr)",
    "import warnings; warnings.warn('nearly')",
    "1 / 0",
    "import not_shipped_here",
    "input('your name? ')",
    "!ls /",
    "%timeit 1",
    "%%bash\necho hi",
    "def broken(:",
    "import sys; sys.exit(3)",
    "import numpy as np; np.seterr(all='raise'); np.set_printoptions(precision=1)",
    "import warnings; warnings.simplefilter('error')",
    "import sys; sys.setrecursionlimit(100)",
    "import numpy as np; np.random.seed(0)",
    "print = None",
    "import builtins; builtins.len = lambda x: 0",
    "import sys; sys.stdout = None",
    "import os; os.close(1); os.close(2)",
    "import os; os.chdir('/')",
    "import matplotlib.pyplot as plt; [plt.figure() for _ in range(30)]",
    "print('x' * 10**7)",
    "__name__ = 'changed'",
    "import numpy; numpy.mean = lambda *a, **k: 0; del numpy",
]


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("name", ["row_means"])
def test_rule_07_right_answers_with_noise_around_them_have_full_marks(grade, finished, noise, name):
    place = finished.cells.index(cell_of(finished, name))
    finished.cells[place + 1 : place + 1] = [{"cell_type": "code", "source": noise}]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "cells": finished.cells})
    verdict = grade(data.encode())
    assert verdict.score == 8.0, verdict.as_json()
    assert verdict.status == "graded"


DEATHS = [
    ("import os; os._exit(0)", "killed"),
    ("while True: pass", "timeout"),
    ("import time; time.sleep(1000)", "timeout"),
    ("import signal, os; os.kill(os.getpid(), 9)", "killed"),
    ("import ctypes; ctypes.string_at(0)", "killed"),
    ("import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()", "timeout"),
    ("x = bytearray(2 * 10**9); x[::4096] = b'x' * len(x[::4096])", "memory"),
]


@pytest.mark.parametrize(("death", "status"), DEATHS)
def test_rule_07_what_dies_costs_its_own_exercise(grade, finished, death, status):
    cell_of(
        finished, "double"
    ).source = f"def double(x):\n    {death.replace('; ', chr(10) + '    ')}"
    verdict = grade(finished)
    lost = {n for n, v in verdict.exercises.items() if not v.passed}
    assert lost == {"double"}
    if status == "memory":
        assert verdict.status in ("graded", "memory")  # a MemoryError, or the end
    else:
        assert verdict.status == verdict.exercises["double"].status == status


def test_rule_03_a_forged_answer_only_spoils_its_own_score(grade, finished):
    cell_of(finished, "row_means").source = (
        "class Equal:\n"
        "    def __eq__(self, other): return True\n"
        "    def __array__(self, *a, **k): raise TypeError\n"
        "    ndim, shape, dtype = 1, (3,), 'float64'\n"
        "def row_means(X): return Equal()"
    )
    verdict = grade(finished)
    assert verdict.exercises["row_means"].score == 0
    assert verdict.score == 6.0


def test_rule_02_keys_and_sources_are_out_of_sight(grade, finished):
    places = [str(layout.ROOT / name) for name in ("solutions", "course", "grader/grading", ".git")]
    cell_of(finished, "row_means").source = f"""
import importlib.util, os
def known(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False
skipped = ("/proc", "/usr", "/sys")
python = ({sys.prefix!r}, {sys.base_prefix!r})  # wherever the wall has put it
keys = []
for folder, folders, names in os.walk("/"):
    paths = {{name: os.path.join(folder, name) for name in folders}}
    folders[:] = [n for n, p in paths.items() if p not in skipped and not p.endswith(python)]
    keys += [name for name in names if name.endswith((".key", ".db"))]
names = ("solutions", "grader.keys", "grader.grading", "grader.release")
print("SEEN", keys, [p for p in {places!r} if os.path.exists(p)], [n for n in names if known(n)])
"""
    verdict = grade(finished)
    shown = [o.get("text", "") for outputs in verdict.outputs.values() for o in outputs]
    assert "SEEN [] [] []\n" in shown


TIMED_LIMIT = 0.3
LOOP = """
    end = time.process_time() + 0.5
    while time.process_time() < end: pass
    answer = X.mean(axis=1)"""
FORKED = f"""
import ctypes, os, pickle, time
ctypes.CDLL(None).signal(17, 1)
def row_means(X):
    reader, writer = os.pipe()
    if os.fork() == 0:
        {LOOP.strip().replace(chr(10), chr(10) + "    ")}
        os.write(writer, pickle.dumps(answer))
        os._exit(0)
    return pickle.loads(os.read(reader, 10**6))
"""
SERVED = f"""
import os, pickle, time
asked, ask = os.pipe()
told, tell = os.pipe()
if os.fork() == 0:
    while True:
        X = pickle.loads(os.read(asked, 10**6))
        {LOOP.strip().replace(chr(10), chr(10) + "    ")}
        os.write(tell, pickle.dumps(answer))
        if os.fork(): os._exit(0)
def row_means(X):
    os.write(ask, pickle.dumps(X))
    return pickle.loads(os.read(told, 10**6))
"""
THREADED = f"""
import threading, time
def row_means(X):
    found = []
    def work():
        {LOOP.strip().replace(chr(10), chr(10) + "    ")}
        found.append(answer)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return found[0]
"""


@pytest.fixture
def against_the_clock(released, key, sandbox):
    """Grades with a key that gives every case of row_means a limit of time."""
    exercise = key.exercises["row_means"]
    timed = tuple(replace(case, seconds=TIMED_LIMIT) for case in exercise.cases)
    exercises = {**key.exercises, "row_means": replace(exercise, cases=timed)}
    timed_key = replace(key, exercises=exercises)
    return lambda notebook: grade_notebook(merge(released, to_bytes(notebook)), timed_key, sandbox)


def test_rule_02_array_code_is_in_time(against_the_clock, finished):
    assert against_the_clock(finished).score == 8.0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (f"import time\ndef row_means(X):{LOOP}\n    return answer", "computing time"),
        (THREADED, "computing time"),
        (FORKED, "other processes at work"),
        (SERVED, "other processes at work"),
    ],
    ids=["open", "in a thread", "in a fork", "in a servant"],
)
def test_rule_02_a_loop_is_too_slow_wherever_it_runs(against_the_clock, finished, source, words):
    cell_of(finished, "row_means").source = source
    verdict = against_the_clock(finished).exercises["row_means"]
    assert verdict.score == 0
    assert all(words in check.message for check in verdict.checks), verdict
