"""How often links are right, layer by layer, against the sandbox's answer key: `python -m benchmarks.link_quality`.

The thresholds are chosen on one half of the customers and reported on the other. The customers, their words
and the mistakes of agents are simulated: only pairs that people labelled (`auditlib try came_back --pairs 200`)
say how it is in a helpdesk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
import numpy as np
import pandas as pd

from auditlib.caselog import references, text
from auditlib.caselog.keys import Keys
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.episodes import same_issue
from auditlib.episodes.candidates import candidates
from auditlib.episodes.links import RULES, Rules
from auditlib.sandbox import World, world
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.words import body, subject
from auditlib.timelines import NOWHERE, Timelines

KEY = b"the sandbox holds nobody's words"
DAY = 24 * 60 * 60
WEEK = 7 * DAY
SIMILAR = (0.2, 0.3, 0.4, 0.5, 0.6)
UNLIKE = (-1.0, 0.0, 0.05, 0.1, 0.15, 0.2, 0.25)
UNLIKE_LATE = (0.15, 0.2, 0.3, 0.4, 0.5)
WORTH = 0.002
"""A stricter threshold for what comes late has to make the links of a month more precise by this."""
FEW = 20
ENOUGH = 0.96
"""The least precision of a layer on the half of the customers on which its threshold is chosen."""
CHANNELS = {"voice": "voice", "native_messaging": "messaging", "chat": "chat"}


@dataclass(frozen=True)
class Desk:
    """The sandbox's tickets as timelines, with the issue that each is truly about."""

    timelines: Timelines
    sketches: Sequence[bytes]
    issue: np.ndarray

    def of(self, rows: np.ndarray) -> list[bytes]:
        return [self.sketches[row] for row in rows]


def desk(company: World, with_orders: bool) -> Desk:
    """All tickets in scope of a world, as translation would have kept them."""
    plans = [
        p for p in company.plans if p.facts.in_scope == "yes" and not p.facts.merged_into and not p.facts.deleted_at
    ]
    keys = Keys(KEY)
    words = [_words(plan) for plan in plans]
    key = {plan.id: keys.of("ticket", "sandbox", str(plan.id)) for plan in plans}
    customer = {c: row for row, c in enumerate(sorted({p.customer.id for p in plans}), 1)}
    quoted = [
        ",".join(str(key.get(int(one), 1)) for one in references.quoted(said) if one.isdigit()) or None
        for said in words
    ]
    nothing = np.zeros(len(plans), np.int64)
    tickets = {
        "key": np.array([key[p.id] for p in plans]),
        "created_at": np.array([p.created_at for p in plans]),
        "customer": np.array([customer[p.customer.id] for p in plans]),
        "order": np.array([int(p.order) for p in plans]) if with_orders else nothing,
        "quoted": np.array(quoted, object),
        "follow_up_of": np.array([key.get(p.follows.id, 0) if p.follows else 0 for p in plans]),
        "incident_of": np.array([p.incident_of.id if p.incident_of else 0 for p in plans]),
        "topic": np.array([_filed_under(p) for p in plans], object),
        "channel": np.array([CHANNELS.get(p.channel, "email") for p in plans], object),
        "has_history": np.ones(len(plans), bool),
        "status": np.full(len(plans), Status.new), "group": nothing, "assignee": nothing, "merged_into": nothing,
    }  # fmt: skip
    t = Timelines(tickets, _events(plans, words), np.full(len(plans), company.end), {}, mature_until=company.end)
    return Desk(t, [text.sketch(one, KEY) for one in words], np.array([p.facts.issue for p in plans], object))


def judged(d: Desk, window: int, rules: Rules = RULES) -> pd.DataFrame:
    """A row a ticket of a customer who had another, solved within the window or open: how it was linked.

    kind, layer: None if it was not; is_right: whether to a ticket about the same issue; truth: repeat, parallel or
    None, by what the sandbox meant; half: of the customers.
    """
    t, whole = d.timelines, np.ones(d.timelines.n, bool)
    pairs = candidates(t, whole, window)
    is_one_issue = d.issue[pairs.earlier] == d.issue[pairs.later]
    truth = np.full(t.n, None, object)
    truth[pairs.later[is_one_issue & (pairs.solve == NOWHERE)]] = "parallel"
    truth[pairs.later[is_one_issue & (pairs.solve != NOWHERE)]] = "repeat"
    found = same_issue(t, whole, d.of, window, rules).set_index("later")
    rows = pd.DataFrame({"truth": truth, "half": t.tickets["customer"] % 2}).loc[np.unique(pairs.later)]
    rows = rows.join(found[["earlier", "layer", "kind"]])
    told = rows.earlier.notna().to_numpy()
    right = np.zeros(len(rows), bool)
    right[told] = d.issue[rows.earlier[told].astype(int)] == d.issue[rows.index[told]]
    return rows.assign(is_right=right)


def rates(rows: pd.DataFrame, kind: str = "repeat") -> dict[str, tuple[int, float, float]]:
    """Layer (and all) → links of a kind, precision, and the share of all that it finds."""
    true = int((rows.truth == kind).sum())
    linked = rows[rows.kind == kind]
    by_layer = {"all": linked, **dict(list(linked.groupby("layer")))}
    return {
        name: (len(some), float(some.is_right.mean()), float((some.is_right & (some.truth == kind)).sum() / true))
        for name, some in by_layer.items()
    }


def chosen(d: Desk) -> Rules:
    """The rules by the first half of the customers: the least veto, then the least similarity, that are precise; and
    the veto for what comes late, up to where a stricter one is no longer worth it."""
    unlike = next((one for one in UNLIKE if _precision(d, Rules(unlike=one), "topic") >= ENOUGH), UNLIKE[-1])
    similar = next((one for one in SIMILAR if _precision(d, Rules(one, unlike), "words") >= ENOUGH), SIMILAR[-1])
    late = [_precision(d, Rules(similar, unlike, one), "topic", 30 * DAY) for one in UNLIKE_LATE]
    enough = next((place for place in range(len(late) - 1) if late[place + 1] - late[place] < WORTH), len(late) - 1)
    return Rules(similar, unlike, UNLIKE_LATE[enough])


def _precision(d: Desk, rules: Rules, layer: str, window: int = WEEK) -> float:
    """The precision of a layer on the first half; 0 where it linked too few to say."""
    rows = judged(d, window, rules)
    count, precision, _ = rates(rows[rows.half == 0]).get(layer, (0, 0.0, 0.0))
    return precision if count >= FEW else 0.0


def _words(plan: Plan) -> str:
    first = next((act.message for act in plan.acts if act.message), None)
    return f"{subject(plan)}\n{text.strip(body(plan, first, 'An agent'))}" if first else subject(plan)


def _filed_under(plan: Plan) -> str | None:
    topics = [change.new for act in plan.acts for change in act.changes if change.field == "topic"]
    return topics[-1] if topics else None


def _events(plans: Sequence[Plan], words: Sequence[str]) -> Mapping[str, np.ndarray]:
    """Creations with what the rules see in the first words, solves and reopenings."""
    rows = []
    for row, (plan, said) in enumerate(zip(plans, words, strict=True)):
        by_customer = plan.opened_by == plan.customer.id
        seen = sum(int(one.marker) for one in text.markers(said.partition("\n")[2], by_customer))
        whose = ActorClass.customer if by_customer else ActorClass.agent
        rows.append((row, plan.created_at, 0, Kind.created, whose, 0, 0, 0))
        rows.append((row, plan.created_at, 1, Kind.message, whose, 0, 0, seen & Marker.returning))
        moved = [(s["at"], Status.solved) for s in plan.facts.solves] + [
            (r["at"], Status.open) for r in plan.facts.reopens
        ]
        for at, status in sorted(moved):
            rows.append((row, at, 2, Kind.status, ActorClass.agent, 0, status, 0))
    ticket, at, _, kind, whose, old, new, seen = (np.array(c, np.int64) for c in zip(*sorted(rows), strict=True))
    return {
        "ticket": ticket, "occurred_at": at, "kind": kind, "actor": whose, "actor_class": whose,
        "is_public": np.ones(len(ticket), np.int64), "old": old, "new": new, "markers": seen,
    }  # fmt: skip


@click.command(help=__doc__)
@click.option("--tickets", default=24_000, show_default=True)
@click.option("--seed", default=5, show_default=True)
def main(tickets: int, seed: int) -> None:
    """Prints a table a kind of desk: layer, links, precision, recall, on the second half of the customers."""
    company = world(tickets=tickets, seed=seed)
    for with_orders in (False, True):
        d = desk(company, with_orders)
        click.echo(f"\n{tickets} tickets, {'orders are mapped' if with_orders else 'no order is mapped'}")
        rules = chosen(d)
        for name, how in (("chosen", rules), ("in force", RULES)):
            click.echo(f"{name}: similar {how.similar}, unlike {how.unlike}, unlike and late {how.unlike_late}")
        for days, kind in ((7, "repeat"), (30, "repeat"), (7, "parallel")):
            rows = judged(d, days * DAY)
            held_out = rows[rows.half == 1]
            click.echo(f"{kind} within {days} days: {int((held_out.truth == kind).sum())} were meant")
            for layer, (n, precision, recall) in rates(held_out, kind).items():
                click.echo(f"  {layer:<10}{n:>6} links  precision {precision:.3f}  finds {recall:.3f} of all")


if __name__ == "__main__":
    main()
