"""What a flavour is: one folder that tells the simulated company in one helpdesk's words.

A folder beside this file whose `__init__.py` has a `FLAVOUR` is served by `auditlib sandbox serve
--flavour NAME`. Everything else is shared: the company and its tickets, the simulated clock, the faults,
the counting of requests. `docs/new-helpdesk.md` shows how to add one.
"""

from __future__ import annotations

import base64
import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from auditlib.sandbox.view import View

Query = Mapping[str, str]


class Asked(msgspec.Struct, kw_only=True):
    """One request, as it came."""

    path: str
    method: str = "GET"
    query: dict[str, str] = {}
    sent: list[tuple[str, str]] = []
    """The query once more, with what was sent several times under one name."""
    body: Any = None
    """What a POST sent, as JSON."""
    headers: dict[str, str] = {}
    """By their names in small letters."""
    host: str = ""
    """Scheme and host under which the helpdesk was asked, such as http://127.0.0.1:8025."""

    @property
    def url(self) -> str:
        """The address without its query."""
        return f"{self.host}{self.path}"


class Answer(msgspec.Struct):
    """What the helpdesk answers: a body that becomes JSON, and headers of its own."""

    payload: Any
    headers: dict[str, str] = {}
    status: int = 200


class Refusal(Exception):
    """A request that the helpdesk would refuse, with its status and its words."""

    def __init__(self, status: int, payload: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status}: {payload}")
        self.status = status
        self.payload = payload
        self.headers = dict(headers or {})


def _strange(row: dict[str, Any]) -> None:
    if "status" in row:
        row["status"] = "quantum"


def _nothing(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Flavour:
    """One helpdesk's API over the simulated company."""

    name: str
    title: str
    answer: Callable[[View, Asked], Answer]
    """What it answers at a moment, or a `Refusal`."""
    refusal: Callable[[int], Any]
    """The body of a 401, 403, 405, 429 or 5xx, as this helpdesk words it."""
    login: str = ""
    password: str = ""
    """What Basic authentication must send; empty: the helpdesk knows tokens only."""
    tokens: Sequence[str] = ()
    """Authorization headers that are accepted, such as "Bearer sandbox-token"."""
    token_path: str = ""
    """Where a token is granted for login and password, by a form; nobody needs to be known there."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers that a connection must send with each request, such as the API's version."""
    limits: Callable[[int, int, int, int], dict[str, str]] = _nothing
    """Headers of each answer: of the limit a minute, what is left, seconds to its reset, the request's cost."""
    cost: Callable[[Asked], int] = lambda asked: 1
    """How much of the rate limit a request takes."""
    strange: Callable[[dict[str, Any]], None] = _strange
    """Gives a record a status that nobody knows, for the fault `unknown_status`."""

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the Authorization header is one that is accepted."""
        basic = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        accepted = {*self.tokens, *([f"Basic {basic}"] if self.login and not self.token_path else [])}
        return headers.get("authorization", "") in accepted

    def connection(self, url: str) -> dict[str, Any]:
        """The connection with which an audit reads this helpdesk."""
        extra: dict[str, Any] = {"headers": dict(self.headers)} if self.headers else {}
        if self.token_path:
            extra["token_path"] = self.token_path
        if self.login:
            found = {"conn_type": "http", "host": url, "login": self.login, "password": self.password}
        else:
            found = {"conn_type": "http", "host": url}
            extra["authorization"] = self.tokens[0]
        return {**found, "extra": extra} if extra else found


def routed(routes: Sequence[tuple[str, Callable[..., Any]]], view: View, asked: Asked, path: str) -> Answer | None:
    """The answer of the first route whose "METHOD pattern" fits; its groups are the handler's arguments."""
    for route, handler in routes:
        method, _, pattern = route.partition(" ")
        found = re.fullmatch(pattern, path)
        if found and method == asked.method:
            told = handler(view, asked, *found.groups())
            return told if isinstance(told, Answer) else Answer(told)
    return None


def flavours() -> list[str]:
    """The helpdesks that can be served, by listing folders: nothing is imported."""
    here = Path(__file__).parent
    return sorted(p.parent.name for p in here.glob("*/__init__.py"))


def load(name: str) -> Flavour:
    """The flavour of that name."""
    if name not in flavours():
        raise ValueError(f"there is no flavour {name!r}; there are: {', '.join(flavours())}")
    found: Flavour = importlib.import_module(f"auditlib.sandbox.{name}").FLAVOUR
    return found
