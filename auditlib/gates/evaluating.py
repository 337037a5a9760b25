"""Great Expectations at work on one frame: in its own words, without what it repeats for every rule.

A suite of seven rules took a tenth of a second on an empty day, and a night has some twenty of them. Half of it went
into a data context with its configuration, written out three times a suite, and into describing each expectation
anew more than a hundred times while its metrics are gathered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from auditlib.gates.expectations import great_expectations
from auditlib.gates.suites import Suite

if TYPE_CHECKING:
    import pandas as pd

ROWS = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": 0}
"""Counts, and failing rows: without key columns they come as positions, at next to no cost."""
COUNTS = ROWS | {"result_format": "BASIC"}
PLAIN = (str, int, float, bool, type(None))


def evaluated(frame: pd.DataFrame, suite: Suite, expectations: list[Any]) -> list[Any]:
    """Great Expectations' own results, in its own order; nothing is written and nothing is sent."""
    great_expectations()
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.validator.validator import Validator

    validator = Validator(PandasExecutionEngine(batch_data_dict={suite.name: frame}))
    validator.metrics_calculator.show_progress_bars = False
    asked = ROWS if any(rule.quarantine for rule in suite.rules) else COUNTS
    with _described_once():
        wanted = [expectation.configuration for expectation in expectations]
        return validator.graph_validate(wanted, runtime_configuration={"result_format": dict(asked)})


@contextlib.contextmanager
def _described_once() -> Iterator[None]:
    """Within it, what describes rules and metrics is made once: none of it changes while a suite is evaluated."""
    from great_expectations.core.id_dict import IDDict
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    described: Any = Expectation.configuration
    quicker = [
        (Expectation, "configuration", property(_once(described.fget))),
        (ExpectationConfiguration, "to_domain_obj", _once(ExpectationConfiguration.to_domain_obj)),
        (IDDict, "to_id", _once_a_content(IDDict.to_id)),
    ]
    theirs = [(kind, name, kind.__dict__[name]) for kind, name, _ in quicker]
    try:
        for kind, name, ours in quicker:
            setattr(kind, name, ours)
        yield
    finally:
        for kind, name, own in theirs:
            setattr(kind, name, own)


def _once(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same of each object, asked for once."""
    made: dict[int, tuple[Any, Any]] = {}  # with the object itself, so that its id stays its own

    def known(of: Any) -> Any:
        if id(of) not in made:
            made[id(of)] = of, function(of)
        return made[id(of)][1]

    return known


def _once_a_content(name: Callable[..., Any]) -> Callable[..., Any]:
    """The id of some arguments, made once for all that are the same: a suite asks for some four hundred of them."""
    made: dict[frozenset[Any], Any] = {}

    def known(arguments: dict[str, Any], *narrowed: Any, **more: Any) -> Any:
        if narrowed or more or not all(isinstance(value, PLAIN) for value in arguments.values()):
            return name(arguments, *narrowed, **more)
        # With its type: 1 and True are equal, and not the same argument.
        content = frozenset((key, type(value), value) for key, value in arguments.items())
        if content not in made:
            made[content] = name(arguments)
        return made[content]

    return known
