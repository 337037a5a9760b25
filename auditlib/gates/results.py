"""Results of rules as the table validation_log keeps them: counts, never a customer's words."""

from __future__ import annotations

import numbers
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from auditlib.gates.suites import Rule, Suite

if TYPE_CHECKING:
    import pandas as pd

Result = dict[str, Any]
HARMLESS = {"str", "int", "float", "bool", "NoneType", "datetime", "<", ">", "<=", ">=", "=="}


def as_row(
    suite: Suite,
    rule: Rule,
    is_true: bool = False,
    counts: Mapping[str, Any] | None = None,
    observed: str | None = None,
    error: str | None = None,
) -> Result:
    """A row of validation_log. An error is neither a pass nor a failure."""
    counts = counts or {}
    return {
        "suite": suite.name,
        "rule": rule.id,
        "expectation": rule.type,
        "column_name": ", ".join(columns(rule)) or None,
        "severity": rule.severity,
        "state": "error" if error else "pass" if is_true else "fail",
        "notes": rule.notes,
        "element_count": counts.get("element_count"),
        "unexpected_count": counts.get("unexpected_count"),
        "unexpected_percent": counts.get("unexpected_percent"),
        "observed": observed,
        "error": error,
    }


def columns(rule: Rule) -> list[str]:
    """The columns that a rule speaks of."""
    named = [rule.kwargs[word] for word in ("column", "column_A", "column_B") if word in rule.kwargs]
    return [*named, *rule.kwargs.get("column_list", ())]


def what_was_seen(counts: Mapping[str, Any]) -> str | None:
    """What was seen, as a number or a count: never a value that may be a customer's words."""
    value = counts.get("observed_value")
    if isinstance(value, (list, tuple, set, dict)):
        return f"{len(value)} values"
    if isinstance(value, numbers.Number):
        return f"{value}"
    missing = counts.get("missing_count")
    return f"left out {missing} of {counts['element_count']} rows: missing values" if missing else None


def why_unevaluated(rule: Rule, outcome: Any, frame: pd.DataFrame) -> str | None:
    """Why a rule could not be evaluated: one line without the table's values; None if it was."""
    info = outcome.exception_info or {}
    # Either one flat record, or one for each part of the computation.
    records = [info] if "raised_exception" in info else info.values()
    raised = [part for part in records if part.get("raised_exception")]
    if raised:
        return _without_values(str(raised[0].get("exception_message")), {*frame.columns, *columns(rule)})
    return None if outcome.result else "gave neither a result nor a reason"


def _without_values(message: str, columns: set[str]) -> str:
    """The message with whatever it quotes left out, save columns and names of types."""
    harmless = HARMLESS | columns
    masked = re.sub(
        r"""(["'])(.*?)\1""",
        lambda quoted: quoted[0] if quoted[2] in harmless else "'…'",
        message,
        flags=re.DOTALL,
    )
    return " ".join(masked.split())[:300]


def in_words(result: Result) -> str:
    """Such as: EVT-009 (critical) failed for 3 of 120 rows: …"""
    found = "could not be evaluated" if result["state"] == "error" else "failed"
    if result["unexpected_count"] is not None:
        found += f" for {result['unexpected_count']} of {result['element_count']}"
    seen = "".join(f" ({result[word]})" for word in ("observed", "error") if result[word])
    return f"{result['rule']} ({result['severity']}) {found}{seen}: {result['notes']}"
