"""No formula changes its meaning without a new version of its definition."""

import types

import pytest

from auditlib import metrics
from auditlib.span import Span
from tests import meanings

NOW = meanings.meanings()
ALWAYS = {"in_backlog", "seconds_in_no_status", "helpdesk_due_at__request_tracker"} | {
    f"{promised}_breaches__zendesk" for promised in ("agent_work", "pausable_update", "periodic_update")
}
"""What is 1 wherever it is measured, since that it stands is all that it says; what must be 0; what a helpdesk says,
which none of the frozen tickets has; and targets that the
frozen tickets miss only after their last event, which are counted by the formula of those that they miss before."""


def test_every_formula_means_what_its_version_has_always_meant():
    held = meanings.kept()
    assert meanings.silent(held, NOW) == []
    assert meanings.silent(held, meanings.former()) == [], "previous is not the formula of the version that it names"
    new = [f"{name} {version}" for name, (version, _) in NOW.items() if version not in held.get(name, {})]
    assert new == [], "keep what they mean: python -m tests.meanings"


@pytest.mark.parametrize("name", ["reply/first_reply", "turns/next_reply", "repeat/came_back"])
def test_a_formula_that_changes_slightly_is_noticed(name):
    family, metric = name.split("/")
    module = metrics.load_all()[family][metric]

    def value(t, **how):
        given = module.value(t, **how)
        values = given.minutes if isinstance(given, Span) else given
        values[-1 if values[-1] == values[-1] else (values == values).argmax()] += 1
        return given

    changed = types.SimpleNamespace(METRIC=module.METRIC, value=value, __doc__=module.__doc__, __file__="")
    version = module.METRIC.version
    now = {name: (version, meanings.meaning(changed))}
    assert [line.split(":")[0] for line in meanings.silent({name: {version: NOW[name][1]}}, now)] == [
        f"{name} {version} gives other values than it did"
    ]
    assert meanings.silent({name: {"0.9.0": NOW[name][1]}}, now) == []


def test_the_frozen_tickets_decide_something_of_every_metric():
    """A metric that says the same of everything would be frozen in name only."""
    t, names = meanings.frozen()
    constant = []
    for family, of in metrics.load_all().items():
        for name, module in of.items():
            for column, how in module.METRIC.columns.items():
                value = meanings.in_words(module.METRIC.unit, module.value(t, **how), names)
                told = {meanings.said(value, row) for row in range(len(value))}
                if len(told) < 2 and column not in ALWAYS:
                    constant.append(f"{family}/{name}: {column}")
    assert constant == []
