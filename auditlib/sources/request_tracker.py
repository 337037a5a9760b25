"""Request Tracker 5 (Best Practical), through REST2.

https://docs.bestpractical.com/rt/5.0/RT/REST2.html · needs a connection with the tracker's address and a
privileged, read-only account; `docs/request-tracker.md` names its rights.

Each changed ticket is read whole: its state, its history and the words of its messages. Five habits of
REST2 shape this module:

- it reads times in the account's own time zone, so a day more is asked for than needed and left out here;
- it tells no total to ordinary accounts and drops what they may not see *after* cutting the page, so a
  short page is not the last one: an empty one is, or a history that has shown its beginning;
- a search moves while it is paged, so the next page is everything behind the last ticket's number;
- deleted tickets are in no search, only in the transactions that deleted them;
- a merged ticket answers as the one that it was merged into.

The channel is what Request Tracker itself noted when the ticket was opened (email, web or api). What an
agent wrote down has the channel unknown, unless `options.channel` names a custom field that says it, such
as phone. `options.rating` names the custom field that holds a survey's answer, if there is one, and
`options.rating_scale` its scale: 1-5 unless it says otherwise.
Of a service agreement it tells the name alone: what each promises, `agreements` says. The due dates that its own
rules set are kept beside ours, with their history.
`options.page_size` (at most 100, which is the default) is how many tickets are fetched together.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Group, Row, moment
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, SourceError, Window
from auditlib.sources._request_tracker.desk import Desk, items_of
from auditlib.sources._request_tracker.history import (
    MESSAGES,
    is_owner_change,
    ticket_or_rejected,
    unknown_transactions,
)
from auditlib.sources._request_tracker.introduction import introduction
from auditlib.sources._request_tracker.pages import NOT_A_PERSON, STATUSES, Answers

CAPABILITIES = Capabilities(ratings=True, deletions=True, merges=True, service_levels=True, due_dates=True)
REQUESTS = Requests(a_ticket=3, a_page=100, besides=20)
"""A history, the person who asked, and a deleted ticket's own record; words come by the fifty."""

DAY = 24 * 60 * 60
OVERLAP = 10 * 60
"""Seconds that the next night reads again: a change may be stamped well before it can be seen."""

WORDS = frozenset(
    {
        "Status", "Type", "Field", "ContentType", "Content-Type", "type", "ref", "Disabled", "Privileged", "Priority",
        "next_page", "prev_page", "Lang", "SLA",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""
PHRASES = (*NOT_A_PERSON, *STATUSES, r"fsck\.com-rt://(.+)/ticket/\d+")
"""Its two accounts that are nobody's, its statuses as changes tell them, and how it names a merged ticket: kept too."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Every ticket that changed in the window, whole; then those that were deleted in it."""
    desk = Desk(get, settings)
    try:
        seen = yield from _changed_tickets(desk, dict(cursors.get("tickets", {})), window)
        yield from _deleted_tickets(desk, dict(cursors.get("deleted", {})), window, seen)
    except KeyError as error:
        raise _lacks(settings, error) from error


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The rows of one chunk: queues, people, and each ticket whose history is in it."""
    chunk = Answers(pages, settings)
    for queue in chunk.records("queues"):
        yield Group(group=str(queue["id"]), name=queue["Name"])
    yield from chunk.people_rows()
    for number in sorted(chunk.with_history & set(chunk.tickets), key=int):
        yield from ticket_or_rejected(chunk, number)
    yield from chunk.notices()
    yield from unknown_transactions(chunk)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the tracker has and what the account may see of it, by one call a stream."""
    try:
        return introduction(Desk(get, settings), settings)
    except KeyError as error:
        raise _lacks(settings, error) from error


def _lacks(settings: Settings, what: KeyError) -> SourceError:
    return SourceError(f"{settings.name}: an answer lacks {what}, which was asked for; may the account see all of it?")


def _changed_tickets(desk: Desk, cursor: dict[str, Any], window: Window) -> Generator[Chunk, None, int]:
    """The tickets, and at the end the moment at which they were first asked for."""
    cursor = {"since": window.since, "after": 0, **cursor}
    while True:
        listed = desk.tickets(f"{_around('LastUpdated', cursor, window)} AND id > {cursor['after']}")
        cursor.setdefault("started", listed.served_at)
        records = items_of(listed)
        if not records:
            yield Chunk(stream="tickets", pages=[listed], cursor=_next_night(cursor))
            return cursor["started"]
        cursor["after"] = max(int(record["id"]) for record in records)
        changed = [str(record["id"]) for record in records if _within(record["LastUpdated"], cursor, window)]
        if changed:
            pages = [listed, *_whole(desk, changed, records)]
            yield Chunk(stream="tickets", pages=pages, cursor=dict(cursor))


def _deleted_tickets(desk: Desk, cursor: dict[str, Any], window: Window, tickets_seen: int) -> Iterator[Chunk]:
    cursor = {"since": window.since, "after": 0, **cursor}
    while True:
        listed = desk.deletions(f"{_around('Created', cursor, window)} AND id > {cursor['after']}")
        cursor.setdefault("started", listed.served_at)
        records = items_of(listed)
        if not records:
            until = _complete_until(min(tickets_seen, cursor["started"]), window)
            yield Chunk(stream="deleted", pages=[listed], cursor=_next_night(cursor), complete_until=until)
            return
        cursor["after"] = max(int(record["id"]) for record in records)
        numbers = {record["ObjectId"] for record in records if _within(record["Created"], cursor, window)}
        pages = [desk.ticket(number) for number in sorted(numbers, key=int)]
        # One that was restored since is in the search again, one that was merged in another's history.
        gone = [record for record in (page.json() for page in pages) if record["Status"] == "deleted"]
        changed = [str(record["id"]) for record in gone if str(record["id"]) in numbers]
        if changed:
            pages = [listed, *pages, *_whole(desk, changed, gone)]
            yield Chunk(stream="deleted", pages=pages, cursor=dict(cursor))


def _whole(desk: Desk, changed: Sequence[str], records: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
    """All that is needed to read these tickets: their histories, what merged into them, words and people."""
    histories = [page for number in changed for page in desk.history(number)]
    transactions = [item for page in histories for item in items_of(page)]
    merged = list(desk.merged({item["ObjectId"] for item in transactions} - set(changed), changed))
    records = [record for record in records if str(record["id"]) in changed]
    records += [record for page in merged for record in items_of(page)]
    yield from desk.queues
    yield from histories
    yield from merged
    yield from desk.texts([item["id"] for item in transactions if item["Type"] in MESSAGES])
    for who in sorted({*_named_in(records), *_acting_in(transactions)}):
        yield desk.person(who)


def _named_in(records: Iterable[Mapping[str, Any]]) -> set[str]:
    roles = [role for record in records for role in (record["Owner"], record["Creator"], *record["Requestor"])]
    return {str(role["id"]) for role in roles if role["type"] == "user"}  # a group may be a requestor too


def _acting_in(transactions: Iterable[Mapping[str, Any]]) -> set[str]:
    owners = [item for item in transactions if is_owner_change(item)]
    numbers = {number for item in owners for number in (item["OldValue"], item["NewValue"])}
    return (numbers | {str(item["Creator"]["id"]) for item in transactions}) - {""}


def _around(field: str, cursor: Mapping[str, Any], window: Window) -> str:
    """The window with a day to spare on both sides: midnight is somewhere else for each account."""
    query = f"{field} >= '{_date(cursor['since'] - DAY)}'"
    return query if window.until is None else f"{query} AND {field} < '{_date(window.until + 2 * DAY)}'"


def _date(at: int) -> str:
    return datetime.datetime.fromtimestamp(max(at, DAY), datetime.UTC).date().isoformat()


def _within(changed_at: str, cursor: Mapping[str, Any], window: Window) -> bool:
    at = moment(changed_at)
    return cursor["since"] <= at and (window.until is None or at < window.until)


def _next_night(cursor: Mapping[str, Any]) -> dict[str, Any]:
    return {"since": cursor["started"] - OVERLAP, "after": 0}


def _complete_until(asked_at: int, window: Window) -> int:
    return min(asked_at - OVERLAP, window.until or asked_at)
