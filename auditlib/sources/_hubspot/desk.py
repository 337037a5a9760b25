"""How HubSpot is asked: tickets by a search behind the last id, histories in batches, conversations one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._hubspot import surveys
from auditlib.sources._hubspot.service_levels import LEVELS
from auditlib.sources._hubspot.shapes import SHAPES, Message, Record, Thread
from auditlib.sources._hubspot.words import COMPANY, CUSTOM, OWNER, PRIORITY, STAGE, TEAM
from auditlib.sources._shared.closed import needing
from auditlib.sources._shared.records import listed, told

PAGE_SIZE = 50
"""So many tickets at once: a batch that tells what properties were before holds no more."""
OF_LISTS = 100
PATIENCE = 3
"""So many pages may show nothing new, as from a stale cache."""
OVERLAP = 30 * 60
"""Seconds that the next night reads again: the index of the search follows the records."""
TRACED = (STAGE, OWNER, TEAM, PRIORITY)
OF_TICKETS = ("subject", "content", "createdate", "hs_lastmodifieddate", "source_type", "hs_created_by_user_id",
              "hs_pipeline", *TRACED, *LEVELS)  # fmt: skip
OF_CONTACTS = ("email", "phone", "mobilephone", "firstname", "lastname", "hs_language", "associatedcompanyid")
TICKETS, CONVERSATIONS = "/crm/v3/objects/tickets", "/conversations/v3/conversations"
ANSWERS, TIES = f"/crm/v3/objects/{surveys.KIND}", "/crm/v4/associations"


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of tickets, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One account, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self.without_ratings = settings.options.get("ratings") == "none"
        self.size = max(1, min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE))
        self.customs = sorted({f.removeprefix(CUSTOM) for f in settings.fields.values() if f.startswith(CUSTOM)})
        self.of_company = sorted({f.removeprefix(COMPANY) for f in settings.fields.values() if f.startswith(COMPANY)})

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request."""
        return self._get(path, params or None, stream=stream)

    def _told(self, path: str, stream: str, body: Mapping[str, Any]) -> Page:
        return self._get(path, None, stream=stream, body=body)

    def beside(self) -> list[Page]:
        """What is needed to read any ticket: stages, and owners with their teams, also those who have left."""
        owners = [
            page
            for archived in ("false", "true")
            for page in self._listed("/crm/v3/owners", "owners", {"limit": OF_LISTS, "archived": archived})
        ]
        return [self.ask("/crm/v3/pipelines/tickets", "pipelines"), *owners]

    def found(self, since: int, until: int | None, after: str, size: int | None = None) -> Page:
        """One page of the tickets that changed in the window, by id: no more than 10,000 can be paged otherwise."""
        filters = [_filter("hs_lastmodifieddate", "GTE", str(since * 1000))]
        if until is not None:
            filters.append(_filter("hs_lastmodifieddate", "LT", str(until * 1000)))
        return self._told(f"{TICKETS}/search", "search", _found(filters, after, size or self.size))

    def count(self, since: int) -> Page:
        """How many tickets came since: the search says it with any page."""
        filters = [_filter("createdate", "GTE", str(since * 1000))]
        return self._told(f"{TICKETS}/search", "count", _found(filters, "", 1))

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Tickets that changed in the window; who changes meanwhile is found again the next night."""
        since, begun = int(cursor.get("since", window.since)), cursor.get("begun")
        after, latest, still = cursor.get("after", ""), int(cursor.get("latest", since)), 0
        while True:
            page = self.found(since, window.until, after)
            begun = page.served_at if begun is None else begun
            rows = [row for row in listed(page, "results") if isinstance(row, dict)]
            last = max([after, *(str(row.get("id", "")) for row in rows)], key=_number)
            latest = max([latest, *(at for row in rows if (at := surveys.moved_at(row)) is not None)])
            if not _behind(page):
                again = max(window.since, min(latest, latest if begun is None else begun) - OVERLAP)
                yield Step(page, {"since": again, "done_until": window.until, "begun": begun}, True)
                return
            still = 0 if _number(last) > _number(after) else still + 1
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {page.url} goes on without going forward; ask HubSpot's support")
            after = last
            yield Step(page, {"since": since, "after": after, "begun": begun, "latest": latest}, False)

    def whole(self, tickets: Sequence[str]) -> Iterator[Page]:
        """Some tickets with what they were, who asked for them, and what was written."""
        if not tickets:
            return
        yield from self._traced(tickets)
        inputs = {"inputs": [{"id": ticket} for ticket in tickets]}
        told = self._told(f"{TIES}/tickets/contacts/batch/read", "requesters", inputs)
        answers = list(self._answers(inputs))
        yield from (told, *answers)
        contacts = surveys.named([told]) | surveys.answered_by(answers)
        for ticket in tickets:
            threads = list(
                self._listed(f"{CONVERSATIONS}/threads", "threads", {"associatedTicketId": ticket, "limit": OF_LISTS})
            )
            yield from threads
            for thread in SHAPES.read(threads, Thread, "results").good:
                params = {"limit": OF_LISTS, "sort": "createdAt"}
                messages = list(self._listed(f"{CONVERSATIONS}/threads/{thread.id}/messages", "messages", params))
                yield from messages
                wrote = SHAPES.read(messages, Message, "results").good
                contacts |= {thread.associatedContactId or "", *(who for told in wrote for who in told.visitors)}
        yield from self.people(contacts)

    def _traced(self, tickets: Sequence[str]) -> Iterator[Page]:
        """Tickets with what their properties were. What is not answered is asked for again: else it was deleted."""
        missing = list(tickets)
        for _ in range(PATIENCE):
            body = {
                "inputs": [{"id": ticket} for ticket in missing],
                "properties": [*OF_TICKETS, *self.customs],
                "propertiesWithHistory": [*TRACED, *self.customs],
            }
            page = self._told(f"{TICKETS}/batch/read", "tickets", body)
            yield page
            told = {row.get("id") for row in listed(page, "results") if isinstance(row, dict)}
            missing = [ticket for ticket in missing if ticket not in told]
            if not missing:
                return

    def _answers(self, tickets: Mapping[str, Any]) -> Iterator[Page]:
        """What was answered about some tickets."""
        if self.without_ratings:
            return
        told = self._surveyed(f"{TIES}/tickets/{surveys.KIND}/batch/read", "surveyed", tickets)
        yield told
        for some in _batches(sorted(surveys.named([told]))):
            yield self._batch(surveys.KIND, some, surveys.PROPERTIES)

    def _surveyed(self, path: str, stream: str, body: Mapping[str, Any]) -> Page:
        """A question about surveys: no answers, and answers that are closed to us, must not look the same."""
        with needing(surveys.ADVICE):
            return self._told(path, stream, body)

    def answered(self, since: int) -> Iterator[tuple[Page, set[str]]]:
        """Answers that came or changed since, by number, and the tickets that they are about."""
        after = ""
        while True:
            body = _found([_filter("hs_lastmodifieddate", "GTE", str(since * 1000))], after, OF_LISTS)
            page = self._surveyed(f"{ANSWERS}/search", "answered", body)
            ids = [str(row.get("id", "")) for row in listed(page, "results") if isinstance(row, dict)]
            inputs = {"inputs": [{"id": number} for number in ids]}
            ties = [self._told(f"{TIES}/{surveys.KIND}/tickets/batch/read", "ties", inputs)] if ids else []
            yield page, surveys.named(ties)
            last = max([after, *ids], key=_number)
            if not _behind(page) or _number(last) <= _number(after):
                return
            after = last

    def named(self, tickets: Sequence[str]) -> Page:
        """Tickets by number, those that are there; as many as a search holds."""
        told = {"propertyName": "hs_object_id", "operator": "IN", "values": list(tickets)}
        return self._told(f"{TICKETS}/search", "search", _found([told], "", OF_LISTS))

    def people(self, contacts: Iterable[str]) -> Iterator[Page]:
        """Contacts and their companies; visitors who are no contacts yet are not among the answers."""
        wanted = sorted((number for number in set(contacts) if number.isdigit()), key=int)
        companies: set[str] = set()
        for some in _batches(wanted):
            page = self._batch("contacts", some, OF_CONTACTS)
            people = SHAPES.read([page], Record, "results").good
            companies |= {person.properties.get("associatedcompanyid") or "" for person in people}
            yield page
        for some in _batches(sorted(companies - {""})):
            yield self._batch("companies", some, ("name", *self.of_company))

    def _batch(self, kind: str, ids: Sequence[str], properties: Iterable[str]) -> Page:
        # What properties were before is not asked for, but the batch wants to be told so.
        body = {
            "inputs": [{"id": number} for number in ids],
            "properties": list(properties),
            "propertiesWithHistory": [],
        }
        return self._told(f"/crm/v3/objects/{kind}/batch/read", kind, body)

    def archived(self) -> Iterator[Page]:
        """What lies in the recycling bin, where it stays for ninety days."""
        params = {"archived": "true", "limit": OF_LISTS, "properties": f"createdate,{TEAM}"}
        return self._listed(TICKETS, "archived", params)

    def _listed(self, path: str, stream: str, params: Mapping[str, Any]) -> Iterator[Page]:
        """Every page of a list, by its cursor."""
        after: str | None = None
        still = 0
        while True:
            page = self.ask(path, stream, {**params, **({"after": after} if after else {})})
            yield page
            following = _behind(page)
            if following is None:
                return
            still = still + 1 if following == after else 0
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {path} goes on without going forward; ask HubSpot's support")
            after = following


def _found(filters: Sequence[Mapping[str, Any]], after: str, size: int) -> dict[str, Any]:
    """A search behind a number: no more than 10,000 can be paged otherwise.

    `after` says where the first page begins: older versions of the description want it told, and the sorts too.
    """
    told = [*filters, *([_filter("hs_object_id", "GT", after)] if after else [])]
    return {"filterGroups": [{"filters": told}], "sorts": ["hs_object_id"], "properties": ["hs_lastmodifieddate"],
            "limit": size, "after": "0"}  # fmt: skip


def _filter(name: str, operator: str, value: str) -> dict[str, str]:
    return {"propertyName": name, "operator": operator, "value": value}


def _behind(page: Page) -> str | None:
    paging = told(page).get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return str(following["after"]) if isinstance(following, dict) and following.get("after") else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else -1


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[begin : begin + OF_LISTS] for begin in range(0, len(ids), OF_LISTS))
