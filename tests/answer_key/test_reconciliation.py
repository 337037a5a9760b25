"""The sandbox computes Zendesk's figures by itself: ours by its rules agree, or the reason is known."""

from collections import Counter

import pytest


@pytest.fixture(scope="module")
def compared(audited):
    store, _ = audited
    return store.execute("SELECT * FROM compared").fetchall()


def test_calendar_minutes_and_counts_agree_on_every_ticket(compared):
    exact = [row for row in compared if "business" not in row["metric"] and "breaches" not in row["metric"]]
    moved = ("later_event", "merged", "deleted")
    assert [tuple(row) for row in exact if row["agrees"] == "no" and row["reason"] not in moved] == []
    assert Counter(row["agrees"] for row in exact)["yes"] > 0.99 * len(exact)
    assert len({row["metric"] for row in exact}) == 10
    assert len(exact) > 3000


def test_business_minutes_agree_unless_the_hours_changed(compared):
    business = [row for row in compared if "business" in row["metric"]]
    assert {row["reason"] for row in business if row["agrees"] == "no"} <= {"schedule_changed", "merged", "deleted"}
    assert Counter(row["agrees"] for row in business)["yes"] > 0.6 * len(business)


def test_every_disagreement_has_a_reason(audited):
    store, _ = audited
    reasons = Counter(row["reason"] for row in store.execute("SELECT reason FROM reconciliation"))
    assert reasons["unknown"] == reasons["not_measurable"] == reasons[None] == 0
    assert reasons["schedule_changed"] > 50


def test_missed_targets_agree_or_say_why(compared):
    missed = [row for row in compared if "breaches" in row["metric"]]
    assert Counter(row["agrees"] for row in missed)["yes"] > 0.75 * len(missed)
    known = {"schedule_changed", "fulfilled_without_reply", "cancelled", "opened_by_agent"}
    assert {row["reason"] for row in missed if row["agrees"] == "no"} <= known


def test_the_summary_counts_what_was_compared(audited, compared):
    store, _ = audited
    found = {row["metric"]: row for row in store.execute("SELECT * FROM agreement")}
    assert set(found) == {row["metric"] for row in compared}
    for metric, row in found.items():
        of = [one["agrees"] for one in compared if one["metric"] == metric]
        assert (row["compared"], row["agree"], row["differ"]) == (len(of), of.count("yes"), of.count("no"))
