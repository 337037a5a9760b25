"""The tables in a metric's page, as timelines and the values that they promise.

An example is a heading `## Example: …` (perhaps with `promised: Mon-Fri 08:00-18:00 Europe/Berlin`,
the hours that customers are told, perhaps ending in `as of 2026-03-20 00:00`) with a table of what
happened (ticket, when, who, what; perhaps customer, topic, channel, follow_up_of, order, quotes, incident,
window in days) and a table of values. Who is a
class of actors, perhaps with a name (agent Ann). What is `writes` or `notes`, perhaps with what the
rules saw in it (`writes: refusal promise`) and how many letters it has (`notes: 12 letters`),
`thanks`, `promises: by Friday`, a change (`status: solved`, `group: billing`, `assignee: Ann`,
`merged: T2`), what the helpdesk's rules say (`due: 2026-03-02 11:00`, `due: nothing`), `deletes` or
`restores`. Times are those of Berlin; its business hours are Monday to
Friday 09:00 to 17:00.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from auditlib import worked_promises
from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.clocks import OpenHours, Roster, read_hours
from auditlib.episodes import linked, same_issue
from auditlib.metric import Metric, MetricError
from auditlib.scope import Chosen, exclusions
from auditlib.span import NEVER, Span, State
from auditlib.timelines import Timelines
from auditlib.worked_policies import agreements, policies

HOURS = "Mon-Fri 09:00-17:00 Europe/Berlin"
ZONE = ZoneInfo("Europe/Berlin")
HAPPENED = (
    "ticket", "when", "who", "what", "customer", "topic", "channel", "group", "follow_up_of", "order", "quotes",
    "incident", "window",
)  # fmt: skip
MESSAGES = {"writes": True, "thanks": True, "promises": True, "notes": False}
CHANGES = {"status": Kind.status, "group": Kind.group, "assignee": Kind.assignee, "merged": Kind.merged_into}
SERVICE = {"priority": Kind.priority, "policy": Kind.sla_applied}
SURVEY = {"rating": Kind.rating}
DATES = {"due": Kind.due}
ACTS = {"deletes": Kind.deleted, "restores": Kind.restored}
AS_OF = re.compile(r"as of (\d{4}-\d\d-\d\d \d\d:\d\d)")
PROMISED = re.compile(r"promised: (.+? \w+/\w+)")
LETTERS = re.compile(r"(\d+) letters")
ORDINARY = 100
"""Letters of a message of which nothing else is said."""
YEAR = 366 * 24 * 60 * 60
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
        return _moment(said[1]) if said else max(_moment(row["when"]) for row in self.happened) + LONG_AFTER

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


def timelines(example: Example, as_of: int | None = None) -> Timelines:
    """The example's events up to a moment (its own by default), with the links between its tickets."""
    names = list(dict.fromkeys(row["ticket"] for row in example.happened))
    cut = example.as_of() if as_of is None else as_of
    t = _unlinked(example, names, cut)
    nothing = np.full(t.n, None, object)
    excluded, _ = exclusions(t, Chosen.none(t.n), np.zeros(t.n, bool), np.ones(t.n, bool))
    t = replace(t, tickets={**t.tickets, "exclusion": excluded})
    return replace(t, links=linked(t, same_issue(t, in_scope=excluded == nothing)))


def said(value: Span | np.ndarray, row: int) -> tuple[float | str | None, str | None]:
    """One unit's value (None for NULL) and state (None for what has no states)."""
    if not isinstance(value, Span) and value.dtype == object:
        return value[row], None
    if isinstance(value, Span):
        minutes = float(value.minutes[row])
        return (None if np.isnan(minutes) else minutes), State(int(value.state[row])).name
    number = float(value[row])
    return (None if np.isnan(number) else number), None


def broken(metric: Metric, value: Callable[..., Span | np.ndarray], example: Example) -> list[str]:
    """What an example promises and a formula does not keep, in sentences; none if all is kept."""
    t = timelines(example)
    names = list(dict.fromkeys(row["ticket"] for row in example.happened))
    units = list(zip(t.units(metric.of).ticket.tolist(), t.units(metric.of).number.tolist(), strict=True))
    measured = {column: in_words(metric.unit, value(t, **how), names) for column, how in metric.columns.items()}
    found = []
    for promised in example.values:
        unit = (names.index(promised["ticket"]), int(promised[metric.of]) if metric.of != "ticket" else 0)
        measure = next((name for name in promised if name in metric.columns), "")
        for name, wanted in promised.items():
            if name in ("ticket", metric.of):
                continue
            if name != "state" and name not in metric.columns:
                raise MetricError(
                    f"example {example.title!r} promises {name!r}, which is no column of {metric.title!r}"
                )
            given = said(measured[measure if name == "state" else name], units.index(unit)) if unit in units else None
            shown = "no such row" if given is None else (given[1] or "") if name == "state" else written(given[0])
            if shown != wanted:
                found.append(f"{example.title}: {promised['ticket']} {name} is {shown!r}, the page says {wanted!r}")
    return found


def in_words(unit: str, value: Span | np.ndarray, names: Sequence[str]) -> Span | np.ndarray:
    """Moments as 2026-03-02 09:00 and tickets by their names, as the pages write them; anything else as it is."""
    if isinstance(value, Span) or unit not in ("moment", "ticket"):
        return value
    if unit == "ticket":
        return np.array([names[key - 1] if key else None for key in value.tolist()], object)
    local = [None if at == NEVER else datetime.datetime.fromtimestamp(at, ZONE) for at in value.tolist()]
    return np.array([at and f"{at:%Y-%m-%d %H:%M}" for at in local], object)


def written(value: float | str | None) -> str:
    """A value as the pages write it; NULL is empty."""
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _unlinked(example: Example, names: Sequence[str], cut: int) -> Timelines:
    first = {name: next(row for row in example.happened if row["ticket"] == name) for name in names}
    events = _events(example, names)
    events = {column: values[events["occurred_at"] < cut] for column, values in events.items()}
    n = len(names)
    customer = [first[name].get("customer") or name for name in names]
    tickets = {
        "key": np.arange(1, n + 1),
        "created_at": np.array([_moment(first[name]["when"]) for name in names]),
        "customer": np.unique(customer, return_inverse=True)[1] + 1,
        "status": np.full(n, Status.new),
        "group": np.zeros(n, np.int64),
        "assignee": np.zeros(n, np.int64),
        "merged_into": np.zeros(n, np.int64),
        "follow_up_of": np.array([_number(names, first[name].get("follow_up_of")) for name in names], np.int64),
        "order": np.array([named(first[name].get("order") or "nobody") for name in names], np.int64),
        "quoted": np.array([str(_number(names, first[name].get("quotes")) or "") or None for name in names], object),
        "incident_of": np.array([named(first[name].get("incident") or "nobody") for name in names], np.int64),
        "repeat_window": np.array([int(first[name].get("window") or 7) * 86400 for name in names], np.int64),
        "has_history": np.ones(n, bool),
        "priority": np.zeros(n, np.int64),
        "policy": np.zeros(n, np.int64),
        "tells_policies": np.ones(n, bool),
        "moved_on": np.zeros(n, bool),
        "hours_changed": np.zeros(n, bool),
        "channel": np.array([first[name].get("channel") or "email" for name in names], object),
        "topic": np.array([first[name].get("topic") or None for name in names], object),
    }
    rosters = {clock: _roster(n, cut, hours) for clock, hours in example.hours().items()}
    levels, agreed = policies(example.policies, named, _moment), agreements(example.agreements, named)
    return Timelines(tickets, events, np.full(n, cut), rosters, mature_until=cut, policies=levels, agreements=agreed)


def _events(example: Example, names: Sequence[str]) -> dict[str, np.ndarray]:
    rows = [_event(names.index(row["ticket"]), seq, row) for seq, row in enumerate(example.happened)]
    first = {row[0]: row for row in reversed(rows)}
    created = [(*row[:2], -1, Kind.created, *row[4:6], True, 0, 0, 0, 0) for row in first.values()]
    ordered = sorted([*created, *rows], key=lambda row: (row[0], row[1], row[2]))
    columns = [np.array(column, np.int64) for column in zip(*ordered, strict=True)]
    ticket, at, _, kind, actor_, actor_class, is_public, old, new, markers, body_chars = columns
    return {
        "ticket": ticket,
        "occurred_at": at,
        "kind": kind,
        "actor": actor_,
        "actor_class": actor_class,
        "is_public": is_public,
        "old": old,
        "new": new,
        "markers": markers,
        "body_chars": body_chars,
    }


def _event(ticket: int, seq: int, row: Mapping[str, str]) -> tuple:
    who, _, name = row["who"].partition(" ")
    word, _, rest = row["what"].partition(": ")
    if who not in ActorClass.__members__ or not (
        word in MESSAGES or word in ACTS or (word in CHANGES | SERVICE | SURVEY | DATES and rest)
    ):
        raise MetricError(
            f"an example says {row['who']!r} {row['what']!r}; who is one of {', '.join(ActorClass.__members__)}, "
            "what is writes, thanks, notes, status: …, group: …, assignee: …, merged: …, priority: …, policy: …, "
            "rating: …, due: …, deletes or restores"
        )
    by_rule = word in DATES and who == "automation"  # nobody's doing
    actor = named(name) if name else 0 if by_rule else ticket * 100 + ActorClass[who]
    kind = (CHANGES | SERVICE | SURVEY | ACTS | DATES).get(word, Kind.message)
    kind = Kind.rating_offered if word in SURVEY and rest == "offered" else kind
    letters, seen_in_it = LETTERS.search(rest), LETTERS.sub("", rest).split()
    markers = [*seen_in_it, *(["gratitude"] if word == "thanks" else [])] if word in MESSAGES else []
    new = (int(Status[rest]) if kind == Kind.status else named(rest)) if word in CHANGES | SERVICE else 0
    if kind == Kind.rating:
        new = ratings.code(rest)
    if kind == Kind.due:
        new = 0 if rest == "nothing" else _moment(rest)
    if word == "promises":
        marker, new = worked_promises.promised(rest)
        markers = [marker.name]
    seen = sum(int(Marker[marker]) for marker in markers)
    return (
        ticket,
        _moment(row["when"]),
        seq,
        int(kind),
        actor,
        int(ActorClass[who]),
        MESSAGES.get(word, True),
        0,
        new,
        seen,
        0 if word not in MESSAGES else int(letters[1]) if letters else ORDINARY,
    )


def _number(names: Sequence[str], name: str | None) -> int:
    """The surrogate of a ticket of the examples; 0 for none."""
    return names.index(name) + 1 if name else 0


def named(name: str) -> int:
    """The surrogate of a person or group of the examples; 0 for nobody."""
    return 0 if name == "nobody" else 1_000_000 + int.from_bytes(name.encode()[:5], "big")


def _roster(n: int, cut: int, written_hours: str) -> Roster:
    since = _moment("2020-01-01 00:00")
    years = (max(cut, since) - since) // YEAR + 3
    return Roster(np.arange(n), np.full(n, since), np.zeros(n, np.int64), [_hours(written_hours, since, years)])


@functools.cache
def _hours(written: str, since: int, years: int) -> OpenHours:
    intervals, zone = read_hours(written)
    return OpenHours.compile(intervals, zone, (), since, since + years * YEAR)


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


def _moment(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())
