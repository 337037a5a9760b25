"""Nobody can work out what is hidden: an attacker with linear algebra fails on everything that a period publishes."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from auditlib.figures import privacy, rollup, suppression
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


def published(tickets, before=None):
    """What a period publishes; `before`: what it published when it had not all of its tickets yet."""
    basis = PAIRED if before is None else dataclasses.replace(PAIRED, hidden={FIGURE.name: kept_back(before)})
    return rollup.figures(metric(figure=FIGURE), FIGURE, of_tickets(tickets), basis)


def of_tickets(tickets):
    """The members of a figure: a ticket of each of these kinds."""
    team, channel, segment = zip(*[ATOMS[place] for place in tickets], strict=True)
    held = members(np.arange(len(tickets)) % 2, team=team)
    belongs = {"team": np.array(team, object), "channel": np.array(channel, object)}
    return dataclasses.replace(held, belongs=belongs, segments=np.array(segment, object))


def kept_back(rows):
    """The cells that are hidden."""
    is_hidden = rows.suppressed_reason.fillna("").str.startswith("privacy")
    names = ["period", "period_start", *privacy.CELL]
    return frozenset(rows.loc[is_hidden, names].itertuples(index=False, name=None))


@given(st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120))
def test_no_hidden_cell_follows_from_what_the_same_period_publishes(tickets):
    rows = published(tickets)
    for _, of_period in rows.groupby(["period", "statistic", "weighting"]):
        assert not derived(of_period)
    hidden = rows[rows.suppressed_reason.fillna("").str.startswith("privacy")]
    told = ["value", "numerator", "denominator", "ci_low", "ci_high", "coverage", "target"]
    assert hidden[told].isna().all(axis=None)
    assert (hidden.n == 0).all()


def across(first, second):
    """Cells hidden in both of two publications that follow from what the two show together, to somebody who knows
    which tickets came in between: from then on both speak of the same unknowns."""
    both = kept_back(first) & kept_back(second)
    is_hidden = [
        row in both for row in second[["period", "period_start", *privacy.CELL]].itertuples(index=False, name=None)
    ]
    shown = [rows[~rows.suppressed_reason.fillna("").str.startswith("privacy")] for rows in (first, second)]
    known = np.array([indicator(row) for rows in shown for row in rows.itertuples()], float)
    rank = np.linalg.matrix_rank(known)
    return [
        row
        for row in second[is_hidden].itertuples()
        if np.linalg.matrix_rank(np.vstack([known, indicator(row)])) == rank
    ]


NEWER = dataclasses.replace(FIGURE, name="another_rate")
"""Another figure of the same tickets, such as *asked again three times* beside *asked again*."""


def published_of_both(tickets, before):
    """What a period publishes of two figures of the same tickets, of which one is published for the first time."""
    held, history = of_tickets(tickets), {FIGURE.name: kept_back(before)}
    basis = dataclasses.replace(PAIRED, hidden=history)
    asked = [rollup.Asked(metric(figure=figure), figure, held, basis) for figure in (FIGURE, NEWER)]
    return rollup.together(asked)


@given(
    st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120),
    st.lists(st.integers(0, len(ATOMS) - 1), max_size=12),
)
def test_figures_of_the_same_tickets_do_not_tell_together_what_neither_tells(tickets, late):
    """Everything that the period publishes of both is put into the equations, numerators and denominators alike."""
    both = published_of_both(tickets + late, published(tickets))
    for _, of_period in both.groupby(["period", "statistic", "weighting"]):
        assert set(of_period.metric) == {FIGURE.name, NEWER.name}
        assert not derived(of_period)


def test_figures_that_are_decided_one_by_one_show_what_the_others_keep_back():
    """The attack on both together is worth something: it succeeds where a new figure knows nothing of the others."""
    tickets, late = [0] * 40 + [6] * 20 + [12] * 19 + [3] * 3, [12] * 2
    held, history = of_tickets(tickets + late), {FIGURE.name: kept_back(published(tickets))}
    basis = dataclasses.replace(PAIRED, hidden=history)
    alone = [rollup.figures(metric(figure=figure), figure, held, basis) for figure in (FIGURE, NEWER)]
    for rows, is_safe in ((pd.concat(alone), False), (published_of_both(tickets + late, published(tickets)), True)):
        weeks = rows[(rows.period == "week") & (rows.statistic == "rate") & (rows.weighting == "ticket")]
        assert (not derived(weeks)) == is_safe


def weekly(rows):
    return rows[(rows.period == "week") & (rows.statistic == "rate") & (rows.weighting == "ticket")]


@given(
    st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120),
    st.lists(st.integers(0, len(ATOMS) - 1), max_size=12),
)
def test_two_publications_of_a_period_do_not_tell_together_what_neither_tells(tickets, late):
    first = published(tickets)
    second = published(tickets + late, first)
    assert not across(weekly(first), weekly(second))


def test_a_late_ticket_does_not_choose_another_cell_to_hide_beside_a_small_one():
    """Shown once without C and once without B, the whole less the others would tell D."""
    first = {("all", "team", name, "", ""): (n, n) for name, n in [("A", 40), ("B", 20), ("C", 19), ("D", 3)]}
    hidden = suppression.hidden({suppression.WHOLE: (82, 99), **first}, 10)
    assert {cell[2] for cell in hidden} == {"C", "D"}
    later = {suppression.WHOLE: (84, 98), **first, ("all", "team", "C", "", ""): (21, 97)}
    assert {cell[2] for cell in suppression.hidden(later, 10)} == {"B", "D"}
    assert {cell[2] for cell in suppression.hidden(later, 10, frozenset(hidden))} == {"C", "D"}


def test_a_bound_that_counts_must_be_whole_and_not_negative_does_not_pin_a_hidden_cell_either():
    """What is hidden can still be at least two numbers, for whoever knows that nobody counts less than nothing."""
    for tickets in (
        [0] * 30 + [6] * 15 + [12] * 3,
        [0] * 12 + [1] * 9 + [6] * 11 + [7] * 2,
        [0] * 25 + [3] * 11 + [8] * 4,
    ):
        rows = weekly(published(tickets))
        is_hidden = rows.suppressed_reason.fillna("").str.startswith("privacy")
        known = np.array([indicator(row) for row in rows[~is_hidden].itertuples()], float)
        counts = rows[~is_hidden].n.to_numpy(float)
        assert is_hidden.any()
        for row in rows[is_hidden].itertuples():
            of = np.array(indicator(row), float)
            low, high = (
                sign * optimize.linprog(sign * of, A_eq=known, b_eq=counts, bounds=(0, None)).fun for sign in (1, -1)
            )
            assert high - low >= 1, (tickets, row)


@given(st.lists(st.integers(0, len(ATOMS) - 1), min_size=10, max_size=120))
def test_every_statistic_and_weighting_hides_the_same_cells(tickets):
    rows = published(tickets)
    rows = rows.assign(is_hidden=rows.suppressed_reason.fillna("").str.startswith("privacy"))
    cells = rows.groupby(["period", "period_start", *privacy.CELL]).is_hidden
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
