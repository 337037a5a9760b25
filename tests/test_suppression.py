"""Nobody can work out what is hidden: an attacker with linear algebra fails on everything that a period publishes."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.figures import rollup, suppression
from auditlib.metric import Figure
from tests.test_figures import BASIS, members, metric

FIGURE = Figure(
    name="came_back_rate_7d", column="x", statistics=("rate", "count"), title="Came back", better="lower",
    weightings=("ticket", "customer"),
)  # fmt: skip
TEAMS, CHANNELS = ("A", "B", "C"), ("email", "chat", "phone")
SEGMENTS = ("", ",premium,")
ATOMS = list(itertools.product(TEAMS, CHANNELS, SEGMENTS))
PAIRED = dataclasses.replace(
    BASIS,
    breakdowns=(("team",), ("channel",), ("team", "channel"), ("segment",), ("team", "segment")),
    segments=("premium",),
)


def indicator(row):
    """Of which kinds of tickets a cell is the sum, whatever their numbers: what the attacker knows of its name."""
    wanted = {row.breakdown: row.breakdown_value, row.breakdown_2: row.breakdown_value_2}
    return [
        wanted.get("team", team) == team
        and wanted.get("channel", channel) == channel
        and (row.segment == "all" or row.segment in segment)
        for team, channel, segment in ATOMS
    ]


def derived(rows):
    """Hidden cells whose n, and so also whose numerators, follow from those that are shown."""
    is_hidden = rows.suppressed_reason.fillna("").str.startswith("privacy")
    shown = np.array([indicator(row) for row in rows[~is_hidden].itertuples()], float)
    rank = np.linalg.matrix_rank(shown)
    return [
        row for row in rows[is_hidden].itertuples() if np.linalg.matrix_rank(np.vstack([shown, indicator(row)])) == rank
    ]


def published(tickets):
    team, channel, segment = zip(*[ATOMS[place] for place in tickets], strict=True)
    held = members(np.arange(len(tickets)) % 2, team=team)
    belongs = {"team": np.array(team, object), "channel": np.array(channel, object)}
    held = dataclasses.replace(held, belongs=belongs, segments=np.array(segment, object))
    return rollup.figures(metric(figure=FIGURE), FIGURE, held, PAIRED)


@given(st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120))
def test_no_hidden_cell_follows_from_what_the_same_period_publishes(tickets):
    rows = published(tickets)
    for _, of_period in rows.groupby(["period", "statistic", "weighting"]):
        assert not derived(of_period)
    hidden = rows[rows.suppressed_reason.fillna("").str.startswith("privacy")]
    told = ["value", "numerator", "denominator", "ci_low", "ci_high", "coverage", "target"]
    assert hidden[told].isna().all(axis=None)
    assert (hidden.n == 0).all()


@given(st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120))
def test_every_statistic_and_weighting_hides_the_same_cells(tickets):
    rows = published(tickets)
    rows = rows.assign(is_hidden=rows.suppressed_reason.fillna("").str.startswith("privacy"))
    cells = rows.groupby(["period", "period_start", *rollup.CELL]).is_hidden
    assert (cells.nunique() == 1).all()


@given(st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120))
def test_every_small_part_is_hidden_unless_it_is_the_whole(tickets):
    rows = published(tickets)
    whole = len(tickets)
    small = rows[(rows.n > 0) & (rows.n < BASIS.min_n) & ((rows.breakdown != "all") | (rows.segment != "all"))]
    assert (small.n == whole).all()


def test_a_lonely_small_cell_takes_the_smallest_of_its_neighbours_along():
    cells = {
        ("all", "team", name, "", ""): (n, key) for key, (name, n) in enumerate([("A", 30), ("B", 15), ("C", 3)], 1)
    }
    hidden = suppression.hidden({suppression.WHOLE: (48, 9), **cells}, 10)
    assert {cell[2] for cell in hidden} == {"B", "C"}


def test_two_small_cells_that_together_are_small_take_a_third_along():
    cells = {("all", "team", name, "", ""): (n, n) for name, n in [("A", 40), ("B", 20), ("C", 3), ("D", 2)]}
    hidden = suppression.hidden({suppression.WHOLE: (65, 9), **cells}, 10)
    assert {cell[2] for cell in hidden} == {"B", "C", "D"}


def test_a_segment_with_the_same_tickets_as_a_tier_is_hidden_with_it():
    cells = {
        ("all", "tier", "gold", "", ""): (4, 1),
        ("all", "tier", "basic", "", ""): (60, 2),
        ("golden", "all", "", "", ""): (4, 1),
    }
    hidden = suppression.hidden({suppression.WHOLE: (64, 3), **cells}, 10)
    assert ("golden", "all", "", "", "") in hidden


@pytest.mark.parametrize("shown", [True, False])
def test_the_attacker_finds_what_is_badly_hidden(shown):
    """The attack is worth something: with one of the two taken out of hiding it succeeds."""
    rows = published([0] * 30 + [6] * 15 + [12] * 3)
    rows = rows[(rows.period == "week") & (rows.statistic == "rate") & (rows.weighting == "ticket")]
    if shown:
        rows = rows.assign(suppressed_reason=rows.suppressed_reason.mask(rows.breakdown_value == "B"))
    assert bool(derived(pd.DataFrame(rows))) == shown
