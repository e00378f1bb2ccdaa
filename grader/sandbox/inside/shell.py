"""The notebook's shell inside the sandbox: IPython without history, sockets or a terminal."""

from __future__ import annotations

import ast
import builtins
import getpass
import itertools
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NoReturn

from IPython.core.autocall import ExitAutocall
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.sandbox.inside.capture import DescriptorFiles, Recorder, Stream

PROMPT = "In ["
NO_INPUT = "input() has nobody to answer it while a notebook is graded"


class CellCompiler(CachingCompiler):
    """Names the code of cell 7 ``<cell 7>``, so that a line can be told from its number."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """The file name of a cell's code."""
        return f"<cell {number}>"


class RecordingHook(DisplayHook):
    """Hands the value of a cell's last expression to the shell's recorder."""

    @property
    def prompt_count(self) -> int:
        """The number of the running cell."""
        return int(self._shell.execution_count)

    @property
    def _shell(self) -> Any:
        return self.shell

    def quiet(self) -> bool:
        """Whether the cell ends in a semicolon."""
        try:
            return bool(self.semicolon_at_end_of_expression(self._shell.running_source))
        except Exception:
            return False  # tokenizing may fail on magics

    def write_output_prompt(self) -> None:
        """Nothing: a notebook shows the number elsewhere."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Record the value's representations."""
        self._shell.recorder.display(format_dict, count=self.prompt_count)

    def log_output(self, format_dict: Any) -> None:
        """Nothing: there is no history."""

    def finish_displayhook(self) -> None:
        """Say that the hook is done."""
        self._is_active = False


class RecordingPublisher(DisplayPublisher):
    """Hands what is displayed to the shell's recorder."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **kwargs: Any,
    ) -> None:
        """Record the representations of a displayed thing."""
        display_id = (transient or {}).get("display_id")
        self.shell.recorder.display(data, display_id=display_id, update=update)

    def clear_output(self, wait: bool = False) -> None:
        """Drop the outputs so far, or with ``wait`` those before the next output."""
        if wait:
            self.shell.recorder.clear_next = True
        else:
            self.shell.recorder.clear()


class Leave(ExitAutocall):
    """``exit`` and ``quit``: end the cell as `sys.exit` does."""

    rewrite = False

    def __call__(self, *_: Any) -> NoReturn:
        """Raise `SystemExit`."""
        raise SystemExit


class Shell(InteractiveShell):
    """Runs cells and records what they show in ``recorder``."""

    compiler_class = CellCompiler
    displayhook_class = RecordingHook
    display_pub_class = RecordingPublisher
    recorder: Recorder
    files: DescriptorFiles
    running_source = ""

    def init_io(self) -> None:
        """Nothing: streams are set for each cell."""

    def transform_cell(self, raw_cell: str) -> str:
        """A cell as Python. IPython drops empty lines at the top; here line numbers must hold.

        What is Python already, as most cells are, stays as it is.
        """
        if self._is_left_alone(raw_cell):
            return raw_cell
        made = str(super().transform_cell(raw_cell))
        lines = raw_cell.splitlines(keepends=True)
        empty = list(itertools.takewhile(lambda line: not line.strip(), lines))
        return made if len(empty) == len(lines) else "\n" * len(empty) + made

    def _is_left_alone(self, cell: str) -> bool:
        """Whether IPython would change nothing. It makes calls of single names, as of ``quit``, and
        takes off a prompt that was copied with its line; nothing else of its own is Python."""
        several = "\n" in cell.strip()
        plain = PROMPT not in cell and not self.input_transformers_post
        return several and plain and _is_python(cell)

    def should_run_async(self, raw_cell: str, **options: Any) -> bool:
        """Whether a cell awaits something outside any function."""
        hints = "await" in raw_cell or "async" in raw_cell
        return hints and bool(super().should_run_async(raw_cell, **options))

    def enable_gui(self, gui: Any = None) -> None:
        """Nothing: there is no screen."""

    def system(self, cmd: str) -> None:
        """Run a shell line; its output ends in descriptors 1 and 2."""
        command = self.var_expand(cmd, depth=1)
        done = subprocess.run(command, shell=True, stdin=subprocess.DEVNULL, check=False)
        self.user_ns["_exit_code"] = done.returncode
        self.files.drain(self.recorder)

    system_piped = system_raw = system

    def ask_exit(self) -> NoReturn:
        """End the cell, not the shell."""
        raise SystemExit

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        try:
            text = str(evalue)
        except Exception:
            text = ""
        lines = stb if isinstance(stb, list) else [str(stb)]
        self.recorder.error(getattr(etype, "__name__", "Exception"), text, lines)


def _is_python(source: str) -> bool:
    try:
        compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST)
    except Exception:  # whatever is wrong with it is told when it runs
        return False
    return True


def refuse_input(*_: Any, **__: Any) -> NoReturn:
    """Stand in for ``input`` and ``getpass``. Raises `StdinNotImplementedError`."""
    raise StdinNotImplementedError(NO_INPUT)


def make_shell(output_limit: int, figures: bool) -> Shell:
    """The one shell of this process, with ``__main__`` as its user name space.

    Args:
        output_limit: bytes of output kept a cell.
        figures: False: figures are shown as their description, which draws nothing.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    config.InteractiveShell.cache_size = 100
    config.InteractiveShell.banner1 = ""
    if not figures:
        config.InlineBackend.figure_formats = set()
    # IPython would tell a learner who calls exit() where on the grader's machine it stands.
    warnings.filterwarnings("ignore", "To exit: use")
    module = ModuleType("__main__", "The learner's notebook.")
    vars(module)["__builtins__"] = builtins
    shell = Shell.instance(config=config, user_module=module)
    shell.recorder = Recorder(output_limit)
    shell.files = DescriptorFiles()
    shell.exiter = Leave(shell)
    shell.user_ns["exit"] = shell.user_ns["quit"] = shell.exiter
    builtins.input = refuse_input
    getpass.getpass = refuse_input
    return shell


def set_streams(recorder: Recorder) -> None:
    """Point Python's output streams at the recorder, whatever a learner put there."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = Stream(recorder, name, number)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def run_cell(
    shell: Shell, number: int, source: str, tidy: Callable[[], None]
) -> BaseException | None:
    """Run a cell, recording its outputs; returns the exception that ended it.

    Args:
        tidy: puts back what the cell may have broken, before anything of ours runs.
    """
    shell.recorder.start()
    set_streams(shell.recorder)
    shell.execution_count = number
    shell.running_source = source
    try:
        result = shell.run_cell(source, store_history=False)
    except BaseException as error:  # from hooks of the learner's around the cell
        shell.recorder.error(type(error).__name__, "", [])
        return error
    finally:
        tidy()
        set_streams(shell.recorder)
        shell.files.drain(shell.recorder)
    failure: BaseException | None = result.error_before_exec or result.error_in_exec
    return failure


def lookup(namespace: Mapping[str, Any], names: tuple[str, ...]) -> list[Any] | None:
    """The values of names in the learner's name space; None if one is not there."""
    return [namespace[name] for name in names] if all(n in namespace for n in names) else None
