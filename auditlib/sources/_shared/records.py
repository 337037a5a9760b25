"""A helpdesk's records as typed structs: what is read, what is left alone on purpose, what is noticed.

A record that cannot be read is rejected with its ticket and never with its words; a field that
nobody knows is noticed, and the record is read without it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from auditlib.caselog.rows import Notice, Rejected
from auditlib.sources import Page, SourceError

T = TypeVar("T", bound=msgspec.Struct)

_REASONS = (("missing required field", "missing_field"), ("Expected", "wrong_type"))
TicketOf = Callable[[Mapping[str, Any]], "str | None"]


@dataclasses.dataclass
class Records(Generic[T]):
    """The records that could be read, and what there is to say of the others."""

    good: list[T] = dataclasses.field(default_factory=list)
    said: list[Notice | Rejected] = dataclasses.field(default_factory=list)


class Shapes:
    """What one helpdesk's records look like: their structs, and the fields that are ignored on purpose.

    `may_be_null`: its lists may hold null instead of a record, as its description says.
    """

    def __init__(self, ignored: Mapping[type[msgspec.Struct], str], *, may_be_null: bool = False) -> None:
        self._may_be_null = may_be_null
        self._known: dict[type[msgspec.Struct], frozenset[str]] = {
            shape: frozenset({f.encode_name for f in msgspec.structs.fields(shape)} | set(names.split()))
            for shape, names in ignored.items()
        }

    def read(
        self, pages: Iterable[Page], shape: type[T], under: str = "", ticket: TicketOf | None = None
    ) -> Records[T]:
        """The records of some pages: of the list in the body, or of the one under a name.

        `ticket` finds in a record the ticket that is rejected with it.
        """
        found: Records[T] = Records()
        for page in pages:
            for row in listed(page, under):
                self._read_one(row, page.stream, shape, ticket, found)
        return found

    def rows(self, rows: Iterable[Any], stream: str, shape: type[T], ticket: TicketOf | None = None) -> Records[T]:
        """The records of a list that stands within another record."""
        found: Records[T] = Records()
        for row in rows:
            self._read_one(row, stream, shape, ticket, found)
        return found

    def one(self, page: Page, shape: type[T], ticket: TicketOf | None = None) -> Records[T]:
        """The one record that is the page's body."""
        found: Records[T] = Records()
        self._read_one(page.json(), page.stream, shape, ticket, found)
        return found

    def _read_one(self, row: Any, stream: str, shape: type[T], ticket: TicketOf | None, found: Records[T]) -> None:
        if row is None and self._may_be_null:
            return
        number = ticket(row) if ticket and isinstance(row, dict) else None
        try:
            if not isinstance(row, dict):
                raise msgspec.ValidationError("Expected `object`")
            found.good.append(msgspec.convert(row, shape))
        except msgspec.ValidationError as error:
            found.said.append(rejected(number, stream, error))
            return
        known = self._known[shape]
        found.said.extend(Notice(stream=stream, field=name) for name in row if name not in known)


def listed(page: Page, under: str = "") -> Sequence[Any]:
    """The list that the page's body is, or has under a name; an answer without it is no empty answer."""
    body = page.json()
    rows = body.get(under) if under and isinstance(body, dict) else body
    if not isinstance(rows, list):
        where = f"no list of {under}" if under else "no list"
        raise SourceError(f"{page.url} holds {where}; the helpdesk's own answers always have one there")
    return rows


def told(page: Page) -> dict[str, Any]:
    """The object that the page's body is; anything else is refused."""
    body = page.json()
    if not isinstance(body, dict):
        raise SourceError(f"{page.url} answers with no object; the helpdesk's own answers always are one there")
    return body


def of_stream(pages: Iterable[Page], *streams: str) -> list[Page]:
    """The pages of some streams, in order."""
    return [page for page in pages if page.stream in streams]


def rejected(ticket: str | None, what: str, error: Exception) -> Rejected:
    """Why a record cannot be read. The errors of the decoder name types and places, never values."""
    message = str(error)
    reason = next((code for words, code in _REASONS if words in message), "unreadable")
    return Rejected(ticket=ticket, reason=reason, detail=f"{what}: {message}")
