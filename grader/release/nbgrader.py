"""Runs nbgrader's own steps in this process, quietly, and says what came of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.converters import GenerateAssignment
from nbgrader.exchange import ExchangeFactory

from grader.release.course_dir import ClassFolder, programs_on_path


@dataclass
class Log(logging.Handler):
    """Keeps what nbgrader logs: its warnings and errors, and the last exception it told of."""

    problems: list[str] = field(default_factory=list)
    raised: str = ""

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message in one line; of a traceback the exception's text."""
        text = record.getMessage().strip()
        if text.startswith("Traceback"):
            self.raised = text.splitlines()[-1].partition(": ")[2]
        else:
            self.problems.append(" ".join(text.split()))

    __hash__ = logging.Handler.__hash__


class NbgraderFailed(Exception):
    """A step of nbgrader did not work; the message is its own, in one line."""


@contextmanager
def _logged() -> Iterator[tuple[logging.Logger, Log]]:
    """A logger that prints nothing; what raises inside becomes `NbgraderFailed`."""
    logger = logging.Logger("nbgrader", logging.WARNING)  # no name that others share
    log = Log()
    logger.addHandler(log)
    try:
        with programs_on_path():
            yield logger, log
    except (Exception, SystemExit) as error:
        text = log.raised or " ".join(str(error).split()) or type(error).__name__
        raise NbgraderFailed(text) from error


def generate_assignment(folder: ClassFolder, assignment: str) -> list[str]:
    """``nbgrader generate_assignment --force``; its warnings. Raises `NbgraderFailed`."""
    config = folder.config()
    course = folder.course(config)
    course.assignment_id = assignment
    with _logged() as (logger, log):
        step = GenerateAssignment(coursedir=course, config=config, log=logger)
        step.force = True
        step.start()
        removing = f"Removing existing assignment: {folder.release(assignment)}"
        return [line for line in log.problems if line != removing]


def release_assignment(folder: ClassFolder, assignment: str) -> list[str]:
    """``nbgrader release_assignment --force``; its warnings. Raises `NbgraderFailed`."""
    with _exchange_step(folder, "release_assignment", assignment) as (step, log):
        step.force = True
        step.start()
        return log.problems


def collect(folder: ClassFolder, assignment: str) -> tuple[Any, list[str]]:
    """``nbgrader collect --update``: what did it, and its warnings. Raises `NbgraderFailed`."""
    with _exchange_step(folder, "collect", assignment) as (step, log):
        step.update = True
        step.start()
        return step, log.problems


@contextmanager
def _exchange_step(folder: ClassFolder, name: str, assignment: str) -> Iterator[tuple[Any, Log]]:
    """A step of the exchange that the settings choose."""
    config = folder.config()
    course = folder.course(config)
    course.assignment_id = assignment
    with _logged() as (logger, log):
        kind = getattr(ExchangeFactory(config=config), name)
        authenticator = Authenticator(config=config)
        yield kind(coursedir=course, authenticator=authenticator, config=config, log=logger), log
