"""Gorgias's tickets, messages and events in any form that its description allows."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, load
from tests.sources.allowed import BEGIN, ids, iso, page, paged, unknown, varied, words

gorgias = load("gorgias")
SETTINGS = Settings(name="g", kind="gorgias", connection="g", since=1, bots=["U-77"])
MOVES = {"ticket-closed": "solved", "ticket-snoozed": "pending_customer", "ticket-reopened": "open"}
NOISE = ("ticket-tags-added", "ticket-subject-updated", "ticket-message-summary-created", "a-type-of-tomorrow")
WHO = {9: ("U-9", None), 77: ("U-77", "bot")}
NULLABLE = {
    "uri", "external_id", "language", "priority", "channel", "via", "customer", "assignee_user", "assignee_team",
    "subject", "tags", "custom_fields", "spam", "closed_datetime", "snooze_datetime", "trashed_datetime", "public",
    "sender", "rule_id", "body_text", "body_html", "sent_datetime", "failed_datetime", "deleted_datetime", "user_id",
    "context", "data", "satisfaction_survey", "updated_datetime",
}  # fmt: skip


@dataclasses.dataclass
class Story:
    """A ticket as it is written down, and what must be read of it."""

    ticket: dict[str, Any]
    written: list[dict[str, Any]]
    log: list[dict[str, Any]]
    messages: list[tuple[int, str | None, str | None, bool]]
    statuses: list[tuple[int, str]]
    is_odd: bool


@st.composite
def stories(draw: st.DrawFn, number: int) -> Story:
    created = at = BEGIN + draw(st.integers(0, 10**6))
    told = Story({}, [], [], [], [(at, "open")], draw(st.integers(0, 9)) == 0)
    told.log.append(draw(event(number * 1000, at, "ticket-created", None)))
    for place in range(1, draw(st.sampled_from([6, 3, 1]))):
        at += draw(st.integers(2, 10**5))
        if draw(st.booleans()):
            draw(writing(told, number * 1000 + place, at))
        else:
            kind = draw(st.sampled_from([*(k for k, new in MOVES.items() if new != told.statuses[-1][1]), *NOISE]))
            told.log.append(draw(event(number * 1000 + place, at, kind, draw(st.sampled_from(sorted(WHO))))))
            if kind in MOVES:
                told.statuses.append((at, MOVES[kind]))
    now = told.statuses[-1][1]
    snoozed = draw(iso(at + 10**6)) if now == "pending_customer" else None
    told.ticket = draw(varied({
        "id": number, "status": "open" if now == "open" else "closed", "created_datetime": draw(iso(created)),
        "updated_datetime": draw(iso(at)), "snooze_datetime": snoozed, "trashed_datetime": None,
        "spam": draw(st.sampled_from([None, False])), "subject": draw(st.none() | words), "customer": {"id": 5},
        "assignee_user": draw(st.none() | st.just({"id": 9, "name": None})), "from_agent": False,
        "assignee_team": draw(st.none() | st.builds(lambda i: {"id": i, "name": None}, ids)),
        "channel": draw(st.sampled_from([None, "email", "sms"])), "language": draw(st.none() | words),
        "priority": draw(st.sampled_from([None, "critical", "low"])),
        "tags": draw(st.none() | st.lists(st.builds(lambda w: {"id": 1, "name": w}, st.none() | words), max_size=2)),
        "custom_fields": draw(st.sampled_from([None, {}, {"5": {"id": 5, "value": None}}, {"5": {"value": [1]}}])),
    }, NULLABLE))  # fmt: skip
    if told.is_odd:
        where = draw(st.sampled_from([told.ticket, *told.written, *told.log]))
        where["created_datetime"] = draw(st.sampled_from([None, 5, "yesterday"]))
    return told


@st.composite
def event(draw: st.DrawFn, number: int, at: int, kind: str, who: int | None) -> dict[str, Any]:
    line = {"id": number, "type": kind, "created_datetime": draw(iso(at)), "user_id": who, "object_type": "Ticket",
            "context": draw(st.sampled_from([None, f"own-{number}"])), "data": draw(st.none() | unknown)}  # fmt: skip
    return draw(varied(line, NULLABLE))


@st.composite
def writing(draw: st.DrawFn, told: Story, number: int, at: int) -> None:
    who, public = draw(st.sampled_from([5, *WHO])), draw(st.sampled_from([None, True, False]))
    is_user, rule = who in WHO, draw(st.sampled_from([None, None, 31]))
    line = {"id": number, "created_datetime": draw(iso(at)), "from_agent": is_user, "public": public, "rule_id": rule,
            "channel": "email", "via": draw(st.sampled_from([None, "helpdesk", "email"])),
            "sender": {"id": who, "email": None}, "body_text": draw(st.none() | words),
            "body_html": draw(st.none() | words), "sent_datetime": draw(st.none() | iso(at)),
            "failed_datetime": None, "deleted_datetime": None}  # fmt: skip
    told.written.append(draw(varied(line, NULLABLE)))
    author = (None, "automation") if rule else WHO.get(who, ("C-5", None))
    told.messages.append((at, *author, public is not False))


@st.composite
def chunks(draw: st.DrawFn) -> tuple[list[Page], list[Story]]:
    told = [draw(stories(number)) for number in range(1, draw(st.sampled_from([4, 3, 2])))]
    pages = [
        page("users", "/api/users", {"data": []}),
        page("teams", "/api/teams", draw(st.sampled_from([[], {"data": []}]))),
    ]
    for rows in paged(draw, [story.ticket for story in told], 2):
        pages.append(page("tickets", "/api/tickets", {"data": rows, "meta": draw(st.sampled_from([{}, None]))}))
    for story in told:
        number = story.ticket["id"]
        whole = {**story.ticket, "messages": story.written, **draw(unknown)}
        pages.append(page("ticket", f"/api/tickets/{number}", whole))
        for rows in paged(draw, story.log, 3):
            pages.append(page("events", f"/api/events?object_type=Ticket&object_id={number}", {"data": rows}))
    return pages, told


@given(chunks())
def test_every_ticket_is_read_as_it_happened_or_rejected_with_a_reason(made: tuple[list[Page], list[Story]]) -> None:
    pages, told = made
    rows = list(gorgias.read(pages, SETTINGS))
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
