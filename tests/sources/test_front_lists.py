"""The lists of Front: pages, their order, windows, and what happens while they are read."""

from __future__ import annotations

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import read_all
from auditlib.sources import SourceError, Window
from tests.sources.front_answers import (
    AT,
    BARE,
    SINCE,
    answering,
    asked,
    company,
    event,
    fetched,
    front,
    listed,
    message,
    of_message,
    rows_of,
    statuses,
)


def test_the_next_page_is_asked_for_at_our_own_host_by_its_token_alone():
    first = message("1")
    pages = {None: listed([of_message("1", "inbound", AT, first)], "b"), "b": listed([])}

    def found(path, query):
        return pages[query.get("page_token")] if path == "events" else listed([])

    with answering(found) as server:
        fetched(server)
        queries = asked(server, "events")
    assert [query.pop("page_token", None) for query in queries] == [None, "b"]
    assert queries == [
        {"q[after]": str(SINCE - 1), "limit": "15", "sort_by": "created_at", "sort_order": "asc"}
    ] * 2  # fmt: skip


@pytest.mark.parametrize("link", ["https://acme.api.frontapp.com/events?limit=15", 5, "http://[", True])
def test_a_page_that_goes_on_and_does_not_say_where_is_refused(link):
    told = {"_pagination": {"next": link}, "_results": []}
    with (
        answering(lambda path, query: told if path == "events" else None) as server,
        pytest.raises(SourceError, match="goes on, and not where"),
    ):
        fetched(server)


def test_an_empty_page_ends_nothing_as_long_as_there_is_a_next_one():
    first = message("1")
    event_1 = of_message("1", "inbound", AT, first)
    pages = {None: listed([], "b"), "b": listed([], "c"), "c": listed([event_1])}
    own = {None: listed([], "y"), "y": listed([event_1])}

    def found(path, query):
        if path == "events":
            return pages[query.get("page_token")]
        if path == "conversations/cnv_1/events":
            return own[query.get("page_token")]
        return listed([first]) if path == "conversations/cnv_1/messages" else None

    with answering(found) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["1"]


def test_a_page_that_comes_twice_and_one_that_begins_with_the_end_of_the_one_before_change_nothing():
    texts = [message(str(n), AT + n) for n in (1, 2)]
    log = {f"cnv_{n}": [of_message(str(n), "inbound", AT + n, texts[n - 1], cnv=n)] for n in (1, 2)}
    own = company(log, {"cnv_1": texts[:1], "cnv_2": texts[1:]})

    def found(path, query):
        if path != "events":
            return own(path, query)
        is_stale = len(asked(server, "events")) < 3
        return listed(log["cnv_1"], "b") if is_stale else listed(log["cnv_1"] + log["cnv_2"])

    with answering(found) as server:
        rows = read_all(front, fetched(server), BARE)
        assert [query.get("page_token") for query in asked(server, "events")] == [None, "b", "b"]
        assert len(asked(server, "conversations/cnv_1/events")) == 1
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["1", "2"]


def test_a_list_that_leads_back_to_itself_for_ever_is_refused():
    with (
        answering(lambda path, query: listed([], "b") if path == "events" else None) as server,
        pytest.raises(SourceError, match="without going forward"),
    ):
        fetched(server)
    assert len(asked(server, "events")) == 5


@pytest.mark.parametrize(
    "pages",
    [
        {None: [AT + 3600, AT]},
        {None: [AT + 3600], "b": [AT]},  # one a page, the newest first
    ],
)
def test_a_list_that_minds_no_order_stops_it_instead_of_ending_the_window_early(pages):
    def found(path, query):
        if path != "events":
            return None
        token = query.get("page_token")
        rows = [event(str(at), "tag", at) for at in pages[token]]
        return listed(rows, "b" if token is None and len(pages) > 1 else None)

    with answering(found) as server, pytest.raises(SourceError, match="not in the order"):
        fetched(server)


def test_what_happened_before_the_first_page_is_proven_and_the_next_night_begins_there():
    first = message("1")
    found = company({"cnv_1": [of_message("1", "inbound", AT, first)]}, {"cnv_1": [first]})
    with answering(found) as server:
        chunks = fetched(server)
        served = r.moment("2026-03-02T09:00:00Z")
        assert (chunks[-1].complete_until, chunks[-1].cursor) == (served - 120, {"since": served - 600})
        fetched(server, cursors={"events": {"since": AT + 5, "began": AT}})
        assert asked(server, "events")[-1]["q[after]"] == str(AT + 4)


def test_a_conversation_is_asked_for_once_however_many_events_the_list_has_of_it():
    first = message("1")
    log = [event(f"{n}", "tag", AT + n) for n in range(40, 2, -1)]
    log.append(of_message("1", "inbound", AT, first))
    with answering(company({"cnv_1": log}, {"cnv_1": [first]})) as server:
        fetched(server)
        assert len(asked(server, "conversations/cnv_1/events")) == 1
        assert len(asked(server, "conversations/cnv_1/messages")) == 1


def test_what_happens_in_a_conversation_after_it_was_read_is_read_with_it_once_more():
    first = message("1")
    log = [of_message("1", "inbound", AT, first)]
    pages = {None: [log[0]], "b": [event("2", "archive", AT + 60, status="archived")]}

    def found(path, query):
        if path == "events":
            token = query.get("page_token")
            return listed(pages[token], None if token else "b")
        if path == "conversations/cnv_1/events":
            is_first = len(asked(server, "conversations/cnv_1/events")) == 1
            return listed(log if is_first else [pages["b"][0], log[0]])
        return listed([first]) if path == "conversations/cnv_1/messages" else None

    with answering(found) as server:
        rows = read_all(front, fetched(server), BARE)
    assert [(row.ticket, row.status) for row in rows_of(rows, r.Ticket)] == [("1", "solved")]
    assert statuses(rows) == [(0, "crd_11", "open"), (60, "tea_51", "solved")]


def test_in_an_older_window_what_went_on_later_costs_one_request_and_is_left_to_the_newer_one():
    first = message("1")
    gone_on = [event("3", "tag", AT + 90_000), of_message("1", "inbound", AT, first)]
    here = [of_message("2", "inbound", AT, first, cnv="2")]
    found = company({"cnv_1": gone_on, "cnv_2": here}, {"cnv_1": [first], "cnv_2": [first]})
    until = AT + 86_400
    with answering(found) as server:
        chunks = fetched(server, Window("older", SINCE, until))
        assert asked(server, "events")[0]["q[before]"] == str(until + 1)
        assert len(asked(server, "conversations/cnv_1/events")) == 1
        assert asked(server, "conversations/cnv_1/messages") == []
        rows = read_all(front, chunks, BARE)
        assert fetched(server, Window("older", SINCE, until), cursors={"events": chunks[-1].cursor}) == []
    assert [row.ticket for row in rows_of(rows, r.Ticket)] == ["2"]
    # What the server said of its clock lies before the window's end.
    assert chunks[-1].complete_until == r.moment("2026-03-02T09:00:00Z") - 120


def test_a_window_is_half_open_whatever_the_list_tells_beside_it():
    def log(*moments):
        count = len(events)
        return [of_message(f"{count}{n}", "inbound", at, message("1"), cnv=count + 1) for n, at in enumerate(moments)]

    events, until = {}, AT + 1800
    for moments in ([SINCE - 0.5], [SINCE], [until - 0.001], [until], [until - 1, until]):
        events[f"cnv_{len(events) + 1}"] = log(*moments)[::-1]
    with answering(company(events, {key: [message("1")] for key in events})) as server:
        chunks = fetched(server, Window("older", SINCE, until))
        wanted = [number for number in range(1, 6) if asked(server, f"conversations/cnv_{number}/events")]
    assert {row.ticket for row in rows_of(read_all(front, chunks, BARE), r.Ticket)} == {"2", "3"}
    assert wanted == [2, 3, 5]
    assert (chunks[-1].complete_until, chunks[-1].cursor) == (until, {"done_until": until})
