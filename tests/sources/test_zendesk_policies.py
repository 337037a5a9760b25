"""Zendesk's service levels in our words, and what it counts as missed itself."""

from auditlib.caselog.rows import Notice, Policy
from auditlib.sources import Settings
from auditlib.sources._zendesk.policies import missed, service_level
from auditlib.sources._zendesk.shapes import Condition, Conditions, Target
from auditlib.sources._zendesk.shapes import Policy as Told

FIELDS = {"topic": "custom_field:77", "tier": "organization.plan"}
SETTINGS = Settings(name="zd", kind="zendesk", connection="zd", since=0, fields=FIELDS)


def read(**told):
    return list(service_level(Told(id=8, title="Gold", position=2, **told), SETTINGS))


def test_targets_are_told_in_our_words_and_in_seconds():
    targets = [
        Target(priority="high", metric="first_reply_time", target=30, business_hours=True),
        Target(priority="low", metric="total_resolution_time", target=1, target_in_seconds=90),
    ]
    (policy,) = read(policy_metrics=targets)
    assert isinstance(policy, Policy)
    assert policy.definition["targets"] == [
        {"promises": "first_reply", "priority": "high", "seconds": 1800, "business": True},
        {"promises": "resolution", "priority": "low", "seconds": 90, "business": False},
    ]


def test_a_target_about_nothing_that_we_measure_is_noticed():
    notice, policy = read(policy_metrics=[Target(priority="low", metric="group_ownership_time", target=5)])
    assert notice == Notice(stream="policies", field="policy_metrics.metric=group_ownership_time")
    assert policy.definition["targets"] == []


def test_a_target_and_a_condition_of_which_hardly_anything_is_told_promise_nothing_and_match_nobody_for_sure():
    """Zendesk's description calls none of their fields required."""
    empty = [Target(), Target(metric="first_reply_time", target=5)]
    *notices, policy = read(policy_metrics=empty, filter=Conditions(all=[Condition()]))
    assert [notice.field for notice in notices] == ["policy_metrics.metric=None", "policy_metrics.priority"]
    assert policy.definition == {"all": [{"field": "", "operator": None, "values": ["None"]}], "any": [], "targets": []}


def test_conditions_name_what_audit_toml_maps():
    conditions = Conditions(
        all=[Condition("organization.custom_fields.plan", "is", "premium"), Condition("group_id", "is_not", 5)],
        any=[Condition("current_tags", "includes", "vip urgent"), Condition("custom_fields_77", "is", "billing"),
             Condition("via_id", "is", 4)],
    )  # fmt: skip
    (policy,) = read(filter=conditions)
    assert policy.definition["all"] == [
        {"field": "tier", "operator": "is", "values": ["premium"]},
        {"field": "group", "operator": "is_not", "values": ["5"]},
    ]
    assert policy.definition["any"] == [
        {"field": "tag", "operator": "includes", "values": ["vip", "urgent"]},
        {"field": "topic", "operator": "is", "values": ["billing"]},
        {"field": "via_id", "operator": "is", "values": ["4"]},
    ]


def test_what_zendesk_counts_as_missed_is_told_by_promise():
    def event(kind, instance=1, **more):
        return {"type": kind, "instance_id": instance, "time": "2026-03-02T09:00:00Z", **more}

    events = {
        "reply_time": [event("apply_sla"), event("breach"), event("apply_sla", 2), event("breach", 2, deleted=True)],
        "requester_wait_time": [event("activate"), event("pause")],
        "agent_work_time": [event("apply_sla")],
    }
    last = 1772442000
    assert dict(missed(events, last)) == {
        "sla.first_reply.breaches": 1, "sla.next_reply.breaches": 0, "sla.agent_work.breaches": 0,
    }  # fmt: skip
    assert dict(missed(events, last - 1))["sla.first_reply.breaches"] == 0
