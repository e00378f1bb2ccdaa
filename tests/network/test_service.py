"""The service as a program: who gets what, what is bounded, and that receipts are never in vain."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
from itertools import product
from urllib.parse import urlencode, urlsplit

import pytest

from grader.network.tokens import Tokens
from pix2net.files import digest
from pix2net.handing_in.receipt import check
from pix2net.handing_in.service import Joined, Service, ServiceError
from tests.network.conftest import NAME, Served, attempts_on_disk, book, start

pytestmark = pytest.mark.some_chapters


def ask(served: Served, method: str, path: str, body: bytes | None = None, **headers: str):
    """One request; its status, headers and body."""
    there = urlsplit(served.url)
    connection = http.client.HTTPConnection(there.hostname, there.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, f"{there.path}/{path}", body, named)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def token(served: Served, student: str) -> str:
    return f"token {served.tokens[student]}"


def test_a_student_fetches_hands_in_and_gets_a_receipt_that_holds(serve, folder):
    served = serve()
    ada = served.client("ada")
    me = ada.me()
    assert (me["student"], me["course"]) == ("ada", "pixels-to-networks")
    assert ada.files(NAME).startswith(b"PK")
    told = ada.submit(NAME, book("mine"))
    receipt = check(told["receipt"], me["public_key"])
    assert receipt.sha256 == digest(book("mine"))
    (place,) = attempts_on_disk(folder)
    assert (place / "receipt.json").read_text() == told["receipt"]
    (row,) = ada.assignments()
    assert [a["number"] for a in row["attempts"]] == [1]
    assert ask(served, "GET", "api/key")[2].decode().strip() == me["public_key"]
    assert served.stop() == 0


def test_students_see_their_own_alone(serve, folder):
    served = serve()
    for student in served.tokens:
        served.client(student).submit(NAME, book(student))
    page = folder.root / "feedback" / "ada" / NAME / f"{NAME}.html"
    page.parent.mkdir(parents=True)
    page.write_text("feedback of ada <script>alert(1)</script>")
    status, headers, body = ask(
        served, "GET", f"api/assignments/{NAME}/feedback", Authorization=token(served, "ada")
    )
    assert (status, body) == (200, page.read_bytes())
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    with pytest.raises(ServiceError, match="no feedback"):
        served.client("bob").feedback(NAME)
    for student in served.tokens:
        path = f"api/assignments/{NAME}/attempts/1/receipt"
        status, _, body = ask(served, "GET", path, Authorization=token(served, student))
        assert json.loads(body)["receipt"]["student"] == student
    for path in ("", "api/me", "api/assignments", f"api/assignments/{NAME}/attempts/1/receipt"):
        for headers in ({}, {"Authorization": "token x"}, {"Authorization": "Basic eDp4"}):
            status, _, body = ask(served, "GET", path, **headers)
            assert status in (401, 302)
            assert b"ada" not in body


def test_no_name_leads_out_of_the_class(serve):
    served = serve()
    paths = ["..%2fkeys%2fx", "%2e%2e", "..%2f..%2fgradebook.db", "%00", "*"]
    for path, end in product(paths, ("files.zip", "feedback", "attempts/1/receipt")):
        status, _, _ = ask(
            served, "GET", f"api/assignments/{path}/{end}", Authorization=token(served, "ada")
        )
        assert status in (400, 404)


def test_bodies_are_bounded_and_nobody_unknown_sends_one(serve, folder):
    served = serve(most_bytes=100_000)
    path = f"api/assignments/{NAME}/attempts"
    status, _, body = ask(served, "POST", path, b"x" * 200_000, Authorization=token(served, "ada"))
    assert status == 413
    assert "too large" in json.loads(body)["error"]
    status, _, _ = ask(served, "POST", path, b"x" * 50_000, Authorization="token nobody")
    assert status == 401
    there = urlsplit(served.url)
    connection = http.client.HTTPConnection(there.hostname, there.port, timeout=30)
    headers = {"Authorization": token(served, "ada")}
    connection.request("POST", f"/{path}", iter([book()]), headers, encode_chunked=True)
    assert connection.getresponse().status == 411
    assert attempts_on_disk(folder) == []


def test_who_asks_too_often_waits_and_others_do_not(serve):
    served = serve(requests=5)
    statuses = [
        ask(served, "GET", "api/me", Authorization=token(served, "ada"))[0] for _ in range(7)
    ]
    assert statuses[:5] == [200] * 5
    assert statuses[5:] == [429] * 2
    assert ask(served, "GET", "api/me", Authorization=token(served, "bob"))[0] == 200


def test_tokens_cannot_be_guessed_without_end(serve):
    served = serve()
    statuses = [ask(served, "GET", "api/me", Authorization=f"token {i}")[0] for i in range(25)]
    assert statuses[:20] == [401] * 20
    assert statuses[20:] == [429] * 5


def test_a_token_that_was_taken_away_ends_at_once(serve, folder):
    served = serve()
    assert served.client("ada").me()["student"] == "ada"
    Tokens(folder).take_away(["ada"])
    with pytest.raises(ServiceError, match="nobody knows this token"):
        served.client("ada").me()


class Browser:
    """Keeps cookies, and sends forms."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.cookies: dict[str, str] = {}

    def go(self, method: str, path: str, body: bytes | None = None, kind: str = ""):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie} | ({"Content-Type": kind} if kind else {})
        status, found, page = ask(self.served, method, path, body, **headers)
        for line in found.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
            assert "HttpOnly" in line
            assert "SameSite=Strict" in line
        return status, found, page.decode()

    def word(self, path: str) -> str:
        page = self.go("GET", path)[2]
        return re.search(r'name="_xsrf" value="([^"]+)"', page)[1]

    def log_in(self, token: str) -> int:
        form = urlencode({"token": token, "_xsrf": self.word("login")}).encode()
        return self.go("POST", "login", form, "application/x-www-form-urlencoded")[0]

    def hand_in(self, content: bytes, word: str):
        kind, body = form(content, word)
        return self.go("POST", f"assignments/{NAME}", body, kind)


def form(content: bytes, word: str) -> tuple[str, bytes]:
    """Kind and body of the form that hands in."""
    line = "----------x"
    head = f"--{line}\r\nContent-Disposition: form-data; name="
    parts = [
        f'{head}"_xsrf"\r\n\r\n{word}\r\n'.encode(),
        f'{head}"notebook"; filename="a.ipynb"\r\n\r\n'.encode() + content + b"\r\n",
        f"--{line}--\r\n".encode(),
    ]
    return f"multipart/form-data; boundary={line}", b"".join(parts)


def test_a_browser_logs_in_hands_in_and_sees_it(serve, folder):
    served = serve(pause=0)
    browser = Browser(served)
    assert browser.go("GET", "")[1]["Location"] == "/login"
    assert browser.log_in("wrong") == 401
    assert browser.log_in(served.tokens["O'Brien, Zoë"]) == 302
    status, headers, _ = browser.hand_in(book("mine"), browser.word(""))
    assert status == 302
    page = browser.go("GET", headers["Location"].lstrip("/"))[2]
    assert f"{NAME} is handed in" in page
    assert "O&#39;Brien, Zoë" in page
    (place,) = attempts_on_disk(folder)
    assert (place / f"{NAME}.ipynb").read_bytes() == book("mine")
    status, _, page = browser.hand_in(b"", browser.word(""))
    assert (status, "Choose the notebook first" in page) == (400, True)


def test_another_sites_form_hands_nothing_in(serve, folder):
    served = serve()
    browser = Browser(served)
    browser.log_in(served.tokens["ada"])
    for word in ("", "a" * 32):
        assert browser.hand_in(book(), word)[0] == 403
    assert attempts_on_disk(folder) == []


def test_a_second_service_of_one_class_is_refused(serve, folder, tokens):
    serve()
    with pytest.raises(AssertionError, match="another `course serve` is running"):
        start(folder, tokens)


class Students:
    """Hand in all the time, whatever becomes of the service, and keep what it said."""

    def __init__(self, count: int) -> None:
        self.receipts: list[tuple[str, bytes]] = []
        self.url, self.tokens, self.stopped = "", {}, threading.Event()
        names = [f"s{i}" for i in range(count)]
        self.threads = [threading.Thread(target=self.work, args=(name,)) for name in names]

    def work(self, name: str) -> None:
        number = 0
        while not self.stopped.is_set():
            number += 1
            content = book(f"{name} {number} " + "x" * 20_000)
            try:
                told = Service(Joined(self.url, self.tokens[name])).submit(NAME, content)
                self.receipts.append((told["receipt"], content))
            except ServiceError:
                time.sleep(0.05)


@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.thorough)])
def test_killed_at_any_moment_it_loses_nothing_that_was_receipted(serve, folder, kills):
    students = Students(6)
    tokens = Tokens(folder).give([f"s{i}" for i in range(6)])
    served = serve(pause=0, attempts=100_000, requests=1_000_000)
    students.url, students.tokens = served.url, tokens
    public = (folder.root / "receipts" / "public-key.txt").read_text()
    for thread in students.threads:
        thread.start()
    rng = random.Random(7)
    for _ in range(kills):
        time.sleep(0.2 + rng.random())
        served.kill()
        served = start(folder, tokens)
        students.url = served.url
    time.sleep(0.3)
    students.stopped.set()
    for thread in students.threads:
        thread.join()
    served.kill()
    assert len(students.receipts) > 5 * kills
    last: dict[str, int] = {}
    for text, content in students.receipts:
        receipt = check(text, public)
        place = folder.root / "attempts" / receipt.student / NAME / f"{receipt.attempt:04d}"
        assert digest(content) == receipt.sha256
        assert (place / f"{NAME}.ipynb").read_bytes() == content
        assert (place / "receipt.json").read_text() == text
        last[receipt.student] = max(last.get(receipt.student, 0), receipt.attempt)
    for place in attempts_on_disk(folder):
        assert check((place / "receipt.json").read_text(), public).attempt == int(place.name)
    start(folder, tokens).kill()
    for student in last:
        newest = max((folder.root / "attempts" / student / NAME).glob("[0-9]*"))
        there = folder.submitted(student, NAME) / f"{NAME}.ipynb"
        assert there.read_bytes() == (newest / f"{NAME}.ipynb").read_bytes()
