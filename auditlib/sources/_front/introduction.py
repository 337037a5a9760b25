"""What a Front company says of itself: one call a stream."""

from __future__ import annotations

from auditlib.sources import Introduction, Settings
from auditlib.sources._front import shapes
from auditlib.sources._front.desk import Desk, conversation_id, rows
from auditlib.sources._front.shapes import SHAPES
from auditlib.sources._front.words import CUSTOM, STATUSES
from auditlib.sources._shared.introducing import Introducing
from auditlib.sources._shared.statuses import Statuses

SCOPE = "a token with the scope of {} that may read shared resources"
A_CONVERSATION = 3
"""Requests that one takes, its part of the list of events among them."""


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    told.ask("me", lambda: desk.ask("me", "me"), "an API token")
    for stream in ("teammates", "inboxes", "shifts"):
        told.ask(stream, lambda s=stream: desk.ask(s, s), SCOPE.format(stream))  # type: ignore[misc]
    told.ask("fields", lambda: desk.ask("conversations/custom_fields", "fields"), SCOPE.format("custom fields"))
    told.ask("events", desk.newest, SCOPE.format("events"))
    told.ask("search", lambda: desk.found(f"after:{settings.since}"), SCOPE.format("conversations"))
    first = (
        next(filter(None, map(conversation_id, rows(told.pages["events"]))), None) if "events" in told.pages else None
    )
    if first is not None:
        told.ask("history", lambda: desk.events(first)[0], SCOPE.format("conversations"))
        told.ask("messages", lambda: desk.messages(first)[0], SCOPE.format("messages"))
    fields = _records(told, "fields", shapes.Field)
    total = told.fact("search", "_total")
    changed = total if isinstance(total, int) and not isinstance(total, bool) else None
    return Introduction(
        account=f"Front {told.fact('me', 'name') or ''}".strip(),
        streams=told.streams,
        statuses=dict(Statuses(STATUSES, settings).known()),
        groups=[inbox.name or inbox.id for inbox in _records(told, "inboxes", shapes.Inbox) if not inbox.is_private],
        fields={f"{CUSTOM}{field.name}": field.description or field.name for field in fields},
        requests_for_first_load=None if changed is None else A_CONVERSATION * changed + 2,
        choices={f"{CUSTOM}{field.name}": choices for field in fields if (choices := _choices(field))},
        notes=[
            "An archived conversation is read as solved, since an answer opens it again; a snoozed one as waiting.",
            "Answers to surveys are comments of an unpublished form: they are not read.",
            "Opening hours are not read: write them into [clock].",
            *map(_proposed, _records(told, "shifts", shapes.Shift)),
        ],
    )


def _records(told: Introducing, stream: str, shape: type) -> list:
    return told.records(stream, shape, "_results")


def _proposed(shift: shapes.Shift) -> str:
    """A shift, which may or may not be when the company is open."""
    spans = [
        f"{day.capitalize()} {span['start']}-{span['end']}"
        for day, span in (shift.times or {}).items()
        if isinstance(span, dict) and {"start", "end"} <= set(span)
    ]
    hours = f"{', '.join(spans) or 'never'} {shift.timezone or ''}".strip()
    return f"A shift of teammates, {shift.name or 'without a name'}, works {hours}."


def _choices(field: shapes.Field) -> list[str]:
    """What a field that offers a choice can hold."""
    told = [choice.get("value") if isinstance(choice, dict) else choice for choice in field.values or ()]
    return [str(choice) for choice in told if choice not in (None, "")]
