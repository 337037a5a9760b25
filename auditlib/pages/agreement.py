"""How far the helpdesks' own figures agree with what their own rules give, and why the others don't."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.pages import numbers

Row = Mapping[str, Any]
REASONS = {
    "later_event": "the helpdesk already shows what happened after the midnight of this publication",
    "deleted": "the ticket was deleted, or came back",
    "merged": "tickets were merged, and their messages moved",
    "schedule_changed": "opening hours were edited or changed; the helpdesk counts on hours that it no longer tells, "
    "or on the last ones only",
    "role_changed": "somebody wrote who is an agent for one of the two only",
    "opened_by_agent": "the helpdesk’s clock runs before the customer has written",
    "conditions_not_told": "the helpdesk’s clock starts, stops and pauses on conditions that it does not tell",
    "fulfilled_without_reply": "a target was solved without the promised reply",
    "cancelled": "a target ended with a merge or a deletion",
    "unmeasurable": "it is not known which service level applied",
    "not_described": "audit.toml does not say what the ticket’s service agreement promises",
    "set_by_hand": "somebody wrote the due date by hand",
    "beyond_thirty_days": "the helpdesk gives up looking for opening hours after thirty days",
    "after_a_holiday": "for the helpdesk each holiday lasts a second longer",
    "moved": "the ticket came to another queue, where the helpdesk’s rules may be off",
    "others_wrote": "somebody else on the customer’s side wrote, whom the helpdesk may count as the customer or not",
    "not_measurable": "by its rules there is no value",
    "unknown": "nobody knows why: somebody should look",
}


def agreement(rows: Sequence[Row], reasons: Mapping[str | None, int]) -> dict[str, Any]:
    """Sentences for the page: how many values agree, by source, where the most differ, and the reasons."""
    return {
        "sentences": [_sentence(source, rows) for source in sorted({row["source"] for row in rows})],
        "reasons": [
            {"reason": REASONS.get(reason or "unknown", reason), "told": numbers.plural(count, "value")}
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0] or ""))
        ],
    }


def _sentence(source: str, rows: Sequence[Row]) -> str:
    of = [row for row in rows if row["source"] == source]
    compared, agree = (sum(row[name] for row in of) for name in ("compared", "agree"))
    whole = [row for row in of if not row["differ"]]
    said = f"{source} gives {numbers.plural(compared, 'value')} itself; {numbers.plural(agree, 'agrees', 'agree')} "
    said += f"with what its own rules give ({_percent(agree, compared)})"
    if whole:
        said += f". On {len(whole)} of {numbers.plural(len(of), 'figure')} every ticket agrees"
    worst = max(of, key=lambda row: (row["differ"] / row["compared"], row["metric"]))
    if worst["differ"]:
        share = _percent(worst["differ"], worst["compared"])
        said += (
            f"; the most differ on {_title(worst['metric'])} ({share} of {numbers.plural(worst['compared'], 'ticket')})"
        )
    return said + "."


def _percent(part: int, whole: int) -> str:
    """A share that says 100 % only where it is all."""
    return "all" if part == whole else f"{min(100 * part / whole, 99.9):.1f} %"


def _title(metric: str) -> str:
    return metric.split("__")[0].replace("_", " ")
