"""Who opened a ticket, and what is a message, by hand."""

from __future__ import annotations

from auditlib.caselog.words import ActorClass, Kind
from tests.verbs.made import (
    ANN,
    CUSTOMER,
    created,
    made,
)


def test_what_an_agent_passes_on_without_own_words_was_opened_by_the_customer():
    opens = created(0, 1000, actor=ANN, actor_class=ActorClass.agent)
    theirs = {"actor": CUSTOMER, "actor_class": ActorClass.customer}
    asks, later = (0, 1000, Kind.message, theirs), (0, 1001, Kind.message, theirs)
    own = (0, 1000, Kind.message, {})
    told = {"passed on": (opens, asks), "own words": (opens, own, asks), "later": (opens, later), "alone": (opens,)}
    found = {name: bool(made(*rows).is_opened_by_agent[0]) for name, rows in told.items()}
    assert found == {"passed on": False, "own words": True, "later": True, "alone": True}
    assert made(opens, asks).is_message.tolist() == [False, True]


def test_a_case_begins_with_the_customer_where_we_opened_it_and_with_its_creation_where_nobody_knows_who_did():
    asks = (0, 2000, Kind.message, {"actor": CUSTOMER, "actor_class": ActorClass.customer})
    who = ("agent", "bot", "automation", "system", "unknown", "customer_side")
    begun = {name: int(made(created(0, 1000, actor_class=ActorClass[name]), asks).began_at[0]) for name in who}
    assert begun == dict.fromkeys(who, 2000) | {"unknown": 1000, "customer_side": 1000}
