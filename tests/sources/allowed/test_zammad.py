"""Zammad's tickets, histories and articles in any form that its own code gives them."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, load
from tests.sources.allowed import BEGIN, ids, iso, page, paged, unknown, varied, words

zammad = load("zammad")
SETTINGS = Settings(name="z", kind="zammad", connection="z", since=1, bots=["77"])
STATES = {1: ("new", "new"), 2: ("open", "open"), 3: ("pending reminder", "pending_customer"), 4: ("closed", "solved"),
          8: ("Waiting for parts", "on_hold")}  # fmt: skip
WHO = {5: ("5", None), 9: ("9", None), 1: (None, "automation"), 77: ("77", "bot")}
NULLABLE = {
    "title", "owner_id", "organization_id", "create_article_type", "priority", "body", "content_type", "origin_by_id",
    "sender", "type", "attribute", "value_from", "value_to", "id_from", "id_to", "state", "created_by_id",
}  # fmt: skip


@dataclasses.dataclass
class Story:
    """A ticket as it is written down, and what must be read of it."""

    ticket: dict[str, Any]
    history: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    messages: list[tuple[int, str | None, str | None, bool]]
    statuses: list[tuple[int, str]]
    is_odd: bool


@st.composite
def stories(draw: st.DrawFn, number: int) -> Story:
    created = at = BEGIN + draw(st.integers(0, 10**6))
    lines = iter(range(number * 1000, number * 1000 + 900))
    told = Story({}, [], [], [], [], draw(st.integers(0, 9)) == 0)
    state = draw(st.sampled_from(sorted(STATES)))
    told.statuses.append((at, STATES[state][1]))
    told.history.append(_entry(lines, "created", "Ticket", number, 5, draw(iso(at))))
    for place in range(draw(st.sampled_from([5, 2, 0]))):
        who = draw(st.sampled_from(sorted(WHO)))
        if draw(st.booleans()):
            article = number * 100 + place
            kind, internal = draw(st.sampled_from(["email", "note", "phone", "web"])), draw(st.booleans())
            origin = draw(st.sampled_from([None, 5]))
            told.articles.append(draw(varied({
                "id": article, "ticket_id": number, "created_at": draw(iso(at)), "internal": internal, "type": kind,
                "sender": draw(st.sampled_from([None, "Agent", "Customer"])), "body": draw(st.none() | words),
                "content_type": draw(st.sampled_from([None, "text/plain", "text/html"])), "created_by_id": who,
                "origin_by_id": origin,
            }, NULLABLE)))  # fmt: skip
            entry = _entry(lines, "created", "Ticket::Article", article, who, draw(iso(at)))
            told.history.append({**entry, "related_o_id": number, "related_object": "Ticket"})
            author = who if kind == "phone" else origin or who
            told.messages.append((at, *WHO[author], not internal))
        else:
            after = draw(st.sampled_from([s for s in STATES if s != state]))
            entry = _entry(lines, "updated", "Ticket", number, who, draw(iso(at)))
            change = {"attribute": "state", "value_from": STATES[state][0], "value_to": STATES[after][0],
                      "id_from": state, "id_to": after}  # fmt: skip
            told.history.append({**entry, **change, **draw(unknown)})
            told.statuses.append((at, STATES[after][1]))
            state = after
        if draw(st.booleans()):
            noise = draw(st.sampled_from(["notification", "email", "received_merge", "time_trigger_performed"]))
            told.history.append(_entry(lines, noise, "Ticket", number, 1, draw(iso(at))))
        at += draw(st.integers(1, 10**5))
    told.ticket = draw(varied({
        "id": number, "number": "7", "state_id": state, "state": STATES[state][0], "group_id": 3, "group": "x",
        "priority": draw(st.sampled_from([None, "2 normal"])), "title": draw(st.none() | words), "customer_id": 5,
        "owner_id": draw(st.sampled_from([None, 1, 9])), "organization_id": draw(st.none() | ids),
        "created_by_id": draw(st.sampled_from([5, 9])), "create_article_type": draw(st.sampled_from([None, "email"])),
        "created_at": draw(iso(created)), "updated_at": draw(iso(at)),
    }, NULLABLE - {"created_by_id"}))  # fmt: skip
    if told.is_odd:
        where = draw(st.sampled_from([told.ticket, *told.history, *told.articles]))
        where["created_at"] = draw(st.sampled_from([None, 5, "yesterday", "2026-03-02T09:00:00"]))
    return told


def _entry(lines: Any, kind: str, of: str, number: int, who: int, at: str) -> dict[str, Any]:
    return {"id": next(lines), "type": kind, "object": of, "o_id": number, "created_by_id": who, "created_at": at}


@st.composite
def chunks(draw: st.DrawFn) -> tuple[list[Page], list[Story]]:
    told = [draw(stories(number)) for number in range(1, draw(st.sampled_from([4, 3, 2])))]
    states = [{"id": n, "name": name, "state_type": None, **draw(unknown)} for n, (name, _) in STATES.items()]
    pages = [page("states", "/api/v1/ticket_states", states), page("groups", "/api/v1/groups", [])]
    pages += [page("tickets", "/api/v1/tickets/search", rows) for rows in paged(draw, [s.ticket for s in told], 2)]
    for story in told:
        number = story.ticket["id"]
        pages.append(page("history", f"/api/v1/ticket_history/{number}", {"history": story.history, "assets": {}}))
        pages.append(page("articles", f"/api/v1/ticket_articles/by_ticket/{number}?expand=true", story.articles))
    return pages, told


@given(chunks())
def test_every_ticket_is_read_as_it_happened_or_rejected_with_a_reason(made: tuple[list[Page], list[Story]]) -> None:
    pages, told = made
    settings = dataclasses.replace(SETTINGS, statuses={"Waiting for parts": "on_hold"})
    rows = list(zammad.read(pages, settings))
    shown = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
    rejected = {row.ticket: row.reason for row in rows if isinstance(row, r.Rejected)}
    assert set(rejected) == {str(story.ticket["id"]) for story in told if story.is_odd}
    assert len(shown) + len(rejected) == len(told)
    for story in told:
        number = str(story.ticket["id"])
        if story.is_odd:
            assert rejected[number]
            continue
        events = [row for row in rows if isinstance(row, r.Event) and row.ticket == number]
        read = [(e.occurred_at, e.actor, e.actor_class, e.is_public) for e in events if e.kind == "message"]
        assert sorted(read, key=str) == sorted(story.messages, key=str)
        assert [(e.occurred_at, e.new) for e in events if e.kind == "status"] == story.statuses
        assert len({event.seq for event in events}) == len(events)
        assert shown[number].status == story.statuses[-1][1]
