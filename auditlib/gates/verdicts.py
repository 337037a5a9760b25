"""The verdict on a table: every rule's result, what is refused, and which tickets go aside."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from auditlib.gates.evaluating import evaluated
from auditlib.gates.expectations import built
from auditlib.gates.parts import counted, of_parts, summed
from auditlib.gates.results import Result, as_row, in_words, what_was_seen, why_unevaluated
from auditlib.gates.suites import GateError, Rule, Suite, read_suite

if TYPE_CHECKING:
    import pandas as pd

State = Literal["passed", "warned", "refused", "error"]
Broken = dict[str, list[int]]  # the rows to put aside, by rule

FLOOR_NOTES = "Too few rows: nothing was collected, which is not the same as nothing having happened."
SHARE_NOTES = "So many false tickets are no accident: find the common cause before any figure is trusted."


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a gate says about a table. Only `passed` and `warned` let it through."""

    state: State
    rows: int
    results: list[Result]
    """One a rule, as the table validation_log keeps them: the floor, the suite in its order,
    the share in quarantine. Counts only, never a value of the table."""
    bad: pd.Series
    """Ids of the rules that each failing row broke, by the row's position."""
    quarantined: pd.Series
    """Ids of the rules that each ticket broke, by ticket. Empty if nothing quarantines."""
    counts: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    """What was counted for each rule, by its id, in Great Expectations' words."""
    tickets: int = 0
    """How many tickets there are, where a rule quarantines …"""
    ownerless: int = 0
    """… and how many failing rows belong to none."""

    @property
    def reasons(self) -> list[str]:
        """A sentence for every rule that did not pass, with its notes."""
        return [in_words(result) for result in self.results if result["state"] != "pass"]


def examine(
    frame: pd.DataFrame,
    suite: str | Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    extra: Iterable[Mapping[str, Any]] = (),
    proven_quiet: bool = False,
    folder: Path | None = None,
    max_share: float | None = None,
) -> Verdict:
    """The verdict of a suite (a name in `folder`, default expectations/, or a path) on a frame.

    `parameters` fill in `$PARAMETER`s, `extra` are further entries, `proven_quiet` lifts the
    floor, `max_share` replaces the suite's. Rules that quarantine put tickets aside instead of
    refusing, up to that share. Raises GateError for a suite that cannot be used.
    """
    read = read_suite(suite, extra, folder)
    if max_share is not None:
        read = dataclasses.replace(read, max_share=max_share)
    expectations = [built(rule, parameters or {}) for rule in read.rules]
    frame = frame.reset_index(drop=True)  # so that failing rows are named by their position
    _check_key(frame, read)
    results: list[Result] = [_floor(read, len(frame), proven_quiet)]
    broken: Broken = {}
    counts: dict[str, Mapping[str, Any]] = {}
    if len(frame):
        found, broken, counts = _validated(frame, read, expectations)
        results += found
    bad = _by_row(broken)
    quarantined = _by_ticket(frame, bad, read)
    tickets, ownerless = _owners(frame, bad, read)
    if len(frame) and any(rule.quarantine for rule in read.rules):
        results.append(_share(tickets, ownerless, len(quarantined), read))
    return Verdict(_state(results, read), len(frame), results, bad, quarantined, counts, tickets, ownerless)


def together(parts: Sequence[Verdict], suite: str | Path, folder: Path | None = None) -> Verdict:
    """The verdict on a table of which parts were examined, each of tickets that are in no other.

    Counts add up, and a rule's share is that of the whole. Failing rows are named by their position in the whole.
    """
    if len(parts) == 1:
        return parts[0]
    read = read_suite(suite, folder=folder)
    rows = sum(part.rows for part in parts)
    results = [_floor(read, rows, proven_quiet=False)]
    counts = {
        rule.id: summed([part.counts[rule.id] for part in parts if rule.id in part.counts]) for rule in read.rules
    }
    for rule in read.rules:
        told = [result for part in parts for result in part.results if result["rule"] == rule.id]
        results.append(of_parts(read, rule, told, counts[rule.id]))
    starts = itertools.accumulate((part.rows for part in parts), initial=0)
    bad = {start + row: rules for start, part in zip(starts, parts, strict=False) for row, rules in part.bad.items()}
    quarantined = {ticket: rules for part in parts for ticket, rules in part.quarantined.items()}
    tickets, ownerless = sum(part.tickets for part in parts), sum(part.ownerless for part in parts)
    if any(rule.quarantine for rule in read.rules):
        results.append(_share(tickets, ownerless, len(quarantined), read))
    return Verdict(_state(results, read), rows, results, _series(bad), _series(quarantined), counts, tickets, ownerless)


def _check_key(frame: pd.DataFrame, suite: Suite) -> None:
    if len(frame) and suite.key is not None and suite.key not in frame.columns:
        raise GateError(f"{suite.name}.toml, [quarantine]: the frame has no column {suite.key}; name its tickets")


def _validated(
    frame: pd.DataFrame, suite: Suite, expectations: list[Any]
) -> tuple[list[Result], Broken, dict[str, Mapping[str, Any]]]:
    """Every rule's result in the suite's order, the rows that each quarantining rule found, and what was counted."""
    outcomes: dict[str, list[Any]] = {}
    for outcome in evaluated(frame, suite, expectations):
        outcomes.setdefault(outcome.expectation_config.meta["rule"], []).append(outcome)
    results: list[Result] = []
    broken: Broken = {}
    for rule in suite.rules:
        result, broken[rule.id] = _judged(rule, suite, outcomes.get(rule.id, []), frame)
        results.append(result)
    return results, broken, {rule: counted(found) for rule, found in outcomes.items()}


def _judged(rule: Rule, suite: Suite, outcomes: list[Any], frame: pd.DataFrame) -> tuple[Result, list[int]]:
    """A rule's result, and the rows to put aside."""
    if len(outcomes) != 1:
        return as_row(suite, rule, error=f"evaluated {len(outcomes)} times instead of once"), []
    [outcome] = outcomes
    counts = outcome.result or {}
    rows = (counts.get("unexpected_index_list") or []) if rule.quarantine else []
    error = why_unevaluated(rule, outcome, frame)
    failing = counts.get("unexpected_count")
    if error is None and rule.quarantine and len(rows) != failing:
        error = f"names {len(rows)} of {failing} failing rows: they cannot be put aside"
    return as_row(suite, rule, bool(outcome.success), counts, what_was_seen(counts), error), rows


def _floor(suite: Suite, rows: int, proven_quiet: bool) -> Result:
    rule = _own(suite, "floor", "expect_table_row_count_to_be_between", FLOOR_NOTES, min_value=suite.floor)
    quiet = ", on a night proven quiet" if proven_quiet else ""
    return as_row(suite, rule, rows >= suite.floor or proven_quiet, observed=f"{rows} rows{quiet}")


def _owners(frame: pd.DataFrame, bad: pd.Series, suite: Suite) -> tuple[int, int]:
    """How many tickets there are, and how many failing rows belong to none; nothing where no rule quarantines."""
    if not len(frame) or suite.key is None:
        return 0, 0
    return int(frame[suite.key].nunique()), int(frame.loc[bad.index, suite.key].isna().sum())


def _share(tickets: int, ownerless: int, count: int, suite: Suite) -> Result:
    """Whether few enough tickets go aside, and every failing row belongs to one."""
    rule = _own(suite, "quarantine", "share of tickets in quarantine", SHARE_NOTES, column=str(suite.key))
    is_true = not ownerless and (count <= suite.few or count <= suite.max_share * tickets)
    percent = 100 * count / tickets if tickets else None
    counts = {"element_count": tickets, "unexpected_count": count, "unexpected_percent": percent}
    observed = f"{ownerless} failing rows belong to no ticket" if ownerless else None
    return as_row(suite, rule, is_true, counts, observed)


def _own(suite: Suite, name: str, kind: str, notes: str, **kwargs: Any) -> Rule:
    """A rule that belongs to every suite, written as if it stood in its file."""
    return Rule(f"{suite.name}-{name}", kind, kwargs, "critical", notes, False, None, f"[{name}]")


def _by_row(broken: Broken) -> pd.Series:
    rules: dict[int, list[str]] = {}
    for rule, rows in broken.items():
        for row in rows:
            rules.setdefault(int(row), []).append(rule)
    return _series({row: rules[row] for row in sorted(rules)})


def _by_ticket(frame: pd.DataFrame, bad: pd.Series, suite: Suite) -> pd.Series:
    if not len(bad):
        return _series({})
    owners = frame.loc[bad.index, str(suite.key)]
    rules: dict[Any, list[str]] = {}
    for ticket, broken in zip(owners[owners.notna()], bad[owners.notna()], strict=True):
        known = rules.setdefault(ticket, [])
        known.extend(rule for rule in broken if rule not in known)
    return _series({ticket: sorted(rules[ticket]) for ticket in rules})


def _series(rules: Mapping[Any, list[str]]) -> pd.Series:
    import pandas as pd

    return pd.Series(list(rules.values()), index=list(rules), dtype=object)


def _state(results: list[Result], suite: Suite) -> State:
    aside = {rule.id for rule in suite.rules if rule.quarantine}
    failed = [result for result in results if result["state"] == "fail"]
    if any(result["state"] == "error" for result in results):
        return "error"
    if any(result["severity"] == "critical" and result["rule"] not in aside for result in failed):
        return "refused"
    return "warned" if any(result["severity"] != "info" for result in failed) else "passed"
