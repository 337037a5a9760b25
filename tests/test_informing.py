"""What people are told of a publication: which figure, why, where to look, what to type; never a customer's words."""

import pytest

from auditlib import pipeline
from auditlib.pipeline import informing
from auditlib.pipeline.setting import Setting
from auditlib.store import engine
from tests import shop

UNITS = {
    "first_reply_business_minutes": {"title": "First reply", "unit": "minutes"},
    "came_back_rate_7d": {"title": "Came back within 7 days", "unit": "share"},
}

WARNS = """
    UPDATE validation_log SET state = 'fail', severity = 'warning', unexpected_count = 2, element_count = 10,
        notes = 'Somebody should look.'
    WHERE run = 2 AND rule = 'TKT-001'
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What is told of the shop's second night, and what is told of it again."""
    with shop.opened(tmp_path_factory.mktemp("informing") / "shop") as opened:
        opened.two_nights()
        setting = Setting.here()
        with engine.writing(setting.store.engine) as c:
            _keep_a_signal(c)
            c.exec_driver_sql(WARNS)
        message = pipeline.informed(2)
        assert pipeline.informed(2) is None
        assert pipeline.informed(1) is None
        yield opened, message


def _keep_a_signal(c):
    """A week that moved beyond its noise, as the night would have written it."""
    figure, value = c.exec_driver_sql(
        "SELECT figure_id, value FROM figures WHERE metric = 'tickets_created' AND period = 'week' "
        "AND breakdown = 'all' AND period_start = '2026-03-02' AND value IS NOT NULL ORDER BY publication_run DESC"
    ).first()
    c.exec_driver_sql(
        "INSERT INTO signal_log (metric, statistic, breakdown, breakdown_value, begins, period_start, figure_id, "
        "value, rule, centre, lower, upper, from_run) "
        "VALUES ('tickets_created', 'count', 'all', '', '', '2026-03-02', ?, ?, 'beyond the limits', 4, 1, 7, 2)",
        (figure, value),
    )


def test_it_says_what_leaders_see_what_moved_what_was_corrected_and_what_warns(told):
    opened, message = told
    corrected = opened.rows("""
        SELECT COUNT(DISTINCT figure_id) AS n FROM restatements WHERE publication = 2 AND kind = 'correction'
            AND breakdown = 'all' AND segment = 'all' AND weighting = 'ticket' AND value <> value_before
    """).n[0]
    assert corrected > 1
    assert message["subject"] == (
        f"The audit of 2026-03-16 is published, 1 moved beyond its noise, {corrected} figures were corrected, "
        "1 rule warns"
    )
    body = message["body"]
    assert body.startswith("Leaders see publication 2: everything up to the end of 2026-03-16, of the newest night.")
    assert "Tickets created, week of 2026-03-02: 9, usually 4 (beyond the limits)\n  auditlib evidence " in body
    assert "auditlib why-changed " in body
    assert "2026-W10" in body
    assert "TKT-001 of shop: tickets: 2 of 10 rows. Somebody should look.\n  in the view validation_results" in body


def test_it_says_no_customers_words(told):
    _, message = told
    words = [*shop.TICKETS.replace("\n", ",").split(","), "It is dark", "Press the button", "Still broken", "@"]
    of_customers = {word for word in words if len(word) > 3 and not word.startswith("2026") and word not in KNOWN}
    assert {"Invoice again", "Broken", "@"} <= of_customers | {"@"}
    assert [word for word in of_customers if word in message["body"]] == []


KNOWN = ("Billing", "Repairs", "open", "solved", "email", "test")
"""Words of the export that are not a customer's."""


def test_figures_stand_in_the_unit_in_which_people_read_them():
    signal = {
        "metric": "first_reply_business_minutes", "statistic": "p90", "breakdown": "team", "breakdown_value": "Billing",
        "period_start": "2026-03-02", "value": 300.0, "centre": 180.0, "direction": "worse", "rule": "beyond",
        "figure_id": "5f1c0c" * 4,
    }  # fmt: skip
    assert informing._signal(signal, UNITS) == (
        "- First reply (nine in ten within), team Billing, week of 2026-03-02: 5.0 hours, usually 3.0 hours, worse "
        "(beyond)\n  auditlib evidence 5f1c0c5f1c0c"
    )


def test_only_corrections_of_headlines_are_listed_each_with_its_largest_reason():
    part = {
        "figure_id": "1", "metric": "came_back_rate_7d", "statistic": "rate", "weighting": "ticket", "breakdown": "all",
        "period": "week", "period_start": "2026-03-02", "value_before": 0.11, "value": 0.13, "kind": "correction",
        "reason": "TEAM_REMAP", "part": 0.005,
    }  # fmt: skip
    larger = {**part, "reason": "ROLE_HISTORY", "part": 0.015}
    others = [
        {**part, "figure_id": "2", "kind": "scheduled"},
        {**part, "figure_id": "3", "value": 0.11},
        {**part, "figure_id": "4", "breakdown": "team"},
        {**part, "figure_id": "5", "weighting": "customer"},
    ]
    assert informing._corrections([part, larger, *others], UNITS) == [
        "- Came back within 7 days, week of 2026-03-02: 11.0 % → 13.0 %, "
        "because it became known who was an agent when\n"
        "  auditlib why-changed came_back_rate_7d 2026-W10"
    ]


def test_many_lines_are_counted():
    headline, text = informing._section("rule warns", "rules warn", None, [f"- {n}" for n in range(8)])
    assert headline == "8 rules warn"
    assert text.splitlines()[-2:] == ["- 4", "… and 3 more"]
    assert informing._section("rule warns", "rules warn", None, []) is None
