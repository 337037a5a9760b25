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
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_CONVERSATION = 3
"""Requests that one takes, its part of the list of events among them."""


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = _asked(desk, settings)
    fields, total = _records(told, "fields", shapes.Field), told.fact("search", "_total")
    is_counted = isinstance(total, int) and not isinstance(total, bool)
    return Introduction(
        account=f"Front {told.fact('me', 'name') or ''}".strip(),
        streams=told.streams,
        statuses=dict(Statuses(STATUSES, settings).known()),
        groups=[inbox.name or inbox.id for inbox in _records(told, "inboxes", shapes.Inbox) if not inbox.is_private],
        fields={f"{CUSTOM}{field.name}": field.description or field.name for field in fields},
        requests_for_first_load=A_CONVERSATION * total + 2 if is_counted else None,
        choices={f"{CUSTOM}{field.name}": choices for field in fields if (choices := _choices(field))},
        notes=[
            "An archived conversation is read as solved, since an answer opens it again; a snoozed one as waiting.",
            "Answers to surveys are comments of an unpublished form: they are not read.",
            "Opening hours are not read: write them into [clock].",
            *map(_proposed, _records(told, "shifts", shapes.Shift)),
        ],
    )


def _asked(desk: Desk, settings: Settings) -> Introducing:
    told = Introducing(SHAPES)
    told.ask("me", lambda: desk.ask("me", "me"), "an API token")
    for stream in ("teammates", "inboxes", "shifts"):
        told.ask(stream, lambda s=stream: desk.ask(s, s), SCOPE.format(stream))  # type: ignore[misc]
    told.ask("fields", lambda: desk.ask("conversations/custom_fields", "fields"), SCOPE.format("custom fields"))
    told.ask("events", desk.newest, SCOPE.format("events"))
    told.ask("search", lambda: desk.found(f"after:{settings.since}"), SCOPE.format("conversations"))
    shown = rows(told.pages["events"]) if "events" in told.pages else []
    first = next(filter(None, map(conversation_id, shown)), None)
    if first is not None:
        told.ask("history", lambda: desk.events(first)[0], SCOPE.format("conversations"))
        told.ask("messages", lambda: desk.messages(first)[0], SCOPE.format("messages"))
    return told


def _records(told: Introducing, stream: str, shape: type) -> list:
    return told.records(stream, shape, "_results")


def _proposed(shift: shapes.Shift) -> str:
    """A shift, which may or may not be when the company is open, as [clock] would have it."""
    return f"A shift of teammates, {shift.name or 'without a name'}, works {_hours(shift)}."


def _hours(shift: shapes.Shift) -> str:
    """Days with the same hours in a row together: Mon-Fri 09:00-17:00 Europe/Berlin."""
    runs: list[tuple[str, str, str]] = []
    for before, day in zip(("", *DAYS), DAYS, strict=False):
        span = (shift.times or {}).get(day)
        if not isinstance(span, dict) or not {"start", "end"} <= set(span):
            continue
        hours = f"{span['start']}-{span['end']}"
        first = runs.pop()[0] if runs and runs[-1][1:] == (before, hours) else day
        runs.append((first, day, hours))
    told = [f"{'-'.join(dict.fromkeys((a.capitalize(), b.capitalize())))} {hours}" for a, b, hours in runs]
    return f"{', '.join(told) or 'never'} {shift.timezone or ''}".strip()


def _choices(field: shapes.Field) -> list[str]:
    """What a field that offers a choice can hold."""
    told = [choice.get("value") if isinstance(choice, dict) else choice for choice in field.values or ()]
    return [str(choice) for choice in told if choice not in (None, "")]
