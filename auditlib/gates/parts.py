"""What a rule found in several parts of a table, as if it had looked at all of it at once.

All of Great Expectations' rules about rows count them: how many there are, how many lack a value, how many are
false. Such counts add up, as long as whatever has to be unique lies in one part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditlib.gates.results import Result, as_row, what_was_seen
from auditlib.gates.suites import GateError, Rule, Suite

COUNTED = ("element_count", "missing_count", "unexpected_count")


def counted(outcomes: Sequence[Any]) -> dict[str, Any]:
    """What was counted for one rule, without the values that were found; nothing if it was not evaluated once."""
    told = (outcomes[0].result or {}) if len(outcomes) == 1 else {}
    return {name: told[name] for name in COUNTED if name in told}


def summed(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts of all parts together; nothing where there are no parts."""
    there = [name for name in COUNTED if any(name in part for part in parts)]
    told: dict[str, Any] = {name: sum(int(part.get(name) or 0) for part in parts) for name in there}
    if told:
        looked_at = _looked_at(told)
        told["unexpected_percent"] = told.get("unexpected_count", 0) / looked_at * 100 if looked_at else None
    return told


def of_parts(suite: Suite, rule: Rule, parts: Sequence[Result], counts: Mapping[str, Any]) -> Result:
    """A rule's result: as many may fail as of the whole; one part that could not be evaluated spoils it."""
    if parts and "unexpected_count" not in counts and not any(part["error"] for part in parts):
        raise GateError(f"{rule.place}: {rule.type} counts no rows, so it cannot be examined part by part")
    error = next((part["error"] for part in parts if part["error"]), None)
    share = float(rule.kwargs.get("mostly", 1.0))
    looked_at = _looked_at(counts)
    is_true = not looked_at or (looked_at - counts["unexpected_count"]) / looked_at >= share
    return as_row(suite, rule, is_true, counts, what_was_seen(counts), error)


def _looked_at(counts: Mapping[str, Any]) -> int:
    """Rows that have what the rule speaks of."""
    return int(counts.get("element_count") or 0) - int(counts.get("missing_count") or 0)
