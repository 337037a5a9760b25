"""The columns of the documented shape, what other exports call them, and how audit.toml renames them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from auditlib.sources import SourceError
from auditlib.sources._exports.lines import Cells

TICKETS = (
    "ticket", "created_at", "requester", "requester_email", "requester_name", "organization", "channel", "subject",
    "status", "priority", "group", "assignee", "topic", "language", "tier", "region", "follow_up_of", "merged_into",
    "tags", "url", "opened_by", "incident_of", "requester_phone", "requester_external_id",
)  # fmt: skip
EVENTS = (
    "ticket", "seq", "occurred_at", "kind", "actor", "actor_class", "is_public", "old", "new", "body",
    "activity",
)  # fmt: skip
PEOPLE = ("person", "role", "name", "email", "organization", "language", "phone", "external_id")
OURS = {"tickets": TICKETS, "events": EVENTS, "people": PEOPLE}
NEEDED = {
    "tickets": ("ticket", "created_at", "status"),
    "events": ("ticket", "occurred_at"),
    "people": ("person", "role"),
}

GUESSES = {
    "ticket": "id, ticket id, ticket number, ticket no, ticketid, case id, case number, case, "
    "conversation id, issue key, request id, incident number, number, concept:name, vorgangsnummer, ticketnummer",
    "created_at": "created, created at, created time, created date, creation date, date created, opened, "
    "opened at, start time, erstellt, erstellt am, fecha de creación, date de création",
    "requester": "requester id, customer id, contact id, user id, customer, from",
    "requester_name": "requester name, customer name, contact name, contact, full name",
    "requester_email": "requester email, customer email, contact email, email, e-mail, from email",
    "requester_phone": "requester phone, customer phone, contact phone, phone, phone number, mobile, telefon",
    "requester_external_id": "requester external id, customer number, external id, kundennummer",
    "organization": "organization name, company, company name, account, account name, organisation, firma",
    "channel": "via, source, ticket source, origin, case origin, ticket channel",
    "subject": "title, ticket subject, summary, betreff, asunto, sujet",
    "status": "ticket status, state, case status, ticket state, estado, statut",
    "priority": "ticket priority, urgency, priorität, prioridad, priorité",
    "group": "team, group name, queue, assigned group, assignment group, department, gruppe",
    "assignee": "assignee id, agent, agent id, agent name, assigned to, owner, case owner, assignee name",
    "topic": "category, type, ticket type, issue type, kategorie, ticket form, reason",
    "language": "locale, sprache, idioma, langue",
    "tier": "plan, customer tier, segment",
    "region": "country, market, land",
    "follow_up_of": "followup source id, follow up of, via followup source",
    "merged_into": "merged into ticket, merged to",
    "tags": "labels, tag",
    "url": "link, ticket url",
    "occurred_at": "timestamp, time, complete timestamp, event time, date, completed at, "
    "time:timestamp, zeitpunkt",
    "kind": "event type, event, action",
    "activity": "activity, concept:name, event name, task",
    "actor": "resource, author, author id, user, org:resource, updated by, performed by",
    "actor_class": "author role, actor role, author type",
    "is_public": "public, visible",
    "old": "old value, previous value, from value",
    "new": "new value, value, to value",
    "body": "text, comment, message, content, description",
    "person": "id, user id, agent id",
    "role": "user role, type",
    "name": "full name, user name",
    "email": "e-mail, mail, email address",
    "phone": "phone number, telephone, mobile, telefon",
    "external_id": "external id, unique external id, customer number, kundennummer",
}  # fmt: skip


class Columns:
    """How one file's columns are called, for one kind of file."""

    def __init__(self, of: str, options: Mapping[str, Any]) -> None:
        renamed = options.get("columns", {})
        known = {*TICKETS, *EVENTS, *PEOPLE}
        if unknown := sorted(set(renamed) - known):
            raise SourceError(
                f"options.columns in audit.toml names {unknown[0]!r}, which is none of the shape's columns: "
                + ", ".join(sorted(known))
            )
        self.of, self.is_renamed = of, bool(renamed)
        self.theirs = {ours: renamed.get(ours, ours) for ours in OURS[of]}
        self.ours = {name: name for name in OURS[of]}
        self.ours |= {theirs: ours for ours, theirs in self.theirs.items()}

    def named(self, cells: Cells) -> Cells:
        """A record by our names; what has none of them keeps the file's name."""
        if not self.is_renamed:
            return cells
        return {self.ours.get(name, name): value for name, value in cells.items()}

    def missing(self, found: Iterable[str]) -> list[str]:
        """Needed columns that a file does not have."""
        have = {self.ours.get(name) for name in found}
        needed = [ours for ours in NEEDED[self.of] if ours not in have]
        needs_kind = self.of == "events" and not have & {"kind", "activity"}
        return [*needed, "kind"] if needs_kind else needed

    def guesses(self, found: Iterable[str]) -> dict[str, str]:
        """For columns that a file does not have under our name: which of its own it may be."""
        found = list(found)
        have = {self.ours.get(name) for name in found}
        plain = {_plain(name): name for name in found if name not in self.ours}
        guessed: dict[str, str] = {}
        for ours in OURS[self.of]:
            words = [ours, *GUESSES.get(ours, "").split(", ")]
            theirs = next((plain[p] for p in map(_plain, words) if p in plain), None)
            if ours not in have and theirs and theirs not in guessed.values():
                guessed[ours] = theirs
        return guessed

    def check(self, file: str, found: Iterable[str]) -> None:
        """A file without a needed column is refused, with the line for audit.toml if one can be guessed."""
        found = list(found)
        if missing := self.missing(found):
            raise SourceError(
                f"{file} has no column {missing[0]!r} ({', '.join(map(repr, found[:30]))} were found). "
                f"{self._remedy(missing, self.guesses(found))}"
            )

    def _remedy(self, missing: list[str], guessed: Mapping[str, str]) -> str:
        if len(guessed) or self.of != "tickets":
            shown = guessed or {missing[0]: "…"}
            return f"If these are they, write under options: {toml(shown)}"
        return 'Is the delimiter another one? Write options = { delimiter = ";" }, or rename the columns.'


def toml(columns: Mapping[str, str]) -> str:
    """Renamed columns as they stand in audit.toml."""
    return "columns = { " + ", ".join(f"{ours} = {quoted(theirs)}" for ours, theirs in columns.items()) + " }"


def quoted(word: str) -> str:
    """A word as a string in audit.toml."""
    return json.dumps(word, ensure_ascii=False)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
