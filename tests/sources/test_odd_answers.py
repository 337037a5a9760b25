"""One answer of a night is not as described, anywhere in it: the night goes on, or stops with words of our own.

What a helpdesk in a box answers is kept, and one answer at a time is spoilt at a place drawn by chance: a field is
missing, null, or of another type. No such answer may end in an error of the language's.
"""

from __future__ import annotations

import contextlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import pytest

from auditlib.caselog import rows as r
from auditlib.http import Unanswered, open_session
from auditlib.sandbox import serve, world
from auditlib.sources import Page, SourceError, load
from tests.sources.boxed import QUICK
from tests.sources.test_documented import LIVE, settings_of

KINDS = (
    "freshdesk", "front", "gorgias", "help_scout", "hubspot", "intercom", "jira_service_management", "salesforce",
    "servicenow", "zammad", "zendesk",
)  # fmt: skip
OTHERS: tuple[Any, ...] = (None, {}, [], "x", "", -1, 5.5, True, [None], {"id": None})
SPOILT = 100
Answers = dict[str, Page]


@pytest.fixture(scope="module")
def healthy() -> dict[str, Answers]:
    """Kind → every answer of a night and an introduction, by what was asked."""
    company = world(tickets=5, seed=53)
    return {kind: _answers(company, kind) for kind in KINDS}


def _answers(company: Any, kind: str) -> Answers:
    found: Answers = {}
    module, settings = load(kind), settings_of(kind)
    with serve(company, flavour=kind) as box:
        asking = open_session(box.connection, settings, QUICK)

        def get(path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Any = None) -> Page:
            page = asking(path, params, stream=stream, body=body)
            found[_key(path, params, stream, body)] = page
            return page

        list(module.fetch(get, {}, LIVE, settings))
        module.introduce(get, settings)
    return found


def _key(path: str, params: Any, stream: str, body: Any) -> str:
    return json.dumps([path, params, stream, body], sort_keys=True, default=str)


def _asking(answers: Answers) -> Callable[..., Page]:
    """Asks what was answered once; anything else is not found."""

    def get(path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Any = None) -> Page:
        page = answers.get(_key(path, params, stream, body))
        if page is None:
            raise Unanswered(f"{path} answered 404 (RecordNotFound)", 404)
        return page

    return get


def _places(told: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in an answer, by the keys that lead to it."""
    yield at
    rows = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for key, value in rows:
        yield from _places(value, (*at, key))


def spoil(told: Any, chance: random.Random) -> Any:
    """The answer with something else, or nothing, at one place."""
    place = chance.choice(list(_places(told)))
    if not place:
        return chance.choice(OTHERS)
    inside = told
    for key in place[:-1]:
        inside = inside[key]
    if chance.random() < 0.3:
        del inside[place[-1]]
    else:
        inside[place[-1]] = chance.choice(OTHERS)
    return told


@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_answer_is_read_rejected_or_refused_in_our_own_words(healthy: dict[str, Answers], kind: str) -> None:
    module, settings, chance = load(kind), settings_of(kind), random.Random(7)
    answers, outcomes = healthy[kind], Counter[str]()
    for _ in range(SPOILT):
        key = chance.choice(sorted(answers))
        body = json.dumps(spoil(answers[key].json(), chance)).encode()
        get = _asking({**answers, key: msgspec.structs.replace(answers[key], body=body)})
        outcomes[_outcome(module, get, settings)] += 1
        with contextlib.suppress(SourceError):
            module.introduce(get, settings)
    assert min(outcomes["read"], outcomes["rejected"]) > SPOILT / 50


def _outcome(module: Any, get: Callable[..., Page], settings: Any) -> str:
    rows: list[Any] = []
    try:
        for chunk in module.fetch(get, {}, LIVE, settings):
            rows += module.read(chunk.pages, settings)
    except SourceError:
        return "refused"
    return "rejected" if any(isinstance(row, r.Rejected) for row in rows) else "read"
