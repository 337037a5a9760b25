"""Why a ticket counts in no figure: every reason occurs, and the first that matches is the one that is told."""

import dataclasses

import numpy as np
import pytest

from auditlib.scope import Chosen, exclusions
from auditlib.worked_examples import Example, timelines

# Ticket → what happened in it, and the reason by hand.
LIVES = {
    "asked": ([("customer", "writes")], None),
    "deleted": ([("customer", "writes"), ("agent", "deletes")], "X3"),
    "restored": ([("customer", "writes"), ("agent", "deletes"), ("agent", "restores")], None),
    "merged": ([("customer", "writes"), ("agent", "merged: asked")], "X4"),
    "merged, then deleted": ([("customer", "writes"), ("agent", "merged: asked"), ("agent", "deletes")], "X3"),
    "outbound": ([("agent", "writes")], "X5"),
    "outbound, answered": ([("agent", "writes"), ("customer", "writes")], None),
    "called": ([("agent", "writes")], None),
    "by a machine": ([("automation", "writes")], "X6"),
    "by the helpdesk": ([("system", "writes")], "X6"),
    "by a bot": ([("bot", "writes")], "X6"),
    "by a bot, for a customer": ([("bot", "writes"), ("customer", "writes")], None),
    "by a bot, answered by an agent only": ([("bot", "writes"), ("agent", "writes")], "X6"),
    "a caller, by the telephone": ([("system", "writes")], None),
    "by nobody knows whom": ([("unknown", "writes")], None),
}
ANY = {"X3", "X4", "X5", "X6", None}
CALLS = {"called": "phone", "a caller, by the telephone": "voice"}


@pytest.fixture(scope="module")
def t():
    rows = [
        {"ticket": name, "when": f"2026-03-0{2 + number} 09:00", "who": who, "what": what}
        | ({"channel": CALLS[name]} if name in CALLS else {})
        for name, (happened, _) in LIVES.items()
        for number, (who, what) in enumerate(happened)
    ]
    t = timelines(Example("scope", tuple(rows), ()))
    into = np.array([1 if "merged" in name else 0 for name in LIVES])
    return dataclasses.replace(t, tickets={**t.tickets, "merged_into": into})


def codes(t, chosen=None, quarantined=None, in_groups=None):
    never, always = np.zeros(t.n, bool), np.ones(t.n, bool)
    quarantined = never if quarantined is None else quarantined
    in_groups = always if in_groups is None else in_groups
    code, reason = exclusions(t, chosen or Chosen.none(t.n), quarantined, in_groups)
    assert [one is None for one in code] == [one is None for one in reason]
    return dict(zip(LIVES, code, strict=True)), dict(zip(LIVES, reason, strict=True))


def test_each_ticket_is_out_for_the_reason_that_its_life_gives(t):
    assert codes(t)[0] == {name: code for name, (_, code) in LIVES.items()}


@pytest.mark.parametrize(("kind", "wins"), [("X1", ANY), ("X2", ANY), ("X6", {"X6", None})])
def test_what_audit_toml_excludes_comes_in_its_place(t, kind, wins):
    chosen = Chosen(np.full(t.n, kind, object), np.full(t.n, "we said so", object))
    found, why = codes(t, chosen)
    assert found == {name: kind if code in wins else code for name, (_, code) in LIVES.items()}
    assert {why[name] for name, code in found.items() if code == kind} == {"we said so"}
    assert "we said so" not in {why[name] for name, code in found.items() if code != kind}


def test_other_groups_are_the_last_reason_and_quarantine_the_first(t):
    nowhere = np.zeros(t.n, bool)
    assert codes(t, in_groups=nowhere)[0] == {name: code or "X7" for name, (_, code) in LIVES.items()}
    assert set(codes(t, Chosen(np.full(t.n, "X1", object), np.full(t.n, "", object)), ~nowhere)[0].values()) == {"Q"}
