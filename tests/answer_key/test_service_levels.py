"""Targets of service levels, as the sandbox meant them: its own clock, its own walk through each ticket."""

from collections import Counter

import pytest

from auditlib.caselog.rows import moment
from auditlib.sandbox import targets, world
from tests.answer_key.conftest import AS_OF, SEED, TICKETS

TOLD = ("promises", "policy", "priority", "minutes", "applied_at", "fulfilled_at", "state")


@pytest.fixture(scope="module")
def meant(tickets):
    """Ticket → its targets, of every ticket that the audit knows."""
    company = world(tickets=TICKETS, seed=SEED)
    plans = {f"sandbox:{plan.id}": plan for plan in company.plans}
    return {name: list(targets(company, plans[name], moment(AS_OF))) for name in tickets}


@pytest.fixture(scope="module")
def found(audited):
    """Ticket → its targets as the audit's view shows them."""
    store, _ = audited
    rows: dict[str, list] = {}
    for row in store.execute("SELECT * FROM sla ORDER BY ticket, target"):
        rows.setdefault(row["ticket"], []).append(row)
    return rows


@pytest.fixture(scope="module")
def comparable(audited, found):
    """Tickets whose hours the helpdesk still tells: before they were edited nobody but the sandbox knows them."""
    store, _ = audited
    edited = {row[0]: row[1] for row in store.execute("SELECT name, edited_at FROM schedules WHERE to_run IS NULL")}
    names = {name for name, rows in found.items() if all(r["promises"] for r in rows)}
    return {n for n in names if all(moment(r["applied_at"]) >= edited.get(r["schedule"], 0) for r in found[n])}


def test_every_target_agrees_with_what_was_meant(found, meant, comparable):
    ours = {n: sorted(tuple(row[name] for name in TOLD) for row in found[n]) for n in comparable}
    theirs = {n: sorted(tuple(row[name] for name in TOLD) for row in meant[n]) for n in comparable}
    assert {n: (ours[n], theirs[n]) for n in comparable if ours[n] != theirs[n]} == {}
    states = Counter(row["state"] for name in comparable for row in meant[name])
    assert min(states[state] for state in ("achieved", "breached", "fulfilled_without_reply")) > 5
    assert len(comparable) > TICKETS / 3


def test_a_missed_target_was_due_when_the_sandbox_says(found, meant, comparable):
    ours, theirs = (
        {(n, r["promises"], r["priority"]): r["due_at"] for n in comparable for r in of[n] if r["state"] == "breached"}
        for of in (found, meant)
    )
    assert ours == theirs


def test_tickets_without_a_target_were_promised_nothing(found, meant):
    assert all(not meant[name] for name, rows in found.items() if rows[0]["state"] == "no_policy")


def test_breaches_of_a_ticket_are_those_of_its_targets(tickets, found):
    for name, row in tickets.items():
        rows = found.get(name, [])
        if row["sla_breaches"] is not None:
            assert row["sla_breaches"] == sum(r["state"] == "breached" for r in rows), name
            assert row["is_sla_met"] != 1 or row["sla_breaches"] == 0
