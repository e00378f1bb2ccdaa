"""Grades sent to Canvas and by LTI 1.3, each to a platform on loopback that only pretends."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from typer.testing import CliRunner

from grader.network.canvas import CanvasCourse
from grader.network.lti import LtiPlatform, registered
from grader.network.posting import PostError
from grader.reports.grades import Grade
from pix2net.cli.app import app

pytestmark = pytest.mark.some_chapters

TOKEN = "a-token-of-canvas"


def grade(student, assignment="01_toy", score=7.5, lms_id="", waiting=False):
    return Grade(student, "", "", "", lms_id, assignment, score, 0.0, 10.0, "", waiting)


class Platform:
    """Answers by a table, and keeps what it was sent."""

    def __init__(self, answers):
        self.seen = []
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size).decode()
                path = urlsplit(self.path).path
                platform.seen.append((self.command, path, body, dict(self.headers)))
                status, data = answers(platform, self.command, path, body, dict(self.headers))
                raw = json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def sent(self, method, end):
        return [body for m, path, body, _ in self.seen if m == method and path.endswith(end)]


@pytest.fixture
def platform():
    made = []

    def make(answers):
        made.append(Platform(answers))
        return made[-1]

    yield make
    for each in made:
        each.server.shutdown()


def canvas(_, method, path, body, headers):
    if headers.get("Authorization") != f"Bearer {TOKEN}":
        return 401, {"errors": [{"message": "Invalid access token."}]}
    answers = {
        "/api/v1/courses/5": {"id": 5, "name": "Networks"},
        "/api/v1/courses/5/search_users": [
            {"id": 11, "login_id": "ada"}, {"id": 12, "login_id": "x", "sis_user_id": "bob"},
        ],
        "/api/v1/courses/5/assignments": [{"id": 3, "name": "01_toy", "course_id": 5}],
        "/api/v1/courses/5/assignments/3/submissions/update_grades": {
            "id": 9, "workflow_state": "queued", "url": "-",
        },
        "/api/v1/progress/9": {"id": 9, "workflow_state": "completed"},
    }  # fmt: skip
    return (200, answers[path]) if path in answers else (404, {"errors": "not found"})


def test_canvas_gets_each_grade_under_its_own_number_of_the_student(platform):
    there = platform(canvas)
    grades = [
        grade("ada"), grade("bob", score=0.0), grade("zoe", lms_id="12", score=3.0), grade("eve"),
        grade("ada", "02_more"), grade("cid", score=None),
    ]  # fmt: skip
    posted = CanvasCourse(there.url, TOKEN, "5", look=0.01).post(grades[:2] + grades[3:])
    (body,) = there.sent("POST", "update_grades")
    sent = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    assert sent == {"grade_data[11][posted_grade]": "7.5", "grade_data[12][posted_grade]": "0"}
    assert posted.sent == [("ada", "01_toy"), ("bob", "01_toy")]
    assert {(who, what) for who, what, _ in posted.left} == {
        ("eve", "01_toy"), ("ada", "02_more"), ("cid", "01_toy"),
    }  # fmt: skip
    posted = CanvasCourse(there.url, TOKEN, "5", look=0.01).post(grades[2:3])
    assert [*parse_qs(there.sent("POST", "update_grades")[1])] == ["grade_data[12][posted_grade]"]
    assert posted.sent == [("zoe", "01_toy")]


def test_canvas_that_refuses_or_fails_is_told(platform):
    there = platform(canvas)
    with pytest.raises(PostError, match="Canvas refuses"):
        CanvasCourse(there.url, "another", "5").post([grade("ada")])
    with pytest.raises(PostError, match="cannot be reached"):
        CanvasCourse("http://127.0.0.1:9", TOKEN, "5").post([grade("ada")])

    def failing(here, method, path, body, headers):
        status, data = canvas(here, method, path, body, headers)
        return status, data | {"workflow_state": "failed"} if "update_grades" in path else data

    there = platform(failing)
    posted = CanvasCourse(there.url, TOKEN, "5", look=0.01).post([grade("ada")])
    assert posted.sent == []
    assert "failed to write" in posted.left[0][2]


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def classroom(tmp_path, key):
    """A class folder whose course is registered at a platform that `register` names."""
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "lti-private.pem").write_bytes(pem)
    (tmp_path / "lti-private.pem").chmod(0o600)
    return tmp_path


def register(root, url, **more):
    told = {"issuer": url, "client_id": "course", "token_url": f"{url}/token",
            "lineitems": f"{url}/lineitems", "private_key": "lti-private.pem", **more}  # fmt: skip
    (root / "lti.json").write_text(json.dumps(told))
    return LtiPlatform(registered(root))


def lti(key):
    """A platform that believes who signs with the key that was registered."""
    columns = []

    def answer(here, method, path, body, headers):
        if path == "/token":
            claim = parse_qs(body)["client_assertion"][0]
            told = jwt.decode(claim, key.public_key(), ["RS256"], audience=f"{here.url}/token")
            assert told["sub"] == "course"
            return 200, {"access_token": "t", "token_type": "Bearer", "expires_in": 3600}
        if headers.get("Authorization") != "Bearer t":
            return 401, {}
        if path == "/lineitems" and method == "GET":
            return 200, columns
        if path == "/lineitems":
            columns.append({**json.loads(body), "id": f"{here.url}/lineitems/{len(columns)}"})
            return 201, columns[-1]
        data = json.loads(body)
        return (404, {"reason": "no such user"}) if data["userId"] == "99" else (200, {})

    return answer


def test_an_lti_platform_gets_a_column_and_a_score_each(platform, classroom, key):
    there = platform(lti(key))
    grades = [
        grade("ada", lms_id="7"), grade("bob", lms_id="8", score=0.0, waiting=True), grade("eve"),
        grade("old", lms_id="99"), grade("cid", score=None, lms_id="6"),
    ]  # fmt: skip
    posted = register(classroom, there.url).post(grades)
    (column,) = [json.loads(body) for body in there.sent("POST", "/lineitems")]
    assert (column["label"], column["scoreMaximum"]) == ("01_toy", 10.0)
    scores = [json.loads(body) for body in there.sent("POST", "/scores")]
    assert [(s["userId"], s["scoreGiven"], s["gradingProgress"]) for s in scores[:2]] == [
        ("7", 7.5, "FullyGraded"), ("8", 0.0, "PendingManual"),
    ]  # fmt: skip
    assert posted.sent == [("ada", "01_toy"), ("bob", "01_toy")]
    assert {who for who, *_ in posted.left} == {"eve", "old", "cid"}
    register(classroom, there.url).post([grade("ada", lms_id="7")])
    assert len(there.sent("POST", "/lineitems")) == 1


def test_a_table_of_numbers_says_whose_a_score_is_and_nothing_else_does(platform, classroom, key):
    there = platform(lti(key))
    (classroom / "moodle.csv").write_text("student,number\nada,17\n")
    moodle = register(classroom, there.url, students="moodle.csv")
    posted = moodle.post([grade("ada", lms_id="7"), grade("bob", lms_id="8")])
    assert [json.loads(body)["userId"] for body in there.sent("POST", "/scores")] == ["17"]
    assert [(who, "table of students" in why) for who, *_, why in posted.left] == [("bob", True)]


def test_moodle_is_sent_nothing_by_numbers_that_may_be_somebody_elses(classroom):
    moodle = {"token_url": "https://x/mod/lti/token.php"}
    with pytest.raises(PostError, match="address of their profile"):
        register(classroom, "https://x", **moodle)
    with pytest.raises(PostError, match="no such file|moodle.csv"):
        register(classroom, "https://x", **moodle, students="moodle.csv")
    (classroom / "moodle.csv").write_text("who,what\nada,17\n")
    with pytest.raises(PostError, match="columns student and number"):
        register(classroom, "https://x", **moodle, students="moodle.csv")


def test_a_registration_that_lacks_something_is_told(classroom):
    with pytest.raises(PostError, match="issuer, client_id, token_url, lineitems, private_key"):
        registered(classroom)
    (classroom / "lti-private.pem").chmod(0o644)
    with pytest.raises(PostError, match="can be read by others"):
        register(classroom, "https://x")


def test_the_command_says_what_it_needs(folder, monkeypatch):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder.root}/gradebook.db", "pixels-to-networks") as book:
        book.add_student("ada")
    monkeypatch.delenv("CANVAS_TOKEN", raising=False)
    words = ["post", "--class-dir", str(folder.root)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "CANVAS_TOKEN" in done.stderr
    monkeypatch.setitem(os.environ, "CANVAS_TOKEN", "t")
    done = CliRunner().invoke(app, [*words, "--address", "http://canvas.example", "--course", "5"])
    assert (done.exit_code, "not encrypted" in done.stderr) == (2, True)
    assert CliRunner().invoke(app, [*words, "--dry-run"]).exit_code == 0
    assert CliRunner().invoke(app, [*words, "--to", "lti"]).exit_code == 2
