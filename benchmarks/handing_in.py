"""A class that hands in over the network within five minutes: what it waits for, and what is lost.

Every student opens the page, hands in a notebook of the course and opens the page again. They come
as fast as the machine takes them, which is faster than five minutes; the clients share its cores.
Only loopback is used. What is measured is taken apart afterwards: every receipt is checked, and its
notebook has to stand on the disk as it was sent.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from benchmarks.common import Settings
from grader.network.tokens import Tokens
from grader.release.course_dir import ClassFolder, create_class
from grader.weave import layout
from pix2net.files import digest
from pix2net.handing_in.receipt import PUBLIC_KEY, check
from pix2net.handing_in.service import Joined, Service

STUDENTS = 600
AT_A_TIME = 24
NAME = "02_knn"
MINUTES = 5


def measure(settings: Settings) -> None:
    """Print what a class waits for."""
    with tempfile.TemporaryDirectory() as place:
        folder = _class(Path(place) / "class")
        tokens = Tokens(folder).give([f"student{i}" for i in range(STUDENTS)])
        with _service(folder) as process:
            url = _address(process)
            begin = time.monotonic()
            with ThreadPoolExecutor(AT_A_TIME) as pool:
                done = list(pool.map(lambda who: _hand_in(url, *who), sorted(tokens.items())))
            seconds = time.monotonic() - begin
            process.terminate()
            process.wait(30)
        lost = sum(not _is_kept(folder, receipt, content) for *_, receipt, content in done)
    pages = [took for one, two, *_ in done for took in (one, two)]
    print(f"\n{STUDENTS} students, {AT_A_TIME} at a time, in {seconds:.0f} s "
          f"({STUDENTS / seconds:.0f} hand-ins a second; a class of {STUDENTS} within {MINUTES} "
          f"minutes makes {STUDENTS / MINUTES / 60:.0f})")  # fmt: skip
    print("| waits for | median ms | 99th percentile ms | worst ms |\n| --- | ---: | ---: | ---: |")
    for what, took in (("the page", pages), ("a receipt", [one[2] for one in done])):
        late = quantiles(took, n=100)[98]
        shown = [f"{1000 * seconds:.0f}" for seconds in (median(took), late, max(took))]
        print(f"| {what} | {' | '.join(shown)} |")
    print(f"hand-ins lost: {lost}")


def _class(root: Path) -> ClassFolder:
    """A class folder with one chapter, as far as handing in needs it."""
    folder = create_class(root)
    content = (layout.COMMITTED / layout.notebook_name(NAME)).read_bytes()
    for place in (folder.source(NAME), folder.release(NAME)):
        place.mkdir()
        (place / layout.notebook_name(NAME)).write_bytes(content)
    with folder.gradebook() as book:
        book.add_assignment(NAME)
    return folder


def _service(folder: ClassFolder) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pix2net", "serve", "--port", "0"]
    return subprocess.Popen(
        [*command, "--class-dir", str(folder.root)], stdout=subprocess.PIPE, text=True
    )


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if " at http" in line:
            return line.split(" at ")[1].split()[0].rstrip("/")
    raise SystemExit("the service did not start")


def _hand_in(url: str, student: str, token: str) -> tuple[float, float, float, str, bytes]:
    """Seconds of two pages and of handing in, the receipt, and what was handed in."""
    service = Service(Joined(url, token, student))
    own = (layout.COMMITTED / layout.notebook_name(NAME)).read_bytes() + b" " * (len(student) + 1)
    times = [time.monotonic()]
    service.assignments()
    times.append(time.monotonic())
    told = service.submit(NAME, own)
    times.append(time.monotonic())
    service.assignments()
    times.append(time.monotonic())
    first, handing_in, second = (b - a for a, b in pairwise(times))
    return first, second, handing_in, str(told["receipt"]), own


def _is_kept(folder: ClassFolder, text: str, content: bytes) -> bool:
    receipt = check(text, (folder.root / PUBLIC_KEY).read_text())
    place = folder.root / "attempts" / receipt.student / NAME / f"{receipt.attempt:04d}"
    kept = (place / layout.notebook_name(NAME)).read_bytes()
    there = folder.submitted(receipt.student, NAME) / layout.notebook_name(NAME)
    return digest(content) == receipt.sha256 == digest(kept) == digest(there.read_bytes())
