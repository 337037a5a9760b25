"""What is asked of a django-helpdesk's database: whole tickets, a few hundred at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings
from auditlib.sources._django_helpdesk import shapes
from auditlib.sources._django_helpdesk.shapes import SHAPES
from auditlib.sources._django_helpdesk.words import NOBODY, OWNER, Words, handed_in_bulk

PAGE_SIZE = 200
AT_ONCE = 500
"""Ids in one question: databases take no lists of any length."""


class Desk:
    """Asks for tables' rows; each page is one answer."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._words = get, Words(settings)
        self.size = int(settings.options.get("page_size", PAGE_SIZE))

    def ask(self, table: str, stream: str, **wanted: Any) -> Page:
        return self._get(f"/{table}", wanted, stream=stream)

    def company(self) -> list[Page]:
        """Queues and the fields that the company added."""
        return [
            self.ask("helpdesk_queue", "queues", order="id"),
            self.ask("helpdesk_customfield", "fields", order="id"),
        ]

    def changed(self, since: int, until: int | None, after: Sequence[Any] | None) -> Page:
        """Tickets by when they changed, behind the last one seen."""
        wanted: dict[str, Any] = {"order": "modified,id", "limit": self.size}
        wanted["at_least"] = ["modified", self._words.stamp(since)]
        if until is not None:
            wanted["before"] = ["modified", self._words.stamp(until)]
        if after:
            wanted["after"] = list(after)
        return self.ask("helpdesk_ticket", "tickets", **wanted)

    def whole(self, tickets: Sequence[shapes.Ticket]) -> Iterator[Page]:
        """All else of these tickets: a merge moved the follow-ups of some to others, and those of others to these."""
        own = [ticket.id for ticket in tickets]
        homes = {ticket.merged_to_id for ticket in tickets if ticket.merged_to_id is not None}
        yield from self._of("helpdesk_ticket", "merged", "merged_to_id", {*own, *homes}, columns="id,merged_to_id")
        followups = list(self._of("helpdesk_followup", "followups", "ticket_id", {*own, *homes}))
        yield from followups
        told = SHAPES.read(followups, shapes.Followup).good
        changes = list(self._of("helpdesk_ticketchange", "changes", "followup_id", {f.id for f in told}))
        yield from changes
        yield from self._of("helpdesk_ticketcustomfieldvalue", "values", "ticket_id", own)
        yield from self._people(tickets, told, SHAPES.read(changes, shapes.Change).good)

    def _people(
        self,
        tickets: Sequence[shapes.Ticket],
        followups: Sequence[shapes.Followup],
        changes: Sequence[shapes.Change],
    ) -> Iterator[Page]:
        """Users who are named by number, name or address; and all staff, since only a title tells who sent a mail."""
        numbers = {f.user_id for f in followups} | {ticket.assigned_to_id for ticket in tickets}
        owners = [change for change in changes if self._words.field(change.field) == OWNER]
        names = {name for change in owners for name in (change.old_value, change.new_value)}
        names |= {handed_in_bulk(f.title)[1] for f in followups}
        yield from self._of("auth_user", "users", "is_staff", [True])
        yield from self._of("auth_user", "users", "id", numbers - {None})
        yield from self._of("auth_user", "users", "username", names - {None, *NOBODY})
        yield from self._of("auth_user", "users", "email", {a for t in tickets if (a := t.submitter_email)})

    def _of(self, table: str, stream: str, column: str, ids: Iterable[Any], **wanted: Any) -> Iterator[Page]:
        wanted_ids = sorted(ids)
        for begin in range(0, len(wanted_ids), AT_ONCE):
            some = wanted_ids[begin : begin + AT_ONCE]
            yield self.ask(table, stream, order="id", one_of=[column, *some], **wanted)
