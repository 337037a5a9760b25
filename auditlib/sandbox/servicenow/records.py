"""Every table of the instance at a moment, as rows of texts: empty where nothing is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from auditlib.sandbox import people
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.servicenow import service_levels, surveys
from auditlib.sandbox.servicenow.settings import CHANNELS, CHOICES, PRIORITIES, STATES, sys_id, user_name, when
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Row = dict[str, str]
XML = '<?xml version="1.0" encoding="UTF-8"?>'
REFERENCES = {"assignee_id": ("assigned_to", "sys_user"), "group_id": ("assignment_group", "sys_user_group")}


def _everyone(view: View) -> dict[int, Somebody]:
    return {told.id: told for told in people.everybody(view.world, view.now)}


def _name(view: View, number: int) -> str:
    told = view.once(_everyone).get(number)
    return user_name(told) if told else "system"


def _reference(table: str, number: int | None) -> str:
    return sys_id(table, number) if number else ""


def incidents(view: View) -> list[Row]:
    """What is there: a deleted ticket is gone."""
    return [_incident(view, plan) for plan in view.plans if not plan.is_deleted(view.now)]


def _incident(view: View, plan: Plan) -> Row:
    acts = acts_until(plan, view.now)
    now_is = state(plan, acts)
    number, reason = STATES[now_is.custom_status or now_is.status]
    first = acts[0].message if acts[0].message and acts[0].message.is_public else None
    return {
        "sys_id": sys_id("incident", plan.id), "number": str(plan.id), "sys_class_name": "incident",
        "sys_created_on": when(plan.created_at), "sys_updated_on": when(_touched(view, plan)),
        "sys_created_by": _name(view, plan.opened_by), "sys_updated_by": "system", "sys_mod_count": str(len(acts)),
        "opened_at": when(plan.created_at), "state": number, "hold_reason": reason,
        "incident_state": number, "short_description": subject(plan),
        "description": body(plan, first, names(view.world.company).get(acts[0].actor, "")) if first else "",
        "priority": PRIORITIES[now_is.priority or "normal"], "contact_type": CHANNELS[plan.channel],
        "assignment_group": _reference("sys_user_group", now_is.group_id),
        "assigned_to": _reference("sys_user", now_is.assignee_id), "opened_by": _reference("sys_user", plan.opened_by),
        "caller_id": _reference("sys_user", plan.customer.id),
        "company": _reference("core_company", plan.customer.organization),
        "problem_id": _reference("problem", plan.incident_of.id) if plan.incident_of else "",
        "active": "false" if now_is.status == "closed" else "true", "u_topic": now_is.topic or "",
        "u_order_number": plan.order,
    }  # fmt: skip


def _touched(view: View, plan: Plan) -> int:
    """When the incident itself last changed: a survey leaves it as it is."""
    acts, whole = acts_until(plan, view.now), view.moved(plan)
    own = [a.at for a in acts if a.message or any(c.field != "satisfaction_score" for c in a.changes)]
    return whole if whole > acts[-1].at else max([plan.created_at, *own])


def audit(view: View) -> list[Row]:
    """A line for each field that an update changed. What an incident began with is in none."""
    return [row for plan in view.plans for row in _Lines(view, plan).told]


class _Lines:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Row]()
        self._state = STATES["new" if plan.acts[0].actor == plan.customer.id else "open"]
        # The incident as it was inserted: what the first act set is its beginning.
        for i, act in enumerate(acts_until(plan, view.now)):
            custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
            for change in act.changes:
                self._changed(i, act, change, custom)

    def _changed(self, update: int, act: Act, change: Change, custom: str | None) -> None:
        if change.field in ("status", "custom_status"):
            self._moved(update, act, custom or change.new)
        elif change.field in REFERENCES:
            name, table = REFERENCES[change.field]
            self._add(update, act, name, _reference(table, change.old), _reference(table, change.new))
        elif change.field == "topic":
            self._add(update, act, "u_topic", change.old or "", change.new or "")
        elif change.field == "priority":
            self._add(update, act, "priority", PRIORITIES[change.old or "normal"], PRIORITIES[change.new])

    def _moved(self, update: int, act: Act, to: str) -> None:
        if to in STATES:
            before, self._state = self._state, STATES[to]
            self._add(update, act, "state", before[0], self._state[0])
            self._add(update, act, "hold_reason", before[1], self._state[1])

    def _add(self, update: int, act: Act, name: str, old: str, new: str) -> None:
        if update and old != new:
            by = "system" if act.via.startswith("rule") else _name(self._view, act.actor)
            self.told.append({
                "sys_id": sys_id("sys_audit", f"{self._plan.id}-{update}-{name}"), "tablename": "incident",
                "documentkey": sys_id("incident", self._plan.id), "fieldname": name, "oldvalue": old, "newvalue": new,
                "user": by, "sys_created_on": when(act.at), "sys_created_by": by, "record_checkpoint": str(update),
                "reason": "", "internal_checkpoint": "",
            })  # fmt: skip


def journal(view: View) -> list[Row]:
    """Everything that was written beside the description, which whoever asked has seen."""
    found = []
    signed = names(view.world.company)
    for plan in view.plans:
        for i, act in enumerate(acts_until(plan, view.now)):
            if act.message and (i or not act.message.is_public):
                by = "system" if act.via.startswith("rule") else _name(view, act.actor)
                found.append({
                    "sys_id": sys_id("sys_journal_field", f"{plan.id}-{i}"), "name": "incident",
                    "element_id": sys_id("incident", plan.id),
                    "element": "comments" if act.message.is_public else "work_notes",
                    "value": body(plan, act.message, signed.get(act.actor, "")), "sys_created_on": when(act.at),
                    "sys_created_by": by,
                })  # fmt: skip
    return found


def deletions(view: View) -> list[Row]:
    """What was deleted, with what it was; the line stays when it is brought back."""
    found = []
    for plan in view.plans:
        at = plan.facts.deleted_at
        if at is not None and at <= view.now:
            shown = _incident_before(view, plan)
            inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in shown.items())
            payload = f"{XML}<record_update><incident>{inner}</incident></record_update>"
            found.append({
                "sys_id": sys_id("sys_audit_delete", plan.id), "tablename": "incident",
                "documentkey": sys_id("incident", plan.id), "display_value": str(plan.id), "user": "admin",
                "sys_created_on": when(at), "payload": payload,
            })  # fmt: skip
    return found


def _incident_before(view: View, plan: Plan) -> Row:
    group = state(plan, acts_until(plan, view.now)).group_id
    return {
        "sys_id": sys_id("incident", plan.id), "number": str(plan.id), "short_description": subject(plan),
        "sys_created_on": when(plan.created_at), "assignment_group": _reference("sys_user_group", group),
    }  # fmt: skip


def users(view: View) -> list[Row]:
    """Everybody with a record, who has left among them."""
    return [
        {
            "sys_id": sys_id("sys_user", told.id), "user_name": user_name(told), "name": told.name,
            "email": told.email, "active": "false" if told.has_left else "true", "time_zone": "Europe/Berlin",
            "company": _reference("core_company", told.organization), "sys_created_on": when(told.created),
            "sys_updated_on": when(told.updated),
            "preferred_language": told.customer.language if told.customer else "en",
        }
        for told in view.once(_everyone).values()
    ]  # fmt: skip


def roles(view: View) -> list[Row]:
    """Who works in incidents: whoever has left keeps the role without the account."""
    found = []
    for told in view.once(_everyone).values():
        name = "admin" if told.role == "admin" else "itil" if told.has_left or told.role == "agent" else "snc_external"
        found.append({
            "sys_id": sys_id("sys_user_has_role", told.id), "user": sys_id("sys_user", told.id), "role.name": name,
            "state": "active", "inherited": "true",
        })  # fmt: skip
    return found


def groups(view: View) -> list[Row]:
    """The groups of agents."""
    return [{"sys_id": sys_id("sys_user_group", group.id), "name": group.name, "active": "true"}
            for group in view.world.company.groups.values()]  # fmt: skip


def companies(view: View) -> list[Row]:
    """The business customers, with their plan as a field of the company's own."""
    return [{"sys_id": sys_id("core_company", org.id), "name": org.name, "u_plan": org.tier}
            for org in people.organizations(view.world)]  # fmt: skip


def choices(view: View) -> list[Row]:
    """What the numbers of states, reasons and priorities are called."""
    return [
        {"sys_id": sys_id("sys_choice", f"{element}-{value}"), "name": "task" if element == "priority" else "incident",
         "element": element, "value": value, "label": label, "language": "en", "inactive": "false"}
        for element, value, label in [
            *CHOICES, *(("u_topic", topic.name, topic.name.title()) for topic in view.world.company.topics)
        ]
    ]  # fmt: skip


def columns(view: View) -> list[Row]:
    """The fields of incidents that are the company's own."""
    return [{"sys_id": sys_id("sys_dictionary", name), "name": "incident", "element": name, "column_label": label}
            for name, label in (("u_topic", "Topic"), ("u_order_number", "Order number"))]  # fmt: skip


TABLES: dict[str, Callable[[View], list[Any]]] = {
    "incident": incidents, "sys_audit": audit, "sys_journal_field": journal, "sys_audit_delete": deletions,
    "sys_user": users, "sys_user_has_role": roles, "sys_user_group": groups, "core_company": companies,
    "sys_choice": choices, "sys_dictionary": columns, "task_sla": service_levels.attached,
    "contract_sla": service_levels.definitions, "cmn_schedule": service_levels.schedules,
    "cmn_schedule_span": service_levels.spans, "cmn_other_schedule": service_levels.within,
    "asmt_assessment_instance": surveys.instances, "asmt_metric_result": surveys.answers,
}  # fmt: skip
