"""Global state of Python and NumPy, put back to what a right answer may rely on.

A cell may leave NumPy raising on underflow, warnings turned into errors, ``print`` replaced or a
recursion limit of 60. None of that is wrong in a notebook, and none of it may decide a check. It
also makes everything random that can be seeded the same in every session.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import faulthandler
import json
import locale
import math
import os
import random
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from grader.sandbox.inside import capture
from grader.sandbox.inside import wire as line
from pix2net.judging import codec, driver

SEED = 20_121
TIMERS = ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")
# Modules in which a slip such as ``np.random.seed = 42`` would change what all others rely on,
# and our own, so that tampering with them costs its own exercise and no other.
KEPT = (
    builtins, np, np.random, np.linalg, math, random, os, time, json, copy, warnings,
    codec, driver, line, capture,
)  # fmt: skip


@dataclass(frozen=True)
class Calm:
    """A picture of the process's global state, taken before any of the learner's code.

    Taken before forking: looking at every module's names would write to pages that forks share.
    """

    names: tuple[tuple[ModuleType, dict[str, Any]], ...]
    modules: dict[str, ModuleType]
    recursion_limit: int
    folder: str
    numpy_errors: dict[str, Any]
    print_options: dict[str, Any]
    warning_filters: list[Any]
    path: list[str]

    @classmethod
    def take(cls) -> Calm:
        """The state as it is now."""
        return cls(
            names=tuple((module, dict(vars(module))) for module in KEPT),
            modules=dict(sys.modules),
            recursion_limit=sys.getrecursionlimit(),
            folder=os.getcwd(),
            numpy_errors=dict(np.geterr()),
            print_options=dict(np.get_printoptions()),
            warning_filters=list(warnings.filters),
            path=list(sys.path),
        )

    def here(self) -> Calm:
        """The same picture with the working folder and the search path of now."""
        return replace(self, folder=os.getcwd(), path=list(sys.path))

    def restore(self) -> None:
        """Put the state back, but for modules, which are put back after every request. What a
        learner added stays; what they replaced returns.

        A recursion limit is only ever raised: a right answer may need the higher one.
        """
        for step in (
            self._restore_interpreter, self._restore_folder, self._restore_numpy,
            self._silence_warnings, self._restore_path, self._restore_locale, seed_everything,
        ):  # fmt: skip
            with contextlib.suppress(Exception):  # one that a learner broke leaves the others
                step()

    def restore_modules(self) -> None:
        """Put back what a learner replaced of Python's and NumPy's own functions, which ours need
        too, and stop timers that would go off in the middle of another cell."""
        sys.modules.update(self.modules)
        for module, names in self.names:
            vars(module).update(names)
        for timer in TIMERS:
            signal.setitimer(getattr(signal, timer), 0)
        faulthandler.cancel_dump_traceback_later()

    def _restore_interpreter(self) -> None:
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        sys.setrecursionlimit(max(self.recursion_limit, sys.getrecursionlimit()))

    def _restore_folder(self) -> None:
        os.makedirs(self.folder, exist_ok=True)
        os.chdir(self.folder)

    def _restore_numpy(self) -> None:
        np.seterrcall(None)
        np.seterr(**self.numpy_errors)
        np.set_printoptions(**self.print_options)

    def _silence_warnings(self) -> None:
        warnings.resetwarnings()
        warnings.simplefilter("ignore")

    def _restore_path(self) -> None:
        sys.path[:] = [*self.path, *(entry for entry in sys.path if entry not in self.path)]

    def _restore_locale(self) -> None:
        locale.setlocale(locale.LC_ALL, "C.UTF-8")

    def restore_warnings(self) -> None:
        """Put the warning filters of an untouched notebook back, after a check."""
        with contextlib.suppress(Exception):
            warnings.filters[:] = self.warning_filters  # type: ignore[index]
            warnings._filters_mutated()  # type: ignore[attr-defined]


def seed_everything() -> None:
    """Seed the generators that a learner may use without seeding them.

    ``np.random.default_rng()`` asks the operating system; the function that it asks through is
    replaced by one that always tells the same story. Code that reads the system's randomness
    directly stays random.
    """
    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 - the state that a learner's np.random.rand draws from
    np.random.bit_generator.randbits = random.Random(SEED).getrandbits  # type: ignore[attr-defined]


def fix_time_zone() -> None:
    """Use UTC, whatever the machine uses."""
    os.environ["TZ"] = "UTC"
    time.tzset()
