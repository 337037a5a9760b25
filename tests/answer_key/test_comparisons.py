"""Charts and mix shifts of a whole audited year, against the figures that they speak of."""

from __future__ import annotations

import json

import numpy as np
import pytest

from auditlib.figures import charts, signals


def rows(audited, query):
    return [dict(row) for row in audited[0].execute(query)]


def test_every_chart_follows_from_the_figures_that_it_names(audited):
    found = rows(audited, "SELECT * FROM control_charts WHERE state <> 'none'")
    assert {chart["state"] for chart in found} == {"frozen"}
    figures = {row["figure_id"]: row for row in rows(audited, "SELECT * FROM figures WHERE period = 'week'")}
    for chart in found:
        points = [figures[one] for one in json.loads(chart["figures"])]
        assert [point["maturity"] for point in points] == ["final"] * 20
        assert [points[0]["period_start"], points[-1]["period_start"]] == [chart["baseline_from"], chart["baseline_to"]]
        values = np.array([point["value"] for point in points])
        if chart["kind"] in charts.RATES:
            hits, n = (np.array([point[name] for point in points]) for name in ("numerator", "denominator"))
            centre, spread = hits.sum() / n.sum(), signals.spread_of_rates(hits, n)[1]
        else:
            told = np.log(values) if chart["kind"] == charts.LOGARITHMS else values
            centre, spread = told.mean(), np.abs(np.diff(told)).mean()
        assert (chart["centre"], chart["spread"]) == (pytest.approx(centre), pytest.approx(spread))


def test_a_signal_beyond_its_limits_is_beyond_them_and_is_the_latest_figure(audited):
    found = rows(audited, "SELECT * FROM signals")
    assert found
    latest = {row["figure_id"]: row for row in rows(audited, "SELECT * FROM scorecard")}
    for one in found:
        assert latest[one["figure_id"]]["value"] == one["value"]
        is_beyond = not one["lower_limit"] <= one["value"] <= one["upper_limit"]
        assert is_beyond == (one["rule"] == signals.WORDS[1])


def test_parts_of_a_mix_add_up_to_the_change(audited):
    shifts = rows(
        audited,
        "SELECT metric, period_start, MAX(change) AS change, SUM(mix_part + rate_part) AS parts, MAX(reason) AS reason "
        "FROM mix_shift GROUP BY metric, period_start",
    )
    for shift in shifts:
        assert shift["reason"] or shift["parts"] == pytest.approx(shift["change"], abs=1e-9)
