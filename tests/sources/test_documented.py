"""Requests to the letter: what each source asks of its flavour is what the vendor documents, and nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Get, Page, Window, load
from tests.sources import test_freshdesk, test_zammad, test_zendesk
from tests.sources.boxed import QUICK, SEED
from tests.sources.documented import DOCUMENTED, REQUIRED, operation

SETTINGS = {
    "zendesk": test_zendesk.SETTINGS,
    "freshdesk": test_freshdesk.SETTINGS,
    "zammad": test_zammad.SETTINGS,
}
Journal = list[tuple[str, str, dict[str, str]]]


@pytest.fixture(scope="module", params=sorted(DOCUMENTED))
def asked(request: pytest.FixtureRequest) -> tuple[str, Journal]:
    """Kind, and all that its source asks in two nights and in its introduction."""
    kind, journal = request.param, Journal()
    settings = dataclasses.replace(SETTINGS[kind], options={"page_size": 7})
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
        journal.append(("GET" if body is None else "POST", parts.path, dict(parse_qsl(parts.query))))
        return page

    return ask


def test_every_request_is_a_documented_operation(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    assert len(journal) > 50
    assert [told for told in journal if operation(DOCUMENTED[kind], *told[:2]) is None] == []


def test_every_parameter_is_a_documented_one_of_its_operation(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    for method, path, params in journal:
        told = operation(DOCUMENTED[kind], method, path)
        assert told is not None
        assert set(params) <= set(DOCUMENTED[kind][told].split()), told


def test_no_required_parameter_is_missing(asked: tuple[str, Journal]) -> None:
    kind, journal = asked
    for method, path, params in journal:
        needed = REQUIRED[kind].get(operation(DOCUMENTED[kind], method, path) or "")
        assert needed is None or set(needed.split("|")) & set(params), (path, params)


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
    met = {operation(DOCUMENTED[kind], *told[:2]) for told in journal}
    assert set(DOCUMENTED[kind]) - met <= rarely.get(kind, set())
