"""Whose act it was, as of that moment: also after somebody left."""

import numpy as np
import pandas as pd

from auditlib.caselog import roles
from auditlib.caselog.words import ActorClass, Basis, Kind

ADA, BEN, CUSTOMER = 1, 2, 9
NOTHING = pd.DataFrame(columns=roles.COLUMNS)
NO_CHANGES = pd.DataFrame(columns=["person", "since", "role", "was"])


def events(*rows):
    """(occurred_at, kind, actor, is_public, new)"""
    at, kind, actor, is_public, new = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "ticket_key": 1,
            "occurred_at": at,
            "kind": [int(k) for k in kind],
            "actor": actor,
            "actor_class": 0,
            "is_public": is_public,
            "new": new,
        }
    )


def history(log, people, before=NOTHING, changes=NO_CHANGES, last_looked=0):
    named = pd.DataFrame(people, columns=["person", "role"])
    return roles.history(named, changes, roles.acts_of_agents(log), before, "desk", last_looked)


def changed(*rows):
    """(person, since, role, what they were before)"""
    return pd.DataFrame(rows, columns=["person", "since", "role", "was"])


def classes(log, requester, spans):
    found, _ = roles.resolve(log, np.full(len(log), requester), spans)
    return [ActorClass(int(c)).name for c in found]


def test_who_is_an_agent_now_was_one_from_the_start():
    log = events((100, Kind.message, ADA, True, 0))
    assert classes(log, CUSTOMER, history(log, [(ADA, "agent")])) == ["agent"]


def test_who_left_was_an_agent_from_their_first_to_their_last_act():
    log = events(
        (50, Kind.message, ADA, True, 0),
        (100, Kind.message, ADA, False, 0),
        (150, Kind.message, ADA, True, 0),
        (200, Kind.assignee, CUSTOMER, True, ADA),
        (250, Kind.message, ADA, True, 0),
    )
    spans = history(log, [(ADA, "customer")])
    assert classes(log, CUSTOMER, spans)[2] == "agent"
    assert [classes(log, CUSTOMER, spans)[n] for n in (0, 4)] == ["customer_side", "customer_side"]
    assert spans.basis.tolist()[1] == Basis.inferred


def test_what_a_form_sets_as_a_ticket_is_created_makes_no_agent_of_who_opened_it():
    log = events(
        (100, Kind.created, ADA, True, 0),
        (100, Kind.message, ADA, False, 0),
        (100, Kind.assignee, ADA, True, BEN),
        (150, Kind.message, ADA, True, 0),
        (200, Kind.message, BEN, True, 0),
    )
    spans = history(log, [(ADA, "customer"), (BEN, "customer")])
    assert classes(log, CUSTOMER, spans)[3] == "customer_side"
    assert spans[spans.person == BEN].role.tolist() == ["customer", "agent", "customer"]
    later = events((100, Kind.created, ADA, True, 0), (101, Kind.assignee, ADA, True, BEN))
    assert classes(later, CUSTOMER, history(later, [(ADA, "customer")]))[1] == "agent"


def test_where_changes_of_roles_are_told_a_hidden_message_makes_no_agent():
    log = events((100, Kind.message, ADA, False, 0), (200, Kind.assignee, 0, True, BEN))
    told = roles.acts_of_agents(log, notes_tell=False)
    assert told.index.tolist() == [BEN]
    assert sorted(roles.acts_of_agents(log).index) == [ADA, BEN]


def test_who_was_an_agent_when_we_last_looked_was_one_until_then():
    log = events((100, Kind.message, ADA, True, 0))
    first = history(log, [(ADA, "agent")])
    later = history(log, [(ADA, "customer")], before=first, last_looked=300)
    assert classes(log, CUSTOMER, later) == ["agent"]
    after = events((400, Kind.message, ADA, True, 0))
    assert classes(after, CUSTOMER, later) == ["customer_side"]
    again = history(after, [(ADA, "customer")], before=later, last_looked=900)
    assert again.equals(later)


def test_what_the_helpdesk_tells_of_roles_is_believed():
    told = changed((ADA, 0, "agent", None), (ADA, 200, "customer", "agent"))
    log = events((100, Kind.message, ADA, True, 0), (300, Kind.message, ADA, True, 0))
    spans = history(log, [(ADA, "customer")], changes=told)
    assert classes(log, CUSTOMER, spans) == ["agent", "customer_side"]
    assert history(log, [(ADA, "customer")], before=spans).equals(spans)


def test_the_first_change_says_what_somebody_was_before_it():
    log = events((100, Kind.message, ADA, True, 0), (300, Kind.message, ADA, True, 0))
    spans = history(log, [(ADA, "customer")], changes=changed((ADA, 200, "customer", "agent")))
    assert classes(log, CUSTOMER, spans) == ["agent", "customer_side"]


def test_what_was_told_last_night_still_holds_tonight():
    log = events(
        (100, Kind.message, ADA, True, 0), (200, Kind.message, ADA, True, 0), (500, Kind.message, ADA, True, 0)
    )
    first = history(log[:2], [(ADA, "agent")], changes=changed((ADA, 150, "agent", "customer")))
    later = history(log, [(ADA, "customer")], before=first, changes=changed((ADA, 400, "customer", "agent")))
    assert classes(log, CUSTOMER, later) == ["customer_side", "agent", "customer_side"]
    at_once = changed((ADA, 150, "agent", "customer"), (ADA, 400, "customer", "agent"))
    assert history(log, [(ADA, "customer")], changes=at_once).equals(later)


def test_before_anything_is_known_of_somebody_they_are_unknown():
    log = events((50, Kind.message, ADA, True, 0), (50, Kind.message, BEN, True, 0))
    told = changed((ADA, 100, "agent", None), (BEN, 100, "agent", None))
    assert classes(log, CUSTOMER, history(log, [], changes=told)) == ["unknown", "unknown"]


def test_the_requester_is_the_customer_even_if_an_agent_elsewhere():
    log = events((100, Kind.message, ADA, True, 0), (110, Kind.message, BEN, True, 0))
    spans = history(log, [(ADA, "agent"), (BEN, "agent")])
    assert classes(log, ADA, spans) == ["customer", "agent"]


def test_nobody_knows_whom_is_unknown_and_the_helpdesk_itself_is_the_system():
    log = events((100, Kind.message, 77, True, 0), (110, Kind.status, 0, True, 1))
    found, basis = roles.resolve(log, np.full(2, CUSTOMER), history(log, []))
    assert found.tolist() == [ActorClass.unknown, ActorClass.system]
    assert basis.tolist() == [Basis.assumed, Basis.observed]


def test_what_a_source_knows_of_an_act_is_kept():
    log = events((100, Kind.message, ADA, True, 0)).assign(actor_class=int(ActorClass.automation))
    assert classes(log, CUSTOMER, history(log, [(ADA, "agent")])) == ["automation"]
