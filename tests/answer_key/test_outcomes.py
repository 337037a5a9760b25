"""Outcomes, the say–do gap and ratings, as the sandbox meant them."""

from collections import Counter

import pytest

from auditlib.caselog.rows import moment
from auditlib.sandbox import world
from tests.answer_key import AS_OF, happened
from tests.answer_key.conftest import SEED, TICKETS

WEEK = 7 * 86400
TIME_TO_JUDGE = 3 * WEEK
STRICT = {"O1", "O2", "O9"}
CODES = {
    "open": "O0",
    "resolved_confirmed": "O1",
    "resolved_silent": "O2",
    "resolved_not_mature": "O3",
    "closed_waiting_on_customer": "O4",
    "failed": "O5",
    "closed_unanswered": "O6",
    "withdrawn": "O7",
    "declined": "O8",
    "resolved_by_bot": "O9",
}


@pytest.fixture(scope="module")
def meant(audited, in_scope):
    """Ticket → code, where the whole story and every ticket about the same issue lie before the watermark."""
    _, key = audited
    later = {f"sandbox:{a['repeat_of']}" for a in key.values() if a["repeat_of"] and not happened(a["created_at"])}
    return {n: _code(a) for n, a in in_scope.items() if happened(a["ended_at"]) and n not in later}


def _code(answer):
    """The key's outcome; at its end every solve has held or failed, at the watermark some are too young."""
    code = CODES[answer["outcome"]]
    return "O3" if code in ("O2", "O9") and not _has_settled(answer) else code


def _has_settled(answer):
    return moment(answer["solves"][-1]["at"]) + WEEK <= moment(AS_OF)


def test_every_ticket_has_one_outcome_and_they_add_up_with_the_exclusions(tickets):
    outcomes = Counter(row["outcome_code"] for row in tickets.values())
    excluded = Counter(row["exclusion_code"] for row in tickets.values() if row["exclusion_code"])
    assert {code: n for code, n in outcomes.items() if not code.startswith("O")} == excluded
    assert sum(outcomes.values()) == len(tickets)
    assert all(row["outcome"] and row["outcome_evidence"] for row in tickets.values())


def test_outcomes_are_those_that_were_meant(tickets, in_scope, meant):
    """Two things err, each rarely: which later ticket is about the same issue, and a case that a bot answered and
    an agent closed without a word (the key calls it unanswered, the definition a bot's)."""
    wrong = {n: (code, tickets[n]["outcome_code"]) for n, code in meant.items() if tickets[n]["outcome_code"] != code}
    missed = {n for n, (was, found) in wrong.items() if was == "O5" and in_scope[n]["came_back"]}
    invented = {n for n, (_, found) in wrong.items() if found == "O5" and _came_back(tickets[n])}
    by_bot = {n for n, pair in wrong.items() if pair == ("O6", "O9")}
    assert wrong.keys() == missed | invented | by_bot
    assert len(missed) <= 0.01 * len(meant)
    assert len(invented) <= 0.01 * len(meant)
    assert len(by_bot) <= 0.005 * len(meant)
    assert len(meant) > 0.85 * len(in_scope)
    assert set(meant.values()) == set(CODES.values())


def _came_back(row):
    return row["outcome_evidence"] == "the customer came back with another ticket"


def test_outcome_shares_agree_within_one_percent(tickets, meant):
    found = Counter(tickets[n]["outcome_code"] for n in meant)
    for code, count in Counter(meant.values()).items():
        assert abs(found[code] - count) <= 0.01 * len(meant), code


def test_claimed_strict_and_confirmed_agree_on_their_one_denominator(tickets, in_scope, meant):
    judged = {n for n in meant if moment(in_scope[n]["created_at"]) + TIME_TO_JUDGE <= moment(AS_OF)}
    # A case that the company opened begins when its customer writes: the key has no such moment of its own.
    by_agent = {n for n in meant if in_scope[n]["opened_by"] == "agent"}
    found = {n for n in meant if tickets[n]["is_claimed_resolved"] is not None}
    assert found - by_agent == judged - by_agent
    agree = {n for n in found if tickets[n]["outcome_code"] == meant[n]}
    assert len(agree) > 0.98 * len(found)
    for name in agree:
        claimed = meant[name] != "O0" and _has_settled(in_scope[name])
        flags = (claimed, claimed and meant[name] in STRICT, claimed and meant[name] == "O1")
        row = tickets[name]
        ours = (row["is_claimed_resolved"], row["is_strictly_resolved"], row["is_confirmed_resolved"])
        assert tuple(map(bool, ours)) == flags, name
        assert bool(row["is_claimed_only"]) == (flags[0] and not flags[1])


def test_the_gap_is_claimed_less_strict_and_the_sum_of_its_parts(audited):
    store, _ = audited
    parts = ("failed", "closed_unanswered", "auto_closed", "withdrawn", "declined")
    rows = store.execute("SELECT * FROM say_do_gap WHERE gap IS NOT NULL AND weighting = 'ticket'").fetchall()
    claimed = {
        tuple(row[:4]): row["value"]
        for row in store.execute(
            "SELECT period, period_start, breakdown, breakdown_value, value FROM scorecard "
            "WHERE metric = 'claimed_resolution_rate' AND weighting = 'ticket' AND value IS NOT NULL"
        )
    }
    # Each figure of a small cell may be withheld for itself.
    rows = [row for row in rows if None not in [row[name] for name in ("claimed", "strict", "confirmed", *parts)]]
    assert len(rows) > 20
    assert len(claimed) > 20
    for row in rows:
        assert row["claimed"] >= row["strict"] >= row["confirmed"]
        cell = row["period"], row["period_start"], row["breakdown"], row["breakdown_value"]
        assert row["claimed"] == pytest.approx(claimed.get(cell, row["claimed"]))
        assert row["gap"] == pytest.approx(sum(row[part] for part in parts))


def test_every_offer_and_answer_is_there_with_whose_work_it_was(audited, in_scope):
    store, _ = audited
    names = {agent.id: agent.name for agent in world(tickets=TICKETS, seed=SEED).company.agents}
    found = {name: [] for name in in_scope}
    for row in store.execute("SELECT * FROM ratings ORDER BY ticket, rating"):
        if row["ticket"] in found:
            whose = (row["replier"], row["assignee"], row["team"])
            found[row["ticket"]].append((row["offered_at"], row["rated_at"], row["score"], *whose))
    assert found == {name: list(_surveys(answer, names)) for name, answer in in_scope.items()}
    assert sum(map(len, found.values())) > 100


def _surveys(answer, names):
    """The key's offers and answers as rows: whose work it was is told by the offer."""
    given = [r for r in answer["ratings"] if happened(r["at"])]
    for offer in [r for r in given if r["score"] == "offered"]:
        whose = names.get(offer["replier"]), names.get(offer["assignee"]), offer["team"]
        scores = [r for r in given if r["score"] != "offered"]
        yield from [(offer["at"], r["at"], r["score"], *whose) for r in scores] or [(offer["at"], None, None, *whose)]


def test_the_last_rating_stands_with_the_ticket(tickets, in_scope):
    meant = {n: [r["score"] for r in a["ratings"] if happened(r["at"])] for n, a in in_scope.items()}
    assert {n: tickets[n]["rating"] for n in meant} == {
        n: scores[-1] if scores and scores[-1] != "offered" else None for n, scores in meant.items()
    }
    assert {"good", "bad", None} == {tickets[n]["rating"] for n in meant}
