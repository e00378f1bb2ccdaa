"""Asking for a second look over the network: one's own, bounded, and nothing that acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from grader.classroom import requests
from grader.classroom.records import Records
from grader.classroom.students import drop, restore
from grader.network.tokens import Tokens
from grader.release.course_dir import COURSE_ID, ClassFolder
from grader.reports.second_looks import Asking
from pix2net.cli.app import app
from pix2net.handing_in.service import ServiceError
from tests.network.conftest import NAME, STUDENTS, Served, allow, class_in, start
from tests.network.test_service import Browser, ask, token
from tests.reports.test_summary import item, verdict

pytestmark = pytest.mark.some_chapters

REASON = "The last check asks for something else than the text."
HOSTILE = (
    "<script>alert(1)</script>\x1b[31m\x00\u202e\n"
    "\"'><img src=x onerror=alert(1)>\ud800 {{ 7 * 7 }}"
)
FORM = "application/x-www-form-urlencoded"


def give_feedback(folder: ClassFolder, *students: str) -> None:
    """Grade each one's notebook with an exercise and a question, and write a page."""
    for student in students:
        found = verdict(student, item("f", 1), assignment=NAME, manual={"words": 4.0})
        Records(folder.root).save(student, NAME, "as handed in", found)
        page = folder.root / "feedback" / student / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text("well done")


@pytest.fixture
def served(serve, folder) -> Served:
    """A service of a class in which ada and O'Brien have feedback, and bob has none."""
    give_feedback(folder, "ada", "O'Brien, Zoë")
    return serve(requests=1_000, second_looks=3)


@pytest.fixture(scope="module")
def standing(tmp_path_factory, empty_gradebook) -> Iterator[Served]:
    """The same service once for all tests that change nothing in its class."""
    folder = class_in(tmp_path_factory.mktemp("standing"), empty_gradebook)
    give_feedback(folder, "ada", "O'Brien, Zoë")
    allow(folder, requests=1_000, second_looks=3)
    served = start(folder, Tokens(folder).give(STUDENTS))
    yield served
    served.kill()


def post(served: Served, student: str, body: object, name: str = NAME):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = f"api/assignments/{name}/requests"
    status, _, told = ask(served, "POST", path, content, Authorization=token(served, student))
    return status, json.loads(told) if told else {}


def test_a_request_reaches_the_class_folder_and_its_answer_the_student_alone(served, folder):
    ada, zoe = served.client("ada"), served.client("O'Brien, Zoë")
    told = ada.ask(NAME, "f", REASON)
    assert (told["number"], told["task"], told["reason"], told["answered"]) == (1, "f", REASON, "")
    (found,) = requests.all_requests(folder)
    assert (found.student, found.assignment, found.reason) == ("ada", NAME, REASON)
    assert ada.ask(NAME, "f", REASON) == told  # sent again
    assert zoe.requests(NAME) == []
    requests.answer(folder, found, "You are right.", "kim")
    (told,) = ada.requests(NAME)
    assert told["answer"] == "You are right."
    assert "kim" not in json.dumps(told)
    path = folder.root / "requests" / "ada" / NAME / "0001.json"
    assert path.stat().st_mode & 0o077 == 0


def test_a_browser_asks_with_the_form_and_sees_the_answer(served, folder):
    browser = Browser(served)
    browser.log_in(served.tokens["O'Brien, Zoë"])
    page = browser.go("GET", "")[2]
    assert "<option>f</option><option>words</option>" in page
    told = {"task": "words", "reason": REASON, "_xsrf": browser.word("")}
    status, headers, _ = browser.go(
        "POST", f"assignments/{NAME}/requests", urlencode(told).encode(), FORM
    )
    assert (status, headers["Location"]) == (302, f"/#{NAME}")
    page = browser.go("GET", "")[2]
    assert f"<b>You asked about words:</b> {REASON}" in page
    assert "waits for a grader" in page
    assert "<option>words</option>" not in page
    (found,) = requests.all_requests(folder)
    requests.answer(folder, found, "It <b>stays</b>.", "kim")
    assert "It &lt;b&gt;stays&lt;/b&gt;." in browser.go("GET", "")[2]


def test_another_sites_form_asks_nothing(standing):
    browser = Browser(standing)
    browser.log_in(standing.tokens["ada"])
    browser.word("")
    for word in ({}, {"_xsrf": ""}, {"_xsrf": "a" * 32}):
        told = urlencode({"task": "f", "reason": REASON, **word}).encode()
        assert browser.go("POST", f"assignments/{NAME}/requests", told, FORM)[0] == 403
    assert list(requests.all_requests(standing.folder)) == []


def test_what_a_student_writes_is_text_wherever_it_is_shown(served, folder):
    status, told = post(served, "ada", {"task": "f", "reason": HOSTILE})
    assert status == 201
    assert all(c.isprintable() for c in told["reason"])
    browser = Browser(served)
    browser.log_in(served.tokens["ada"])
    page = browser.go("GET", "")[2]
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[31m" in page
    assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"[" * 60_000, 400),
        (b"\xff\xfe", 400),
        ({"task": "f"}, 400),
        ({"task": ["f"], "reason": REASON}, 400),
        ({"task": "f", "reason": None}, 400),
        ({"task": "f", "reason": " \u200e\x00\n"}, 422),
        ({"task": "f", "reason": "x" * 501}, 422),
        ({"task": "g", "reason": REASON}, 422),
        ({"task": "../f", "reason": REASON}, 422),
        ({"task": "\ud800", "reason": REASON}, 422),
        ({"task": "f", "reason": "x" * 70_000}, 413),
        ({"task": "f", "reason": "x" * 10 * 2**20}, 413),
    ],
)
def test_what_is_no_request_is_refused_with_a_sentence(standing, body, status):
    found, told = post(standing, "ada", body)
    assert found == status
    assert told["error"]
    assert list(requests.all_requests(standing.folder)) == []
    assert not list(standing.folder.root.glob("requests/*/*/*"))


def test_one_asks_about_ones_own_feedback_alone(standing):
    with pytest.raises(ServiceError, match="no feedback"):
        standing.client("bob").ask(NAME, "f", REASON)
    with pytest.raises(ServiceError, match="there is no assignment"):
        standing.client("ada").ask("02_other", "f", REASON)
    for name in ("..%2fada", "%2e%2e", "..%2f..%2fgradebook.db", "%00", "*", quote("O'Brien, Zoë")):
        status, _ = post(standing, "ada", {"task": "f", "reason": REASON}, name)
        assert status in (400, 404)
        path = f"api/assignments/{name}/requests"
        status, _, _ = ask(standing, "GET", path, Authorization=token(standing, "ada"))
        assert status in (400, 404)
    path = f"api/assignments/{NAME}/requests"
    assert ask(standing, "GET", path)[0] == 401
    assert ask(standing, "POST", path, b"{}", Authorization="token nobody")[0] == 401
    assert list(requests.all_requests(standing.folder)) == []


def test_requests_are_as_many_as_the_class_allows(served, folder):
    ada = served.client("ada")
    ada.ask(NAME, "f", "First.")
    with pytest.raises(ServiceError, match="f is asked about already"):
        ada.ask(NAME, "f", "Second.")
    for reason in ("Second.", "Third."):
        (*_, last) = requests.requests_of(folder, "ada", NAME)
        requests.answer(folder, last, "No.", "kim")
        ada.ask(NAME, "f", reason)
    with pytest.raises(ServiceError, match="all 3 requests about 01_toy are used"):
        ada.ask(NAME, "words", "Fourth.")
    browser = Browser(served)
    browser.log_in(served.tokens["ada"])
    assert "Ask for a second look" not in browser.go("GET", "")[2]


def test_whoever_was_dropped_asks_nothing_and_gets_all_back(served, folder):
    with Gradebook(f"sqlite:///{folder.root}/gradebook.db", COURSE_ID) as book:
        book.add_student("ada")
        served.client("ada").ask(NAME, "f", REASON)
        drop(folder, book, "ada")
        with pytest.raises(ServiceError, match="not in this class any more"):
            served.client("ada").ask(NAME, "words", REASON)
        assert list(requests.all_requests(folder)) == []
        restore(folder, book, "ada")
    assert [each.reason for each in requests.all_requests(folder)] == [REASON]


def test_a_learner_asks_with_a_command_where_they_have_joined(served, folder, monkeypatch):
    def run(*words):
        return CliRunner().invoke(app, ["ask", *words])

    monkeypatch.setenv("COURSE_SERVICE", served.url)
    monkeypatch.setenv("COURSE_TOKEN", served.tokens["ada"])
    assert "You have asked nothing about 01_toy" in run(NAME).stdout
    done = run(f"work/{NAME}.ipynb", "f", REASON)
    assert done.exit_code == 0, done.output
    assert "waits for a grader" in done.stdout
    (found,) = requests.all_requests(folder)
    requests.answer(folder, found, "It stays: \x1b[2J[bold]", "kim")
    done = run(NAME)
    assert f"f: {REASON}\n  Answer: It stays: [2J[bold]" in done.stdout
    for words, sentence in ((["g", REASON], "there is no exercise"), (["f"], "say why you ask")):
        done = run(NAME, *words)
        assert done.exit_code == 2
        assert sentence in done.stderr


def test_without_a_class_the_command_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr("pix2net.handing_in.service.settings_file", lambda: tmp_path / "none")
    monkeypatch.delenv("COURSE_SERVICE", raising=False)
    done = CliRunner().invoke(app, ["ask", NAME, "f", REASON])
    assert done.exit_code == 2
    assert "joined no class" in done.stderr


ADDRESS = f"assignments/{NAME}/requests?task=words"


def page_with_parts(served, student="ada"):
    """Write a page of feedback as `course feedback` does, with what it knew then."""
    part = Asking(NAME, 3).part("words", ())
    page = served.folder.root / "feedback" / student / NAME / f"{NAME}.html"
    page.write_text(f"<p>well done</p>{part}<p>end</p>")


def test_the_page_of_feedback_links_to_the_form_and_shows_what_was_asked_since(served, folder):
    page_with_parts(served)
    browser = Browser(served)
    browser.log_in(served.tokens["ada"])
    feedback = f"api/assignments/{NAME}/feedback"
    assert f'<a href="/{ADDRESS}">' in browser.go("GET", feedback)[2]
    told = {"task": "words", "reason": HOSTILE.replace("\ud800", ""), "from": "feedback"}
    told["_xsrf"] = browser.word(ADDRESS)
    path = f"assignments/{NAME}/requests"
    status, headers, _ = browser.go("POST", path, urlencode(told).encode(), FORM)
    assert (status, headers["Location"]) == (302, f"/{feedback}#words")
    page = browser.go("GET", feedback)[2]
    assert "<p>well done</p>" in page
    assert "This waits for a grader." in page
    assert f'href="/{ADDRESS}"' not in page
    assert "<script" not in page
    assert '<textarea name="reason"' not in browser.go("GET", ADDRESS)[2]
    (found,) = requests.all_requests(folder)
    requests.answer(folder, found, r"It stays \1.", "kim")
    page = browser.go("GET", feedback)[2]
    assert r"It stays \1." in page
    assert f'href="/{ADDRESS}"' in page


def test_a_page_that_a_program_fetches_has_the_whole_address_or_the_command(serve, folder):
    give_feedback(folder, "ada")
    served = serve()
    page_with_parts(served)
    page = served.client("ada").feedback(NAME).decode()
    assert f"<code>course ask {NAME} words &quot;…&quot;</code>" in page
    served.kill()
    served = serve(address="https://handin.example.edu/class")
    page = served.client("ada").feedback(NAME).decode()
    assert f'href="https://handin.example.edu/class/{ADDRESS}"' in page


def test_a_class_without_second_looks_has_no_link(serve, folder):
    give_feedback(folder, "ada")
    served = serve(second_looks=0)
    page_with_parts(served)
    assert 'class="ask' not in served.client("ada").feedback(NAME).decode()


@pytest.mark.parametrize(
    ("task", "status"), [("g", 404), ("..%2f", 404), ("%ff", 400), ("", 404), ("words", 200)]
)
def test_the_form_is_for_what_was_graded_alone(standing, task, status):
    browser = Browser(standing)
    browser.log_in(standing.tokens["ada"])
    assert browser.go("GET", f"assignments/{NAME}/requests?task={task}")[0] == status
    browser.log_in(standing.tokens["bob"])
    assert browser.go("GET", ADDRESS)[0] == 403


def test_whoever_comes_from_elsewhere_is_led_by_a_page_that_knows_nobody(standing):
    came = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    framed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
    for headers, leads in ((came, True), (framed, False)):
        status, found, page = ask(standing, "GET", ADDRESS, **headers)
        assert status == 200
        assert (f'content="0; url={standing.url}/{ADDRESS}"' in page.decode()) is leads
        assert "<form" not in page.decode()
        assert "form-action 'none'" in found["Content-Security-Policy"]
        assert not found.get_all("Set-Cookie")


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example", "/\\evil.example", "logout",
               "../" + ADDRESS, ADDRESS + "\r\nX: y", ADDRESS + "#@evil"]
)  # fmt: skip
def test_a_login_leads_to_a_form_of_ours_or_to_the_assignments(standing, wanted):
    for path, where in ((wanted, "/"), (ADDRESS, f"/{ADDRESS}")):
        browser = Browser(standing)
        told = {"token": standing.tokens["ada"], "wanted": path, "_xsrf": browser.word("login")}
        assert browser.go("POST", "login", urlencode(told).encode(), FORM)[1]["Location"] == where
    status, found, _ = ask(standing, "GET", ADDRESS)
    assert (status, found["Location"]) == (302, f"/login?wanted={quote(ADDRESS, safe='')}")
