"""The sandbox's Zendesk as the chunks that a first night lands: made once, without a server."""

from __future__ import annotations

import functools
import pathlib
import pickle
from collections.abc import Mapping
from typing import Any

import msgspec

from auditlib.sandbox import world
from auditlib.sandbox.flavour import Asked, Refusal
from auditlib.sandbox.view import View
from auditlib.sandbox.zendesk.routes import answer
from auditlib.sources import Page, Settings, SourceError, Window, zendesk

BOTS = ("assistant@nordlicht.example", "zapier@nordlicht.example")
STATUSES = {"Waiting on vendor": "on_hold", "Escalated to engineering": "open"}
FIELDS = {"topic": "custom_field:360001", "tier": "organization.plan"}


def settings() -> Settings:
    """The sandbox as audit.toml would say it."""
    told = {"statuses": STATUSES, "fields": FIELDS, "bots": BOTS}
    return Settings(name="sandbox", kind="zendesk", connection="", since=0, **told)


def write(folder: pathlib.Path, tickets: int) -> int:
    """Every chunk of a first night as a file of its own; gives how many tickets there are."""
    made = world(tickets)
    view = View(made, made.end, {})
    chunks = zendesk.fetch(functools.partial(_asked, view), {}, Window("live", 0), settings())
    for number, chunk in enumerate(chunks):
        pages = [(page.stream, page.url, page.body) for page in chunk.pages]
        (folder / f"{number:06d}").write_bytes(pickle.dumps(pages))
    return len(made.plans)


def read(folder: pathlib.Path) -> list[list[Page]]:
    """The pages of each chunk."""
    return [
        [Page(stream=stream, url=url, body=body) for stream, url, body in pickle.loads(file.read_bytes())]
        for file in sorted(folder.iterdir())
    ]


def _asked(view: View, path: str, params: Mapping[str, Any] | None = None, *, stream: str) -> Page:
    """What the sandbox would answer."""
    query = {name: str(value) for name, value in (params or {}).items()}
    try:
        body = answer(view, Asked(path=path, query=query, host="https://nordlicht.zendesk.com")).payload
    except Refusal as refusal:
        error = SourceError(f"{path}: RecordNotFound")
        error.status = 404  # type: ignore[attr-defined]
        raise error from refusal
    return Page(stream=stream, url=path, body=msgspec.json.encode(body))
