"""Fetching, against a server on this machine that behaves well and badly."""

import errno
import hashlib
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from IPython.core.interactiveshell import InteractiveShell

from pix2net.data import fetching
from pix2net.data.fetching import FetchError, Source, fetch

pytestmark = pytest.mark.some_chapters

CONTENT = bytes(range(256)) * 2000


@dataclass
class Behaviour:
    """How the server answers, and what it was asked."""

    content: bytes = CONTENT
    breaks_after: int | None = None  # bytes, then the connection ends
    resumes: bool = True
    status: int = 200
    ranges: list[str | None] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    def __init__(self, behaviour, *args):
        self.behaviour = behaviour
        super().__init__(*args)

    def do_GET(self):
        how, wanted = self.behaviour, self.headers.get("Range")
        how.ranges.append(wanted)
        start = int(wanted[6:-1]) if wanted and how.resumes else 0
        if how.status != 200 or start >= len(how.content):
            self.send_error(how.status if how.status != 200 else 416)
            return
        body = how.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: how.breaks_after])

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    behaviour = Behaviour()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, behaviour)) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield behaviour, f"http://127.0.0.1:{running.server_port}/set.tar.gz"
        running.shutdown()
        thread.join()


def source(url):
    return Source(url, "set.tar.gz", hashlib.md5(CONTENT).hexdigest())


def test_a_file_arrives_whole_with_its_progress(server, tmp_path):
    seen = []
    target = fetch(source(server[1]), tmp_path / "new" / "set", lambda *p: seen.append(p))
    assert target.read_bytes() == CONTENT
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [p.name for p in target.parent.iterdir()] == ["set"]


def test_a_broken_transfer_goes_on_where_it_stopped(server, tmp_path):
    behaviour, url = server
    behaviour.breaks_after = 100_000
    with pytest.raises(FetchError, match="goes on from here"):
        fetch(source(url), tmp_path / "set")
    assert not (tmp_path / "set").exists()
    behaviour.breaks_after = None
    assert fetch(source(url), tmp_path / "set").read_bytes() == CONTENT
    assert behaviour.ranges == [None, "bytes=100000-"]


def test_a_server_that_cannot_resume_sends_all_of_it_again(server, tmp_path):
    behaviour, url = server
    behaviour.resumes = False
    (tmp_path / "set.part").write_bytes(CONTENT[:5000])
    assert fetch(source(url), tmp_path / "set").read_bytes() == CONTENT


def test_a_part_that_is_whole_already_is_taken(server, tmp_path):
    (tmp_path / "set.part").write_bytes(CONTENT)
    assert fetch(source(server[1]), tmp_path / "set").read_bytes() == CONTENT


def test_a_wrong_file_is_thrown_away_and_told(server, tmp_path):
    server[0].content = b"something else"
    with pytest.raises(FetchError, match="wrong checksum"):
        fetch(source(server[1]), tmp_path / "set")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_server_that_refuses_is_quoted(server, tmp_path, status):
    server[0].status = status
    with pytest.raises(FetchError, match=f"answers {status}"):
        fetch(source(server[1]), tmp_path / "set")


def test_without_a_network_the_sentence_says_what_to_do(tmp_path):
    with pytest.raises(FetchError, match="check the network .* `course data cifar10 --file FILE`"):
        fetch(source("http://127.0.0.1:9/set"), tmp_path / "set")


def test_in_a_notebook_it_is_this_sentence_alone(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    shell = InteractiveShell()
    shell.push({"fetch": fetch, "it": source("http://127.0.0.1:9/set"), "to": tmp_path / "set"})
    shell.run_cell("fetch(it, to)")
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "检查网络" in out


def test_a_full_disk_is_told(server, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetching, "_append", full)
    with pytest.raises(FetchError, match="the disk is full"):
        fetch(source(server[1]), tmp_path / "set")


def test_a_folder_that_cannot_be_written_is_told(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FetchError, match="cannot be written"):
        fetch(source(server[1]), tmp_path / "file" / "set")
