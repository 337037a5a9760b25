"""Figures are right, say how sure they are, and can say why they changed."""

import dataclasses
import datetime
import types

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from auditlib.figures import estimates, intervals, periods, restatement, rollup, survival
from auditlib.figures.basis import Basis
from auditlib.figures.described import local_days
from auditlib.figures.members import Members
from auditlib.figures.replaced import Knowledge
from auditlib.metric import Figure, Metric

WEEK = np.datetime64("2026-03-02", "D")
FIGURE = Figure(name="came_back_rate_7d", column="x", statistics=("rate",), title="Came back", better="lower")
BASIS = Basis(
    as_of=datetime.date(2026, 4, 1),
    mature_until=datetime.date(2026, 4, 1),
    loaded_since=datetime.date(2026, 1, 1),
    sources=("desk",),
    missing=(),
    min_n=10,
    breakdowns=(("team",), ("team", "channel")),
)


def metric(unit="share", figure=FIGURE, **more):
    return Metric(
        title="A metric",
        leg="outcome",
        unit=unit,
        columns={"x": {}},
        figures=(figure,),
        date_basis="solved",
        attributed_at="solve",
        owner="somebody",
        checked_by="somebody else",
        review_by=datetime.date(2027, 1, 1),
        **more,
    )


def members(contribution, team=None, customer=None, observed=None, week=WEEK, causes="LATE_EVENT", keys=None):
    n = len(contribution)
    return Members(
        key=np.arange(n) if keys is None else np.asarray(keys),
        number=np.zeros(n, np.int64),
        contribution=np.asarray(contribution, float),
        is_known=np.ones(n, bool),
        is_unmeasurable=np.zeros(n, bool),
        observed=np.ones(n, bool) if observed is None else np.asarray(observed),
        is_waiting=np.zeros(n, bool) if observed is None else ~np.asarray(observed),
        customer=np.arange(n) if customer is None else np.asarray(customer),
        day=np.full(n, week),
        until=np.full(n, np.datetime64("NaT", "D")),
        segments=np.full(n, "", object),
        belongs={
            "team": np.array(team if team is not None else ["A"] * n, object),
            "channel": np.array(["email"] * n, object),
        },
        causes=np.array([causes] * n, object),
    )


def grouped(held):
    """Everything in one cell."""
    return estimates.grouped(held, np.arange(len(held)), np.zeros(len(held), np.int64), 1)


def one(found):
    """The only cell's estimate."""
    return types.SimpleNamespace(value=found.value[0], low=found.low[0], high=found.high[0], reason=found.reason[0])


def published(of, figure, held, basis, beside=None, period="week"):
    """The rows of a figure that leaders see of a length of period, weighted by ticket."""
    rows = rollup.figures(of, figure, held, basis, beside)
    if not len(rows):
        return []
    return rows[(rows.period == period) & (rows.weighting == "ticket")].to_dict("records")


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (14, 15, 0.7018, 0.9881),
        (10, 10, 0.7225, 1),
        (0, 10, 0, 0.2775),
        (45, 50, 0.7864, 0.9565),
        (450, 500, 0.8706, 0.9233),
        (1, 1, 0.2065, 1),
    ],
)
def test_wilson_intervals_are_the_known_ones(hits, n, low, high):
    assert intervals.wilson(hits / n, n) == pytest.approx((low, high), abs=5e-5)


def test_customers_with_many_tickets_make_a_rate_less_sure():
    hits = np.repeat([1.0, 0.0], 50)
    everybody, of_ten = np.arange(100), np.repeat(np.arange(10), 10)
    alone = one(estimates.estimates("rate", grouped(members(hits, customer=everybody))))
    assert (alone.low, alone.high) == pytest.approx(tuple(map(float, intervals.wilson(0.5, 100))))
    together = one(estimates.estimates("rate", grouped(members(hits, customer=of_ten))))
    assert (together.low, together.high) == pytest.approx(tuple(map(float, intervals.wilson(0.5, 9))), rel=0.1)
    agreeing = one(estimates.estimates("rate", grouped(members(np.ones(100), customer=of_ten))))
    assert agreeing.low == pytest.approx(intervals.wilson(1, 10)[0])


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=60))
def test_kaplan_and_meier_agree_with_scipy(cases):
    minutes = np.array([m for m, _ in cases], float)
    observed = np.array([o for _, o in cases])
    order = np.argsort(minutes, kind="stable")
    c = survival.curves(np.zeros(len(cases), np.int64), minutes[order], observed[order], np.ones(len(cases)), 1)
    theirs = stats.ecdf(stats.CensoredData(uncensored=minutes[observed], right=minutes[~observed])).sf
    assert c.lasting == pytest.approx(theirs.evaluate(c.time))
    assert (c.variance >= 0).all()


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_percentiles_of_what_has_ended_are_those_of_numpy(minutes, p):
    n = np.array([len(minutes)])
    found = estimates._interpolated(np.sort(minutes), np.array([0, len(minutes)]), n, np.array([p]))
    assert found[0] == pytest.approx(np.quantile(minutes, p), abs=1e-6)


def test_the_unanswered_are_in_the_percentile():
    minutes, observed = np.arange(1.0, 101.0), np.ones(100, bool)
    answered = one(estimates.estimates("p90", grouped(members(minutes))))
    minutes[:20], observed[:20] = 1000.0, False
    with_waiting = one(estimates.estimates("p50", grouped(members(minutes, observed=observed))))
    assert answered.low <= answered.value <= answered.high
    assert with_waiting.value > np.median(minutes[observed])
    lost = one(estimates.estimates("p90", grouped(members(minutes, observed=observed))))
    assert np.isnan(lost.value)
    assert lost.reason.startswith("not reached")


def test_a_rate_of_counts_begins_where_its_figure_says():
    held = dataclasses.replace(members([0, 1, 2, 3, 4, 7]), at_least=3.0)
    assert one(estimates.estimates("rate", grouped(held))).value == 0.5
    assert one(estimates.estimates("count", grouped(held))).value == 17
    assert one(estimates.estimates("per_100", grouped(held))).value == pytest.approx(100 * 17 / 6)


def test_customers_are_served_once_however_often_they_come():
    held = members([1.0] * 6, customer=[0, 0, 0, 1, 1, 2])
    assert one(estimates.estimates("distinct", grouped(held))).value == 3


def test_the_interval_of_independent_counts_is_garwoods():
    counts = np.array([1.0] * 10 + [0.0] * 90)
    found = one(estimates.estimates("per_100", grouped(members(counts))))
    low, high = stats.chi2.ppf(0.025, 20) / 2, stats.chi2.ppf(0.975, 22) / 2
    assert (found.value, found.low, found.high) == pytest.approx((10, low, high))
    of_few = one(estimates.estimates("per_100", grouped(members(counts, customer=np.repeat(np.arange(10), 10)))))
    assert of_few.high > found.high
    nothing = one(estimates.estimates("per_100", grouped(members(np.zeros(100)))))
    assert (nothing.low, nothing.high) == pytest.approx((0, 3.689), abs=1e-3)


def test_a_figure_says_what_it_rests_on():
    rows = published(metric(), FIGURE, members([1.0] * 5 + [0.0] * 15), BASIS)
    whole = next(row for row in rows if row["breakdown"] == "all")
    assert (whole["n"], whole["numerator"], whole["denominator"], whole["value"]) == (20, 5, 20, 0.25)
    assert whole["ci_low"] < 0.25 < whole["ci_high"]
    assert (whole["period_start"], whole["period_end"]) == ("2026-03-02", "2026-03-08")
    assert (whole["maturity"], whole["coverage"], whole["sources"]) == ("final", 1.0, "desk")


def test_a_window_that_is_not_over_gives_no_figure():
    young = dataclasses.replace(BASIS, mature_until=datetime.date(2026, 3, 15))
    (row,) = [
        r
        for r in published(metric(matures_after_days=7), FIGURE, members([1.0] * 20), young)
        if r["breakdown"] == "all"
    ]
    assert np.isnan(row["value"])
    assert row["suppressed_reason"].startswith("not mature before 2026-03-16")
    assert row["maturity"] == "provisional"


def test_another_version_of_a_definition_replaces_the_figure_of_the_same_cell():
    cells = [
        {row["cell_id"] for row in published(metric(version=version), FIGURE, members([1] * 20), BASIS)}
        for version in ("1.0.0", "2.0.0")
    ]
    assert cells[0] == cells[1]


def test_p90_needs_five_tickets_beyond_it():
    figure = Figure(name="wait", column="x", statistics=("p90",), title="Wait", better="lower")
    few = published(metric("minutes", figure), figure, members(np.arange(49.0)), BASIS)
    enough = published(metric("minutes", figure), figure, members(np.arange(50.0)), BASIS)
    assert few[0]["suppressed_reason"] == "precision: p90 needs 50 and there are 49"
    assert enough[0]["value"] == pytest.approx(44.1)


def test_a_small_cell_cannot_be_derived_from_the_others():
    team = ["A"] * 20 + ["B"] * 15 + ["C"] * 3
    rows = published(metric(), FIGURE, members([1.0] * 38, team), BASIS)
    shown = {r["breakdown_value"]: r for r in rows if r["breakdown"] == "team" and not r["breakdown_2"]}
    assert shown["A"]["value"] == 1.0
    for hidden in ("B", "C"):
        assert np.isnan([shown[hidden][k] for k in ("value", "numerator", "denominator", "ci_low")]).all()
        assert shown[hidden]["n"] == 0
        assert shown[hidden]["suppressed_reason"].startswith("privacy")


@pytest.mark.parametrize(
    ("hits", "bound", "verdict"), [(1, 0.5, "yes"), (199, 0.5, "no"), (100, 0.5, "too close to tell")]
)
def test_a_target_is_met_only_beyond_doubt(hits, bound, verdict):
    target = types.SimpleNamespace(
        metric=FIGURE.name,
        statistic="rate",
        segment=None,
        team=None,
        since=datetime.date(2026, 1, 1),
        at_most=bound,
        at_least=None,
    )
    basis = dataclasses.replace(BASIS, targets=(target,))
    rows = published(metric(), FIGURE, members([1.0] * hits + [0.0] * (200 - hits)), basis)
    assert {r["meets_target"] for r in rows if r["breakdown"] == "all"} == {verdict}
    later = dataclasses.replace(basis, targets=(types.SimpleNamespace(**{**vars(target), "since": BASIS.as_of}),))
    assert published(metric(), FIGURE, members([1.0] * 200), later)[0]["meets_target"] is None


def test_weeks_begin_on_monday_in_the_audits_own_zone():
    from auditlib.clocks import zone

    at = pd.Series(["2026-03-01T22:59:59Z", "2026-03-01T23:00:00Z", "2026-03-29T22:00:00Z"])
    days = local_days(at, zone("Europe/Berlin"))
    assert periods.starts("week", days).astype(str).tolist() == ["2026-02-23", "2026-03-02", "2026-03-30"]


CASES = st.tuples(st.integers(0, 30), st.booleans(), st.booleans())


@given(
    st.lists(CASES, max_size=30),
    st.lists(CASES, min_size=1, max_size=30),
    st.sampled_from(["rate", "count", "p50", "p75", "p90", "per_100", "distinct"]),
    st.sampled_from(["ticket", "one_per_ticket", "customer"]),
)
def test_the_parts_of_a_change_add_up_to_it_exactly(before, after, statistic, weighting):
    """Also where a percentile is not reached on the way, because some were never answered."""
    old, new = _unique(before), _unique(after)
    was, now = _held(old, statistic), _held(new, statistic)
    now = dataclasses.replace(now, causes=np.array([CAUSES[k % len(CAUSES)] for k in new], object))
    row = {"figure_id": "2", "supersedes": "1", "metric": "m", "statistic": statistic, "period_start": "2026-03-02"}
    row |= {"breakdown": "all", "breakdown_2": "", "breakdown_value": "", "breakdown_value_2": ""}
    row |= {"weighting": weighting, "segment": "all", "period": "week", "version": "1.0.0", "ci_method": "any"}
    value = one(estimates.estimates(statistic, grouped(now), weighting)).value if len(now) else np.nan
    value_before = one(estimates.estimates(statistic, grouped(was), weighting)).value if len(was) else np.nan
    figure = dataclasses.replace(FIGURE, name="m", statistics=("rate",))
    parts = restatement.parts(
        pd.DataFrame([row | {"value": value}]),
        pd.DataFrame([{"figure_id": "1", "value": value_before, "version": "1.0.0", "ci_method": "any"}]),
        Knowledge(BASIS, {"m": (figure, was, None)}),
        Knowledge(BASIS, {"m": (figure, now, None)}, {k: CAUSES[k % len(CAUSES)] for k in old}),
    )
    if not np.isnan(value_before) and not np.isnan(value):
        assert value_before + parts.part.astype(float).sum() == pytest.approx(value, abs=1e-9)
    moved = {k for k in {*old, *new} if _content(old, k, statistic) != _content(new, k, statistic)}
    assert parts.tickets.sum() == len(moved)
    told = {reason for told in parts.reason for reason in told.split(",")}
    assert told - {"TIME_PASSED", "WITHHELD"} == {CAUSES[k % len(CAUSES)] for k in moved}


def _content(cases, key, statistic):
    """What somebody contributes: how long, of those who were answered, or whether it is a hit."""
    hit, ended = cases.get(key, (None, True))
    return (hit if ended else "never") if statistic in ("p50", "p75", "p90") else hit


CAUSES = ("ROLE_HISTORY", "LATE_EVENT", "TEAM_REMAP", "MATURATION")


def _held(cases, statistic):
    """The members: a hit, or for percentiles one who was answered at once; a miss took long, or for ever."""
    hits = [hit for hit, _ in cases.values()]
    if statistic not in ("p50", "p75", "p90"):
        return members([float(hit) for hit in hits], keys=list(cases))
    ended = np.array([ended for _, ended in cases.values()], bool)
    minutes = np.where(ended, np.where(hits, 5.0, 50.0), np.inf) if len(cases) else np.zeros(0)
    held = members(minutes, keys=list(cases), observed=ended)
    return dataclasses.replace(held, is_waiting=np.zeros(len(cases), bool))


def _unique(cases):
    return {key: (hit, ended) for key, hit, ended in cases}


def test_a_duration_is_final_once_nobody_waits_any_more():
    figure = Figure(name="wait", column="x", statistics=("p50",), title="Wait", better="lower")
    waiting = members(np.arange(20.0), observed=[True] * 19 + [False])
    closed = dataclasses.replace(waiting, is_waiting=np.zeros(20, bool))
    for held, maturity in ((waiting, "provisional"), (closed, "final")):
        assert published(metric("minutes", figure), figure, held, BASIS)[0]["maturity"] == maturity


def test_the_difference_of_two_rates_has_newcombes_interval():
    ends = [np.array([p, *map(float, intervals.wilson(p, 50))]) for p in (46 / 50, 42 / 50)]
    low, high = intervals.of_change(*ends[0], *ends[1])
    assert (low, high) == pytest.approx((-0.0527, 0.2142), abs=5e-5)


def test_customers_count_once_in_a_figure_that_is_weighted_by_them():
    held = members([1, 1, 1, 1, 0, 0], customer=[7, 7, 7, 7, 8, 9])
    assert one(estimates.estimates("rate", grouped(held), "ticket")).value == pytest.approx(4 / 6)
    assert one(estimates.estimates("rate", grouped(held), "customer")).value == pytest.approx(1 / 3)
    turns = dataclasses.replace(held, key=np.array([1, 1, 1, 1, 2, 2]), number=np.arange(6))
    assert one(estimates.estimates("rate", grouped(turns), "one_per_ticket")).value == pytest.approx(1 / 2)
    waits = members([10.0] * 5 + [100.0, 200.0], customer=[1] * 5 + [2, 3])
    assert one(estimates.estimates("p50", grouped(waits), "ticket")).value == 10
    assert one(estimates.estimates("p50", grouped(waits), "customer")).value == 100


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.integers(0, 5)), min_size=1, max_size=40))
def test_a_percentile_where_everybody_has_one_is_the_same_by_any_weighting(cases):
    held = members([m for m, _, _ in cases], observed=[False, *[o for _, o, _ in cases[1:]]])
    found = [one(estimates.estimates("p50", grouped(held), by)) for by in ("ticket", "customer", "one_per_ticket")]
    assert str(found[0]) == str(found[1]) == str(found[2])


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 30), st.booleans(), st.integers(0, 6)), min_size=1, max_size=80
    )
)
def test_a_cell_is_the_same_to_the_last_bit_in_whatever_company_it_is_computed(cases):
    cell = np.array([c for c, *_ in cases])
    held = members([m for _, m, _, _ in cases], observed=[o for *_, o, _ in cases], customer=[w for *_, w in cases])
    together = estimates.grouped(held, np.arange(len(held)), cell, 5)
    for statistic in ("rate", "per_100", "p50", "p90"):
        for weighting in ("ticket", "customer"):
            everywhere = estimates.estimates(statistic, together, weighting)
            for number in set(cell.tolist()):
                alone = one(estimates.estimates(statistic, grouped(held.at(cell == number)), weighting))
                told = (everywhere.value[number], everywhere.low[number], everywhere.high[number])
                assert str(told) == str((alone.value, alone.low, alone.high))


def immature(lengths, observed, **more):
    """The provisional figure of a week whose window of seven days is not over."""
    figure = dataclasses.replace(FIGURE, provisional_from="after", window_minutes=7 * 1440, **more)
    young = dataclasses.replace(BASIS, mature_until=datetime.date(2026, 3, 15))
    beside = members(lengths, observed=observed)
    unknown = dataclasses.replace(beside, is_known=np.zeros(len(lengths), bool))
    (row,) = published(metric(figure=figure, matures_after_days=7), figure, unknown, young, beside)[:1]
    return row


def test_a_window_that_is_not_over_is_estimated_and_never_taken_for_the_plain_ratio():
    day = 1440.0
    row = immature([day] * 10 + [3 * day] * 40 + [8 * day] * 50, [True] * 10 + [False] * 40 + [False] * 50)
    assert row["value"] == pytest.approx(0.1)
    late = immature([3 * day] * 50 + [5 * day] * 10 + [8 * day] * 40, [False] * 50 + [True] * 10 + [False] * 40)
    assert late["value"] == pytest.approx(0.2)  # ten of the fifty who had been seen for so long, not ten of a hundred
    assert late["ci_low"] < 0.1 + 0.05 < late["value"] < late["ci_high"]
    assert (late["maturity"], late["n"]) == ("provisional", 100)
    assert np.isnan(late["numerator"])
    lasting = immature(
        [3 * day] * 50 + [5 * day] * 10 + [8 * day] * 40, [False] * 50 + [True] * 10 + [False] * 40,
        provisional_is="lasting",
    )  # fmt: skip
    assert lasting["value"] == pytest.approx(0.8)
    assert lasting["ci_low"] == pytest.approx(1 - late["ci_high"])


def test_where_nobody_has_been_seen_for_the_whole_window_nothing_is_estimated():
    row = immature([1440.0] * 30, [True] * 10 + [False] * 20)
    assert np.isnan(row["value"])
    assert row["suppressed_reason"].startswith("not mature: fewer than 10")


def test_the_backlog_is_what_stands_at_the_end_of_a_week():
    figure = Figure(name="backlog", column="x", statistics=("standing",), title="Backlog", better="lower")
    days = np.array(["2026-03-03", "2026-03-03", "2026-03-03", "2026-03-15", "2026-03-16"], "datetime64[D]")
    until = np.array(["2026-03-08", "2026-03-09", "NaT", "NaT", "2026-03-17"], "datetime64[D]")
    held = dataclasses.replace(members([1.0] * 5), day=days, until=until)
    basis = dataclasses.replace(BASIS, as_of=datetime.date(2026, 3, 26), breakdowns=())
    rows = published(metric("minutes", figure), figure, held, basis)
    standing = {row["period_start"]: row["value"] for row in rows}
    assert standing == {"2026-03-02": 2, "2026-03-09": 2, "2026-03-16": 2, "2026-03-23": 2}
    months = published(metric("minutes", figure), figure, held, basis, period="month")
    assert [(row["period_start"], row["value"]) for row in months] == [("2026-03-01", 2)]


def test_a_segment_is_a_column_with_targets_of_its_own():
    held = dataclasses.replace(members([1.0] * 60), segments=np.array([",premium,"] * 40 + [""] * 20, object))
    target = types.SimpleNamespace(
        metric=FIGURE.name, statistic="rate", segment="premium", team=None, since=datetime.date(2026, 1, 1),
        at_most=None, at_least=0.5,
    )  # fmt: skip
    basis = dataclasses.replace(BASIS, breakdowns=(("segment",),), segments=("premium",), targets=(target,))
    rows = {row["segment"]: row for row in published(metric(), FIGURE, held, basis)}
    assert (rows["premium"]["n"], rows["premium"]["meets_target"]) == (40, "yes")
    assert (rows["all"]["n"], rows["all"]["meets_target"]) == (60, None)
    assert rows["premium"]["breakdown"] == "all"


def test_the_rate_of_a_part_is_not_shown_where_it_could_be_almost_anything():
    rows = published(metric(), FIGURE, members([1.0, 0.0] * 10 + [1.0, 0.0] * 100, ["A"] * 20 + ["B"] * 200), BASIS)
    shown = {row["breakdown_value"]: row for row in rows if row["breakdown"] == "team" and not row["breakdown_2"]}
    assert shown["A"]["suppressed_reason"] == "precision: it could lie 20 points to either side"
    assert shown["A"]["n"] == 20
    assert shown["B"]["value"] == 0.5


@pytest.mark.parametrize(
    ("causes", "version", "reason"),
    [
        ("DEFINITION_CHANGE,LATE_EVENT", "2.0.0", "DEFINITION_CHANGE"),
        ("DEFINITION_CHANGE,LATE_EVENT", "1.0.0", "LATE_EVENT"),
        ("CONFIG_REMAP,SOURCE_EDIT", "1.0.0", "SOURCE_EDIT"),
        ("CONFIG_REMAP", "1.0.0", "CONFIG_REMAP"),
        ("TOPIC_REMAP", "1.0.0", "TOPIC_REMAP"),
        ("LATE_EVENT,MATURATION", "1.0.0", "LATE_EVENT"),
    ],
)
def test_of_several_causes_the_one_that_explains_most_is_named(causes, version, reason):
    assert {part.reason for part in restated([0.0] * 20, [1.0] * 20, causes, version).itertuples()} == {reason}


def test_a_window_that_closes_is_a_scheduled_revision():
    parts = restated([0.0] * 20, [0.0] * 20, "MATURATION", "1.0.0", method=intervals.GREENWOOD, before=0.1)
    assert [(part.reason, part.tickets) for part in parts.itertuples()] == [("MATURATION", 0)]
    assert parts.part.tolist() == pytest.approx([-0.1])


def restated(before_, after_, causes, version, method="any", before=None):
    """The parts of a rate that changed."""
    was, now = members(before_), members(after_, causes=causes)
    row = {"figure_id": "2", "supersedes": "1", "metric": "m", "statistic": "rate", "weighting": "ticket"}
    row |= {"segment": "all", "period": "week", "period_start": "2026-03-02", "breakdown": "all", "breakdown_2": ""}
    row |= {"breakdown_value": "", "breakdown_value_2": "", "version": version, "ci_method": "any"}
    row["value"] = np.mean(after_)
    told = {"value": np.mean(before_) if before is None else before, "version": "1.0.0", "ci_method": method}
    figure = dataclasses.replace(FIGURE, name="m")
    return restatement.parts(
        pd.DataFrame([row]),
        pd.DataFrame([{"figure_id": "1", **told}]),
        Knowledge(BASIS, {"m": (figure, was, None)}),
        Knowledge(BASIS, {"m": (figure, now, None)}),
    )
