"""One submission from its folder to its grades; ``course grade`` and stock nbgrader share this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from grader.grading.autograded import as_text, autograded
from grader.grading.fingerprint import fingerprint
from grader.grading.how import How
from grader.grading.released import Released
from grader.grading.run import grade_notebook
from grader.grading.verdict import NotebookVerdict, whole
from grader.handed_in.merge import Merged, empty, merge
from grader.handed_in.submitted import Handed
from grader.sandbox import Sandbox, SandboxUnavailable
from pix2net.files import Rejected, digest
from pix2net.judging.answer_key import Key
from pix2net.judging.wording import speaking, worded

SHORT = 16  # signs of a digest that two answers are told apart by


@dataclass(frozen=True)
class Opened:
    """A submission that was read: its content, or why there is none, and a name for all of it.

    Attributes:
        how: it is to be graded.
        others: names of notebooks beside the one that is graded, as text.
    """

    handed: Handed
    content: bytes | None
    problem: str
    fingerprint: str
    how: How
    others: str = ""


@dataclass(frozen=True)
class Graded:
    """What became of a submission.

    Attributes:
        fingerprint: names everything that the verdict depends on.
        untouched: tasks whose answer is what was released; None where the verdict was remembered
            from an earlier run.
        notebook: text of the autograded notebook.
        figures: whether it shows the demonstrations.
        answers: a digest of each answer, by task, to tell whether a later hand-in has another one.
    """

    handed: Handed
    verdict: NotebookVerdict
    fingerprint: str
    untouched: frozenset[str] | None = None
    notebook: str = ""
    figures: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


def open_submission(handed: Handed, released: Released, how: How) -> Opened:
    """Read what was handed in; its name names all that a verdict may depend on."""
    problem = ""
    content: bytes | None = None
    try:
        with speaking(handed.language):
            content = handed.read()
    except Rejected as reason:
        problem = reason.reason
    parts = [released.digest, released.text, how.setting, handed.stamp().hex(), handed.language]
    others = handed.others()
    name = fingerprint(*parts, others, problem if content is None else content.hex())
    return Opened(handed, content, problem, name, how, others)


def grade_submission(opened: Opened, released: Released, sandbox: Callable[[], Sandbox]) -> Graded:
    """Grade what was read; a notebook that cannot be graded becomes a verdict as well.

    Its sentences are in the student's language.

    Args:
        sandbox: gives the sandbox, if one is needed.

    Raises:
        SandboxUnavailable: this machine cannot build the sandbox.
    """
    with speaking(opened.handed.language):
        return _judged(opened, released, sandbox)


def _judged(opened: Opened, released: Released, sandbox: Callable[[], Sandbox]) -> Graded:
    handed = opened.handed
    problem = opened.problem
    if opened.content is not None:
        try:
            merged = merge(released.notebook, opened.content)
        except Rejected as reason:
            problem = reason.reason
        except Exception as error:
            return lost(opened, released, _failed(error))
        else:
            return _graded(opened, _with_others(merged, opened), released, sandbox)
    verdict = whole(released.key, "rejected", problem, student=handed.student)
    return _finished(opened, empty(released.notebook), released.key, verdict)


def _graded(
    opened: Opened, merged: Merged, released: Released, sandbox: Callable[[], Sandbox]
) -> Graded:
    student = opened.handed.student
    try:
        verdict = grade_notebook(
            merged, released.key, sandbox(),
            digest=released.digest, student=student, figures=opened.how.figures,
        )  # fmt: skip
        return _finished(opened, merged, released.key, verdict)
    except (SandboxUnavailable, Stopped):
        raise
    except Exception as error:
        return lost(opened, released, _failed(error))


def _failed(error: Exception) -> str:
    """A mistake of ours, which must not cost the rest of the class its grades, as a reason."""
    kind = type(error).__name__
    return worded("the grader itself failed on this notebook ({kind})", kind=kind)


class Stopped(Exception):
    """Grading was ended from outside."""


def lost(opened: Opened, released: Released, reason: str) -> Graded:
    """What becomes of a submission that could not be judged through no doing of its own."""
    verdict = whole(released.key, "killed", reason, student=opened.handed.student)
    with speaking(opened.handed.language):
        return _finished_somehow(opened, released, verdict)


def _finished_somehow(opened: Opened, released: Released, verdict: NotebookVerdict) -> Graded:
    try:
        merged = _with_others(merge(released.notebook, opened.content or b""), opened)
        return _finished(opened, merged, released.key, verdict)
    except Exception:  # Rejected, or what it was lost for
        return _finished(opened, empty(released.notebook), released.key, verdict)


def _with_others(merged: Merged, opened: Opened) -> Merged:
    if not opened.others:
        return merged
    name = opened.handed.notebook.name
    extra = worded(
        "Only {name} is graded; also handed in were: {others}.", name=name, others=opened.others
    )
    return replace(merged, repairs=(*merged.repairs, extra))


def _finished(opened: Opened, merged: Merged, key: Key, verdict: NotebookVerdict) -> Graded:
    verdict = replace(verdict, wall=opened.how.wall, language=opened.handed.language)
    text = as_text(autograded(merged, verdict, key))
    shows = opened.how.figures
    answers = _digests(merged)
    return Graded(
        opened.handed, verdict, opened.fingerprint, merged.untouched, text, shows, answers
    )


def _digests(merged: Merged) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in merged.cells:
        if cell.task and cell.role in ("answer", "written"):
            found[cell.task] = digest(found.get(cell.task, "") + cell.source)[:SHORT]
    return found
