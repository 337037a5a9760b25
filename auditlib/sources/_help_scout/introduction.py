"""What a Help Scout account says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditlib.sources import Introduction, Settings, SourceError
from auditlib.sources._help_scout import shapes
from auditlib.sources._help_scout.desk import Desk, rows
from auditlib.sources._help_scout.ratings import PATH, SLICE, query
from auditlib.sources._help_scout.shapes import SHAPES
from auditlib.sources._help_scout.tickets import Reading, conversations
from auditlib.sources._help_scout.words import CUSTOM
from auditlib.sources._shared.introducing import Introducing

PLANS = 'the plan Plus or Pro; without it write options = { ratings = "none" }'
APP = "an app of an account's user who may see every mailbox that is audited"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    for stream in ("users", "mailboxes", "teams"):
        told.ask(stream, lambda s=stream: desk.ask(s, s, {"page": 1}), APP)  # type: ignore[misc]
    told.ask("conversations", lambda: desk.found(settings.since, None), APP)
    first = next(iter(conversations([told.pages["conversations"]])[0]), None) if "conversations" in told.pages else None
    if first is not None:
        told.ask("threads", lambda: desk.ask(f"conversations/{first.id}/threads", "threads", {"page": 1}), APP)
    if not desk.without_ratings:
        told.ask("ratings", lambda: desk.ask(PATH, "ratings", query(settings.since, settings.since + SLICE, 1)), PLANS)
    boxes = _records(told, "mailboxes")
    fields, choices = dict[str, str](), dict[str, list[str]]()
    if boxes:
        told.ask("fields", lambda: desk.ask(f"mailboxes/{boxes[0].id}/fields", "fields"), APP)
        if "fields" in told.pages:
            own = [row for row in rows(told.pages["fields"], "fields") if isinstance(row, dict) and "id" in row]
            fields = {f"{CUSTOM}{row['id']}": str(row.get("name")) for row in own}
            choices = {f"{CUSTOM}{row['id']}": _labels(row) for row in own if isinstance(row.get("options"), list)}
    size = told.fact("conversations", "page")
    tickets, pages = (size.get(name) if isinstance(size, dict) else None for name in ("totalElements", "totalPages"))
    return Introduction(
        account="Help Scout",
        streams=told.streams,
        statuses=dict(Reading(list(told.pages.values()), settings).statuses.known()),
        groups=[box.name for box in boxes],
        fields=fields,
        choices=choices,
        tickets=tickets if isinstance(tickets, int) else None,
        requests_for_first_load=tickets + pages + 10 if isinstance(tickets, int) and isinstance(pages, int) else None,
        notes=[
            "Fields of a company's own belong to a mailbox each: those of the first one are listed.",
            "A closed conversation is read as solved, since a customer's answer opens it again.",
            "Help Scout tells neither new nor on hold, and no opening hours: write them into [clock].",
        ],
    )


def _labels(field: Mapping[str, Any]) -> list[str]:
    """What people can choose in a field; conversations tell the words, and not the numbers, of what was chosen."""
    return [str(option["label"]) for option in field["options"] if isinstance(option, dict) and option.get("label")]


def _records(told: Introducing, stream: str) -> list[shapes.Named]:
    try:
        found = rows(told.pages[stream], stream) if stream in told.pages else []
    except SourceError:
        return []
    return list(SHAPES.rows(found, stream, shapes.Named).good)
