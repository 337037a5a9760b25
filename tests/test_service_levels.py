"""Which policy holds where no event tells, and targets that many tickets and long surrogates do not confuse."""

import dataclasses

import numpy as np
import pandas as pd

from auditlib.caselog.keys import Keys
from auditlib.metrics.sla import target_state
from auditlib.pipeline.policies import fitting
from auditlib.timelines import TargetState
from auditlib.timelines.policies import UNKNOWN_POLICY, Policies, Promised
from auditlib.worked_examples import examples, timelines

KEYS = Keys(b"key")


def tickets(**columns) -> pd.DataFrame:
    plain = {
        "source": "desk", "priority": "normal", "tier": None, "topic": None, "own_topic": None,
        "language": None, "region": None,
        "channel": "email", "group_key": KEYS.of("group", "desk", "5"), "organization": 0, "tag_set": frozenset(),
    }  # fmt: skip
    n = max(len(values) for values in columns.values())
    return pd.DataFrame({name: columns.get(name, [value] * n) for name, value in plain.items()})


def policy(key: int, position: int, every=(), some=(), source: str = "desk", since: int = 0, born: int = 0) -> dict:
    definition = {"all": list(every), "any": list(some), "targets": [], "since": born}
    told = pd.Series(definition).to_json()
    return {"policy": key, "source": source, "position": position, "valid_from": since, "definition": told}


def asks(field: str, operator: str, *values: str) -> dict:
    return {"field": field, "operator": operator, "values": list(values)}


def fit(of: pd.DataFrame, *policies: dict) -> list[int]:
    return fitting(KEYS, of, pd.DataFrame(policies), np.full(len(of), 1_000)).tolist()


def test_the_first_policy_whose_conditions_fit_holds():
    gold = policy(1, 1, [asks("tier", "is", "premium")])
    everybody = policy(2, 2)
    assert fit(tickets(tier=["premium", "basic", None]), everybody, gold) == [1, 2, 2]
    assert fit(tickets(tier=["basic"]), gold) == [0]
    assert fit(tickets(tier=["basic"]), policy(3, 1, source="other")) == [0]


def test_a_policy_that_came_after_a_tickets_last_event_is_none_of_its():
    assert fit(tickets(tier=["basic"]), policy(1, 1, born=1_000), policy(2, 2)) == [1]
    assert fit(tickets(tier=["basic"]), policy(1, 1, born=1_001), policy(2, 2)) == [2]
    unsure = policy(1, 1, [asks("phase_of_the_moon", "is", "full")], born=1_001)
    assert fit(tickets(tier=["basic"]), unsure) == [0]


def test_groups_tags_and_priorities_are_conditions_too():
    of = tickets(tag_set=[frozenset({"vip"}), frozenset()], priority=["low", "high"])
    assert fit(of, policy(1, 1, [asks("tag", "includes", "vip", "big")])) == [1, 0]
    assert fit(of, policy(1, 1, [asks("tag", "not_includes", "vip")])) == [0, 1]
    assert fit(of, policy(1, 1, [asks("priority", "is_not", "high")])) == [1, 0]
    assert fit(of, policy(1, 1, [asks("group", "is", "5")])) == [1, 1]
    assert fit(of, policy(1, 1, [asks("group", "is", "6")])) == [0, 0]
    either = policy(1, 1, some=[asks("priority", "is", "high"), asks("tag", "includes", "vip")])
    assert fit(of, either) == [1, 1]


def test_topics_in_conditions_are_the_helpdesks_own_whatever_the_company_calls_them():
    of = tickets(own_topic=["topic_defect"], topic=["defect"])
    assert fit(of, policy(1, 1, [asks("topic", "is", "topic_defect")])) == [1]
    assert fit(of, policy(1, 1, [asks("topic", "is", "defect")])) == [0]


def test_a_condition_that_cannot_be_told_is_never_guessed():
    brand = asks("brand_id", "is", "7")
    of = tickets(tier=["premium", "basic"])
    assert fit(of, policy(1, 1, [brand]), policy(2, 2)) == [UNKNOWN_POLICY] * 2
    # What is known to fail decides all the same, and so does what is known to fit one of several.
    assert fit(of, policy(1, 1, [brand, asks("tier", "is", "premium")]), policy(2, 2)) == [UNKNOWN_POLICY, 2]
    assert fit(of, policy(1, 1, some=[brand, asks("tier", "is", "premium")]), policy(2, 2)) == [1, UNKNOWN_POLICY]
    assert fit(of, policy(1, 1, [asks("tier", "greater_than", "3")])) == [UNKNOWN_POLICY] * 2


def test_the_latest_version_of_a_policy_says_whom_it_fits():
    old, new = policy(1, 1), policy(1, 1, [asks("tier", "is", "premium")], since=100)
    assert fit(tickets(tier=["premium", "basic"]), new, old) == [1, 0]


def test_without_an_event_the_policy_that_fits_holds_from_creation():
    example = examples(target_state.__doc__)[0]
    t = timelines(example)
    untold = {name: values[t.events["kind"] != 11] for name, values in t.events.items()}
    gold = int(t.policies.policy[0])
    fitted = dataclasses.replace(t, events=untold, tickets={**t.tickets, "policy": np.full(t.n, gold)})
    assert fitted.targets.state.tolist() == t.targets.state.tolist()
    nobody_knows = dataclasses.replace(fitted, tickets={**t.tickets, "policy": np.full(t.n, UNKNOWN_POLICY)})
    assert set(nobody_knows.targets.state) == {TargetState.unmeasurable}
    silent = dataclasses.replace(fitted, tickets={**t.tickets, "tells_policies": np.zeros(t.n, bool)})
    assert len(silent.targets) == 0


def test_surrogates_are_kept_to_their_last_digit():
    example = examples(target_state.__doc__)[0]
    t = timelines(example)
    long = (1 << 62) + 12_345_678_901_234_567 + int(t.policies.policy[0])
    sla = t.events["kind"] == 11
    events = {**t.events, "new": np.where(sla, long, t.events["new"])}
    promised = [(long, 0, int(Promised.first_reply), int(t.policies.priority[0]), 3600, True)]
    renamed = dataclasses.replace(t, events=events, policies=Policies.of(promised))
    assert set(renamed.targets.policy) == {long}
    assert renamed.targets.state.tolist() == t.targets.state.tolist()


def test_every_ticket_has_its_states_and_they_add_up():
    for example in examples(target_state.__doc__):
        t = timelines(example)
        found = t.targets
        assert set(found.ticket) == set(range(t.n)), example.title
        counts = [int((found.state == state).sum()) for state in TargetState]
        assert sum(counts) == len(found)
        assert (found.due_at[found.state == TargetState.breached] <= t.cut[0]).all()
