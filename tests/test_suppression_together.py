"""Nobody can work out what is hidden out of all metrics together: an attacker who knows what they have in common.

The attacker solves nothing of ours: tickets are of kinds (team, channel, segment, and which metrics count them), each
published count is the sum of some kinds, and what a hidden count can still be is asked of a linear program. It knows
that a metric that counts some of another's tickets counts no more than that one, and that on some channels, by
definition, it counts all of them.
"""

import dataclasses
import functools
import itertools

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg, optimize

from auditlib.figures import openness, privacy, rollup
from auditlib.metric import Figure
from tests.test_figures import BASIS, members, metric

TEAMS, CHANNELS = ("A", "B", "C"), ("email", "chat", "phone")
COUNTED = ((), ("answered",), ("answered", "rated"))
"""What beside *created* counts a ticket: who rated it was answered."""
KINDS = [
    kind
    for kind in itertools.product(TEAMS, TEAMS, CHANNELS, ("", ",premium,"), COUNTED)
    if kind[2] != "chat" or "answered" in kind[4]
]
"""Team at the creation, team at the reply, channel, segment; every chat is answered, and everybody knows it."""
BREAKDOWNS = (("team",), ("channel",), ("team", "channel"), ("segment",), ("team", "segment"))
WIDE = dataclasses.replace(BASIS, breakdowns=BREAKDOWNS, segments=("premium",))


def figure(name, statistics=("rate",), breakdowns=("team", "channel", "segment")):
    return Figure(
        name=name, column="x", statistics=statistics, title=name, better="lower", breakdowns=breakdowns,
        periods=("week",),
    )  # fmt: skip


METRICS = {
    "tickets": (figure("tickets", ("count",)), None, 0),
    "chased": (figure("chased", breakdowns=("team", "segment")), None, 0),
    "fast": (figure("fast"), "answered", 0),
    "kind": (figure("kind", breakdowns=("team",)), "answered", 1),
    "happy": (figure("happy", breakdowns=("channel",)), "rated", 0),
}
"""Name → figure, what a ticket has to be for it (None: anything), and which of its two teams it is charged to."""


def is_in(name, kind):
    wanted = METRICS[name][1]
    return wanted is None or wanted in kind[4]


def asked(name, kinds, basis=WIDE, store=5):
    """A metric's members out of tickets of these kinds; each store has surrogates of its own."""
    of, _, charged = METRICS[name]
    mine = [place for place, kind in enumerate(kinds) if is_in(name, kind)]
    team = np.array([kinds[place][charged] for place in mine], object)
    keys = np.random.default_rng(store).permutation(2**40 + np.arange(len(kinds)) * 2**20)[mine]
    held = members(np.array(mine, float) % 2, team=team, keys=keys, customer=np.array(mine, int))
    channel = np.array([kinds[place][2] for place in mine], object)
    segments = np.array([kinds[place][3] for place in mine], object)
    held = dataclasses.replace(held, belongs={"team": team, "channel": channel}, segments=segments)
    return rollup.Asked(metric(figure=of), of, held, basis)


def published(kinds, basis=WIDE, store=5):
    return rollup.together([asked(name, kinds, basis, store) for name in METRICS])


def sums_of(row):
    """Of which kinds a published count is the sum."""
    charged = METRICS[row.metric][2]
    wanted = {row.breakdown: row.breakdown_value, row.breakdown_2: row.breakdown_value_2}
    return [
        is_in(row.metric, kind)
        and wanted.get("team", kind[charged]) == kind[charged]
        and wanted.get("channel", kind[2]) == kind[2]
        and (row.segment == "all" or row.segment in kind[3])
        for kind in KINDS
    ]


def is_hidden(rows):
    return rows.suppressed_reason.fillna("").str.startswith("privacy").to_numpy(bool)


def bounds(rows):
    """What each hidden count can be, least and most, for whoever knows everything that is shown."""
    gone = is_hidden(rows)
    known = np.array([sums_of(row) for row in rows[~gone].itertuples()], float)
    counts = rows[~gone].n.to_numpy(float)

    @functools.cache
    def end(of, way):
        told = optimize.linprog(way * np.array(of, float), A_eq=known, b_eq=counts, bounds=(0, None), method="highs")
        return way * told.fun

    for row in rows[gone].itertuples():
        of = tuple(sums_of(row))
        yield row, end(of, 1), end(of, -1)


def derived(rows, kinds):
    """Hidden cells whose n follows, and is not shown as another metric's whole, which is never hidden."""
    wholes = {tickets_of(row, kinds) for row in rows.itertuples() if (row.segment, row.breakdown) == ("all", "all")}
    told = [row for row, low, high in bounds(rows) if high - low < 1 - 1e-6]
    return [row for row in told if tickets_of(row, kinds) not in wholes]


def tickets_of(row, kinds):
    of = sums_of(row)
    return frozenset(place for place, kind in enumerate(kinds) if of[KINDS.index(kind)])


ANY = st.lists(st.sampled_from(KINDS), min_size=10, max_size=150)
FEW = st.lists(st.sampled_from(KINDS), min_size=4, max_size=12, unique=True).flatmap(
    lambda some: st.lists(st.sampled_from(some), min_size=20, max_size=150)
)
"""Companies in which only some kinds of tickets occur: then metrics count the same tickets in many cells."""


@given(st.one_of(ANY, FEW))
def test_no_hidden_cell_follows_from_all_metrics_together(kinds):
    assert not derived(published(kinds), kinds)


@given(st.one_of(ANY, FEW))
def test_the_same_company_hides_the_same_in_every_store(kinds):
    """Surrogates are drawn anew in each store; what is shown must not depend on them."""
    one, other = (
        rows.assign(is_hidden=is_hidden(rows)).set_index("cell_id").is_hidden.sort_index()
        for rows in (published(kinds), published(kinds, store=6))
    )
    pd.testing.assert_series_equal(one, other)


APART = [
    *[("A", "A", "email", "", ("answered", "rated"))] * 12,
    *[("A", "A", "email", "", ())] * 18,
    *[("A", "B", "chat", "", ("answered",))] * 20,
    *[("B", "B", "phone", "", ("answered",))] * 5,
]
"""Beside phone, chat is the smallest of all tickets, and email of those that were answered."""


def test_metrics_that_are_decided_one_by_one_tell_together_what_each_keeps_back():
    """The attack is worth something: what one shows beside a small cell, the other keeps back."""
    kinds = APART
    alone = pd.concat([rollup.together([asked(name, kinds)]) for name in METRICS], ignore_index=True)
    assert derived(alone, kinds)
    assert not derived(published(kinds), kinds)


def test_cells_of_the_same_tickets_are_hidden_of_all_metrics_or_of_none():
    """Whatever they are called: calls, and the tickets of the team that took all calls."""
    rows = published(APART)
    fates = {}
    for row, gone in zip(rows.itertuples(), is_hidden(rows), strict=True):
        if (row.segment, row.breakdown) != ("all", "all"):
            fates.setdefault(tickets_of(row, APART), set()).add(bool(gone))
    assert all(len(fate) == 1 for fate in fates.values())
    assert {True} in fates.values()
    assert {False} in fates.values()


def hidden_cells(rows):
    columns = ["period", "period_start", *privacy.CELL]
    return frozenset(rows.loc[is_hidden(rows), columns].itertuples(index=False, name=None))


def test_a_night_that_computes_one_metric_leaves_hidden_what_is_hidden_for_another_ones_sake():
    """Nothing came to the week; without the others the metric by itself would show chat again."""
    nothing = {period: np.zeros(0, "datetime64[D]") for period in ("week", "month", "day")}
    every = published(APART)
    for name in METRICS:
        kept = {name: hidden_cells(every[every.metric == name])}
        later = rollup.together([asked(name, APART, dataclasses.replace(WIDE, decided=nothing, kept=kept))])
        assert hidden_cells(later) == kept[name]
    anew = [hidden_cells(rollup.together([asked(name, APART)])) for name in METRICS]
    assert anew != [hidden_cells(every[every.metric == name]) for name in METRICS]


def test_a_week_that_is_shown_does_not_tell_its_hidden_day():
    """Twelve tickets of each of two sources every day, but on Sunday one has three."""
    week = np.datetime64("2026-03-02")
    day = np.repeat(np.tile(week + np.arange(7), 2), [12] * 13 + [3])
    source = np.array(["one"] * 84 + ["two"] * 75, object)
    of = dataclasses.replace(figure("tickets", ("count",), ("source",)), periods=("week", "day"))
    held = dataclasses.replace(members(np.ones(159)), day=day, belongs={"source": source})
    basis = dataclasses.replace(BASIS, breakdowns=(("source",),))
    rows = rollup.figures(metric(figure=of), of, held, basis)
    parts = rows[rows.breakdown == "source"].assign(is_hidden=is_hidden(rows[rows.breakdown == "source"]))
    for _, of_source in parts.groupby("breakdown_value"):
        assert of_source.is_hidden.sum() >= 2
    assert parts[(parts.period == "day") & parts.is_hidden].period_start.unique().tolist() == ["2026-03-08"]


def equations(draw_from):
    terms = st.dictionaries(draw_from, st.sampled_from((-1, 1, 1)), min_size=1, max_size=5)
    return st.lists(terms.map(lambda told: list(told.items())), min_size=1, max_size=12)


@given(equations(st.integers(0, 9)))
def test_what_is_determined_is_what_the_null_space_leaves_alone(rows):
    matrix = np.zeros((len(rows), 10))
    for number, row in enumerate(rows):
        for key, sign in row:
            matrix[number, key] = sign
    freedom = linalg.null_space(matrix)
    alone = set(np.flatnonzero(np.abs(freedom).max(axis=1, initial=0) < 1e-9).tolist())
    assert openness.fixed(rows) == alone & {key for row in rows for key, _ in row}
