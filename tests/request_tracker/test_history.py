"""The five weeks, read back through the source: each named ticket's life as it was worked out by hand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from auditlib.caselog.rows import Event, Group, Person, Row, Ticket
from tests.obvious.clock import minute_by_minute
from tests.request_tracker.worked_by_hand import DELETED, RESTORED, TICKETS

STORIES = {
    **{name: audited.story for name, audited in TICKETS.items()},
    "deleted": DELETED,
    "restored": RESTORED,
}
LONDON_OFFICE = tuple((day * 1440 + 9 * 60, day * 1440 + 17 * 60) for day in range(5))


@pytest.mark.parametrize("name", STORIES)
def test_each_ticket_tells_the_life_that_was_written(name: str, rows: Sequence[Row], tickets: dict[str, str]) -> None:
    assert told(rows, tickets, name) == STORIES[name]


@pytest.mark.parametrize("name", TICKETS)
def test_each_ticket_has_the_channel_that_the_tracker_noted(
    name: str, rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    assert ticket(rows, tickets[name]).channel == TICKETS[name].channel


@pytest.mark.parametrize("name", [name for name in TICKETS if TICKETS[name].first_reply_minutes is not None])
def test_the_first_reply_worked_by_hand_agrees_with_its_turn_and_with_a_plain_count_of_minutes(
    name: str,
) -> None:
    opened, closed, _ = TICKETS[name].turns[0]
    start, end = second(opened), second(closed)
    assert (end - start) / 60 == TICKETS[name].first_reply_minutes
    open_seconds = minute_by_minute(LONDON_OFFICE, "Europe/London", (), start, end)
    assert open_seconds / 60 == TICKETS[name].first_reply_business_minutes


def test_an_opened_ticket_tells_what_it_was_at_the_start(rows: Sequence[Row], tickets: dict[str, str]) -> None:
    names = {row.group: row.name for row in rows if isinstance(row, Group)}
    events = [event for event in events_of(rows, tickets["bounced"]) if tells_the_start(event)]
    assert [(event.kind, names.get(event.new, event.new)) for event in events] == [
        ("status", "new"),
        ("group", "Support"),
    ]


def test_words_arrive_as_they_were_written(rows: Sequence[Row], tickets: dict[str, str]) -> None:
    messages = [event for event in events_of(rows, tickets["restored"]) if event.kind == "message"]
    assert [message.body.strip() for message in messages] == [
        "新しい住所をお知らせします。",
        "ありがとうございます。変更しました。",
    ]
    assert ticket(rows, tickets["bounced"]).subject == "VPN für Łódź"


def test_people_have_names_addresses_and_the_role_that_they_have_now(rows: Sequence[Row]) -> None:
    people = {row.email: row for row in rows if isinstance(row, Person)}
    assert people["lukasz@firma.example"].name == "Łukasz 李"
    assert people["lukasz@firma.example"].role == "customer"
    assert people["ana@tracker.example"].role == "agent"
    assert not {None, ""} & set(people), "RT_System and Nobody are no people"


def test_the_tracker_does_not_keep_who_else_got_a_mail(rows: Sequence[Row]) -> None:
    assert "boss@elsewhere.example" not in {row.email for row in rows if isinstance(row, Person)}


def test_a_ticket_opened_by_an_agent_names_both_the_agent_and_the_customer(
    rows: Sequence[Row], tickets: dict[str, str]
) -> None:
    emails = {row.person: row.email for row in rows if isinstance(row, Person)}
    phone = ticket(rows, tickets["phone"])
    assert emails[phone.opened_by] == "ana@tracker.example"
    assert emails[phone.requester] == "nina@firma.example"
    assert ticket(rows, tickets["invoice"]).opened_by is None


def test_what_merged_lives_on_in_the_other_ticket(rows: Sequence[Row], tickets: dict[str, str]) -> None:
    assert ticket(rows, tickets["login, merged"]).merged_into == tickets["login"]
    assert ticket(rows, tickets["login"]).merged_into is None


def test_every_event_of_a_ticket_has_its_own_sequence(rows: Sequence[Row]) -> None:
    keys = [(row.ticket, row.seq) for row in rows if isinstance(row, Event)]
    assert len(keys) == len(set(keys))


def told(rows: Sequence[Row], tickets: dict[str, str], name: str) -> tuple[str, ...]:
    """A ticket's life in words, in order; what it was at the start is left out."""
    names = {number: name for name, number in tickets.items()}
    names |= {row.person: (row.email or "").partition("@")[0] for row in rows if isinstance(row, Person)}
    groups = {row.group: row.name for row in rows if isinstance(row, Group)}
    events = [event for event in events_of(rows, tickets[name]) if not tells_the_start(event)]
    events.sort(key=lambda event: event.seq)
    return tuple(f"{minute(event.occurred_at)} {words(event, names, groups)}" for event in events)


def tells_the_start(event: Event) -> bool:
    return event.kind in ("status", "group") and event.old is None


def words(event: Event, names: dict[str, str], groups: dict[str, str]) -> str:
    who = names[event.actor] if event.actor else "tracker"
    change = {
        "created": f"{who} opens",
        "message": f"{who} writes" if event.is_public else f"{who} notes",
        "status": f"{who}: {event.old} > {event.new}",
        "assignee": f"{who}: {names.get(event.old, 'nobody')} > {names.get(event.new, 'nobody')}",
        "group": f"{who}: {groups.get(event.old)} > {groups.get(event.new)}",
        "merged_into": f"{who}: merged into {names.get(event.new)}",
        "deleted": f"{who} deletes",
        "restored": f"{who} restores",
    }
    return change.get(event.kind, f"{who}: {event.kind} {event.new}")


def ticket(rows: Sequence[Row], number: str) -> Ticket:
    (found,) = [row for row in rows if isinstance(row, Ticket) and row.ticket == number]
    return found


def events_of(rows: Sequence[Row], number: str) -> list[Event]:
    return [row for row in rows if isinstance(row, Event) and row.ticket == number]


def minute(at: int) -> str:
    return datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%m-%d %H:%M")


def second(at: str) -> int:
    return int(datetime.datetime.fromisoformat(f"2026-{at}:00+00:00").timestamp())
