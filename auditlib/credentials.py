"""What a connection gives us to show at the helpdesk's door: a header, a login, or a token that is granted for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import requests

from auditlib.sources import CredentialsRefused, Settings

Post = Callable[[str, Mapping[str, str]], requests.Response]
"""Sends a form to a path of the connection's own host."""


class Header(requests.auth.AuthBase):
    """Sets the header itself, so that requests does not look into a .netrc for something else."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._value
        return request


class Granted(requests.auth.AuthBase):
    """A token of OAuth that the helpdesk grants an app for its id and secret, and again when it has expired.

    Nobody signs in, so nobody has to come back when the token is old: RFC 6749, section 4.4.
    """

    def __init__(self, path: str, client: str, secret: str, source: str, post: Post) -> None:
        self._path, self._source, self._post = path, source, post
        self._form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
        self._token: str | None = None
        self._is_new = False

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is None:
            self._token, self._is_new = self._asked(), True
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def renewed(self) -> bool:
        """Forgets a token that was refused, so that another one is asked for; not one that is new."""
        if self._is_new:
            return False
        self._token = None
        return True

    def was_taken(self) -> None:
        """A token that was good once may be refused for its age."""
        self._is_new = False

    def _asked(self) -> str:
        answer = self._post(self._path, self._form)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise requests.ConnectionError(f"{self._path} answered {answer.status_code}")  # which may pass
        try:
            told = answer.json() if answer.status_code == 200 else {}
            return str(told["access_token"])
        except (ValueError, KeyError, TypeError):
            raise CredentialsRefused(
                f"{self._source}: {self._path} granted no token (it answered {answer.status_code}); the connection's "
                "login is the app's id, its password the app's secret: renew them in the connection"
            ) from None


def extra_of(connection: Mapping[str, Any]) -> dict[str, Any]:
    """The connection's extra, whether it is told as an object or as its text."""
    extra = connection.get("extra") or {}
    return dict(json.loads(extra) if isinstance(extra, str) else extra)


def credentials(connection: Mapping[str, Any], settings: Settings, post: Post) -> requests.auth.AuthBase:
    """What the connection shows with each request; a connection without anything is refused."""
    extra = extra_of(connection)
    login, password = connection.get("login"), connection.get("password")
    if extra.get("authorization"):
        return Header(str(extra["authorization"]))
    if extra.get("token"):
        return Header(f"Bearer {extra['token']}")
    if extra.get("token_path"):
        return Granted(str(extra["token_path"]), str(login or ""), str(password or ""), settings.name, post)
    if login or password:
        return requests.auth.HTTPBasicAuth(str(login or "").encode(), str(password or "").encode())
    raise CredentialsRefused(
        f"{settings.name}: the connection {settings.connection!r} has no credentials; "
        'it needs login and password, or {"token": "…"} in its extra'
    )
