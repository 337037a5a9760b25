"""What a Request Tracker says of itself, and what the account lacks to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from auditlib.sources import Introduction, Page, Settings, SourceError
from auditlib.sources._request_tracker.desk import Desk
from auditlib.sources._request_tracker.pages import STATUSES
from auditlib.sources._shared.records import told

NOT_TOLD = (
    "It tells who is an agent only as it is now; earlier roles are inferred from what people did.",
    "It keeps no opening hours that can be read: they come from audit.toml.",
    "Of a service agreement it tells the name alone: what it promises comes from audit.toml too.",
)


def introduction(desk: Desk, settings: Settings) -> Introduction:
    """One question a stream, each with the right that it needs."""
    asked = _Questions(desk)
    known = STATUSES | {word.casefold(): ours for word, ours in settings.statuses.items()}
    tracker = asked.one("tracker", "RT 5 or later with REST2", lambda: desk.ask("tracker", "/rt"))
    queues = asked.some("queues", "SeeQueue", lambda: desk.queues[0])
    tickets = asked.some("tickets", "ShowTicket", lambda: desk.tickets("id > 0"))
    asked.some("notes", "ShowTicketComments", desk.notes)
    asked.one("deleted", "ShowTicket", lambda: desk.deletions("id > 0"))
    agreed = _rows(asked.one("agreements", "ShowTicket", desk.agreed))
    if tickets:
        asked.about(tickets[0])
    others = _rows(asked.one("statuses", "ShowTicket", lambda: desk.tickets(_none_of(known))))
    fields = {field["name"]: str(field["id"]) for ticket in tickets for field in ticket["CustomFields"] or []}
    return Introduction(
        account=f"Request Tracker {tracker.get('Version', 'of an unknown version')}",
        streams=asked.outcomes,
        statuses={**known, **{ticket["Status"]: None for ticket in others}},
        groups=sorted(queue["Name"] for queue in queues),
        fields={f"custom_field:{name}": name for name in sorted(fields)},
        choices={f"custom_field:{name}": told for name in sorted(fields) if (told := asked.words(name, fields[name]))},
        agreements=sorted({ticket["SLA"] for ticket in agreed} - {None, ""}),
        tickets=asked.total,
        # A history and at most one person for each ticket; lists and words are asked for by the hundred.
        requests_for_first_load=None if asked.total is None else asked.total * 2 + asked.total // 10,
        notes=[*asked.notes(fields), *NOT_TOLD],
    )


def _none_of(known: Iterable[str]) -> str:
    return " AND ".join(f"Status != '{word}'" for word in known)


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    items = answer.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


class _Questions:
    """One question a stream, and what came of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.outcomes: dict[str, str] = {}
        self.total: int | None = None
        self._hides_addresses = False

    def one(self, stream: str, right: str, question: Callable[[], Page]) -> dict[str, Any]:
        """An answer that may be empty without anything being wrong."""
        try:
            answer = told(question())
        except SourceError as error:
            self.outcomes[stream] = f"{error} It needs: {right}."
            return {}
        self.outcomes[stream] = "ok"
        return answer

    def some(self, stream: str, right: str, question: Callable[[], Page]) -> list[dict[str, Any]]:
        """Records of which a tracker in use has some: none at all looks like a missing right."""
        answer = self.one(stream, right, question)
        if answer.get("items") == []:
            self.outcomes[stream] = f"none can be seen: grant the account {right}, unless there is none yet"
        if stream == "tickets":
            self.total = answer.get("total")
        return _rows(answer)

    def about(self, ticket: dict[str, Any]) -> None:
        """The streams that are asked for ticket by ticket."""
        history = self.some("history", "ShowTicket", lambda: next(self._desk.history(str(ticket["id"]))))
        numbers = [str(item["id"]) for item in history if "id" in item] or ["0"]
        self.one("texts", "ShowTicket", lambda: next(self._desk.texts(numbers)))
        who = str(ticket["Creator"]["id"])
        person = self.one("people", "to be a privileged user", lambda: self._desk.person(who))
        self._hides_addresses = "EmailAddress" not in person

    def words(self, name: str, number: str) -> list[str]:
        """What can be chosen in a field; a field for any words has none."""
        answer = self.one(f"values of {name}", "SeeCustomField", lambda: self._desk.values(number))
        return [str(item["name"]) for item in _rows(answer) if item.get("name")]

    def notes(self, fields: Iterable[str]) -> Iterator[str]:
        if not fields:
            yield "No custom field can be seen: grant the account SeeCustomField, unless there is none."
        if self._hides_addresses:
            yield "People's addresses are not told: add EmailAddress to $UserSummaryExtraInfo of the tracker."
