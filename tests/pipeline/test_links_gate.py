"""The gate refuses links that cannot be, and tickets that do not add up."""

import pandas as pd
import pytest

from auditlib import gates

GOOD = {
    "later": [2, 3], "kind": ["repeat", "parallel"], "score": [1.0, 0.8], "solved_at": pd.array([5, None], "Int64"),
    "came_back_at": [6, 7], "earlier_created_at": [1, 2], "is_self": [False, False],
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values", "rule"),
    [
        ("later", [2, 2], "LNK-001"),
        ("solved_at", pd.array([7, None], "Int64"), "LNK-002"),
        ("earlier_created_at", [1, 8], "LNK-003"),
        ("is_self", [False, True], "LNK-004"),
        ("kind", ["repeat", "cousin"], "LNK-005"),
        ("score", [1.0, 1.1], "LNK-006"),
    ],
)
def test_a_link_that_cannot_be_is_refused(column, values, rule):
    assert gates.examine(pd.DataFrame(GOOD), "links").state == "passed"
    verdict = gates.examine(pd.DataFrame(GOOD | {column: values}), "links")
    assert verdict.state == "refused"
    assert any(rule in reason for reason in verdict.reasons)


@pytest.mark.parametrize(("column", "rule"), [("left_over", "SUM-001"), ("unlike", "SUM-002")])
def test_the_gate_refuses_tickets_that_do_not_add_up(column, rule):
    good = pd.DataFrame({"source": ["shop"], "tickets": [7], "left_over": [0], "unlike": [0]})
    assert gates.examine(good, "sums").state == "passed"
    verdict = gates.examine(good.assign(**{column: [1]}), "sums")
    assert verdict.state == "refused"
    assert rule in verdict.reasons[0]
