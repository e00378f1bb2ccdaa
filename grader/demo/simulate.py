"""The steps of the demonstration, each the same call that its command makes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import nbformat

from grader.classroom.classwide import Event, Options, grade_class
from grader.demo.hand_ins import handed_in
from grader.demo.roster import ROSTER, Student
from grader.exercises.model import Chapter
from grader.exercises.registry import chapters
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.collect import CollectResult, collect
from grader.keys.workshop import Workshop
from grader.release.course_dir import SETTINGS, ClassFolder, ClassFolderError, create_class
from grader.release.release import ReleaseResult, release
from grader.reports.report import class_report
from grader.reports.write import FeedbackJob, feedback_for_class
from grader.weave import layout

DEMO = Path("demo")
CHAPTERS = ("01_images", "02_knn", "03_scores")
MISHAP_IN = "02_knn"  # the chapter in which mishaps happen
STEPS = (
    "Release the chapters through nbgrader",
    "A simulated class works and hands in",
    "Collect what was handed in",
    "Grade every submission in the sandbox, against the hidden keys",
    "Write a feedback page per student and chapter",
    "The class at a glance",
)


class Demo:
    """One run of the whole way in a folder of its own."""

    def __init__(
        self,
        folder: Path,
        names: Sequence[str] = CHAPTERS,
        roster: Sequence[Student] = ROSTER,
    ) -> None:
        known = chapters()
        self.root = folder
        self.chapters: list[Chapter] = [known[name] for name in names]
        self.roster = tuple(roster)

    @property
    def classroom(self) -> ClassFolder:
        """The class folder, made where there is none."""
        return create_class(self.root / "class")

    @property
    def outbox(self) -> Path:
        """Where the simulated students' archives lie."""
        return self.root / "handed-in"

    def prepare(self) -> None:
        """Forget an earlier run but its hidden keys. Raises `ClassFolderError` for other files."""
        if self.root.exists() and not self.root.is_dir():
            raise ClassFolderError(f"{self.root} is a file: name another folder for the demo")
        kept = self.root / "class"
        if self.root.is_dir() and any(self.root.iterdir()) and not (kept / SETTINGS).is_file():
            raise ClassFolderError(f"{self.root} is not a demo's folder: name a new or empty one")
        shutil.rmtree(self.outbox, ignore_errors=True)
        for step in ("release", "submitted", "autograded", "feedback", "verdicts", "deliveries"):
            _remove(kept / step)
        (kept / "gradebook.db").unlink(missing_ok=True)

    def release(self, progress: Callable[[str, str], None]) -> ReleaseResult:
        """Build, verify and release the chapters."""
        workshop = Workshop.of_this_machine()
        result = release(self.classroom, self.chapters, progress=progress, workshop=workshop)
        with self.classroom.gradebook() as gradebook:
            for student in self.roster:
                gradebook.update_or_create_student(
                    student.id, first_name=student.first_name, last_name=student.last_name
                )
        return result

    def hand_in(self) -> int:
        """Every student works on every chapter and packs an archive; how many there are."""
        self.outbox.mkdir(parents=True, exist_ok=True)
        count = 0
        for chapter in self.chapters:
            name = layout.notebook_name(chapter.name)
            released = nbformat.read(self.classroom.release(chapter.name) / name, as_version=4)
            for student in self.roster:
                mishap = chapter.name == MISHAP_IN
                if mishap and student.mishap == "absent":
                    continue
                notebook = handed_in(student, chapter, released, mishap=mishap)
                archive = self.outbox / f"{student.id}+{chapter.name}.zip"
                with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                    packed.writestr(name, nbformat.writes(notebook))
                count += 1
        return count

    def collect(self) -> CollectResult:
        """Collect the archives."""
        return collect(self.classroom, [self.outbox])

    def grade(
        self, options: Options, on_event: Callable[[Event], None]
    ) -> Iterator[NotebookVerdict]:
        """Grade everything."""
        return grade_class(self.classroom.root, (), None, options, on_event=on_event)

    def feedback(self) -> list[FeedbackJob]:
        """The feedback pages to write."""
        return feedback_for_class(self.classroom)

    def report(self, verdicts: Sequence[NotebookVerdict]) -> Path:
        """Write the report of the class and give its path."""
        path = self.classroom.root / "report.html"
        path.write_text(class_report(self.classroom, verdicts), encoding="utf-8")
        return path


def _remove(folder: Path) -> None:
    """Remove a folder whose files nbgrader has made read-only."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(folder, ignore_errors=True)
