"""Charts, mix and fairness: golden values, and what must hold of any data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from auditlib.figures import fairness, intervals, mix, signals

N = [48000, 51000, 50500, 49500, 52000, 47000, 50000, 50200, 49800, 51500, 48800, 50600]
D = [4368, 4947, 4747, 5000, 5096, 4371, 4950, 4769, 5080, 4996, 4490, 4959]


def test_an_individuals_chart_has_the_limits_of_its_moving_ranges():
    chart = signals.xmr(np.array([52, 48, 55, 50, 47, 53, 49, 51, 54, 70.0]), baseline=10)
    assert chart.centre == pytest.approx(52.9)
    assert (chart.lower[0], chart.upper[0]) == (pytest.approx(38.12, abs=0.005), pytest.approx(67.68, abs=0.005))
    assert list(np.flatnonzero(chart.rule)) == [9]
    assert chart.words(9) == "beyond the limits"


def test_rates_of_large_numbers_get_limits_as_wide_as_they_vary():
    chart = signals.rates(np.array(D), np.array(N), baseline=12)
    assert chart.kind == "p′"
    assert chart.sigma_z == pytest.approx(3.4536, abs=0.0001)
    assert not (chart.rule == 1).any()
    p, centre = np.array(D) / np.array(N), chart.centre
    assert (np.abs(p - centre) > 3 * np.sqrt(centre * (1 - centre) / np.array(N))).sum() == 4


def test_a_run_a_trend_and_two_of_three_are_signals_where_they_are_complete():
    quiet = [10.0, 12.0] * 10
    runs = signals.xmr(np.array([*quiet, *[10.5] * 8]), baseline=20)
    assert list(np.flatnonzero(runs.rule == 2)) == [27]
    trend = signals.xmr(np.array([*quiet, 10.0, 10.4, 10.8, 11.2, 11.6, 12.0]), baseline=20)
    assert list(np.flatnonzero(trend.rule == 3)) == [25]
    pair = signals.xmr(np.array([*quiet, 15.0, 11.0, 15.1]), baseline=20)
    assert list(np.flatnonzero(pair.rule == 4)) == [22]


def test_a_later_point_does_not_bend_the_baseline():
    values = np.array([10.0, 12.0] * 10)
    assert signals.xmr(values, 20).upper[0] == signals.xmr(np.append(values, 500.0), 20).upper[0]


def test_all_may_fall_although_every_channel_rose():
    parts = mix.shift(np.array([800, 200]), np.array([0.9, 0.6]), np.array([300, 700]), np.array([0.92, 0.64]))
    assert parts.change == pytest.approx(0.724 - 0.840)
    assert parts.mix.sum() == pytest.approx(-0.145)
    assert parts.rate.sum() == pytest.approx(0.029)


groups = st.lists(
    st.tuples(st.integers(0, 50), st.floats(0, 1), st.integers(0, 50), st.floats(0, 1)), min_size=1, max_size=6
).filter(lambda rows: sum(r[0] for r in rows) and sum(r[2] for r in rows))


@given(groups)
def test_the_parts_of_a_change_add_up_to_it(rows):
    before, r_before, now, r_now = (np.array(column, float) for column in zip(*rows, strict=True))
    change = (now * r_now).sum() / now.sum() - (before * r_before).sum() / before.sum()
    assert mix.shift(before, r_before, now, r_now).change == pytest.approx(change, abs=1e-12)


def test_a_period_without_cases_is_refused():
    with pytest.raises(ValueError, match="without any case"):
        mix.shift(np.array([0]), np.array([0.5]), np.array([3]), np.array([0.5]))


def test_ratios_and_differences_have_the_known_intervals():
    large = fairness.compare(340, 500, 160, 200)
    assert [large.ratio, large.low, large.high] == pytest.approx([0.85, 0.7755, 0.9317], abs=1e-4)
    by_score = fairness._ratio_interval(340, 500, 160, 200, "score")
    assert by_score == pytest.approx((0.7777, 0.9362), abs=1e-4)
    small = fairness.compare(6, 10, 80, 100)
    assert [small.low, small.high] == pytest.approx([0.3872, 1.0670], abs=1e-3)
    close = fairness.compare(46, 50, 42, 50)
    assert [close.difference_low, close.difference_high] == pytest.approx([-0.0527, 0.2142], abs=1e-4)


def test_a_low_ratio_of_few_is_watched_and_one_beyond_noise_is_flagged():
    few = fairness.compare(6, 10, 80, 100)
    assert fairness.verdict(few, few.p_value, 10, 100, by_contract=False) == "watched"
    many = fairness.compare(300, 500, 160, 200)
    assert fairness.verdict(many, many.p_value, 500, 200, by_contract=False) == "flagged"
    assert fairness.verdict(many, many.p_value, 500, 200, by_contract=True) == "different by contract"
    nothing = fairness.compare(0, 10, 0, 100)
    assert fairness.verdict(nothing, nothing.p_value, 10, 100, by_contract=False) == "too few to compare"


def test_a_difference_that_is_all_mix_goes_when_adjusted():
    # The segment asks mostly about the hard topic; within each topic it is served alike.
    hits, n = np.array([72, 9]), np.array([80, 20])
    hits_others, n_others = np.array([18, 36]), np.array([20, 80])
    raw = fairness.compare(int(hits.sum()), int(n.sum()), int(hits_others.sum()), int(n_others.sum()))
    ratio, coverage = fairness.adjusted(hits, n, hits_others, n_others)
    assert raw.ratio == pytest.approx(1.5)
    assert (ratio, coverage) == (pytest.approx(1.0), 1.0)


def test_the_adjusted_ratio_is_mantel_and_haenszels():
    hits, n = np.array([30, 8, 3]), np.array([40, 20, 30])
    hits_others, n_others = np.array([25, 60, 5]), np.array([30, 120, 90])
    every = n + n_others
    by_hand = (hits * n_others / every).sum() / (hits_others * n / every).sum()
    assert fairness.adjusted(hits, n, hits_others, n_others) == (pytest.approx(by_hand), 1.0)


def test_strata_that_only_one_side_has_are_left_out_and_counted():
    ratio, coverage = fairness.adjusted(np.array([5, 3]), np.array([10, 30]), np.array([5, 0]), np.array([10, 0]))
    assert (ratio, coverage) == (pytest.approx(1.0), 0.25)
    assert np.isnan(fairness.adjusted(np.array([5]), np.array([10]), np.array([0]), np.array([0]))[0])


def test_looking_at_many_segments_is_corrected_for():
    p = np.array([0.01, 0.04, np.nan, 0.03])
    assert fairness.corrected(p) == pytest.approx([0.03, 0.04, np.nan, 0.04], nan_ok=True)


def test_a_funnel_narrows_with_size():
    low, high = intervals.funnel(0.2, np.array([50, 5000]))
    assert low[0] < low[1] < 0.2 < high[1] < high[0]


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=20), st.integers(0, 3000), st.integers(1, 3000))
def test_a_funnel_ends_where_the_binomial_distribution_does(n, hits, of):
    n, rate = np.array(n, float), min(hits / of, 1.0)
    told = [stats.binom.ppf(tail, n, rate) / n for tail in (0.001, 0.999)]
    for found, ends in zip(intervals.funnel(rate, n), told, strict=True):
        assert found == pytest.approx(np.clip(ends, 0, 1))
