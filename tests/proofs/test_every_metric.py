"""What holds of every metric in the package, whoever does what to whichever ticket in whatever order.

A case is a household: one customer with up to three tickets, to whom everything happens that a page's example
can say. What their measures should come to is said elsewhere; here, what no measure may ever rest on.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from auditlib import metrics
from auditlib.metric import facts
from auditlib.span import NEVER, Span
from auditlib.timelines import Timelines
from auditlib.worked_examples import Example, timelines
from tests.proofs.batches import cases, drawn

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = datetime.datetime(2026, 3, 16, tzinfo=ZONE)
MINUTES = st.one_of(st.integers(0, 20 * 1440), st.sampled_from([0, 1, 540, 541, 780, 1440, 8 * 1440, 14 * 1440]))
AS_OF = MONDAY + datetime.timedelta(days=24)
CUT = int(AS_OF.timestamp())
LATER = [CUT + seconds for seconds in (1, 3600, 86_400, 5 * 86_400, 7 * 86_400 + 1, 16 * 86_400, 45 * 86_400)]
TITLE = f"Example: made up, promised: Mon-Sat 08:00-20:00 Europe/Berlin as of {AS_OF:%Y-%m-%d %H:%M}"
AGENTS = ("agent Ann", "agent Bea", "agent")
SAYS = (
    [("customer", what) for what in ("writes", "writes", "thanks", "writes: update_request", "writes: withdrawal")]
    + [("customer", "writes: confirmation"), ("customer_side", "writes"), ("bot", "writes"), ("unknown", "writes")]
    + [(who, what) for who in AGENTS for what in ("writes", "writes", "notes", "notes: 19 letters")]
    + [("agent Ann", f"writes: {marker}") for marker in ("refusal", "refusal alternative", "acknowledgement")]
    + [("agent Bea", f"promises: {due}") for due in ("within 4 hours", "by Friday", "within 2 business days")]
    + [("bot", "writes: acknowledgement")]
)
DOES = (
    [(who, f"status: {status}") for who in ("agent Ann", "automation") for status in (
        "open", "pending_customer", "on_hold", "solved", "solved", "closed")]
    + [("customer", "status: open"), ("customer", "status: solved"), ("agent Bea", "status: solved")]
    + [(who, f"group: {group}") for who in ("agent Ann", "automation") for group in ("front", "back", "nobody")]
    + [("agent Ann", "assignee: Ann"), ("automation", "assignee: Bea"), ("agent Bea", "assignee: nobody")]
    + [("agent", "deletes"), ("agent", "restores"), ("system", "priority: urgent"), ("agent", "priority: normal")]
    + [("system", "policy: Gold"), ("system", "policy: Silver"), ("system", "policy: nobody")]
    + [("system", "rating: offered"), ("customer", "rating: good"), ("customer", "rating: bad")]
)  # fmt: skip
POLICIES = tuple(
    dict(zip(("policy", "promises", "priority", "minutes", "clock"), row.split(), strict=True))
    for row in (
        "Gold first_reply urgent 30 business", "Gold next_reply normal 240 calendar",
        "Gold resolution normal 1440 business", "Silver pausable_update normal 600 business",
        "Silver requester_wait urgent 900 business", "Silver periodic_update urgent 90 calendar",
    )
)  # fmt: skip
COLUMNS = {
    column: (module, how)
    for of in metrics.load_all().values()
    for module in of.values()
    for column, how in facts(module).columns.items()
}


@dataclass(frozen=True)
class Ticket:
    """When it is opened by whom, how; what is done, so many minutes after the first Monday; what it is about."""

    opening: tuple[str, str]
    acts: list[tuple[int, tuple[str, str]]]
    channel: str
    topic: str
    order: str
    follows: bool


TICKETS = st.builds(
    Ticket,
    st.sampled_from([("customer", "writes"), ("customer", "writes"), ("agent Ann", "writes"), ("bot", "writes")]),
    st.lists(st.tuples(MINUTES, st.sampled_from([*SAYS, *DOES, *DOES])), min_size=1, max_size=14),
    st.sampled_from(["email", "email", "chat", "phone"]),
    st.sampled_from(["", "billing", "lamps"]),
    st.sampled_from(["", "", "77"]),
    st.booleans(),
)
HOUSEHOLDS = st.lists(TICKETS, min_size=1, max_size=3)


def told(households: dict[str, list[Ticket]]) -> list[dict[str, str]]:
    """What happened to the tickets of named customers, as rows of an example; each ticket's in order."""
    rows = []
    for customer, tickets in households.items():
        for number, ticket in enumerate(tickets):
            acts = sorted(ticket.acts, key=lambda act: act[0])
            about = {"customer": customer, "channel": ticket.channel, "topic": ticket.topic}
            # The same order in two households is no order in common: what ties is tried within them.
            about |= {"order": ticket.order and ticket.order + customer}
            about |= {"follow_up_of": f"{customer}.{number - 1}" if ticket.follows and number else ""}
            for minute, (who, what) in [(acts[0][0], ticket.opening), *acts]:
                at = (MONDAY.astimezone(datetime.UTC) + datetime.timedelta(minutes=minute)).astimezone(ZONE)
                happened = {"ticket": f"{customer}.{number}", "when": f"{at:%Y-%m-%d %H:%M}", "who": who, "what": what}
                rows.append(happened | about)
    return rows


def named(some: list[list[Ticket]]) -> dict[str, list[Ticket]]:
    return {f"C{number}": tickets for number, tickets in enumerate(some)}


def shuffled(rows: list[dict[str, str]], chance: random.Random) -> list[dict[str, str]]:
    """The rows in another order. A ticket is led by its first one, which tells who opened it, and a household by
    its first ticket, as the smaller key counts where two tickets are of one second; what happens in one minute to
    one ticket keeps its order, as its sequence does."""
    leads: dict[str, dict[str, dict[str, str]]] = {}
    minutes: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        if leads.setdefault(row["customer"], {}).setdefault(row["ticket"], row) is not row:
            minutes.setdefault((row["ticket"], row["when"]), []).append(row)
    households, rest = list(leads.values()), list(minutes.values())
    chance.shuffle(households)
    chance.shuffle(rest)
    return [*(lead for of in households for lead in of.values()), *(row for minute in rest for row in minute)]


def seen(rows: list[dict[str, str]]) -> tuple[Timelines, list[str]]:
    return timelines(Example(TITLE, tuple(rows), (), POLICIES)), list(dict.fromkeys(row["ticket"] for row in rows))


def measured(t: Timelines, names: list[str], column: str) -> dict[tuple[str, int], object]:
    """(ticket, number of the unit) → what the column says of it, as something that can be compared."""
    module, how = COLUMNS[column]
    metric, value = facts(module), module.value(t, **how)
    units = t.units(metric.of)
    keys = [
        (names[ticket], number) for ticket, number in zip(units.ticket.tolist(), units.number.tolist(), strict=True)
    ]
    if isinstance(value, Span):
        said = list(zip(np.round(value.minutes, 6).astype(str), value.state.tolist(), strict=True))
    elif metric.unit == "ticket":
        said = [names[key - 1] if key else None for key in value.tolist()]
    else:
        said = [str(one) for one in value.tolist()]
    return dict(zip(keys, said, strict=True))


@cases(HOUSEHOLDS, most=2, few=25)
def test_neither_the_order_in_which_it_is_told_nor_strangers_matter(some):
    rows = told(named(some))
    others = {f"C{number}" for number in range(1, len(some), 2)}
    everything, in_any_order, alone = (
        seen(some_rows)
        for some_rows in (
            rows,
            shuffled(rows, random.Random(repr(some))),
            [row for row in rows if row["customer"] not in others],
        )
    )
    for column in COLUMNS:
        found = measured(*everything, column)
        assert measured(*in_any_order, column) == found, column
        own = {unit: said for unit, said in found.items() if unit[0].split(".")[0] not in others}
        assert measured(*alone, column) == own, column


def minutes(value: Span | np.ndarray) -> np.ndarray:
    return value.minutes if isinstance(value, Span) else value


@cases(HOUSEHOLDS, most=2)
def test_business_time_is_between_nothing_and_the_calendar(some):
    t, _ = seen(told(named(some)))
    for column in COLUMNS:
        other = column.replace("_business_minutes", "_minutes")
        if other == column or other not in COLUMNS:
            continue
        business, calendar = (minutes(module.value(t, **how)) for module, how in (COLUMNS[column], COLUMNS[other]))
        known = ~np.isnan(business) & ~np.isnan(calendar)
        assert (np.isnan(business) | (business >= 0)).all(), column
        assert (business[known] <= calendar[known] + 1e-9).all(), column


@cases(HOUSEHOLDS, most=2, few=25)
def test_what_nobody_touches_changes_when_it_says_and_never_before(some):
    """A night measures again what something happened to, and what said that it would change: no other may."""
    t, names = seen(told(named(some)))
    now = {column: measured(t, names, column) for column in COLUMNS}
    due = {column: changes_at(t, names, column) for column in COLUMNS}
    for moment in random.Random(repr(some)).sample(LATER, 2):
        later = replace(t, cut=np.full(t.n, moment), mature_until=moment)
        for column, said in now.items():
            for unit, then in measured(later, names, column).items():
                assert unit in said, f"{column}: {unit} came to be by itself"
                assert then == said[unit] or due[column][unit] <= moment, f"{column} of {unit}: {said[unit]} → {then}"


def changes_at(t: Timelines, names: list[str], column: str) -> dict[tuple[str, int], int]:
    module, how = COLUMNS[column]
    units = t.units(facts(module).of)
    at = module.changes_at(t, **how) if hasattr(module, "changes_at") else np.full(len(units.ticket), NEVER)
    keys = zip(units.ticket.tolist(), units.number.tolist(), strict=True)
    return {(names[ticket], number): moment for (ticket, number), moment in zip(keys, at.tolist(), strict=True)}


def test_a_household_is_as_rich_as_the_examples():
    """Every unit and every outcome comes to be, or these properties would say nothing of it."""
    t, _ = seen(told(named(drawn(HOUSEHOLDS, 400))))
    for of in {facts(module).of for module, _ in COLUMNS.values()}:
        assert len(t.units(of).ticket), of
    silent = [column for column, (module, how) in COLUMNS.items() if not _says_something(module.value(t, **how))]
    assert silent == ["came_back_within_30d"], "no case here is old enough for it"


def _says_something(value: Span | np.ndarray) -> bool:
    return any(one is not None and one == one for one in minutes(value).tolist())
