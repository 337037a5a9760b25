"""`auditlib why-changed`: what made a published figure another, reason by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from auditlib.commands.answers import Answer, answered, table


@click.command("why-changed")
@click.argument("metric")
@click.argument("period")
@click.option("--breakdown", metavar="NAME=VALUE", multiple=True, help="A part, such as team=Billing; or two.")
@click.option("--segment", metavar="NAME", default="all", help="A segment of audit.toml.")
@click.option("--statistic", metavar="NAME", help="Only this statistic, such as p90.")
@click.option("--weighting", metavar="NAME", default="ticket", help="What counts once: ticket by default.")
@click.option("--from", "since", type=int, metavar="N", help="From this publication; from the first by default.")
@click.option("--to", "until", type=int, metavar="N", help="… to this one; to the last by default.")
@answered
def why_changed(
    metric: str,
    period: str,
    breakdown: Sequence[str],
    segment: str,
    statistic: str | None,
    weighting: str,
    since: int | None,
    until: int | None,
) -> Answer:
    """Say why a figure is another than it was published before.

    The parts add up to the change. What was to be expected (more time has passed, more was learned
    of a period that was said to be provisional) is told apart from corrections.

    \b
    auditlib why-changed came_back_rate_7d 2026-W43
    auditlib why-changed csat 2026-10 --breakdown team=Billing --from 12 --to 20
    """
    from auditlib.commands.setting import looking_at
    from auditlib.pipeline import leading, whychanged
    from auditlib.pipeline.citing import Question

    setting, is_leaders = looking_at()
    question = Question(metric, period, breakdown, segment, statistic, weighting)
    changes = leading.changes if is_leaders else whychanged.changes
    found = changes(setting, question, since, until)
    data = [
        {"before": change.before, "after": change.after, "parts": change.parts, "adds_up": change.adds_up}
        for change in found
    ]
    return Answer(data, [line for change in found for line in _shown(change)])


def _shown(change: Any) -> list[Any]:
    from auditlib import reasons
    from auditlib.commands.evidence import heading, value

    before, after = change.before, change.after
    lines: list[Any] = [heading(after)]
    if before is None:
        return [*lines, "It was not published yet in the earlier publication."]
    lines.append(f"{_value(before, value)} → {_value(after, value)}")
    if not change.parts:
        return [*lines, "It has not changed."]
    rows = [
        (part["kind"], reasons.sentence(part["reason"]), part["tickets"],
         None if part["part"] is None else f"{part['part']:+.6g}", ", ".join(part["named"]))
        for part in change.parts
    ]  # fmt: skip
    lines.append(table("", "because", "tickets", "part", "such as", rows=rows))
    return [*lines, _sum(change)]


def _value(told: Mapping[str, Any], value: Any) -> str:
    said = ", ".join(filter(None, [f"publication {told['publication']}", told["maturity"]]))
    return f"{value(told['value'], told['suppressed_reason'])} ({said})"


def _sum(change: Any) -> str:
    if change.adds_up is None:
        return "A value was withheld on the way, so the parts cannot be added up."
    difference = change.after["value"] - change.before["value"]
    return f"The parts add up to {difference:+.6g}, the whole change." if change.adds_up else (
        f"The parts do NOT add up to {difference:+.6g}: the store was changed; `auditlib evidence` says where"
    )  # fmt: skip
