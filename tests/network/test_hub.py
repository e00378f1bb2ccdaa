"""The service of a JupyterHub, by a hub on loopback that only pretends to be one."""

from __future__ import annotations

import http.client
import json
import re
import socket
from urllib.parse import parse_qs, urlsplit

import pytest

from pix2net.handing_in.service import Joined, Service, ServiceError
from tests.network.conftest import NAME, attempts_on_disk, book, start
from tests.network.test_posting import Platform
from tests.network.test_service import form

pytestmark = pytest.mark.some_chapters

PREFIX = "/services/course/"
SCOPE = "access:services!service=course"
USERS = {"token-of-ada": ("ada", [SCOPE]), "token-of-eve": ("eve", [])}


def hub(_, method, path, body, headers):
    """Knows two tokens; eve may not use the service."""
    if path == "/hub/api/oauth2/token":
        code = parse_qs(body)["code"][0]
        return 200, {"access_token": f"token-of-{code}", "token_type": "Bearer"}
    if path == "/hub/api/user":
        token = headers.get("Authorization", "").partition(" ")[2]
        if token not in USERS:
            return 403, {"message": "Missing or invalid credentials."}
        name, scopes = USERS[token]
        return 200, {"name": name, "kind": "user", "admin": False, "groups": [], "scopes": scopes}
    return 404, {}


@pytest.fixture
def service(folder, monkeypatch):
    """The service as a hub starts it; its address."""
    there = Platform(hub)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name, value in {
        "API_TOKEN": "token-of-the-service",
        "API_URL": f"{there.url}/hub/api",
        "BASE_URL": "/",
        "HOST": "",
        "SERVICE_NAME": "course",
        "SERVICE_PREFIX": PREFIX,
        "SERVICE_URL": f"http://127.0.0.1:{port}",
        "CLIENT_ID": "service-course",
        "OAUTH_CALLBACK_URL": f"{PREFIX}oauth_callback",
        "OAUTH_ACCESS_SCOPES": json.dumps([SCOPE]),
    }.items():
        monkeypatch.setenv(f"JUPYTERHUB_{name}", value)
    served = start(folder, {})
    yield served
    served.kill()
    there.server.shutdown()


def test_a_students_own_server_hands_in_with_its_token(service, folder):
    assert service.url.endswith(PREFIX.rstrip("/"))
    ada = Service(Joined(service.url, "token-of-ada"))
    assert ada.me()["student"] == "ada"
    ada.submit(NAME, book("mine"))
    (place,) = attempts_on_disk(folder)
    assert place.parts[-3] == "ada"
    for token in ("token-of-eve", "nobody"):
        with pytest.raises(ServiceError, match="403|the hub does not know"):
            Service(Joined(service.url, token)).me()
    assert len(attempts_on_disk(folder)) == 1


def test_a_browser_logs_in_at_the_hub_and_comes_back(service, folder):
    there = urlsplit(service.url)

    def go(path, cookies="", body=None, kind=""):
        connection = http.client.HTTPConnection(there.hostname, there.port, timeout=30)
        headers = {"Cookie": cookies, "Content-Type": kind} if body else {"Cookie": cookies}
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        kept = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        return answer.status, answer.headers.get("Location", ""), kept, answer.read().decode()

    status, where, cookies, _ = go(PREFIX)
    assert status == 302
    assert where.startswith("/hub/api/oauth2/authorize")
    state = parse_qs(urlsplit(where).query)["state"][0]
    back = f"{PREFIX}oauth_callback?code=ada&state={state}"
    status, where, kept, _ = go(back, "; ".join(cookies))
    assert (status, where) == (302, PREFIX)
    status, _, more, page = go(PREFIX, "; ".join([*cookies, *kept]))
    assert status == 200
    assert "ada" in page
    assert NAME in page
    word = re.search(r'name="_xsrf" value="([^"]+)"', page)[1]
    known = "; ".join({c.partition("=")[0]: c for c in (*cookies, *kept, *more)}.values())
    for said, expected in (("wrong", 403), (word, 302)):
        kind, body = form(book("by form"), said)
        assert go(f"{PREFIX}assignments/{NAME}", known, body, kind)[0] == expected
    assert len(attempts_on_disk(folder)) == 1
