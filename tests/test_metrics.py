"""Every metric does what its page says, and has the properties that every metric must have."""

import dataclasses
import itertools
import os

import numpy as np
import pytest

from auditlib import metrics
from auditlib.metric import facts
from auditlib.span import NEVER, Span, State
from auditlib.worked_examples import Example, broken, examples, in_words, said, timelines

# Metrics of one's own, outside the package: AUDITLIB_METRICS=company/metrics
EXTRA = [folder for folder in os.environ.get("AUDITLIB_METRICS", "").split(os.pathsep) if folder]
MODULES = [(family, name, module) for family, of in metrics.load_all(EXTRA).items() for name, module in of.items()]
CASES = [
    pytest.param(module, example, id=f"{family}/{name}: {example.title}")
    for family, name, module in MODULES
    for example in examples(module.__doc__)
]


def values(module, t, example: Example) -> dict:
    """(ticket, number of the unit) → column → (value, state)."""
    metric = facts(module)
    names = list(dict.fromkeys(row["ticket"] for row in example.happened))
    found: dict = {}
    for column, how in metric.columns.items():
        value = in_words(metric.unit, module.value(t, **how), names)
        units = list(zip(t.units(metric.of).ticket.tolist(), t.units(metric.of).number.tolist(), strict=True))
        assert len(value) == len(units)
        for row, (ticket, number) in enumerate(units):
            found.setdefault((names[ticket], number), {})[column] = said(value, row)
    return found


@pytest.mark.parametrize(("module", "example"), CASES)
def test_the_page_tells_the_truth(module, example):
    assert example.values
    assert broken(facts(module), module.value, example) == []


@pytest.mark.parametrize(("module", "example"), CASES)
def test_strangers_do_not_matter(module, example):
    strangers = tuple(
        {
            **row,
            "ticket": f"{row['ticket']}-stranger",
            "customer": f"{row.get('customer') or row['ticket']}-stranger",
            **{name: f"{row[name]}-stranger" for name in ("follow_up_of", "quotes", "merged_into") if row.get(name)},
        }
        for row in example.happened
    )
    crowd = dataclasses.replace(
        example, happened=tuple(itertools.chain(*zip(strangers, example.happened, strict=True)))
    )
    alone, together = values(module, timelines(example), example), values(module, timelines(crowd), crowd)
    assert {unit: together[unit] for unit in alone} == alone


@pytest.mark.parametrize(("module", "example"), CASES)
def test_the_order_of_rows_does_not_matter(module, example):
    by_time = tuple(sorted(example.happened, key=lambda row: row["when"]))
    sorted_example = dataclasses.replace(example, happened=by_time)
    assert values(module, timelines(sorted_example), example) == values(module, timelines(example), example) or [
        row["ticket"] for row in by_time
    ] != [row["ticket"] for row in example.happened]
    reordered = values(module, timelines(sorted_example), sorted_example)
    assert reordered == values(module, timelines(example), example)


@pytest.mark.parametrize(("module", "example"), CASES)
def test_what_happens_later_changes_nothing_before_the_watermark(module, example):
    as_of = example.as_of()
    name = example.happened[0]["ticket"]
    later = [
        {"ticket": name, "when": "2031-01-06 10:00", "who": "customer", "what": "writes"},
        {"ticket": name, "when": "2031-01-06 11:00", "who": "agent", "what": "writes"},
        {"ticket": name, "when": "2031-01-06 12:00", "who": "agent", "what": "status: solved"},
    ]
    longer = dataclasses.replace(example, happened=(*example.happened, *later))
    assert values(module, timelines(longer, as_of), longer) == values(module, timelines(example), example)


@pytest.mark.parametrize(("module", "example"), CASES)
def test_nothing_in_gives_nothing_out(module, example):
    t = timelines(example)
    nothing = dataclasses.replace(
        t,
        tickets={k: v[:0] for k, v in t.tickets.items()},
        events={k: v[:0] for k, v in t.events.items()},
        cut=t.cut[:0],
        links=type(t.links).none(),
    )
    assert all(len(module.value(nothing, **how)) == 0 for how in facts(module).columns.values())


@pytest.mark.parametrize(("module", "example"), CASES)
def test_a_duration_has_minutes_exactly_when_it_was_observed(module, example):
    t = timelines(example)
    for how in facts(module).columns.values():
        value = module.value(t, **how)
        if isinstance(value, Span):
            # A sum that was closed unanswered has come to something; a single wait has not.
            ended = value.state == State.closed_unanswered if value.accrued is not None else False
            assert (((value.state == State.observed) | ended) == ~np.isnan(value.minutes)).all()
            assert (value.minutes[~np.isnan(value.minutes)] >= 0).all()
        if hasattr(module, "changes_at"):
            at = module.changes_at(t, **how)
            assert ((at > t.mature_until) | (at == NEVER)).all()


@pytest.mark.parametrize(("family", "name", "module"), MODULES, ids=[f"{f}/{n}" for f, n, _ in MODULES])
def test_a_metric_has_examples_and_its_family_one_unit(family, name, module):
    assert examples(module.__doc__), f"{family}/{name} has no worked example"
    assert len({facts(m).of for f, _, m in MODULES if f == family}) == 1


def test_no_two_metrics_have_a_column_or_a_figure_of_the_same_name():
    columns = [column for _, _, module in MODULES for column in facts(module).columns]
    figures = [figure.name for _, _, module in MODULES for figure in facts(module).figures]
    assert sorted(set(columns)) == sorted(columns)
    assert sorted(set(figures)) == sorted(figures)
