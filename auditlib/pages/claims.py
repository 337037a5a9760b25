"""What is claimed against what strictly is: the say–do gap and what it consists of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditlib.pages import charts, numbers
from auditlib.pages.evidence import Footnotes
from auditlib.pages.listing import Whole

GAP = {
    "failed_rate": "the customer reopened it or came back",
    "unanswered_closed_rate": "closed with the customer’s last message unanswered",
    "auto_closed_rate": "closed by a rule while it waited for the customer",
    "withdrawn_rate": "the customer needed nothing any more",
    "declined_rate": "the answer was no",
}
SAID = (
    "sla_attainment", "sla_attainment_by_ticket", "csat", "survey_response_rate", "csat_at_least", "csat_at_most",
)  # fmt: skip
"""What service levels promise, and what customers say when they are asked."""


def gap(whole: Whole, notes: Footnotes) -> dict[str, Any] | None:
    """Claimed, strictly resolved and the parts between, of the newest period that is mature; None before there is one.

    A part is left out where it is nothing or withheld.
    """
    held = whole.newest("say_do_gap", "rate")
    if held is None:
        return None
    rates = {metric: row for metric, row in whole.of(held).items() if row["value"] is not None}
    once = whole.once.get(("say_do_gap", "rate", held["period"], held["period_start"]))
    parts = [(words, rates[metric]) for metric, words in GAP.items() if rates.get(metric, {}).get("value")]
    numbered = {
        name: notes.number(rates[metric]) if metric in rates else None
        for name, metric in (
            ("claimed", "claimed_resolution_rate"), ("strict", "strict_resolution_rate"),
            ("confirmed", "confirmed_resolution_rate"), ("bot", "bot_only_rate"),
        )
    }  # fmt: skip
    return numbered | {
        "gap": notes.number(held),
        "once": notes.number(once) if once is not None and once["value"] is not None else None,
        "period": numbers.period(held),
        "n": held["n"],
        "parts": [{"words": words, "number": notes.number(row), "tone": _tone(row)} for words, row in parts],
        "bar": _bar(rates, parts),
    }


def _bar(rates: Mapping[str, Mapping[str, Any]], parts: list[tuple[str, Mapping[str, Any]]]) -> Any:
    """All cases as one bar: strictly resolved, the parts of the gap, and blank for what nobody claims."""
    if "strict_resolution_rate" not in rates:
        return ""
    strict = rates["strict_resolution_rate"]
    told = [f"strictly resolved {numbers.value(strict)}", *[f"{words} {numbers.value(row)}" for words, row in parts]]
    bars = [("kept", strict["value"]), *[(_tone(row), row["value"]) for _, row in parts]]
    return charts.shares(bars, "Claimed and kept", f"{'; '.join(told)}; the rest nobody claims to have solved.")


def _tone(row: Mapping[str, Any]) -> str:
    return f"gap-{[*GAP].index(row['metric']) + 1}"
