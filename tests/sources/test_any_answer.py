"""Servers that answer whatever the description allows: every ticket of theirs is read, or rejected by its number."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.http import open_session
from auditlib.sources import Settings, load
from tests.loopback import Answer, Request, serving
from tests.sources import described as d
from tests.sources.boxed import LIVE, QUICK
from tests.sources.described import record
from tests.sources.test_documented import settings_of

SEEDS = range(60)
Desk = Callable[[random.Random, list[int]], Callable[[Request], Answer]]
LISTS = {"groups": d.PLACE, "organizations": d.PLACE, "custom_statuses": d.CUSTOM, "audit_logs": d.LOG,
         "ticket_fields": {}, "schedules": d.HOURS, "holidays": d.HOLIDAY, "policies": d.POLICY}  # fmt: skip
OF_FRESHDESK = {
    "groups": d.GROUP, "agents": d.AGENT, "ticket_fields": d.FIELD, "business_hours": d.OPENING, "companies": d.COMPANY,
    "sla_policies": d.LEVEL, "contacts": d.CONTACT, "conversations": d.CONVERSATION, "satisfaction_ratings": d.RATING,
}  # fmt: skip


def zendesk(chance: random.Random, shown: list[int]) -> Callable[[Request], Answer]:
    """A Zendesk of two pages of tickets; whether the last one says so or has no cursor is left to chance."""

    def answer(request: Request) -> Answer:
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        name = path.rsplit("/", 1)[1]
        if name == "cursor":
            what = path.split("/")[-2]
            rows = [record(d.USER, chance)] if what == "users" else _tickets(d.ZENDESK_TICKET, chance, shown)
            first = "cursor" not in query and what == "tickets"
            return Answer({what: rows, **(_goes_on if first else _ends)(chance)})
        if name == "audits":
            return Answer({"audits": [record(d.AUDIT, chance) for _ in range(chance.randrange(4))]})
        under = "sla_policies" if name == "policies" else name
        rows = [record(LISTS[name], chance) for _ in range(chance.randrange(3))]
        return Answer({under: rows, **record({"next_page": d.one_of(None), "count": d.number}, chance)})

    return answer


def _goes_on(chance: random.Random) -> dict[str, Any]:
    return {"after_cursor": "b", **record({"end_of_stream": d.one_of(False), "before_cursor": d.one_of(None)}, chance)}


def _ends(chance: random.Random) -> dict[str, Any]:
    said = {"end_of_stream": True, **record({"after_cursor": d.one_of(None, "c"), "after_url": d.null(d.text)}, chance)}
    return chance.choice((said, {}, {"after_cursor": None}))


def freshdesk(chance: random.Random, shown: list[int]) -> Callable[[Request], Answer]:
    """A Freshdesk of one page of everything."""

    def answer(request: Request) -> Answer:
        parts = urlsplit(request.path)
        name, query = parts.path.rsplit("/", 1)[1], parse_qs(parts.query)
        if name == "tickets":
            return Answer([] if "filter" in query else _tickets(d.FRESHDESK_TICKET, chance, shown))
        if name not in OF_FRESHDESK:
            return Answer(record({"id": d.one_of(int(name)), **d.FRESHDESK_TICKET}, chance))
        rows = [record(OF_FRESHDESK[name], chance) for _ in range(chance.randrange(3))]
        return Answer(rows)

    return answer


def _tickets(shape: d.Shape, chance: random.Random, shown: list[int]) -> list[dict[str, Any]]:
    rows = []
    for _ in range(4):
        number = 101 + len(shown)
        shown.append(number)
        rows.append({"id": number, **record(shape, chance)})
    return [*rows, record(shape, chance)]


@pytest.mark.parametrize("desk", [zendesk, freshdesk])
def test_whatever_the_description_allows_is_read_or_rejected_by_its_number(desk: Desk) -> None:
    module, settings, found = load(desk.__name__), settings_of(desk.__name__), Counter[str]()
    now: list[Callable[[Request], Answer]] = []
    with serving(lambda request: now[-1](request)) as server:
        for seed in SEEDS:
            shown: list[int] = []
            now.append(desk(random.Random(seed), shown))
            rows = _night(module, server.url, settings)
            read = {row.ticket for row in rows if isinstance(row, r.Ticket)}
            rejected = {row.ticket for row in rows if isinstance(row, r.Rejected)}
            assert {str(number) for number in shown} <= read | rejected, seed
            assert None in rejected  # The one that has no number.
            found += Counter(read=len(read), rejected=len(rejected))
    assert min(found["read"], found["rejected"]) > len(SEEDS)


def _night(module: Any, url: str, settings: Settings) -> list[Any]:
    login = "auditor@acme.com/token" if settings.kind == "zendesk" else "key"
    get = open_session({"host": url, "login": login, "password": "X"}, settings, QUICK)
    chunks = list(module.fetch(get, {}, LIVE, settings))
    assert chunks[-1].complete_until is not None
    return [row for chunk in chunks for row in module.read(chunk.pages, settings)]
