"""`auditlib evidence`: the tickets behind a figure, and whether it follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from auditlib.commands.answers import DONE, REFUSED, Answer, WrongUse, answered, table

FACTS = (
    "n", "numerator", "denominator", "ci_low", "ci_high", "maturity", "reliability", "coverage", "missing_sources",
    "definition_version", "signed_value",
)  # fmt: skip
"""What leaders read of a figure."""


@click.command()
@click.argument("figure", required=False)
@click.option("--metric", metavar="NAME", help="Instead of an id: the figure's name.")
@click.option("--period", metavar="P", help="… its week, month or day: 2026-W43, 2026-10, 2026-10-25.")
@click.option("--breakdown", metavar="NAME=VALUE", multiple=True, help="… its part, such as team=Billing; or two.")
@click.option("--segment", metavar="NAME", default="all", help="… its segment of audit.toml.")
@click.option("--statistic", metavar="NAME", help="… its statistic, where there are several.")
@click.option("--weighting", metavar="NAME", help="… what counts once in it: ticket, one_per_ticket or customer.")
@click.option("--rows", "shown", default=40, metavar="N", help="How many members are shown; --json has them all.")
@answered
def evidence(
    figure: str | None,
    metric: str | None,
    period: str | None,
    breakdown: Sequence[str],
    segment: str,
    statistic: str | None,
    weighting: str | None,
    shown: int,
) -> Answer:
    """Show the members of a published figure, and compute it again from them.

    FIGURE is a figure's id, or how it begins. Each ticket, turn or other unit of its cell is in or
    out, with the reason and what it contributes, as it stood when the figure was published. Ends
    with 1 if the figure, or the hash of its members, is not what follows from them.

    With the leaders' file, or a login that may not see tickets, it tells what the figure rests on
    and who can list them; an analyst's login lists them and counts the figure again.

    \b
    auditlib evidence 5f1c0c
    auditlib evidence --metric csat --period 2026-W43 --breakdown team=Billing
    """
    from auditlib.commands.setting import looking_at
    from auditlib.pipeline import citing, leading
    from auditlib.pipeline import evidence as found_of

    setting, is_leaders = looking_at()
    where = leading if is_leaders else citing
    if figure:
        told = where.by_id(setting, figure)
    elif metric and period:
        question = citing.Question(metric, period, breakdown, segment, statistic, weighting)
        told = citing.only(where.latest(setting, question))
    else:
        raise WrongUse("say which figure: its id, or --metric and --period, such as --metric csat --period 2026-W43")
    if is_leaders:
        return _as_far_as_seen(setting, told, shown)
    found = found_of.of(setting, told)
    members = [_plain(row) for row in found.rows.to_dict("records")]
    data = {
        "figure": told, "recomputed": found.recomputed, "agrees": not found.disagrees,
        "disagrees": found.disagrees, "members": members,
    }  # fmt: skip
    return Answer(data, _shown(told, members, found.disagrees, shown), REFUSED if found.disagrees else DONE)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value is None or value != value else value for name, value in row.items()}


def heading(told: Mapping[str, Any]) -> str:
    """What a figure is about, on one line."""
    parts = [f"{told[a]} {told[b]}" for a, b in (("breakdown", "breakdown_value"), ("breakdown_2", "breakdown_value_2"))
             if told[a] not in ("", "all")]  # fmt: skip
    segment = [] if told["segment"] == "all" else [f"segment {told['segment']}"]
    about = ", ".join([f"{told['period']} from {told['period_start']}", *parts, *segment])
    return f"{told['metric']}, {told['statistic']} by {told['weighting']}: {about}"


def value(told: float | None, why: str | None = None) -> str:
    """A figure's value, or why there is none."""
    return f"no value ({why})" if told is None and why else "no value" if told is None else f"{told:.6g}"


def _as_far_as_seen(setting: Any, told: Mapping[str, Any], limit: int) -> Answer:
    """What somebody sees who has the views only: a leader the figure, an analyst its members and what they come to."""
    from auditlib.pipeline import leading
    from auditlib.pipeline.evidence import agree

    members = leading.members(setting, told)
    if members is None:
        return Answer({"figure": told, "recomputed": None, "agrees": None, "members": None}, _without_members(told))
    again = leading.counted(told, members)
    agrees = None if again is None else agree(again, told["value"])
    data = {"figure": told, "recomputed": {"value": again}, "agrees": agrees, "members": members}
    said = {
        None: "To compute it again takes more than counting: it is done with the audit's own store. Its members, "
        "their reasons and states are all here.",
        True: "Counted again from these members: the value agrees.",
        False: f"It does NOT follow from its members: counted again it is {value(again)}.",
    }
    return Answer(data, [*_listed(told, members, limit), said[agrees]], REFUSED if agrees is False else DONE)


def _without_members(told: Mapping[str, Any]) -> list[Any]:
    """What a leader sees of it: what it rests on, and who can list it."""
    facts = [(name, told[name]) for name in FACTS if told[name] is not None]
    return [
        heading(told),
        f"Figure {told['figure_id']}: {value(told['value'], told['suppressed_reason'])}",
        table("", "", rows=facts),
        "The tickets behind it are no leader's to see. Whoever may see them lists them, and computes the figure again:",
        f"  auditlib evidence {told['figure_id']}",
    ]


def _shown(
    told: Mapping[str, Any], members: Sequence[Mapping[str, Any]], disagrees: Sequence[str], limit: int
) -> list[Any]:
    lines = _listed(told, members, limit)
    if not disagrees:
        return [*lines, "Computed again from these members: the figure and the hash of its members agree."]
    return [*lines, "It does NOT follow from what the store holds:", *(f"  {line}" for line in disagrees)]


def _listed(told: Mapping[str, Any], members: Sequence[Mapping[str, Any]], limit: int) -> list[Any]:
    """The figure, how many are in and out, and the first of them."""
    inside = sum(row["side"] == "in" for row in members)
    publication = f", publication {told['publication']}" if "publication" in told else ""
    lines: list[Any] = [
        heading(told),
        f"Figure {told['figure_id']}{publication}, as of {told['as_of']}: "
        f"{value(told['value'], told['suppressed_reason'])}",
        f"{inside} in, {len(members) - inside} out",
    ]
    rows = [
        (row["ticket"], row["unit"] if row["number"] is None else f"{row['unit']} {row['number']}", row["side"],
         None if row["contribution"] is None else f"{row['contribution']:.6g}", row["state"], row["reason"])
        for row in members[:limit]
    ]  # fmt: skip
    lines.append(table("ticket", "unit", "side", "contributes", "state", "reason", rows=rows))
    if len(members) > limit:
        lines.append(f"… and {len(members) - limit} more; --rows {len(members)} or --json shows them all")
    return lines
