"""A company's export of tickets and events as two CSV files, which a test may spoil."""

from __future__ import annotations

import csv
import pathlib
from collections.abc import Mapping, Sequence

TICKET = {
    "ticket": "", "created_at": "", "requester": "", "subject": "Where is it?", "status": "solved",
    "channel": "email", "group": "Support",
}  # fmt: skip
EVENT = {
    "ticket": "", "seq": "", "occurred_at": "", "kind": "", "actor": "", "actor_class": "", "is_public": "true",
    "old": "", "new": "", "body": "",
}  # fmt: skip
Row = Mapping[str, str]


def a_ticket(number: int, day: str = "2026-10-07", **other: str) -> dict[str, str]:
    """A ticket of the morning of a day, as the export tells it."""
    return (
        TICKET
        | {"ticket": str(number), "created_at": f"{day}T08:{number % 60:02}:00Z"}
        | ({"requester": f"c{number}"} | other)
    )


def its_events(number: int, day: str = "2026-10-07", solved: str = "10") -> list[dict[str, str]]:
    """Asked at eight, answered and solved at ten."""
    minute = f"{number % 60:02}"
    customer, agent = f"c{number}", "a1"
    rows = [
        ("created", f"08:{minute}", customer, "customer", "", "new", ""),
        ("message", f"08:{minute}", customer, "customer", "", "", "Where is my lamp?"),
        ("message", f"{solved}:{minute}", agent, "agent", "", "", "It is on its way."),
        ("status", f"{solved}:{minute}", agent, "agent", "new", "solved", ""),
    ]
    return [
        EVENT
        | {"ticket": str(number), "seq": str(seq), "occurred_at": f"{day}T{at}:00Z", "kind": kind, "actor": actor}
        | {"actor_class": whose, "old": old, "new": new, "body": body}
        for seq, (kind, at, actor, whose, old, new, body) in enumerate(rows)
    ]


def deliver(folder: pathlib.Path, name: str, tickets: Sequence[Row], events: Sequence[Row], until: str) -> None:
    """Puts an export into a folder, with the moment until which everything is told."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"tickets-{name}.csv", TICKET, tickets)
    _write(folder / f"events-{name}.csv", EVENT, events)
    (folder / "manifest.json").write_text(f'{{"complete_until": "{until}"}}')


def _write(path: pathlib.Path, columns: Row, rows: Sequence[Row]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*columns])
        writer.writeheader()
        writer.writerows(rows)
