"""Requests to the letter: what each source asks of its flavour is what the vendor documents, and nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Get, Page, Window, load
from tests.sources import test_freshdesk, test_intercom, test_jira_service_management, test_zammad, test_zendesk
from tests.sources.boxed import QUICK, SEED
from tests.sources.documented import DOCUMENTED, REQUIRED, allowed, fits, operation
from tests.sources.documented_bodies import BODIES

SETTINGS = {
    "zendesk": test_zendesk.SETTINGS,
    "freshdesk": test_freshdesk.SETTINGS,
    "zammad": test_zammad.SETTINGS,
    "intercom": test_intercom.SETTINGS,
    "jira_service_management": test_jira_service_management.SETTINGS,
}


class Request(NamedTuple):
    """What was asked: method, path, the parameters of the address, and the body of a POST."""

    method: str
    path: str
    params: dict[str, str]
    body: Any


Journal = list[Request]


@pytest.fixture(scope="module", params=sorted(DOCUMENTED))
def asked(request: pytest.FixtureRequest) -> tuple[str, Journal]:
    """Kind, and all that its source asks in two nights and in its introduction."""
    kind, journal = request.param, Journal()
    settings = dataclasses.replace(SETTINGS[kind], options={**SETTINGS[kind].options, "page_size": 7})
    module = load(kind)
    with serve(world(tickets=40, seed=SEED), flavour=kind) as box:
        get = _writing(open_session(box.connection, settings, QUICK), journal)
        chunks = list(module.fetch(get, {}, Window("live", 1), settings))
        cursors = {chunk.stream: dict(chunk.cursor) for chunk in chunks}
        list(module.fetch(get, cursors, Window("live", 1), settings))
        middle = (box.world.plans[0].created_at + box.now) // 2
        list(module.fetch(get, {}, Window("older", 1, middle), settings))
        module.introduce(get, settings)
    return kind, journal


def _writing(get: Get, journal: Journal) -> Get:
    def ask(path: str, params: Any = None, *, stream: str, body: Any = None) -> Page:
        page = get(path, params, stream=stream, body=body)
        parts = urlsplit(page.url)
        journal.append(Request("GET" if body is None else "POST", parts.path, dict(parse_qsl(parts.query)), body))
        return page

    return ask


def test_every_request_is_a_documented_operation(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    assert len(journal) > 50
    assert [told for told in journal if operation(DOCUMENTED[kind], told.method, told.path) is None] == []


def test_every_parameter_is_a_documented_one_of_its_operation_and_of_its_type(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    for request in journal:
        told = operation(DOCUMENTED[kind], request.method, request.path)
        assert told is not None
        known = allowed(DOCUMENTED[kind][told])
        assert set(request.params) <= set(known), told
        assert [name for name, value in request.params.items() if not fits(value, known[name])] == [], request


def test_no_required_parameter_is_missing(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    for request in journal:
        needed = REQUIRED[kind].get(operation(DOCUMENTED[kind], request.method, request.path) or "")
        assert needed is None or set(needed.split("|")) & set(request.params), request


def test_every_body_is_as_described(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    for request in journal:
        if request.body is not None:
            check = BODIES[kind][operation(DOCUMENTED[kind], request.method, request.path) or ""]
            assert list(check(request.body)) == [], request


@pytest.mark.parametrize("kind", sorted(DOCUMENTED))
def test_what_is_documented_here_is_asked_for(kind: str, request: pytest.FixtureRequest) -> None:
    """So that the list does not grow into one of wishes."""
    rarely = {"zammad": {"GET /api/v1/tickets"}, "freshdesk": {"GET /api/v2/tickets/{id}"}}
    settings = dataclasses.replace(SETTINGS[kind], since=1)
    journal, module = Journal(), load(kind)
    with serve(world(tickets=40, seed=SEED), flavour=kind) as box:
        get = _writing(open_session(box.connection, settings, QUICK), journal)
        list(module.fetch(get, {}, Window("live", 1), settings))
        module.introduce(get, settings)
    met = {operation(DOCUMENTED[kind], told.method, told.path) for told in journal}
    assert set(DOCUMENTED[kind]) - met <= rarely.get(kind, set())
