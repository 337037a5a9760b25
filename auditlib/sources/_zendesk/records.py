"""Zendesk's pages as typed records: all at once where everything is as known, one by one where not.

A record that cannot be read is rejected with its ticket and never with its words; a field that
nobody knows is noticed, and the record is read without it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import Notice, Rejected
from auditlib.sources import Page, SourceError, unknown_fields
from auditlib.sources._zendesk import shapes, updates

_TICKET = re.compile(r"/tickets/(\d+)")
_REASONS = (("missing required field", "missing_field"), ("Expected", "wrong_type"))


class Records:
    """What one page holds: the records that could be read, and what there is to say of the others."""

    def __init__(self) -> None:
        self.good: list[Any] = []
        self.said: list[Notice | Rejected] = []


def told(page: Page, shape: Any) -> Any:
    """The few facts of a page that steer the fetching."""
    try:
        return _decoder(shape).decode(page.body)
    except msgspec.DecodeError as error:
        page.json()
        raise SourceError(f"{page.url} is not what Zendesk answers there: {error}") from None


def records(page: Page, name: str, shape: type) -> Records:
    """The records under this name in the page's body."""
    found = Records()
    try:
        found.good = getattr(_page_decoder(name, shape).decode(page.body), name)
        return found
    except msgspec.DecodeError:
        body = page.json()
    rows = body.get(name) if isinstance(body, dict) else None
    if not isinstance(rows, list):
        raise SourceError(f"{page.url} has no list of {name}; Zendesk's own answers always have one")
    for row in rows:
        _read_one(row, page, shape, found)
    return found


def ticket_of(page: Page) -> str:
    """The ticket that an audits page is about."""
    found = _TICKET.search(page.url)
    if found is None:
        raise SourceError(f"{page.url} names no ticket")
    return found[1]


def rejected(ticket: str | None, what: str, error: Exception) -> Rejected:
    """Why a record cannot be read. The errors of the decoder name types and places, never values."""
    message = str(error)
    reason = next((code for words, code in _REASONS if words in message), "unreadable")
    return Rejected(ticket=ticket, reason=reason, detail=f"{what}: {message}")


def _read_one(row: Any, page: Page, shape: type, found: Records) -> None:
    is_about_tickets = shape in (shapes.Ticket, updates.Audit)
    ticket = None
    if is_about_tickets:
        ticket = ticket_of(page) if shape is updates.Audit else _id(row)
    try:
        if not isinstance(row, dict):
            raise msgspec.ValidationError("Expected `object`")
        row = _known(row, page.stream, shape, found)
        if shape is updates.Audit:
            events = row.get("events")
            row = {**row, "events": []}
            audit = msgspec.convert(row, updates.Audit)
            audit.events = list(_events(events, found))
            found.good.append(audit)
        else:
            found.good.append(msgspec.convert(row, shape))
    except msgspec.ValidationError as error:
        found.said.append(rejected(ticket, page.stream, error))


def _known(row: Mapping[str, Any], stream: str, shape: type, found: Records) -> dict[str, Any]:
    known = _known_fields(shape)
    found.said.extend(unknown_fields(stream, row, known))
    return {name: value for name, value in row.items() if name in known}


def _events(events: Any, found: Records) -> Iterator[Any]:
    if not isinstance(events, list):
        raise msgspec.ValidationError("Expected `array` - at `$.events`")
    for event in events:
        kind = event.get("type") if isinstance(event, dict) else None
        if not isinstance(kind, str):
            raise msgspec.ValidationError("Expected `str` - at `$.events[...].type`")
        if kind in updates.EVENTS:
            shape = updates.EVENTS[kind]
            yield msgspec.convert(_known(event, "audits", shape, found), shape)
        elif kind in updates.SURVEYS:
            yield msgspec.convert(event, updates.SURVEYS[kind])
        elif kind not in updates.IGNORED_EVENTS:
            found.said.append(Notice(stream="audits", field=f"events.type={kind}"))


def _id(row: Any) -> str | None:
    number = row.get("id") if isinstance(row, dict) else None
    return str(number) if isinstance(number, int) else None


@functools.cache
def _known_fields(shape: type) -> frozenset[str]:
    named = msgspec.structs.fields(updates.STRICT[shape])
    return frozenset({field.encode_name for field in named} | ({"type"} if shape in updates.IGNORED else set()))


@functools.cache
def _decoder(shape: Any) -> msgspec.json.Decoder:
    return msgspec.json.Decoder(shape)


@functools.cache
def _page_decoder(name: str, shape: type) -> msgspec.json.Decoder:
    strict = updates.STRICT[shape]
    return msgspec.json.Decoder(msgspec.defstruct("Body", [(name, list[strict])]))  # type: ignore[valid-type]


def of_stream(pages: Sequence[Page], stream: str) -> list[Page]:
    """The pages of one stream, in order."""
    return [page for page in pages if page.stream == stream]
