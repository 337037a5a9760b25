"""Promises, as the sandbox meant them: each found, due on the hours in force, and judged by its state."""

import collections

import pytest

from auditlib.caselog.rows import moment
from tests.answer_key import happened

HOUR = 3600
OFFICE_OPENS_LONGER = "2026-07-01T00:00:00Z"
"""From then on the offices' hours are those that the helpdesk tells; it does not tell what they were before."""


def state(promise) -> str:
    """What became of it by the watermark: what the future holds is pending."""
    told = promise["state"]
    if told == "vague":
        return told
    due = happened(promise["due_at"])
    if told in ("kept", "late") and not happened(promise["fulfilled_at"]):
        return "broken" if due else "pending"
    return told if due or told == "kept" else "pending"


@pytest.fixture(scope="module")
def pairs(audited, in_scope):
    """Every promise that was meant, with what was found of it."""
    store, _ = audited
    found = {(row["ticket"], row["made_at"]): row for row in store.execute("SELECT * FROM promises")}
    meant = {(n, p["at"]): p for n, a in in_scope.items() for p in a["promises"] if happened(p["at"])}
    assert {where for where in found if where[0] in in_scope} == set(meant)
    return [(meant[where], found[where]) for where in sorted(meant)]


def test_every_promise_is_found_and_judged_as_it_was_meant(pairs):
    told = collections.Counter(
        (state(p), row["state"] or ("vague" if row["is_vague"] else "ambiguous")) for p, row in pairs
    )
    assert all(meant == found for meant, found in told), told
    assert {meant for meant, _ in told} >= {"kept", "late", "broken", "vague"}
    assert len(pairs) > 30


def test_dues_agree_to_the_second_on_the_hours_that_the_helpdesk_tells(pairs):
    agreed = 0
    for promise, row in pairs:
        if promise["due_at"] is None:
            assert (row["due_at"], row["is_vague"]) == (None, 1)
            continue
        assert row["clock"] == ("calendar" if promise["kind"] == "within_24_hours" else "business")
        if row["due_at"] != promise["due_at"]:
            assert promise["due_at"] < OFFICE_OPENS_LONGER
            assert row["clock"] == "business"
            assert moment(row["due_at"]) - moment(promise["due_at"]) == HOUR
        agreed += row["due_at"] == promise["due_at"]
    assert agreed > 20


def test_what_keeps_a_promise_is_the_message_that_was_meant_to(pairs):
    for promise, row in pairs:
        if row["state"] in ("kept", "late"):
            assert row["kept_at"] == promise["fulfilled_at"]
            assert row["promiser_team"] == promise["team"]
            assert (row["lateness_minutes"] is None) == (row["state"] == "kept")
