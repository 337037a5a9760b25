"""Views whose columns depend on the metrics: one row a ticket, and the members of every figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from auditlib.metric import Figure, Metric, facts
from auditlib.store import measures
from auditlib.store.family_tables import UNITS
from auditlib.store.ticket_tables import TICKET_FACTS

FACTS = (
    "source", "ticket", "url", "created_at", "first_solved_at", "last_solved_at", "customer", "organization",
    "channel", "priority", "topic", "language", "tier", "region", "team", "assignee", "status", "status_since",
    "waiting_since", "exclusion_reason", "exclusion_code", "reliability",
)  # fmt: skip
DAY = {
    "created": "t.created_on", "replied": "t.first_reply_on", "solved": "t.last_solved_on",
    "judged": "t.judged_solved_on",
}  # fmt: skip
AS_OF = ("topic", "priority", "tier", "region")
ATTRIBUTES = ("channel", "priority", "topic", "language", "tier", "region", "source")
AGENTS = {
    "created": "first_assignee", "reply": "replier", "solve": "solver", "judged_solve": "judged_solver",
    "chase": "chased",
}  # fmt: skip
KNOWN = "{0}.from_run <= f.publication_run AND ({0}.to_run IS NULL OR {0}.to_run > f.publication_run)"
"""A version that held when the figure was published."""
PROVISIONAL = "f.ci_method LIKE 'Kaplan-Meier,%'"
"""Of figures whose window was not over: they rest on a duration, not on what will be counted."""

Families = Mapping[str, Mapping[str, ModuleType]]


def ticket_audit(families: Families) -> str:
    """One row a ticket: its facts, and every family's measures as they hold for leaders."""
    columns = [(f"t.{name} AS {name}", str(TICKET_FACTS.c[name].comment)) for name in FACTS]
    joins = []
    for number, (family, modules) in enumerate(families.items()):
        if measures.unit(modules) != "ticket":
            continue
        alias = f"f{number}"
        measured = {n: s for n, (_, s) in measures.columns(modules).items() if n not in FACTS}
        columns += [(f'{alias}."{name}" AS "{name}"', sentence) for name, sentence in measured.items()]
        joins.append(
            f'LEFT JOIN "{family}_versions" {alias} ON {alias}.ticket_key = t.ticket_key AND {{holds({alias})}}'
        )
    return (
        "-- One row a ticket with its current measures. Read by analysts.\n"
        f"CREATE VIEW ticket_audit AS\nSELECT\n{_listed(columns)}\nFROM ticket_versions t\n"
        + "\n".join(joins)
        + "\nWHERE {holds(t)}\n"
    )


def evidence(families: Families) -> str:
    """The members of every figure: one branch a published metric, found by day and attribute."""
    wanted = [
        (family, metric, figure, provisional)
        for family, metric, figure in _figures(families)
        for provisional in ((False, True) if figure.provisional_from else (False,))
    ]
    branches = [_branch(*one, is_first=number == 0) for number, one in enumerate(wanted)]
    return (
        "-- One row for each figure and each ticket or other unit that belongs to its cell, whether it counts or not,\n"
        "-- as it stood when the figure was published. Read by analysts, one figure at a time: WHERE figure_id = '…'.\n"
        "CREATE VIEW evidence AS\n" + "\nUNION ALL\n".join(branches) + "\n"
    )


def _figures(families: Families) -> Iterator[tuple[str, Metric, Figure]]:
    for family, modules in families.items():
        for module in modules.values():
            for figure in facts(module).figures:
                yield family, facts(module), figure


def _branch(family: str, metric: Metric, figure: Figure, provisional: bool, is_first: bool) -> str:
    number = "CAST(NULL AS BIGINT)" if metric.of == "ticket" else f"m.{metric.of}"
    state, why, value = _judged(metric, figure, provisional)
    columns = [
        ("f.figure_id AS figure_id", "The figure, as in the scorecard."),
        ("f.metric AS metric", "The figure's metric."),
        ("t.ticket AS ticket", "The source's name and the helpdesk's own id."),
        ("COALESCE(t.customer, t.ticket) AS customer", "Who counts once where the figure is weighted by customer."),
        (f"'{metric.of}' AS unit", "What is counted: a ticket, a turn or another unit of it."),
        (f"{number} AS number", "Which turn, promise … of the ticket it is; NULL for the ticket itself."),
        (f"CASE WHEN {why} IS NULL THEN 'in' ELSE 'out' END AS side", "in, if it counts in the figure, or out."),
        (f"{why} AS reason", "Why it does not count; NULL if it does."),
        (f"{state} AS state", "What is known of it: observed, or how far it got."),
        (f"CASE WHEN {why} IS NULL THEN {value} END AS contribution",
         "What it contributes: minutes, a count, or 1 and 0; NULL if out, or if it still runs: then it counts with its "
         "length up to the midnight of the publication."),
    ]  # fmt: skip
    listed = _listed(columns) if is_first else ",\n".join(f"    {code}" for code, _ in columns)
    return (
        f"SELECT\n{listed}\n"
        "FROM figures f\n"
        "CROSS JOIN ticket_versions t\n"
        f'JOIN "{family}_versions" m ON m.ticket_key = t.ticket_key AND {KNOWN.format("m")}\n'
        f"WHERE f.metric = '{figure.name}' AND {KNOWN.format('t')}\n"
        "    AND f.publication_run IN (SELECT run FROM publications WHERE kind = 'night')\n"
        "    AND (f.segment = 'all' OR t.segments LIKE '%,' || f.segment || ',%')\n"
        f"    AND {_within(metric, figure)}\n"
        f"{_only(figure, provisional)}"
        f"    AND f.breakdown_value = {_attribute(metric, 'f.breakdown')}\n"
        f"    AND f.breakdown_value_2 = {_attribute(metric, 'f.breakdown_2')}"
    )


def _within(metric: Metric, figure: Figure) -> str:
    """SQL: the member lies in the figure's period; what stands does so at the period's end."""
    if figure.stands:
        return "m.opened_on <= f.period_end AND (m.closed_on IS NULL OR m.closed_on > f.period_end)"
    return f"{DAY.get(metric.date_basis, f'm.{metric.date_basis}_on')} BETWEEN f.period_start AND f.period_end"


def _only(figure: Figure, provisional: bool) -> str:
    """SQL: the figures of which the branch speaks, where a metric has two kinds."""
    if not figure.provisional_from:
        return ""
    return f"    AND {PROVISIONAL}\n" if provisional else f"    AND NOT ({PROVISIONAL})\n"


def _judged(metric: Metric, figure: Figure, provisional: bool) -> tuple[str, str, str]:
    """SQL of a member's state, of the reason why it is out, and of what it contributes."""
    excluded = "WHEN t.exclusion_code IS NOT NULL THEN t.exclusion_reason"
    if figure.stands:
        return "'observed'", f"CASE {excluded} END", "1.0"
    column = figure.provisional_from if provisional else figure.column
    held = f'm."{column}"'
    if metric.unit == "minutes" or provisional:
        state = f'm."{column}_state"'
        outside = f"WHEN {state} IN ('not_applicable', 'unmeasurable') THEN {state}"
        # What was closed unanswered may have a sum, but counts like what still runs.
        return state, f"CASE {excluded} {outside} END", f"CASE WHEN {state} = 'observed' THEN {held} END"
    known = f"CASE WHEN {held} IS NULL THEN 'unknown' ELSE 'observed' END"
    outside = f"WHEN {held} IS NULL THEN 'does not apply, or cannot be known yet'"
    why = f"CASE {excluded} {outside} END"
    if metric.unit != "count":
        return known, why, f"CASE WHEN {held} THEN 1.0 ELSE 0.0 END"
    reached = f"CASE WHEN {held} >= {figure.at_least} THEN 1.0 ELSE 0.0 END"
    return known, why, f"CASE WHEN f.statistic = 'rate' THEN {reached} ELSE {held} END"


def _attribute(metric: Metric, breakdown: str) -> str:
    """SQL of the value by which a member belongs to a cell; NULL, so to none, for what it does not know."""
    team = f"t.team_{metric.attributed_at}"
    beside = UNITS.get(metric.of)
    if beside and beside.team:
        team = f"COALESCE(m.{beside.team}, t.team)"
    then = [column.name.removesuffix("_then") for column in beside.described] if beside else []
    known = {"team": team, **{name: f"t.{name}" for name in ATTRIBUTES}}
    known |= {name: f"t.{told}" for name in AS_OF if (told := f"{name}_{metric.attributed_at}") in TICKET_FACTS.c}
    known["agent"] = f"t.{AGENTS[metric.attributed_at]}, t.assignee"
    if beside and "responder" in {column.name for column in beside.described}:
        known["agent"] = "m.responder"
    known |= {name: f"m.{name}_then" for name in AS_OF if name in then}
    cases = " ".join(f"WHEN '{name}' THEN COALESCE({code}, '(none)')" for name, code in known.items())
    return f"CASE {breakdown} WHEN 'all' THEN '' WHEN '' THEN '' {cases} END"


def _listed(columns: list[tuple[str, str]]) -> str:
    last = len(columns) - 1
    return "\n".join(
        f"    {code}{'' if number == last else ','} -- {sentence}" for number, (code, sentence) in enumerate(columns)
    )
