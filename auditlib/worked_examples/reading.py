"""The examples of a metric's page as they are written: what happened, and what is promised of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditlib.metric import MetricError
from auditlib.worked_examples.names import moment

HOURS = "Mon-Fri 09:00-17:00 Europe/Berlin"
HAPPENED = (
    "ticket", "when", "who", "what", "customer", "topic", "channel", "group", "follow_up_of", "order", "quotes",
    "incident", "window", "merged_into",
)  # fmt: skip
AS_OF = re.compile(r"as of (\d{4}-\d\d-\d\d \d\d:\d\d)")
PROMISED = re.compile(r"promised: (.+? \w+/\w+)")
LONG_AFTER = 60 * 24 * 60 * 60


@dataclass(frozen=True)
class Example:
    """One example of a metric's page."""

    title: str
    happened: tuple[Mapping[str, str], ...]
    values: tuple[Mapping[str, str], ...]
    policies: tuple[Mapping[str, str], ...] = ()
    """What service levels promise in it: a table of policy, promises, priority, minutes, clock, perhaps since."""
    agreements: tuple[Mapping[str, str], ...] = ()
    """What service agreements promise in it: a table of agreement, within, business, real …"""

    def as_of(self) -> int:
        """The watermark of the example: as its title says, or long after all that happened."""
        said = AS_OF.search(self.title)
        return moment(said[1]) if said else max(moment(row["when"]) for row in self.happened) + LONG_AFTER

    def hours(self) -> dict[str, str]:
        """The hours that hold in it, by clock: the promised ones only if its title tells them."""
        promised = PROMISED.search(self.title)
        return {"business": HOURS} | ({"promised": promised[1]} if promised else {})


def examples(page: str) -> list[Example]:
    """All examples of a metric's docstring, in order; one that cannot be read is named."""
    found = []
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        if title.startswith("Example"):
            happened: list[dict[str, str]] = []
            values: list[dict[str, str]] = []
            told: dict[str, list[dict[str, str]]] = {"policy": [], "agreement": []}
            for head, rows in _tables(body):
                of = values if head[0].startswith("value:") else told.get(head[0], happened)
                of.extend(_records(title, head, rows))
            if not happened or not values:
                raise MetricError(f"{title!r} needs a table of what happened and a table `| value: ticket | … |`")
            promised = (tuple(rows) for rows in told.values())
            found.append(Example(title.strip(), tuple(happened), tuple(values), *promised))
    return found


def _tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    block: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.strip().startswith("|"):
            block.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif block:
            yield block[0], block[2:]
            block = []


def _records(title: str, head: list[str], rows: list[list[str]]) -> list[dict[str, str]]:
    names = [name.removeprefix("value: ") for name in head]
    if not head[0].startswith(("value:", "policy", "agreement")):
        for name in names:
            if name not in HAPPENED:
                raise MetricError(f"example {title!r} has a column {name!r}; use {', '.join(HAPPENED)}")
    return [dict(zip(names, row, strict=True)) for row in rows]
