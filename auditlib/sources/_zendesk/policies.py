"""Zendesk's service levels in our words: when a policy applies, and what it promises at each priority.

https://developer.zendesk.com/api-reference/ticketing/business-rules/sla_policies/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, Notice, Policy, Row
from auditlib.sources import Settings
from auditlib.sources._shared.values import second
from auditlib.sources._zendesk.shapes import Condition, Conditions, Moment
from auditlib.sources._zendesk.shapes import Policy as Told

PROMISES = {
    "first_reply_time": "first_reply",
    "next_reply_time": "next_reply",
    "requester_wait_time": "requester_wait",
    "agent_work_time": "agent_work",
    "total_resolution_time": "resolution",
    "pausable_update_time": "pausable_update",
    "periodic_update_time": "periodic_update",
}
FIELDS = {"priority": "priority", "group_id": "group", "organization_id": "organization", "current_tags": "tag"}


def service_level(told: Told, settings: Settings) -> Iterator[Row]:
    """A policy, and a notice for each target that is about nothing we measure."""
    ours = FIELDS | {_named(theirs): name for name, theirs in settings.fields.items()}
    targets = []
    for one in told.policy_metrics or ():
        if one.metric not in PROMISES or one.priority is None:
            missing = "priority" if one.metric in PROMISES else f"metric={one.metric}"
            yield Notice(stream="policies", field=f"policy_metrics.{missing}")
            continue
        seconds = one.target_in_seconds
        if seconds is None:
            if one.target is None:
                continue  # Promised at some priorities only.
            seconds = one.target * 60
        limit = {"priority": one.priority, "seconds": seconds, "business": bool(one.business_hours)}
        targets.append({"promises": PROMISES[one.metric], **limit})
    asked = told.filter or Conditions()
    definition: dict[str, Any] = {
        "all": [_condition(one, ours) for one in asked.all or ()],
        "any": [_condition(one, ours) for one in asked.any or ()],
        "targets": targets,
    }
    if told.created_at is not None:
        # Zendesk tries its policies as a ticket is changed: what was over before there was one never got it.
        definition["since"] = second(told.created_at)
    yield Policy(policy=str(told.id), name=told.title, position=told.position or 0, definition=definition)


def _condition(told: Condition, ours: Mapping[str, str]) -> dict[str, Any]:
    value = told.value.split() if isinstance(told.value, str) and told.field == "current_tags" else told.value
    values = value if isinstance(value, list) else [value]
    theirs = told.field or ""  # Of a field that is not told, nobody can say whether a ticket meets it.
    field = ours.get(_named(theirs), theirs)
    return {"field": field, "operator": told.operator, "values": [str(one) for one in values]}


def _named(field: str) -> str:
    """A field's name as conditions have it: audit.toml says custom_field:7 where they say custom_fields_7."""
    return field.replace("custom_field:", "custom_fields_").replace("organization.custom_fields.", "organization.")


def missed(events: Mapping[str, Any], until: int) -> list[tuple[str, int]]:
    """How many targets Zendesk itself counts as missed, for each promise of which it applied one.

    Its clock for replies has an instance for each time that the customer waits: the first is the first reply.
    A target is missed without anything happening to the ticket, which is not read again for that; so that
    the answer does not depend on when it was read, `until`, its last event, is as far as it goes.
    """
    counts: dict[str, int] = {}
    for metric, told in events.items():
        for event in filter(_is_event, told if isinstance(told, list) else ()):
            promise = PROMISES.get(metric, "")
            if metric == "reply_time":
                promise = "first_reply" if event.get("instance_id") in (0, 1) else "next_reply"
            if promise and event.get("type") == "apply_sla":
                counts.setdefault(promise, 0)
            elif promise and event.get("type") == "breach" and not event.get("deleted"):
                counts[promise] = counts.get(promise, 0) + (_second(event) <= until)
    return [(f"sla.{promise}.breaches", count) for promise, count in counts.items()]


def _is_event(told: Any) -> bool:
    return isinstance(told, Mapping)


def _second(event: Mapping[str, Any]) -> int:
    try:
        return second(msgspec.convert(event.get("time"), Moment))
    except msgspec.ValidationError as error:
        raise BadRecord(f"a metric event of type breach has no readable time: {error}") from error
