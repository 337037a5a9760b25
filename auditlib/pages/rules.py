"""The rules of the gates as people read them: what is asked, what a failure means, what happens then."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from auditlib.places import EXPECTATIONS

HEAD = """# What has to be true

Three gates look at every night: at what each source told, at what was measured of it, and at the figures that leaders
would see. The rules are Great Expectations' own, in `expectations/*.toml` and, for the columns of one metric, in the
metric's file. A *critical* rule that fails refuses the source or the night, and leaders keep the last good figures; a
*warning* is published with the figures; rules that quarantine take out the tickets whose rows break them. The view
`validation_results` has what every rule found in every run.
"""
WHAT = {
    "tickets": "Gate 1: tickets as a source told them",
    "events": "Gate 1: events as a source told them",
    "facts": "Gate 2: what each ticket is (`ticket_versions`)",
    "measures_ticket": "Gate 2: measures of tickets",
    "measures_turn": "Gate 2: measures of turns",
    "figures": "Gate 3: figures that leaders would see",
}


def page(metrics: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """Every rule of every suite, then those that metrics bring along."""
    parts = [HEAD]
    suites = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in EXPECTATIONS.glob("*.toml")}
    for name in [*WHAT, *sorted(set(suites) - set(WHAT))]:
        if name in suites:
            parts.append(
                f"## {WHAT.get(name, name)}\n\n{_limits(suites[name])}\n\n{table(suites[name]['expectations'])}\n"
            )
    for name, rules in metrics.items():
        parts.append(f"## The metric {name}\n\n{table(rules)}\n")
    return "\n".join(parts)


def table(rules: Iterable[Mapping[str, Any]]) -> str:
    """Rules as a table: id, severity, what is expected, what a failure means."""
    lines = ["| rule | severity | expects | a failure means |", "| --- | --- | --- | --- |"]
    for rule in rules:
        severity = rule["severity"] + (", quarantines" if rule.get("quarantine") else "")
        lines.append(f"| {rule['id']} | {severity} | {_expects(rule)} | {_cell(rule['notes'])} |")
    return "\n".join(lines)


def _expects(rule: Mapping[str, Any]) -> str:
    told = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in rule["kwargs"].items())
    only = f" where `{_cell(rule['row_condition'])}`" if rule.get("row_condition") else ""
    return f"`{rule['type']}` {_cell(told)}{only}"


def _limits(suite: Mapping[str, Any]) -> str:
    parts = [f"At least {suite.get('floor', {}).get('rows', 1)} rows, unless the night is proven quiet."]
    limits = suite.get("quarantine")
    if limits:
        parts.append(f"More than {limits['max_share']:.0%} of the tickets in quarantine refuses everything.")
    return " ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
