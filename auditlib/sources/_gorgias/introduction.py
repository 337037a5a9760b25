"""What a Gorgias account says of itself: one call a stream."""

from __future__ import annotations

from auditlib.sources import Introduction, Page, Settings
from auditlib.sources._gorgias import shapes
from auditlib.sources._gorgias.desk import PAGE, Desk, next_cursor, rows
from auditlib.sources._gorgias.shapes import SHAPES
from auditlib.sources._gorgias.tickets import tickets
from auditlib.sources._gorgias.words import CUSTOM, STATUSES, at
from auditlib.sources._shared.introducing import Introducing
from auditlib.sources._shared.statuses import Statuses

KEY = "the API key of a user who may see every ticket"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    told.ask("account", lambda: desk.ask("account", "account"), KEY)
    for stream in ("users", "teams"):
        told.ask(stream, lambda s=stream: desk.ask(s, s, {"limit": 100}), KEY)  # type: ignore[misc]
    told.ask("fields", lambda: desk.ask("custom-fields", "fields", {"object_type": "Ticket", "limit": 100}), KEY)
    newest = {"limit": 100, "order_by": "created_datetime:desc"}
    told.ask("surveys", lambda: desk.ask("satisfaction-surveys", "surveys", newest), KEY)
    told.ask("tickets", desk.newest, KEY)
    first = next(iter(tickets([told.pages["tickets"]])[0]), None) if "tickets" in told.pages else None
    if first is not None:
        told.ask("ticket", lambda: desk.ask(f"tickets/{first}", "ticket"), KEY)
        told.ask("events", lambda: next(desk.events(first)), KEY)
    fields = _records(told, "fields", shapes.Field)
    count, load = _reckoned(told.pages.get("tickets"), settings)
    body = told.body("account")
    return Introduction(
        account=f"Gorgias {body.get('domain') or ''}".strip() if isinstance(body, dict) else "Gorgias",
        streams=told.streams,
        statuses=dict(Statuses(STATUSES, settings).known()),
        groups=[team.name or str(team.id) for team in _records(told, "teams", shapes.Team)],
        fields={f"{CUSTOM}{field.id}": field.label or "" for field in fields},
        tickets=count,
        requests_for_first_load=load,
        choices={f"{CUSTOM}{field.id}": choices for field in fields if (choices := _choices(field))},
        notes=[
            "A closed ticket is read as solved, since a customer's answer opens it again; a snoozed one as waiting.",
            "Gorgias keeps events for a year: what is older is told without a history.",
            "Opening hours are not read: write them into [clock].",
            "Gorgias does not count its tickets: the first load is reckoned from how often the newest hundred changed.",
        ],
    )


def _reckoned(page: Page | None, settings: Settings) -> tuple[int | None, int | None]:
    """How many tickets there are, where one page has them all; and about how many requests all since then take."""
    shown = [ticket for ticket, _ in tickets([page])[0].values()] if page is not None else []
    if page is None or not shown:
        return None, None
    count, there = float(len(shown)), sum(not ticket.is_gone for ticket in shown)
    if is_more := next_cursor(page) is not None:
        moved = [at(ticket.moved_at) for ticket in shown]
        count *= max(1.0, (max(moved) - settings.since) / max(1, max(moved) - min(moved)))
    return None if is_more else there, round(count * (2 + 1 / PAGE)) + 8


def _records(told: Introducing, stream: str, shape: type) -> list:
    return list(SHAPES.rows(rows(told.pages[stream]), stream, shape).good) if stream in told.pages else []


def _choices(field: shapes.Field) -> list[str]:
    """What a field that offers a choice can hold."""
    settings = (field.definition or {}).get("input_settings")
    choices = settings.get("choices") if isinstance(settings, dict) else None
    return [str(choice) for choice in choices] if isinstance(choices, list) else []
