"""One polite session to one helpdesk: waits as told, retries what may pass, keeps credentials at home."""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

import requests

from auditlib.credentials import Granted, credentials, extra_of
from auditlib.sources import CredentialsRefused, Page, Settings, SourceError
from auditlib.waiting import Manners, Pace, served_at, told

log = logging.getLogger(__name__)

_PORTS = {"http": 80, "https": 443}
_PASSING = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
_EXAMPLE = (
    '{"conn_type": "http", "host": "https://acme.zendesk.com", "login": "auditor@acme.com/token", "password": "…"}'
)


class Unanswered(SourceError):
    """A request that stayed without a usable answer."""


class Refused(CredentialsRefused):
    """A helpdesk's 401 or 403."""


def open_session(connection: Mapping[str, Any], settings: Settings, manners: Manners | None = None) -> Session:
    """A `Get` for one source: credentials, patience and its share of the rate limit are seen to."""
    return Session(connection, settings, manners or Manners())


class Session:
    """Asks one helpdesk, and only that one. Being called is its whole use."""

    def __init__(self, connection: Mapping[str, Any], settings: Settings, manners: Manners) -> None:
        self._source, self._manners = settings.name, manners
        self._base = _base_url(connection, settings)
        self._pace = Pace(settings.max_share_of_rate_limit, manners)
        self._answers, self._seconds = 0, 0.0
        self._requests = requests.Session()
        self._requests.auth = self._credentials = credentials(connection, settings, self._sent)
        self._requests.headers.update({"Accept": "application/json", "User-Agent": "auditlib"})
        self._requests.headers.update(extra_of(connection).get("headers") or {})

    def __repr__(self) -> str:
        return f"<session of {self._source} at {self._base.hostname}>"

    @property
    def requests_per_minute(self) -> int | None:
        """The account's rate limit, once an answer has told it."""
        return self._pace.limit

    @property
    def seconds_an_answer(self) -> float | None:
        """How long an answer has taken so far, on average; nothing before the first."""
        return self._seconds / self._answers if self._answers else None

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page:
        url, trouble, told_to_wait = self._url(path), "", None
        for attempt in range(self._manners.attempts):
            if attempt:
                self._wait(attempt, told_to_wait, trouble, url)
            self._pace.before(stream)
            try:
                answer, content = self._ask(url, params, body)
            except _PASSING as error:
                trouble, told_to_wait = f"no whole answer came ({type(error).__name__})", None
                continue
            self._pace.after(stream, answer.headers)
            if answer.is_redirect:
                url, params = self._moved_to(url, answer), None
                trouble, told_to_wait = "it redirects without end", 0.0
            elif answer.status_code < 300:
                if isinstance(self._credentials, Granted):
                    self._credentials.was_taken()
                return _page(answer, content, stream)
            elif answer.status_code == 401 and isinstance(self._credentials, Granted) and self._credentials.renewed():
                trouble, told_to_wait = "its token has expired", 0.0
            else:
                self._raise_unless_passing(answer, content)
                trouble, told_to_wait = f"it answered {answer.status_code}", told(answer.headers)
        raise self._given_up(trouble, url)

    def _ask(
        self, url: str, params: Mapping[str, Any] | None, sent: Mapping[str, Any] | None
    ) -> tuple[requests.Response, bytes]:
        began = self._manners.now()
        deadline = began + self._manners.longest_answer
        # Redirects are never followed by requests itself: it would decide where the credentials go.
        method = "GET" if sent is None else "POST"
        with self._requests.request(
            method, url, params=params, json=sent, timeout=self._manners.timeout, stream=True, allow_redirects=False
        ) as answer:
            parts, size = [], 0
            for part in answer.iter_content(1 << 20):
                parts.append(part)
                size += len(part)
                if size > self._manners.largest_answer:
                    limit = self._manners.largest_answer
                    raise Unanswered(f"{self._source}: {_path(url)} answered with more than {limit:,} bytes")
                if self._manners.now() > deadline:
                    raise requests.Timeout
            self._answers, self._seconds = self._answers + 1, self._seconds + self._manners.now() - began
            return answer, b"".join(parts)

    def _sent(self, path: str, form: Mapping[str, str]) -> requests.Response:
        """A form at the connection's own host, without the credentials that it asks for."""
        timeout = self._manners.timeout
        return requests.post(self._url(path), data=form, timeout=timeout, allow_redirects=False, auth=_Nobody())

    def _raise_unless_passing(self, answer: requests.Response, body: bytes) -> None:
        status, where = answer.status_code, f"{self._source}: {_path(answer.url)}"
        if status == 429 or status >= 500:
            return
        if status == 401:
            remedy = "the login, the token or its expiry is wrong: renew it in the connection"
            raise Refused(f"{where} answered 401, so the credentials are not accepted; {remedy}.", 401)
        if status == 403:
            remedy = "give the connection's account the right to read this, or leave the part out"
            raise Refused(f"{where} answered 403, so the account may not read it; {remedy}.", 403)
        raise Unanswered(f"{where} answered {status}{_reason(body)}; it is not retried.", status)

    def _given_up(self, trouble: str, url: str) -> Unanswered:
        return Unanswered(
            f"{self._source}: {trouble} {self._manners.attempts} times in a row for {_path(url)}. "
            "Nothing is lost: run again later, the load continues where it stopped."
        )

    def _wait(self, attempt: int, told_to_wait: float | None, trouble: str, url: str) -> None:
        if told_to_wait is None:
            seconds = self._manners.backoff(attempt - 1)
        else:
            seconds = self._manners.obey(told_to_wait)
        log.warning("%s: %s for %s; waiting %.1f s", self._source, trouble, _path(url), seconds)
        self._manners.sleep(seconds)

    def _moved_to(self, url: str, answer: requests.Response) -> str:
        """Where a redirect leads; one that leads to another host says with which status it did."""
        try:
            return self._url(urljoin(url, answer.headers["location"]))
        except Unanswered as error:
            raise Unanswered(str(error), answer.status_code) from None

    def _url(self, path: str) -> str:
        """The address to ask: always at the connection's own host, whatever a link or a redirect says."""
        if path.startswith("/") and not path.startswith("//"):
            return f"{self._base.scheme}://{self._base.netloc}{self._base.path.rstrip('/')}{path}"
        link = urlsplit(path)
        # A user part or a backslash makes two parsers see two hosts, so such links are refused outright.
        if "@" in link.netloc or "\\" in path or _origin(link) != _origin(self._base):
            raise Unanswered(
                f"{self._source}: an answer points to {link.hostname or 'no host'!r}, which is not the "
                f"connection's host {self._base.hostname!r}; credentials never follow. If the helpdesk has "
                "moved, change the connection's host."
            )
        query = f"?{link.query}" if link.query else ""
        return f"{self._base.scheme}://{self._base.netloc}{link.path or '/'}{query}"


def connection_from_env(name: str) -> dict[str, Any]:
    """The connection in the variable AIRFLOW_CONN_<NAME>, written as JSON or as Airflow's URI."""
    variable = f"AIRFLOW_CONN_{name.upper()}"
    text = os.environ.get(variable, "").strip()
    if not text:
        raise SourceError(f"the variable {variable} is not set; for example: {variable}='{_EXAMPLE}'")
    try:
        connection = json.loads(text) if text.startswith("{") else _from_uri(text)
        connection["extra"] = extra_of(connection)
    except (ValueError, TypeError):
        # The text holds secrets, so neither it nor the parser's complaint is shown.
        raise SourceError(f"the variable {variable} is neither JSON nor a URI; example: {_EXAMPLE}") from None
    return connection


def _from_uri(uri: str) -> dict[str, Any]:
    parts = urlsplit(uri)
    if not parts.scheme or not parts.netloc:
        raise ValueError("no scheme or host")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = re.sub(r":\d*$", "", parts.netloc.rpartition("@")[2])
    return {
        "conn_type": parts.scheme,
        "host": unquote(host),
        "schema": unquote(parts.path.lstrip("/")),
        "port": parts.port,
        "login": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "extra": query.get("__extra__", query),
    }


def _base_url(connection: Mapping[str, Any], settings: Settings) -> SplitResult:
    host = str(connection.get("host") or "").strip()
    if "://" not in host:
        schema = connection.get("schema")
        host = f"{schema if schema in _PORTS else 'https'}://{host}"
    base = urlsplit(host)
    if not base.hostname or base.scheme not in _PORTS or "@" in base.netloc:
        raise SourceError(
            f"{settings.name}: the connection {settings.connection!r} names no host; "
            "write the helpdesk's own address, such as https://acme.zendesk.com"
        )
    if connection.get("port") and base.port is None:
        base = base._replace(netloc=f"{base.netloc}:{int(connection['port'])}")
    return base._replace(query="", fragment="")


class _Nobody(requests.auth.AuthBase):
    """No credentials, and none from a .netrc either."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _page(answer: requests.Response, body: bytes, stream: str) -> Page:
    address = answer.request.path_url
    following = answer.links.get("next", {}).get("url")
    return Page(stream=stream, url=address, body=body, served_at=served_at(answer.headers), following=following)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _path(url: str | bytes | None) -> str:
    return urlsplit(str(url)).path


def _reason(body: bytes) -> str:
    """The helpdesk's own error code, if it is one word: anything longer may hold a customer's words."""
    found = re.search(rb'"(?:error|errorCode|code|title)"\s*:\s*"([A-Za-z_]{1,40})"', body[:2000])
    return f" ({found[1].decode()})" if found else ""
