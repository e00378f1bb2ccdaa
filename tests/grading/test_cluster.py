"""Grading on a Dask scheduler and two workers: separate processes, as on separate machines."""

import json
import re
import subprocess
import sys
import time

import psutil
import pytest
from nbformat.v4 import new_code_cell

from grader.classroom.classwide import Options, grade_class
from grader.grading.released import GradingError
from tests.grading.test_classwide import NAME, plain

SLEEP = "import time\ntime.sleep({})"


class Cluster:
    """A scheduler and workers on loopback, started as docs/instructors.md says."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.log = (folder / "log").open("w+")
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self.wait_for(r"Scheduler at:\s+(tcp://\S+)")

    def start(self, *arguments):
        home = self.folder / str(len(self.processes))  # nothing is shared but the network
        home.mkdir()
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        process = subprocess.Popen(command, cwd=home, stdout=self.log, stderr=self.log)
        self.processes.append(process)
        return process

    def worker(self):
        """Start one that is not started anew when it dies."""
        return self.start("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1",
                          "--no-nanny", "--no-dashboard")  # fmt: skip

    def wait_for(self, pattern):
        for _ in range(600):
            self.log.flush()
            found = re.search(pattern, (self.folder / "log").read_text())
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def close(self):
        for process in reversed(self.processes):
            process.kill()
        for process in self.processes:
            process.wait()
        self.log.close()


pytestmark = [pytest.mark.slow, pytest.mark.some_chapters]


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "cluster").mkdir()
    started = Cluster(tmp_path / "cluster")
    yield started
    started.close()


def test_nothing_is_lost_when_a_worker_is_killed_in_the_middle(
    classroom, cluster, hand_in, finished, released
):
    for i in range(8):
        finished.cells[-1].source = "quick = True"
        hand_in(f"s{i}", finished if i % 2 else released)
    hand_in("broken", b"{")
    finished.cells.append(new_code_cell(SLEEP.format(4)))
    hand_in("slow", finished)
    expected = plain(grade_class(classroom.root, options=Options(jobs=2)))
    workers = [cluster.worker(), cluster.worker()]
    victims = []

    def kill_who_grades_the_slow_one(event):
        if victims or event.done < event.total - 1:
            return
        sizes = [len(psutil.Process(w.pid).children(recursive=True)) for w in workers]
        if sizes[0] != sizes[1]:  # a session runs on one of them
            victims.append(event.active)
            workers[sizes.index(max(sizes))].kill()

    options = Options(scheduler=cluster.address, again=True)
    found = grade_class(classroom.root, options=options, on_event=kill_who_grades_the_slow_one)
    assert plain(found) == expected
    assert victims == [(f"slow {NAME}",)]
    records = sorted((classroom.root / "verdicts").glob("*/*.json"))
    assert len(records) == 10
    assert all(json.loads(path.read_text())["fingerprint"] for path in records)


def test_what_takes_two_workers_with_it_is_marked_and_costs_nobody_else(
    classroom, cluster, hand_in, finished
):
    hand_in("amy", finished)
    finished.cells.append(new_code_cell(SLEEP.format(20)))
    hand_in("poison", finished)
    workers = [cluster.worker() for _ in range(3)]
    killed = []

    def kill_who_grades(event):
        if not any(name.startswith("poison") for name in event.active) or event.done == 0:
            return
        alive = [w for w in workers if w.poll() is None]
        sizes = [len(psutil.Process(w.pid).children(recursive=True)) for w in alive]
        if len(alive) > 1 and max(sizes) >= 4:  # bubblewrap, the zygote, a session of two
            killed.append(alive[sizes.index(max(sizes))])
            killed[-1].kill()
            killed[-1].wait()

    options = Options(scheduler=cluster.address)
    found = list(grade_class(classroom.root, options=options, on_event=kill_who_grades))
    assert [(v.student, v.score, v.status, v.reason) for v in found] == [
        ("amy", 8.0, "graded", ""),
        ("poison", 0.0, "killed", "the machine that graded it was lost 2 times"),
    ]
    assert len(killed) == 2
    assert sum(w.poll() is None for w in workers) == 1


def test_nobody_there_is_a_sentence(classroom, hand_in, finished):
    hand_in("amy", finished)
    with pytest.raises(GradingError, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        list(grade_class(classroom.root, options=Options(scheduler="tcp://127.0.0.1:9")))


def test_a_scheduler_that_is_lost_is_told_in_a_sentence(classroom, cluster, hand_in, finished):
    finished.cells.append(new_code_cell(SLEEP.format(20)))
    hand_in("amy", finished)
    cluster.worker()
    scheduler = cluster.processes[0]

    def kill_it(event):
        if event.active and scheduler.poll() is None:
            scheduler.kill()

    options = Options(scheduler=cluster.address)
    with pytest.raises(GradingError, match="does not answer any more") as problem:
        list(grade_class(classroom.root, options=options, on_event=kill_it))
    assert cluster.address in str(problem.value)
    assert "the same command goes on from there" in str(problem.value)
