"""Great Expectations at work on one frame: in its own words, without what it repeats for every rule.

A suite of seven rules took a tenth of a second on an empty day, and a night has some twenty of them. Half of it went
into a data context with its configuration, written out three times a suite, and into describing each expectation
anew more than a hundred times while its metrics are gathered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from auditlib.gates.expectations import great_expectations
from auditlib.gates.suites import Suite

if TYPE_CHECKING:
    import pandas as pd

ROWS = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": 0}
"""Counts, and failing rows: without key columns they come as positions, at next to no cost."""
COUNTS = ROWS | {"result_format": "BASIC"}


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
    """Within it, an expectation's configuration is made once: no expectation changes while it is evaluated."""
    from great_expectations.expectations import expectation

    kind: Any = expectation.Expectation
    theirs = kind.configuration
    made: dict[int, tuple[Any, Any]] = {}  # with the expectation itself, so that its id stays its own

    def configuration(self: Any) -> Any:
        if id(self) not in made:
            made[id(self)] = self, theirs.fget(self)
        return made[id(self)][1]

    kind.configuration = property(configuration)
    try:
        yield
    finally:
        kind.configuration = theirs
