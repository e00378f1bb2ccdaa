"""The service as a service of a JupyterHub: the hub says who asks.

The hub starts us with variables that say where it is and under which address we answer. Browsers
log in at the hub (OAuth); programs show the token of a student's own server.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler, HubOAuthenticated
from tornado import web

from grader.network.desk import Refused
from grader.network.handlers import Base, Parts
from grader.network.web import InBrowser, routes
from pix2net.handing_in.identity import student_name

PREFIX, URL = "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_SERVICE_URL"


def is_service(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a hub has started us."""
    return bool(environment.get(PREFIX) and environment.get("JUPYTERHUB_API_TOKEN"))


def address(environment: Mapping[str, str] = os.environ) -> tuple[str, int] | None:
    """Where the hub expects us, or None where it does not say."""
    parts = urlsplit(environment.get(URL, ""))
    return (parts.hostname, parts.port) if parts.hostname and parts.port else None


class _OfHub(HubOAuthenticated):
    """Knows who asks from the hub."""

    def who(self) -> str | None:
        """The student that the hub's user is, or None."""
        model = self.get_current_user()
        if model is None:
            return None
        name = student_name(str(model["name"]))
        if name is None or model.get("kind", "user") != "user":
            raise Refused(403, f"{model['name']!r} cannot be a student's name here")
        return name

    def check_xsrf_cookie(self) -> None:
        """As everywhere: a program shows its token, a form's word comes with its body."""
        if not (self.request.headers.get("Authorization") or self.form_comes_later):
            super().check_xsrf_cookie()

    def nobody(self) -> None:
        """A browser goes to the hub to log in; a program is told."""
        if isinstance(self, InBrowser):
            self.redirect(self.get_login_url())
        else:
            raise Refused(401, "the hub does not know this token")


def known_by_hub(kind: type[Base]) -> type[Base]:
    """A handler that asks the hub who asks it."""
    return type(kind.__name__, (_OfHub, kind), {})


def application(parts: Parts, cookie_secret: str, **settings: Any) -> web.Application:
    """The application; who asks is known by the hub."""
    callback = (f"{parts.prefix}oauth_callback", HubOAuthCallbackHandler)
    return web.Application(
        [callback, *routes(parts, known_by_hub)],
        cookie_secret=cookie_secret,
        xsrf_cookies=True,
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict", "path": parts.prefix},
        hub_auth=HubOAuth.instance(),
        **settings,
    )
