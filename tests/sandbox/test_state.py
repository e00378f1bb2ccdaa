"""One session does not affect another, and what a cell changed does not decide a check."""

from __future__ import annotations

import pytest

from grader.sandbox import Sandbox, Session
from tests.sandbox.helpers import run

pytestmark = pytest.mark.some_chapters

DRAWS = (
    "import random\nimport numpy as np\n"
    "print(np.random.rand(), random.random(), np.random.default_rng().random(), hash('x'))"
)


def test_random_numbers_are_the_same_in_every_session(sandbox: Sandbox) -> None:
    drawn = set()
    for _ in range(3):
        with sandbox.session() as session:
            drawn.add(run(session, DRAWS))
    assert len(drawn) == 1


def test_generators_of_one_session_differ_from_each_other(session: Session) -> None:
    source = "import numpy as np\nr = np.random.default_rng\nprint(r().random() != r().random())"
    assert run(session, source) == "True\n"


def test_what_one_session_changes_is_not_seen_in_the_next(sandbox: Sandbox) -> None:
    with sandbox.session() as session:
        session.run_cell(
            1,
            "import numpy as np, builtins\nnp.pi = 3\nnp.sum = None\nleft = 1\nbuiltins.len = 4",
        )
    with sandbox.session() as session:
        source = (
            "import numpy as np\nprint(np.pi > 3, callable(np.sum), 'left' in globals(), len('ab'))"
        )
        assert run(session, source) == "True True False 2\n"


@pytest.mark.parametrize(
    "disturbance",
    [
        "import numpy as np; np.seterr(all='raise')",
        "import warnings; warnings.simplefilter('error')",
        "import sys; sys.setrecursionlimit(80)",
        "import builtins; builtins.sum = builtins.range = None",
        "import sys; sys.stdout.close(); sys.stdout = None; sys.stderr = 3",
        "import os; os.close(1); os.close(2)",
        "import os, shutil; os.chdir('/'); shutil.rmtree('/home/student/work')",
        "import numpy as np; np.set_printoptions(precision=1, threshold=1)",
        "import sys; sys.settrace(lambda *a: 1 / 0)",
        "import locale; locale.setlocale(locale.LC_ALL, 'C')",
        "import matplotlib; matplotlib.rcParams['figure.dpi'] = 3; matplotlib.use('pdf')",
        "import warnings, sys; warnings.warn('beware'); print('noise', file=sys.stderr)",
        "import numpy as np, random; np.random.seed(99); random.seed(99)",
        "import sys; sys.excepthook = None; sys.displayhook = None",
        "import numpy as np; np.random.seed = 42; np.exp = None; np.asarray = 3; np.geterr = 1",
        "import random, os, json, math; random.seed = os.chdir = json.dumps = math.exp = 5",
        "import warnings; warnings.filters = (); warnings.resetwarnings = None",
        "import builtins; builtins.setattr = builtins.isinstance = builtins.__import__ = None",
        "import signal; signal.setitimer(signal.ITIMER_REAL, 0.3)",
        "import signal; signal.signal(signal.SIGALRM, lambda *a: 1 / 0); signal.alarm(1)",
        "import os; os.fork()",
        "import gc; gc.disable(); import sys; sys.setswitchinterval(100); sys.modules.clear()",
        "import threading; threading.Thread(target=lambda: 1 / 0).start()",
        "import atexit, os; atexit.register(os._exit, 3)",
        "import multiprocessing; multiprocessing.set_start_method('spawn')",
        "get_ipython().events.register('post_run_cell', lambda result: 1 / 0)",
    ],
)
def test_a_right_answer_stays_right_whatever_a_cell_changed(
    session: Session, disturbance: str
) -> None:
    source = """
import numpy as np
def softmax(x):
    np.exp(np.array([-1000.0])); np.array([1.0]) / np.array([0.0])
    total = sum(float(v) for v in range(4))
    def deep(n): return 0 if n == 0 else deep(n - 1)
    deep(200)
    return np.exp(x) / np.exp(x).sum() + 0 * total
"""
    run(session, source)
    session.run_cell(2, disturbance)
    outcome = session.call("softmax", {"x": [0.0, 0.0]})
    assert outcome.status == "returned", outcome
    assert outcome.value.tolist() == [0.5, 0.5]
    assert session.run_cell(3, "print('on')").status == "ok"


def test_a_call_draws_the_same_numbers_whatever_ran_before(sandbox: Sandbox) -> None:
    drawn = []
    for before in ("", "np.random.rand(7)", "f(0); f(0)"):
        with sandbox.session() as session:
            run(
                session,
                "import numpy as np\nr = np.random\n"
                "def f(x): return r.rand() + r.default_rng().random()",
            )
            run(session, before, 2)
            drawn.append(session.call("f", {"x": 1}).value)
    assert len(set(drawn)) == 1


def test_a_session_begins_with_what_notebooks_use_and_nothing_of_the_grader_around_it() -> None:
    source = (
        "import sys\n"
        "tops = {name.partition('.')[0] for name in sys.modules}\n"
        "there = {'pix2net.desk.checking', 'pix2net.plots.charts', 'pix2net.data.picto10'}\n"
        "print(sorted(tops & {'nbgrader', 'jupyter_server', 'sqlalchemy', 'typer', 'rich'}))\n"
        "print(sorted(there - set(sys.modules)))"
    )
    with Sandbox(figures=True) as sandbox, sandbox.session() as session:
        assert run(session, source) == "[]\n[]\n"


def test_warnings_are_no_failure(session: Session) -> None:
    result = session.run_cell(
        1, "import numpy as np\nnp.array([1.0]) / 0\nimport sys; print('x', file=sys.stderr)"
    )
    assert result.status == "ok"
    assert any(output.get("name") == "stderr" for output in result.outputs)


def test_a_cell_that_asks_for_input_fails_at_once(session: Session) -> None:
    for number, source in enumerate(["input('name? ')", "import getpass; getpass.getpass()"]):
        result = session.run_cell(number, source)
        assert result.raised is not None
        assert result.raised.type_name == "StdinNotImplementedError"


def test_reading_standard_input_ends_at_once(session: Session) -> None:
    assert run(session, "import sys\nprint(repr(sys.stdin.read()))") == "''\n"


def test_magics_shell_lines_and_the_last_expression_work(session: Session) -> None:
    assert "from the shell" in run(session, "!echo from the shell")
    assert run(session, "%%time\nx = 1", 2)
    assert run(session, "%matplotlib inline\n%timeit -n1 -r1 1", 3)
    result = session.run_cell(4, "x = 20\nx + 1")
    assert result.outputs[0]["data"] == {"text/plain": "21"}
    assert session.run_cell(5, "x + 1;").outputs == []


def test_prompts_that_were_copied_and_single_names_mean_what_they_mean_in_a_notebook(
    session: Session,
) -> None:
    assert run(session, "In [1]: x = 5\nIn [2]: print(x)") == "5\n"
    assert run(session, ">>> y = 6\n>>> print(y)", 2) == "6\n"
    assert session.run_cell(3, "\n\nquit\n").status == "error"
    assert run(session, "print(x + y)", 4) == "11\n"


def test_a_transformer_of_the_learners_sees_every_cell(session: Session) -> None:
    run(session, "def shout(lines):\n    return [line.replace('low', 'LOUD') for line in lines]\n"
                 "get_ipython().input_transformers_post.append(shout)")  # fmt: skip
    assert run(session, "a = 1\nprint('low')", 2) == "LOUD\n"


def test_a_cell_may_await_at_its_top(session: Session) -> None:
    run(session, "import asyncio\nasync def f():\n    return 7")
    assert run(session, "x = await f()\nprint(x)", 2) == "7\n"
    source = "async def g():\n    yield 8\nasync for y in g():\n    print(y)"
    assert run(session, source, 3) == "8\n"


def test_a_cell_writes_a_module_and_imports_it_but_shadows_none(session: Session) -> None:
    run(session, "%%writefile helper.py\nvalue = 3")
    run(session, "%%writefile colorsys.py\nvalue = 3", 2)
    source = "import helper, colorsys\nprint(helper.value, hasattr(colorsys, 'value'))"
    assert run(session, source, 3) == "3 False\n"


def test_cells_that_do_not_compile_name_their_line(session: Session) -> None:
    result = session.run_cell(3, "x = 1\ndef f(:\n    pass")
    assert result.raised is not None
    assert (result.raised.type_name, result.raised.line) == ("SyntaxError", 2)


def test_a_module_that_is_not_there_is_an_ordinary_error(session: Session) -> None:
    result = session.run_cell(1, "import torch_that_nobody_ships")
    assert result.raised is not None
    assert result.raised.type_name == "ModuleNotFoundError"


FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"


def test_figures_are_drawn_only_where_they_are_wanted(sandbox: Sandbox) -> None:
    with sandbox.session() as session:
        kinds = [list(output.get("data", {})) for output in session.run_cell(1, FIGURE).outputs]
        assert not any("image/png" in kind for kind in kinds)
    with Sandbox(figures=True) as drawing, drawing.session() as session:
        kinds = [list(output.get("data", {})) for output in session.run_cell(1, FIGURE).outputs]
        assert any("image/png" in kind for kind in kinds)
        outputs = session.run_cell(2, "plt.imshow([[1, 2]]);").outputs
        assert any("image/png" in output.get("data", {}) for output in outputs)


def test_threads_and_processes_of_python_work_inside_the_limits(session: Session) -> None:
    source = """
import multiprocessing, threading
thread = threading.Thread(target=print, args=("from a thread",))
thread.start(); thread.join()
def square(x): return x * x
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(square, [1, 2, 3]))
"""
    assert run(session, source) == "from a thread\n[1, 4, 9]\n"


def test_top_level_await_works(session: Session) -> None:
    assert run(session, "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')") == "awaited\n"
