"""Requests to the letter: what each source asks passes a server that refuses whatever the vendor does not document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from auditlib.caselog import rows as r
from auditlib.http import open_session
from auditlib.sandbox import Box, World, serve, world
from auditlib.sandbox.flavour import Answer, Asked, Refusal
from auditlib.sources import Settings, Window, load
from tests.sources import (
    test_freshdesk,
    test_front,
    test_gorgias,
    test_help_scout,
    test_hubspot,
    test_intercom,
    test_jira_service_management,
    test_salesforce,
    test_servicenow,
    test_zammad,
    test_zendesk,
)
from tests.sources.boxed import QUICK, SEED
from tests.sources.conformance import read_all
from tests.sources.documented import DOCUMENTED, INFORMAL, objections, operation

SETTINGS = {
    "zendesk": test_zendesk.SETTINGS,
    "freshdesk": test_freshdesk.SETTINGS,
    "zammad": test_zammad.SETTINGS,
    "intercom": test_intercom.SETTINGS,
    "jira_service_management": test_jira_service_management.SETTINGS,
    "hubspot": test_hubspot.SETTINGS,
    "salesforce": test_salesforce.SETTINGS,
    "help_scout": test_help_scout.SETTINGS,
    "gorgias": test_gorgias.SETTINGS,
    "front": test_front.SETTINGS,
    "servicenow": test_servicenow.SETTINGS,
}
LIVE = Window("live", 1)
RARELY = {
    "zendesk": {"GET /api/v2/tickets/{ticket_id}/conversation_log", "GET /api/v2/guide/survey_responses"},
    "zammad": {"GET /api/v1/tickets", "GET /api/v1/tickets/{id}"},
    "freshdesk": {"GET /api/v2/tickets/{id}"},
    "help_scout": {"GET /v2/conversations/{conversationId}"},
}
"""Asked for only where something is told that this company's helpdesk does not tell."""


@pytest.fixture(scope="module")
def company() -> World:
    return world(tickets=40, seed=SEED)


@contextmanager
def strict(company: World, kind: str, formal: bool = False) -> Iterator[tuple[Box, list[Asked], list[str]]]:
    """The helpdesk behind somebody who refuses what is not documented: box, what was asked, and the objections."""
    journal: list[Asked] = []
    objected: list[str] = []
    with serve(company, flavour=kind) as box:
        answer = box.flavour.answer

        def checked(view: object, asked: Asked) -> Answer:
            journal.append(asked)
            wrong = objections(kind, asked, box.now, formal=formal)
            objected.extend(wrong)
            if wrong:
                raise Refusal(400, {"error": "InvalidParameter"})
            return answer(view, asked)

        box.flavour = dataclasses.replace(box.flavour, answer=checked)
        yield box, journal, objected


def settings_of(kind: str, **options: object) -> Settings:
    return dataclasses.replace(SETTINGS[kind], since=1, options={**SETTINGS[kind].options, **options})


@pytest.mark.parametrize("kind", sorted(DOCUMENTED))
def test_two_nights_an_older_month_and_the_introduction_are_asked_to_the_letter(company: World, kind: str) -> None:
    module, settings = load(kind), settings_of(kind, page_size=7)
    with strict(company, kind) as (box, journal, objected):
        get = open_session(box.connection, settings, QUICK)
        chunks = list(module.fetch(get, {}, LIVE, settings))
        cursors = {chunk.stream: dict(chunk.cursor) for chunk in chunks}
        list(module.fetch(get, cursors, LIVE, settings))
        middle = (box.world.plans[0].created_at + box.now) // 2
        list(module.fetch(get, {}, Window("older", 1, middle), settings))
        told = module.introduce(get, settings)
    assert objected == []
    assert len(journal) > 50
    assert set(told.streams.values()) == {"ok"}


@pytest.mark.parametrize("kind", sorted(DOCUMENTED))
def test_what_is_documented_here_is_asked_for(company: World, kind: str) -> None:
    """So that the list does not grow into one of wishes."""
    module, settings = load(kind), settings_of(kind)
    with strict(company, kind) as (box, journal, objected):
        get = open_session(box.connection, settings, QUICK)
        list(module.fetch(get, {}, LIVE, settings))
        module.introduce(get, settings)
    assert objected == []
    met = {operation(DOCUMENTED[kind], asked.method, asked.path) for asked in journal}
    assert set(DOCUMENTED[kind]) - met == RARELY.get(kind, set())


def test_a_zendesk_that_knows_its_openapi_description_alone_tells_everything_but_its_own_figures(
    company: World,
) -> None:
    module, settings = load("zendesk"), settings_of("zendesk")
    with strict(company, "zendesk") as (box, _, _):
        get = open_session(box.connection, settings, QUICK)
        known = read_all(module, list(module.fetch(get, {}, LIVE, settings)), settings)
    with strict(company, "zendesk", formal=True) as (box, _, objected):
        get = open_session(box.connection, settings, QUICK)
        chunks = list(module.fetch(get, {}, LIVE, settings))
        told = read_all(module, chunks, settings)
        # An older description wants the start of an export with every cursor as well: so does the second night.
        again = list(module.fetch(get, {chunk.stream: dict(chunk.cursor) for chunk in chunks}, LIVE, settings))
        assert set(module.introduce(get, settings).streams.values()) == {"ok"}
    assert again[-1].complete_until is not None
    (wishes,) = INFORMAL.values()
    assert {objection.rsplit(" ", 1)[1] for objection in objected} == wishes - {"exclude_deleted"} | {
        "page[size]", "start_time"
    }  # fmt: skip
    assert told == [row for row in known if not isinstance(row, r.VendorMetric)]
    assert len(told) < len(known)


@pytest.mark.parametrize(
    ("kind", "path", "query", "wrong"),
    [
        ("zendesk", "/api/v2/incremental/tickets/cursor", {"per_page": "1001", "cursor": "x"}, "not 1-1000"),
        ("zendesk", "/api/v2/incremental/tickets/cursor", {}, "needs start_time"),
        ("zendesk", "/api/v2/incremental/tickets/cursor", {"start_time": "950"}, "not past"),
        ("zendesk", "/api/v2/tickets/7/audits.json", {}, "no operation"),
        ("zendesk", "/api/v2/groups", {"page[after]": "a", "page[before]": "b"}, "exclude each other"),
        ("freshdesk", "/api/v2/tickets", {"per_page": "101"}, "not 1-100"),
        ("freshdesk", "/api/v2/tickets", {"include": "stats,history"}, "is not stats"),
        ("freshdesk", "/api/v2/tickets", {"updated_since": "2026-03-02T09:00:00"}, "not moment"),
        ("zammad", "/api/v1/tickets/search", {"expand": "yes", "query": "*"}, "not flag"),
        ("zammad", "/api/v1/groups", {"query": "*"}, "knows no query"),
        ("gorgias", "/api/tickets", {"limit": "101"}, "not 1-100"),
        ("front", "/events", {"limit": "16"}, "not 1-15"),
        ("front", "/events", {"q[after]": "2026-03-02T09:00:00Z"}, "not seconds"),
        ("front", "/events", {"after": "1772442000"}, "knows no after"),
        ("front", "/conversations/cnv_1/events", {"sort_order": "asc"}, "knows no sort_order"),
        (
            "gorgias",
            "/api/tickets",
            {"updated_datetime[gte]": "2026-03-02T09:00:00Z"},
            "knows no updated_datetime[gte]",
        ),
        ("gorgias", "/api/custom-fields", {}, "needs object_type"),
    ],
)
def test_what_is_not_documented_is_objected_to(kind: str, path: str, query: dict[str, str], wrong: str) -> None:
    (said,) = [o for o in objections(kind, Asked(path=path, query=query), 1000) if "Auth" not in o and "it " not in o]
    assert wrong in said
