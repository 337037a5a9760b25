"""Front's lists while a night dies, lists that lead in circles, and conversations that were merged into others."""

from __future__ import annotations

import json

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import read_all
from auditlib.sources import SourceError, Window
from tests.loopback import Answer
from tests.sources.front_answers import (
    AT,
    BARE,
    SINCE,
    answering,
    company,
    end,
    event,
    fetched,
    front,
    listed,
    message,
    of_message,
    opened,
    rows_of,
)


def conversations(count, at=AT):
    """As many conversations of one message, a minute apart."""
    first = {f"cnv_{n}": message(str(n), at + 60 * n) for n in range(1, count + 1)}
    log = {c: [of_message(c[4:], "inbound", m["created_at"], m, cnv=c[4:])] for c, m in first.items()}
    return log, {c: [m] for c, m in first.items()}


def paged(found, size, order=lambda rows: rows):
    """The same company, whose list of events has small pages in an order of its own."""

    def answer(path, query):
        told = found(path, query)
        if path != "events":
            return told
        rows, begin = order(told["_results"]), int(query.get("page_token", 0))
        following = str(begin + size) if begin + size < len(rows) else None
        return listed(rows[begin : begin + size], following)

    return answer


def test_neighbours_in_another_order_are_not_lost_where_a_night_dies_between_them(monkeypatch):
    monkeypatch.setattr(front, "A_CHUNK", 1)
    log, messages = conversations(6)
    swapped = paged(company(log, messages), 1, lambda rows: [rows[n] for n in (1, 0, 3, 2, 5, 4) if n < len(rows)])
    with answering(swapped) as server:
        landed = next(front.fetch(opened(server), {}, Window("live", SINCE), BARE))
        cursor = json.loads(json.dumps(dict(landed.cursor)))
        rest = fetched(server, cursors={"events": cursor})
    read = {row.ticket for row in rows_of(read_all(front, [landed, *rest], BARE), r.Ticket)}
    assert read == set("123456")


def test_a_night_that_dies_goes_on_shortly_before_the_last_page_it_kept(monkeypatch):
    monkeypatch.setattr(front, "A_CHUNK", 1)
    log, messages = conversations(40)
    with answering(paged(company(log, messages), 2)) as server:
        chunks = front.fetch(opened(server), {}, Window("live", SINCE), BARE)
        kept = [next(chunks) for _ in range(15)][-1].cursor
    assert kept["since"] == AT + 60 * 30 - 600


@pytest.mark.parametrize("ring", [["b"], ["b", "c"], ["b", "c", "d", "e"]])
def test_a_list_that_leads_in_a_circle_is_refused(ring):
    after = dict(zip([None, *ring], [*ring, ring[0]], strict=True))
    found = lambda path, query: listed([], after[query.get("page_token")]) if path == "events" else None  # noqa: E731
    with answering(found) as server, pytest.raises(SourceError, match="without going forward"):
        fetched(server)


@pytest.mark.parametrize("host", ["https://acme.api.frontapp.com", ""])
def test_a_conversation_that_was_merged_is_gone_wherever_front_says_it_is_now(host):
    log, messages = conversations(2)
    log["cnv_2"].append(
        event("9", "conversations_merged", AT + 999, target=end("deleted_conversation_ids", ["cnv_1"]), cnv="2")
    )
    whole = company(log, messages)

    def found(path, query):
        if path.startswith("conversations/cnv_1/"):
            return Answer({}, status=301, headers={"Location": f"{host}/{path.replace('cnv_1', 'cnv_2')}"})
        return whole(path, query)

    with answering(found) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [(row.ticket, row.merged_into) for row in rows_of(rows, r.Ticket)] == [("2", None), ("1", "2")]
    assert len([e for e in rows_of(rows, r.Event, "2") if e.kind == "message"]) == 1


def test_a_redirect_of_everything_stops_it():
    def found(path, query):
        return Answer({}, status=301, headers={"Location": f"https://acme.api.frontapp.com/{path}"})

    with answering(found) as server, pytest.raises(SourceError, match="credentials never follow"):
        fetched(server)
