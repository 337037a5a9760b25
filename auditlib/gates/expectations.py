"""Rules as Great Expectations' own objects, built so that nothing is dropped in silence."""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from auditlib.gates.conditions import condition
from auditlib.gates.suites import GateError, Rule

OURS = ("row_condition", "severity", "notes", "id")
"""Words that belong beside kwargs; the rest that no rule may set would change how it is evaluated."""
FORBIDDEN = (*OURS, "condition_parser", "meta", "result_format", "catch_exceptions", "batch_id", "windows")


def great_expectations() -> ModuleType:
    """Great Expectations itself, quiet and without telemetry. Its import takes seconds."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations

    return great_expectations


def built(rule: Rule, parameters: Mapping[str, Any]) -> Any:
    """The rule as an expectation, its `$PARAMETER`s filled in.

    Raises GateError where a suite of Great Expectations would log a line, drop the rule and pass.
    """
    great_expectations()
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

    kwargs = {word: _filled(value, parameters, rule) for word, value in rule.kwargs.items()}
    kind = _kind(rule)
    _check_words(rule, kind)
    if rule.row_condition:
        kwargs["row_condition"] = condition(rule.row_condition, rule.place)
    severity = FailureSeverity(rule.severity)
    try:
        return ExpectationConfiguration(
            rule.type, kwargs, meta={"rule": rule.id}, notes=rule.notes, severity=severity
        ).to_domain_obj()
    except Exception as refusal:  # whatever it raises, the rule cannot be used
        raise GateError(f"{rule.place}: {_sentence(refusal)}; {rule.type} takes {_words(kind)}") from None


def _kind(rule: Rule) -> Any:
    """The class of the rule's type."""
    from great_expectations.expectations import registry

    known = registry.list_registered_expectation_implementations()
    if rule.type not in known:
        likely = difflib.get_close_matches(rule.type, known, n=2) or ["one of its gallery"]
        raise GateError(f"{rule.place}: Great Expectations has no {rule.type!r}; write {' or '.join(likely)}")
    return registry.get_expectation_impl(rule.type)


def _check_words(rule: Rule, kind: Any) -> None:
    from great_expectations.expectations import expectation

    for word in rule.kwargs:
        if word in FORBIDDEN:
            remedy = "write it beside kwargs" if word in OURS else "leave it out"
            raise GateError(f"{rule.place}: {word} is not for kwargs; {remedy}")
    if rule.kwargs.get("mostly") == 0:
        raise GateError(f"{rule.place}: mostly = 0 can never fail; write the share of rows that must pass")
    if issubclass(kind, expectation.ColumnPairMapExpectation) and "ignore_row_if" not in rule.kwargs:
        raise GateError(
            f"{rule.place}: missing values compare differently from engine to engine; write "
            'ignore_row_if = "either_value_is_missing" (and another rule that they are not null) or "neither"'
        )
    looks_at_rows = (
        expectation.ColumnMapExpectation,
        expectation.ColumnPairMapExpectation,
        expectation.MulticolumnMapExpectation,
    )
    if rule.quarantine and not issubclass(kind, looks_at_rows):
        raise GateError(f"{rule.place}: {rule.type} names no rows, so it cannot quarantine; leave quarantine out")


def _filled(value: Any, parameters: Mapping[str, Any], rule: Rule) -> Any:
    """The value, or the parameter that {"$PARAMETER" = "name"} names."""
    if not isinstance(value, Mapping) or "$PARAMETER" not in value:
        return value
    name = value["$PARAMETER"]
    if name not in parameters:
        given = ", ".join(sorted(parameters)) or "none"
        raise GateError(f"{rule.place}: no parameter {name!r} was given; given: {given}")
    return parameters[name]


def _words(kind: Any) -> str:
    """The kwargs that the type takes."""
    from great_expectations.expectations.expectation import Expectation

    return ", ".join(word for word in kind.__fields__ if word not in Expectation.__fields__ and word not in FORBIDDEN)


def _sentence(refusal: Exception) -> str:
    """A refusal in one line: pydantic lists one for every type that a value might have had."""
    errors = getattr(refusal, "errors", None)
    if errors is None:
        return str(refusal)
    first: dict[str, str] = {}
    for error in errors():
        first.setdefault(".".join(map(str, error["loc"])), error["msg"])
    return "; ".join(f"{where}: {message}" for where, message in first.items())
