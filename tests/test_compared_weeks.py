"""Charts with frozen baselines, changes taken apart and segments compared: out of weekly figures and members."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.figures import charts, decomposed, mix, parity, signals
from auditlib.figures.members import Members

MONDAYS = [str(day) for day in np.datetime64("2026-01-05") + 7 * np.arange(40)]
QUIET = [10.0, 12.0] * 10


def weeks(values, statistic="count", n=100, version="1.0.0"):
    values = np.asarray(values, float)
    return pd.DataFrame(
        {
            "figure_id": [f"f{place}" for place in range(len(values))],
            "period_start": MONDAYS[: len(values)],
            "statistic": statistic,
            "version": version,
            "value": values,
            "numerator": values * n,
            "denominator": float(n),
            "maturity": "final",
            "missing_sources": "",
        }
    )


def test_eleven_weeks_have_no_chart_and_say_so_and_twelve_have_a_provisional_one():
    few = charts.judged(weeks(QUIET[:11]), None)
    assert (few.chart["state"], few.signals) == ("none", [])
    assert few.chart["lacking"] == "11 of the 12 mature weeks that a chart needs"
    assert charts.judged(weeks(QUIET[:12]), None).chart["state"] == "provisional"
    assert charts.judged(weeks(QUIET), None).chart["state"] == "frozen"


def test_a_series_that_never_varied_has_nothing_to_judge_by():
    for flat in (weeks([5.0] * 20), weeks([0.0] * 20, "rate"), weeks([1.0] * 20, "rate")):
        chart = charts.judged(flat, None).chart
        assert chart["state"] == "none"
        assert "the same in all 20 weeks" in chart["lacking"]


def test_a_frozen_baseline_stays_when_its_weeks_are_restated():
    frozen = charts.judged(weeks(QUIET), None).chart
    restated = [*[200.0] * 20, 11.0, 30.0]
    again = charts.judged(weeks(restated), frozen)
    assert again.chart == frozen
    assert json.loads(again.chart["figures"]) == [f"f{place}" for place in range(20)]
    last = again.signals[-1]
    assert (last["period_start"], last["rule"], last["centre"]) == (MONDAYS[21], "beyond the limits", 11.0)
    assert last["upper"] == pytest.approx(11 + 2.66 * 2)


def test_a_provisional_baseline_grows_and_another_definition_begins_anew_with_its_reason():
    young = charts.judged(weeks(QUIET[:12]), None).chart
    grown = charts.judged(weeks(QUIET), young).chart
    assert (grown["points"], grown["state"], grown["reason"]) == (20, "frozen", None)
    other = charts.judged(weeks(np.array(QUIET) * 3, version="2.0.0"), grown).chart
    assert (other["centre"], other["reason"]) == (33.0, "definition 2.0.0 instead of 1.0.0")
    assert charts.judged(weeks(np.array(QUIET) * 3, version="2.0.0"), other).chart == other


def test_durations_are_judged_by_their_logarithms_and_shown_in_minutes():
    values = np.exp([3.0, 3.2] * 10)
    judged = charts.judged(weeks([*values, 200.0], "p90"), None)
    assert judged.chart["kind"] == "XmR of logarithms"
    (signal,) = judged.signals
    assert signal["centre"] == pytest.approx(np.exp(3.1))
    assert signal["upper"] == pytest.approx(np.exp(3.1 + 2.66 * 0.2))


def test_rates_are_judged_by_how_many_they_rest_on():
    judged = charts.judged(weeks([*[0.5, 0.52] * 10, 0.8], "rate"), None)
    assert judged.chart["kind"] == "p"
    (signal,) = judged.signals
    assert signal["upper"] == pytest.approx(0.51 + 3 * np.sqrt(0.51 * 0.49 / 100))


def test_what_is_not_mature_or_lacks_a_source_is_no_point():
    rows = weeks([1.0, 2.0, 3.0, np.nan])
    rows["maturity"] = ["final", "provisional", "final", "final"]
    rows["missing_sources"] = ["", "", "shop", ""]
    assert list(charts.can_be_charted(rows)) == [True, False, False, False]


@given(st.lists(st.floats(0, 1e6), min_size=12, max_size=30), st.integers(2, 20))
def test_a_chart_from_kept_numbers_is_the_chart_of_its_baseline(values, baseline):
    baseline = min(baseline, len(values))
    one = signals.xmr(np.array(values), baseline)
    other = signals.individuals(np.array(values), *signals.spread(np.array(values[:baseline])))
    assert list(one.rule) == list(other.rule)
    assert list(one.upper) == list(other.upper)


def figures_of(before, now, hidden=()):
    """Weekly figures of a rate: group → (hits, n) of two weeks; hidden groups have no value."""
    rows = []
    for start, groups in ((MONDAYS[0], before), (MONDAYS[1], now)):
        whole = tuple(map(sum, zip(*groups.values(), strict=True)))
        for name, (hits, n) in {"": whole, **groups}.items():
            shown = name not in hidden
            rate = hits / n if shown else np.nan
            rows.append(
                {
                    "metric": "strict_resolution_rate", "figure_id": f"{start} {name}", "version": "1.0.0",
                    "period_start": start, "breakdown": "channel" if name else "all", "breakdown_value": name,
                    "value": rate, "ci_low": rate - 0.01, "ci_high": rate + 0.01, "maturity": "final",
                    "numerator": hits if shown else np.nan, "denominator": n if shown else np.nan,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


BEFORE = {"web": (720, 800), "mail": (120, 200)}
NOW = {"web": (276, 300), "mail": (448, 700)}


def test_every_channel_rose_and_all_fell_because_of_the_mix():
    rows = list(decomposed.shifts(figures_of(BEFORE, NOW), "channel", 10))
    assert [row["dimension_value"] for row in rows] == ["mail", "web"]
    assert sum(row["mix_part"] for row in rows) == pytest.approx(-0.145)
    assert sum(row["rate_part"] for row in rows) == pytest.approx(0.029)
    assert sum(row["mix_part"] + row["rate_part"] for row in rows) == pytest.approx(rows[0]["change"], abs=1e-12)


def test_hidden_channels_are_one_rest_whose_parts_are_those_of_the_whole_less_what_is_shown():
    extra = {"phone": (5, 9), "chat": (3, 6)}
    rows = list(decomposed.shifts(figures_of(BEFORE | extra, NOW | extra, {"phone", "chat"}), "channel", 10))
    assert [row["dimension_value"] for row in rows] == ["mail", "web", "(not shown)"]
    assert (rows[-1]["n_before"], rows[-1]["n_now"]) == (15, 15)
    whole = mix.shift(
        np.array([200, 800, 15]), np.array([0.6, 0.9, 8 / 15]), np.array([700, 300, 15]), np.array([0.64, 0.92, 8 / 15])
    )
    assert [row["mix_part"] for row in rows] == pytest.approx(list(whole.mix))


def test_a_small_rest_is_not_told():
    extra = {"phone": (5, 9)}
    (row,) = decomposed.shifts(figures_of(BEFORE | extra, NOW | extra, {"phone"}), "channel", 10)
    assert (row["reason"], row["mix_part"], row["n_now"]) == ("what is not shown has fewer than 10 cases", None, None)


def test_a_change_within_noise_is_not_taken_apart():
    assert not list(decomposed.shifts(figures_of(BEFORE, BEFORE), "channel", 10))


def members_of(rows):
    """Members of (language, tier, topic, hit, day)."""
    n = len(rows)
    language, tier, topic, hit, day = (np.array(column, object) for column in zip(*rows, strict=True))
    yes, no = np.ones(n, bool), np.zeros(n, bool)
    belongs = {"language": language, "tier": tier, "topic": topic, "priority": np.full(n, "normal", object)}
    belongs |= {"channel": np.full(n, "web", object), "region": np.full(n, "(none)", object)}
    return Members(
        np.arange(n) + 1, np.zeros(n, np.int64), hit.astype(float), yes, no, yes, no, np.arange(n),
        day.astype("datetime64[D]"), np.full(n, np.datetime64("NaT", "D")), belongs,
        np.where(tier == "gold", ",vip,", "").astype(object), np.full(n, "", object),
    )  # fmt: skip


BETWEEN = (np.datetime64("2026-01-05"), np.datetime64("2026-04-05"))
RESOLVED = parity.Outcome("strictly resolved", "strict_resolution_rate")


def served(language, hits, n, tier="plain", topic="lamp"):
    days = [str(np.datetime64("2026-01-05") + place % 91) for place in range(n)]
    return [(language, tier, topic, float(place < hits), days[place]) for place in range(n)]


def compared(rows, min_n=10, by_contract=("tier",)):
    found = parity.settled(parity.compared(RESOLVED, members_of(rows), BETWEEN, ["vip"], by_contract, min_n))
    return found.set_index(["attribute", "attribute_value"])


def test_a_language_that_is_served_worse_is_flagged_and_a_tier_is_by_contract():
    found = compared([*served("de", 900, 1000, "gold"), *served("en", 300, 500)])
    english = found.loc[("language", "en")]
    assert (english.verdict, english.n, english.n_others) == ("flagged", 500, 1000)
    assert english.ratio == pytest.approx(0.6 / 0.9)
    assert english.difference == pytest.approx(-0.3)
    assert found.loc[("tier", "plain")].verdict == "different by contract"
    assert found.loc[("segment", "vip")].verdict == "better than the others"
    assert found.loc[("language", "de")].verdict == "better than the others"


def test_a_difference_of_topics_is_adjusted_away():
    rows = [*served("de", 90, 100, topic="lamp"), *served("de", 10, 20, topic="law")]
    rows += [*served("en", 18, 20, topic="lamp"), *served("en", 50, 100, topic="law")]
    english = compared(rows).loc[("language", "en")]
    assert english.ratio < 0.8
    assert (english.adjusted_ratio, english.adjusted_share) == (pytest.approx(1.0), 1.0)


def test_few_cases_are_not_shown_nor_is_what_would_give_them_away():
    found = compared([*served("de", 90, 100), *served("en", 90, 100), *served("fr", 1, 4)])
    hidden = found[found.verdict == parity.TOO_FEW].index.get_level_values(1)
    assert "fr" in hidden
    assert len(hidden) >= 2, "one alone is what the others leave of the whole"
    assert found.loc[found.verdict == parity.TOO_FEW, ["n", "n_others", "rate", "ratio"]].isna().all().all()


def test_a_week_that_the_scorecard_hides_cannot_be_derived_from_thirteen():
    full = [(one[0], *one[1:4], "2026-01-06") for one in served("en", 90, 100)]
    one_small_week = [*full, *[("en", "plain", "lamp", 1.0, "2026-02-03")] * 3]
    found = compared([*served("de", 1000, 1300), *one_small_week])
    assert found.loc[("language", "en")].verdict == parity.TOO_FEW


def test_the_weeks_are_the_latest_thirteen_that_are_mature():
    monday = np.datetime64("2026-04-13")
    assert tuple(map(str, parity.window(monday, 0))) == ("2026-01-12", "2026-04-12")
    assert tuple(map(str, parity.window(monday, 7))) == ("2026-01-05", "2026-04-05")
    assert tuple(map(str, parity.window(monday - 1, 0))) == ("2026-01-05", "2026-04-05")


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 30), st.integers(1, 40)), min_size=2))
def test_what_is_hidden_of_a_comparison_cannot_be_derived(groups):
    rows = [row for name, (hits, n) in sorted(groups.items()) for row in served(name, min(hits, n), n)]
    found = compared(rows, min_n=10)
    if "language" not in found.index.get_level_values(0):
        return
    language = found.loc["language"]
    hidden = sorted(language.index[language.verdict == parity.TOO_FEW])
    shown = language.drop(hidden)
    assert (shown.n.astype(float) >= 10).all()
    assert (shown.n_others.astype(float) >= 10).all()
    if hidden and len(shown):
        # Whoever knows the whole knows the sum of what is hidden: it must be of several, or of enough.
        left = sum(groups[name][1] for name in hidden)
        assert left >= 10
        assert len(hidden) > 1
