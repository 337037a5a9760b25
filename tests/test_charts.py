"""The page's charts: the same bytes for the same figures, nobody's words as markup, what is drawn where."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from auditlib.figures import charts as judged
from auditlib.pages import charts, drawing, layers
from auditlib.pages.charts import Limits
from auditlib.pages.controls import Controls
from tests import shop

MONDAYS = [f"2026-0{3 + n // 4}-{2 + 7 * (n % 4):02}" for n in range(12)]
RATES = [0.10, 0.12, 0.11, 0.13, 0.10, 0.09, 0.12, 0.11, 0.30, 0.12, 0.10, 0.12]


def week(day, value, **more):
    row = {
        "metric": "came_back_rate_7d", "statistic": "rate", "unit": "share", "period": "week", "period_start": day,
        "period_end": day, "breakdown": "all", "breakdown_value": "", "value": value, "ci_low": None, "ci_high": None,
        "maturity": "final", "target": None, "definition_version": "1.0.0", "numerator": None, "denominator": None,
    }  # fmt: skip
    return row | more


@pytest.fixture
def rows():
    return [week(day, rate, ci_low=rate - 0.04, ci_high=rate + 0.04) for day, rate in zip(MONDAYS, RATES, strict=True)]


def lines(svg):
    """The points of each unbroken line in the colour of values."""
    paths = re.findall(r'<path d="([^"]+)" stroke="var\(--accent\)"[^>]*stroke-width="1.6"', svg)
    return [len(re.findall("[ML]", path)) for path in paths if "A" not in path]


def words(svg):
    return [text.text for text in ET.fromstring(svg).iter("text")]


def test_a_chart_is_one_image_with_a_name_and_a_description_and_colours_of_the_page(rows):
    svg = str(charts.course(rows, "Came back", "Week by week"))
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert [(child.tag, child.text) for child in root[:2]] == [("title", "Came back"), ("desc", "Week by week")]
    assert not re.search(r"aria-|graphics-|<script|<style|http|\bid=", svg)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"#4c78a8"}  # of what is not seen


def test_the_same_figures_are_the_same_bytes_in_any_process(rows):
    here = str(charts.course(rows, "Came back", "told", size=charts.WIDE))
    drawing._svg.cache_clear()
    assert str(charts.course(rows, "Came back", "told", size=charts.WIDE)) == here
    script = "import sys, json; from auditlib.pages import charts; "
    script += "print(charts.course(json.load(sys.stdin), 'Came back', 'told', size=charts.WIDE), end='')"
    there = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(rows), capture_output=True, text=True, check=True
    )
    assert there.stdout == here


def test_what_is_drawn_is_of_the_grammar(rows, monkeypatch):
    """Where pages are written nobody checks it any more: it takes as long as the drawing."""
    limits = Limits([0.05] * 12, [0.2] * 12, [None] * 11 + ["beyond the limits"])
    drawn = []
    monkeypatch.setattr(charts, "drawn", lambda chart, *_, **__: drawn.append(chart) or "")
    parts = [row | {"breakdown_value": "team", "denominator": 50.0, "title": "Came back"} for row in rows[:3]]
    charts.course([row | {"target": 0.15} for row in rows], "t", "", limits)
    charts.funnel(parts, parts[0], [(10.0, 0.0, 0.4), (60.0, 0.05, 0.2)], "")
    charts.durations([part | {"unit": "minutes"} for part in parts], parts[0], "")
    charts.shares([("kept", 0.7), ("gap-1", 0.3)], "t", "")
    assert len([chart.to_dict(validate=True) for chart in drawn]) == 4


def test_nobodys_words_become_markup():
    whole = week(MONDAYS[0], 0.7, title=f"Resolved {shop.HOSTILE}")
    hostile = [f"{shop.HOSTILE}", '"><script>alert(2)</script>', "]]><b>x</b>"]
    parts = [week(MONDAYS[0], 0.6, denominator=100.0 + n, breakdown_value=name) for n, name in enumerate(hostile)]
    times = [{**part, "unit": "minutes", "ci_low": None, "ci_high": None} for part in parts]
    limits = [(10.0, 0.4, 0.9), (110.0, 0.6, 0.8)]
    for svg in (
        charts.funnel(parts, whole, limits, shop.HOSTILE),
        charts.durations(times, {**whole, "unit": "minutes"}, "x"),
    ):
        assert not [node for node in ET.fromstring(str(svg)).iter() if node.tag in ("script", "b")]
        assert set(hostile) <= set(words(svg))


def test_a_line_breaks_where_its_definition_changed_and_where_nothing_is_known(rows):
    assert lines(charts.course(rows, "t", "")) == [12]
    changed = [row | {"definition_version": "2.0.0"} if n >= 7 else row for n, row in enumerate(rows)]
    svg = charts.course(changed, "t", "")
    assert lines(svg) == [7, 5]
    assert "version 2.0.0" in words(svg)
    gap = [row | {"value": None} if n == 4 else row for n, row in enumerate(rows)]
    assert lines(charts.course(gap, "t", "")) == [4, 7]
    assert charts.course(rows[:1], "t", "") == ""


def test_what_can_still_change_is_hollow(rows):
    hollow = 'fill="var(--paper)"'
    assert hollow not in charts.course(rows, "t", "")
    assert charts.course([*rows[:-1], rows[-1] | {"maturity": "provisional"}], "t", "").count(hollow) == 1


def test_a_signal_stands_out_from_the_limits_that_the_control_chart_has(rows):
    counted = [row | {"numerator": 100 * row["value"], "denominator": 100.0} for row in rows]
    chart = {
        **{name: rows[0][name] for name in ("metric", "statistic", "breakdown", "breakdown_value")},
        "begins": "", "state": "frozen", "kind": "p", "centre": 0.11, "spread": 1.0, "definition_version": "1.0.0",
    }  # fmt: skip
    signal = {**counted[8], "rule": "beyond the limits"}
    limits = Controls([chart], [signal]).limits(counted)
    half = 3 * np.sqrt(0.11 * 0.89 / 100)
    assert limits.upper == pytest.approx([0.11 + half] * 12)
    assert limits.lower == pytest.approx([0.11 - half] * 12)
    assert [place for place, rule in enumerate(limits.signals) if rule] == [8]
    svg = charts.course(counted, "t", "", limits)
    assert svg.count('stroke="var(--apart)"') == 1
    others = [chart | {"state": "none"}, chart | {"definition_version": "2.0.0"}, chart | {"begins": "2027-01-04"}]
    assert [Controls([other], []).limits(counted) for other in others] == [None] * 3


def test_the_limits_that_are_drawn_are_those_that_signals_were_judged_by(rows):

    frame = pd.DataFrame(rows).assign(
        numerator=lambda f: 100 * f.value, denominator=100.0, version="1.0.0", figure_id="f"
    )
    told = judged.judged(frame, None)
    assert told.chart["state"] == "provisional"
    limits = judged.limits(frame, told.chart)
    for signal in told.signals:
        place = list(frame.period_start).index(signal["period_start"])
        assert (signal["lower"], signal["upper"]) == (limits.lower[place], limits.upper[place])
    assert [signal["period_start"] for signal in told.signals] == [MONDAYS[8]]


@pytest.mark.parametrize(
    ("floor", "top", "told"),
    [(0, 1, [0, 0.25, 0.5, 0.75, 1]), (0, 34, [0, 10, 20, 30]), (52, 88, [60, 70, 80]), (5, 5, [5])],
)
def test_axes_have_round_values_within_their_ends(floor, top, told):
    found = layers.ticks(floor, top)
    assert found == told
    assert all(floor <= tick <= top for tick in found)
